"""The raw parts of the sample's Word files that python-docx has no words for: styles, lists, footnotes."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Row
from docx.text.paragraph import Paragraph

LIST_ID = 1
"""The one list that runs on through the Russian text."""

_W = nsdecls("w")
_FONTS = {"ru": "Times New Roman", "zh": "FangSong", "en": "Times New Roman"}
_LOCALES = {"ru": "ru-RU", "zh": "zh-CN", "en": "en-GB"}
_BODY_PT = {"ru": 14, "zh": 16, "en": 14}
_TITLE_PT = {"ru": 14, "zh": 22, "en": 14}
_UNWANTED = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects")

_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="tab"/>'
    '<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:tabs><w:tab w:val="num" w:pos="1276"/></w:tabs><w:ind w:left="0" w:firstLine="709"/></w:pPr></w:lvl>'
)
_HEADING_LEVEL = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Heading1"/>'
    '<w:suff w:val="space"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
)
_LISTS = {
    "ru": [
        _LEVEL.format(level=0, format="decimal", text="%1.") + _LEVEL.format(level=1, format="russianLower", text="%2)")
    ],
    "zh": [],
    "en": [_LEVEL.format(level=0, format="lowerLetter", text="(%1)"), _HEADING_LEVEL],
}
_HEADINGS_LIST_ID = 2


def clean_package(word: WordDocument) -> None:
    """Take out what the template brings along: thumbnail, application properties, custom XML."""
    for holder in (word.part.package, word.part):
        for key in [key for key, rel in holder.rels.items() if rel.reltype.rsplit("/", 1)[-1] in _UNWANTED]:
            del holder.rels[key]
    zoom = word.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        # The schema requires the percentage, which python-docx's template leaves out.
        zoom.set(qn("w:percent"), "100")
    body = word.element.body
    for leftover in body.findall(qn("w:p")):
        body.remove(leftover)


def set_styles(word: WordDocument, language: str) -> None:
    """Give the styles the look of a diplomatic paper in *language*."""
    styles = word.styles
    _look(styles["Normal"], language, _BODY_PT[language])
    for name in ("Title", "Heading 1"):
        style = styles[name]
        _look(style, language, _TITLE_PT[language] if name == "Title" else _BODY_PT[language], bold=True)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(12)
        style.paragraph_format.keep_with_next = True
    body = styles["Body Text"]
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Pt(32) if language == "zh" else Mm(12.5)
    body.paragraph_format.space_after = Pt(0 if language == "zh" else 6)
    if language == "zh":
        body.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        body.paragraph_format.line_spacing = Pt(28)
    _look(styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH), language, 12)
    notes = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    _look(notes, language, 10)
    styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    _look(styles["Header"], language, 10)


def _look(style: ParagraphStyle, language: str, size_pt: int, *, bold: bool | None = None) -> None:
    """Set font, size and language of a style, and take the template's own colours and rules away."""
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size_pt), bold, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:lang", "w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    font = _FONTS[language]
    east = "FangSong" if language == "zh" else font
    properties.insert(
        0, parse_xml(f'<w:rFonts {_W} w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{east}" w:cs="Times New Roman"/>')
    )
    locale = _LOCALES[language]
    properties.append(
        parse_xml(f'<w:lang {_W} w:val="{locale}" w:eastAsia="{locale if language == "zh" else "zh-CN"}"/>')
    )
    borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:
        style.element.pPr.remove(borders)


def set_numbering(word: WordDocument, language: str) -> None:
    """Replace the template's lists by those of *language*."""
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for index, levels in enumerate(_LISTS[language], start=1):
        numbering.append(
            parse_xml(
                f'<w:abstractNum {_W} w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{levels}'
                "</w:abstractNum>"
            )
        )
    for index in range(1, len(_LISTS[language]) + 1):
        numbering.append(parse_xml(f'<w:num {_W} w:numId="{index}"><w:abstractNumId w:val="{index}"/></w:num>'))
    if language == "en":
        _number(word.styles["Heading 1"].element, _HEADINGS_LIST_ID, 0)


def restarted(word: WordDocument, language: str) -> int:
    """Return the list that letters the next items.

    Level 1 of the Russian list restarts by itself; in English each run of items is a list of its own.
    """
    if language != "en":
        return LIST_ID
    numbering = word.part.numbering_part.element
    list_id = max(int(num.get(qn("w:numId"))) for num in numbering.findall(qn("w:num"))) + 1
    numbering.append(
        parse_xml(
            f'<w:num {_W} w:numId="{list_id}"><w:abstractNumId w:val="{LIST_ID}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return list_id


def number(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Put the paragraph into an automatic list; list 0 takes it out of its style's."""
    _number(paragraph._p, list_id, level)


def _number(element: Any, list_id: int, level: int) -> None:
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_id


def add_footnotes(word: WordDocument, notes: Sequence[str]) -> None:
    """Add the part with the footnotes, numbered from 1 as the text refers to them; nothing where there are none."""
    if not notes:
        return
    written = "".join(
        f'<w:footnote w:id="{index}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for index, note in enumerate(notes, start=1)
    )
    blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {_W}>'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
        f"{written}</w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob.encode(), word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def refer_to_note(paragraph: Paragraph, note: int) -> None:
    """Append the reference to a footnote."""
    paragraph._p.append(
        parse_xml(
            f'<w:r {_W}><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteReference w:id="{note}"/></w:r>'
        )
    )


def repeat_as_heading(row: _Row) -> None:
    """Repeat the row, whole, at the head of each page of its table."""
    keep_whole(row)
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {_W}/>"))


def keep_whole(row: _Row) -> None:
    """Keep the row on one page."""
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {_W}/>"))


def add_page_number(paragraph: Paragraph, before: str, after: str) -> None:
    """Write the page's number into a header or footer, centred."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(before)
    paragraph._p.append(parse_xml(f'<w:fldSimple {_W} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'))
    paragraph.add_run(after)

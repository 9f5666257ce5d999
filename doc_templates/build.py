"""Write the three Word templates beside this file: ``python3 doc_templates/build.py``.

The templates are ordinary Word files: an officer restyles them in Word (styles, header, footer,
margins, the order of the fields) and the operator puts the result in place of these. This script
only makes the first ones, and makes them again byte for byte. Page set-up and type after GB/T 9704
(Chinese) and the rules for papers of the Eurasian and CIS bodies (Russian, English).
"""
# ruff: noqa: E501 - XML that is cut into short strings cannot be read

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Look:
    """How a language's papers look; lengths in twips (1/1440 inch), type in half points."""

    language: str
    margins: tuple[int, int, int, int]  # top, right, bottom, left
    body_size: int
    line: str
    after: int
    first_line: str
    body_tab: int
    mark_indent: int
    mark_side: str
    grid: str
    east_asian: str
    heading_font: str
    second_font: str
    title_size: int
    table_size: int
    tab_stop: int


def mm(length: float) -> int:
    """Return millimetres in twips."""
    return round(length * 1440 / 25.4)


WESTERN = {
    "margins": (mm(20), mm(15), mm(20), mm(30)),
    "body_size": 28,
    "line": 'w:line="259" w:lineRule="auto"',
    "after": 120,
    "first_line": f'w:firstLine="{mm(12.5)}"',
    "body_tab": mm(22),
    "mark_indent": mm(85),
    "mark_side": "left",
    "grid": "",
    "east_asian": "SimSun",
    "heading_font": "",
    "second_font": "",
    "title_size": 28,
    "table_size": 24,
    "tab_stop": mm(12.5),
}
LOOKS = (
    Look(language="ru-RU", **WESTERN),
    Look(language="en-GB", **WESTERN),
    Look(
        language="zh-CN",
        margins=(mm(37), mm(26), mm(35), mm(28)),
        body_size=32,
        line='w:line="579" w:lineRule="exact"',
        after=0,
        first_line='w:firstLineChars="200" w:firstLine="640"',
        body_tab=0,
        mark_indent=0,
        mark_side="left",
        grid='<w:docGrid w:type="lines" w:linePitch="579"/>',
        east_asian="FangSong",
        heading_font='<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimHei"/>',
        second_font='<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="KaiTi"/>',
        title_size=44,
        table_size=24,
        tab_stop=160,
    ),
)


def style(
    name: str, ppr: str = "", rpr: str = "", *, based: str = "Normal", kind: str = "paragraph", more: str = ""
) -> str:
    """Return one style; its id is its name without spaces, in capitals where words begin."""
    identity = "".join(word[:1].upper() + word[1:] for word in name.split())
    custom = ' w:customStyle="1"' if name.startswith(("Chapeau", "Table T", "Table H", "Table S", "Table N")) else ""
    default = ' w:default="1"' if name in ("Normal", "Default Paragraph Font", "Normal Table") else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based and not default else ""
    shown = "" if default and name != "Normal" else '<w:uiPriority w:val="1"/><w:qFormat/>'
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{identity}"><w:name w:val="{name}"/>{parent}{shown}'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + f"{more}</w:style>"
    )


def size(half_points: int) -> str:
    """Return the type size, for simple and for complex scripts."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def tabs(first: int) -> str:
    """Return the tab stop after a label, and one for labels as long as "12 bis."."""
    return f'<w:tabs><w:tab w:val="left" w:pos="{first}"/><w:tab w:val="left" w:pos="{first + mm(8)}"/></w:tabs>'


BOLD = "<w:b/><w:bCs/>"


def styles(look: Look) -> str:
    """Return the styles part."""
    chinese = look.language == "zh-CN"
    spacing = f'<w:spacing w:after="{look.after}" {look.line}/>'
    flat = '<w:snapToGrid w:val="0"/>'
    tight = f'{flat}<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    tab = tabs(look.body_tab) if look.body_tab else ""
    found = [
        style("Normal", "<w:widowControl/>", ""),
        style("Default Paragraph Font", kind="character", based=""),
        style(
            "Normal Table",
            kind="table",
            based="",
            more='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        ),
        style(
            "Table Grid",
            kind="table",
            based="NormalTable",
            more="<w:tblPr><w:tblBorders>"
            + "".join(
                f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            )
            + "</w:tblBorders></w:tblPr>",
        ),
        style(
            "Title",
            f'<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="{360 if chinese else 240}" w:after="{360 if chinese else 240}"'
            f'{" w:line=$700$ w:lineRule=$exact$".replace("$", chr(34)) if chinese else ""}/><w:jc w:val="center"/>',
            ('<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun"/>' if chinese else "")
            + BOLD
            + size(look.title_size),
        ),
        *headings(look, chinese),
        style(
            "Body Text",
            f'{tab}{spacing}<w:ind {look.first_line}/><w:jc w:val="both"/>',
        ),
        *lists(look, chinese, spacing),
        style("Table Text", tight, size(look.table_size)),
        style("Table Number", tight + '<w:jc w:val="center"/>', size(look.table_size), based="TableText"),
        style(
            "Table Heading",
            f'<w:keepNext/>{tight}<w:jc w:val="center"/>',
            (look.heading_font or BOLD) + size(look.table_size),
            based="TableText",
        ),
        style(
            "Table Section",
            f'<w:keepNext/>{flat}<w:spacing w:before="80" w:after="80" w:line="240" w:lineRule="auto"/>',
            (look.heading_font or BOLD) + size(look.table_size),
            based="TableText",
        ),
        style("caption", f'<w:keepNext/>{flat}<w:spacing w:before="120" w:after="120"/>', BOLD + size(look.table_size)),
        style("footnote text", f'{flat}<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="both"/>', size(20)),
        style(
            "footnote reference",
            rpr='<w:vertAlign w:val="superscript"/>',
            kind="character",
            based="DefaultParagraphFont",
        ),
        style("annotation text", f'{flat}<w:spacing w:line="240" w:lineRule="auto"/>', size(20)),
        style("annotation reference", rpr=size(16), kind="character", based="DefaultParagraphFont"),
        style(
            "header",
            f'<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs>{flat}',
            size(20),
        ),
        style(
            "footer",
            f'<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs>{flat}',
            size(20),
        ),
        *furniture(look, chinese, flat),
    ]
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{look.east_asian}" w:cs="Times New Roman"/>'
    latin = "ru-RU" if look.language == "ru-RU" else "en-GB"
    lang = f'<w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="fa-IR"/>'
    return (
        f"{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(look.body_size)}{lang}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>{''.join(found)}</w:styles>"
    )


def headings(look: Look, chinese: bool) -> list[str]:
    """Return heading 1 to heading 4."""
    found = []
    for level in range(4):
        if chinese:
            layout = f"<w:keepNext/><w:keepLines/><w:spacing {look.line}/><w:ind {look.first_line}/>"
            face = (look.heading_font, look.second_font, BOLD, "")[level] + size(look.body_size)
        else:
            side = "center" if level < 2 else "both"
            indent = "" if level < 2 else f"<w:ind {look.first_line}/>"
            layout = f'<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="240" w:after="120"/>{indent}<w:jc w:val="{side}"/>'
            face = (BOLD, BOLD, BOLD, "<w:i/><w:iCs/>")[level] + size(look.body_size)
        found.append(style(f"heading {level + 1}", f'{layout}<w:outlineLvl w:val="{level}"/>', face))
    return found


def lists(look: Look, chinese: bool, spacing: str) -> list[str]:
    """Return List to List 5, for items by level."""
    found = []
    for level in range(5):
        left = 0 if chinese else mm(6) * level
        tab = tabs(left + look.body_tab) if look.body_tab else ""
        name = "List" if level == 0 else f"List {level + 1}"
        found.append(style(name, f'{tab}{spacing}<w:ind w:left="{left}" {look.first_line}/><w:jc w:val="both"/>'))
    return found


def furniture(look: Look, chinese: bool, flat: str) -> list[str]:
    """Return the styles of what a paper says about the text; no paragraph in them is part of it."""
    small, side = size(look.table_size), f'<w:ind w:left="{look.mark_indent}"/><w:jc w:val="{look.mark_side}"/>'
    plain = '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>'
    black = look.heading_font or BOLD
    return [
        style("Chapeau Mark", f"{flat}{plain}{side}", black + size(look.body_size if chinese else 24)),
        style(
            "Chapeau Annex",
            f"{flat}{plain}{side}",
            (look.heading_font if chinese else "") + size(look.body_size if chinese else 24),
        ),
        style(
            "Chapeau Adoption",
            f"{flat}{plain}" + ('<w:jc w:val="center"/>' if chinese else side),
            (look.second_font if chinese else "") + size(look.body_size if chinese else 24),
        ),
        style(
            "Chapeau Paper Title",
            f'<w:keepNext/>{flat}<w:spacing w:before="160" w:after="160" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
            black + size(32 if chinese else 28),
        ),
        style("Chapeau Notice", f'{flat}<w:jc w:val="center"/>', '<w:i/><w:iCs/><w:color w:val="8A1C1C"/>' + size(18)),
        style("Chapeau Handling", f'{flat}<w:jc w:val="{"left" if chinese else "right"}"/>', black + size(20)),
        style("Chapeau Page", f'{flat}<w:jc w:val="center"/>', size(28 if chinese else 24)),
        style("Chapeau Fingerprint", f"{flat}", '<w:color w:val="595959"/>' + size(14)),
        style(
            "Chapeau Legend", f'{flat}<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>', size(22)
        ),
        style(
            "Chapeau Legend Heading",
            f'<w:keepNext/>{flat}<w:spacing w:before="120" w:after="80" w:line="240" w:lineRule="auto"/>',
            black + small,
        ),
        style(
            "Chapeau Counts", f'{flat}<w:spacing w:before="80" w:after="80" w:line="240" w:lineRule="auto"/>', size(22)
        ),
        style(
            "Chapeau Cell",
            f'{flat}<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:contextualSpacing/>',
            size(20),
        ),
        style("Chapeau Cell Heading", f'<w:keepNext/>{flat}<w:jc w:val="center"/>', black + size(20)),
        style(
            "Chapeau Break",
            f'{flat}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            size(2),
        ),
    ]


def paragraph(style_id: str, text: str) -> str:
    """Return a paragraph holding a Jinja field or tag."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def lines(style_id: str, name: str) -> str:
    """Return a paragraph per line of the field *name*."""
    return (
        paragraph(style_id, f"{{%p for line in {name} %}}")
        + paragraph(style_id, "{{ line }}")
        + paragraph(style_id, "{%p endfor %}")
    )


def optional(style_id: str, name: str) -> str:
    """Return a paragraph that stands only where the field *name* is not empty."""
    return (
        paragraph(style_id, f"{{%p if {name} %}}")
        + paragraph(style_id, f"{{{{ {name} }}}}")
        + paragraph(style_id, "{%p endif %}")
    )


def document(look: Look) -> str:
    """Return the body: the fields of the head, the place of the text, the page set-up."""
    top, right, bottom, left = look.margins
    return (
        f"{XML}<w:document {W}><w:body>"
        + lines("ChapeauMark", "marks")
        + lines("ChapeauAnnex", "annex")
        + lines("ChapeauAdoption", "adoption")
        + lines("ChapeauPaperTitle", "title")
        + paragraph("BodyText", "{{ body }}")
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId11"/>'
        '<w:footerReference w:type="default" r:id="rId12"/><w:footerReference w:type="first" r:id="rId13"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/>'
        f"<w:titlePg/>{look.grid}</w:sectPr></w:body></w:document>"
    )


def page_number(style_id: str, around: str) -> str:
    """Return the paragraph of the page number, *around* holding what stands on either side."""
    before, after = around.split("|")
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>'
        + (f'<w:r><w:t xml:space="preserve">{before}</w:t></w:r>' if before else "")
        + '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        + (f'<w:r><w:t xml:space="preserve">{after}</w:t></w:r>' if after else "")
        + "</w:p>"
    )


def margins_parts(look: Look) -> dict[str, str]:
    """Return headers and footers: what repeats on each page, the number from page 2 (Chinese: at the foot)."""
    chinese = look.language == "zh-CN"
    repeated = optional("ChapeauHandling", "handling") + optional("ChapeauNotice", "sample")
    end = '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'
    foot = optional("ChapeauFingerprint", "fingerprint")
    close = '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p>'
    number_above = "" if chinese else page_number("ChapeauPage", "|")
    number_below = page_number("ChapeauPage", "— | —") if chinese else ""
    return {
        "word/header1.xml": f"{XML}<w:hdr {W}>{number_above}{repeated}{end}</w:hdr>",
        "word/header2.xml": f"{XML}<w:hdr {W}>{repeated}{end}</w:hdr>",
        "word/footer1.xml": f"{XML}<w:ftr {W}>{foot}{number_below or close}</w:ftr>",
        "word/footer2.xml": f"{XML}<w:ftr {W}>{foot}{number_below or close}</w:ftr>",
    }


def font_table() -> str:
    """Return the fonts by name, none embedded; Chinese ones under both their names."""

    def font(name: str, other: str, family: str, charset: str) -> str:
        also = f'<w:altName w:val="{other}"/>' if other else ""
        return f'<w:font w:name="{name}">{also}<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'

    fonts = (
        font("Times New Roman", "", "roman", "CC")
        + font("FangSong", "仿宋", "modern", "86")
        + font("SimSun", "宋体", "auto", "86")
        + font("SimHei", "黑体", "modern", "86")
        + font("KaiTi", "楷体", "modern", "86")
    )
    return f"{XML}<w:fonts {W}>{fonts}</w:fonts>"


def parts(look: Look) -> dict[str, str]:
    """Return the members of the template's package."""
    kinds = {"header1": "header", "header2": "header", "footer1": "footer", "footer2": "footer"}
    overrides = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
        **kinds,
    }
    relations = [("rId1", "styles"), ("rId2", "settings"), ("rId3", "fontTable")]
    relations += [("rId10", "header1"), ("rId11", "header2"), ("rId12", "footer1"), ("rId13", "footer2")]
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>'
            for name, kind in overrides.items()
        )
        + "</Types>",
        "_rels/.rels": f'{XML}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="{identity}" Type="{RELATIONS}/{kinds.get(name, name)}" Target="{name}.xml"/>'
            for identity, name in relations
        )
        + "</Relationships>",
        "word/document.xml": document(look),
        "word/styles.xml": styles(look),
        "word/settings.xml": f'{XML}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="{look.tab_stop}"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/fontTable.xml": font_table(),
        **margins_parts(look),
    }


def template(look: Look) -> bytes:
    """Return the template's bytes, the same on every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted(parts(look).items()):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content.encode())
    return out.getvalue()


if __name__ == "__main__":
    for look in LOOKS:
        (HERE / f"{look.language[:2]}.docx").write_bytes(template(look))

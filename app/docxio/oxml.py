"""The only place that writes ``w:``: fragments of WordprocessingML as strings.

Strings, not trees: the text of a long draft is written four times faster so. Everything that
comes from outside passes through ``escaped``; style arguments are ids of the frame's styles.

Source: ISO/IEC 29500-1, 17 (WordprocessingML).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

STRUCK = 32
"""Beside the marks of ``app.text.runs.Marks``: struck out, in the bracketed form."""
GREY = 64
RED = 128

LEGEND = "ChapeauOwnLegend"
"""Id of the style of legends in a draft's own file."""
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
"""Lines around and in a table that has no style."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffc\ud800-\udfff]")
_SPECIAL = re.compile("([\t\n\u2028])")
_UNUSUAL = re.compile('[&<>"\x00-\x1f\x7f\u2028\ufffc\ufffe\uffff\ud800-\udfff]')
"""What ``escaped`` or ``run`` must look at more closely."""
_STYLE_ALONE = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)')
_BOOKMARK_NUMBER = re.compile(r'<w:bookmarkStart\s[^<>]*?w:id="(\d+)"')
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\u2028": "<w:br/>"}

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def allowed(text: str) -> str:
    """Return *text* without the characters that XML 1.0 (2.2) forbids."""
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """Return *text* for XML content or an attribute; what XML 1.0 forbids is dropped."""
    if not _UNUSUAL.search(text):
        return text
    text = _FORBIDDEN.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@cache
def run_properties(marks: int) -> str:
    """Return the ``w:rPr`` of *marks*, empty for plain text; order of 17.3.2.28."""
    found = ""
    if marks & 1:
        found += "<w:b/><w:bCs/>"
    if marks & 2:
        found += "<w:i/><w:iCs/>"
    if marks & STRUCK:
        found += "<w:strike/>"
    if marks & GREY:
        found += '<w:color w:val="595959"/>'
    elif marks & RED:
        found += '<w:color w:val="8A1C1C"/>'
    if marks & 4:
        found += '<w:u w:val="single"/>'
    if marks & 24:
        found += f'<w:vertAlign w:val="{"superscript" if marks & 8 else "subscript"}"/>'
    return f"<w:rPr>{found}</w:rPr>" if found else ""


def run(text: str, marks: int = 0, *, deleted: bool = False) -> str:
    """Return a run; tabs and breaks become elements, ``w:delText`` stands inside a deletion.

    Should look like this::

        <w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">text</w:t></w:r>
    """
    return dressed(text, run_properties(marks), deleted=deleted)


def dressed(text: str, properties: str, *, deleted: bool = False) -> str:
    """Return a run as ``run`` does, its *properties* given as XML."""
    name = "w:delText" if deleted else "w:t"
    if not _UNUSUAL.search(text):
        return f'<w:r>{properties}<{name} xml:space="preserve">{text}</{name}></w:r>' if text else ""
    text = escaped(text)
    if not _SPECIAL.search(text):
        inner = f'<{name} xml:space="preserve">{text}</{name}>' if text else ""
    else:
        inner = "".join(
            _BREAKS.get(piece) or f'<{name} xml:space="preserve">{piece}</{name}>'
            for piece in _SPECIAL.split(text)
            if piece
        )
    return f"<w:r>{properties}{inner}</w:r>" if inner else ""


def paragraph(style: str, content: str, *, mark: str = "", section: str = "", keep: bool = False) -> str:
    """Return a paragraph; *mark* is the revision of its mark, *section* a ``w:sectPr`` that ends here.

    Should look like this::

        <w:p><w:pPr><w:pStyle w:val="BodyText"/><w:rPr><w:ins …/></w:rPr></w:pPr>…</w:p>
    """
    next_ = "<w:keepNext/>" if keep else ""
    revision = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{next_}{revision}{section}</w:pPr>{content}</w:p>'


def kept_with_next(xml: str) -> str:
    """Return paragraphs, rows or tables with each paragraph kept on the page of what follows it (17.3.1.15)."""
    return _STYLE_ALONE.sub(r"\1<w:keepNext/>", xml)


def parted(table_xml: str, count: int) -> tuple[str, ...]:
    """Return a table as two: the last *count* rows on their own; as one where it has no more."""
    first, *rows = table_xml.split("<w:tr>")
    if len(rows) <= count:
        return (table_xml,)
    return "<w:tr>".join((first, *rows[:-count])) + "</w:tbl>", "<w:tr>".join((first, *rows[-count:]))


def loose_paragraph(properties: str, content: str) -> str:
    """Return a paragraph whose ``w:pPr`` is given as XML."""
    return f"<w:p>{properties}{content}</w:p>"


def spacer() -> str:
    """Return a paragraph of one point that belongs to the page: the mark before it can be accepted or rejected away."""
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def aligned(content: str, side: str, *, after: int = 0) -> str:
    """Return a paragraph of the page without a style, at a *side* (``w:jc``); *after* it that many twips."""
    spacing = f'<w:spacing w:before="0" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    indent = '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
    return f'<w:p><w:pPr>{spacing}{indent}<w:jc w:val="{side}"/></w:pPr>{content}</w:p>'


def small(text: str) -> str:
    """Return a grey run of eight points, for headers and footers."""
    return dressed(text, '<w:rPr><w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>')


def legend_line(content: str, *, begins_page: bool = False) -> str:
    """Return a paragraph of a legend: no style of the text, so that it is told from it."""
    page = "<w:pageBreakBefore/>" if begins_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{LEGEND}"/>{page}</w:pPr>{content}</w:p>'


def page_part(root: str, paragraphs: str) -> str:
    """Return a header or footer part."""
    return f"{DECLARATION}<{root} {NAMESPACES}>{paragraphs}</{root}>"


def page_reference(kind: str, sort: str, identity: str) -> str:
    """Return a section's reference to a ``header`` or ``footer`` part for pages of a *sort*: default, first, even."""
    return f'<w:{kind}Reference w:type="{sort}" r:id="{identity}"/>'


def page_break_before(style: str, content: str) -> str:
    """Return a paragraph that begins a page."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:pageBreakBefore/></w:pPr>{content}</w:p>'


class Revisions:
    """Makes tracked changes: one counter for all ids of a file, one date.

    Should look like this::

        <w:ins w:id="1" w:author="Беларусь; Иран" w:date="2025-04-25T00:00:00Z"><w:r>…</w:r></w:ins>

    Source: ISO/IEC 29500-1, 17.13.5.
    """

    def __init__(self, date: str) -> None:
        """Date every change *date*, ``YYYY-MM-DD``."""
        self._date = f"{date}T00:00:00Z"
        self._last = 0
        self._authors: dict[str, str] = {}

    def attributes(self, author: str) -> str:
        """Return id, author and date for the next change."""
        self._last += 1
        known = self._authors.get(author)
        if known is None:
            known = self._authors[author] = f'" w:author="{escaped(author)}" w:date="{self._date}"'
        return f' w:id="{self._last}{known}'

    def change(self, kind: str, author: str, content: str) -> str:
        """Return *content* (runs) as a change of *kind* ``ins`` or ``del``; nothing where there is no content."""
        return f"<w:{kind}{self.attributes(author)}>{content}</w:{kind}>" if content else ""

    def mark(self, kind: str, author: str) -> str:
        """Return the change of a paragraph mark or a row, to stand in ``w:rPr`` or ``w:trPr``."""
        return f"<w:{kind}{self.attributes(author)}/>"


def bookmark(number: int, name: str, content: str) -> str:
    """Return *content* between the two ends of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{escaped(name)}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def bookmark_numbers(written: str) -> list[str]:
    """Return the numbers of the bookmarks in a part."""
    return _BOOKMARK_NUMBER.findall(written)


def comment_start(number: int) -> str:
    """Return the beginning of a comment's range; it stands beside changes, never in one."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def comment_end(number: int) -> str:
    """Return the end of a comment's range; its reference follows."""
    return f'<w:commentRangeEnd w:id="{number}"/>'


def comment_reference(number: int, style: str = "") -> str:
    """Return the run that refers to a comment, in the character style *style*, if any."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:commentReference w:id="{number}"/></w:r>'


def comment(number: int, author: str, initials: str, date: str, paragraphs: str) -> str:
    """Return a comment of the comments part."""
    return (
        f'<w:comment w:id="{number}" w:author="{escaped(author)}" w:date="{date}T00:00:00Z" '
        f'w:initials="{escaped(initials)}">{paragraphs}</w:comment>'
    )


def comments(found: Iterable[str]) -> str:
    """Return the comments part."""
    return f"{DECLARATION}<w:comments {NAMESPACES}>{''.join(found)}</w:comments>"


def legend_style() -> str:
    """Return the style of legends."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{LEGEND}"><w:name w:val="Chapeau Legend"/>'
        '<w:pPr><w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
        '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
    )


def note_reference(number: int, style: str) -> str:
    """Return the run that refers to footnote *number*."""
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def note_sign(style: str) -> str:
    """Return the run that prints a footnote's own number, and the space after it."""
    return (
        f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    )


def note(number: int, paragraphs: str, kind: str = "footnote") -> str:
    """Return a note of the part of its *kind*: footnotes or endnotes."""
    return f'<w:{kind} w:id="{number}">{paragraphs}</w:{kind}>'


def notes(found: Iterable[str]) -> str:
    """Return the footnotes part, with the two separators that Word asks for."""
    line = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return (
        f"{DECLARATION}<w:footnotes {NAMESPACES}>"
        f'<w:footnote w:type="separator" w:id="-1"><w:p>{line}<w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:type="continuationSeparator" w:id="0"><w:p>{line}<w:r><w:continuationSeparator/></w:r></w:p>'
        f"</w:footnote>{''.join(found)}</w:footnotes>"
    )


def settings(tab_stop: int, *, records_changes: bool = False) -> str:
    """Return the settings part; *tab_stop* is the distance of automatic tab stops in twips.

    Args:
        records_changes: Whether Track Changes is switched on (``w:trackRevisions``).
    """
    recording = "<w:trackRevisions/>" if records_changes else ""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{recording}'
        f'<w:defaultTabStop w:val="{tab_stop}"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat><w:doNotExpandShiftReturn/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat></w:settings>'
    )


def cell(width: int, paragraphs: str, *, span: int = 1, shaded: bool = False, merged: str = "") -> str:
    """Return a table cell of *width* twips over *span* columns; it must hold a paragraph.

    *merged* is ``restart`` where a cell over several rows begins, ``continue`` below.
    """
    down = f'<w:vMerge w:val="{merged}"/>' if merged else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if shaded else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{down}{shade}</w:tcPr>{paragraphs}</w:tc>'


def row(cells: str, *, heading: bool = False, mark: str = "") -> str:
    """Return a row that does not break over pages; a heading repeats; *mark* is the row's revision."""
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}{mark}</w:trPr>{cells}</w:tr>"


def ruled_table(widths: Sequence[int], rows: str, borders: str) -> str:
    """Return a table as ``table`` does, ruled by itself and not by a style."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def table(style: str, widths: Sequence[int], rows: str) -> str:
    """Return a table of fixed columns; *widths* in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )

"""The marks of a draft in its own file: «Проект», «редакция от 9 апреля 2025 г.», and, once adopted, by whom.

A file's headers often say of which day it is. Where they do, a later version says so in the same place and look.
"""

import html
import re
from collections.abc import Sequence
from itertools import takewhile

from app.docxio import oxml
from app.docxio.own_file import OwnFile
from app.docxio.own_parts import MAIN, OwnParts
from app.docxio.own_text import Splice, elements, spliced
from app.docxio.sheets import Sheet
from app.text.provision import Kind

_DRAFT = re.compile(r"проект|draft|草案(?:[（(].{1,6}稿[)）])?|[（(]草案[)）]", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:редакция|версия|вариант|по состоянию) (?:от|на) .*\d.*"
    r"|(?:version|revision|text|draft) (?:of|as at|as of) .*\d.*|as (?:at|of) .*\d.*"
    r"|(?:截至)?\d{4}年\d{1,2}月\d{1,2}日(?:文本|案文|草案|稿|版)?|Rev\. ?\d+",
    re.IGNORECASE,
)
_WORDS = re.compile(r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>")
_OTHER = re.compile(r"<w:(?:drawing|pict|object|fldChar|fldSimple|footnoteReference|tab|ptab)\b")
_RUN_PROPERTIES = re.compile(r"<w:r(?:\s[^<>]*)?>\s*(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?", re.DOTALL)
_LONGEST = 80


def with_marks(parts: OwnParts, marks: Sequence[str]) -> bool:
    """Put the marks in the place of those that stand in headers and footers; return whether any did.

    The first mark stands where the first stood, and so on; the last place takes what is left over. Places that no
    mark is left for are emptied.
    """
    found = False
    for member, kind in parts.kinds.items():
        if kind in ("header", "footer"):
            written = parts.stories[member]
            places = [span for span in elements(written, "w:p") if is_mark(_said(written[slice(*span)]))]
            found = found or bool(places)
            parts.stories[member] = _marked(written, places, marks)
    return found


def is_mark(words: str) -> bool:
    """Whether a line says that something is a draft, or of which day, and nothing else."""
    return len(words) <= _LONGEST and bool(_DRAFT.fullmatch(words) or _VERSION.fullmatch(words))


def _said(paragraph: str) -> str:
    """Return the words of a paragraph that is nothing but words."""
    if _OTHER.search(paragraph):
        return ""
    return " ".join(html.unescape("".join(_WORDS.findall(paragraph))).split())


def _marked(written: str, places: Sequence[tuple[int, int]], marks: Sequence[str]) -> str:
    splices = []
    for at, (start, end) in enumerate(places):
        mine = marks[at:] if at == len(places) - 1 else marks[at : at + 1]
        paragraph = written[start:end]
        if [_said(paragraph)] != [" ".join(mark.split()) for mark in mine]:
            splices.append((start, end, "".join(_saying(paragraph, mark) for mark in mine or [""])))
    return spliced(written, splices)


def _saying(paragraph: str, mark: str) -> str:
    """Return a paragraph of the same look that says something else."""
    properties = next((paragraph[a:b] for a, b in elements(paragraph, "w:pPr")), "")
    run = _RUN_PROPERTIES.search(paragraph, paragraph.index(properties) + len(properties))
    return oxml.loose_paragraph(properties, oxml.dressed(mark, (run[1] or "") if run else ""))


def adoption(own: OwnFile, sheet: Sheet) -> list[Splice]:
    """Return what puts in who adopted the text and when: at the right above it, in Chinese beneath its title."""
    is_chinese = sheet.language == "zh"
    lines = "".join(oxml.aligned(oxml.run(line), "center" if is_chinese else "right") for line in sheet.adoption)
    titles = list(takewhile(lambda p: p.kind is Kind.TITLE, own.edition)) if is_chinese else []
    beside = titles[-1:] or list(own.edition)[:1]
    where = own.where.get(beside[0].key) if beside else None
    if where is None or where.span is None or where.member != MAIN or not lines:
        return []
    at = where.span.end if titles else where.span.start
    return [(at, at, lines)]

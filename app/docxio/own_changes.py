"""Resolves the tracked changes that somebody's file came with: what goes out carries none of them.

Accepting keeps what was inserted and drops what was deleted; rejecting the other way round. A paragraph whose
mark goes joins the following one, which keeps its own properties (ISO/IEC 29500-1, 17.13.5.15). Everything
else is copied as it stands.
"""

import re
from collections.abc import Collection, Sequence

from app.docxio.inline import Changes
from app.docxio.own_grid import columns_of, spanning
from app.docxio.own_text import Index, NotItsFile, Span, Splice, elements, spliced, without

_CHANGE = re.compile(r"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|numberingChange|\w+Change)[\s/>]")
_LOOKS = ("rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid")
_FORMATS = ("sectPrChange", *(f"{name}Change" for name in _LOOKS))
_MARKS = re.compile(r"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge)(?:\s[^<>]*)?/>")
_LISTED = re.compile(r"<w:numPr>(?:(?!</w:numPr>).)*?<w:(?:ins|moveTo)(?:\s[^<>]*)?/>.*?</w:numPr>", re.DOTALL)
_RANGES = re.compile(r"<w:(?:move(?:From|To)|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)[^<>]*/>")
_LEFT = re.compile(r"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|numberingChange)(?:\s[^<>]*)?/>")
_PROPERTIES = re.compile(r"\s*<w:pPr(?:/>|>(.*?)</w:pPr>)", re.DOTALL)
_MARKER = re.compile(
    r"(?:\s|<w:(?:bookmarkStart|bookmarkEnd|proofErr|commentRangeStart|commentRangeEnd|permStart|permEnd)[^<>]*/>)*"
)


def resolved(written: str, changes: Changes) -> str:
    """Return a part with its tracked changes accepted or rejected.

    Raises:
        NotItsFile: They are nested as no program nests them.
    """
    if not _CHANGE.search(written):
        return written
    kept, gone = ("ins|moveTo", "del|moveFrom") if changes == "accepted" else ("del|moveFrom", "ins|moveTo")
    if changes == "rejected":
        written = _old_looks(_old_properties(written))
    for name in ("pPrChange", *_FORMATS):
        written = without(written, f"w:{name}")
    written = _RANGES.sub("", written)
    for name in gone.split("|"):
        written = spliced(written, ((a, b, "") for a, b in elements(written, f"w:{name}") if not _is_mark(written, a)))
    written = re.sub(rf"</?w:(?:{kept})(?:\s[^<>]*[^/<>])?>", "", written)
    mark = re.compile(rf"<w:(?:{gone})(?:\s[^<>]*)?/>")
    written = _without_cells(written, changes)
    written = _without_rows(written, mark)
    written = _joined(written, mark)
    written = _LEFT.sub("", written)
    if changes == "rejected":
        written = written.replace("w:delText", "w:t").replace("w:delInstrText", "w:instrText")
    if _CHANGE.search(written):
        raise NotItsFile("changes")
    return written


def _is_mark(written: str, start: int) -> bool:
    return written[written.index(">", start) - 1] == "/"


def _old_properties(written: str) -> str:
    """Put the old paragraph properties in place of the changed ones, the mark and the section kept."""
    if "<w:numPr>" in written:  # of a list that the paragraph was put into
        written = _LISTED.sub("", written)
    splices: list[Splice] = []
    for start, end in elements(written, "w:pPr"):
        inside = written[start:end]
        changed = re.search(r"<w:pPrChange\b[^<>]*>\s*<w:pPr(?:/>|>(.*?)</w:pPr>)\s*</w:pPrChange>", inside, re.DOTALL)
        if changed:
            kept = "".join(inside[a:b] for name in ("w:rPr", "w:sectPr") for a, b in elements(inside, name))
            splices.append((start, end, f"<w:pPr>{changed[1] or ''}{kept}</w:pPr>"))
    return without(spliced(written, splices), "w:pPrChange")


def _old_looks(written: str) -> str:
    """Put the old properties of runs, tables, rows and cells in place of the changed ones, their marks kept."""
    for name in _LOOKS:
        if f"<w:{name}Change" not in written:
            continue
        splices: list[Splice] = []
        for start, end in elements(written, f"w:{name}"):
            change = next(elements(written, f"w:{name}Change", start, end), None)
            if change is not None:
                old = next(elements(written, f"w:{name}", *change), None)
                was = re.sub(rf"^<w:{name}[^<>]*>|</w:{name}>$", "", written[old[0] : old[1]]) if old else ""
                marks = "".join(_MARKS.findall(written, start, change[0]))
                look = (was + marks) if name in ("trPr", "tcPr") else (marks + was)
                splices.append((start, end, f"<w:{name}>{look}</w:{name}>"))
        written = spliced(written, splices)
    return written


def _without_cells(written: str, changes: Changes) -> str:
    """Leave out the cells that go and rows of such alone; a deleted cell leaves its columns to the one before it."""
    name = "cellDel" if changes == "accepted" else "cellIns"
    if f"<w:{name}" not in written:
        return written
    index = Index(written, ("tbl", "tr", "tc", name))
    going = {id(mark.parent) for mark in index.named(name) if mark.parent is not None and mark.parent.name == "tc"}
    cells: dict[int, list[Span]] = {}
    for cell in index.named("tc"):
        if cell.parent is not None:
            cells.setdefault(id(cell.parent), []).append(cell)
    splices: list[Splice] = []
    for row in index.named("tr"):
        here = cells.get(id(row), [])
        if here and all(id(cell) in going for cell in here):
            splices.append((row.start, row.end, ""))
            continue
        splices += [(cell.start, cell.end, "") for cell in here if id(cell) in going]
        if changes == "accepted":
            splices += _widened(written, here, going)
    return spliced(written, _outermost(splices))


def _outermost(splices: Sequence[Splice]) -> list[Splice]:
    """Return the changes that do not lie in others."""
    found: list[Splice] = []
    for splice in sorted(splices, key=lambda one: (one[0], -one[1])):
        if not found or splice[1] > found[-1][1]:
            found.append(splice)
    return found


def _widened(written: str, cells: Sequence[Span], going: Collection[int]) -> list[Splice]:
    """Return how the cells that stay in a row take the columns of those after them that go."""
    taken: list[tuple[Span, int]] = []
    for cell in cells:
        columns = columns_of(written, cell)
        if id(cell) not in going:
            taken.append((cell, columns))
        elif taken:
            taken[-1] = taken[-1][0], taken[-1][1] + columns
    return [spanning(written, cell, n) for cell, n in taken if n != columns_of(written, cell)]


def _without_rows(written: str, mark: re.Pattern[str]) -> str:
    """Leave out the rows whose mark goes, and tables that have none left."""
    if "<w:tr" not in written:
        return written
    index = Index(written, ("tbl", "tr", "trPr"))
    rows = [s.parent for s in index.named("trPr") if s.parent is not None and mark.search(written, s.inner, s.end)]
    going = {id(row) for row in rows}
    left = {id(s.parent) for s in index.named("tr") if id(s) not in going}
    tables = [s for s in index.named("tbl") if id(s) not in left and any(row.parent is s for row in rows)]
    emptied = {id(table) for table in tables}
    spans = [*tables, *(row for row in rows if id(row.parent) not in emptied)]
    outer = [s for s in spans if not any(o is not s and o.start <= s.start and s.end <= o.end for o in spans)]
    return spliced(written, ((s.start, s.end, "") for s in outer))


def _joined(written: str, mark: re.Pattern[str]) -> str:
    """Join each paragraph whose mark goes with the one that follows it."""
    if not mark.search(written):
        return written
    for span in reversed(Index(written, ("p",)).named("p")):
        properties = _PROPERTIES.match(written, span.inner, span.end)
        if properties is None or not mark.search(written, properties.start(), properties.end()):
            continue
        written = _with_next(written, span, properties)
    return written


def _with_next(written: str, span: Span, properties: re.Match[str]) -> str:
    end = next(b for a, b in elements(written, "w:p", span.start) if a == span.start)
    at = end + len(_MARKER.match(written, end)[0])  # type: ignore[index]
    following = re.compile(r"<w:p(?:\s[^<>]*?)?(/?)>").match(written, at)
    if following is None:
        return written
    content = written[properties.end() : end - len("</w:p>")]
    if following[1]:
        opened = following[0][:-2] + ">" + content + "</w:p>"
        return written[: span.start] + written[end:at] + opened + written[following.end() :]
    own = _PROPERTIES.match(written, following.end())
    place = own.end() if own else following.end()
    return written[: span.start] + written[end:place] + content + written[place:]

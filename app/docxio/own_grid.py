"""The grid of a table in a file that is written into: which of its columns each cell of a row stands over."""

import re

from app.docxio.own_text import Span, Splice, elements

_PROPERTIES = re.compile(r"<w:tc(?:\s[^<>]*)?>\s*(<w:tcPr(?:\s[^<>]*)?(?:/>|>(.*?)</w:tcPr>))?", re.DOTALL)
_SPAN = re.compile(r'<w:gridSpan\s+w:val="(\d+)"\s*/>')
_STYLE = re.compile(r"\s*(?:<w:cnfStyle[^<>]*/>)?")
_BEFORE_SPAN = re.compile(r"\s*(?:<w:cnfStyle[^<>]*/>)?\s*(?:<w:tcW[^<>]*/>)?")
_WIDTH = re.compile(r'<w:tcW\s(?=[^<>]*w:type="dxa")[^<>]*w:w="(\d+)"[^<>]*/>')
_GRID = re.compile(r'<w:gridCol\s[^<>]*w:w="(\d+)"')
_LEFT_OUT = re.compile(r'<w:tr(?:\s[^<>]*)?>(?:(?!<w:tc[\s>]).)*?<w:gridBefore\s+w:val="(\d+)"', re.DOTALL)
MOST = 100
"""Columns that a cell stands over at most; the reader takes no more."""


def columns_of(written: str, cell: Span) -> int:
    """Return how many columns of the grid a cell stands over."""
    found = _SPAN.search(_inside(written, cell))
    return max(1, min(int(found[1]), MOST)) if found else 1


def columns_before(written: str, row: Span) -> int:
    """Return how many columns of the grid a row leaves out at its beginning."""
    found = _LEFT_OUT.match(written, row.start)
    return int(found[1]) if found else 0


def spanning(written: str, cell: Span, columns: int, change: str = "") -> Splice:
    """Return the change that lets a cell stand over so many columns; *change*: the attributes of a tracked one."""
    opened = _PROPERTIES.match(written, cell.start)
    assert opened is not None
    old = opened[2] or ""
    was = f"<w:tcPrChange{change}><w:tcPr>{old}</w:tcPr></w:tcPrChange>" if change else ""
    properties = f"<w:tcPr>{with_span(old, columns)}{was}</w:tcPr>"
    return (opened.start(1), opened.end(1), properties) if opened[1] else (opened.end(), opened.end(), properties)


def with_span(inside: str, columns: int) -> str:
    """Return what stands in a cell's properties, over so many columns."""
    bare = _SPAN.sub("", inside)
    if columns == 1:
        return bare
    at = _BEFORE_SPAN.match(bare).end()  # type: ignore[union-attr]
    return f'{bare[:at]}<w:gridSpan w:val="{columns}"/>{bare[at:]}'


def width_of(written: str, cell: Span) -> int | None:
    """Return the width of a cell in twips; None where it is said otherwise."""
    found = _WIDTH.search(_inside(written, cell))
    return int(found[1]) if found else None


def grid_of(written: str, table: Span) -> list[int]:
    """Return the widths of a table's columns, in twips."""
    start, end = next(elements(written, "w:tblGrid", table.start, table.end), (0, 0))
    return [int(width) for width in _GRID.findall(written, start, end)]


def divided(written: str, table: Span, new: int) -> list[Splice]:
    """Return the change that cuts the last column of a table's grid into itself and so many new ones."""
    start, end = next(elements(written, "w:tblGrid", table.start, table.end), (0, 0))
    columns = list(_GRID.finditer(written, start, end))
    if not columns:
        return []
    width = max(int(columns[-1][1]) // (new + 1), 1)
    return [
        (columns[-1].start(1), columns[-1].end(1), str(width)),
        (end - len("</w:tblGrid>"), end - len("</w:tblGrid>"), f'<w:gridCol w:w="{width}"/>' * new),
    ]


def resized(head: str, columns: int, width: int | None, mark: str = "") -> str:
    """Return a cell's start tag and properties, over so many columns.

    Args:
        width: In twips; None: as Word finds fit.
        mark: The change of the cell.
    """
    opened = _PROPERTIES.match(head)
    assert opened is not None
    size = f'<w:tcW w:w="{width or 0}" w:type="{"dxa" if width else "auto"}"/>'
    inside = re.sub(r"<w:tcW[^<>]*/>", "", opened[2] or "")
    at = _STYLE.match(inside).end()  # type: ignore[union-attr]
    start = opened.start(1) if opened[1] else opened.end()
    return f"{head[:start]}<w:tcPr>{with_span(inside[:at] + size + inside[at:], columns)}{mark}</w:tcPr>"


def _inside(written: str, cell: Span) -> str:
    opened = _PROPERTIES.match(written, cell.start)
    return (opened[2] or "") if opened else ""

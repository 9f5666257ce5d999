"""Tables of proposals: which column holds what, and which lines of a pasted text are a table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.text.formulas.grammar import Grammar, Role

_LONGEST_HEADING = 120
_HEADINGS_WITHIN = 6
"""Rows that may stand before the headings: a title, a line about whose table it is."""
_BY_COUNT: Mapping[int, tuple[Role, ...]] = {
    3: (Role.ELEMENT, Role.WISHED, Role.JUSTIFICATION),
    4: (Role.ELEMENT, Role.BASE, Role.WISHED, Role.JUSTIFICATION),
}
_REMARK = re.compile(r"замечани|comment|remark|observation|意见", re.IGNORECASE)
"""A heading over what may be a remark instead of a wording."""
_LEAST_ROWS = 2


@dataclass(frozen=True)
class Columns:
    """What the columns of a table hold.

    Attributes:
        roles: Of each column; None where its heading says nothing known.
        first: Position of the first row under the headings.
        may_remark: Whether the wished column may hold remarks beside wordings.
    """

    grammar: Grammar
    roles: tuple[Role | None, ...]
    first: int
    may_remark: bool

    def cell(self, row: Sequence[str], role: Role) -> str:
        """Return what a row holds in a role; cells of several columns on lines of their own."""
        found = (cell.strip() for cell, held in zip(row, self.roles, strict=False) if held is role)
        return "\n".join(filter(None, found))


def columns_of(rows: Sequence[Sequence[str]], grammars: Sequence[Grammar]) -> Columns | None:
    """Return the columns of a table by its headings, in one of these languages, the likeliest first.

    A table of three or four columns without headings has place, (draft's wording,) wording proposed and reason.
    None where nothing tells what the columns hold.
    """
    for number, row in enumerate(rows[:_HEADINGS_WITHIN]):
        found = _by_headings(row, grammars)
        if found is not None:
            return replace(found, first=number + 1)
    counts = {len(row) for row in rows}
    known = _BY_COUNT.get(counts.pop()) if len(counts) == 1 else None
    return Columns(grammars[0], known, 0, may_remark=True) if known else None


def _by_headings(row: Sequence[str], grammars: Sequence[Grammar]) -> Columns | None:
    for grammar in grammars:
        roles = _roles(row, grammar)
        if Role.WISHED in roles and (Role.ELEMENT in roles or Role.BASE in roles):
            return Columns(grammar, roles, 1, bool(_REMARK.search(row[roles.index(Role.WISHED)])))
    return None


def _roles(row: Sequence[str], grammar: Grammar) -> tuple[Role | None, ...]:
    """Return the roles of columns; of several with the wording proposed, or the draft's, the first.

    Remarks are what is asked for where no column holds a wording, else the reason for it.
    """
    roles = [_role(cell, grammar) for cell in row]
    remark = Role.JUSTIFICATION if Role.WISHED in roles else Role.WISHED
    roles = [
        remark if r in (None, Role.JUSTIFICATION) and _REMARK.search(c) else r for r, c in zip(roles, row, strict=True)
    ]
    once = (Role.WISHED, Role.BASE)
    return tuple(None if role in once and role in roles[:n] else role for n, role in enumerate(roles))


def _role(cell: str, grammar: Grammar) -> Role | None:
    words = " ".join(cell.split())
    if not words or len(words) > _LONGEST_HEADING:
        return None
    return next((role for role, pattern in grammar.roles if pattern.search(words)), None)


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …"""
    return [cell.strip() for cell in row] == [str(n) for n in range(1, len(row) + 1)]


@dataclass(frozen=True)
class PastedTable:
    """A table in a pasted text, and the lines around it."""

    before: str
    rows: tuple[tuple[str, ...], ...]
    after: str


def pasted_table(words: str, grammars: Sequence[Grammar]) -> PastedTable | None:
    """Return the table in a text whose cells are apart by tabs, as Word and spreadsheets paste them.

    It begins with its headings, or without any is of several rows of three or four cells. A line with too few
    tabs goes on with the cell that the line above it ended in; an empty line ends the table. None where there is
    no table: the tab after a number of a list makes none.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cells = {n: line.split("\t") for n, line in enumerate(lines) if "\t" in line.strip("\t")}
    headed = [n for n, row in cells.items() if _by_headings(row, grammars) is not None]
    full = [n for n, row in cells.items() if len(row) in _BY_COUNT and len(row) == max(map(len, cells.values()))]
    starts = headed or (full if len(full) >= _LEAST_ROWS else [])
    if not starts:
        return None
    rows, end = _rows(lines, starts[0])
    return PastedTable("\n".join(lines[: starts[0]]), rows, "\n".join(lines[end:]))


def _rows(lines: Sequence[str], start: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Return the rows from a line on, and the line behind the last."""
    count = lines[start].count("\t") + 1
    rows: list[list[str]] = []
    end = start
    for end, line in enumerate(lines[start:], start):
        cells = line.split("\t")
        complete = not rows or len(rows[-1]) >= count
        if complete and not line.strip():
            return tuple(map(tuple, rows)), end
        if complete and len(cells) > 1:
            rows.append(cells)
        else:
            rows[-1][-1] += f"\n{cells[0]}"
            rows[-1] += cells[1:]
    return tuple(map(tuple, rows)), end + 1

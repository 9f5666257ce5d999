"""Cells that come into a row of a draft's own file: where it has fewer than its table has columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.docxio import oxml
from app.docxio.entries import Entry, Part, Stretch
from app.docxio.own_file import Story, Where
from app.docxio.own_grid import columns_before, columns_of, resized, spanning
from app.docxio.own_look import marked_properties, run_look
from app.docxio.own_parts import MAIN
from app.docxio.own_rows import Look, look_of
from app.docxio.own_text import NotItsFile, Span
from app.docxio.own_writing import OwnWriter
from app.text.composition import ComposedStates, ComposedText, Sponsors
from app.text.provision import TEXT
from app.text.runs import PARAGRAPH_BREAK, Run


@dataclass(slots=True)
class _Place:
    """A cell of the row, as it is to be: its columns on the grid, and what it is in the file or is called."""

    start: int
    end: int
    cell: Span | None = None
    name: str = ""


class OwnCells:
    """Puts cells into rows."""

    def __init__(self, writer: OwnWriter) -> None:
        self._writer = writer
        self._story: Story = writer.own.stories[MAIN]

    def filled(self, entry: Entry, row: Where, table: Span, columns: Sequence[str]) -> Entry:
        """Write what some put into cells that a row does not have; return what else is asked of the row.

        Raises:
            NotItsFile: There is no place for such a cell.
        """
        assert row.span is not None
        new = {name: part for name, part in entry.parts.items() if name not in row.stretches and _comes(part)}
        places = self._places(row.span)
        if not new or TEXT in new or len(places) == len(columns) or not set(new) <= set(columns):
            return entry
        bounds = self._bounds(table)
        if len(bounds) != len(columns):
            raise NotItsFile("cell")
        for name in (column for column in columns if column in new):
            _put(places, name, *bounds[columns.index(name)])
        self._write(places, row, entry, new)
        return replace(entry, parts={name: part for name, part in entry.parts.items() if name not in new})

    def _places(self, row: Span) -> list[_Place]:
        at = columns_before(self._story.written, row)
        found = []
        for cell in self._story.cells.get(row.start, ()):
            found.append(_Place(at, at + columns_of(self._story.written, cell), cell))
            at = found[-1].end
        return found

    def _bounds(self, table: Span) -> list[tuple[int, int]]:
        """Return where the columns of a table begin and end, as the reader finds them."""
        known = {where.span.start for where in self._writer.own.where.values() if where.span is not None}
        rows = [row for row in self._story.rows if row.parent is table]
        heads = [row for row in rows if row.start not in known]
        finest = max((self._places(row) for row in heads or rows), key=len)
        return [(place.start, place.end) for place in finest]

    def _write(self, places: Sequence[_Place], row: Where, entry: Entry, new: Mapping[str, Part]) -> None:
        before, look = None, None
        for place in places:
            if place.cell is not None:
                before, look = place.cell, look_of(self._story, place.cell)
                columns = place.end - place.start
                if columns != columns_of(self._story.written, place.cell):
                    change = self._writer.change_of_look(_who(new.values()))
                    self._writer.splices[MAIN].append(spanning(self._story.written, place.cell, columns, change))
                continue
            if before is None or look is None:
                raise NotItsFile("cell")
            words = self._writer.words_of(row, entry, place.name, new[place.name])
            xml = self._cell(words, look, place.end - place.start)
            self._writer.splices[MAIN].append((before.end, before.end, xml))

    def _cell(self, words: Sequence[Stretch], look: Look, columns: int) -> str:
        writer = self._writer
        who = tuple(dict.fromkeys(code for stretch in words for code in stretch.sponsors))
        properties = writer.numbered.uncounted(look.paragraph)
        made = line = ""
        for stretch in words:
            for position, piece in enumerate(_lines(stretch)):
                if position:
                    mark = writer.mark("ins", stretch.sponsors)
                    made += oxml.loose_paragraph(marked_properties(properties, mark), line)
                    line = ""
                runs = writer.runs(piece, lambda marks: run_look(look.run, look.marks, marks))
                line += writer.change("ins", stretch.sponsors, runs)
        made += oxml.loose_paragraph(marked_properties(properties, ""), line)
        return f"{resized(look.cell, columns, None, writer.mark('cellIns', who))}{made}</w:tc>"


def _put(places: list[_Place], name: str, start: int, end: int) -> None:
    """Put a cell over a column of its own: beside the last, or in what another has more than its own.

    Raises:
        NotItsFile: It has no such place.
    """
    at = next((i for i, place in enumerate(places) if place.start < start < place.end), None)
    if at is not None:
        places.insert(at + 1, _Place(start, places[at].end, None, name))
        places[at].end = start
    elif places and places[-1].end == start:
        places.append(_Place(start, end, None, name))
    else:
        raise NotItsFile("cell")


def _comes(part: Part) -> bool:
    if isinstance(part, ComposedStates):
        return bool(part.joining)
    return isinstance(part, ComposedText) and any(part.gaps)


def _who(parts: Iterable[Part]) -> Sponsors:
    found: dict[str, None] = {}
    for part in parts:
        if isinstance(part, ComposedStates):
            found |= dict.fromkeys(code for _, who in part.joining for code in who)
        elif isinstance(part, ComposedText):
            found |= dict.fromkeys(code for gap in part.gaps for one in gap for code in one.sponsors)
    return tuple(found)


def _lines(stretch: Stretch) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in stretch.text:
        first, *others = run.text.split(PARAGRAPH_BREAK) if run.note is None else [run.text]
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=other)] for other in others]
    return [[run for run in line if run.text] for line in lines]

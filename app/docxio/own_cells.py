"""Cells that come into the rows of a draft's own file: where they have fewer than columns, or a column comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.docxio import oxml
from app.docxio.entries import Entry, Part, Stretch
from app.docxio.line_text import split_paragraphs
from app.docxio.own_file import Story, Where
from app.docxio.own_grid import columns_before, columns_of, divided, resized, spanning
from app.docxio.own_look import marked_properties, run_look
from app.docxio.own_parts import MAIN
from app.docxio.own_rows import Look, look_of
from app.docxio.own_text import NotItsFile, Span
from app.docxio.own_writing import OwnWriter
from app.text.composition import ComposedStates, ComposedText, Sponsors
from app.text.provision import TEXT, Kind


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
        self._asking: dict[str, dict[str, Sponsors]] = {}
        """Table to the columns that come to it, each with those who ask for it."""
        self._note_columns()
        self._found_bounds: dict[int, list[tuple[int, int]]] = {}

    def new_columns(self, key: str) -> list[str]:
        """Return the columns that come into a table of the base, behind those it has."""
        return list(self._asking.get(key, ()))

    def _note_columns(self) -> None:
        for entry in self._writer.found:
            of_table = entry.provision.kind is Kind.TABLE and entry.change != "ins"
            key = entry.provision.key if of_table else entry.provision.parent or ""
            table = self._writer.base.get(key) if of_table or entry.provision.kind is Kind.ROW else None
            for name, part in entry.parts.items() if table is not None else ():
                if table is None or name in table.columns or name == TEXT:
                    continue
                if _comes(part) if isinstance(part, ComposedText | ComposedStates) else part:
                    found = self._asking.setdefault(key, {})
                    found[name] = tuple(dict.fromkeys((*found.get(name, ()), *(_who([part]) or entry.sponsors))))

    def headed(self, entry: Entry, table: Where) -> Entry:
        """Write the columns that come into a table above its rows; return what else is asked of its headings."""
        assert table.span is not None
        new = self.new_columns(entry.provision.key)
        if not new:
            return entry
        columns, bounds = self._writer.base[entry.provision.key].columns, self._bounds(table.span)
        for position, row in enumerate(self._headings(table.span)):
            places = self._places(row)
            names = {name: entry.parts.get(name, ()) if not position else () for name in new}
            self._fill(places, [*columns, *new], [*bounds, *_behind(bounds, new)], names)
            self._write(places, table, entry, names, entry.provision.key)
        self._writer.splices[MAIN] += divided(self._story.written, table.span, len(new))
        return replace(entry, parts={name: part for name, part in entry.parts.items() if name not in new})

    def filled(self, entry: Entry, row: Where, table: Span, columns: Sequence[str]) -> Entry:
        """Write what some put into cells that a row does not have; return what else is asked of the row.

        Raises:
            NotItsFile: There is no place for such a cell.
        """
        assert row.span is not None
        key = entry.provision.parent or ""
        coming = self.new_columns(key)
        new = {name: part for name, part in entry.parts.items() if name not in row.stretches and _comes(part)}
        places = self._places(row.span)
        if coming and len(places) == 1 < len(columns) and set(entry.parts) <= {TEXT}:
            places[0].end += len(coming)
            self._write(places, row, entry, {}, key)
            return entry
        is_short = len(places) < len(columns) and set(new) <= set(columns)
        if TEXT in new or not (coming or (new and is_short)):
            return entry
        if not is_short:
            new = {name: part for name, part in new.items() if name in coming}
        bounds = self._bounds(table)
        if len(bounds) != len(columns):
            raise NotItsFile("cell")
        names = {name: new.get(name, ()) for name in (*columns, *coming) if name in new or name in coming}
        self._fill(places, [*columns, *coming], [*bounds, *_behind(bounds, coming)], names)
        self._write(places, row, entry, names, key)
        return replace(entry, parts={name: part for name, part in entry.parts.items() if name not in names})

    @staticmethod
    def _fill(
        places: list[_Place], columns: Sequence[str], bounds: Sequence[tuple[int, int]], names: Mapping[str, Part]
    ) -> None:
        for name in (column for column in columns if column in names):
            _put(places, name, *bounds[columns.index(name)])

    def _headings(self, table: Span) -> list[Span]:
        known = {where.span.start for where in self._writer.own.where.values() if where.span is not None}
        return [row for row in self._story.rows if row.parent is table and row.start not in known]

    def _places(self, row: Span) -> list[_Place]:
        at = columns_before(self._story.written, row)
        found = []
        for cell in self._story.cells.get(row.start, ()):
            found.append(_Place(at, at + columns_of(self._story.written, cell), cell))
            at = found[-1].end
        return found

    def _bounds(self, table: Span) -> list[tuple[int, int]]:
        """Return where the columns of a table begin and end, as the reader finds them."""
        if table.start in self._found_bounds:
            return self._found_bounds[table.start]
        rows = self._headings(table) or [row for row in self._story.rows if row.parent is table]
        finest = max(map(self._places, rows), key=len)
        found = self._found_bounds[table.start] = [(place.start, place.end) for place in finest]
        return found

    def _write(self, places: Sequence[_Place], row: Where, entry: Entry, new: Mapping[str, Part], table: str) -> None:
        before, look = None, None
        for place in places:
            if place.cell is not None:
                before, look = place.cell, look_of(self._story, place.cell)
                columns = place.end - place.start
                if columns != columns_of(self._story.written, place.cell):
                    who = _who(new.values()) or next(iter(self._asking[table].values()))
                    change = self._writer.change_of_look(who)
                    self._writer.splices[MAIN].append(spanning(self._story.written, place.cell, columns, change))
                continue
            if before is None or look is None:
                raise NotItsFile("cell")
            part = new.get(place.name, ())
            words = self._writer.words_of(row, entry, place.name, part) if part else []
            who = _who([part]) or self._asking.get(table, {}).get(place.name, ()) or _who(new.values())
            xml = self._cell(words, look, place.end - place.start, who)
            self._writer.splices[MAIN].append((before.end, before.end, xml))

    def _cell(self, words: Sequence[Stretch], look: Look, columns: int, who: Sponsors) -> str:
        writer = self._writer
        properties = writer.numbered.uncounted(look.paragraph)
        made = line = ""
        for stretch in words:
            for position, piece in enumerate(split_paragraphs(stretch.text)):
                if position:
                    mark = writer.mark("ins", stretch.sponsors)
                    made += oxml.loose_paragraph(marked_properties(properties, mark), line)
                    line = ""
                bare = [run for run in piece if run.text]
                runs = writer.runs(bare, lambda marks: run_look(look.run, look.marks, marks), stretch.sponsors)
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
    elif places and places[-1].end <= start:
        if places[-1].end < start:
            places.append(_Place(places[-1].end, start))
        places.append(_Place(start, end, None, name))
    else:
        raise NotItsFile("cell")


def _behind(bounds: Sequence[tuple[int, int]], new: Sequence[str]) -> list[tuple[int, int]]:
    last = bounds[-1][1]
    return [(last + at, last + at + 1) for at in range(len(new))]


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

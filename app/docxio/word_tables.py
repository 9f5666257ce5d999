"""Word's tables as a table provision with named columns and one row provision per row."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.docxio import stories
from app.docxio.atoms import BEFORE
from app.docxio.blocks import Line, Lines
from app.docxio.column_words import NUMBER, WHO, are_headings, column_keys
from app.docxio.line_text import cut, stripped
from app.docxio.pieces import Piece, Remark
from app.docxio.state_names import StateNames
from app.docxio.typed_labels import parse_typed
from app.docxio.understanding import Confidence, RecognisedBy, Unclear
from app.docxio.wordml import number, switched, value, w
from app.text.provision import TEXT, Content, Kind
from app.text.runs import PARAGRAPH_BREAK, TAB, Marks, Run, Text, plain, text

_V_MERGE, _VAL = w("vMerge"), w("val")


@dataclass(slots=True)
class _Cell:
    """A cell on the grid: first column, column after the last, its words."""

    start: int
    end: int
    text: Text
    label: str = ""
    """Automatic number of a cell that holds nothing else."""
    merged: str = ""
    """"restart" or "continue" of a vertical merge."""
    lines: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Row:
    source: stories.Row
    cells: list[_Cell] = field(default_factory=list)
    is_heading: bool = False
    remarks: list[tuple[Unclear, str]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many grid columns it reaches over."""
        return max((c.end for c in self.cells), default=0)


class TableReader:
    """Turns tables into pieces."""

    def __init__(self, lines: Lines, states: StateNames) -> None:
        self._lines = lines
        self._states = states

    def read(self, table: stories.Table, known: tuple[str, ...] | None = None) -> tuple[list[Piece], list[Remark]]:
        """Return the table's piece followed by its rows', and the remarks on them.

        Args:
            table: The table.
            known: Its column keys in the other view; they hold here as well where the columns are as many.
        """
        rows = [row for row in self._rows(table) if row.cells]
        remarks: list[Remark] = []
        if not rows:
            return [], remarks
        heads, body = _split_heading(rows)
        bounds = _bounds(heads, body)
        headings = [_heading(heads, start, end) for start, end in bounds]
        keys = column_keys([plain(h) for h in headings])
        if known is not None and len(known) == len(keys):
            keys = known
        parts: dict[str, Content] = {key: h for key, h in zip(keys, headings, strict=True) if h}
        owner = Piece(Kind.TABLE, parts, columns=keys, by=RecognisedBy.STRUCTURE, anchor=table)
        for row in heads:
            owner.heads.append(row.source)
            for cell in row.cells:
                key = _column_of(cell, keys, bounds)[0]
                owner.lines.setdefault(key, []).extend(cell.lines)
        owner.sure = Confidence.SURE if heads else Confidence.LIKELY
        pieces = [owner]
        for row in heads:
            remarks += [Remark(owner, what, words) for what, words in row.remarks]
        for row in body:
            piece, told = self._row_piece(row, keys, bounds)
            pieces.append(piece)
            remarks += [Remark(piece, what, words) for what, words in told]
        return pieces, remarks

    def _rows(self, table: stories.Table) -> Iterator[_Row]:
        for source in table.rows:
            if not source.mask & self._lines.view:
                continue
            row = _Row(source, is_heading=bool(switched(source.properties, w("tblHeader"))))
            column = number(value(source.properties, w("gridBefore")), 0)
            for cell in source.cells:
                if cell.is_changed:
                    row.remarks.append((Unclear.CHANGED_TABLE, ""))
                column = self._read_cell(cell, column, row)
            yield row

    def _read_cell(self, source: stories.Cell, column: int, row: _Row) -> int:
        """Take in a cell; return the grid column after it."""
        properties = source.old if self._lines.view == BEFORE else source.properties
        span = max(1, min(number(value(properties, w("gridSpan")), 1), 100))
        if not source.mask & self._lines.view:
            # A deleted cell leaves its columns to the one before it, an inserted one never had any.
            if self._lines.view != BEFORE and row.cells:
                row.cells[-1].end += span
                return column + span
            return column
        merge = None if properties is None else properties.find(_V_MERGE)
        words, label, lines = self._cell_text(source.story, row)
        merged = "" if merge is None else merge.get(_VAL, "continue")
        row.cells.append(_Cell(column, column + span, words, label, merged, lines))
        if merged == "restart":
            row.remarks.append((Unclear.VERTICAL_MERGE, plain(words)))
        return column + span

    def _cell_text(self, story: stories.Story, row: _Row) -> tuple[Text, str, tuple[Line, ...]]:
        """Return a cell's words, paragraphs divided by breaks, the number it holds alone, its lines."""
        texts: list[Text] = []
        labels: list[str] = []
        read: list[Line] = []
        for block in self._lines.of(story):
            if isinstance(block, Line):
                words = self._line_text(block, row, read)
                label = block.label.text if block.label else ""
                if words:
                    texts.append(text(f"{label} ", *words) if label else words)
                elif label:
                    labels.append(label)
            else:
                nested = self._nested(block, row, read)
                row.remarks.append((Unclear.NESTED_TABLE, plain(nested)))
                texts.append(nested)
        return _lined(texts), "" if texts else " ".join(labels), tuple(read)

    def _line_text(self, line: Line, row: _Row, read: list[Line]) -> Text:
        """Return the words of a line and of its boxes; note the lines that were read."""
        read.append(line)
        row.remarks += line.unclear
        row.remarks += line.objects
        words = [line.text] if line.text else []
        for _, box in line.boxes:
            inside = _lined(
                [
                    self._line_text(block, row, read) if isinstance(block, Line) else self._nested(block, row, read)
                    for block in self._lines.of(box)
                ]
            )
            row.remarks.append((Unclear.TEXT_BOX, plain(inside)))
            words.append(inside)
        return _lined(words)

    def _nested(self, table: stories.Table, row: _Row, read: list[Line]) -> Text:
        lines: list[Text] = []
        for inner in self._rows(table):
            row.remarks += [r for r in inner.remarks if r[0] is not Unclear.VERTICAL_MERGE]
            cells: list[Run | str] = []
            for cell in inner.cells:
                read += cell.lines
                cells += [*([TAB] if cells else []), *([cell.label] if cell.label else cell.text)]
            lines.append(stripped(text(*cells)))
        return _lined(lines)

    def _row_piece(
        self, row: _Row, keys: tuple[str, ...], bounds: list[tuple[int, int]]
    ) -> tuple[Piece, list[tuple[Unclear, str]]]:
        piece = Piece(Kind.ROW, by=RecognisedBy.STRUCTURE, anchor=row.source)
        told = list(row.remarks)
        if len(row.cells) == 1 and len(bounds) > 1 and row.cells[0].end >= bounds[-1][0] + 1:
            _fill_section(piece, row.cells[0])
            piece.lines[TEXT] = list(row.cells[0].lines)
            return piece, told
        filled: dict[str, list[_Cell]] = {}
        for cell in row.cells:
            key, is_wide = _column_of(cell, keys, bounds)
            if is_wide and cell.text:
                told.append((Unclear.HORIZONTAL_MERGE, plain(cell.text)))
            filled.setdefault(key, []).append(cell)
            piece.lines.setdefault(key, []).extend(cell.lines)
        for key, cells in filled.items():
            words = _lined([c.text for c in cells if c.text])
            label = " ".join(c.label for c in cells if c.label)
            if sum(bool(c.text) for c in cells) > 1:
                told.append((Unclear.SPLIT_CELL, plain(words)))
            if key == NUMBER:
                piece.label = " ".join(f"{label} {plain(words)}".split())
                if any(run.note for run in words):
                    piece.parts[key] = text(*(run for run in words if run.note))
                continue
            words = words if words or not label else text(label)
            named = self._states.in_cell(words) if key == WHO else None
            if words:
                piece.parts[key] = named or words
        return piece, told


def _split_heading(rows: list[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Return the heading rows and the rest: marked as heading, or a first row that reads or looks like one.

    One cell below the headings, or over columns that nothing names, is none, whatever its mark: a section row.
    """
    marked = finest = 0
    while marked < len(rows) - 1 and rows[marked].is_heading and (finest < 2 or len(rows[marked].cells) > 1):
        finest = max(finest, len(rows[marked].cells))
        marked += 1
    if finest > 1 or (marked and all(len(row.cells) == 1 for row in rows)):
        return rows[:marked], rows[marked:]
    first = rows[0]
    words = [plain(c.text) for c in first.cells]
    is_bold = all(_is_bold(c.text) for c in first.cells) and not any(_is_bold(c.text) for c in rows[-1].cells)
    if len(rows) > 1 and len(first.cells) > 1 and (are_headings(words) or is_bold):
        return rows[:1], rows[1:]
    return [], rows


def _is_bold(content: Text) -> bool:
    return bool(content) and all(run.marks & Marks.BOLD or run.text.isspace() for run in content)


def _bounds(heads: list[_Row], body: list[_Row]) -> list[tuple[int, int]]:
    """Return where each column begins and ends on the grid: as the finest heading row, else the finest row, cuts it."""
    finest = max(heads or body, key=lambda row: len(row.cells))
    return [(c.start, c.end) for c in finest.cells]


def _heading(heads: list[_Row], start: int, end: int) -> Text:
    found = [c.text for row in heads for c in row.cells if c.start < end and c.end > start and c.text]
    return _unbold(_lined(found))


def _unbold(content: Text) -> Text:
    """Return a heading without the bold that is its look."""
    if not _is_bold(content):
        return content
    return text(*(run._replace(marks=run.marks & ~Marks.BOLD) for run in content))


def _fill_section(piece: Piece, cell: _Cell) -> None:
    words = _unbold(cell.text)
    label = parse_typed(plain(words))
    piece.label = cell.label
    if label and plain(words)[label.words_at :]:
        piece.label, words = label.label, cut(words, label.words_at)
    if words:
        piece.parts[TEXT] = words


def _column_of(cell: _Cell, keys: tuple[str, ...], bounds: list[tuple[int, int]]) -> tuple[str, bool]:
    """Return the column a cell stands in, and whether it reaches into the next."""
    inside = [at for at, (start, end) in enumerate(bounds) if start < cell.end and cell.start < end]
    if not inside:
        return keys[-1], False
    return keys[inside[0]], len(inside) > 1


def _lined(lines: list[Text]) -> Text:
    joined: list[Run | str] = []
    for line in lines:
        if line:
            joined += [*([PARAGRAPH_BREAK] if joined else []), *line]
    return text(*joined)

"""Rows and tables that come into a draft's own file, each after the pattern of what stands there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.docxio import layout, oxml
from app.docxio.entries import Entry, is_merged
from app.docxio.line_text import split_paragraphs
from app.docxio.own_file import Story, Where
from app.docxio.own_grid import columns_of, grid_of, resized, width_of
from app.docxio.own_look import marked_properties, new_properties, run_look
from app.docxio.own_parts import MAIN
from app.docxio.own_text import NotItsFile, Span, Splice, elements, without
from app.docxio.own_writing import OwnWriter
from app.text.provision import TEXT, Content, Kind, Provision, States
from app.text.runs import Marks, Run, Text, plain

_BOLD = re.compile(r"<w:b(?:\s+w:val=\"(?:1|true|on)\")?\s*/>")
_CHANGES = re.compile(r"<w:(?:ins|del)(?:\s[^<>]*)?/>")
_NOT_OF_A_ROW = re.compile(r"<w:(?:tblHeader|ins|del)(?:\s[^<>]*)?/>")
_ROW_PROPERTIES = re.compile(
    r"<w:tr(?:\s[^<>]*)?>(?:\s*<w:tblPrEx>.*?</w:tblPrEx>)?\s*(<w:trPr/>|<w:trPr>)?", re.DOTALL
)


class Look(NamedTuple):
    """How a new cell looks: as another."""

    cell: str
    """Its start tag and properties."""
    paragraph: str
    run: str
    marks: int
    """The marks that words with these run properties show."""


class OwnRows:
    """Makes new rows and tables; *new_columns* says which columns come into a table of the base."""

    def __init__(self, writer: OwnWriter, new_columns: Callable[[str], Sequence[str]]) -> None:
        self._writer = writer
        self._new_columns = new_columns
        self._story: Story = writer.own.stories[MAIN]
        self._written = self._story.written

    def insert(self, entry: Entry, last: Provision | None) -> tuple[int, str]:
        """Return a new row after the provision *last*, and its place in the part.

        Raises:
            NotItsFile: Its table is not there, or has no row that it could be made after.
        """
        table = self._main(entry.provision.parent or "")
        if table is None or table.span is None:
            raise NotItsFile("row")
        rows = [
            w.span
            for p in self._writer.own.edition
            if p.kind is Kind.ROW and p.parent == entry.provision.parent and (w := self._main(p.key)) and w.span
        ]
        if not rows:
            raise NotItsFile("row")
        where = self._main(last.key) if last is not None and last.kind is Kind.ROW else None
        at = where.span.end if where is not None and where.span in rows and where.span else rows[0].start
        columns = self._writer.base[entry.provision.parent or ""].columns
        model, cells = self._model(table.span, rows, at, entry, columns)
        new = self._new_columns(entry.provision.parent or "")
        if new and is_merged(entry):
            look = cells[0][1]
            cells = [(TEXT, look._replace(cell=resized(look.cell, self._reach(model) + len(new), None)))]
        elif new:
            last_look = cells[-1][1]
            cells = [*cells, *((name, last_look._replace(cell=resized(last_look.cell, 1, None))) for name in new)]
        return at, self._row(entry, model, cells)

    def beside(self, rival: Entry, row: Span) -> str:
        """Return the rival of a row of headings, made after the pattern of that *row*.

        Raises:
            NotItsFile: The row has not one cell for each column.
        """
        cells, columns = self._cells(row), rival.provision.columns
        if len(cells) != len(columns):
            raise NotItsFile("row")
        return self._row(rival, row, list(zip(columns, map(self._look, cells), strict=True)))

    def _main(self, key: str) -> Where | None:
        where = self._writer.own.where.get(key)
        return where if where is not None and where.member == MAIN else None

    def _model(
        self, table: Span, rows: Sequence[Span], at: int, entry: Entry, columns: Sequence[str]
    ) -> tuple[Span, Sequence[tuple[str, Look]]]:
        """Return the row that a new one is made after, and the parts of the new one, each with the look of its cell."""
        names = [TEXT] if is_merged(entry) else list(columns)
        headings = [row for row in self._story.rows if row.parent is table and row not in rows]
        near = [row for row in sorted(rows, key=lambda row: abs(row.end - at)) if self._cells(row)]
        fits = [row for row in (*near, *headings) if len(self._cells(row)) == len(names)]
        if fits:
            return fits[0], list(zip(names, map(self._look, self._cells(fits[0])), strict=True))
        if not near:
            raise NotItsFile("row")
        if len(names) == 1:
            widest = max(near, key=self._reach)
            return widest, [(TEXT, self._over_all(widest, columns))]
        return near[0], list(zip(names, self._divided(near[0], table, len(names)), strict=True))

    def _cells(self, row: Span) -> Sequence[Span]:
        return self._story.cells.get(row.start, ())

    def _reach(self, row: Span) -> int:
        return sum(columns_of(self._written, cell) for cell in self._cells(row))

    def _over_all(self, row: Span, columns: Sequence[str]) -> Look:
        """Return the look of one cell in the place of all of a row: as the first of them that holds words."""
        cells = self._cells(row)
        look = self._look(cells[1] if columns[0] == layout.NUMBER and len(cells) > 1 else cells[0])
        widths = [width_of(self._written, cell) for cell in cells]
        width = None if None in widths else sum(n for n in widths if n is not None)
        return look._replace(cell=resized(look.cell, self._reach(row), width))

    def _divided(self, row: Span, table: Span, count: int) -> list[Look]:
        """Return the looks of so many cells in the place of those of a row, as wide as the columns of the grid."""
        look, widths = self._look(self._cells(row)[0]), grid_of(self._written, table)
        if len(widths) < count:
            raise NotItsFile("row")
        last = widths[count - 1 :]
        each = [*((1, width) for width in widths[: count - 1]), (len(last), sum(last))]
        return [look._replace(cell=resized(look.cell, span, width)) for span, width in each]

    def _look(self, cell: Span) -> Look:
        return look_of(self._story, cell)

    def _row(self, entry: Entry, model: Span, cells: Sequence[tuple[str, Look]]) -> str:
        """Return a new row after the pattern of another."""
        provision, writer = entry.provision, self._writer
        made, is_row = "", provision.kind is Kind.ROW
        for position, (name, look) in enumerate(cells):
            label = provision.label if is_row and (name == layout.NUMBER or is_merged(entry)) else ""
            content = provision.parts.get(name, ())
            look = look._replace(marks=0) if name == TEXT else look  # there bold is a look
            made += self._cell(entry, content, look, label, key=provision.key if not position else "")
        head = self._written[model.start : self._cells(model)[0].start]
        left_out = _NOT_OF_A_ROW if is_row else _CHANGES
        head = without(left_out.sub("", head), "w:sdt")
        mark = writer.mark("ins", entry.sponsors)
        if "</w:trPr>" in head:
            head = head.replace("</w:trPr>", f"{mark}</w:trPr>")
        elif mark:
            head = head.replace("<w:trPr/>", "") + f"<w:trPr>{mark}</w:trPr>"
        return f"{head}{made}</w:tr>"

    def _cell(self, entry: Entry, content: Content, look: Look, label: str, *, key: str) -> str:
        writer, properties = self._writer, look.paragraph
        words: Text = (
            content if not isinstance(content, States) else (Run(writer.sheet.in_text.short_list(content.members)),)
        )
        if writer.numbered.level(properties) is not None:
            if label and not writer.is_tracked:
                label = ""
            elif label or words:  # the number stands in its words
                properties = writer.numbered.uncounted(properties)
        if label:
            words = (Run(label + (" " if plain(words) else "")), *words)
        paragraphs = []
        for line in split_paragraphs(words):
            runs = writer.runs(line, lambda marks: run_look(look.run, look.marks, marks), entry.sponsors)
            inner = writer.change("ins", entry.sponsors, runs)
            paragraphs.append(inner)
        if key:
            for comment in writer.remarks.on(entry):
                reference = oxml.comment_reference(writer.comment(comment))
                paragraphs[0] += writer.change("ins", entry.sponsors, reference)
            paragraphs[0] = writer.bookmarked(key, paragraphs[0])
        return look.cell + self._marked(properties, paragraphs, entry) + "</w:tc>"

    def _marked(self, properties: str, lines: Sequence[str], entry: Entry) -> str:
        """Return the paragraphs of a new cell; each mark is a change of its own."""
        writer = self._writer
        marks = [writer.mark("ins", entry.sponsors) for _ in lines]
        pairs = zip(marks, lines, strict=True)
        return "".join(oxml.loose_paragraph(marked_properties(properties, mark), line) for mark, line in pairs)

    def table(self, table: Entry, rows: Sequence[Entry]) -> str:
        """Return a new table, ruled as the first of the file or plainly."""
        writer, columns = self._writer, table.provision.columns
        found = layout.columns(
            table.provision, [row.provision for row in rows], writer.sheet, width=9000, turned_width=9000, turn=False
        )
        body = ""
        head = replace(table, parts={c: table.provision.parts.get(c, ()) for c in columns})
        for row in [*([head] if found.headed else []), *rows]:
            cells = ""
            merged = row is not head and is_merged(row)
            names: Sequence[str | None] = (TEXT,) if merged else found.keys
            for position, name in enumerate(names):
                content = row.parts.get(name, ()) if name else ()
                words: Content = content if isinstance(content, States | tuple) else ()
                label = row.provision.label if (name in (None, found.number) or merged) and row is not head else ""
                text = (Run(writer.sheet.in_text.short_list(words.members)),) if isinstance(words, States) else words
                text = (Run(label), *text) if label else text
                who = row.sponsors
                lines = [
                    writer.change("ins", who, writer.runs(line, lambda marks: run_look("", 0, marks), who))
                    for line in split_paragraphs(text)
                ]
                if position == 0:
                    lines[0] = writer.bookmarked(row.provision.key, lines[0])
                xml = self._marked("", lines, row)
                width = sum(found.widths) if merged else found.widths[position]
                cells += oxml.cell(width, xml, span=len(found.keys) if merged else 1)
            body += oxml.row(cells, heading=row is head, mark=writer.mark("ins", row.sponsors))
        return oxml.ruled_table(found.widths, body, oxml.BORDERS)


def look_of(story: Story, cell: Span) -> Look:
    """Return how a cell looks; a heading's bold is its marks."""
    raw = story.written[cell.start : cell.end]
    head = next((raw[:b] for _, b in elements(raw, "w:tcPr")), raw[: raw.index(">") + 1])
    head = re.sub(r"<w:(?:vMerge|hMerge|cellIns|cellDel)(?:\s[^<>]*)?/>", "", head)
    found = story.characters(story.inside(cell)[0])
    run = next((r.properties for r in found.runs if any(p.count for p in r.pieces)), "")
    properties = new_properties(story.written[slice(*found.properties)])
    return Look(head, properties, run, int(Marks.BOLD) if _BOLD.search(run) else 0)


def row_marked(written: str, row: Span, mark: str) -> Splice:
    """Return the change that puts the change *mark* on a row."""
    opened = _ROW_PROPERTIES.match(written, row.start)
    assert opened is not None
    if opened[1] == "<w:trPr>":
        end = written.index("</w:trPr>", opened.end())
        return end, end, mark
    start = opened.start(1) if opened[1] else opened.end()
    return start, opened.end(), f"<w:trPr>{mark}</w:trPr>"

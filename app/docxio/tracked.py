"""The tracked consolidated draft: every wish of every delegation as changes in one Word file.

Rejecting everything gives the base; rejecting what a delegation does not sponsor and accepting
the rest gives exactly what it asked for. Each stretch is cut where the set of its sponsors
changes and has the whole set as its author; changes are never nested; a move is a deletion and
an insertion with a comment; marks of paragraphs go with their paragraphs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from app.docxio import layout, legends, oxml
from app.docxio.authors import Authors
from app.docxio.comments import Comment, Remarks
from app.docxio.entries import (
    Entry,
    Part,
    Stretch,
    columns_of,
    entries,
    heading_rows,
    is_headed,
    is_merged,
    notes_by_key,
    notes_named,
    rival_headings,
    stands_in_lines,
    stretches,
    tables,
    words_taken_along,
)
from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.sheets import Sheet
from app.text.composition import ComposedStates, ComposedText, Composition, Sponsors
from app.text.provision import STATES, TEXT, Kind, Provision, States
from app.text.runs import PARAGRAPH_BREAK, Run, Text


def tracked(
    composition: Composition,
    sheet: Sheet,
    names: Mapping[str, str],
    at: date,
    comments: Sequence[Comment] = (),
    template: bytes | None = None,
) -> bytes:
    """Return the tracked consolidated draft as a Word file.

    Args:
        composition: Base and wishes.
        sheet: The head, in the language of the base.
        names: Code of a sponsor to the label under which it is author.
        at: The day the round closed: the date of every change.
        comments: Justifications, as native comments on their changes.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    writer = TrackedWriter(composition, sheet, names, at, comments, template)
    writer.body()
    return writer.finish()


class TrackedWriter:
    """Writes entries into a tracked file; the parts of ``tracked`` and of ``comparison``."""

    def __init__(
        self,
        composition: Composition,
        sheet: Sheet,
        names: Mapping[str, str],
        at: date,
        comments: Sequence[Comment],
        template: bytes | None,
        found: Iterable[Entry] | None = None,
    ) -> None:
        if any(p.kind is Kind.TITLE for p in composition.base):
            sheet = replace(sheet, title=())
        self.found = tuple(found if found is not None else entries(composition, rivals=True))
        self.p = Printer(sheet, frame(sheet, template))
        self.authors = Authors(names, self.p.words.tracked.group)
        self.revisions = oxml.Revisions(at.isoformat())
        self.at = at.isoformat()
        self.order = composition.order
        self.by_key = composition.base.by_key()
        shown = (*self.found, *rival_headings(self.found, self.order))
        self.remarks = Remarks(comments, shown, self.by_key, self.p.words)
        self.notes = notes_by_key(self.found)
        self.named = notes_named(self.found) if self.notes else set()
        self.printed: set[str] = set()

    def body(self) -> None:
        """Print every entry, footnotes where they are referred to."""
        shown = (e for e in self.found if e.provision.kind is not Kind.FOOTNOTE or e.provision.key not in self.named)
        for entry, rows in tables(shown):
            if rows or entry is None or entry.provision.kind is Kind.TABLE:
                self.table(entry, rows)
            else:
                self.paragraph(entry)

    def finish(self, *, legend: bool = True) -> bytes:
        """Print the *legend* and return the file."""
        if not legend:
            return self.p.finish()
        legends.tracked(self.p, self.authors, [(self.authors.name(c.sponsors), c.text) for c in self.remarks.left()])
        return self.p.finish()

    # -- paragraphs

    def paragraph(self, entry: Entry) -> None:
        """Append a provision outside tables; its mark goes with it."""
        style = self.p.style(layout.style_name(entry.provision))
        label = layout.labelled(entry.provision, self.p.sheet.in_text.language)
        content = self.line(entry, [*self.text(entry)], label, self.remarks.on(entry))
        self.p.flow.add(
            oxml.paragraph(style, self.p.marked(entry.provision.key, content), mark=self.mark(entry)),
            heading=layout.is_headline(entry.provision),
            tracked=bool(entry.change),
        )

    def text(self, entry: Entry) -> Iterator[Stretch]:
        """Yield what a provision outside tables prints: the joining states, then its words."""
        words = entry.parts.get(TEXT)
        if STATES in entry.parts:
            yield from self.states(
                entry,
                entry.parts[STATES],
                full=True,
                followed=bool(words.tokens if isinstance(words, ComposedText) else words),
            )
        if words is not None:
            yield from stretches(words, entry)

    def states(self, entry: Entry, part: Part, *, full: bool, followed: bool = False) -> Iterator[Stretch]:
        """Yield a set of states: as one list, or each on its line where somebody joins or leaves."""
        sheet = self.p.sheet.in_text
        name, listed = (sheet.full, sheet.joined_list) if full else (sheet.short, sheet.short_list)
        if isinstance(part, ComposedStates) and stands_in_lines(entry, part):
            fates = {code: ("del" if who else "", who) for code, who in part.members}
            fates |= {code: ("ins", who) for code, who in part.joining}
            for code in sheet.ordered(fates):
                change, who = fates[code]
                yield Stretch(change, who, (Run(name(code) + "\u2028"),))
            return
        codes = [code for code, _ in part.members] if isinstance(part, ComposedStates) else _members(part)
        space = " " if followed and sheet.language != "zh" else ""
        if codes:
            yield Stretch(entry.change, entry.sponsors, (Run(listed(codes) + space),))

    def line(self, entry: Entry, found: Sequence[Stretch], label: str, comments: Sequence[Comment]) -> str:
        """Return the runs of a paragraph, the comments on it around their changes."""
        pieces = [self.label(entry, label)]
        pieces += [self.piece(stretch) for stretch in found]
        for comment in comments:
            touched = [i + 1 for i, stretch in enumerate(found) if comment.touches(stretch)]
            number = self.comment(comment)
            reference = oxml.comment_reference(number, self.p.style("annotation reference"))
            first, last = (touched[0], touched[-1]) if touched else (0, -1)
            if entry.change:
                # What is not tracked would stay behind where the whole goes, and keep a row in LibreOffice.
                pieces[last] += self.wrapped(entry, reference)
            else:
                pieces[first] = oxml.comment_start(number) + pieces[first]
                pieces[last] += oxml.comment_end(number) + reference
        return "".join(pieces)

    def label(self, entry: Entry, label: str) -> str:
        """Return the runs of a label; a new one stands before the one it replaces."""
        if entry.relabelled is None or (not label and entry.provision.kind is Kind.ROW):
            return self.piece(Stretch(entry.change, entry.sponsors, (Run(label),) if label else ()))
        new, who = entry.relabelled
        if entry.provision.kind is not Kind.ROW or is_merged(entry):
            new = layout.labelled(replace(entry.provision, label=new), self.p.sheet.in_text.language)
        gone = self.piece(Stretch("del", who, (Run(label),))) if label else ""
        return (self.piece(Stretch("ins", who, (Run(new),))) if new else "") + gone

    def piece(self, stretch: Stretch) -> str:
        """Return a stretch as runs or as one change."""
        change, sponsors, text = stretch
        if len(text) == 1 and text[0].note is None:
            inner = oxml.run(text[0].text, text[0].marks, deleted=change == "del")
        else:
            inner = self.runs(text, deleted=change == "del", taken_along_by=sponsors if change == "ins" else ())
        return self.revisions.change(change, self.authors.name(sponsors), inner) if change else inner

    def wrapped(self, entry: Entry, runs: str) -> str:
        """Return runs in the change of a whole entry."""
        return self.revisions.change(entry.change, self.authors.name(entry.sponsors), runs)

    def runs(self, content: Text, *, deleted: bool, taken_along_by: Sponsors = ()) -> str:
        """Return runs, their footnotes collected."""
        return "".join(
            oxml.run(run.text, run.marks, deleted=deleted) if run.note is None else self.note(run.note, taken_along_by)
            for run in content
        )

    def mark(self, entry: Entry) -> str:
        """Return the revision of an entry's paragraph mark or row."""
        return self.revisions.mark(entry.change, self.authors.name(entry.sponsors)) if entry.change else ""

    def note(self, key: str, taken_along_by: Sponsors) -> str:
        """Return a reference to a footnote; its changes are shown where the base refers to it."""
        every = self.notes.get(key)
        if every is None:
            return ""
        if taken_along_by:
            return self.p.note("".join(self.piece(one) for one in words_taken_along(every, taken_along_by)))
        found = "".join(self.piece(stretch) for stretch in self.text(every[0]))
        again = key in self.printed
        self.printed.add(key)
        return self.p.note(found if again else self.p.marked(key, found))

    # -- tables

    def table(self, table: Entry | None, rows: Sequence[Entry]) -> None:
        """Append a table; one that is inserted stands in the run of the page."""
        if table is not None and table.parts.get(TEXT):
            self.paragraph(table)
        provision = table.provision if table is not None else self.table_of(rows[0].provision)
        provision = replace(provision, columns=columns_of(provision, rows))
        found = self.p.columns(
            provision, [row.provision for row in rows], turn=table is not None and table.change != "ins"
        )
        heads = heading_rows(table, self.order) if table is not None and is_headed(table) else ()
        body = [self.headings(head, found) for head in heads]
        body += [self.row(row, found) for row in rows]
        if body:
            xml = oxml.table(self.p.style("Table Grid"), found.widths, "".join(body))
            self.p.flow.table(xml, turned=found.turned)

    def table_of(self, row: Provision) -> Provision:
        """Return the table that a row away from it stands under."""
        return self.by_key.get(row.parent or "", row)

    def headings(self, table: Entry, found: layout.Columns) -> str:
        """Return a row of column headings."""
        cells = []
        for key, width in zip(found.keys, found.widths, strict=True):
            part = table.parts.get(key, ()) if key else (Run(self.p.number),)
            cells.append(_Cell(self.lines(table, part), width, "Table Heading", shaded=True))
        return oxml.row(self.cells(table, cells), heading=True, mark=self.mark(table))

    def row(self, row: Entry, found: layout.Columns) -> str:
        """Return a row; a merged one has one cell."""
        cells = []
        if is_merged(row):
            label = layout.labelled(row.provision, self.p.sheet.in_text.language)
            lines = self.lines(row, row.parts.get(TEXT, ()))
            cells.append(_Cell(lines, sum(found.widths), "Table Section", label, len(found.keys)))
        else:
            for key, width in zip(found.keys, found.widths, strict=True):
                lines = self.lines(row, row.parts.get(key, ()) if key else ())
                numbered = key is None or key == found.number
                worded = any(layout.has_words(stretch.text) for pieces, _ in lines for stretch in pieces)
                label = row.provision.label if numbered and not worded else ""
                cells.append(_Cell(lines, width, "Table Number" if numbered else "Table Text", label))
        return oxml.row(self.cells(row, cells), mark=self.mark(row))

    def lines(self, row: Entry, part: Part) -> "list[_Line]":
        """Return the paragraphs of a cell."""
        if isinstance(part, ComposedStates | States):
            return [([*self.states(row, part, full=False)], None)]
        return _broken(stretches(part, row))

    def cells(self, row: Entry, cells: "Sequence[_Cell]") -> str:
        """Return the cells of a row: a broken line carries the change of its break, the last the row's own."""
        comments = _placed(self.remarks.on(row), [pieces for cell in cells for pieces, _ in cell.lines])
        number, xml = 0, []
        for cell in cells:
            paragraphs = []
            for position, (pieces, broken) in enumerate(cell.lines):
                label = cell.label if position == 0 else ""
                content = self.line(row, pieces, label, comments.get(number, ()))
                content = content if number else self.p.marked(row.provision.key, content)
                end = broken or Stretch(row.change, row.sponsors, ())
                mark = self.revisions.mark(end.change, self.authors.name(end.sponsors)) if end.change else ""
                paragraphs.append(oxml.paragraph(self.p.style(cell.style), content, mark=mark))
                number += 1
            xml.append(oxml.cell(cell.width, "".join(paragraphs), span=cell.span, shaded=cell.shaded))
        return "".join(xml)

    def comment(self, comment: Comment) -> int:
        """File a comment and return its number."""
        number = len(self.p.comments)
        style = self.p.style("annotation text")
        paragraphs = "".join(oxml.paragraph(style, oxml.run(line)) for line in comment.text.split("\n"))
        author = self.authors.name(comment.sponsors)
        self.p.comments.append(oxml.comment(number, author, comment.sponsors[0][:9], self.at, paragraphs))
        return number


_Line: TypeAlias = tuple[list[Stretch], Stretch | None]
"""The stretches of a paragraph in a cell, and the one that ends it with a break; None at the cell's end."""


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[_Line]
    width: int
    style: str
    label: str = ""
    span: int = 1
    shaded: bool = False


def _broken(found: Sequence[Stretch]) -> list[_Line]:
    """Return the stretches of a cell cut at its paragraph breaks."""
    lines: list[_Line] = []
    here: list[Stretch] = []
    for stretch in found:
        runs: list[Run] = []
        for run in stretch.text:
            first, *others = run.text.split(PARAGRAPH_BREAK)
            runs.append(run._replace(text=first))
            for other in others:
                lines.append(([*here, stretch._replace(text=tuple(runs))], stretch))
                here, runs = [], [run._replace(text=other)]
        here = [*here, stretch._replace(text=tuple(runs))]
    return [*lines, (here, None)]


def _placed(comments: Sequence[Comment], lines: Sequence[Sequence[Stretch]]) -> dict[int, list[Comment]]:
    """Return for each line of a row the comments that stand there: where their change begins, else on the first."""
    found: dict[int, list[Comment]] = {}
    for comment in comments:
        touched = (i for i, pieces in enumerate(lines) if any(comment.touches(stretch) for stretch in pieces))
        found.setdefault(next(touched, 0), []).append(comment)
    return found


def _members(part: Part) -> frozenset[str]:
    return part.members if isinstance(part, States) else frozenset()

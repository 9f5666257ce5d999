"""Whole provisions in a draft's own file: paragraphs, rows and tables that come, go and move."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.docxio import layout, oxml
from app.docxio.entries import Entry, heading_rows
from app.docxio.own_cells import OwnCells
from app.docxio.own_file import Story, Where
from app.docxio.own_look import marked_properties, new_properties, run_look
from app.docxio.own_parts import MAIN
from app.docxio.own_rows import OwnRows, row_marked
from app.docxio.own_text import NotItsFile, Span
from app.docxio.own_writing import OwnWriter
from app.text.composition import Sponsors
from app.text.provision import STATES, TEXT, Kind, Provision, States
from app.text.runs import Run, Text

_NEXT = re.compile(
    r"(?:\s|<w:(?:bookmarkStart|bookmarkEnd|proofErr|commentRangeStart|commentRangeEnd|permStart|permEnd)[^<>]*/>)*"
    r"<(/?w:\w+)"
)


class OwnStructure:
    """Places whole provisions; ``finish`` puts what was collected into the document."""

    def __init__(self, writer: OwnWriter) -> None:
        self._writer = writer
        self._story: Story = writer.own.stories[MAIN]
        self._written = self._story.written
        self._lines = [
            (i, p) for i, p in enumerate(writer.own.edition) if p.kind not in (Kind.ROW, Kind.TABLE, Kind.FOOTNOTE)
        ]
        self._cells = OwnCells(writer)
        self._rows = OwnRows(writer, self._cells.new_columns)
        self._arriving: dict[int, list[str]] = {}
        """Place in the document to the blocks put there."""
        self._tracked_ends: set[int] = set()
        """Ends of paragraphs and blocks whose mark may go."""
        first = next((w.span for p in writer.own.edition if (w := self._main(p.key))), None)
        self._at = first.start if first else self._written.index("<w:body>") + len("<w:body>")
        self._last: Provision | None = None

    def write(self, found: Sequence[Entry]) -> None:
        """Write the entries in reading order."""
        position = 0
        while position < len(found):
            entry = found[position]
            where = self._main(entry.provision.key) if entry.change != "ins" else None
            rows: list[Entry] = []
            if entry.change == "ins" and entry.provision.kind is Kind.TABLE:
                for row in found[position + 1 :]:
                    if row.provision.kind is not Kind.ROW or row.change != "ins":
                        break
                    rows.append(row)
            if entry.provision.kind is Kind.FOOTNOTE:
                self._note(entry)
            elif entry.change == "ins":
                self._insert(entry, rows)
            elif where is not None:
                self._pass(entry, where)
            position += 1 + len(rows)

    def finish(self) -> None:
        """Put the new blocks into the document, each tracked mark before a paragraph that stays."""
        for at, blocks in self._arriving.items():
            content = "".join(blocks)
            if not self._is_paragraph(at) and blocks and not blocks[-1].startswith("<w:tr"):
                content += oxml.spacer()
            self._writer.splices[MAIN].append((at, at, content))
        for at in self._tracked_ends - set(self._arriving):
            if not self._is_paragraph(at):
                self._writer.splices[MAIN].append((at, at, oxml.spacer()))

    def _main(self, key: str) -> Where | None:
        where = self._writer.own.where.get(key)
        return where if where is not None and where.member == MAIN and where.span is not None else None

    def _is_paragraph(self, at: int) -> bool:
        found = _NEXT.match(self._written, at)
        return found is not None and found[1] == "w:p"

    # -- what stands in the file

    def _pass(self, entry: Entry, where: Where) -> None:
        assert where.span is not None
        kind = entry.provision.kind
        if entry.change == "del":
            self._delete(entry, where)
        elif entry.relabelled:
            self._relabel(entry, where)
        if entry.change != "del":
            self._writer.amend(self._with_cells(entry, where))
        if kind is Kind.ROW:
            self._at = self._outer_table(where.span).end
        else:
            self._at = where.span.end
        self._last = entry.provision

    def _with_cells(self, entry: Entry, where: Where) -> Entry:
        """Write the cells that come into a row or above the rows of a table; return what else is asked of it."""
        if entry.provision.kind is Kind.TABLE:
            return self._cells.headed(entry, where)
        table = self._main(entry.provision.parent or "") if entry.provision.kind is Kind.ROW else None
        if table is None or table.span is None:
            return entry
        columns = self._writer.base[entry.provision.parent or ""].columns
        return self._cells.filled(entry, where, table.span, columns)

    def _note(self, entry: Entry) -> None:
        where = self._writer.own.where.get(entry.provision.key)
        if where is None or entry.change == "ins":
            return
        if entry.change == "del":
            if self._writer.is_tracked:
                self._writer.name(entry.provision.key, where)
                beside = _written_parts(entry, where)
                for number in {n for found in where.stretches.values() for n, _, _ in found}:
                    self._writer.strike(where.member, number, entry.sponsors, with_mark=False, beside=beside)
                self._writer.amend(entry, is_whole=True)
        else:
            self._writer.amend(entry)

    def _outer_table(self, span: Span) -> Span:
        table = span.parent
        while table is not None and table.name != "tbl":
            table = table.parent
        return table or span

    def _delete(self, entry: Entry, where: Where) -> None:
        writer = self._writer
        assert where.span is not None
        writer.name(entry.provision.key, where)
        if entry.provision.kind is Kind.TABLE:
            self._delete_headings(entry, where)
        elif entry.provision.kind is Kind.ROW:
            self._delete_row(where.span, entry)
        elif entry.provision.kind is not Kind.FIXED:
            self._delete_lines(entry, where)
            if writer.is_tracked:
                writer.amend(entry, is_whole=True)
        if writer.is_tracked and entry.provision.kind not in (Kind.FIXED, Kind.TABLE):
            self._say(entry, where)

    def _say(self, entry: Entry, where: Where) -> None:
        """Put the comments on what goes into its change: a row in LibreOffice stays for what is not tracked."""
        numbers = [n for found in where.stretches.values() for n, _, _ in found]
        for comment in self._writer.remarks.on(entry) if numbers else ():
            number = min(numbers)
            reference = oxml.comment_reference(self._writer.comment(comment))
            length = len(self._story.characters(number).text)
            wrapped = self._writer.change("del", entry.sponsors, reference)
            self._writer.place(MAIN, number, length, wrapped)

    def _delete_lines(self, entry: Entry, where: Where) -> None:
        for number in sorted({n for found in where.stretches.values() for n, _, _ in found}):
            found, span = self._story.characters(number), self._story.paragraphs[number]
            stays = found.objects or "<w:sectPr" in self._written[slice(*found.properties)]
            if self._writer.is_tracked or stays:
                self._writer.strike(
                    MAIN, number, entry.sponsors, with_mark=not stays, beside=_written_parts(entry, where)
                )
                if not stays and self._writer.is_tracked:
                    self._tracked_ends.add(span.end)
            else:
                spacer = "" if self._may_go(span) else oxml.spacer()
                self._writer.splices[MAIN].append((span.start, span.end, spacer))

    def _may_go(self, span: Span) -> bool:
        """Whether a paragraph may go without leaving a cell or the end before a table bare."""
        return self._is_paragraph(span.end)

    def _delete_headings(self, entry: Entry, where: Where) -> None:
        """Delete the rows of a table that are no provisions, rivals beside its headings; others go by themselves."""
        table = where.span
        assert table is not None
        known = {w.span.start for w in self._writer.own.where.values() if w.span is not None}
        if not self._writer.is_tracked:
            self._writer.splices[MAIN].append(
                (table.start, table.end, "" if self._is_paragraph(table.end) else oxml.spacer())
            )
            return
        head, *rivals = heading_rows(entry, self._writer.order)
        rows = [row for row in self._story.rows if row.parent is table and row.start not in known]
        named = self._row_of_headings(rows, where) if rivals else None
        for row in rows:
            self._delete_row(row, head if row is named else entry)
        others = {name: part for name, part in entry.parts.items() if name not in head.parts}
        for one in (head, replace(entry, parts=others)):
            self._writer.amend(one, is_whole=True)
        self._say(entry, where)
        if named is not None:
            beside = [self._rows.beside(rival, named) for rival in rivals]
            self._arriving.setdefault(named.end, []).extend(beside)

    def _row_of_headings(self, rows: Sequence[Span], where: Where) -> Span:
        """Return the row that the headings of a table stand in.

        Raises:
            NotItsFile: They stand in several.
        """
        named = {number for found in where.stretches.values() for number, _, _ in found}
        found = [row for row in rows if not named.isdisjoint(self._story.inside(row))]
        if len(found) != 1:
            raise NotItsFile("row")
        return found[0]

    def _delete_row(self, row: Span, entry: Entry) -> None:
        if not self._writer.is_tracked:
            self._writer.splices[MAIN].append((row.start, row.end, ""))
            return
        beside = _written_parts(entry, self._main(entry.provision.key))
        for number in self._story.inside(row):
            self._writer.strike(MAIN, number, entry.sponsors, beside=beside)
        if entry.provision.kind is Kind.ROW:
            self._writer.amend(entry, is_whole=True)
        self._writer.splices[MAIN].append(row_marked(self._written, row, self._writer.mark("del", entry.sponsors)))

    def _relabel(self, entry: Entry, where: Where) -> None:
        """Put a new typed label in the place of the old one; what Word counts counts itself."""
        assert entry.relabelled is not None
        new, who = entry.relabelled
        if entry.provision.kind is Kind.ROW and layout.NUMBER in where.stretches:
            self._renumber(entry.provision.label, where.stretches[layout.NUMBER], new, who)
            return
        stretches = where.stretches.get(STATES) or where.stretches.get(TEXT)
        if not stretches or not entry.provision.label:
            return
        number, start, _ = stretches[0]
        before = self._story.characters(number).text[:start]
        label = before.strip()
        if not label:
            return
        at = before.index(label)
        self._writer.replace_words(MAIN, number, at, at + len(label), new, who)

    def _renumber(self, old: str, cell: Sequence[tuple[int, int, int]], new: str, who: Sponsors) -> None:
        """Put a new number into the cell that holds a row's number, unless Word counts it there."""
        typed = [one for one in cell if one[2] > one[1]] or list(cell[:1])
        number, start, end = typed[0]
        if len(typed) == 1 and self._story.characters(number).text[start:end].split() == old.split():
            self._writer.replace_words(MAIN, number, start, end, new, who)

    # -- what is new

    def _insert(self, entry: Entry, rows: Sequence[Entry]) -> None:
        writer, provision = self._writer, entry.provision
        if provision.kind is Kind.ROW:
            at, row = self._rows.insert(entry, self._last)
            self._arriving.setdefault(at, []).append(row)
            return
        blocks = self._arriving.setdefault(self._at, [])
        if provision.kind is not Kind.TABLE:
            blocks.append(self._paragraph(entry))
            return
        if provision.text:
            blocks.append(self._paragraph(entry))
        if writer.is_tracked and (blocks or self._at in self._tracked_ends):
            blocks.append(oxml.spacer())
        blocks.append(self._rows.table(entry, rows))
        blocks.append(oxml.spacer())

    def _paragraph(self, entry: Entry) -> str:
        writer, provision = self._writer, entry.provision
        properties, run, has, label = self._model(provision)
        words = self._joined(provision)
        lead = (Run(label), *words) if label else words
        runs = writer.runs(lead, lambda marks: run_look(run, has, marks), entry.sponsors)
        content = writer.change("ins", entry.sponsors, runs)
        for comment in writer.remarks.on(entry):
            content += writer.change("ins", entry.sponsors, oxml.comment_reference(writer.comment(comment)))
        marked = marked_properties(properties, writer.mark("ins", entry.sponsors))
        return oxml.loose_paragraph(marked, writer.bookmarked(provision.key, content))

    def _joined(self, provision: Provision) -> Text:
        states, sheet = provision.parts.get(STATES), self._writer.sheet.in_text
        if not isinstance(states, States) or not states.members:
            return provision.text
        space = self._writer.space_before(provision.text)
        return (Run(sheet.joined_list(states.members) + space), *provision.text)

    def _model(self, provision: Provision) -> tuple[str, str, int, str]:
        """Return paragraph properties, run properties, the marks those show, and the label with what follows it."""
        writer = self._writer
        label = layout.labelled(provision, writer.sheet.in_text.language)
        sibling = self._sibling(provision)
        if sibling is None:
            return "", "", 0, label
        where = self._main(sibling.key)
        assert where is not None
        number, start, _ = (where.stretches.get(STATES) or where.stretches.get(TEXT, ((0, 0, 0),)))[0]
        found = self._story.characters(number)
        properties = new_properties(self._written[slice(*found.properties)])
        run = next((r for r in found.runs for p in r.pieces if p.start + p.count > start), None)
        has = int(sibling.text[0].marks) if sibling.text and sibling.text[0].note is None else 0
        counted = writer.numbered.level(properties) is not None
        if counted and writer.counts(provision):
            label = ""
        elif counted:
            properties = writer.numbered.uncounted(properties)
        before = found.text[:start]
        gap = before[len(before.rstrip()) :]
        if label and before.strip() and gap:
            label = provision.label + gap
        return properties, run.properties if run else "", has, label

    def _sibling(self, provision: Provision) -> Provision | None:
        """Return the nearest provision of the same kind and level, else of the same kind, else the one before."""
        here = -1 if self._last is None else self._writer.own.edition.provisions.index(self._last)
        usable = [(abs(i - here), p) for i, p in self._lines if self._main(p.key) and p.kind is not Kind.FIXED]
        moved = self._writer.base.get(provision.key)
        if moved is not None and moved.kind is provision.kind and self._main(moved.key):
            return moved
        for fits in (
            [one for one in usable if one[1].kind is provision.kind and one[1].level == provision.level],
            [one for one in usable if one[1].kind is provision.kind],
            [one for one in usable if one[1].kind is Kind.PARAGRAPH],
            usable,
        ):
            if fits:
                return min(fits, key=lambda one: one[0])[1]
        return None


def _written_parts(entry: Entry, where: Where | None) -> dict[str, Sequence[tuple[int, int, int]]]:
    """Return the stretches of the parts that have a fate of their own; a typed number has not."""
    return {} if where is None else {name: found for name, found in where.stretches.items() if name in entry.parts}

"""Prints provisions into a body: what the clean, the bracketed and the tracked form have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.docxio import layout, oxml
from app.docxio.bookmarks import bookmark_name
from app.docxio.flow import Flow
from app.docxio.frame import Frame
from app.docxio.line_text import split_paragraphs
from app.docxio.opc import content_types, package, relationships
from app.docxio.sheets import Sheet
from app.docxio.wording import WORDING
from app.text.provision import STATES, TEXT, Content, Kind, Parts, Provision, States
from app.text.runs import Run, Text


class Printer:
    """Collects the parts of one paper: body, footnotes, comments."""

    def __init__(self, sheet: Sheet, frame: Frame, footnotes: Iterable[Provision] = ()) -> None:
        """Begin a paper; *footnotes* are the footnote provisions that its text refers to."""
        self.sheet = sheet
        self.frame = frame
        self.words = WORDING[sheet.language]
        self.number = WORDING[sheet.in_text.language].number
        self.flow = Flow(frame)
        self.footnotes = {note.key: note for note in footnotes}
        self.comments: list[str] = []
        self.records_changes = False
        self.mark = ""
        """Name of a bookmark around the first provision."""
        self._notes: list[str] = []
        self._bookmarks = 0
        self._named: set[str] = set()
        self._printed: set[str] = set()

    def style(self, name: str) -> str:
        """Return the id of the style called *name*."""
        return self.frame.styles[name]

    # -- paragraphs

    def furniture(self, style: str, content: Text | str, *, page: bool = False) -> None:
        """Append a paragraph that is not part of the text; *page*: it begins one."""
        xml = self.runs((Run(content),) if isinstance(content, str) else content)
        make = oxml.page_break_before if page else oxml.paragraph
        self.flow.add(make(self.style(style), xml))

    def provision(self, provision: Provision, before: str = "", after: str = "") -> None:
        """Append a provision outside a table; *before* and *after* are runs around its text."""
        content = self.prefix(provision) + before + self.runs(self.joined(provision.parts)) + after
        name = layout.style_name(provision)
        self.flow.add(
            oxml.paragraph(self.style(name), self.marked(provision.key, content)),
            heading=layout.is_headline(provision),
        )

    def loose_row(self, row: Provision) -> None:
        """Append a row that stands under no table as a paragraph, its cells one after the other."""
        cells = [self.runs(self.cell_text(content)) for content in row.parts.values()]
        content = self.prefix(row) + oxml.run("\t").join(cells)
        self.flow.add(oxml.paragraph(self.style("Body Text"), self.marked(row.key, content)))

    def loose_notes(self) -> None:
        """Append the footnotes that nothing refers to, so that no word is lost."""
        for key, note in self.footnotes.items():
            if key not in self._printed:
                self.provision(note)

    def prefix(self, provision: Provision) -> str:
        """Return the run of the label, a hand-typed one, and what stands after it."""
        return oxml.run(layout.labelled(provision, self.sheet.in_text.language))

    def joined(self, parts: Parts) -> Text:
        """Return the words of a provision outside a table: the joining states, then its text."""
        states, words = parts.get(STATES), parts.get(TEXT, ())
        text: Text = () if isinstance(words, States) else words
        if not isinstance(states, States) or not states.members:
            return text
        sheet = self.sheet.in_text
        space = "" if sheet.language == "zh" or not text else " "
        return (Run(sheet.joined_list(states.members) + space), *text)

    def runs(self, content: Iterable[Run]) -> str:
        """Return a text as runs, its footnotes collected."""
        return "".join(
            oxml.run(run.text, run.marks) if run.note is None else self.reference(run.note) for run in content
        )

    def marked(self, key: str, content: str) -> str:
        """Return *content* in the bookmark of the provision *key*; a key's second place has none."""
        name = bookmark_name(key)
        if name is None or name in self._named:
            return content
        self._named.add(name)
        self._bookmarks += 1
        content = oxml.bookmark(self._bookmarks, name, content)
        if self.mark:
            self._bookmarks += 1
            content, self.mark = oxml.bookmark(self._bookmarks, self.mark, content), ""
        return content

    # -- footnotes

    def reference(self, key: str) -> str:
        """Return the reference to the footnote *key* and print the note; nothing where there is none."""
        note = self.footnotes.get(key)
        if note is None:
            return ""
        self._printed.add(key)
        return self.note(self.marked(key, self.runs(note.text)))

    def note(self, content: str) -> str:
        """Return the reference to a new footnote that holds *content*, runs."""
        number = len(self._notes) + 1
        sign = self.style("footnote reference")
        self._notes.append(
            oxml.note(number, oxml.paragraph(self.style("footnote text"), oxml.note_sign(sign) + content))
        )
        return oxml.note_reference(number, sign)

    # -- tables

    def table(self, table: Provision, rows: Sequence[Provision]) -> None:
        """Append a table with its caption."""
        if table.text:
            self.provision(table)
        table = replace(table, columns=_columns_of(table, rows))
        found = self.columns(table, rows)
        body = [self.heading_row(table, found)] if found.headed else []
        body += [self.row(row, found) for row in rows]
        if body:
            self.flow.table(oxml.table(self.style("Table Grid"), found.widths, "".join(body)), turned=found.turned)

    def columns(self, table: Provision, rows: Sequence[Provision], *, turn: bool = True) -> layout.Columns:
        """Return how a table is laid out on this paper's pages."""
        frame = self.frame
        return layout.columns(table, rows, self.sheet, width=frame.width, turned_width=frame.turned_width, turn=turn)

    def heading_row(self, table: Provision, found: layout.Columns) -> str:
        """Return the row of column headings, which repeats on each page."""
        cells = []
        for position, (key, width) in enumerate(zip(found.keys, found.widths, strict=True)):
            content = self.runs(self.cell_text(table.parts.get(key, ()))) if key else oxml.run(self.number)
            if position == 0 and not table.text:
                content = self.marked(table.key, content)
            cells.append(oxml.cell(width, oxml.paragraph(self.style("Table Heading"), content), shaded=True))
        return oxml.row("".join(cells), heading=True)

    def row(self, row: Provision, found: layout.Columns) -> str:
        """Return a row; one with words of its own alone is one cell over all columns."""
        if layout.spans_columns(row):
            content = self.marked(row.key, self.prefix(row) + self.runs(row.text))
            paragraph = oxml.paragraph(self.style("Table Section"), content)
            return oxml.row(oxml.cell(sum(found.widths), paragraph, span=len(found.keys)))
        cells = []
        for position, (key, width) in enumerate(zip(found.keys, found.widths, strict=True)):
            text = self.cell_text(row.parts.get(key, ())) if key else ()
            style = self.style("Table Text")
            if key is None or key == found.number:
                text = text if layout.has_words(text) else (Run(row.label), *text)
                style = self.style("Table Number")
            pieces = [self.runs(piece) for piece in split_paragraphs(text)]
            if position == 0:
                pieces[0] = self.marked(row.key, pieces[0])
            cells.append(oxml.cell(width, "".join(oxml.paragraph(style, piece) for piece in pieces)))
        return oxml.row("".join(cells))

    def cell_text(self, content: Content) -> Text:
        """Return what a cell prints; a set of states as their short names."""
        return (Run(self.sheet.in_text.short_list(content.members)),) if isinstance(content, States) else content

    # -- the paper

    def adoption(self) -> None:
        """Append the line of adoption where it stands beneath the title: in Chinese papers."""
        if self.sheet.language == "zh":
            for line in self.sheet.adoption:
                self.furniture("Chapeau Adoption", line)

    def finish(self) -> bytes:
        """Return the file."""
        body = self.flow.finish()
        head = self.frame.turned_head if self.flow.begins_turned else self.frame.head
        parts = {"word/document.xml": head + body + "</w:body></w:document>"}
        kinds = {**self.frame.kinds, "word/document.xml": "document", "word/styles.xml": "styles"}
        relations = {**self.frame.relations, "rIdSettings": ("settings", "settings.xml")}
        ours = {"settings": oxml.settings(self.frame.tab_stop, records_changes=self.records_changes)}
        if self.comments:
            ours["comments"] = oxml.comments(self.comments)
        ours["footnotes"] = oxml.notes(self._notes)
        for name, content in ours.items():
            parts[f"word/{name}.xml"] = content
            kinds[f"word/{name}.xml"] = name
            relations[f"rId{name.capitalize()}"] = (name, f"{name}.xml")
        parts["word/_rels/document.xml.rels"] = relationships(relations)
        parts["[Content_Types].xml"] = content_types(kinds)
        return package({name: content.encode() for name, content in parts.items()}, self.frame.parts)


def _columns_of(table: Provision, rows: Sequence[Provision]) -> tuple[str, ...]:
    """Return the table's columns, and after them every other part that a heading or a row has: no word is lost."""
    cells = (row for row in (table, *rows) if row is table or not layout.spans_columns(row))
    others = {name: None for row in cells for name in row.parts if name not in (TEXT, STATES, *table.columns)}
    return (*table.columns, *others)


def grouped(provisions: Iterable[Provision]) -> Iterable[tuple[Provision, tuple[Provision, ...]]]:
    """Return each provision that is not a footnote, a table together with its rows."""
    waiting: Provision | None = None
    rows: list[Provision] = []
    for provision in provisions:
        if provision.kind is Kind.FOOTNOTE:
            continue
        if waiting is not None and provision.kind is Kind.ROW:
            rows.append(provision)
            continue
        if waiting is not None:
            yield waiting, tuple(rows)
        waiting, rows = None, []
        if provision.kind is Kind.TABLE:
            waiting = provision
        else:
            yield provision, ()
    if waiting is not None:
        yield waiting, tuple(rows)

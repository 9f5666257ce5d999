"""The bracketed consolidated draft: the form that is circulated, all proposals in the field's notation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.docxio import layout, oxml
from app.docxio.comments import described
from app.docxio.entries import Entry, Part, columns_of, entries, is_headed, is_merged, notes_named, tables
from app.docxio.frame import frame
from app.docxio.line_text import split_paragraphs
from app.docxio.printing import Printer
from app.docxio.sheets import Sheet
from app.docxio.standing import Position, Standing, headed, print_head
from app.text import brackets
from app.text.brackets import NOTATIONS, Piece, PieceKind, Variant
from app.text.composition import ComposedStates, ComposedText, Composition, Sponsors
from app.text.numbering import Numbering, label_inserted
from app.text.provision import STATES, TEXT, Kind, Provision, States
from app.text.runs import Marks, Run, Text

_MARKS = {
    PieceKind.STRUCK: oxml.STRUCK,
    PieceKind.HOLDER: int(Marks.BOLD),
    PieceKind.NEW: int(Marks.BOLD),
    PieceKind.REMARK: 0,
}
_OPEN = Piece(PieceKind.OPEN, (Run("["),))
_CLOSE = Piece(PieceKind.CLOSE, (Run("]"),))


def bracketed_draft(
    composition: Composition,
    sheet: Sheet,
    standing: Standing,
    positions: Sequence[Position] = (),
    *,
    anonymous: bool = False,
    suffixes: Numbering | None = None,
    template: bytes | None = None,
) -> bytes:
    """Return the bracketed consolidated draft as a Word file.

    Args:
        composition: Base and wishes.
        sheet: The head, in the language of the base; its marks come first, then "consolidated text, as at".
        standing: What the head counts and names.
        positions: Positions and requests to keep a text, as footnotes in the order given.
        anonymous: Brackets without holders, as the United Nations write them.
        suffixes: How rival wordings of a whole numbered paragraph are numbered, 5, 5 *bis*, 5 *ter* …; None: they
            stand under one number as Alt 1, Alt 2 …
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    writer = _Writer(composition, sheet, standing, positions, anonymous, suffixes, template)
    writer.print()
    return writer.p.finish()


class _Writer:
    def __init__(
        self,
        composition: Composition,
        sheet: Sheet,
        standing: Standing,
        positions: Sequence[Position],
        anonymous: bool,
        suffixes: Numbering | None,
        template: bytes | None,
    ) -> None:
        self.order = composition.order
        self.base = composition.base.by_key()
        self.found = tuple(entries(composition))
        self.notes = {e.provision.key: e for e in reversed(self.found) if e.provision.kind is Kind.FOOTNOTE}
        self.named = notes_named(self.found) if self.notes else set()
        self.standing = standing
        self.positions: dict[str, list[Position]] = {}
        for position in positions:
            self.positions.setdefault(position.key, []).append(position)
        self.notation = replace(NOTATIONS[sheet.language], anonymous=anonymous)
        self.suffixes = suffixes
        self.labels = {e.provision.label for e in self.found}
        self.kinds: set[str] = set()
        probe = headed(sheet, standing, titled=any(p.kind is Kind.TITLE for p in composition.base))
        self.p = Printer(probe, frame(probe, template))
        self.words = self.p.words.bracketed

    # -- the paper

    def print(self) -> None:
        """Print titles, legend and text; what the legend explains is known once the text is made."""
        shown = [e for e in self.found if e.provision.kind is not Kind.FOOTNOTE or e.provision.key not in self.named]
        titles = max((i + 1 for i, e in enumerate(shown) if e.provision.kind is Kind.TITLE), default=0)
        self.some(shown[:titles])
        at = self.p.flow.position()
        self.some(shown[titles:])
        with self.p.flow.inserting(at):
            counted = [(e, _is_bracketed(e)) for e in self.found if e.change != "ins" and _counts(e.provision)]
            keys = {e.provision.key: bracketed for e, bracketed in counted}
            print_head(self.p, self.standing, keys, self.kinds)

    def some(self, shown: Iterable[Entry]) -> None:
        """Print entries in order."""
        for entry, rows in tables(shown):
            if rows or entry is None or entry.provision.kind is Kind.TABLE:
                self.table(entry, rows)
            else:
                self.paragraph(entry)

    # -- paragraphs

    def paragraph(self, entry: Entry) -> None:
        """Print a provision outside tables; rivals with little in common as whole variants."""
        part = entry.parts.get(TEXT)
        if (
            isinstance(part, ComposedText)
            and not entry.change
            and not (isinstance(states := entry.parts.get(STATES), ComposedStates) and states.members)
            and brackets.is_rewritten(part, self.order)
        ):
            self.rivals(entry, brackets.variants(part, self.names, self.notation, self.order))
            return
        self.line(entry, self.whole(entry, [*self.content(entry)]), entry.provision)

    def rivals(self, entry: Entry, variants: Sequence[Variant]) -> None:
        """Print wordings with little in common one by one: as Alt 1, Alt 2 …, or under numbers of their own."""
        labels = self.suffixed(entry.provision.label, len(variants) - 1)
        self.kinds |= {"suffixed"} if labels else {"variants"}
        for position, variant in enumerate(variants):
            if not labels:
                said = (Run(f"{variant.heading}. "), *variant.text)
                self.line(entry, [Piece(PieceKind.PLAIN, said)], entry.provision)
                continue
            names = self.notation.beside.format(self.names(variant.sponsors) or self.notation.original)
            kind = PieceKind.NEW if position else PieceKind.PLAIN
            holder = [] if self.notation.anonymous else [Piece(PieceKind.HOLDER, (Run(names),), variant.sponsors)]
            pieces = [_OPEN, *holder, Piece(kind, variant.text), _CLOSE]
            self.line(entry, pieces, replace(entry.provision, label=labels[position]))

    def suffixed(self, label: str, count: int) -> list[str]:
        """Return a label and so many free ones after it; none where rivals are not numbered, or it has no number."""
        found, ordinal = [label], 0
        while self.suffixes is not None and label and len(found) <= count:
            free = label_inserted(label, ordinal, self.suffixes)
            if free in ("", label):
                break
            found += [free] if free not in self.labels else []
            self.labels.add(free)
            ordinal += 1
        return found if len(found) > count else []

    def line(self, entry: Entry, pieces: Sequence[Piece], provision: Provision) -> None:
        """Append a paragraph: an opening bracket of the whole stands before the label."""
        label = layout.labelled(provision, self.p.sheet.in_text.language)
        is_new = entry.change == "ins" or provision.label != entry.provision.label
        bold = int(Marks.BOLD) if is_new else oxml.STRUCK if entry.change else 0
        before = 1 if label and pieces and pieces[0] is _OPEN else 0
        xml = self.runs(pieces[:before]) + oxml.run(label, bold) + self.standing_of(entry)
        xml += self.runs(pieces[before:]) + self.position_notes(entry)
        style = self.p.style(layout.style_name(provision))
        xml = self.p.marked(provision.key, xml)
        self.p.flow.add(oxml.paragraph(style, xml), heading=layout.is_headline(provision))

    def content(self, entry: Entry) -> Iterator[Piece]:
        """Yield what a provision outside tables prints."""
        words = entry.parts.get(TEXT)
        if (states := entry.parts.get(STATES)) is not None:
            found = self.states(entry, states, full=True)
            yield from found
            if found and words and self.p.sheet.in_text.language != "zh":
                yield Piece(PieceKind.BETWEEN, (Run(" "),))
        if words is not None:
            yield from self.pieces(entry, words)

    def pieces(self, entry: Entry, part: Part) -> list[Piece]:
        """Return a part in brackets; of a provision that goes or comes as a whole, struck or bold."""
        if isinstance(part, ComposedStates | States):
            return self.states(entry, part, full=False)
        if not isinstance(part, ComposedText):
            kind = PieceKind.NEW if entry.change == "ins" else PieceKind.PLAIN
            return [Piece(kind, part)] if part else []
        if not any(part.gaps) and not (any(part.deleters) and not entry.change):
            found = [Piece(PieceKind.PLAIN, entry.provision.parts.get(_name_of(entry, part), ()))]  # type: ignore[arg-type]
        else:
            found = list(brackets.bracketed(part, self.names, self.notation, self.order, entry.sponsors))
        if entry.change == "del":
            found = [replace(p, kind=PieceKind.STRUCK) if p.kind is PieceKind.PLAIN else p for p in found]
        return [piece for piece in found if piece.text]

    def states(self, entry: Entry, part: Part, *, full: bool) -> list[Piece]:
        """Return a set of states in brackets."""
        sheet = self.p.sheet.in_text
        name = sheet.full if full else sheet.short
        if isinstance(part, ComposedStates):
            others = tuple((code, tuple(s for s in who if s not in entry.sponsors)) for code, who in part.members)
            touched = part.joining or any(who for _, who in others)
            part = ComposedStates(others, part.joining) if touched else States(frozenset(code for code, _ in others))
        if isinstance(part, ComposedStates):
            found = list(brackets.bracketed_states(part, name, self.names, self.notation, sheet.comma))
        else:
            codes = part.members if isinstance(part, States) else frozenset()
            listed = sheet.joined_list(codes) if full else sheet.short_list(codes)
            kind = PieceKind.NEW if entry.change == "ins" else PieceKind.PLAIN
            found = [Piece(kind, (Run(listed),))] if codes else []
        if entry.change == "del":
            found = [replace(p, kind=PieceKind.STRUCK) if p.kind is PieceKind.PLAIN else p for p in found]
        return found

    def whole(self, entry: Entry, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces with the bracket around a provision that comes, goes or moves as a whole."""
        if not entry.change:
            return pieces
        found = list(pieces)
        if self.opens(entry):
            holder = self.notation.beside.format(self.names(entry.sponsors))
            named = [] if self.notation.anonymous or entry.change == "del" else [holder]
            found = [_OPEN, *(Piece(PieceKind.HOLDER, (Run(text),), entry.sponsors) for text in named), *found]
        if self.closes(entry):
            found += [*self.fate(entry), _CLOSE]
        return found

    def opens(self, entry: Entry) -> bool:
        """Whether the bracket of a whole opens here: at each deleted provision, at a block's first."""
        if entry.change == "ins":
            self.kinds |= {"moved"} if entry.moved_from else {"inserted"}
        return entry.block is None or entry.provision is entry.block.provisions[0]

    def closes(self, entry: Entry) -> bool:
        """Whether it closes here."""
        return entry.block is None or entry.provision is entry.block.provisions[-1]

    def fate(self, entry: Entry) -> Iterator[Piece]:
        """Yield who deletes a provision and who moves it where."""
        if entry.change != "del" or self.notation.anonymous:
            return
        moving = {code for _, who in entry.movers for code in who}
        deleting = tuple(code for code in entry.sponsors if code not in moving)
        if deleting:
            yield Piece(PieceKind.REMARK, (Run(self.words.delete.format(names=self.names(deleting))),), deleting)
        for place, who in entry.movers:
            self.kinds |= {"moved"}
            to = self.words.move.format(place=described(place, self.base, self.p.words), names=self.names(who))
            yield Piece(PieceKind.REMARK, (Run(to),), who)

    # -- tables

    def table(self, table: Entry | None, rows: Sequence[Entry]) -> None:
        """Append a table with its rows, inserted ones among them."""
        if table is not None and table.parts.get(TEXT):
            self.paragraph(table)
        provision = (
            table.provision if table is not None else self.base.get(rows[0].provision.parent or "", rows[0].provision)
        )
        provision = replace(provision, columns=columns_of(provision, rows))
        found = self.p.columns(provision, [row.provision for row in rows])
        body = [self.headings(table, found)] if table is not None and is_headed(table) else []
        body += [self.row(row, found) for row in rows]
        if body:
            xml = oxml.table(self.p.style("Table Grid"), found.widths, "".join(body))
            self.p.flow.table(xml, turned=found.turned)

    def headings(self, table: Entry, found: layout.Columns) -> str:
        """Return the row of column headings."""
        cells = []
        for key, width in zip(found.keys, found.widths, strict=True):
            pieces = self.pieces(table, table.parts.get(key, ())) if key else [_plain(self.p.number)]
            cells.append(oxml.cell(width, self.paragraphs(pieces, "Table Heading"), shaded=True))
        return oxml.row("".join(cells), heading=True)

    def row(self, row: Entry, found: layout.Columns) -> str:
        """Return a row; one that comes or goes has its brackets in the first and the last cell."""
        key = row.provision.key
        if is_merged(row):
            label = layout.labelled(row.provision, self.p.sheet.in_text.language)
            pieces = [*self.label(row, label), *self.pieces(row, row.parts.get(TEXT, ()))]
            cell = self.paragraphs(self.whole(row, pieces), "Table Section", key, self.position_notes(row))
            return oxml.row(oxml.cell(sum(found.widths), cell, span=len(found.keys)))
        cells = []
        for position, (column, width) in enumerate(zip(found.keys, found.widths, strict=True)):
            pieces = self.pieces(row, row.parts.get(column, ())) if column else []
            numbered = column is None or column == found.number
            if numbered and not any(layout.has_words(piece.text) for piece in pieces):
                pieces = [*self.label(row, row.provision.label), *pieces]
            if row.change and position == 0 and self.opens(row):
                pieces = [_OPEN, *pieces]
            if row.change == "ins" and position == min(1, len(found.keys) - 1) and self.opens(row):
                pieces = [*self.holder(row), *pieces]
            if row.change and position == len(found.keys) - 1 and self.closes(row):
                pieces = [*pieces, *self.fate(row), _CLOSE]
            notes = self.position_notes(row) if position == 0 else ""
            style = "Table Number" if numbered else "Table Text"
            cells.append(oxml.cell(width, self.paragraphs(pieces, style, "" if position else key, notes)))
        return oxml.row("".join(cells))

    def label(self, entry: Entry, label: str) -> list[Piece]:
        """Return the label of a row, struck or bold with it."""
        kind = {"": PieceKind.PLAIN, "del": PieceKind.STRUCK, "ins": PieceKind.NEW}[entry.change]
        return [Piece(kind, (Run(label),))] if label else []

    def holder(self, entry: Entry) -> list[Piece]:
        """Return who proposes a row."""
        if self.notation.anonymous:
            return []
        beside = self.notation.beside.format(self.names(entry.sponsors))
        return [Piece(PieceKind.HOLDER, (Run(beside),), entry.sponsors)]

    def paragraphs(self, pieces: Sequence[Piece], style: str, key: str = "", notes: str = "") -> str:
        """Return the paragraphs of a cell."""
        text = tuple(run for piece in pieces for run in self.marked(piece))
        lines = [self.p_runs(line) for line in split_paragraphs(text)]
        lines[-1] += notes
        if key:
            lines[0] = self.p.marked(key, lines[0])
        return "".join(oxml.paragraph(self.p.style(style), line) for line in lines)

    # -- runs

    def runs(self, pieces: Iterable[Piece]) -> str:
        """Return pieces as runs."""
        return self.p_runs(run for piece in pieces for run in self.marked(piece))

    def marked(self, piece: Piece) -> Text:
        """Return a piece with the marks of its kind; what occurs is noted for the legend."""
        self.kinds |= _EXPLAINED.get(piece.kind, set())
        extra = _MARKS.get(piece.kind, 0)
        if self.notation.anonymous and piece.kind is PieceKind.NEW:
            extra = 0
        return tuple(run._replace(marks=run.marks | extra) for run in piece.text)

    def p_runs(self, content: Iterable[Run]) -> str:
        """Return runs, footnotes with their own brackets."""
        return "".join(oxml.run(run.text, run.marks) if run.note is None else self.note(run.note) for run in content)

    def note(self, key: str) -> str:
        """Return the reference to a footnote of the text."""
        entry = self.notes.get(key)
        return "" if entry is None else self.p.note(self.runs(self.whole(entry, [*self.content(entry)])))

    def position_notes(self, entry: Entry) -> str:
        """Return the footnotes of what delegations say of a provision; once, where it first stands."""
        found = self.positions.pop(entry.provision.key, ())
        return "".join(self.p.note(oxml.run(self.said(position))) for position in found)

    def said(self, position: Position) -> str:
        """Return a position in the formula of the field."""
        name = self.p.sheet.names.get(position.sponsor)
        side = self.p.words.side.format(side=name.side) if name and name.side else self.p.sheet.short(position.sponsor)
        said = self.p.words.stances[position.stance].format(side=side, detail=position.detail)
        return said[:-1] if said.endswith("..") else said

    def standing_of(self, entry: Entry) -> str:
        """Return "(agreed)" and the like, in grey after the number."""
        key, standing = entry.provision.key, self.standing
        if entry.change == "ins" or layout.is_headline(entry.provision):
            return ""
        if key in standing.agreed_ad_referendum:
            return oxml.run(self.words.is_agreed_ad_referendum, oxml.GREY)
        if key in standing.agreed:
            return oxml.run(self.words.is_agreed, oxml.GREY)
        return oxml.run(self.words.is_undiscussed, oxml.GREY) if key in standing.undiscussed else ""

    def names(self, sponsors: Sponsors) -> str:
        """Return holders as they are printed."""
        return self.p.sheet.short_list(sponsors)


_EXPLAINED: dict[PieceKind, set[str]] = {
    PieceKind.OPEN: {"brackets"},
    PieceKind.HOLDER: {"holder"},
    PieceKind.STRUCK: {"struck"},
    PieceKind.NEW: {"bold"},
}


def _plain(text: str) -> Piece:
    return Piece(PieceKind.PLAIN, (Run(text),))


def _name_of(entry: Entry, part: Part) -> str:
    return next(name for name, own in entry.parts.items() if own is part)


def _counts(provision: Provision) -> bool:
    """Whether a provision is one of those that are counted: paragraphs, items and rows."""
    merged = provision.kind is Kind.ROW and layout.spans_columns(provision)
    return provision.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW) and not merged


def _is_bracketed(entry: Entry) -> bool:
    """Whether something in a provision stands in brackets."""
    if entry.change:
        return True
    for part in entry.parts.values():
        if isinstance(part, ComposedStates):
            if part.joining or any(who for _, who in part.members):
                return True
        elif isinstance(part, ComposedText) and (
            any(part.gaps) or any(part.deleters) or any(token.text == "[" for token in part.tokens)
        ):
            return True
    return False

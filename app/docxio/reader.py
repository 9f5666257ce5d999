"""Reads a draft from a Word file into provisions."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from app.docxio.archive import LIMITS, Limits
from app.docxio.atoms import AFTER, BEFORE, View
from app.docxio.blocks import Line, Lines
from app.docxio.collection import collection_paused
from app.docxio.gate import check_directory
from app.docxio.inline import Changes
from app.docxio.languages import guess_language, styled_language
from app.docxio.notes import NoteParts, Notes
from app.docxio.package import Package
from app.docxio.pieces import Piece, Remark
from app.docxio.plain_paragraphs import ReadsOtherwise
from app.docxio.recognition import Recogniser
from app.docxio.refusals import Reason, refuse
from app.docxio.state_names import StateNames
from app.docxio.stories import Story, StoryReader, Table
from app.docxio.understanding import (
    Confidence,
    Notice,
    NotUnderstood,
    RecognisedBy,
    Unclear,
    Understanding,
    Understood,
    Warned,
)
from app.docxio.word_numbering import Lists, Numbering
from app.docxio.word_styles import Styles
from app.docxio.word_tables import TableReader
from app.docxio.wordml import w
from app.text.outline import outline
from app.text.provision import TEXT, Content, Kind, Provision, States
from app.text.runs import PARAGRAPH_BREAK, Run, plain, text

_BODY = w("body")


@collection_paused()
def read_draft(
    data: bytes,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    changes: Changes = "accepted",
    limits: Limits = LIMITS,
) -> Understood:
    """Return the provisions of a Word file, what was not understood, and warnings.

    Call it on files that passed the gate, in the limited process (``upload.read_upload`` does both).

    Args:
        data: The file.
        states: Code to names of states and groups, in any form and language, for cells and
            paragraphs that name sets of states.
        changes: What to do with tracked changes.
        limits: What the file may cost.

    Raises:
        FileRefused: It is no Word document.
    """
    source = Source(Package(check_directory(data, "", limits)))
    draft = read_view(source, StateNames(states or {}), AFTER if changes == "accepted" else BEFORE)
    return draft.understood(positions(draft.pieces))


class Source:
    """A Word file, its paragraphs read once for both views.

    Args:
        package: The file.
        is_whole: Whether every element is asked for; else plain paragraphs are read, not parsed.

    Raises:
        FileRefused: It has no body.
    """

    def __init__(self, package: Package, *, is_whole: bool = False) -> None:
        self.package = package
        self.styles = Styles(package.related("styles"))
        try:
            self._read(is_whole=is_whole)
        except ReadsOtherwise:
            self._read(is_whole=True)
        self.notes = NoteParts(package, self.stories)
        self.lists = Lists(package.related("numbering"), self.styles, styled_language(package))

    def _read(self, *, is_whole: bool) -> None:
        self.root, plain = self.package.document(is_whole=is_whole)
        self.stories = StoryReader(self.styles, plain)
        body = self.root.find(_BODY)
        if body is None:
            raise refuse(Reason.NOT_WORD)
        self.body: Story = self.stories.read(body)
        if self.stories.inline.repeated != len(plain):
            raise ReadsOtherwise


class Draft:
    """One view of a file as pieces: story after story is read, then it is ended.

    Args:
        source: The file.
        states: Names of states and groups.
        view: Before or after the tracked changes.
        columns: Column keys of the tables read so far in either view: a table has the same ones in both.
    """

    def __init__(self, source: Source, states: StateNames, view: View, columns: dict[Table, tuple[str, ...]]) -> None:
        self._source = source
        self._view: View = view
        self._numbering = Numbering(source.lists)
        self._lines = Lines(view, self._numbering)
        self._tables = TableReader(self._lines, states)
        self._columns = columns
        self._recogniser = Recogniser(states)
        self._notes = Notes(source.notes, self._lines)
        self._remarks: list[Remark] = []
        self._shared: set[Piece] = set()
        self.pieces: list[Piece] = []
        """What the view holds, in reading order; once it is ended, each footnote after the piece that refers to it."""

    def read(self, story: Story) -> None:
        """Take in a story, or some blocks of it that leave no paragraph waiting for the end of its line."""
        for block in self._lines.of(story):
            if isinstance(block, Line):
                self._take_line(block)
            else:
                self._take_table(block)

    def end(self) -> None:
        """Take in the notes."""
        self.pieces = self._with_notes()
        self._remarks += self._notes.unused()

    def stands_with(self, other: "Draft") -> bool:
        """Return whether what follows reads as it does in *other*."""
        return self._recogniser == other._recogniser and self._numbering.stands_with(other._numbering)

    def share(self, other: "Draft", story: Story) -> None:
        """Let another view, which stands where this one does, take in blocks that read alike in both; take them over.

        This one reads on from where the other then stands: its lists counted, its headings and items open.
        """
        if not story:
            return
        pieces, remarks = len(other.pieces), len(other._remarks)
        other.read(story)
        self._numbering.assume(other._numbering)
        self._recogniser = other._recogniser.copy()
        new = other.pieces[pieces:]
        last, ours = self.pieces[-1] if self.pieces else None, frozenset(new)
        self._shared.update(ours)
        self._remarks += [
            remark if remark.piece in ours else Remark(last, remark.what, remark.excerpt)
            for remark in other._remarks[remarks:]
        ]
        self.pieces += new

    def understood(self, keys: Mapping[Piece, str], known: Mapping[str, Understanding] | None = None) -> Understood:
        """Return everything that was read, under these keys.

        Args:
            keys: The key of each piece.
            known: What was understood of the other view, by key: what is the same here is not made twice.
        """
        known = known or {}
        notes = {piece.columns[0]: keys[piece] for piece in self.pieces if piece.kind is Kind.FOOTNOTE}
        shared = self._shared if known and not notes else frozenset[Piece]()
        provisions = [
            known[keys[piece]].provision if piece in shared else _provision(piece, keys[piece], notes, known)
            for piece in self.pieces
        ]
        return Understood(
            provisions=tuple(
                [
                    _understanding(provision, piece, known.get(provision.key))
                    for piece, provision in zip(self.pieces, outline(provisions), strict=True)
                ]
            ),
            not_understood=tuple(
                NotUnderstood("" if r.piece is None else keys[r.piece], r.what, r.excerpt) for r in self._remarks
            ),
            warnings=self._warnings(),
            language_guess=guess_language(provisions),
        )

    def _take_table(self, table: Table) -> None:
        self._recogniser.interrupt()
        pieces, remarks = self._tables.read(table, self._columns.get(table))
        if pieces:
            self._columns.setdefault(table, pieces[0].columns)
        self.pieces += pieces
        self._remarks += remarks

    def _take_line(self, line: Line) -> None:
        words = line.text
        if line.in_contents or (words and line.style.is_contents):
            self._take_contents(line)
        elif words:
            piece = self._recogniser.recognise(line)
            piece.lines[TEXT] = [line]
            self.pieces.append(piece)
        elif line.label is not None and not line.objects and not line.boxes:
            self._remark(Unclear.EMPTY_NUMBERED, line.label.text)
        if line.unclear or line.objects or line.boxes:
            self._take_rest(line)

    def _take_rest(self, line: Line) -> None:
        """Take in what stands in a line beside its words."""
        for what, excerpt in line.unclear:
            self._remark(what, excerpt)
        for at, (what, excerpt) in enumerate(line.objects):
            self._take_object(what, excerpt, line, at)
        for _, box in line.boxes:
            before = len(self.pieces)
            self.read(box)
            for piece in self.pieces[before:]:
                self._remarks.append(Remark(piece, Unclear.TEXT_BOX, _words_of(piece)))

    def _take_contents(self, line: Line) -> None:
        """Gather the lines of a table of contents into one fixed provision."""
        last = self.pieces[-1] if self.pieces else None
        if last is None or last.kind is not Kind.FIXED or last.columns != _CONTENTS:
            last = Piece(Kind.FIXED, columns=_CONTENTS, by=RecognisedBy.STRUCTURE)
            last.anchor = (line.paragraphs[:1], "contents")
            last.lines[TEXT] = []
            self.pieces.append(last)
        last.lines[TEXT].append(line)
        known, words = last.parts.get(TEXT, ()), line.text
        if words and not isinstance(known, States):
            last.parts[TEXT] = text(*known, *([PARAGRAPH_BREAK] if known else []), *words)

    def _take_object(self, what: Unclear, excerpt: str, line: Line, at: int) -> None:
        """Carry a picture or an equation as a fixed provision of its own."""
        level = self.pieces[-1].level + 1 if line.text and self.pieces else 0
        parts: dict[str, Content] = {TEXT: text(excerpt)} if what is Unclear.EQUATION and excerpt else {}
        piece = Piece(Kind.FIXED, parts, level=level, by=RecognisedBy.STRUCTURE, sure=Confidence.SURE)
        piece.anchor = (line.paragraphs[-1:], f"object {at}")
        self.pieces.append(piece)
        self._remark(what, excerpt)

    def _remark(self, what: Unclear, excerpt: str) -> None:
        self._remarks.append(Remark(self.pieces[-1] if self.pieces else None, what, excerpt))

    def _with_notes(self) -> list[Piece]:
        every: list[Piece] = []
        for piece in self.pieces:
            if piece.columns == _CONTENTS:
                piece.columns = ()
            every.append(piece)
            for name in _notes_in(piece) if self._source.notes.noted else ():
                note = self._notes.take(name)
                if note is not None:
                    every.append(note[0])
                    self._remarks += note[1]
                elif name not in self._source.notes.elements:
                    self._remarks.append(Remark(piece, Unclear.NOTE_MISSING, name))
        return every

    def _warnings(self) -> tuple[Notice, ...]:
        package, inline = self._source.package, self._source.stories.inline
        counts: Counter[tuple[Warned, str]] = Counter(inline.counts)
        comments = package.related("comments")
        if comments is not None and len(comments):
            counts[Warned.COMMENTS, ""] = len(comments)
        counts[Warned.TRACKED_CHANGES, ""] = self._source.stories.tracked
        counts[Warned.HEADERS, ""] = package.count("header") + package.count("footer")
        counts[Warned.UNKNOWN_NUMBERING, ""] = len(self._numbering.unknown)
        own = tuple(Notice(what, count, detail) for (what, detail), count in sorted(counts.items()) if count)
        return own + package.warnings()


def read_view(source: Source, states: StateNames, view: View) -> Draft:
    """Return one view of a file."""
    draft = Draft(source, states, view, {})
    draft.read(source.body)
    draft.end()
    return draft


def read_stories(source: Source) -> Iterator[tuple[str, Story]]:
    """Yield every story of a file: the body (its name is empty), then the notes by the name the file gives them."""
    yield "", source.body
    for name in source.notes.elements:
        yield name, source.notes.story(name)


def positions(pieces: Collection[Piece]) -> dict[Piece, str]:
    """Return p1, p2 … by position."""
    return {piece: f"p{at}" for at, piece in enumerate(pieces, 1)}


_CONTENTS = ("contents",)
"""Marks the piece that gathers a table of contents while it is being read."""


def _provision(piece: Piece, key: str, notes: Mapping[str, str], known: Mapping[str, Understanding]) -> Provision:
    """Return a piece as a provision; its runs name their notes by key."""
    parts = {name: _named(content, notes) for name, content in piece.parts.items()}
    columns = () if piece.kind is Kind.FOOTNOTE else piece.columns
    if key in known:
        old = known[key].provision
        same = old.kind is piece.kind and old.level == piece.level and old.label == piece.label
        if same and old.columns == columns and list(old.parts.items()) == list(parts.items()):
            return old
    return Provision(key, piece.kind, piece.level, None, parts, piece.label, columns)


def _understanding(provision: Provision, piece: Piece, known: Understanding | None) -> Understanding:
    same = known is not None and known.provision is provision
    if known is not None and same and known.recognised_by is piece.by and known.confidence is piece.sure:
        return known
    return Understanding(provision, piece.by, piece.sure)


def _named(content: Content, keys: Mapping[str, str]) -> Content:
    if isinstance(content, States):
        return content
    for run in content:
        if run.note is not None:
            break
    else:
        return content
    kept: list[Run] = [
        run if run.note is None else run._replace(note=keys[run.note])
        for run in content
        if run.note is None or run.note in keys
    ]
    return text(*kept)


def _notes_in(piece: Piece) -> list[str]:
    return [
        run.note for content in piece.parts.values() if not isinstance(content, States) for run in content if run.note
    ]


def _words_of(piece: Piece) -> str:
    return " ".join(plain(content) for content in piece.parts.values() if not isinstance(content, States))

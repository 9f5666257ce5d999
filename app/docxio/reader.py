"""Reads a draft from a Word file into provisions."""

import re
from collections import Counter
from collections.abc import Collection, Mapping

from lxml import etree

from app.docxio.archive import LIMITS, Limits
from app.docxio.blocks import Line, StoryReader
from app.docxio.gate import check_directory
from app.docxio.inline import Changes
from app.docxio.notes import Notes
from app.docxio.package import Package
from app.docxio.pieces import Piece, Remark
from app.docxio.recognition import Recogniser
from app.docxio.refusals import Reason, refuse
from app.docxio.state_names import StateNames
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
from app.docxio.word_numbering import Numbering
from app.docxio.word_styles import Styles
from app.docxio.word_tables import TableReader
from app.docxio.wordml import VAL, w
from app.text.outline import outline
from app.text.provision import TEXT, Content, Kind, Provision, States
from app.text.runs import PARAGRAPH_BREAK, Run, Text, plain, text

_BODY = w("body")
_GUESSED_CHARS = 20_000
_SCRIPTS = {"ru": re.compile("[\u0400-\u04ff]"), "zh": re.compile("[\u4e00-\u9fff]"), "en": re.compile("[A-Za-z]")}


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
    return _Draft(Package(check_directory(data, "", limits)), StateNames(states or {}), changes).read()


class _Draft:
    """One reading of one file."""

    def __init__(self, package: Package, states: StateNames, changes: Changes) -> None:
        self._package = package
        self._root = package.document()
        styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), styles, _language_of(package))
        self._story = StoryReader(styles, self._numbering, changes)
        self._tables = TableReader(self._story, states)
        self._recogniser = Recogniser(states)
        self._notes = Notes(package, self._story)
        self._pieces: list[Piece] = []
        self._remarks: list[Remark] = []

    def read(self) -> Understood:
        """Return everything that was read."""
        body = self._root.find(_BODY)
        if body is None:
            raise refuse(Reason.NOT_WORD)
        self._read_story(body)
        pieces = self._with_notes()
        provisions = _minted(pieces)
        keys = {id(piece): provision.key for piece, provision in zip(pieces, provisions, strict=True)}
        self._remarks += self._notes.unused()
        return Understood(
            provisions=tuple(
                Understanding(provision, piece.by, piece.sure)
                for piece, provision in zip(pieces, outline(provisions), strict=True)
            ),
            not_understood=tuple(
                NotUnderstood("" if r.piece is None else keys[id(r.piece)], r.what, r.excerpt) for r in self._remarks
            ),
            warnings=self._warnings(),
            language_guess=guess_language(provisions),
        )

    def _read_story(self, story: etree._Element) -> None:
        for block in self._story.blocks(story):
            if isinstance(block, Line):
                self._take_line(block)
            else:
                self._take_table(block)

    def _take_table(self, element: etree._Element) -> None:
        self._recogniser.interrupt()
        pieces, remarks = self._tables.read(element)
        self._pieces += pieces
        self._remarks += remarks

    def _take_line(self, line: Line) -> None:
        words = line.text
        if line.inline.in_contents or (line.style.is_contents and words):
            self._take_contents(words)
        elif words:
            self._pieces.append(self._recogniser.recognise(line))
        elif line.label is not None and not line.inline.objects and not line.inline.boxes:
            self._remark(Unclear.EMPTY_NUMBERED, line.label.text)
        for what, excerpt in line.inline.unclear:
            self._remark(what, excerpt)
        for what, excerpt in line.inline.objects:
            self._take_object(what, excerpt, bool(words))
        for box in line.inline.boxes:
            before = len(self._pieces)
            self._read_story(box)
            for piece in self._pieces[before:]:
                self._remarks.append(Remark(piece, Unclear.TEXT_BOX, _words_of(piece)))

    def _take_contents(self, words: Text) -> None:
        """Gather the lines of a table of contents into one fixed provision."""
        last = self._pieces[-1] if self._pieces else None
        if last is None or last.kind is not Kind.FIXED or last.columns != _CONTENTS:
            last = Piece(Kind.FIXED, columns=_CONTENTS, by=RecognisedBy.STRUCTURE)
            self._pieces.append(last)
        known = last.parts.get(TEXT, ())
        if words and not isinstance(known, States):
            last.parts[TEXT] = text(*known, *([PARAGRAPH_BREAK] if known else []), *words)

    def _take_object(self, what: Unclear, excerpt: str, beside_words: bool) -> None:
        """Carry a picture or an equation as a fixed provision of its own."""
        level = self._pieces[-1].level + 1 if beside_words and self._pieces else 0
        parts: dict[str, Content] = {TEXT: text(excerpt)} if what is Unclear.EQUATION and excerpt else {}
        self._pieces.append(Piece(Kind.FIXED, parts, level=level, by=RecognisedBy.STRUCTURE, sure=Confidence.SURE))
        self._remark(what, excerpt)

    def _remark(self, what: Unclear, excerpt: str) -> None:
        self._remarks.append(Remark(self._pieces[-1] if self._pieces else None, what, excerpt))

    def _with_notes(self) -> list[Piece]:
        """Return the pieces with each footnote after the one that refers to it."""
        every: list[Piece] = []
        for piece in self._pieces:
            if piece.columns == _CONTENTS:
                piece.columns = ()
            every.append(piece)
            for name in _notes_in(piece):
                note = self._notes.take(name)
                if note is None:
                    self._remarks.append(Remark(piece, Unclear.NOTE_MISSING, name))
                else:
                    every.append(note[0])
                    self._remarks += note[1]
        return every

    def _warnings(self) -> tuple[Notice, ...]:
        counts: Counter[tuple[Warned, str]] = Counter(self._story.inline.counts)
        comments = self._package.related("comments")
        if comments is not None and len(comments):
            counts[Warned.COMMENTS, ""] = len(comments)
        counts[Warned.HEADERS, ""] = self._package.count("header") + self._package.count("footer")
        counts[Warned.UNKNOWN_NUMBERING, ""] = len(self._numbering.unknown)
        own = tuple(Notice(what, count, detail) for (what, detail), count in sorted(counts.items()) if count)
        return own + self._package.warnings()


_CONTENTS = ("contents",)
"""Marks the piece that gathers a table of contents while it is being read."""


def _minted(pieces: list[Piece]) -> list[Provision]:
    """Return the provisions with keys by position; runs name their notes by key."""
    keys: dict[str, str] = {}
    for at, piece in enumerate(pieces, 1):
        if piece.kind is Kind.FOOTNOTE:
            keys[piece.columns[0]] = f"p{at}"
    return [
        Provision(
            key=f"p{at}",
            kind=piece.kind,
            level=piece.level,
            parts={name: _named(content, keys) for name, content in piece.parts.items()},
            label=piece.label,
            columns=() if piece.kind is Kind.FOOTNOTE else piece.columns,
        )
        for at, piece in enumerate(pieces, 1)
    ]


def _named(content: Content, keys: Mapping[str, str]) -> Content:
    if isinstance(content, States) or not any(run.note for run in content):
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


def _language_of(package: Package) -> str:
    """Return the language the file's styles are written in, for numbers spelled as words."""
    styles = package.related("styles")
    spoken = None if styles is None else styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    return "" if spoken is None else spoken.get(VAL, "")


def guess_language(provisions: Collection[Provision]) -> str:
    """Return "zh", "ru" or "en" by the script that most letters are of; a Han character counts as three."""
    written = "".join(
        plain(content)
        for provision in provisions
        for content in provision.parts.values()
        if not isinstance(content, States)
    )
    written = written[:_GUESSED_CHARS]
    counts = {language: len(script.findall(written)) for language, script in _SCRIPTS.items()}
    counts["zh"] *= 3
    return max(("en", "ru", "zh"), key=lambda language: counts[language])

"""What one reading of a Word file's paragraphs finds: characters, each with the views it stands in and its change.

A file with tracked changes has two views: the text before them and the text after them. A mask says in which
of them a thing stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from lxml import etree

from app.docxio.line_text import LineText, stripped
from app.docxio.understanding import Unclear
from app.docxio.wordml import w
from app.text.runs import NOTE, Run, Text, text

View: TypeAlias = Literal[1, 2]
BEFORE: Final = 1
AFTER: Final = 2
BOTH: Final = 3
ADDED: Final = frozenset({w("ins"), w("moveTo")})
REMOVED: Final = frozenset({w("del"), w("moveFrom")})
MOVED: Final = frozenset({w("moveTo"), w("moveFrom")})
CONTROLS: Final = frozenset(map(w, (f"customXml{kind}RangeStart" for kind in ("Ins", "Del", "MoveFrom", "MoveTo"))))
"""What begins a change that puts a content control around words or takes one away: the words stay."""
_AUTHOR, _DATE = w("author"), w("date")


class Sort(StrEnum):
    """What a revision element does."""

    ADDED = "added"
    REMOVED = "removed"
    FORMAT = "format"


SORTS: Final = dict.fromkeys(ADDED, Sort.ADDED) | dict.fromkeys(REMOVED, Sort.REMOVED)
MASKS: Final = {Sort.ADDED: AFTER, Sort.REMOVED: BEFORE, Sort.FORMAT: BOTH}


@dataclass(slots=True, eq=False)
class Revision:
    """One revision element (``w:ins``, ``w:del`` …) and the atoms of its paragraph that it holds."""

    element: etree._Element | None
    """None: its paragraph was read without being parsed."""
    sort: Sort
    outer: "Revision | None" = None
    start: int = 0
    end: int = 0
    _author: str | None = None
    _at: str | None = None

    @property
    def author(self) -> str:
        """As the file has it; empty: none."""
        if self._author is None:
            self._author = "" if self.element is None else self.element.get(_AUTHOR, "")
        return self._author

    @property
    def at(self) -> str:
        """As the file has it; empty: none."""
        if self._at is None:
            self._at = "" if self.element is None else self.element.get(_DATE, "")
        return self._at

    @property
    def is_of_a_move(self) -> bool:
        """Whether it takes away what comes elsewhere, or brings it."""
        return self.element is not None and self.element.tag in MOVED


Atom: TypeAlias = tuple[str, int, str | None, int, Revision | None]
"""Characters, their marks, the file's name of a note (``"footnote:ID"``), the mask, the innermost revision."""


def content(atoms: Sequence[Atom], mask: int = BOTH) -> Text:
    """Return the atoms that stand in a view of *mask* as a text; notes are named as the file names them."""
    return joined([atom for atom in atoms if atom[3] & mask])


def joined(atoms: Sequence[Atom]) -> Text:
    """Return atoms as a text, whatever view they stand in."""
    if len(atoms) == 1:
        characters, marks, note, _, _ = atoms[0]
        return _clean((Run(characters, marks, note),))
    if not atoms:
        return ()
    alike = atoms[0][1]
    for atom in atoms:
        if atom[1] != alike or atom[2] is not None:
            return _clean(_runs(atoms))
    return _clean((Run("".join([atom[0] for atom in atoms]), alike),))


def _runs(atoms: Sequence[Atom]) -> Text:
    """Return atoms as runs, neighbours with equal marks joined."""
    runs: list[Run] = []
    written: list[str] = []
    last = 0
    for characters, marks, note, _, _ in atoms:
        if written and (marks != last or note is not None):
            runs.append(Run("".join(written), last))
            written = []
        if note is not None:
            runs.append(Run(NOTE, marks, note))
            continue
        last = marks
        written.append(characters)
    if written:
        runs.append(Run("".join(written), last))
    return tuple(runs)


def _clean(runs: Text) -> Text:
    """Return a text without what ``text`` drops; XML itself forbids most of it."""
    for run in runs:
        if run.note is None and (NOTE in run.text or "\x7f" in run.text):
            return text(*runs)
    return runs


@dataclass(slots=True)
class Inline:
    """The content of one paragraph, for both views."""

    atoms: list[Atom] = field(default_factory=list)
    boxes: list[tuple[etree._Element, int]] = field(default_factory=list)
    objects: list[tuple[Unclear, str, int]] = field(default_factory=list)
    unclear: list[tuple[Unclear, str, int]] = field(default_factory=list)
    in_contents: int = 0
    """Mask of the views in which it belongs to a table of contents."""
    revisions: list[Revision] = field(default_factory=list)
    anchors: list[tuple[str, str, int]] = field(default_factory=list)
    """Of comments: "start", "end" or "point", the comment's id, the number of atoms before it."""
    bookmarks: list[str] = field(default_factory=list)
    is_same: bool = True
    """Whether every atom stands in both views."""
    _texts: dict[int, Text] = field(default_factory=dict)
    _line_texts: dict[int, LineText] = field(default_factory=dict)

    def text(self, view: int) -> Text:
        """Return its characters in a view."""
        at = BOTH if self.is_same else view
        known = self._texts.get(at)
        if known is None:
            known = self._texts[at] = joined(self.atoms) if self.is_same else content(self.atoms, at)
        return known

    def line_text(self, view: int) -> LineText:
        """Return its words in a view, white space at the ends gone."""
        at = BOTH if self.is_same else view
        known = self._line_texts.get(at)
        if known is None:
            known = self._line_texts[at] = LineText(stripped(self.text(view)))
        return known

    @property
    def keeps(self) -> bool:
        """Whether visible words of it stand in both views."""
        return any(
            (views == BOTH or (revision is None and views)) and (note is not None or not characters.isspace())
            for characters, _, note, views, revision in self.atoms
        )

"""The tracked changes of a file, each as a person sees it: where, by whom, what it takes out and puts in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from lxml import etree

from app.docxio.atoms import AFTER, CONTROLS, Revision, Sort, joined
from app.docxio.keys import Keys
from app.docxio.pieces import Piece
from app.docxio.reader import Source
from app.docxio.stories import Cell, Paragraph, Row, Story, Table
from app.docxio.understanding import NotUnderstood, Unclear
from app.docxio.word_comments import CommentReader
from app.docxio.wordml import EQUATION_TEXT, FALLBACK, P, T, w
from app.text.runs import PARAGRAPH_BREAK, Run, Text, plain, text

_DEL_TEXT = w("delText")
_FORMS = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange",
)  # fmt: skip
_OLD_PROPERTIES = frozenset(map(w, _FORMS))
_TRACKED = (*map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", *_FORMS)), *CONTROLS)
_NOWHERE = ("", "")


class Operation(StrEnum):
    """What a tracked change does."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    INSERT_PROVISION = "insert_provision"
    DELETE_PROVISION = "delete_provision"
    MOVE = "move"
    """A whole provision stands elsewhere; it may have other words there."""
    SPLIT = "split"
    """A paragraph mark put into a provision: its first half keeps the key, the other is a new provision."""
    MERGE = "merge"
    """A paragraph mark taken out: the first provision keeps the key, the following is deleted."""
    FORMAT = "format"
    """The look alone: character and paragraph properties, numbering, content controls; listed only."""


class TrackedChange(NamedTuple):
    """One change as a person sees it.

    Attributes:
        id: "c1", "c2" … in reading order.
        provision: Key of the provision in ``before`` if it is there, else in ``after``; empty: none holds it.
        cell: Name of the part it stands in; empty for the provision's own words.
        author: As the file has it: a remark, no proof; empty: none.
        at: As the file has it (local time by Word's habit, although written with Z); empty: none.
        operation: What it does.
        removed: The words it takes out.
        added: The words it puts in.
        comments: Ids of the comments on it.
        elements: How many elements of the file (``w:ins``, ``w:del`` …) it gathers.
    """

    id: str
    provision: str
    cell: str
    author: str
    at: str
    operation: Operation
    removed: Text = ()
    added: Text = ()
    comments: tuple[str, ...] = ()
    elements: int = 1

    @property
    def is_of_look(self) -> bool:
        """Whether it changes no word: the look, an empty paragraph."""
        if self.operation in (Operation.INSERT, Operation.DELETE):
            return not (plain(self.removed) + plain(self.added)).strip()
        return self.operation is Operation.FORMAT


_ADDED, _FORMAT = Sort.ADDED, Sort.FORMAT
_OPERATIONS = {Sort.ADDED: Operation.INSERT, Sort.REMOVED: Operation.DELETE, Sort.FORMAT: Operation.FORMAT}


@dataclass(frozen=True)
class FoundChanges:
    """The changes, and every revision element they gather, of those that were parsed."""

    changes: tuple[TrackedChange, ...]
    elements: frozenset[etree._Element]


@dataclass(slots=True, eq=False)
class _Change:
    """A change while its revisions are being gathered."""

    provision: str
    cell: str
    operation: Operation
    revisions: list[Revision]
    removed: list[Run | str] = field(default_factory=list)
    added: list[Run | str] = field(default_factory=list)
    comments: Mapping[str, None] = field(default_factory=dict)


def find_changes(stories: Iterable[tuple[str, Story]], keys: Keys, comments: CommentReader) -> FoundChanges:
    """Return the changes of the stories in reading order."""
    finder = _Finder(keys, comments)
    for _, story in stories:
        finder.read(story)
    return finder.found()


class _Finder:
    """Walks the stories once."""

    def __init__(self, keys: Keys, comments: CommentReader) -> None:
        self._comments = comments
        self._before, self._after = keys.places_before, keys.places_after
        self._notes = {p.anchor: key for view in (keys.before, keys.after) for p, key in view.items()}
        self._whole = _wholes(keys)
        self._gathered: dict[str, _Change] = {}
        self._changes: list[_Change] = []
        self._cell_change: _Change | None = None
        """That of the cell being read, where all of it comes or goes."""
        self._last = ""

    def read(self, story: Story) -> None:
        """Take in the changes of a story."""
        for at, block in enumerate(story):
            if isinstance(block, Paragraph):
                following = story[at + 1] if at + 1 < len(story) else None
                self._paragraph(block, following)
            elif isinstance(block, Table):
                self._table(block)

    def found(self) -> FoundChanges:
        """Return what was found."""
        changes = tuple([self._finished(at, change) for at, change in enumerate(self._changes, 1)])
        told = [r.element for c in self._changes for r in c.revisions if r.element is not None]
        return FoundChanges(changes, frozenset(told))

    def _finished(self, at: int, change: _Change) -> TrackedChange:
        first = change.revisions[0]
        return TrackedChange(
            f"c{at}",
            change.provision,
            change.cell,
            first.author,
            first.at,
            change.operation,
            self._named(change.removed),
            self._named(change.added),
            tuple(change.comments),
            len(change.revisions),
        )

    def _named(self, words: list[Run | str]) -> Text:
        """Return words with their notes named by key."""
        if not words:
            return ()
        if len(words) == 1 and isinstance(run := words[0], Run) and run.note is None:
            return (run,)
        return text(
            *(
                run if isinstance(run, str) or run.note is None else run._replace(note=self._notes[run.note])
                for run in words
                if isinstance(run, str) or run.note is None or run.note in self._notes
            )
        )

    def _place(self, thing: object) -> tuple[str, str]:
        """Return key and cell of a paragraph, row or table: before the changes if it is there, else after."""
        place = self._before.get(thing) or self._after.get(thing)
        if place is None:
            return self._last, ""
        self._last = place[0]
        return place

    # -- tables

    def _table(self, table: Table) -> None:
        self._format(*self._place(table), table.revisions)
        for row in table.rows:
            key, _ = self._place(row)
            self._format(key, "", row.revisions)
            marks = [r for r in row.revisions if r.sort is not Sort.FORMAT]
            if marks and not (key in self._whole and self._gather(key, marks)):
                self._changes += [_Change(key, "", _OPERATIONS[r.sort], [r]) for r in marks]
            for cell in row.cells:
                self._cell(cell, row)

    def _cell(self, cell: Cell, row: Row) -> None:
        first = next((b for b in cell.story if isinstance(b, Paragraph)), None)
        key, name = self._place(row if first is None else first)
        self._format(key, name, cell.revisions)
        outer, self._cell_change = self._cell_change, None
        for revision in cell.revisions:
            if revision.sort is not Sort.FORMAT:
                self._cell_change = _Change(key, name, _OPERATIONS[revision.sort], [revision])
                self._changes.append(self._cell_change)
        self.read(cell.story)
        self._cell_change = outer

    def _is_of_cell(self, revision: Revision) -> bool:
        """Gather a revision into the change of the cell it stands in, if that comes or goes by the same hand."""
        change = self._cell_change
        if change is None or revision.outer is not None:
            return False
        first = change.revisions[0]
        if (revision.sort, revision.author) != (first.sort, first.author):
            return False
        change.revisions.append(revision)
        return True

    # -- paragraphs

    def _paragraph(self, paragraph: Paragraph, following: object) -> None:
        key, cell = self._place(paragraph)
        inline = paragraph.inline
        if inline.revisions:
            self._words(paragraph, key, cell)
        elif paragraph.mask != 3 and key in self._gathered:
            self._take_words(self._gathered[key], paragraph, None)
        if paragraph.revisions:
            self._marks(paragraph, following, key, cell)
        if inline.revisions or paragraph.revisions:
            self._format(key, cell, [*paragraph.revisions, *inline.revisions])
        for box, _ in paragraph.boxes:
            self.read(box)

    def _words(self, paragraph: Paragraph, key: str, cell: str) -> None:
        """Take in the changes of a paragraph's words: neighbours by one author are one change."""
        group: list[Revision] = []
        author = ""
        for revision in paragraph.inline.revisions:
            if revision.sort == _FORMAT or self._is_gathered(revision, paragraph):
                continue
            own = revision.author
            if group and (revision.outer or group[-1].outer or revision.start != group[-1].end or own != author):
                self._group(paragraph, key, cell, group)
                group = []
            group.append(revision)
            author = own
        if group:
            self._group(paragraph, key, cell, group)

    def _is_gathered(self, revision: Revision, paragraph: Paragraph) -> bool:
        """Gather a revision into the change of a whole provision or cell, if it is part of one."""
        if self._is_of_cell(revision):
            assert self._cell_change is not None
            self._take_words(self._cell_change, paragraph, revision)
            return True
        if not self._whole or revision.outer is not None:
            return False
        places_ = self._before if revision.sort is Sort.REMOVED else self._after
        key, _ = places_.get(paragraph, _NOWHERE)
        if key not in self._whole or not self._gather(key, [revision]):
            return False
        self._take_words(self._gathered[key], paragraph, revision)
        return True

    def _gather(self, key: str, revisions: list[Revision]) -> bool:
        """Gather revisions into the change of a whole provision; False: they are another author's."""
        change = self._gathered.get(key)
        if change is None:
            change = self._gathered[key] = _Change(key, "", self._whole[key], [])
            self._changes.append(change)
        elif change.revisions[0].author != revisions[0].author:
            return False
        change.revisions += revisions
        return True

    def _take_words(self, change: _Change, paragraph: Paragraph, revision: Revision | None) -> None:
        atoms = paragraph.inline.atoms
        start, end = (0, len(atoms)) if revision is None else (revision.start, revision.end)
        is_added = paragraph.mask == AFTER if revision is None else revision.sort is Sort.ADDED
        taken = change.added if is_added else change.removed
        words = joined(atoms[start:end])
        if taken and words and start == 0:
            taken.append(PARAGRAPH_BREAK)
        taken += words
        change.comments = {**change.comments, **dict.fromkeys(self._comments.on(paragraph, start, end))}

    def _group(self, paragraph: Paragraph, key: str, cell: str, group: list[Revision]) -> None:
        """Make one change of neighbouring revisions by one author."""
        first = group[0].sort
        change = _Change(key, cell, _OPERATIONS[first], group)
        for revision in group:
            words = joined(paragraph.inline.atoms[revision.start : revision.end])
            if revision.sort == _ADDED:
                change.added += words
            else:
                change.removed += words
            if revision.sort != first:
                change.operation = Operation.REPLACE
        change.comments = dict.fromkeys(self._comments.on(paragraph, group[0].start, group[-1].end))
        self._changes.append(change)

    def _marks(self, paragraph: Paragraph, following: object, key: str, cell: str) -> None:
        """Take in the changes of a paragraph's mark: part of a whole provision's, a split, a merge, an empty line."""
        for revision in paragraph.revisions:
            if revision.sort is Sort.FORMAT:
                continue
            places_ = self._before if revision.sort is Sort.REMOVED else self._after
            own, next_ = places_.get(paragraph, _NOWHERE)[0], places_.get(following, _NOWHERE)[0]
            if any(k in self._whole and self._gather(k, [revision]) for k in (own, next_)) or self._is_of_cell(
                revision
            ):
                continue
            change = self._change_of_mark(revision, key, cell, is_between=bool(own and next_))
            if isinstance(following, Table):
                change = _Change(key, cell, Operation.FORMAT, [revision])
            end = len(paragraph.inline.atoms)
            change.comments = dict.fromkeys(self._comments.on(paragraph, end, end))
            self._changes.append(change)

    @staticmethod
    def _change_of_mark(revision: Revision, key: str, cell: str, *, is_between: bool) -> _Change:
        """Return a split or merge; where the mark is not between two provisions, an empty paragraph comes or goes."""
        is_removed = revision.sort is Sort.REMOVED
        if is_between:
            return _Change(key, cell, Operation.MERGE if is_removed else Operation.SPLIT, [revision])
        change = _Change(key, cell, _OPERATIONS[revision.sort], [revision])
        (change.removed if is_removed else change.added).append(PARAGRAPH_BREAK)
        return change

    def _format(self, key: str, cell: str, revisions: list[Revision]) -> None:
        """List changes of the look: one for each author."""
        by_author: dict[str, list[Revision]] = {}
        for revision in revisions:
            if revision.sort is Sort.FORMAT:
                by_author.setdefault(revision.author, []).append(revision)
        self._changes += [_Change(key, cell, Operation.FORMAT, found) for found in by_author.values()]


def _wholes(keys: Keys) -> dict[str, Operation]:
    """Return the keys of provisions that come, go or move whole; what was merged or split off still has its words."""
    before, after = set(keys.before.values()), set(keys.after.values())
    found = dict.fromkeys(keys.moved, Operation.MOVE)
    for view, others, operation in (
        (keys.before, after, Operation.DELETE_PROVISION),
        (keys.after, before, Operation.INSERT_PROVISION),
    ):
        for piece, key in view.items():
            if key not in others and not _keeps(piece):
                found[key] = operation
    return found


def _keeps(piece: Piece) -> bool:
    return piece.anchor is None and any(p.inline.keeps for p in piece.paragraphs)


def unread_changes(source: Source, told: frozenset[etree._Element], keys: Keys) -> tuple[NotUnderstood, ...]:
    """Return a remark for each revision element that no change gathers: in equations, in headers and footers.

    Copies are passed over: the second branch of alternate content, old properties.
    """
    found: list[NotUnderstood] = []
    holders: dict[etree._Element, str] = {}
    for root in (source.root, *source.notes.roots.values(), *source.package.beside("header", "footer")):
        for element in [e for e in root.iter(*_TRACKED) if e not in told]:
            above = list(element.iterancestors())
            if any(a.tag == FALLBACK or a.tag in _OLD_PROPERTIES for a in above):
                continue
            holders = holders or _holders(keys)
            key = next((holders[a] for a in above if a.tag == P and a in holders), "")
            words = "".join(t.text or "" for t in element.iter(T, _DEL_TEXT, EQUATION_TEXT))
            found.append(NotUnderstood(key, Unclear.UNREAD_CHANGE, words))
    return tuple(found)


def _holders(keys: Keys) -> dict[etree._Element, str]:
    where = keys.places_after | keys.places_before
    return {p.element: key for p, (key, _) in where.items() if isinstance(p, Paragraph)}


def tracked_elements(roots: Iterable[etree._Element]) -> Mapping[str, int]:
    """Return how many revision elements parts hold, by local name; copies are passed over."""
    counts: dict[str, int] = {}
    for root in roots:
        for element in root.iter(*_TRACKED):
            if not any(a.tag == FALLBACK or a.tag in _OLD_PROPERTIES for a in element.iterancestors()):
                name = etree.QName(element).localname
                counts[name] = counts.get(name, 0) + 1
    return counts

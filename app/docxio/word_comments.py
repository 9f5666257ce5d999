"""The comments of a file: their words, threads, and what each of them stands at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from app.docxio.atoms import AFTER, BEFORE
from app.docxio.keys import Keys
from app.docxio.reader import Source
from app.docxio.stories import Paragraph, Story, StoryReader, paragraphs_in
from app.docxio.wordml import ID, P, w
from app.text.runs import plain

_COMMENT, _AUTHOR, _DATE = w("comment"), w("author"), w("date")
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class WordComment:
    """One comment.

    Attributes:
        id: As the file has it.
        author: As the file has it; empty: none.
        at: As the file has it; empty: none.
        text: Its words, their own tracked changes accepted; paragraphs divided by line feeds.
        provision: Key of the provision it stands in, as for changes; empty: none.
        cell: Name of the part it stands in; empty for the provision's own words.
        quoted: The words its range covers, deleted ones among them; empty: it marks a point.
        parent: Id of the comment it answers; None: it begins a thread.
        resolved: Whether the thread is marked as done.
    """

    id: str
    author: str
    at: str
    text: str
    provision: str
    cell: str
    quoted: str
    parent: str | None
    resolved: bool


class CommentReader:
    """Finds where comments stand, then reads them."""

    def __init__(self, source: Source, stories: Iterable[tuple[str, Story]]) -> None:
        self._source = source
        self._ranges: dict[Paragraph, list[tuple[str, int, int]]] = defaultdict(list)
        self._quoted: dict[str, list[str]] = defaultdict(list)
        self._first: dict[str, Paragraph] = {}
        if source.package.related("comments") is None:
            return
        for _, story in stories:
            self._find(story)

    def on(self, paragraph: Paragraph, start: int, end: int) -> list[str]:
        """Return the ids of the comments on the atoms from *start* to *end* of a paragraph."""
        if not self._ranges:
            return []
        return [
            name
            for name, begins, ends in self._ranges.get(paragraph, ())
            if (begins < end and ends > start) or begins == ends == end or start == end == begins
        ]

    def read(self, keys: Keys) -> tuple[WordComment, ...]:
        """Return every comment, each answer after what it answers."""
        root = self._source.package.related("comments")
        if root is None:
            return ()
        elements = {element.get(ID, ""): element for element in root.iterchildren(_COMMENT)}
        threads = self._threads(elements)
        stories = StoryReader(self._source.styles)
        found: dict[str, WordComment] = {}
        for name, element in elements.items():
            lines = [plain(p.inline.text(AFTER)) for p in paragraphs_in(stories.read(element))]
            parent, is_done = threads.get(name, (None, False))
            holder = self._first.get(name)
            key, cell = ("", "") if holder is None else _place(holder, keys)
            found[name] = WordComment(
                id=name,
                author=element.get(_AUTHOR, ""),
                at=element.get(_DATE, ""),
                text="\n".join(lines).strip(),
                provision=key,
                cell=cell,
                quoted="\n".join(self._quoted.get(name, ())),
                parent=parent,
                resolved=is_done,
            )
        return tuple(_threaded(found))

    def _find(self, story: Story) -> None:
        """Note the ranges of a story; one that never ends is its beginning alone."""
        every = list(paragraphs_in(story))
        ended = {name for p in every for kind, name, _ in p.inline.anchors if kind == "end"}
        open_: dict[str, int] = {}
        for paragraph in every:
            if not paragraph.inline.anchors and not open_:
                continue
            open_ = dict.fromkeys(open_, 0)
            for kind, name, at in paragraph.inline.anchors:
                if kind == "start" and name in ended:
                    open_[name] = at
                elif kind == "end" and name in open_:
                    self._take(paragraph, name, open_.pop(name), at)
                elif kind == "point" and name not in self._quoted:
                    self._ranges[paragraph].append((name, at, at))
                self._first.setdefault(name, paragraph)
            for name, start in open_.items():
                self._take(paragraph, name, start, len(paragraph.inline.atoms))

    def _take(self, paragraph: Paragraph, name: str, start: int, end: int) -> None:
        if end > start:
            self._ranges[paragraph].append((name, start, end))
            # Deleted words are quoted too, so nothing is filtered by view.
            self._quoted[name].append("".join(atom[0] for atom in paragraph.inline.atoms[start:end]))

    def _threads(self, elements: dict[str, etree._Element]) -> dict[str, tuple[str | None, bool]]:
        """Return id to the id of what a comment answers, and whether its thread is done."""
        extended = self._source.package.related("commentsExtended")
        if extended is None:
            return {}
        paragraph_ids = {}
        for name, element in elements.items():
            for paragraph in element.iter(P):
                paragraph_ids[paragraph.get(_PARAGRAPH_ID, "")] = name
        said: dict[str, tuple[str | None, bool]] = {}
        for entry in extended:
            own = paragraph_ids.get(entry.get(f"{_EXTENDED}paraId", ""))
            if own is not None:
                parent = paragraph_ids.get(entry.get(f"{_EXTENDED}paraIdParent", "?"))
                said[own] = (None if parent == own else parent, entry.get(f"{_EXTENDED}done") in ("1", "true", "on"))
        return {name: (parent, _is_done(name, said)) for name, (parent, _) in said.items()}


def _place(paragraph: Paragraph, keys: Keys) -> tuple[str, str]:
    """Return key and cell of a paragraph: before the changes if anything of it is there, else after."""
    views = [keys.places_before, keys.places_after]
    if not paragraph.mark & BEFORE and not any(atom[3] & BEFORE for atom in paragraph.inline.atoms):
        views.reverse()
    return views[0].get(paragraph) or views[1].get(paragraph) or ("", "")


def _is_done(name: str, said: dict[str, tuple[str | None, bool]]) -> bool:
    """Whether a comment or anything it answers is marked as done; a circle is cut."""
    seen: set[str] = set()
    current: str | None = name
    while current is not None and current in said and current not in seen:
        seen.add(current)
        if said[current][1]:
            return True
        current = said[current][0]
    return False


def _threaded(found: dict[str, WordComment]) -> list[WordComment]:
    """Return comments in the order of the file, each followed by its answers."""
    answers: dict[str | None, list[WordComment]] = defaultdict(list)
    for comment in found.values():
        answers[comment.parent if comment.parent in found else None].append(comment)
    ordered: dict[str, WordComment] = {}
    stack = list(reversed(answers[None]))
    while stack:
        comment = stack.pop()
        if comment.id not in ordered:
            ordered[comment.id] = comment
            stack += reversed(answers[comment.id])
    return [*ordered.values(), *(c for c in found.values() if c.id not in ordered)]

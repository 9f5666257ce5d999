"""A draft's own Word file, opened to be written into: where each provision of an edition stands in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from lxml import etree

from app.docxio.archive import LIMITS, Limits
from app.docxio.cell_numbers import without_numbers
from app.docxio.gate import check_directory
from app.docxio.inline import Changes
from app.docxio.own_characters import Characters, Walker
from app.docxio.own_counted import stands_in
from app.docxio.own_package import packed
from app.docxio.own_parts import MAIN, OwnParts, own_parts
from app.docxio.own_text import Index, NotItsFile, Span
from app.docxio.own_traces import untraced
from app.docxio.package import parse
from app.docxio.sites import Site, Sited, read_sited
from app.docxio.understanding import Understood
from app.docxio.word_styles import Styles
from app.docxio.wordml import P, w
from app.text.provision import Edition, Kind, Provision, States
from app.text.runs import plain

_ELEMENTS = {Kind.TABLE: "tbl", Kind.ROW: "tr"}


@dataclass(slots=True)
class Where:
    """Where one provision stands.

    Attributes:
        member: The part, below ``word/``'s names of our own.
        span: Its table or row, or its (last) paragraph; of a note, None.
        stretches: Part of the provision to (number of the paragraph in its part, first character, last).
    """

    member: str
    span: Span | None
    stretches: Mapping[str, Sequence[tuple[int, int, int]]]


class Story:
    """One part that is written into: its text, its paragraphs, rows and tables."""

    def __init__(self, written: str, hidden_styles: Collection[str]) -> None:
        self.written = written
        index = Index(written, ("p", "tbl", "tr", "tc"))
        self.paragraphs = index.named("p")
        self.rows = index.named("tr")
        self.tables = index.named("tbl")
        self.cells: dict[int, list[Span]] = {}
        for cell in index.named("tc"):
            if cell.parent is not None:
                self.cells.setdefault(cell.parent.start, []).append(cell)
        self.numbers = {span.start: number for number, span in enumerate(self.paragraphs)}
        self._starts = [span.start for span in self.paragraphs]
        self._walker = Walker(written, hidden_styles)
        self._walked: dict[int, Characters] = {}

    def characters(self, number: int) -> Characters:
        """Return the characters of a paragraph."""
        found = self._walked.get(number)
        if found is None:
            span = self.paragraphs[number]
            found = self._walked[number] = self._walker.walk(span.start, span.end)
        return found

    def inside(self, span: Span) -> list[int]:
        """Return the numbers of the paragraphs in a row or a cell."""
        first = bisect_right(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [n for n in range(first, last) if self.paragraphs[n].end < span.end]


@dataclass(eq=False)
class OwnFile:
    """A file opened for an edition.

    Attributes:
        stories: Member to text that is written into: the document and the footnotes.
        where: Key to place, for each provision of the edition but fixed ones that were not found.
    """

    edition: Edition
    parts: OwnParts
    stories: dict[str, Story] = field(default_factory=dict)
    where: dict[str, Where] = field(default_factory=dict)


def open_own_file(
    source: bytes,
    edition: Edition,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    changes: Changes = "accepted",
    limits: Limits = LIMITS,
) -> OwnFile:
    """Return a draft's own file, opened to be written into.

    Call it in the limited process: the file is somebody's.

    Args:
        source: The Word file, as it was uploaded or as it went out before.
        edition: The text that stands in it.
        states: Code to names of states and groups, for cells and paragraphs that hold sets of states.
        changes: How the file's own tracked changes were taken when the edition was read from it.

    Raises:
        NotItsFile: The text does not stand in the file, or the file cannot be written into.
        FileRefused: It is no Word file.
    """
    own, sited = read_own_file(source, states=states, changes=changes, limits=limits)
    own.edition = edition
    pairs = _pairs(edition, sited.understood)
    find_places(own, sited, pairs)
    if not all(_is_same(p, pairs[p.key], _words) or _is_there(own, p) for p in edition if p.key in pairs):
        raise NotItsFile("words")
    return own


def read_own_file(
    source: bytes,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    changes: Changes = "accepted",
    limits: Limits = LIMITS,
) -> tuple[OwnFile, Sited]:
    """Return a file as it says it is read, its places yet to be found, and the reading; as ``open_own_file``.

    Raises:
        NotItsFile: It cannot be written into.
        FileRefused: It is no Word file.
    """
    parts = own_parts(check_directory(source, "", limits), changes)
    sited = read_sited(packed(parts, compress=False), states=states, changes="accepted", limits=limits)
    own = OwnFile(sited.understood.edition(), parts)
    hidden = _hidden_styles(parts)
    for member, written in {MAIN: parts.document, **parts.stories}.items():
        kept = {identity: relation.kind for identity, relation in parts.relations.get(member, {}).items()}
        clean = untraced(written, kept)
        if member == MAIN:
            parts.document = clean
        else:
            parts.stories[member] = clean
        if member in (MAIN, "word/footnotes.xml", "word/endnotes.xml"):
            own.stories[member] = Story(clean, hidden)
    return own, sited


def _hidden_styles(parts: OwnParts) -> set[str]:
    content = parts.others.get("word/styles.xml")
    if content is None or b"vanish" not in content:
        return set()
    root = parse(content, "styles")
    styles = Styles(root)
    ids = [element.get(w("styleId"), "") for element in root.iterfind(w("style"))]
    return {identity for identity in ids if styles.get(identity).look.hidden}


def find_places(
    own: OwnFile,
    sited: Sited,
    pairs: Mapping[str, Provision],
    columns: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Note where each provision of the edition stands.

    Args:
        pairs: Key of the edition to the provision of the reading.
        columns: Key of a table or row to the names of the reading's columns in the edition.
    """
    numbers = {member: _Numbers(root, own.stories.get(member)) for member, root in sited.roots.items()}
    for key, found in pairs.items():
        site = sited.sites[found.key]
        own.where[key] = numbers[site.part].where(site, found.kind, (columns or {}).get(key, {}))


class _Numbers:
    """Turns elements of a tree into spans of the text it was parsed from."""

    def __init__(self, root: etree._Element, story: Story | None) -> None:
        if story is None or sum(1 for _ in root.iter(P)) != len(story.paragraphs):
            raise NotItsFile("paragraphs")
        self._story = story
        self._spans: dict[etree._Element, Span] = {}
        for name, spans in (("p", story.paragraphs), ("tr", story.rows), ("tbl", story.tables)):
            self._spans |= dict(zip(root.iter(w(name)), spans, strict=True))

    def where(self, site: Site, kind: Kind, names: Mapping[str, str]) -> Where:
        """Return a site as places in the text, its columns under other *names*."""
        stretches = {
            names.get(name, name): [(s.number, s.start, s.end) for s in found] for name, found in site.stretches.items()
        }
        span = None if kind is Kind.FOOTNOTE else self._spans.get(site.element)
        return Where(site.part, span, stretches)


def _pairs(edition: Edition, read: Understood) -> dict[str, Provision]:
    """Return key of the edition to the provision of the file that it is: by bookmark, else by text and order.

    Numbers at the head of a cell's paragraphs do not count here: Word may have counted them on.

    Raises:
        NotItsFile: Some words stand in one of them alone.
    """
    ours = list(edition)
    theirs = list(read.texts)
    known = {p.key: p for p in theirs}
    pairs = {p.key: known[p.key] for p in ours if p.key in known and _is_same(p, known[p.key], _uncounted)}
    taken = {p.key for p in pairs.values()}
    left = [p for p in ours if p.key not in pairs]
    rest = [p for p in theirs if p.key not in taken]
    if left:
        matcher = SequenceMatcher(None, [_uncounted(p) for p in left], [_uncounted(p) for p in rest], autojunk=False)
        for i, j, count in matcher.get_matching_blocks():
            pairs |= {left[i + at].key: rest[j + at] for at in range(count)}
    taken = {p.key for p in pairs.values()}
    if any(p.key not in pairs and p.kind is not Kind.FIXED for p in ours):
        raise NotItsFile("words")
    if any(p.key not in taken and p.kind is not Kind.FIXED for p in theirs):
        raise NotItsFile("words")
    return pairs


def _is_same(one: Provision, other: Provision, told: Callable[[Provision], object]) -> bool:
    """Whether what is *told* of two provisions is the same; where they have the same parts, it need not be asked."""
    return (one.kind is other.kind and one.parts == other.parts) or told(one) == told(other)


def _is_there(own: OwnFile, provision: Provision) -> bool:
    """Whether a row stands in the file but for the numbers that Word counts."""
    where = own.where[provision.key]
    story = own.stories[where.member]
    for name, content in provision.parts.items():
        written = [story.characters(n).text[a:b] for n, a, b in where.stretches.get(name, ())]
        if written and not isinstance(content, States) and not stands_in(plain(content), written):
            return False
    return True


def _uncounted(provision: Provision) -> tuple[object, ...]:
    """Return what ``_words`` does, a row's without the numbers at the head of its cells' paragraphs."""
    if provision.kind is not Kind.ROW:
        return _words(provision)
    return _words(
        replace(provision, parts={name: without_numbers(content) for name, content in provision.parts.items()})
    )


def _words(provision: Provision) -> tuple[object, ...]:
    """Return what a provision must have in common with its place in the file."""
    kind = provision.kind if provision.kind in (Kind.TABLE, Kind.ROW, Kind.FOOTNOTE, Kind.FIXED) else None
    if kind is Kind.FIXED:
        return (kind,)
    parts = {
        name: tuple(sorted(content.members)) if isinstance(content, States) else plain(content)
        for name, content in provision.parts.items()
        if not isinstance(content, States) or content.members
    }
    return kind, tuple(sorted((name, words) for name, words in parts.items() if words))

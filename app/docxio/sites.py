"""Where in a Word file the words of each provision stand, for whoever writes into the same file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from app.docxio.archive import LIMITS, Limits
from app.docxio.atoms import AFTER, BEFORE, View
from app.docxio.gate import check_directory
from app.docxio.inline import Changes
from app.docxio.keys import bookmark_keys
from app.docxio.package import Package
from app.docxio.pieces import Piece
from app.docxio.reader import Source, read_view
from app.docxio.state_names import StateNames
from app.docxio.stories import Paragraph, Row, Table
from app.docxio.understanding import Understood
from app.docxio.wordml import P
from app.text.provision import STATES, TEXT, Kind, States
from app.text.runs import PARAGRAPH_BREAK, plain


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Characters of one ``w:p`` that a provision's words were read from.

    Characters are counted as the reader reads the paragraph in the view asked for (``inline.InlineReader``):
    those of ``w:t``, one for each tab, break, sign and footnote reference; nothing for what is hidden, for field
    codes, for what the view leaves out, and for characters that ``text.runs.text`` drops.

    Attributes:
        paragraph: The element.
        number: Its place among all ``w:p`` of its part in document order, from 0.
        start: Characters before the provision's words: white space, a label typed by hand.
        end: Characters up to the end of the provision's words.
    """

    paragraph: etree._Element
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Where one provision stands.

    Attributes:
        part: Name of the part in the package: ``word/document.xml``, ``word/footnotes.xml`` …
        element: The ``w:p`` (the last one where a deleted mark joins several), ``w:tr``, ``w:tbl`` or ``w:footnote``.
        stretches: Name of a provision's part ("text", "states", a column's key) to the stretches it was read from, in
            order. Breaks that the reader puts between two paragraphs (``PARAGRAPH_BREAK``), automatic
            labels in front of a cell's words and tabs between the cells of a nested table belong to no
            stretch; paragraphs without words have an empty one. Elsewhere the characters of a part's
            stretches, one after the other, are the part's text.
    """

    part: str
    element: etree._Element
    stretches: Mapping[str, tuple[Stretch, ...]]


@dataclass(frozen=True, eq=False)
class Sited:
    """A draft with the sites of its provisions.

    Attributes:
        understood: The draft; a provision that carries our bookmark has that key, others p1, p2 … by position.
        sites: Key to site, for every provision.
        roots: Name of the part to the root of its tree; the elements of ``sites`` are in these trees.
    """

    understood: Understood
    sites: Mapping[str, Site]
    roots: Mapping[str, etree._Element]


def read_sited(
    data: bytes,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    changes: Changes = "rejected",
    limits: Limits = LIMITS,
) -> Sited:
    """Return a draft as ``reader.read_draft`` reads it, with bookmark keys, and where its words stand.

    Raises:
        FileRefused: It is no Word document.
    """
    source = Source(Package(check_directory(data, "", limits)), is_whole=True)
    draft = read_view(source, StateNames(states or {}), AFTER if changes == "accepted" else BEFORE)
    keys = bookmark_keys(draft.pieces)
    understood = draft.understood(keys)
    roots = {source.package.main: source.root} | source.notes.roots
    sites = _Sites(AFTER if changes == "accepted" else BEFORE, source, roots)
    return Sited(understood, {keys[piece]: sites.of(piece) for piece in draft.pieces}, roots)


class _Sites:
    """Finds the sites of pieces of one view."""

    def __init__(self, view: View, source: Source, roots: Mapping[str, etree._Element]) -> None:
        self._view = view
        self._source = source
        self._numbers = {p: at for root in roots.values() for at, p in enumerate(root.iter(P))}

    def of(self, piece: Piece) -> Site:
        """Return where a piece was read from."""
        stretches = {
            name: tuple(self._stretch(p) for line in lines for p in line.paragraphs)
            for name, lines in piece.lines.items()
        }
        # A row over all columns may begin with a label that was typed, as a line does.
        is_line = piece.kind not in (Kind.TABLE, Kind.ROW, Kind.FOOTNOTE, Kind.FIXED)
        if is_line or (piece.kind is Kind.ROW and piece.label and set(piece.lines) == {TEXT}):
            stretches = self._narrowed(piece, stretches[TEXT])
        part = self._source.package.main
        if isinstance(piece.anchor, str):
            part = self._source.notes.parts[piece.anchor.partition(":")[0]]
            return Site(part, self._source.notes.elements[piece.anchor], stretches)
        return Site(part, _element_of(piece, self._source), stretches)

    def _stretch(self, paragraph: Paragraph) -> Stretch:
        """Return the characters of a paragraph without the white space at its ends."""
        written = plain(paragraph.inline.text(self._view))
        end = len(written.rstrip())
        start = min(end, len(written) - len(written.lstrip()))
        return Stretch(paragraph.element, self._numbers[paragraph.element], start, end)

    def _narrowed(self, piece: Piece, whole: tuple[Stretch, ...]) -> dict[str, tuple[Stretch, ...]]:
        """Return the stretches of each part of a line: the states that join it, then its words, without its label."""
        if STATES not in piece.parts:
            return {TEXT: self._last_of(piece, TEXT, whole)}
        words = self._last_of(piece, TEXT, whole)
        before = tuple(
            replace(s, end=w.start) if w.start > s.start else s
            for s, w in zip(whole, words, strict=True)
            if w.start > s.start
        )
        return {STATES: before, TEXT: words}

    def _last_of(self, piece: Piece, part: str, whole: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """Return the stretches with as many characters from the end as a part has."""
        content = piece.parts.get(part, ())
        left = 0 if isinstance(content, States) else len(plain(content).replace(PARAGRAPH_BREAK, ""))
        found: list[Stretch] = []
        for at, stretch in enumerate(reversed(whole)):
            first, last = at == len(whole) - 1, at == 0
            length = len(plain(piece.paragraphs[len(whole) - 1 - at].inline.text(self._view)))
            start = stretch.start if first else 0
            end = stretch.end if last else length
            taken = min(left, end - start)
            found.append(Stretch(stretch.paragraph, stretch.number, end - taken, end))
            left -= taken
        return tuple(reversed(found))


def _element_of(piece: Piece, source: Source) -> etree._Element:
    if isinstance(piece.anchor, Table | Row):
        return piece.anchor.element
    paragraphs = piece.paragraphs
    return paragraphs[-1].element if paragraphs else source.root

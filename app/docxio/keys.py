"""The keys of a file's provisions: those its bookmarks carry, others by position."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.docxio.bookmarks import key_of
from app.docxio.pieces import Piece, places
from app.docxio.stories import Row, Table, paragraphs_in
from app.text.provision import Kind, States
from app.text.runs import plain


@dataclass(frozen=True)
class Keys:
    """The keys of both views; a provision that survives has one key in both."""

    before: dict[Piece, str] = field(default_factory=dict)
    after: dict[Piece, str] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    """Keys of provisions that stand elsewhere after the changes."""
    carried: frozenset[str] = frozenset()
    """Keys that stand in the file as bookmarks."""

    @cached_property
    def places_before(self) -> dict[object, tuple[str, str]]:
        """Where everything stands before the changes, as ``places`` says."""
        return places(self.before)

    @cached_property
    def places_after(self) -> dict[object, tuple[str, str]]:
        """Where everything stands after the changes, as ``places`` says."""
        return places(self.after)


def paired_keys(before: Sequence[Piece], after: Sequence[Piece]) -> Keys:
    """Return the keys of both views.

    What survives: the same row, table, note; of lines, in their order, the first after the changes that still
    has visible words of the line before them, else the one with the same paragraph mark. So the first
    half of a split, and the first of two that were merged, keep the key. Then moves by their name, and
    the same words taken out here and put in there.
    """
    shared = set(before).intersection(after)
    pairs = dict(zip(shared, shared, strict=True))
    rest = [piece for piece in before if piece not in shared], [piece for piece in after if piece not in shared]
    pairs |= _surviving(*rest)
    moved = _moved(*rest, pairs)
    pairs |= moved
    held = carried_keys(before)
    keys = _keyed(before, held)
    taken = set(keys.values())
    new = [piece for piece in after if piece not in pairs]
    carried = carried_keys(new, taken)
    taken |= set(carried.values())
    fresh = {piece: carried.get(piece) or free_key(f"n{at}", taken) for at, piece in enumerate(new, 1)}
    return Keys(
        before=keys,
        after={piece: keys[pairs[piece]] if piece in pairs else fresh[piece] for piece in after},
        moved=frozenset(keys[piece] for piece in moved.values()),
        carried=frozenset((*held.values(), *carried.values())),
    )


def _surviving(before: Sequence[Piece], after: Sequence[Piece]) -> dict[Piece, Piece]:
    """Return pieces after the changes to what they were before."""
    anchored = {piece.anchor: piece for piece in before if piece.anchor is not None}
    pairs = {piece: anchored[piece.anchor] for piece in after if piece.anchor in anchored}
    lines = [piece for piece in after if piece.anchor is None]
    holding = {p: piece for piece in lines for p in piece.paragraphs}
    rest: list[Piece] = []
    for piece in before:
        if piece.anchor is not None:
            continue
        for paragraph in piece.paragraphs:
            found = holding.get(paragraph)
            if found is not None and found not in pairs and paragraph.inline.keeps:
                pairs[found] = piece
                break
        else:
            rest.append(piece)
    ends = {piece.paragraphs[-1]: piece for piece in lines if piece not in pairs}
    for piece in rest:
        found = ends.get(piece.paragraphs[-1])
        if found is not None:
            pairs[found] = piece
    return pairs


def _moved(before: Sequence[Piece], after: Sequence[Piece], pairs: dict[Piece, Piece]) -> dict[Piece, Piece]:
    """Return pieces that stand elsewhere after the changes to what they were before."""
    survived = set(pairs.values())
    gone = [piece for piece in before if piece not in survived]
    come = [piece for piece in after if piece not in pairs]
    moved: dict[Piece, Piece] = {}
    for name_of in (_move_name, _written):
        waiting: dict[tuple[Kind, str], list[Piece]] = {}
        for piece in gone:
            waiting.setdefault((piece.kind, name_of(piece)), []).append(piece)
        for piece in come:
            same = waiting.get((piece.kind, name_of(piece))) if name_of(piece) and piece not in moved else None
            if same:
                moved[piece] = same.pop(0)
        gone = [piece for piece in gone if piece not in set(moved.values())]
    return moved


def _move_name(piece: Piece) -> str:
    if isinstance(piece.anchor, Row):
        return piece.anchor.move
    return next((p.move for p in piece.paragraphs if p.move), "") if piece.anchor is None else ""


def _written(piece: Piece) -> str:
    """Return the words by which a piece is found again; none where they are too few to tell."""
    if isinstance(piece.anchor, Table):
        rows = piece.anchor.rows
        words = "|".join(plain(p.inline.text(3)) for r in rows for c in r.cells for p in paragraphs_in(c.story))
    else:
        words = "|".join(plain(c) for _, c in sorted(piece.parts.items()) if not isinstance(c, States))
    return words if any(c.isalpha() for c in words) else ""


def bookmark_keys(pieces: Iterable[Piece]) -> dict[Piece, str]:
    """Return the key of each piece of one view: its bookmark's, else p1, p2 … by position.

    A bookmark's name counts where it stands first; a copy of it counts nothing.
    """
    every = list(pieces)
    return _keyed(every, carried_keys(every))


def _keyed(pieces: Iterable[Piece], carried: Mapping[Piece, str]) -> dict[Piece, str]:
    taken = set(carried.values())
    return {piece: carried.get(piece) or free_key(f"p{at}", taken) for at, piece in enumerate(pieces, 1)}


def free_key(wanted: str, taken: set[str]) -> str:
    """Return *wanted*, made longer until it is not among the keys *taken*; it is from then on."""
    while wanted in taken:
        wanted += "x"
    taken.add(wanted)
    return wanted


def carried_keys(pieces: Iterable[Piece], taken: Iterable[str] = ()) -> dict[Piece, str]:
    """Return the keys that pieces carry as bookmarks, each key once; those in *taken* count nothing."""
    used = set(taken)
    found: dict[Piece, str] = {}
    for piece in pieces:
        for name in _bookmarks(piece):
            key = key_of(name)
            if key and key not in used:
                used.add(key)
                found[piece] = key
                break
    return found


def _bookmarks(piece: Piece) -> Iterable[str]:
    """Return the names of the bookmarks that begin in what a piece was read from."""
    if not isinstance(piece.anchor, (Row, Table)):
        every = (p.inline.bookmarks for lines in piece.lines.values() for line in lines for p in line.paragraphs)
        return [name for names in every if names for name in names]
    names: list[str] = []
    if isinstance(piece.anchor, Table):
        names += piece.anchor.bookmarks
        rows = piece.heads
    else:
        rows = [piece.anchor]
    for row in rows:
        for cell in row.cells:
            for paragraph in paragraphs_in(cell.story):
                names += paragraph.inline.bookmarks
    return names

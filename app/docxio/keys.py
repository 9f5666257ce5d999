"""The keys of a file's provisions: those its bookmarks carry, others by position."""

from collections.abc import Iterable

from app.docxio.bookmarks import key_of
from app.docxio.pieces import Piece
from app.docxio.stories import Row, Table, paragraphs_in


def bookmark_keys(pieces: Iterable[Piece]) -> dict[Piece, str]:
    """Return the key of each piece of one view: its bookmark's, else p1, p2 … by position.

    A bookmark's name counts where it stands first; a copy of it counts nothing.
    """
    every = list(pieces)
    carried = carried_keys(every)
    taken = set(carried.values())
    return {piece: carried.get(piece) or free_key(f"p{at}", taken) for at, piece in enumerate(every, 1)}


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
    """Yield the names of the bookmarks that begin in what a piece was read from."""
    if isinstance(piece.anchor, Table):
        yield from piece.anchor.bookmarks
        rows = piece.heads
    else:
        rows = [piece.anchor] if isinstance(piece.anchor, Row) else []
    for row in rows:
        for cell in row.cells:
            for paragraph in paragraphs_in(cell.story):
                yield from paragraph.inline.bookmarks
    if not isinstance(piece.anchor, Row | Table):
        for paragraph in piece.paragraphs:
            yield from paragraph.inline.bookmarks

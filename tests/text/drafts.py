"""Small drafts and the ten delegations, for readable examples."""

from app.text.brackets import Piece, PieceKind
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose
from app.text.provision import TEXT, Edition, Kind, Place, Provision, States
from app.text.runs import plain, text
from tests.text.strategies import DELEGATIONS


def paragraph(key, words="", parent=None, level=0, label="", kind=Kind.PARAGRAPH, **parts):
    """Return a provision; other parts by name, a set stands for states."""
    made = {name: States(frozenset(c)) if isinstance(c, set) else text(c) for name, c in parts.items()}
    if words:
        made[TEXT] = text(words)
    return Provision(key, kind, level, parent, made, label)


def heading(key, words, label="", parent=None):
    return paragraph(key, words, parent, label=label, kind=Kind.HEADING)


def row(key, parent="t", label="", **cells):
    return paragraph(key, parent=parent, label=label, kind=Kind.ROW, **cells)


def table(key="t", columns=("what", "who"), parent=None):
    return Provision(key, Kind.TABLE, 0, parent, {name: text(name) for name in columns}, columns=columns)


def edition(*provisions, language="en"):
    return Edition(language, provisions)


def amend(key, words=None, level=None, **parts):
    made = {name: States(frozenset(c)) if isinstance(c, set) else text(c) for name, c in parts.items()}
    if words is not None:
        made[TEXT] = text(words)
    return Change(Operation.AMEND, key, made or None, level=level)


def delete(key, alone=False):
    return Change(Operation.DELETE, key, alone=alone)


def move(key, parent=None, after=None, words=None, level=None):
    parts = None if words is None else {TEXT: text(words)}
    return Change(Operation.MOVE, key, parts, Place(parent, after), level)


def insert(key, words, parent=None, after=None, below=()):
    """Return an insertion of a paragraph, with *below* as (key, words) under it."""
    block = [paragraph(key, words, parent), *(paragraph(k, w, key, 1) for k, w in below)]
    return Change(Operation.INSERT, key, place=Place(parent, after), block=tuple(block))


def composed(base, **wishes):
    """Return a composition; each delegation's code with its change, or list of changes."""
    return compose(base, asking(**wishes), DELEGATIONS)


def asking(**wishes):
    return [
        Wish(sponsor, change)
        for sponsor, changes in wishes.items()
        for change in (changes if isinstance(changes, list) else [changes])
    ]


def worded(provisions):
    """Return (key, words) of provisions."""
    return [(p.key, plain(p.text)) for p in provisions]


def spelled(pieces: tuple[Piece, ...]) -> str:
    """Return bracketed text on one line: struck ~so~, new *so*."""
    shapes = {PieceKind.STRUCK: "~{}~", PieceKind.NEW: "*{}*"}
    return "".join(shapes.get(piece.kind, "{}").format(plain(piece.text)) for piece in pieces)

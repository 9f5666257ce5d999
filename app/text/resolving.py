"""Resolving: the resolutions that make a given text of a base, as few and as small as can be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.text.changes import Change, Operation
from app.text.deriving import steps_between
from app.text.next_version import Resolution
from app.text.provision import Edition, Place, Provision
from app.text.structure import Outline


def resolutions_between(
    base: Edition, target: Edition, *, blocks: Mapping[str, Collection[str]], minted_from: str
) -> tuple[Resolution, ...]:
    """Return what must be decided so that the next version is *target*; ``next_edition`` gives it back.

    They stand in the order in which what comes to one place stands there. Every provision keeps its key, but
    where one of the base would have to leave behind what stands under it.

    Args:
        target: It stands under keys of the base, and free ones for what is new.
        blocks: Of what was decided already: the key of each insertion's resolution to the keys of its
            provisions. What is left of one stays with that resolution.
        minted_from: As for ``canonical.mint_key``.
    """
    changes, keys = steps_between(base, target, minted_from=minted_from)
    ranks = {key: rank for rank, key in enumerate(keys)}
    outline = Outline(base)
    owners = {key: owner for owner, inside in blocks.items() for key in inside}
    found: list[tuple[int, Resolution]] = []
    taken = set[str]()
    for change in changes:
        if change.operation is Operation.INSERT:
            for piece in _pieces(change, owners):
                name = _name(piece, owners, taken)
                found.append((ranks[piece[0].key], Resolution(name, place=change.place, block=piece)))
        else:
            found.append((ranks.get(change.key, -1), _resolution(change, outline)))
    return tuple(resolution for _, resolution in sorted(found, key=lambda one: one[0]))


def _resolution(change: Change, outline: Outline) -> Resolution:
    if change.operation is Operation.DELETE:
        return Resolution(change.key, exists=False, alone=change.alone)
    place: Place | None = change.place
    if place is None and change.level is not None:
        # It stands among what comes to its own place.
        place = outline.place(change.key)
    return Resolution(change.key, parts=change.parts, place=place, level=change.level)


def _pieces(change: Change, owners: Mapping[str, str]) -> Sequence[tuple[Provision, ...]]:
    """Return what is inserted in one run, cut before each provision that another resolution brought in.

    What stands under something stays with it.
    """
    pieces: list[list[Provision]] = []
    owner: str | None = None
    for provision in change.block:
        mine = owners.get(provision.key, "")
        inside = bool(pieces) and any(p.key == provision.parent for piece in pieces for p in piece)
        if not pieces or (mine != owner and not inside):
            pieces.append([])
            owner = mine
        pieces[-1].append(provision)
    return [tuple(piece) for piece in pieces]


def _name(piece: Sequence[Provision], owners: Mapping[str, str], taken: set[str]) -> str:
    """Return the key of the resolution of a piece: the one that brought it in, else its first provision's."""
    name = next((owners[p.key] for p in piece if p.key in owners and owners[p.key] not in taken), piece[0].key)
    taken.add(name)
    return name


def same_resolution(one: Resolution, other: Resolution) -> bool:
    """Whether two resolutions of a provision decide the same, whatever is known of where its words come from."""
    return replace(one, provenance={}) == replace(other, provenance={})

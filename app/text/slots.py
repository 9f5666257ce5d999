"""Slots: the places of a base where something new can stand between two provisions that stay."""

from collections.abc import Sequence

from app.text.provision import Place
from app.text.structure import Outline


class Slots:
    """The places of an edition, each found in a time that depends on its depth alone."""

    def __init__(self, outline: Outline, *, shared: bool = False) -> None:
        """Take a base; *shared*: several things that come to one place stand there in the order they come."""
        self._outline = outline
        self._shared = shared
        self._ranks = {key: rank for keys in outline.children.values() for rank, key in enumerate(keys)}

    def own(self, key: str) -> Place:
        """Return the place where a provision stands now."""
        parent = self._outline.provisions[self._outline.position(key)].parent
        rank = self._ranks[key]
        return Place(parent, self._outline.children[parent][rank - 1] if rank else None)

    def chain(self, last: str | None, root: str | None) -> tuple[Place, ...]:
        """Return the places right after *last*: first under it, then after it and each thing it stands under.

        Args:
            root: What must be stood under still; None: nothing.
        """
        found = [Place(last, None)]
        while last != root:
            assert last is not None
            parent = self._outline.provisions[self._outline.position(last)].parent
            found.append(Place(parent, last))
            last = parent
        return tuple(found)

    def place(self, chain: Sequence[Place], parent: str | None, limit: int, last: Place | None) -> Place | None:
        """Return a place after *last* that is not beyond the position *limit*; None where there is none.

        It is under *parent* where it can be, else under what is nearest to it: deeper first, then higher.
        """
        at = next((i for i, place in enumerate(chain) if place.parent == parent), len(chain) - 1)
        for start in (*chain[at::-1], *chain[at + 1 :]):
            found = self._after(start, limit, last)
            if found is not None:
                return found
        return None

    def _after(self, start: Place, limit: int, last: Place | None) -> Place | None:
        """Return the first place that will do of *start* and those after each sibling that follows."""
        siblings = self._outline.children.get(start.parent, ())
        rank = -1 if start.after is None else self._ranks[start.after]
        place = start
        while True:
            gap = self._outline.gap(place)
            if gap[0] > limit:
                return None
            if last is None or gap > self._outline.gap(last) or (self._shared and place == last):
                return place
            rank += 1
            if rank == len(siblings):
                return None
            place = Place(start.parent, siblings[rank])

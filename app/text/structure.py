"""Structure: an edition as a tree, its places, and the changes of one delegation applied to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.text.changes import Change, ContradictoryWishes, NotInBase, Operation
from app.text.provision import Edition, Kind, Parts, Place, Provision, States, without_empty
from app.text.runs import plain

BlockOrder = Mapping[tuple[Place, str], int]
"""Where blocks stand that share a place: (place, key of the block's first provision) to rank."""


class Outline:
    """The tree of an edition, by position in reading order.

    Attributes:
        positions: Key to position, from 0.
        ends: For each position, the position after its last descendant.
        children: Parent key (None: top level) to the keys under it, in order.
    """

    def __init__(self, edition: Edition) -> None:
        self.provisions = edition.provisions
        self.positions = {p.key: i for i, p in enumerate(edition.provisions)}
        self.ends = list(range(1, len(edition.provisions) + 1))
        self.children: dict[str | None, list[str]] = {}
        self._depths: list[int] = []
        for provision in edition.provisions:
            self.children.setdefault(provision.parent, []).append(provision.key)
            above = 0 if provision.parent is None else self._depths[self.positions[provision.parent]] + 1
            self._depths.append(above)
        for i in range(len(self.ends) - 1, -1, -1):
            parent = edition.provisions[i].parent
            if parent is not None:
                above = self.positions[parent]
                self.ends[above] = max(self.ends[above], self.ends[i])

    def position(self, key: str) -> int:
        """Return where a provision stands.

        Raises:
            NotInBase: The edition has no such provision.
        """
        try:
            return self.positions[key]
        except KeyError:
            raise NotInBase(key) from None

    def span(self, key: str) -> range:
        """Return the positions of a provision and all its descendants."""
        here = self.position(key)
        return range(here, self.ends[here])

    def place(self, key: str) -> Place:
        """Return the place where a provision stands now."""
        parent = self.provisions[self.position(key)].parent
        siblings = self.children[parent]
        rank = siblings.index(key)
        return Place(parent, siblings[rank - 1] if rank else None)

    def gap(self, place: Place) -> tuple[int, int]:
        """Return the linear gap of a place, as a sortable pair: the position it stands before, and minus its depth.

        "After K" is after the whole subtree of K; "first under P" is right after P's own
        line. Of several places at one spot the deeper parent's comes first.

        Raises:
            NotInBase: The edition has no such parent, or no such provision under it.
        """
        depth = 0 if place.parent is None else self._depths[self.position(place.parent)] + 1
        if place.after is not None:
            if self.provisions[self.position(place.after)].parent != place.parent:
                raise NotInBase(place.after)
            return self.ends[self.position(place.after)], -depth
        return (0 if place.parent is None else self.position(place.parent) + 1), -depth


def children(edition: Edition) -> dict[str | None, tuple[str, ...]]:
    """Return the keys under each provision that has any; None holds the top level."""
    return {parent: tuple(keys) for parent, keys in Outline(edition).children.items()}


def subtree(edition: Edition, key: str) -> tuple[Provision, ...]:
    """Return a provision and all its descendants, in reading order."""
    span = Outline(edition).span(key)
    return edition.provisions[span.start : span.stop]


def can_go_alone(edition: Edition, key: str) -> bool:
    """Whether a provision can go and leave what stands under it; rows and footnotes cannot stand without theirs."""
    return any(p.parent == key and p.kind not in (Kind.ROW, Kind.FOOTNOTE) for p in edition)


def ancestors(edition: Edition, key: str) -> tuple[str, ...]:
    """Return the keys of what a provision stands under, the nearest first."""
    by_key = edition.by_key()
    found = []
    parent = by_key[key].parent
    while parent is not None:
        found.append(parent)
        parent = by_key[parent].parent
    return tuple(found)


def plain_of(provisions: Iterable[Provision]) -> str:
    """Return the characters of provisions, a line for each part; blocks at one place are ordered by it."""
    return "\n".join(
        " ".join(sorted(content.members)) if isinstance(content, States) else plain(content)
        for provision in provisions
        for _, content in sorted(without_empty(provision.parts).items())
    )


@dataclass(frozen=True)
class Asked:
    """What one delegation asks for, sorted out and found free of contradiction.

    Attributes:
        deleted: Keys that go with all under them.
        unwrapped: Keys that go alone.
        moved: Key to MOVE; an AMEND that changes the level is here, as a move to its own place.
        carrier: Key to the nearest provision that moves and takes it along, itself included.
    """

    amended: dict[str, Parts] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    unwrapped: set[str] = field(default_factory=set)
    moved: dict[str, Change] = field(default_factory=dict)
    inserted: list[Change] = field(default_factory=list)
    carrier: dict[str, str] = field(default_factory=dict)

    def travels(self, place: Place) -> bool:
        """Whether a place goes along with something this delegation moves."""
        return place.parent in self.carrier


def asked(outline: Outline, changes: Iterable[Change], sponsor: str = "", allow_rescue: bool = False) -> Asked:
    """Return the changes of one delegation sorted out; NO_CHANGE and COMMENT ask for nothing.

    Args:
        allow_rescue: Whether a provision may move out of what is deleted.

    Raises:
        ContradictoryWishes: Two different wishes for one provision, a wish inside its own
            deletion, moves that would put a provision under itself, or words for states.
        NotInBase: A change names what the base does not have, or inserts what it has.
    """
    found = Asked()
    taken: dict[str, Change] = {}
    for change in changes:
        if change.operation in (Operation.NO_CHANGE, Operation.COMMENT) or taken.get(change.key) == change:
            continue
        if change.key in taken:
            raise ContradictoryWishes(change.key, "two wishes for one provision", sponsor)
        taken[change.key] = change
        if change.key in outline.positions and not _fit(outline.provisions[outline.positions[change.key]], change):
            raise ContradictoryWishes(change.key, "words where states stand, or states where words stand", sponsor)
        _sort_in(found, outline, change)
    _refuse_inside_deletion(found, outline, sponsor, allow_rescue)
    _find_carriers(found, outline, sponsor)
    return found


def _fit(base: Provision, change: Change) -> bool:
    """Whether every wished part is of the sort that the base has there: words, or states."""
    return all(
        isinstance(content, States) == isinstance(base.parts.get(name) or content, States)
        for name, content in without_empty(change.parts or {}).items()
    )


def _sort_in(found: Asked, outline: Outline, change: Change) -> None:
    if change.operation is Operation.INSERT:
        if change.key in outline.positions:
            raise NotInBase(f"free key {change.key}")
        outline.gap(_place(change))
        found.inserted.append(change)
        return
    base = outline.provisions[outline.position(change.key)]
    if change.operation is Operation.DELETE:
        (found.unwrapped if change.alone else found.deleted).add(change.key)
    elif change.operation is Operation.MOVE:
        outline.gap(_place(change))
        found.moved[change.key] = change
    elif change.level is not None and change.level != base.level:
        found.moved[change.key] = replace(change, place=outline.place(change.key))
    else:
        found.amended[change.key] = base.parts if change.parts is None else change.parts


def _place(change: Change) -> Place:
    if change.place is None:
        raise NotInBase(f"place for {change.key}")
    return change.place


def lost(outline: Outline, deleted: Collection[str], moved: Mapping[str, Place]) -> frozenset[str]:
    """Return the keys that go with what is deleted; what moves to a place that stays is rescued with all under it."""
    rescued = dict(moved)
    while True:
        gone: set[str] = set()
        for provision in outline.provisions:
            if provision.key in deleted or (provision.parent in gone and provision.key not in rescued):
                gone.add(provision.key)
        stranded = [key for key, place in rescued.items() if place.parent in gone]
        if not stranded:
            return frozenset(gone)
        for key in stranded:
            del rescued[key]


def _refuse_inside_deletion(found: Asked, outline: Outline, sponsor: str, allow_rescue: bool) -> None:
    if not found.deleted:
        return
    moved = {key: _place(change) for key, change in found.moved.items()}
    gone = lost(outline, found.deleted, moved if allow_rescue else {})
    for key in (*found.amended, *found.moved, *found.unwrapped):
        if key in gone:
            raise ContradictoryWishes(key, "a wish inside its own deletion", sponsor)
    for key in found.deleted:
        if outline.provisions[outline.position(key)].parent in gone:
            raise ContradictoryWishes(key, "a wish inside its own deletion", sponsor)
    for change in (*found.inserted, *found.moved.values()):
        if _place(change).parent in gone:
            raise ContradictoryWishes(change.key, "a place inside its own deletion", sponsor)


def _find_carriers(found: Asked, outline: Outline, sponsor: str) -> None:
    for key in sorted(found.moved, key=outline.position):
        for i in outline.span(key):
            found.carrier[outline.provisions[i].key] = key
    for key in found.moved:
        seen = {key}
        carrier = found.carrier.get(_place(found.moved[key]).parent or "")
        while carrier is not None:
            if carrier in seen:
                raise ContradictoryWishes(key, "a move under itself", sponsor)
            seen.add(carrier)
            carrier = found.carrier.get(_place(found.moved[carrier]).parent or "")


class Application:
    """One delegation's changes at work on a base.

    Blocks that share a place stand by *block_order*, then by text, then by key.
    """

    def __init__(self, outline: Outline, wishes: Asked, block_order: BlockOrder | None = None) -> None:
        self._outline = outline
        self._wishes = wishes
        self._order = block_order or {}
        self._arrivals: dict[Place, list[Change]] = {}
        for change in (*wishes.inserted, *wishes.moved.values()):
            self._arrivals.setdefault(_place(change), []).append(change)

    def provisions(self) -> tuple[Provision, ...]:
        """Return the whole text as asked for."""
        return tuple(self._under(None, 0, None))

    def block(self, change: Change) -> tuple[Provision, ...]:
        """Return what an INSERT or MOVE brings to its place; a move brings its subtree as the delegation wishes it."""
        if change.operation is Operation.INSERT:
            return change.block
        base = self._outline.provisions[self._outline.position(change.key)]
        level = base.level if change.level is None else change.level
        parts = base.parts if change.parts is None else change.parts
        moved = replace(base, parent=_place(change).parent, level=level, parts=parts)
        return (moved, *self._under(base.key, level - base.level, base.key))

    def _under(self, parent: str | None, shift: int, above: str | None) -> list[Provision]:
        """Return what stands under *parent*, now under *above*: what *parent* stood under, where it goes alone."""
        found = self._arriving(Place(parent, None), above) if self._arrivals else []
        for key in self._outline.children.get(parent, ()):
            if key in self._wishes.unwrapped:
                found += self._under(key, shift, above)
            elif key not in self._wishes.deleted and key not in self._wishes.moved:
                base = self._outline.provisions[self._outline.positions[key]]
                parts = self._wishes.amended.get(key, base.parts)
                if parts is not base.parts or above != base.parent or shift:
                    base = replace(base, parent=above, parts=parts, level=max(0, base.level + shift))
                found.append(base)
                if key in self._outline.children or self._arrivals:
                    found += self._under(key, shift, key)
            if self._arrivals:
                found += self._arriving(Place(parent, key), above)
        return found

    def _arriving(self, place: Place, above: str | None) -> list[Provision]:
        blocks = [(self.block(change), change.key) for change in self._arrivals.get(place, ())]
        blocks.sort(key=lambda one: (self._order.get((place, one[1]), 0), plain_of(one[0]), one[1]))
        every = [provision for block, _ in blocks for provision in block]
        if above == place.parent:
            return every
        return [replace(p, parent=above) if p.parent == place.parent else p for p in every]


def apply_changes(base: Edition, changes: Sequence[Change], block_order: BlockOrder | None = None) -> Edition:
    """Return the base with the changes of one delegation applied.

    DELETE (unless alone) and MOVE take the whole subtree; what the delegation amends or inserts inside a
    subtree it moves travels along, and a new level shifts the levels below by as much.
    Labels stay as they are.

    Raises:
        ContradictoryWishes, NotInBase: As ``asked`` says.
    """
    outline = Outline(base)
    return replace(base, provisions=Application(outline, asked(outline, changes), block_order).provisions())

"""Deriving: the changes that lead from a base to a text somebody wishes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.text.canonical import mint_key
from app.text.changes import Change, Operation
from app.text.matching import longest_growing, renoted
from app.text.provision import Edition, Kind, Place, Provision, States, without_empty
from app.text.slots import Slots
from app.text.structure import BlockOrder, Outline, apply_changes

_Spot: TypeAlias = tuple[Place, tuple[Provision, ...]]


def changes_between(base: Edition, wished: Edition, *, minted_from: str, shared: bool = False) -> tuple[Change, ...]:
    """Return the changes of one delegation that make *wished* of *base*, in reading order of the base.

    A provision with the same key and kind is the same; whatever else *wished* has is inserted,
    all that comes at one place as one block, under minted keys: two delegations that insert the
    same so insert the same provisions. What keeps its order stays, of the rest as much as can be
    named a place in terms of the base is moved, with what it takes along; the rest goes and comes
    anew. Parents do not count, but that a new or moved provision goes under what it stands under
    in *wished* where the base has that there. Applied to the base, the changes give the text of
    *wished*, but for minted keys.

    Args:
        minted_from: Fingerprint or public id of the base, as for ``canonical.mint_key``.
        shared: Whether several changes may come to one place, so that fewer come anew; they are applied in the
            order in which they stand (``order_of``).
    """
    derivation = _Derivation(base, wished, minted_from, shared=shared)
    changes = derivation.changes(derivation.minted())
    order = order_of(base, changes) if shared else None
    assert _same_words(apply_changes(base, changes, order), wished), "changes that do not give the text"
    return changes


def order_of(base: Edition, changes: Sequence[Change]) -> BlockOrder:
    """Return the order of what comes to one place: that in which the changes stand."""
    outline = Outline(base)
    order: dict[tuple[Place, str], int] = {}
    for rank, change in enumerate(changes):
        if change.place is not None:
            order[change.place, change.key] = rank
        elif change.operation is Operation.AMEND and change.level is not None:
            order[outline.place(change.key), change.key] = rank
    return order


def steps_between(base: Edition, target: Edition, *, minted_from: str) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the changes that make *target* of *base*, and the keys of its provisions as they leave them.

    As ``changes_between``, but that what is inserted keeps its key, unless the base has a provision under it that
    cannot move there, and that several changes may name one place: there they stand in the order of *target*.
    """
    derivation = _Derivation(base, target, minted_from, shared=True)
    keys = derivation.own_keys()
    return derivation.changes(keys), tuple(keys.get(p.key, p.key) for p in target)


def _same_words(one: Edition, other: Edition) -> bool:
    """Whether two texts are equal, keys of provisions and of footnotes apart."""
    mine, theirs = dict.fromkeys((p.key for p in one), ""), dict.fromkeys((p.key for p in other), "")
    return len(one.provisions) == len(other.provisions) and all(
        a is b
        or (
            (a.kind, a.level) == (b.kind, b.level)
            and (a.parts == b.parts or without_empty(renoted(a.parts, mine)) == without_empty(renoted(b.parts, theirs)))
        )
        for a, b in zip(one, other, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Arrival:
    """What comes to a gap as a whole.

    Attributes:
        run: Its provisions as wished.
        travelling: Of a move, the keys that go along with its first provision; None: it is inserted.
    """

    run: tuple[Provision, ...]
    travelling: frozenset[str] | None = None


class _Derivation:
    """One derivation.

    Attributes:
        kept: Keys that stay in order, or travel with what they stand under.
        moved: Key to its new place.
        blocks: What is inserted, as wished, by place.
    """

    def __init__(self, base: Edition, wished: Edition, minted_from: str, *, shared: bool = False) -> None:
        self.base, self.outline = base, Outline(base)
        self.minted_from = minted_from
        self.slots = Slots(self.outline, shared=shared)
        self.shared = shared
        self.wished = {p.key: p for p in wished}
        self.same = {p.key for p in wished if self.is_same(p)}
        self.same -= {p.key for p in wished if p.kind is Kind.ROW and p.parent not in self.same}
        self.kept: set[str] = set()
        self.moved: dict[str, Place] = {}
        self.blocks: list[_Spot] = []
        stays = self.staying()
        self.kept |= stays
        self.frame(None, wished.provisions, stays)

    # -- what is the same, and what of it stays

    def is_same(self, provision: Provision) -> bool:
        """Whether the base has the provision: of the same kind, words where it has words, a row in its table."""
        base = self.of_base(provision.key)
        if base is provision:
            return True
        if base is None or base.kind is not provision.kind:
            return False
        if base.kind is Kind.ROW and base.parent != provision.parent:
            return False
        return provision.parts == base.parts or all(
            isinstance(content, States) == isinstance(base.parts.get(name) or content, States)
            for name, content in without_empty(provision.parts).items()
        )

    def of_base(self, key: str) -> Provision | None:
        """Return a provision of the base."""
        at = self.outline.positions.get(key)
        return None if at is None else self.outline.provisions[at]

    def staying(self) -> frozenset[str]:
        """Return what keeps its order; what gets another level goes to its own place with all under it."""
        ordered = [key for key in self.wished if key in self.same]
        kept = longest_growing([self.outline.positions[key] for key in ordered])
        stays = {ordered[at] for at in kept}
        for key in list(stays):
            if self.wished[key].level != self.level(key):
                stays.difference_update(self.outline.provisions[i].key for i in self.outline.span(key))
        return frozenset(stays)

    def level(self, key: str) -> int:
        """Return the level that a provision has in the base."""
        return self.outline.provisions[self.outline.positions[key]].level

    # -- frames: the whole text, or what moves as a whole

    def frame(self, root: str | None, body: Sequence[Provision], stays: frozenset[str]) -> None:
        """Take up what stands in a frame: *stays* where they are, all else arrives between them."""
        last, arriving = root, list[Provision]()
        for provision in body:
            if provision.key not in stays:
                arriving.append(provision)
                continue
            self.gap(root, last, self.outline.positions[provision.key], arriving)
            last, arriving = provision.key, []
        end = len(self.outline.provisions) if root is None else self.outline.span(root).stop
        self.gap(root, last, end, arriving)

    def gap(self, root: str | None, last: str | None, limit: int, arriving: Sequence[Provision]) -> None:
        """Find places for what arrives after *last* and before the position *limit*."""
        if not arriving:
            return
        placed: list[tuple[Place, _Arrival]] = []
        chain = self.slots.chain(last, root)
        for arrival in self.arrivals(arriving, chain):
            parent = self.parent(arrival.run[0], chain)
            place = self.slots.place(chain, parent, limit, placed[-1][0] if placed else None)
            if place is None:  # nowhere after what comes before it: both come as one block
                place, before = placed.pop()
                arrival = _Arrival((*before.run, *arrival.run))
            placed.append((place, arrival))
        for place, arrival in placed:
            self.settle(place, arrival)

    def settle(self, place: Place, arrival: _Arrival) -> None:
        """Note an arrival as a move, with what stands in its frame, or as a block."""
        if arrival.travelling is None:
            self.blocks.append((place, arrival.run))
            return
        root, *body = arrival.run
        self.moved[root.key] = place
        self.kept |= arrival.travelling
        self.frame(root.key, body, arrival.travelling)

    def arrivals(self, arriving: Sequence[Provision], chain: Sequence[Place]) -> Iterator[_Arrival]:
        """Yield what comes to a gap, in order: each move, and what is inserted under one parent."""
        block: list[Provision] = []
        at = 0
        while at < len(arriving):
            travelling = self.travelling(arriving, at)
            if travelling is not None or (block and not self.continues(block, arriving[at], chain)):
                if block:
                    yield _Arrival(tuple(block))
                block = []
            if travelling is None:
                block.append(arriving[at])
                at += 1
            else:
                end = self.end_of_move(arriving, at, travelling)
                yield _Arrival(tuple(arriving[at:end]), travelling)
                at = end
        if block:
            yield _Arrival(tuple(block))

    def continues(self, block: Sequence[Provision], provision: Provision, chain: Sequence[Place]) -> bool:
        """Whether an inserted provision belongs to the block before it."""
        inside = any(p.key == provision.parent for p in block)
        return inside or self.parent(provision, chain) == self.parent(block[0], chain)

    def parent(self, provision: Provision, chain: Sequence[Place]) -> str | None:
        """Return what a provision is to stand under: of what it stands under as wished, the nearest that is there."""
        above = provision.parent
        there = {place.parent for place in chain}
        while above is not None and above not in there:
            above = self.wished[above].parent if above in self.wished else None
        return above

    # -- moves

    def travelling(self, arriving: Sequence[Provision], at: int) -> frozenset[str] | None:
        """Return what goes along with a provision that moves; None where it is new, or leaves behind what stays."""
        root = arriving[at].key
        if root not in self.same:
            return None
        span = self.outline.span(root)
        if len(span) == 1:
            return frozenset()
        if any(self.outline.provisions[i].key in self.kept for i in span):
            return None
        shift = arriving[at].level - self.level(root)
        found: set[str] = set()
        last = span.start
        for provision in arriving[at + 1 :]:
            position = self.outline.positions.get(provision.key, -1)
            if not last < position < span.stop or provision.key not in self.same:
                continue
            keeps_level = max(0, self.level(provision.key) + shift) == provision.level
            if keeps_level and self.is_carried(provision.key, root, found):
                found.add(provision.key)
                last = position
        return frozenset(found)

    def is_carried(self, key: str, root: str, found: set[str]) -> bool:
        """Whether all between a provision and what moves goes along, or is gone."""
        above = self.outline.provisions[self.outline.positions[key]].parent
        while above is not None and above != root and above not in found:
            if above in self.same:
                return False
            above = self.outline.provisions[self.outline.positions[above]].parent
        return True

    def end_of_move(self, arriving: Sequence[Provision], at: int, travelling: frozenset[str]) -> int:
        """Return where the frame of a move ends: after what travels, and what stands under it as wished."""
        end, under = at + 1, {arriving[at].key}
        for i in range(at + 1, len(arriving)):
            if arriving[i].parent in under:
                under.add(arriving[i].key)
            if arriving[i].key in under or arriving[i].key in travelling:
                end = i + 1
        return end

    # -- the changes

    def changes(self, keys: Mapping[str, str]) -> tuple[Change, ...]:
        """Return the changes, in reading order; *keys* are those of all that is inserted, by its key as wished."""
        found = [((self.outline.positions[c.key], 0), c) for c in (*self.deletions(), *self.rewordings(keys))]
        found += [(self.outline.gap(place), _insertion(place, run, keys)) for place, run in self.blocks]
        made = [change for _, change in sorted(found, key=lambda one: one[0])]
        return tuple(self.arranged(made, keys) if self.shared else made)

    def arranged(self, made: Sequence[Change], keys: Mapping[str, str]) -> Sequence[Change]:
        """Return changes so that what comes to one place stands in the order of the wished text."""
        ranks = {keys.get(key, key): rank for rank, key in enumerate(self.wished)}
        order: dict[str, tuple[tuple[int, int], int]] = {}
        for change in made:
            place = self.moved.get(change.key, change.place)
            here = (self.outline.positions.get(change.key, 0), 0) if place is None else self.outline.gap(place)
            order[change.key] = here, ranks.get(change.key, -1)
        return sorted(made, key=lambda change: order[change.key])

    def own_keys(self) -> dict[str, str]:
        """Return the keys of all that is inserted: its own, or a new one where the base has that."""
        new = self.minted()
        return {key: new[key] if key in self.outline.positions else key for key in new}

    def minted(self) -> dict[str, str]:
        """Return the new keys of all that is inserted, by its key as wished."""
        keys: dict[str, str] = {}
        unnamed = {p.key: "new" for _, run in self.blocks for p in run}
        for place, run in self.blocks:
            parts = [renoted(p.parts, unnamed) for p in run]
            at = (place.parent, place.after)
            keys.update({p.key: mint_key(self.minted_from, at, i, parts) for i, p in enumerate(run)})
        return keys

    def deletions(self) -> Iterator[Change]:
        """Yield a deletion of each subtree that is gone, and of each provision that goes without what is under it."""
        present = self.kept | set(self.moved)
        empty = [p.key not in present for p in self.base]
        for i in range(len(empty) - 1, -1, -1):
            parent = self.base.provisions[i].parent
            if parent is not None and not empty[i]:
                empty[self.outline.positions[parent]] = False
        for i, provision in enumerate(self.base):
            above = provision.parent is not None and empty[self.outline.positions[provision.parent]]
            if provision.key not in present and not above:
                yield Change(Operation.DELETE, provision.key, alone=not empty[i])

    def rewordings(self, keys: Mapping[str, str]) -> Iterator[Change]:
        """Yield the amendments and moves."""
        for base in self.base:
            if base.key not in self.kept and base.key not in self.moved:
                continue
            wished = self.wished[base.key]
            parts = renoted(wished.parts, keys) if keys else wished.parts
            is_same = parts is base.parts or parts == base.parts or without_empty(parts) == without_empty(base.parts)
            reworded = None if is_same else parts
            if base.key in self.moved:
                yield self.move(base, reworded, wished.level)
            elif reworded is not None:
                yield Change(Operation.AMEND, base.key, reworded)

    def move(self, base: Provision, parts: Mapping[str, object] | None, level: int) -> Change:
        """Return a move; one to its own place is an amendment of the level."""
        place = self.moved[base.key]
        new = None if level == base.level else level
        if new is not None and place == self.slots.own(base.key):
            return Change(Operation.AMEND, base.key, parts, level=new)  # type: ignore[arg-type]
        return Change(Operation.MOVE, base.key, parts, place, new)  # type: ignore[arg-type]


def _insertion(place: Place, run: Sequence[Provision], keys: Mapping[str, str]) -> Change:
    inside = {p.key for p in run}
    block = tuple(
        replace(
            p,
            key=keys[p.key],
            parent=keys[p.parent] if p.parent is not None and p.parent in inside else place.parent,
            parts=renoted(p.parts, keys),
        )
        for p in run
    )
    return Change(Operation.INSERT, block[0].key, place=place, block=block)

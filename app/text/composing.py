"""Composing: a base and the wishes of N delegations made one structure, and read back out of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from app.text.changes import Change, ContradictoryWishes, Operation, Wish
from app.text.composition import (
    ComposedBlock,
    ComposedProvision,
    ComposedStates,
    ComposedText,
    Composition,
    Insertion,
    Sponsors,
)
from app.text.differences import Tokenized
from app.text.provision import Content, Edition, Kind, Parts, Place, Provision, States, without_empty
from app.text.structure import Application, Asked, Outline, apply_changes, asked, plain_of
from app.text.tokens import Token, untokenize

_Mask: TypeAlias = int
"""A set of sponsors, bit *n* for the one of rank *n*."""
_Composed: TypeAlias = ComposedText | ComposedStates


class _Ranks:
    """Sponsors in protocol rank, unknown codes last by code; sets of them as masks."""

    def __init__(self, order: Sequence[str], sponsors: Iterable[str]) -> None:
        known = tuple(dict.fromkeys(order))
        self.codes: Sponsors = known + tuple(sorted(set(sponsors) - set(known)))
        self._sets: dict[_Mask, Sponsors] = {}

    def sponsors(self, mask: _Mask) -> Sponsors:
        if mask not in self._sets:
            self._sets[mask] = tuple(code for rank, code in enumerate(self.codes) if mask >> rank & 1)
        return self._sets[mask]


def _first(mask: _Mask) -> int:
    return mask & -mask


def compose(base: Edition, wishes: Iterable[Wish], order: Sequence[str]) -> Composition:
    """Return the base with everything that is asked of it; independent of the order of the wishes.

    A place is in terms of the base: "after K" is after K's whole subtree where the base
    has it, also when somebody moves K. At one place blocks stand by their first sponsor's
    rank, then by text, then by key. NO_CHANGE and COMMENT leave no trace.

    Args:
        order: Codes of the delegations in protocol rank; unknown codes come last, by code.

    Raises:
        ContradictoryWishes: A delegation contradicts itself.
        NotInBase: A change names what the base does not have.
    """
    return _Composer(base, tuple(wishes), order).composition()


class _Composer:
    def __init__(self, base: Edition, wishes: Sequence[Wish], order: Sequence[str]) -> None:
        self._base = base
        self._outline = Outline(base)
        self._ranks = _Ranks(order, (wish.sponsor for wish in wishes))
        by_sponsor: dict[str, list[Change]] = {}
        for wish in wishes:
            by_sponsor.setdefault(wish.sponsor, []).append(wish.change)
        self._gone: list[_Mask] = [0] * len(base.provisions)
        self._moved: dict[str, dict[Place, _Mask]] = {}
        self._amended: dict[str, list[tuple[Parts, _Mask]]] = {}
        self._blocks: dict[object, tuple[ComposedBlock, _Mask]] = {}
        for rank, code in enumerate(self._ranks.codes):
            if code in by_sponsor:
                self._take(asked(self._outline, by_sponsor[code], code), 1 << rank)

    def _take(self, wishes: Asked, mask: _Mask) -> None:
        for key in (*wishes.deleted, *wishes.moved):
            for i in self._outline.span(key):
                self._gone[i] |= mask
        for key in wishes.unwrapped:
            self._gone[self._outline.position(key)] |= mask
        for key, parts in wishes.amended.items():
            if key not in wishes.carrier:
                self._amended.setdefault(key, []).append((parts, mask))
        work = Application(self._outline, wishes)
        for change in (*wishes.inserted, *wishes.moved.values()):
            assert change.place is not None
            moving = change.operation is not Operation.INSERT
            if moving:
                places = self._moved.setdefault(change.key, {})
                places[change.place] = places.get(change.place, 0) | mask
            if not wishes.travels(change.place):
                block = ComposedBlock(change.place, work.block(change), (), change.key if moving else None)
                known, so_far = self._blocks.setdefault(_identity(block), (block, 0))
                self._blocks[_identity(block)] = known, so_far | mask

    def composition(self) -> Composition:
        items: list[ComposedProvision | ComposedBlock] = []
        arriving: dict[int, list[ComposedBlock]] = {}
        for block in self.blocks():
            arriving.setdefault(self._outline.gap(block.place)[0], []).append(block)
        for i, provision in enumerate(self._base.provisions):
            items += arriving.get(i, ())
            items.append(self._composed(i, provision))
        items += arriving.get(len(self._base.provisions), ())
        return Composition(self._base, tuple(items), self._ranks.codes)

    def blocks(self) -> list[ComposedBlock]:
        """Return the blocks in reading order."""
        ranked = sorted(
            self._blocks.values(),
            key=lambda one: (
                self._outline.gap(one[0].place),
                _first(one[1]),
                plain_of(one[0].provisions),
                one[0].provisions[0].key,
            ),
        )
        return [replace(block, sponsors=self._ranks.sponsors(mask)) for block, mask in ranked]

    def _composed(self, position: int, provision: Provision) -> ComposedProvision:
        gone = self._gone[position]
        movers = sorted(self._moved.get(provision.key, {}).items(), key=lambda one: _first(one[1]))
        return ComposedProvision(
            provision,
            self._ranks.sponsors(gone),
            tuple((place, self._ranks.sponsors(mask)) for place, mask in movers),
            tuple(self._parts(provision, self._amended.get(provision.key, []), gone)),
        )

    def _parts(
        self, provision: Provision, amended: list[tuple[Parts, _Mask]], gone: _Mask
    ) -> Iterator[tuple[str, _Composed]]:
        wishes = [(without_empty(parts), mask) for parts, mask in amended]
        for name in self._names(provision, wishes):
            base = provision.parts.get(name, ())
            wished: dict[Content, _Mask] = {}
            for parts, mask in wishes:
                content = parts.get(name, ())
                wished[content] = wished.get(content, 0) | mask
            filled = [content for content in (base, *wished) if content]
            sorts = {isinstance(content, States) for content in filled or [base]}
            if len(sorts) > 1:
                raise ContradictoryWishes(provision.key, f"words and states asked for in the empty part {name}")
            compose_part = _compose_states if True in sorts else _compose_text
            yield name, compose_part(base, wished, gone, self._ranks)

    def _names(self, provision: Provision, amended: Sequence[tuple[Parts, _Mask]]) -> list[str]:
        """Return the parts of base and wishes: as the base has them, then by column, then by name."""
        added = {name for parts, _ in amended for name in parts} - set(provision.parts)
        if not added:
            return list(provision.parts)
        columns: tuple[str, ...] = provision.columns
        if provision.kind is Kind.ROW and provision.parent is not None:
            columns = self._outline.provisions[self._outline.positions[provision.parent]].columns
        by_column = [name for name in columns if name in added]
        return [*provision.parts, *by_column, *sorted(added - set(by_column))]


def _identity(block: ComposedBlock) -> object:
    """Return what makes two blocks the same block: place and text, whoever asks."""
    return (
        block.place,
        block.moved_from,
        tuple((p.key, p.kind, p.level, p.parent, frozenset(without_empty(p.parts).items())) for p in block.provisions),
    )


def _compose_text(base: Content, wished: Mapping[Content, _Mask], gone: _Mask, ranks: _Ranks) -> ComposedText:
    assert not isinstance(base, States)
    known = Tokenized(base)
    deleted: dict[int, _Mask] = {}
    gaps: dict[int, dict[tuple[Token, ...], _Mask]] = {}
    for content, mask in wished.items():
        assert not isinstance(content, States)
        for start, end, added in known.edits_to(content):
            for i in range(start, end):
                deleted[i] = deleted.get(i, gone) | mask
            if added:
                here = gaps.setdefault(start, {})
                here[added] = here.get(added, 0) | mask
    filled: list[tuple[Insertion, ...]] = [()] * (len(known.pieces) + 1)
    for i, made in gaps.items():
        filled[i] = _insertions(made, ranks)
    deleters = [ranks.sponsors(gone)] * len(known.pieces)
    for i, who in deleted.items():
        deleters[i] = ranks.sponsors(who)
    return ComposedText(known.pieces, tuple(deleters), tuple(filled))


def _insertions(made: Mapping[tuple[Token, ...], _Mask], ranks: _Ranks) -> tuple[Insertion, ...]:
    ranked = sorted(made.items(), key=lambda one: (_first(one[1]), sortable(one[0])))
    return tuple(Insertion(added, ranks.sponsors(mask)) for added, mask in ranked)


def sortable(added: tuple[Token, ...]) -> tuple[str, list[tuple[int, str]]]:
    """Return what insertions at one gap are ordered by after their first sponsor: characters, then marks and notes."""
    return "".join(token.text for token in added), [(token.marks, token.note or "") for token in added]


def _compose_states(base: Content, wished: Mapping[Content, _Mask], gone: _Mask, ranks: _Ranks) -> ComposedStates:
    members = _members(base)
    leaving, joining = dict.fromkeys(members, gone), dict[str, _Mask]()
    for content, mask in wished.items():
        asked_for = _members(content)
        for code in members - asked_for:
            leaving[code] |= mask
        for code in asked_for - members:
            joining[code] = joining.get(code, 0) | mask
    return ComposedStates(
        tuple((code, ranks.sponsors(leaving[code])) for code in ordered(members, ranks.codes)),
        tuple((code, ranks.sponsors(joining[code])) for code in ordered(joining, ranks.codes)),
    )


def _members(content: Content) -> frozenset[str]:
    """Return the states of a part; words where states belong are no states."""
    return content.members if isinstance(content, States) else frozenset()


def ordered(states: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Return states as they print: in the body's order, unknown codes last by code."""
    ranks = {code: rank for rank, code in enumerate(order)}
    return tuple(sorted(states, key=lambda code: (ranks.get(code, len(ranks)), code)))


def base_of(composition: Composition) -> Edition:
    """Return what is left when everything is rejected: the base, read back from the composed parts."""
    return replace(
        composition.base,
        provisions=tuple(
            replace(
                item.provision,
                parts={name: content_as_of(part, None) for name, part in item.parts if name in item.provision.parts},
            )
            for item in composition.items
            if isinstance(item, ComposedProvision)
        ),
    )


def filtered(composition: Composition, sponsor: str) -> tuple[Provision, ...]:
    """Return the text when what *sponsor* does not sponsor is rejected and the rest accepted."""
    found: list[Provision] = []
    for item in composition.items:
        if isinstance(item, ComposedBlock):
            found += item.provisions if sponsor in item.sponsors else ()
        elif sponsor not in item.deleters:
            parts = {name: content_as_of(part, sponsor) for name, part in item.parts}
            found.append(replace(item.provision, parts=without_empty(parts)))
    return tuple(found)


def content_as_of(part: ComposedText | ComposedStates, sponsor: str | None) -> Content:
    """Return a part as one delegation wishes it where it stands; None: as the base has it."""
    if isinstance(part, ComposedStates):
        stays = (code for code, leavers in part.members if sponsor not in leavers)
        joins = (code for code, joiners in part.joining if sponsor in joiners)
        return States(frozenset((*stays, *joins)))
    pieces: list[Token] = []
    for i, gap in enumerate(part.gaps):
        for insertion in gap:
            pieces += insertion.tokens if sponsor in insertion.sponsors else ()
        if i < len(part.tokens) and sponsor not in part.deleters[i]:
            pieces.append(part.tokens[i])
    return untokenize(pieces)


def wished(base: Edition, wishes: Iterable[Wish], order: Sequence[str], sponsor: str) -> Edition:
    """Return exactly what one delegation asked for: its changes applied to the base.

    The other wishes only tell in which order blocks at one place stand.
    """
    every = tuple(wishes)
    ranks = {
        (item.place, item.provisions[0].key): rank
        for rank, item in enumerate(_Composer(base, every, order).blocks())
        if sponsor in item.sponsors
    }
    return apply_changes(base, [wish.change for wish in every if wish.sponsor == sponsor], ranks)

"""Conflicts: where the wishes of delegations cannot all be had, with every reading and its sponsors.

A conflict is: overlapping deletions that are not equal; different insertions at one gap
(of two replacements of the same words, one may be empty); an insertion inside another's
deletion; delete or move against amend; row against cell; two places for one key. Nothing
else is. What holds for the tokens of a part holds for the provisions of a text: blocks at
one place are insertions at one gap, a deletion inside another's deletion overlaps it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.text.changes import Operation
from app.text.composing import ordered, sortable
from app.text.composition import (
    ComposedBlock,
    ComposedProvision,
    ComposedStates,
    ComposedText,
    Composition,
    Sponsors,
)
from app.text.differences import Edit
from app.text.provision import Kind, Place, Provision
from app.text.runs import Text
from app.text.tokens import Token, untokenize


class ConflictKind(StrEnum):
    """What collides."""

    OVERLAPPING_DELETIONS = "overlapping_deletions"
    RIVAL_INSERTIONS = "rival_insertions"
    INSERTION_IN_DELETION = "insertion_in_deletion"
    DELETION_AGAINST_AMENDMENT = "deletion_against_amendment"
    """Delete or move against amend."""
    ROW_AGAINST_CELL = "row_against_cell"
    TWO_PLACES = "two_places"


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the readings that collide.

    Attributes:
        operation: What its sponsors do to the provision: amend, insert, delete or move.
        text: AMEND: the disputed stretch as they word it, empty where they delete it.
            INSERT and MOVE: the words of the first provision.
        place: MOVE: where to; else None.
    """

    sponsors: Sponsors
    operation: Operation
    text: Text = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Readings of one place that cannot all stand.

    Attributes:
        key: The provision; for blocks, the sibling they follow, or else the parent ("" at the very top).
        part: The part of the provision; None where the whole of it is disputed.
        stretch: The disputed base tokens of the part, [start, end); None for whole provisions.
        readings: Every reading, by its first sponsor's rank.
    """

    kind: ConflictKind
    key: str
    part: str | None
    readings: tuple[Reading, ...]
    stretch: tuple[int, int] | None = None


def conflicts(composition: Composition) -> tuple[Conflict, ...]:
    """Return every conflict of a composition, in reading order."""
    by_key = {item.provision.key: item for item in composition.items if isinstance(item, ComposedProvision)}
    taking = _taking(by_key)
    gaps: dict[Place, list[ComposedBlock]] = {}
    for item in composition.items:
        if isinstance(item, ComposedBlock):
            gaps.setdefault(item.place, []).append(item)
    found: list[Conflict] = []
    for item in composition.items:
        if isinstance(item, ComposedProvision):
            gone = _fates(item, by_key, composition.order)
            found += _within(item, composition.order, gone)
            found += _disputed_fates(item, gone, taking, composition.order)
        elif gaps[item.place][0] is item:
            found += _at_one_place(gaps[item.place], taking, composition.order)
    return tuple(found)


def _taking(by_key: Mapping[str, ComposedProvision]) -> dict[str | None, frozenset[str]]:
    """Return for each provision who takes it away with all under it; who deletes it alone leaves some of that."""
    found: dict[str | None, frozenset[str]] = {key: frozenset(item.deleters) for key, item in by_key.items()}
    for item in by_key.values():
        if item.provision.parent is not None:
            found[item.provision.parent] &= frozenset(item.deleters)
    return {**found, None: frozenset()}


def edits_of(part: ComposedText, order: Sequence[str], without: Iterable[str] = ()) -> dict[Edit, Sponsors]:
    """Return the edits of a composed part with their sponsors, each delegation's as it made them, from left to right.

    Args:
        without: Delegations to pass over: those who delete or move the whole provision.
    """
    passed_over = frozenset(without)
    runs: dict[str, list[tuple[int, int]]] = {}
    added: dict[str, dict[int, tuple[Token, ...]]] = {}
    for i, deleters in enumerate(part.deleters):
        for sponsor in deleters:
            mine = runs.setdefault(sponsor, [])
            start = mine.pop()[0] if mine and mine[-1][1] == i else i
            mine.append((start, i + 1))
    for i, gap in enumerate(part.gaps):
        for insertion in gap:
            for sponsor in insertion.sponsors:
                added.setdefault(sponsor, {})[i] = insertion.tokens
    found: dict[Edit, list[str]] = {}
    for sponsor in {**runs, **added}.keys() - passed_over:
        inserting = added.get(sponsor, {})
        deleting = dict(runs.get(sponsor, ()))
        for start in inserting.keys() | deleting.keys():
            edit = Edit(start, deleting.get(start, start), inserting.get(start, ()))
            found.setdefault(edit, []).append(sponsor)
    in_order = sorted(found.items(), key=lambda one: (one[0][:2], sortable(one[0].tokens)))
    return {edit: ordered(sponsors, order) for edit, sponsors in in_order}


def collision(one: Edit, other: Edit) -> frozenset[ConflictKind]:
    """Return the ways in which two different edits of two delegations collide."""
    found = set()
    if max(one.start, other.start) < min(one.end, other.end):
        same = (one.start, one.end) == (other.start, other.end)
        found.add(ConflictKind.RIVAL_INSERTIONS if same else ConflictKind.OVERLAPPING_DELETIONS)
    if one.start == other.start and one.tokens and other.tokens and one.tokens != other.tokens:
        found.add(ConflictKind.RIVAL_INSERTIONS)
    if (one.tokens and other.start < one.start < other.end) or (other.tokens and one.start < other.start < one.end):
        found.add(ConflictKind.INSERTION_IN_DELETION)
    return frozenset(found)


def clusters(edits: Sequence[Edit]) -> Iterator[tuple[frozenset[ConflictKind], tuple[Edit, ...]]]:
    """Yield the groups of edits that collide, directly or through each other, and how; *edits* from left to right."""
    groups: list[tuple[set[ConflictKind], set[Edit]]] = []
    for i, one in enumerate(edits):
        for other in edits[i + 1 :]:
            if other.start > one.end:
                break
            kinds = set(collision(one, other))
            if kinds:
                touching = [group for group in groups if one in group[1] or other in group[1]]
                groups = [group for group in groups if group not in touching]
                groups.append((kinds.union(*(k for k, _ in touching)), {one, other}.union(*(e for _, e in touching))))
    for kinds, group in sorted(groups, key=lambda one: min(edit.start for edit in one[1])):
        yield frozenset(kinds), tuple(edit for edit in edits if edit in group)


def readings_of(
    part: ComposedText, group: Iterable[Edit], edits: dict[Edit, Sponsors], stretch: tuple[int, int]
) -> dict[Text, list[str]]:
    """Return a stretch of base tokens as the delegations of a group of edits word it, and who so words it."""
    group = tuple(group)
    found: dict[Text, list[str]] = {}
    for sponsor in dict.fromkeys(sponsor for edit in group for sponsor in edits[edit]):
        pieces: list[Token] = []
        done = stretch[0]
        for edit in group:
            if sponsor in edits[edit]:
                pieces += (*part.tokens[done : edit.start], *edit.tokens)
                done = edit.end
        pieces += part.tokens[done : stretch[1]]
        found.setdefault(untokenize(pieces), []).append(sponsor)
    return found


def _within(item: ComposedProvision, order: Sponsors, gone: list[Reading]) -> Iterator[Conflict]:
    """Yield the conflicts between edits of one part, and between them and who wants the whole provision gone."""
    for name, part in item.parts:
        if isinstance(part, ComposedStates):
            changed = {c for _, who in (*part.members, *part.joining) for c in who} - set(item.deleters)
            amending = [Reading(ordered(changed, order), Operation.AMEND)] if changed else []
        else:
            edits = edits_of(part, order, item.deleters) if any(part.gaps) or any(part.deleters) else {}
            for kinds, group in clusters(tuple(edits)):
                stretch = min(e.start for e in group), max(e.end for e in group)
                readings = _worded(part, group, edits, stretch, order)
                for kind in sorted(kinds):
                    yield Conflict(kind, item.provision.key, name, readings, stretch)
            # The whole wording is read out only where somebody disputes the whole: it is the dearest step here.
            amending = list(_worded(part, tuple(edits), edits, (0, len(part.tokens)), order)) if gone else []
        if gone and amending:
            row = item.provision.kind is Kind.ROW
            kind = ConflictKind.ROW_AGAINST_CELL if row else ConflictKind.DELETION_AGAINST_AMENDMENT
            yield Conflict(kind, item.provision.key, name, _ranked([*amending, *gone], order))


def _worded(
    part: ComposedText, group: tuple[Edit, ...], edits: dict[Edit, Sponsors], stretch: tuple[int, int], order: Sponsors
) -> tuple[Reading, ...]:
    texts = readings_of(part, group, edits, stretch)
    return _ranked([Reading(ordered(who, order), Operation.AMEND, text) for text, who in texts.items()], order)


def _fates(item: ComposedProvision, by_key: Mapping[str, ComposedProvision], order: Sponsors) -> list[Reading]:
    """Return what becomes of a provision with those who delete or move it, or something it stands under."""
    found: dict[tuple[str, Place | None], list[str]] = {}
    for sponsor in item.deleters:
        at: ComposedProvision | None = item
        fate: tuple[str, Place | None] = ("", None)
        while at is not None and fate[1] is None:
            fate = next(((at.provision.key, place) for place, who in at.movers if sponsor in who), fate)
            at = None if at.provision.parent is None else by_key[at.provision.parent]
        found.setdefault(fate, []).append(sponsor)
    readings = [
        Reading(tuple(who), Operation.DELETE)
        if place is None
        else Reading(tuple(who), Operation.MOVE, item.provision.text, place)
        for (_, place), who in found.items()
    ]
    return list(_ranked(readings, order))


def _disputed_fates(
    item: ComposedProvision, gone: list[Reading], taking: Mapping[str | None, frozenset[str]], order: Sponsors
) -> Iterator[Conflict]:
    """Yield what those who delete or move this very provision dispute, also with who takes away what it is in."""
    above = taking[item.provision.parent]
    moving = {sponsor for _, sponsors in item.movers for sponsor in sponsors}
    direct = [s for s in item.deleters if s in moving or s not in above]
    along = [s for s in item.deleters if s not in direct]
    if direct and len(gone) > 1:
        yield Conflict(ConflictKind.TWO_PLACES, item.provision.key, None, tuple(gone))
    elif direct and along:
        parts = [Reading(tuple(who), gone[0].operation, gone[0].text, gone[0].place) for who in (direct, along)]
        yield Conflict(ConflictKind.OVERLAPPING_DELETIONS, item.provision.key, None, _ranked(parts, order))


def _at_one_place(
    blocks: list[ComposedBlock], taking: Mapping[str | None, frozenset[str]], order: Sponsors
) -> Iterator[Conflict]:
    place = blocks[0].place
    if len(blocks) > 1:
        yield Conflict(
            ConflictKind.RIVAL_INSERTIONS,
            place.after or place.parent or "",
            None,
            tuple(_of_block(block) for block in blocks),
        )
    for block in blocks:
        others = tuple(code for code in order if code in taking[place.parent] and code not in block.sponsors)
        if others and place.parent is not None:
            readings = [_of_block(block), Reading(others, Operation.DELETE)]
            yield Conflict(ConflictKind.INSERTION_IN_DELETION, place.parent, None, _ranked(readings, order))


def _of_block(block: ComposedBlock) -> Reading:
    first: Provision = block.provisions[0]
    if block.moved_from is None:
        return Reading(block.sponsors, Operation.INSERT, first.text)
    return Reading(block.sponsors, Operation.MOVE, first.text, block.place)


def _ranked(readings: list[Reading], order: Sponsors) -> tuple[Reading, ...]:
    ranks = {code: rank for rank, code in enumerate(order)}
    return tuple(sorted(readings, key=lambda reading: (ranks[reading.sponsors[0]], reading.operation)))

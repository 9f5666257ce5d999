"""Cases: what is decided in one go, with every reading and what it collides with. Pure, on rows already read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from app.negotiation.vocabulary import Outcome, ProposalState
from app.queries.changes import StoredChange
from app.queries.people import People
from app.queries.proposals import ChangeRow, ProposalRow
from app.queries.remembered import Remembered
from app.text.canonical import dumps
from app.text.changes import Change, ContradictoryWishes, NotInBase, Operation, Wish
from app.text.composing import compose
from app.text.conflicts import Conflict, ConflictKind, conflicts
from app.text.provision import Edition, Place
from app.text.structure import Outline

REMARKS = "remarks."
"""The case of the general remarks. Keys of provisions have no dot."""


class CaseState(StrEnum):
    """How far a case is."""

    OPEN = "open"
    HELD = "held"
    """Decided; something is kept in brackets or deferred."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """The decision that holds on a change."""

    id: str
    number: int
    outcome: Outcome
    reason: str
    covered_by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """The recommendation that holds on a change."""

    number: int
    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Source:
    """One change behind a reading, with its proposal and what was decided on it."""

    proposal: ProposalRow
    change: ChangeRow
    decision: DecisionRow | None
    recommendation: RecommendationRow | None

    @property
    def is_decidable(self) -> bool:
        """Whether its proposal stands: a late or unconfirmed one does not yet."""
        return self.proposal.state == ProposalState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody asks of a provision; identical wishes are one reading.

    Attributes:
        number: From 1 in its case; what the key on the keyboard says.
        against: Numbers of the readings of the case that it collides with.
        elsewhere: Codes of delegations whose readings in other cases it collides with.
    """

    number: int
    sources: tuple[Source, ...]
    sponsors: tuple[str, ...]
    against: tuple[int, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def stored(self) -> StoredChange:
        """The change as it is stored (that of the first source)."""
        return self.sources[0].change.stored

    @property
    def change(self) -> Change:
        """The change as the core knows it."""
        return self.stored.change()

    @property
    def decision(self) -> DecisionRow | None:
        """The decision that holds, where all sources have one."""
        made = [s.decision for s in self.sources]
        return made[0] if all(made) else None

    @property
    def outcome(self) -> Outcome | None:
        """What was decided, if anything."""
        return self.decision.outcome if self.decision else None

    @property
    def is_decidable(self) -> bool:
        """Whether something can be decided on it."""
        return any(s.is_decidable for s in self.sources)


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided in one go: a provision, or a place where something is inserted, or the general remarks.

    Attributes:
        id: In URLs: the provision's key, ``after.KEY``, ``under.KEY``, ``start.`` or ``remarks.``.
        key: The provision; None for insertions and remarks.
        place: Where insertions go; None else.
    """

    id: str
    key: str | None
    place: Place | None
    readings: tuple[Reading, ...]

    @property
    def anchor(self) -> str | None:
        """Key of the provision it is shown with."""
        return self.key or (self.place and (self.place.after or self.place.parent)) or None

    @property
    def state(self) -> CaseState:
        """How far it is."""
        outcomes = [r.outcome for r in self.readings if r.is_decidable]
        if any(outcome is None for outcome in outcomes):
            return CaseState.OPEN
        held = (Outcome.KEPT_IN_BRACKETS, Outcome.DEFERRED)
        return CaseState.HELD if any(outcome in held for outcome in outcomes) else CaseState.DONE

    @property
    def has_conflict(self) -> bool:
        """Whether readings of it collide."""
        return any(r.against or r.elsewhere for r in self.readings)


def supposing(case: Case, outcomes: Mapping[str, Outcome]) -> Case:
    """Return a case as it would stand if changes (by id) were decided so; nothing is written."""

    def decided(source: Source) -> Source:
        outcome = outcomes.get(source.change.id)
        if outcome is None or not source.is_decidable:
            return source
        at = source.proposal.received_at
        return replace(source, decision=DecisionRow("", 0, outcome, "", None, at))

    readings = (replace(r, sources=tuple(map(decided, r.sources))) for r in case.readings)
    return replace(case, readings=tuple(readings))


def cases_of(
    sources: Sequence[Source], base: Edition, editions: Mapping[str, Edition], people: People, *, compared: bool = True
) -> tuple[Case, ...]:
    """Return the cases in reading order, general remarks first.

    Args:
        base: The negotiating text; it says what stands where.
        editions: Language to text: wishes compose within one language.
        compared: Whether the readings say what they collide with; it is half of the work.
    """
    outline = Outline(base)
    grouped: dict[str, tuple[str | None, Place | None, list[Source]]] = {}
    for source in sources:
        case_id, key, place = _where(source.change.stored, outline)
        grouped.setdefault(case_id, (key, place, []))[2].append(source)
    cases = [Case(case_id, key, place, _readings(made, people)) for case_id, (key, place, made) in grouped.items()]
    cases.sort(key=lambda case: _position(case, outline))
    if not compared:
        return tuple(cases)
    found = {code: _conflicts(edition, cases, people) for code, edition in editions.items()}
    return tuple(replace(case, readings=_colliding(case, found)) for case in cases)


def _where(stored: StoredChange, outline: Outline) -> tuple[str, str | None, Place | None]:
    if stored.operation is Operation.INSERT:
        place = Place(stored.place_parent, stored.place_after)
        if place.after is not None:
            return f"after.{place.after}", None, place
        return (f"under.{place.parent}" if place.parent else "start."), None, place
    if stored.key is None or stored.key not in outline.positions:
        return REMARKS, None, None
    return stored.key, stored.key, None


def _position(case: Case, outline: Outline) -> tuple[int, int, int]:
    if case.place is not None:
        position, depth = outline.gap(case.place)
        return position, 0, depth
    return (outline.positions[case.key], 1, 0) if case.key is not None else (-1, 0, 0)


def _readings(sources: Sequence[Source], people: People) -> tuple[Reading, ...]:
    ranks = {code: rank for rank, code in enumerate(people.order)}
    alike: dict[str, list[Source]] = {}
    for source in sources:
        alike.setdefault(_identity(source), []).append(source)
    made = []
    for group in alike.values():
        group.sort(key=lambda s: (ranks[s.proposal.delegation], s.proposal.received_at))
        codes = {code for s in group for code in s.change.sponsors}
        made.append((tuple(group), tuple(sorted(codes, key=lambda code: ranks[code]))))
    made.sort(key=lambda one: (_is_comment(one[0][0]), ranks[one[1][0]], one[0][0].proposal.received_at))
    return tuple(Reading(number, group, codes) for number, (group, codes) in enumerate(made, 1))


def _is_comment(source: Source) -> bool:
    return source.change.stored.operation in (Operation.COMMENT, Operation.NO_CHANGE)


def _identity(source: Source) -> str:
    stored = source.change.stored
    if stored.operation is Operation.COMMENT or not source.is_decidable:
        return source.change.id
    what = [stored.operation, stored.language, stored.key, stored.place_parent, stored.place_after, stored.level]
    return dumps([*what, {k: v for k, v in stored.wished.items() if k != "comment"}])


_Conflicts: TypeAlias = Mapping[str, list[Conflict]]
_KNOWN: Remembered[object, _Conflicts] = Remembered(8)
"""Conflicts of a round in a language; those of five thousand changes take some ten megabytes."""


def _conflicts(edition: Edition, cases: Sequence[Case], people: People) -> _Conflicts:
    """Return the conflicts between the wishes made in a language, by the key they are at.

    Changes are never altered: while the same ones stand, with the same sponsors, the conflicts are the same.
    """
    changes = [
        source.change
        for case in cases
        for reading in case.readings
        for source in reading.sources
        if source.is_decidable and source.change.stored.language == edition.language and source.change.stored.key
    ]
    name = people.order, edition.language, tuple((change.id, change.sponsors) for change in changes)
    return _KNOWN.get(name, lambda: _found(edition, changes, people))


def _found(edition: Edition, changes: Sequence[ChangeRow], people: People) -> _Conflicts:
    wishes = [Wish(code, row.stored.change()) for row in changes for code in row.sponsors]
    found: dict[str, list[Conflict]] = {}
    try:
        for conflict in conflicts(compose(edition, wishes, people.order)):
            found.setdefault(conflict.key, []).append(conflict)
    except (ContradictoryWishes, NotInBase):
        # A carried or entered wish may not fit the others; each reading is shown all the same.
        return {}
    return found


def _colliding(case: Case, found: Mapping[str, _Conflicts]) -> tuple[Reading, ...]:
    return tuple(_against(reading, case, found.get(reading.stored.language, {})) for reading in case.readings)


def _against(reading: Reading, case: Case, found: _Conflicts) -> Reading:
    keys = {case.key} if case.place is None else {case.place.after or case.place.parent or "", case.place.parent}
    numbers, codes = set[int](), set[str]()
    for conflict in (c for key in keys for c in found.get(key or "", ())):
        is_of_blocks = conflict.kind is ConflictKind.RIVAL_INSERTIONS and conflict.part is None
        if is_of_blocks and case.place is None:
            continue
        mine = next((r for r in conflict.readings if _is_same(reading, r.operation, r.sponsors)), None)
        for other in (r for r in conflict.readings if mine is not None and r is not mine):
            beside = [r for r in case.readings if r is not reading and _is_same(r, other.operation, other.sponsors)]
            numbers.update(r.number for r in beside)
            codes.update(set(other.sponsors) - {code for r in beside for code in r.sponsors})
    codes -= set(reading.sponsors)
    return replace(reading, against=tuple(sorted(numbers)), elsewhere=tuple(sorted(codes)))


def _is_same(reading: Reading, operation: Operation, sponsors: Sequence[str]) -> bool:
    mine = reading.stored.operation
    rewords = {mine, operation} <= {Operation.AMEND, Operation.MOVE}
    return (mine is operation or rewords) and bool(set(sponsors) & set(reading.sponsors)) and reading.is_decidable

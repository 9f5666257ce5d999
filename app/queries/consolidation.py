"""The consolidation desk: the cases of a round on a version, in reading order, with every reading.

The number of queries depends on the number of languages alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.decisions import Decision, Recommendation
from app.models.documents import Agreement, Document, Version
from app.models.proposals import Change as ChangeModel
from app.models.proposals import Proposal
from app.models.proposals import Wish as WishModel
from app.models.rounds import Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import CLOSES, Category, DocumentState, Outcome, ProposalState
from app.queries import access
from app.queries.changes import WISHES, StoredChange
from app.queries.people import People, load_people
from app.queries.proposals import ChangeRow, ProposalRow, list_proposals
from app.queries.resolutions import ResolutionRow, list_resolutions
from app.queries.resulting import Decided, Result, block_of, result_of
from app.queries.rounds import RoundRow, round_row
from app.queries.texts import list_languages, load_edition
from app.text.canonical import dumps
from app.text.changes import Change, ContradictoryWishes, NotInBase, Operation, Wish
from app.text.composing import compose
from app.text.conflicts import Conflict, ConflictKind, conflicts
from app.text.provision import Edition, Place, Provision
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


@dataclass(frozen=True)
class Consolidation:
    """Everything the desk knows of a round on one version.

    Attributes:
        editions: Language to base text; the negotiating language is there always.
        agreed: Keys of provisions that stand as agreed.
        resolutions: (key, language) to the text written so far.
    """

    document_id: str
    slug: str
    titles: Mapping[str, Any]
    document_state: DocumentState
    version_id: str
    number: int
    round: RoundRow
    language: str
    people: People
    editions: Mapping[str, Edition]
    agreed: frozenset[str]
    resolutions: Mapping[tuple[str, str], ResolutionRow]
    cases: tuple[Case, ...] = field(default=())

    @property
    def base(self) -> Edition:
        """The base in the negotiating language."""
        return self.editions[self.language]

    @cached_property
    def keyed(self) -> Mapping[str, Mapping[str, Provision]]:
        """Language to key to provision of the base."""
        return {code: edition.by_key() for code, edition in self.editions.items()}

    @property
    def by_key(self) -> Mapping[str, Provision]:
        """Key to provision of the base in the negotiating language."""
        return self.keyed[self.language]

    def case(self, case_id: str) -> Case:
        """Return a case by its id.

        Raises:
            NotFound: There is none.
        """
        for case in self.cases:
            if case.id == case_id:
                return case
        raise NotFound()

    def after(self, case: Case) -> Case | None:
        """Return the next case after *case* that is still open, in a circle; None where none is left."""
        at = self.cases.index(case)
        around = (*self.cases[at + 1 :], *self.cases[:at])
        return next((c for c in around if c.state is CaseState.OPEN), None)

    @property
    def sources(self) -> Iterator[Source]:
        """Every decidable change with its decision."""
        return (s for case in self.cases for r in case.readings for s in r.sources if s.is_decidable)

    @property
    def undecided(self) -> tuple[Source, ...]:
        """The changes nothing was decided on."""
        return tuple(s for s in self.sources if s.decision is None)

    @property
    def open_conflicts(self) -> int:
        """How many cases with conflicts are not decided."""
        return sum(case.has_conflict and case.state is CaseState.OPEN for case in self.cases)

    def decided(self, case: Case, language: str) -> tuple[Decided, ...]:
        """Return the changes of a case that bear on its text in a language, with their outcomes.

        Of changes made in another language only a translation's bears on a text: its own. What
        else was accepted in another language needs to be worded here.
        """
        return tuple(
            found
            for reading in case.readings
            for source in reading.sources
            if source.is_decidable and (found := self._bearing(source, language)) is not None
        )

    def _bearing(self, source: Source, language: str) -> Decided | None:
        stored, made = source.change.stored, source.decision
        outcome = made.outcome if made else None
        is_alignment = source.proposal.category == Category.TRANSLATION
        if stored.language != language:
            if is_alignment or language != self.language or outcome is not Outcome.ACCEPTED:
                return None
            outcome = Outcome.ACCEPTED_AS_AMENDED
        elif language != self.language and not is_alignment:
            return None
        decision_id = made.id if made else None
        return Decided(stored.change(), source.change.id, source.change.sponsors, outcome, decision_id)

    def result(self, case: Case, language: str) -> Result:
        """Return what the decisions make of a provision's text in a language."""
        found = self.keyed[language].get(case.key or "")
        if found is None:
            return Result()
        return result_of(found, self.decided(case, language), self.people.order)

    def blocks(self, case: Case) -> tuple[tuple[Reading, Result], ...]:
        """Return the insertions of a case with what the decisions make of each."""
        return tuple(
            (reading, block_of([self._of(s) for s in reading.sources if s.is_decidable]))
            for reading in case.readings
            if reading.change.operation is Operation.INSERT and reading.is_decidable
        )

    def _of(self, source: Source) -> Decided:
        made = source.decision
        return Decided(
            source.change.stored.change(),
            source.change.id,
            source.change.sponsors,
            made.outcome if made else None,
            made.id if made else None,
        )

    def of_block(self, reading: Reading) -> tuple[Decided, ...]:
        """Return the changes behind one insertion with their outcomes."""
        return tuple(self._of(s) for s in reading.sources if s.is_decidable)

    @property
    def progress(self) -> tuple[int, int]:
        """How many changes are decided, and how many there are."""
        every = tuple(self.sources)
        return sum(s.decision is not None for s in every), len(every)

    @property
    def is_complete(self) -> bool:
        """Whether every change is decided for good."""
        return all(s.decision is not None and s.decision.outcome in CLOSES for s in self.sources)


def load_consolidation(slug: str, round_number: int, *, actor: Actor, now: datetime) -> Consolidation:
    """Return the consolidation of a document in a round, for secretariat and chair.

    Raises:
        NotFound: There is no such document or round, the round is not about it, or *actor* is of neither.
    """
    if not actor.is_staff:
        raise NotFound()
    document = access.get_document(slug, actor=actor)
    round_ = access.get_round(round_number, actor=actor)
    version = db.session.scalar(
        select(Version)
        .join(RoundVersion, RoundVersion.version_id == Version.id)
        .where(RoundVersion.round_id == round_.id, Version.document_id == document.id)
    )
    if version is None:
        raise NotFound()
    people = load_people(document.body_id)
    language = document.negotiating_language
    languages = dict.fromkeys((language, *list_languages(version.id)))
    empty = Consolidation(
        document_id=document.id,
        slug=slug,
        titles=document.titles,
        document_state=document.state,
        version_id=version.id,
        number=version.number,
        round=round_row(round_, actor=actor, now=now),
        language=language,
        people=people,
        editions={code: load_edition(version.id, code) for code in languages},
        agreed=_agreed(document),
        resolutions={(row.key, row.language): row for row in list_resolutions(round_.id, version.id)},
    )
    return replace(empty, cases=_cases(empty, _sources(round_, version.id, people, actor)))


def _agreed(document: Document) -> frozenset[str]:
    newest = dict[str, bool]()
    statement = select(Agreement.key, Agreement.agreed).where(Agreement.document_id == document.id)
    for key, agreed in db.session.execute(statement.order_by(Agreement.number)):
        newest[key] = agreed
    return frozenset(key for key, agreed in newest.items() if agreed)


def _sources(round_: Round, version_id: str, people: People, actor: Actor) -> list[Source]:
    decisions = {
        d.change_id: DecisionRow(d.id, d.number, d.outcome, d.reason, d.covered_by, d.at)
        for d in db.session.scalars(_of_round(select(Decision), Decision, round_).order_by(Decision.number))
    }
    told = _of_round(select(Recommendation), Recommendation, round_).order_by(Recommendation.number)
    recommended = {r.change_id: RecommendationRow(r.number, r.text, r.shared) for r in db.session.scalars(told)}
    live = select(WishModel.change_id).where(WishModel.round_id == round_.id, WishModel.ended_at.is_(None))
    wished = frozenset(db.session.scalars(live))
    standing = (ProposalState.SUBMITTED, ProposalState.LATE, ProposalState.ORAL)
    return [
        Source(proposal, row, decisions.get(row.id), recommended.get(row.id))
        for proposal in list_proposals(round_, actor=actor, people=people, version_id=version_id)
        if proposal.state in standing
        for row in proposal.changes
        if row.stored.version_id == version_id
        # A wish that another one took the place of asks for nothing any more.
        if row.id in wished or row.stored.operation not in WISHES or proposal.state != ProposalState.SUBMITTED
    ]


def _of_round(statement: Any, table: Any, round_: Round) -> Any:
    joined = statement.join(ChangeModel, ChangeModel.id == table.change_id)
    return joined.join(Proposal, Proposal.id == ChangeModel.proposal_id).where(Proposal.round_id == round_.id)


def _cases(about: Consolidation, sources: Sequence[Source]) -> tuple[Case, ...]:
    outline = Outline(about.base)
    grouped: dict[str, tuple[str | None, Place | None, list[Source]]] = {}
    for source in sources:
        case_id, key, place = _where(source.change.stored, outline)
        grouped.setdefault(case_id, (key, place, []))[2].append(source)
    cases = [Case(case_id, key, place, _readings(about, made)) for case_id, (key, place, made) in grouped.items()]
    cases.sort(key=lambda case: _position(case, outline))
    found = {code: _conflicts(about, edition, cases) for code, edition in about.editions.items()}
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


def _readings(about: Consolidation, sources: Sequence[Source]) -> tuple[Reading, ...]:
    ranks = {code: rank for rank, code in enumerate(about.people.order)}
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


def _conflicts(about: Consolidation, edition: Edition, cases: Sequence[Case]) -> Mapping[str, list[Conflict]]:
    """Return the conflicts between the wishes made in a language, by the key they are at."""
    wishes = [
        Wish(code, source.change.stored.change())
        for case in cases
        for reading in case.readings
        for source in reading.sources
        if source.is_decidable and source.change.stored.language == edition.language and source.change.stored.key
        for code in source.change.sponsors
    ]
    found: dict[str, list[Conflict]] = {}
    try:
        for conflict in conflicts(compose(edition, wishes, about.people.order)):
            found.setdefault(conflict.key, []).append(conflict)
    except (ContradictoryWishes, NotInBase):
        # A carried or entered wish may not fit the others; each reading is shown all the same.
        return {}
    return found


def _colliding(case: Case, found: Mapping[str, Mapping[str, list[Conflict]]]) -> tuple[Reading, ...]:
    return tuple(_against(reading, case, found.get(reading.stored.language, {})) for reading in case.readings)


def _against(reading: Reading, case: Case, found: Mapping[str, list[Conflict]]) -> Reading:
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

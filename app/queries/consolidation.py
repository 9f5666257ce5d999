"""The consolidation desk: the cases of a round on a version, in reading order, with every reading.

The number of queries depends on the number of languages alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from app.queries.cases import Case, CaseState, DecisionRow, Reading, RecommendationRow, Source, cases_of
from app.queries.changes import WISHES
from app.queries.people import People, load_people
from app.queries.proposals import list_proposals
from app.queries.resolutions import ResolutionRow, list_resolutions
from app.queries.resulting import Decided, Result, block_of, result_of
from app.queries.rounds import RoundRow, round_row
from app.queries.texts import list_languages, shown_edition
from app.text.changes import Operation
from app.text.provision import Edition, Provision


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


def load_consolidation(
    slug: str, round_number: int, *, compared: bool = True, actor: Actor, now: datetime
) -> Consolidation:
    """Return the consolidation of a document in a round, for secretariat and chair.

    Args:
        compared: Whether the readings say what they collide with.

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
        editions={code: shown_edition(version.id, code) for code in languages},
        agreed=_agreed(document),
        resolutions={(row.key, row.language): row for row in list_resolutions(round_.id, version.id)},
    )
    sources = _sources(round_, version.id, people, actor)
    return replace(empty, cases=cases_of(sources, empty.base, empty.editions, people, compared=compared))


def _agreed(document: Document) -> frozenset[str]:
    newest = dict[str, bool]()
    statement = select(Agreement.key, Agreement.agreed).where(Agreement.document_id == document.id)
    for key, agreed in db.session.execute(statement.order_by(Agreement.number)):
        newest[key] = agreed
    return frozenset(key for key, agreed in newest.items() if agreed)


def _sources(round_: Round, version_id: str, people: People, actor: Actor) -> list[Source]:
    decisions = {
        d.change_id: DecisionRow(d.id, d.number, d.outcome, d.reason, d.covered_by, d.at)
        for d in db.session.execute(
            _of_round(select(*Decision.__table__.columns), Decision, round_).order_by(Decision.number)
        )
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

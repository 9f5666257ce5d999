"""What the loaded sample holds, counted: versions, proposals, conflicts, decisions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.models import db
from app.models.bodies import Body, Delegation
from app.models.decisions import Decision
from app.models.documents import Document, ProvisionRow, Version
from app.models.proposals import Change, Proposal, Wish
from app.models.rounds import Answer, Round
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import ProposalState, VersionState, WishKind
from app.queries.people import People, load_people
from app.queries.rounds import list_round_documents
from app.queries.texts import load_edition
from app.queries.wishes import load_wishes
from app.text.composing import compose
from app.text.composition import ComposedProvision, ComposedStates, Composition
from app.text.conflicts import conflicts


@dataclass(frozen=True, slots=True)
class Fact:
    """A count: *topic* ("conflicts of round 1 by kind"), *name* ("rival_insertions"), how many."""

    topic: str
    name: str
    count: int


def list_facts() -> tuple[Fact, ...]:
    """Return the counts of the one sample body of this installation, in reading order.

    Raises:
        NotFound: There is no sample, or there are several.
    """
    bodies = db.session.scalars(select(Body).where(Body.sample)).all()
    if len(bodies) != 1:
        raise NotFound()
    body = bodies[0]
    people = load_people(body.id)
    return (*_of_versions(body.id), *_of_rounds(body.id, people))


def _of_versions(body_id: str) -> Iterator[Fact]:
    documents = db.session.execute(
        select(Document.slug, Document.state).where(Document.body_id == body_id).order_by(Document.slug)
    ).all()
    yield from (Fact("documents by state", f"{slug} {state}", 1) for slug, state in documents)
    rows = db.session.execute(
        select(Document.slug, Version.number, Version.final, func.count())
        .select_from(ProvisionRow)
        .join(Version, Version.id == ProvisionRow.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Document.body_id == body_id, Version.state == VersionState.ISSUED)
        .group_by(Document.slug, Version.number, Version.final)
        .order_by(Document.slug, Version.number)
    )
    for slug, number, final, count in rows:
        yield Fact("provisions by version", f"{slug} {number}{' adopted' if final else ''}", count)


def _of_rounds(body_id: str, people: People) -> Iterator[Fact]:
    for round_ in db.session.scalars(select(Round).where(Round.body_id == body_id).order_by(Round.number)):
        said = f"round {round_.number}"
        yield Fact("rounds by state", f"{said} {round_.state}", 1)
        yield from _of_proposals(round_, said)
        yield from _of_conflicts(round_, said, people)


def _of_proposals(round_: Round, said: str) -> Iterator[Fact]:
    of_round = Proposal.round_id == round_.id
    yield Fact("proposals by round", said, db.session.scalar(select(func.count(Proposal.id)).where(of_round)) or 0)
    yield from _counted(f"proposals of {said} by state", select(Proposal.state, func.count()).where(of_round))
    yield from _counted(
        f"proposals of {said} by delegation",
        select(Delegation.code, func.count()).join(Proposal, Proposal.delegation_id == Delegation.id).where(of_round),
    )
    yield from _counted(f"proposals of {said} by channel", select(Proposal.channel, func.count()).where(of_round))
    changes = select(Change.operation, func.count()).join(Proposal, Proposal.id == Change.proposal_id)
    yield from _counted(f"changes of {said} by operation", changes.where(of_round))
    yield from _other_counts(round_, said)
    newest = select(Decision.change_id, func.max(Decision.number).label("number")).group_by(Decision.change_id)
    latest = newest.subquery()
    decided = (
        select(Decision.outcome, func.count())
        .join(latest, (latest.c.change_id == Decision.change_id) & (latest.c.number == Decision.number))
        .join(Change, Change.id == Decision.change_id)
        .join(Proposal, Proposal.id == Change.proposal_id)
    )
    yield from _counted(f"decisions of {said} by outcome", decided.where(of_round))


def _other_counts(round_: Round, said: str) -> Iterator[Fact]:
    """Yield what the special cases of a round are: late, general, co-sponsored, without comments."""
    of_round = Proposal.round_id == round_.id
    arrived_late = of_round & Proposal.admitted_because.is_not(None)
    remarks = select(func.count(Change.id)).join(Proposal, Proposal.id == Change.proposal_id)
    joined = (Wish.round_id == round_.id) & (Wish.kind == WishKind.CO_SPONSOR) & Wish.ended_at.is_(None)
    declared = (Answer.round_id == round_.id) & Answer.no_comments
    late = of_round & (Proposal.state == ProposalState.LATE)
    for name, statement in (
        ("late, admitted", select(func.count(Proposal.id)).where(arrived_late)),
        ("late, waiting", select(func.count(Proposal.id)).where(late)),
        ("replacing an earlier one", select(func.count(Proposal.id)).where(of_round & Proposal.replaces.is_not(None))),
        ("general remarks", remarks.where(of_round, Change.key.is_(None))),
        ("co-sponsored wishes", select(func.count(Wish.id)).where(joined)),
        ("declarations of no comments", select(func.count(Answer.id)).where(declared)),
    ):
        yield Fact(f"in {said}", name, db.session.scalar(statement) or 0)


def _of_conflicts(round_: Round, said: str, people: People) -> Iterator[Fact]:
    """Yield the conflicts of a round by kind, and how many wishes meet in the same words."""
    kinds: Counter[str] = Counter()
    shared, joining, leaving = 0, 0, 0
    for document in list_round_documents(round_.id):
        language = document.negotiating_language
        base = load_edition(document.version_id, language)
        wishes = [wish for wish, _, _ in load_wishes(round_.id, document.version_id, language)]
        composition = compose(base, wishes, people.order)
        kinds.update(str(conflict.kind) for conflict in conflicts(composition))
        shared += _identical(repr(wish.change) for wish in wishes)
        for part in _sets(composition):
            joining += len(part.joining)
            leaving += sum(1 for _, sponsors in part.members if sponsors)
    yield from (Fact(f"conflicts of {said} by kind", kind, count) for kind, count in sorted(kinds.items()))
    yield Fact(f"in {said}", "wishes shared by several", shared)
    yield Fact(f"in {said}", "states that join a list", joining)
    yield Fact(f"in {said}", "states that leave a list", leaving)


def _sets(composition: Composition) -> Iterator[ComposedStates]:
    """Yield the sets of states in provisions that nobody wants gone as a whole."""
    for item in composition.items:
        if isinstance(item, ComposedProvision) and not item.deleters:
            yield from (part for _, part in item.parts if isinstance(part, ComposedStates))


def _identical(wishes: Iterable[str]) -> int:
    return sum(1 for count in Counter(wishes).values() if count > 1)


def _counted(topic: str, statement: Select[str, int]) -> Iterator[Fact]:
    column = statement.selected_columns[0]
    for name, count in db.session.execute(statement.group_by(column).order_by(column)):
        yield Fact(topic, str(name), count)

"""Proposals as somebody may see them: the one rule of who sees what, and the rows screens show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, select

from app.models import db
from app.models.decisions import Decision
from app.models.proposals import Change, Position, Proposal, Wish
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import (
    Category,
    Channel,
    Outcome,
    PositionKind,
    ProposalState,
    Role,
    RoundState,
    Visibility,
)
from app.queries import changes
from app.queries.changes import StoredChange
from app.queries.people import People, load_people

_READERS = frozenset({Role.FOCAL_POINT, Role.EXPERT})


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Proposal`` joined with ``Round``: what of them exists for *actor*.

    One's own always. Secretariat, chair and the system see everything submitted at once. Other delegations
    see what stands, and that something was withdrawn, at once where the round is open to all, else after it
    closed; what was replaced, came late or was said in the room and not confirmed is its side's own and the
    secretariat's. Observers and administrators see none.
    """
    here = Round.body_id == actor.body
    if actor.is_staff or actor.role == Role.SYSTEM:
        return here
    if actor.role not in _READERS:
        return false()
    opened = or_(Round.visibility == Visibility.OPEN, Round.state.in_((RoundState.CLOSED, RoundState.CONCLUDED)))
    # What never stood has no number: that it was withdrawn is nobody else's business.
    stood = and_(Proposal.state == ProposalState.WITHDRAWN, Proposal.number.is_not(None))
    return and_(
        here,
        or_(
            Proposal.delegation_id == actor.delegation,
            and_(opened, or_(Proposal.state == ProposalState.SUBMITTED, stood)),
        ),
    )


def outcomes_visible(round_: Round, actor: Actor) -> bool:
    """Whether *actor* may see what was decided: secretariat and chair at once, delegations once it is concluded."""
    return actor.is_staff or actor.role == Role.SYSTEM or round_.state == RoundState.CONCLUDED


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a proposal.

    Attributes:
        sponsors: Codes of those whose live wish it is, in protocol rank; the proposer where it is no wish.
        outcome, reason: What was decided; None where nothing was, or it is not to be seen yet.
    """

    id: str
    stored: StoredChange
    sponsors: tuple[str, ...]
    outcome: Outcome | None = None
    reason: str = ""
    covered_by: str | None = None


@dataclass(frozen=True, slots=True)
class PositionRow:
    """Where a delegation stands on a proposal."""

    delegation: str
    kind: PositionKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as one actor may see it.

    Attributes:
        delegation: Code of its author.
        is_own: Whether it is the actor's own delegation's.
        scan_id: Of the letter it came by: for its own delegation, the secretariat and the chair.
        is_readable: Whether its text is open to the actor; a withdrawn one is listed without.
        changes, justification: Empty where it is not readable.
    """

    id: str
    round_id: str
    number: int | None
    delegation: str
    is_own: bool
    is_readable: bool
    state: ProposalState
    category: Category
    channel: Channel
    justification: str
    received_at: datetime
    letter_number: str | None
    letter_on: date | None
    scan_id: str | None
    replaces: str | None
    admitted_because: str | None
    fingerprint: str
    changes: tuple[ChangeRow, ...]
    positions: tuple[PositionRow, ...]

    @property
    def reference(self) -> str:
        """What people say on the phone: eight characters of its id."""
        return reference(self.id)

    @property
    def sponsors(self) -> tuple[str, ...]:
        """Everybody who sponsors one of its changes, the author first."""
        found = dict.fromkeys((self.delegation, *(code for change in self.changes for code in change.sponsors)))
        return tuple(found)


def reference(proposal_id: str) -> str:
    """Return the short form of a proposal's public id: ``7K3Q-PX2M``."""
    return f"{proposal_id[:4]}-{proposal_id[4:8]}".upper()


def find_proposal(proposal_id: str, *, actor: Actor) -> tuple[Proposal, Round]:
    """Return a proposal that exists for *actor*, with its round.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    found = db.session.execute(
        select(Proposal, Round)
        .join(Round, Round.id == Proposal.round_id)
        .where(Proposal.id == proposal_id, visible_to(actor))
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found[0], found[1]


@dataclass(frozen=True, slots=True)
class NamedProposal:
    """What a proposal is called: its round's number, its own, and the code of its author."""

    id: str
    round: int
    number: int | None
    delegation: str

    @property
    def reference(self) -> str:
        """What people say on the phone."""
        return reference(self.id)


def list_named(ids: Iterable[str], *, actor: Actor, people: People) -> Mapping[str, NamedProposal]:
    """Return id to what a proposal is called, of those that exist for *actor*. One query."""
    wanted = frozenset(ids)
    if not wanted:
        return {}
    statement = (
        select(Proposal.id, Round.number, Proposal.number, Proposal.delegation_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Proposal.id.in_(wanted), visible_to(actor))
    )
    return {
        row[0]: NamedProposal(row[0], row[1], row[2], people.by_id[row[3]].code)
        for row in db.session.execute(statement)
    }


def get_proposal(proposal_id: str, *, actor: Actor) -> ProposalRow:
    """Return a proposal that exists for *actor*, as a row.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    proposal, round_ = find_proposal(proposal_id, actor=actor)
    return _rows([proposal], round_, load_people(round_.body_id), actor)[0]


def list_proposals(
    round_: Round, *, actor: Actor, people: People | None = None, version_id: str | None = None
) -> tuple[ProposalRow, ...]:
    """Return the proposals of a round that exist for *actor*, oldest first; six queries, whatever their number.

    Args:
        version_id: Only those with a change to this version.
    """
    statement = (
        select(Proposal)
        .join(Round, Round.id == Proposal.round_id)
        .where(Proposal.round_id == round_.id, visible_to(actor))
        .order_by(Proposal.received_at, Proposal.number, Proposal.id)
    )
    if version_id is not None:
        statement = statement.where(Proposal.id.in_(select(Change.proposal_id).where(Change.version_id == version_id)))
    found = db.session.scalars(statement).all()
    return _rows(found, round_, people or load_people(round_.body_id), actor)


def _rows(found: Sequence[Proposal], round_: Round, people: People, actor: Actor) -> tuple[ProposalRow, ...]:
    readable = {p.id for p in found if is_readable(p, actor)}
    # The conditions name the round, not the proposals: a list of ids would grow with the document.
    few = Proposal.id == found[0].id if len(found) == 1 else Proposal.round_id == round_.id
    made = _changes(few, readable, round_, people, actor)
    taken = _positions(few, people)
    return tuple(
        ProposalRow(
            id=p.id,
            round_id=p.round_id,
            number=p.number,
            delegation=people.by_id[p.delegation_id].code,
            is_own=p.delegation_id == actor.delegation,
            is_readable=p.id in readable,
            state=p.state,
            category=p.category,
            channel=p.channel,
            justification=p.justification if p.id in readable else "",
            received_at=p.received_at,
            letter_number=p.letter_number,
            letter_on=p.letter_on,
            scan_id=p.scan_id if p.delegation_id == actor.delegation or actor.is_staff else None,
            replaces=p.replaces,
            admitted_because=p.admitted_because,
            fingerprint=p.content_hash,
            changes=tuple(made.get(p.id, ())),
            positions=tuple(taken.get(p.id, ())) if p.id in readable else (),
        )
        for p in found
    )


def is_readable(proposal: Proposal, actor: Actor) -> bool:
    """Whether the text of a visible proposal is open to *actor*: a withdrawn one's is its own delegation's."""
    return proposal.state != ProposalState.WITHDRAWN or proposal.delegation_id == actor.delegation


def _changes(
    few: ColumnElement[bool], readable: Iterable[str], round_: Round, people: People, actor: Actor
) -> Mapping[str, list[ChangeRow]]:
    sponsors: dict[str, list[str]] = defaultdict(list)
    for change_id, delegation_id in db.session.execute(
        select(Wish.change_id, Wish.delegation_id)
        .join(Change, Change.id == Wish.change_id)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(few, Wish.ended_at.is_(None))
    ):
        sponsors[change_id].append(people.by_id[delegation_id].code)
    decided = _decisions(few) if outcomes_visible(round_, actor) else {}
    wanted = frozenset(readable)
    found: dict[str, list[ChangeRow]] = defaultdict(list)
    statement = (
        select(Change, Proposal.delegation_id)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(few)
        .order_by(Change.proposal_id, Change.ordinal)
    )
    for row, delegation_id in db.session.execute(statement):
        if row.proposal_id in wanted:
            mine = people.by_id[delegation_id].code
            codes = tuple(sorted(sponsors[row.id] or [mine], key=people.order.index))
            outcome, reason, covered_by = decided.get(row.id, (None, "", None))
            found[row.proposal_id].append(ChangeRow(row.id, changes.of_row(row), codes, outcome, reason, covered_by))
    return found


def _decisions(few: ColumnElement[bool]) -> Mapping[str, tuple[Outcome | None, str, str | None]]:
    statement = (
        select(Decision)
        .join(Change, Change.id == Decision.change_id)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(few)
        .order_by(Decision.number)
    )
    return {d.change_id: (d.outcome, d.reason, d.covered_by) for d in db.session.scalars(statement)}


def _positions(few: ColumnElement[bool], people: People) -> Mapping[str, list[PositionRow]]:
    newest: dict[tuple[str, str], Position] = {}
    statement = (
        select(Position).join(Proposal, Proposal.id == Position.proposal_id).where(few).order_by(Position.number)
    )
    for position in db.session.scalars(statement):
        newest[position.proposal_id, position.delegation_id] = position
    found: dict[str, list[PositionRow]] = defaultdict(list)
    for (proposal_id, delegation_id), position in newest.items():
        if position.kind is not None:
            code = people.by_id[delegation_id].code
            found[proposal_id].append(PositionRow(code, position.kind, position.text, position.at))
    for rows in found.values():
        rows.sort(key=lambda row: people.order.index(row.delegation))
    return found

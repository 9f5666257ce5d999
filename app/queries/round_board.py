"""The round board: who has answered, who is awaited, what waits for the secretariat. A fixed number of queries.

Drafts are invisible here, even their number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.models import db
from app.models.accounts import Outbox, User
from app.models.bodies import Membership
from app.models.proposals import Proposal
from app.models.rounds import Answer, Consent, Extension, Round
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import ConsentAnswer, DelegationKind, ProposalState, Role
from app.queries.people import DelegationRow, People, load_people
from app.queries.rounds import RoundDocument, list_round_documents


class Standing(StrEnum):
    """How a delegation stands in a round, for those who wait for it."""

    SUBMITTED = "submitted"
    NO_COMMENTS = "no_comments"
    ORAL = "oral"
    LATE = "late"
    WITHDREW = "withdrew"
    NOTHING = "nothing"


ANSWERED = frozenset({Standing.SUBMITTED, Standing.NO_COMMENTS})


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A delegation's answer to a version as a whole."""

    answer: ConsentAnswer
    remark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A delegation in a round.

    Attributes:
        deadline: The one that holds for it; *own_deadline* says whether it is its own, *why* the reason.
        submitted, late, oral, withdrawn: Numbers of its proposals; replaced ones are not counted.
        last_at: When the newest of them arrived.
        consents: Version id to its answer; a missing one is no consent.
        reminded_at: When it was last reminded by mail.
    """

    delegation: DelegationRow
    deadline: datetime
    own_deadline: bool
    why: str
    submitted: int
    late: int
    oral: int
    withdrawn: int
    no_comments: bool
    last_at: datetime | None
    consents: Mapping[str, ConsentRow]
    reminded_at: datetime | None

    @property
    def standing(self) -> Standing:
        """How it stands, the weightiest first."""
        if self.submitted:
            return Standing.SUBMITTED
        if self.no_comments:
            return Standing.NO_COMMENTS
        if self.oral:
            return Standing.ORAL
        if self.late:
            return Standing.LATE
        return Standing.WITHDREW if self.withdrawn else Standing.NOTHING

    @property
    def is_awaited(self) -> bool:
        """Whether nothing that stands has come from it: an answer that is not there is never consent."""
        return self.standing not in ANSWERED


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A proposal that waits for the secretariat (late) or for its side (oral)."""

    id: str
    delegation: DelegationRow
    received_at: datetime
    deadline: datetime


@dataclass(frozen=True)
class Board:
    """Everything the round board shows."""

    documents: tuple[RoundDocument, ...]
    rows: tuple[BoardRow, ...]
    late: tuple[WaitingRow, ...]
    oral: tuple[WaitingRow, ...]
    people: People

    @property
    def answered(self) -> tuple[BoardRow, ...]:
        """Those who have answered."""
        return tuple(row for row in self.rows if not row.is_awaited)

    @property
    def awaited(self) -> tuple[BoardRow, ...]:
        """Those who are awaited."""
        return tuple(row for row in self.rows if row.is_awaited)

    @property
    def submitted(self) -> int:
        """Number of proposals that stand."""
        return sum(row.submitted for row in self.rows)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A focal point to write to; *language*: the one chosen in the account, or None."""

    delegation_id: str
    name: str
    email: str
    language: str | None


def get_board(round_: Round, *, actor: Actor) -> Board:
    """Return the board of a round for secretariat and chair.

    Raises:
        NotFound: The actor is neither.
    """
    if not actor.is_staff:
        raise NotFound()
    people = load_people(round_.body_id)
    documents = list_round_documents(round_.id)
    proposals = db.session.scalars(
        select(Proposal).where(Proposal.round_id == round_.id).order_by(Proposal.received_at, Proposal.id)
    ).all()
    counts: dict[str, Counter[ProposalState]] = defaultdict(Counter)
    arrived: dict[str, datetime] = {}
    for proposal in proposals:
        counts[proposal.delegation_id][proposal.state] += 1
        arrived[proposal.delegation_id] = proposal.received_at
    extensions = _extensions(round_)
    answers = _answers(round_)
    consents = _consents([document.version_id for document in documents])
    reminded = _reminded(round_)
    rows = []
    for one in people.delegations:
        mine = counts[one.id]
        if not (one.active and one.kind == DelegationKind.MEMBER_STATE) and not mine:
            continue
        own = extensions.get(one.id)
        deadline = max(round_.deadline, own[0]) if own else round_.deadline
        rows.append(
            BoardRow(
                delegation=one,
                deadline=deadline,
                own_deadline=deadline > round_.deadline,
                why=own[1] if own and deadline > round_.deadline else "",
                submitted=mine[ProposalState.SUBMITTED],
                late=mine[ProposalState.LATE],
                oral=mine[ProposalState.ORAL],
                withdrawn=mine[ProposalState.WITHDRAWN],
                no_comments=answers.get(one.id, False),
                last_at=arrived.get(one.id),
                consents=consents.get(one.id, {}),
                reminded_at=reminded.get(one.id),
            )
        )
    deadlines = {row.delegation.id: row.deadline for row in rows}
    return Board(
        documents,
        tuple(rows),
        _waiting(proposals, ProposalState.LATE, people, deadlines),
        _waiting(proposals, ProposalState.ORAL, people, deadlines),
        people,
    )


def _waiting(
    proposals: Iterable[Proposal], state: ProposalState, people: People, deadlines: Mapping[str, datetime]
) -> tuple[WaitingRow, ...]:
    return tuple(
        WaitingRow(p.id, people.by_id[p.delegation_id], p.received_at, deadlines[p.delegation_id])
        for p in proposals
        if p.state == state
    )


def _extensions(round_: Round) -> dict[str, tuple[datetime, str]]:
    """Return delegation to its latest own deadline and the reason."""
    found: dict[str, tuple[datetime, str]] = {}
    statement = select(Extension.delegation_id, Extension.deadline, Extension.reason).where(
        Extension.round_id == round_.id, Extension.delegation_id.is_not(None)
    )
    for delegation_id, deadline, reason in db.session.execute(statement):
        known = found.get(delegation_id or "")
        if delegation_id and (known is None or known[0] < deadline):
            found[delegation_id] = deadline, reason
    return found


def _answers(round_: Round) -> dict[str, bool]:
    statement = (
        select(Answer.delegation_id, Answer.no_comments).where(Answer.round_id == round_.id).order_by(Answer.number)
    )
    return {row.delegation_id: row.no_comments for row in db.session.execute(statement)}


def _consents(version_ids: list[str]) -> dict[str, dict[str, ConsentRow]]:
    found: dict[str, dict[str, ConsentRow]] = defaultdict(dict)
    statement = select(Consent).where(Consent.version_id.in_(version_ids)).order_by(Consent.number)
    for consent in db.session.scalars(statement):
        found[consent.delegation_id][consent.version_id] = ConsentRow(consent.answer, consent.remark, consent.at)
    return found


def _reminded(round_: Round) -> dict[str, datetime]:
    """Return delegation to when it was last reminded."""
    statement = select(Outbox.facts, Outbox.created_at).where(Outbox.dedup.startswith(reminder_key(round_.id, "")))
    found: dict[str, datetime] = {}
    for facts, at in db.session.execute(statement.order_by(Outbox.created_at)):
        found[facts["delegation"]] = at
    return found


def reminder_key(round_id: str, rest: str) -> str:
    """Return what makes a reminder's letter one: its round, and *rest*."""
    return f"reminder/{round_id}/{rest}"


def list_recipients(body_id: str, delegation_ids: Iterable[str]) -> tuple[Recipient, ...]:
    """Return the focal points of delegations, by name."""
    statement = (
        select(Membership.delegation_id, User.name, User.email, User.language)
        .join(User, User.public_id == Membership.user_id)
        .where(
            Membership.body_id == body_id,
            Membership.delegation_id.in_(tuple(delegation_ids)),
            Membership.role == Role.FOCAL_POINT,
            Membership.ended_at.is_(None),
            User.active,
        )
        .order_by(User.name)
    )
    return tuple(
        Recipient(delegation_id or "", name, email, language)
        for delegation_id, name, email, language in db.session.execute(statement)
    )


@dataclass(frozen=True, slots=True)
class OwnState:
    """How one's own delegation stands in a round."""

    submitted: int
    late: int
    oral: int
    withdrawn: int
    no_comments: bool
    own_deadline: bool
    general_deadline: datetime


def get_own_state(round_: Round, *, actor: Actor) -> OwnState:
    """Return how the actor's own delegation stands; nothing of anybody else."""
    states = db.session.scalars(
        select(Proposal.state).where(Proposal.round_id == round_.id, Proposal.delegation_id == actor.delegation)
    ).all()
    counts = Counter(states)
    own = _extensions(round_).get(actor.delegation or "")
    return OwnState(
        submitted=counts[ProposalState.SUBMITTED],
        late=counts[ProposalState.LATE],
        oral=counts[ProposalState.ORAL],
        withdrawn=counts[ProposalState.WITHDRAWN],
        no_comments=_answers(round_).get(actor.delegation or "", False),
        own_deadline=own is not None and own[0] > round_.deadline,
        general_deadline=round_.deadline,
    )

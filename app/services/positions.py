"""Where other delegations stand: co-sponsorships, positions, and the answer "no comments"."""

from datetime import datetime

from sqlalchemy import func, select

from app.models import db
from app.models.proposals import Position, Proposal
from app.models.rounds import Answer
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, DeadlinePassed, NotFound, NotReady, TransitionNotAllowed
from app.negotiation.permissions import require
from app.negotiation.vocabulary import PositionKind, ProposalState, WishKind
from app.queries.receipts import list_changes
from app.queries.rounds import deadline_for
from app.services._standing import add_wishes, get_round, get_undecided, last_answer, live_wishes
from app.services._unit import record, use_case
from app.services.proposals import is_late, said_in_utc


@use_case
def co_sponsor(proposal_id: str, *, actor: Actor, now: datetime) -> None:
    """Make another delegation's proposal one's own wish too, until the round is concluded.

    Raises:
        NotFound: It is not visible.
        OverlapsOwn: The delegation has a wish of its own on one of its provisions.
        Contradicts: It contradicts the delegation's other wishes.
        TransitionNotAllowed: It does not stand, or the round is concluded.
    """
    require(actor, "proposal.submit")
    proposal, round_ = get_undecided(proposal_id, "co-sponsor", actor)
    if proposal.delegation_id == actor.delegation or proposal.state != ProposalState.SUBMITTED:
        raise TransitionNotAllowed(N_("co-sponsor"), proposal.state)
    rows = list_changes(proposal.id)
    add_wishes(rows, actor.delegation or "", WishKind.CO_SPONSOR, round_, now=now)
    record("proposal.co_sponsor", proposal)


@use_case
def leave_proposal(proposal_id: str, *, actor: Actor, now: datetime) -> None:
    """Take back a co-sponsorship.

    Raises:
        NotFound: The proposal is not visible, or the delegation does not sponsor it.
    """
    require(actor, "proposal.submit")
    proposal, round_ = get_undecided(proposal_id, "leave", actor)
    mine = {row.id for row in list_changes(proposal.id)}
    joined = [
        wish
        for wish in live_wishes(round_.id, actor.delegation or "")
        if wish.change_id in mine and wish.kind == WishKind.CO_SPONSOR
    ]
    if not joined:
        raise NotFound()
    for wish in joined:
        wish.ended_at = now
    record("proposal.leave", proposal)


@use_case
def take_position(proposal_id: str, kind: PositionKind | None, *, text: str = "", actor: Actor, now: datetime) -> None:
    """Say where one's delegation stands on another's proposal; None takes it back. The newest one holds.

    Raises:
        NotFound: The proposal is not visible.
        TransitionNotAllowed: It is one's own, does not stand, or its round is concluded.
    """
    require(actor, "position.take")
    proposal, _ = get_undecided(proposal_id, "take a position", actor)
    if proposal.delegation_id == actor.delegation or proposal.state != ProposalState.SUBMITTED:
        raise TransitionNotAllowed(N_("take a position"), proposal.state)
    last = select(func.max(Position.number)).where(
        Position.proposal_id == proposal.id, Position.delegation_id == actor.delegation
    )
    position = Position(
        proposal_id=proposal.id,
        delegation_id=actor.delegation or "",
        number=(db.session.scalar(last) or 0) + 1,
        kind=kind,
        text=text.strip(),
        at=now,
    )
    db.session.add(position)
    record("position.take", position, facts={"kind": kind or "none"})


@use_case
def declare_no_comments(round_id: str, *, actor: Actor, now: datetime) -> None:
    """Declare that one's delegation has no comments in a round. Declared twice, it stands once.

    Raises:
        NotReady: It has submitted proposals.
        DeadlinePassed: Its deadline has passed.
    """
    _answer(round_id, True, actor, now)


@use_case
def take_back_no_comments(round_id: str, *, actor: Actor, now: datetime) -> None:
    """Take the declaration back."""
    _answer(round_id, False, actor, now)


def _answer(round_id: str, no_comments: bool, actor: Actor, now: datetime) -> None:
    require(actor, "round.answer")
    round_ = get_round(round_id, actor)
    delegation = actor.delegation or ""
    if is_late(round_, delegation, now):
        raise DeadlinePassed(said_in_utc(deadline_for(round_, delegation)), said_in_utc(now))
    standing = select(Proposal.id).where(
        Proposal.round_id == round_.id,
        Proposal.delegation_id == delegation,
        Proposal.state == ProposalState.SUBMITTED,
    )
    if no_comments and db.session.scalars(standing.limit(1)).first() is not None:
        raise NotReady(N_("your delegation has submitted proposals"))
    last = last_answer(round_.id, delegation)
    if (last is not None and last.no_comments) == no_comments:
        return
    answer = Answer(
        round_id=round_.id,
        delegation_id=delegation,
        number=(last.number if last else 0) + 1,
        no_comments=no_comments,
        at=now,
    )
    db.session.add(answer)
    record("round.no_comments" if no_comments else "round.comments_after_all", answer)

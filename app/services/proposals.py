"""Proposals: submitted, entered on behalf, replaced, withdrawn, restored, admitted, confirmed, co-sponsored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.proposals import Change, Proposal
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import (
    N_,
    DeadlinePassed,
    EditedMeanwhile,
    Missing,
    NotFound,
    NothingChanged,
    NotPermitted,
    OtherContent,
    TransitionNotAllowed,
)
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Category, Channel, ProposalState, Role, RoundState
from app.negotiation.workflows import PROPOSAL
from app.queries import drafts
from app.queries.changes import StoredChange, content_of, of_json
from app.queries.proposals import reference
from app.queries.receipts import content_of_proposal
from app.queries.rounds import deadline_for
from app.queries.scans import get_scan
from app.services._advance import advance
from app.services._standing import (
    end_wishes,
    get_author,
    get_round,
    get_undecided,
    make_standing,
)
from app.services._unit import record, use_case
from app.services._wording import Bases, NewChange, check_current, worded
from app.text.canonical import dumps, fingerprint_of

__all__ = ["NewChange", "NewProposal", "Receipt"]


@dataclass(frozen=True)
class NewProposal:
    """What is proposed.

    Attributes:
        replaces: Id of the delegation's submitted proposal that it takes the place of.
        letter_number, letter_on, scan_id: Of the letter it came by (channel ``letter``).
    """

    category: Category
    justification: str
    changes: Sequence[NewChange]
    channel: Channel = Channel.WEB
    replaces: str | None = None
    carried_from: str | None = None
    letter_number: str | None = None
    letter_on: date | None = None
    scan_id: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What the delegation holds in its hand.

    Attributes:
        proposal: Public id.
        reference: What is said on the phone.
        state: SUBMITTED, or LATE: kept, and to be admitted by the secretariat or not.
        deadline: The one that held for the delegation.
        text: The canonical spelling of what was received.
        fingerprint: SHA-256 of *text*.
    """

    proposal: str
    reference: str
    number: int | None
    state: ProposalState
    received_at: datetime
    deadline: datetime
    text: str
    fingerprint: str


@use_case
def submit_draft(
    draft_id: str, *, lock_version: int, content_hash: str, token: str, actor: Actor, now: datetime
) -> Receipt:
    """Submit a draft of the actor's delegation; sent twice, it gives the same receipt, also after the deadline.

    What arrives at or after the deadline is kept as late and receipted.

    Raises:
        OtherContent: The token was used for other content.
        EditedMeanwhile: The draft is no longer what was seen.
        NotFound: There is no such draft in the delegation.
        Refused: As ``submit_proposal`` does.
    """
    require(actor, "proposal.submit")
    replayed = _replayed(actor.delegation, token, content_hash)
    if replayed is not None:
        return replayed
    draft = drafts.find_draft(draft_id, actor=actor)
    if draft.token != token:
        raise OtherContent()
    if draft.lock_version != lock_version or drafts.content_hash(draft) != content_hash:
        raise EditedMeanwhile()
    round_ = get_round(draft.round_id, actor)
    new = NewProposal(
        Category(draft.content["category"]),
        draft.content["justification"],
        (),
        channel=Channel(draft.content.get("channel", Channel.WEB)),
        replaces=draft.replaces,
        carried_from=draft.carried_from,
    )
    stored = [of_json(change) for change in draft.content["changes"]]
    receipt = submit_stored(round_, actor.delegation or "", new, stored, token, actor=actor, now=now)
    db.session.delete(draft)
    return receipt


@use_case
def submit_proposal(round_id: str, new: NewProposal, *, token: str, actor: Actor, now: datetime) -> Receipt:
    """Submit a proposal of the actor's delegation (or desk) without a draft.

    Raises:
        OtherContent: The token was used for other content.
        NothingChanged: It asks for nothing.
        OverlapsOwn, Contradicts: It does not go with the delegation's other proposals.
        StaleVersion: It was made on another version.
        TransitionNotAllowed: The round is concluded.
    """
    require(actor, "proposal.submit")
    round_ = get_round(round_id, actor)
    return _submit_new(round_, actor.delegation or "", new, token, actor=actor, now=now)


@use_case
def enter_on_behalf(
    round_id: str, delegation_id: str, new: NewProposal, *, token: str, actor: Actor, now: datetime
) -> Receipt:
    """Enter a proposal that came by letter, with its number and date; the delegation finds the receipt in its room.

    Raises:
        Missing: The letter's number or date.
        Refused: As ``submit_proposal`` does.
    """
    require(actor, "proposal.enter")
    if not (new.letter_number or "").strip() or new.letter_on is None:
        raise Missing(N_("the number and date of the letter"))
    round_ = get_round(round_id, actor)
    author = get_author(delegation_id, actor)
    if new.scan_id is not None and get_scan(new.scan_id, actor=actor).delegation_id != author.id:
        raise NotFound()
    return _submit_new(round_, author.id, new, token, actor=actor, now=now, action="proposal.enter")


@use_case
def enter_oral(
    round_id: str, delegation_id: str, new: NewProposal, *, token: str, actor: Actor, now: datetime
) -> Receipt:
    """Type in what was proposed in the room: no deadline, no clearance; its side confirms or withdraws it.

    What secretariat or chair say themselves stands at once.

    Raises:
        TransitionNotAllowed: The round is concluded.
        Refused: As ``submit_proposal`` does.
    """
    require(actor, "proposal.submit" if delegation_id == actor.delegation else "proposal.enter")
    round_ = get_round(round_id, actor)
    author = get_author(delegation_id, actor)
    own_desk = author.id == actor.delegation and actor.is_staff
    state = ProposalState.SUBMITTED if own_desk else ProposalState.ORAL
    return _submit_new(round_, author.id, new, token, actor=actor, now=now, action="proposal.oral", state=state)


@use_case
def admit_late(proposal_id: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Admit a late proposal, with the reason on the record.

    Raises:
        Missing: No reason.
        OverlapsOwn, Contradicts: It does not go with what the delegation has submitted since.
    """
    if not reason.strip():
        raise Missing(N_("a reason"))
    proposal, round_ = get_undecided(proposal_id, "admit", actor)
    advance(proposal, PROPOSAL, "admit", actor=actor, facts={"reason": reason.strip()})
    proposal.admitted_because = reason.strip()
    make_standing(proposal, round_, actor=actor, now=now)


@use_case
def confirm_oral(proposal_id: str, *, actor: Actor, now: datetime) -> None:
    """Confirm, as its side, what was typed in the room; the secretariat notes a confirmation given there."""
    proposal, round_ = get_undecided(proposal_id, "confirm", actor)
    if actor.role != Role.SECRETARIAT:
        _require_own(proposal, actor, "proposal.confirm")
    advance(proposal, PROPOSAL, "confirm", actor=actor)
    make_standing(proposal, round_, actor=actor, now=now)


@use_case
def withdraw_proposal(proposal_id: str, *, reason: str = "", actor: Actor, now: datetime) -> None:
    """Withdraw a proposal until its round is concluded; the secretariat does so on behalf, with a reason.

    Raises:
        Missing: The secretariat gave no reason.
        TransitionNotAllowed: The round is concluded, or the proposal does not stand.
    """
    proposal, _ = get_undecided(proposal_id, "withdraw", actor)
    if proposal.delegation_id != actor.delegation:
        if actor.role != Role.SECRETARIAT:
            raise NotPermitted("proposal.withdraw", actor.role)
        if not reason.strip():
            raise Missing(N_("a reason"))
    advance(proposal, PROPOSAL, "withdraw", actor=actor, facts={"reason": reason.strip()})
    end_wishes(proposal, now)


@use_case
def restore_proposal(proposal_id: str, *, actor: Actor, now: datetime) -> None:
    """Restore a withdrawn proposal of one's own while the round takes proposals.

    Raises:
        DeadlinePassed: The delegation's deadline has passed.
        OverlapsOwn, Contradicts: It does not go with what the delegation has submitted since.
    """
    proposal, round_ = get_undecided(proposal_id, "restore", actor)
    _require_own(proposal, actor, "proposal.restore")
    if is_late(round_, proposal.delegation_id, now):
        raise DeadlinePassed(said_in_utc(deadline_for(round_, proposal.delegation_id)), said_in_utc(now))
    advance(proposal, PROPOSAL, "restore", actor=actor)
    make_standing(proposal, round_, actor=actor, now=now)


def is_late(round_: Round, delegation_id: str, now: datetime) -> bool:
    """Whether what a delegation sends now is late."""
    return round_.state != RoundState.OPEN or now >= deadline_for(round_, delegation_id)


def _submit_new(
    round_: Round,
    delegation_id: str,
    new: NewProposal,
    token: str,
    *,
    actor: Actor,
    now: datetime,
    action: str = "proposal.submit",
    state: ProposalState | None = None,
) -> Receipt:
    bases = Bases(round_)
    stored = [worded(change, bases) for change in new.changes]
    replayed = _replayed(delegation_id, token, fingerprint_of(_content(new, stored)))
    if replayed is not None:
        return replayed
    return submit_stored(round_, delegation_id, new, stored, token, actor=actor, now=now, action=action, state=state)


def submit_stored(
    round_: Round,
    delegation_id: str,
    new: NewProposal,
    stored: Sequence[StoredChange],
    token: str,
    *,
    actor: Actor,
    now: datetime,
    action: str = "proposal.submit",
    state: ProposalState | None = None,
) -> Receipt:
    """Store a proposal that was not stored before, in the state its time of arrival gives it; for use cases."""
    if round_.state == RoundState.CONCLUDED:
        raise TransitionNotAllowed(N_("submit"), round_.state)
    if not stored:
        raise NothingChanged()
    bases = Bases(round_)
    for change in stored:
        check_current(change, bases)
    if new.replaces is not None:
        _check_replaceable(new.replaces, delegation_id)
    if state is None:
        state = ProposalState.LATE if is_late(round_, delegation_id, now) else ProposalState.SUBMITTED
    content = _content(new, stored)
    proposal = _add(round_, delegation_id, new, stored, token, state, fingerprint_of(content), now)
    told = {"state": state, "delegation": delegation_id, "fingerprint": proposal.content_hash}
    record("proposal.late" if state == ProposalState.LATE else action, proposal, facts=told)
    if state == ProposalState.SUBMITTED:
        make_standing(proposal, round_, actor=actor, now=now)
    return _receipt(proposal, round_, dumps(content))


def _content(new: NewProposal, stored: Sequence[StoredChange]) -> dict[str, Any]:
    letter = (new.letter_number, new.letter_on.isoformat()) if new.letter_number and new.letter_on else None
    return content_of(
        category=new.category,
        justification=new.justification,
        changes=stored,
        replaces=new.replaces,
        carried_from=new.carried_from,
        letter=letter,
    )


def _add(
    round_: Round,
    delegation_id: str,
    new: NewProposal,
    stored: Sequence[StoredChange],
    token: str,
    state: ProposalState,
    content_hash: str,
    now: datetime,
) -> Proposal:
    proposal = Proposal(
        round_id=round_.id,
        delegation_id=delegation_id,
        replaces=new.replaces,
        carried_from=new.carried_from,
        channel=new.channel,
        category=new.category,
        justification=new.justification,
        state=state,
        received_at=now,
        letter_number=new.letter_number,
        letter_on=new.letter_on,
        scan_id=new.scan_id,
        token_hash=_token_hash(delegation_id, token),
        content_hash=content_hash,
    )
    db.session.add(proposal)
    db.session.flush()
    db.session.add_all(
        Change(proposal_id=proposal.id, ordinal=ordinal, **change.columns()) for ordinal, change in enumerate(stored, 1)
    )
    db.session.flush()
    return proposal


def _check_replaceable(proposal_id: str, delegation_id: str) -> None:
    older = db.session.get(Proposal, proposal_id)
    if older is None or older.delegation_id != delegation_id:
        raise NotFound()
    if older.state != ProposalState.SUBMITTED:
        raise TransitionNotAllowed(N_("replace"), older.state)


def _token_hash(delegation_id: str | None, token: str) -> str:
    # The delegation is part of it: another's token tells nothing and takes nothing away.
    if not token:
        raise Missing(N_("the form's token"))
    return sha256(f"{delegation_id}:{token}".encode()).hexdigest()


def _replayed(delegation_id: str | None, token: str, content_hash: str) -> Receipt | None:
    """Return the receipt that the token already has, if it has one."""
    statement = select(Proposal).where(Proposal.token_hash == _token_hash(delegation_id, token))
    proposal = db.session.scalar(statement)
    if proposal is None:
        return None
    if proposal.content_hash != content_hash:
        raise OtherContent()
    return _receipt(proposal, db.session.get_one(Round, proposal.round_id), dumps(content_of_proposal(proposal)))


def _receipt(proposal: Proposal, round_: Round, text: str) -> Receipt:
    return Receipt(
        proposal=proposal.id,
        reference=reference(proposal.id),
        number=proposal.number,
        state=proposal.state,
        received_at=proposal.received_at,
        deadline=deadline_for(round_, proposal.delegation_id),
        text=text,
        fingerprint=proposal.content_hash,
    )


def _require_own(proposal: Proposal, actor: Actor, act: str) -> None:
    if proposal.delegation_id != actor.delegation:
        raise NotPermitted(act, actor.role)


def said_in_utc(at: datetime) -> str:
    """Return an instant as refusals say it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"

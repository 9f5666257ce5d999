"""Decisions on changes, recommendations, and provisions agreed or reopened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.models import db
from app.models.decisions import Decision, Recommendation
from app.models.documents import Agreement, Document, ProvisionRow, Version
from app.models.proposals import Change, Proposal
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, EditedMeanwhile, Missing, NotFound, TransitionNotAllowed
from app.negotiation.permissions import require
from app.negotiation.vocabulary import REASON_WANTED, Outcome, ProposalState, RoundState
from app.queries import access
from app.services._unit import record, use_case


@dataclass(frozen=True)
class NewDecision:
    """What was decided on one change.

    Attributes:
        covered_by: For COVERED: the change that takes it up.
        seen: Number of the decision that stood when the officer decided; 0 for none.
    """

    outcome: Outcome
    reason: str = ""
    covered_by: str | None = None
    seen: int = 0


@use_case
def decide(decisions: Mapping[str, NewDecision], *, actor: Actor, now: datetime) -> None:
    """Record what the group decided on changes (by id); a later decision corrects an earlier one.

    Raises:
        EditedMeanwhile: Somebody decided one of them since the officer looked.
        Missing: A reason where one is wanted, or what covers a change.
        TransitionNotAllowed: The round is not closed, or already concluded.
    """
    require(actor, "decision.record")
    for change_id, decision in decisions.items():
        add_decision(change_id, decision, actor=actor, now=now)


def add_decision(change_id: str, new: NewDecision, *, actor: Actor, now: datetime) -> Decision:
    """Add one decision to the running use case."""
    change = get_decidable_change(change_id, actor=actor)
    if new.outcome in REASON_WANTED and not new.reason.strip():
        raise Missing(N_("a reason"))
    if (new.outcome == Outcome.COVERED) != (new.covered_by is not None) or new.covered_by == change_id:
        raise Missing(N_("the proposal that covers this one"))
    if new.covered_by is not None:
        get_decidable_change(new.covered_by, actor=actor)
    last = db.session.scalar(select(func.max(Decision.number)).where(Decision.change_id == change.id)) or 0
    if new.seen != last:
        raise EditedMeanwhile()
    decision = Decision(
        change_id=change.id,
        number=last + 1,
        outcome=new.outcome,
        covered_by=new.covered_by,
        reason=new.reason.strip(),
        at=now,
    )
    db.session.add(decision)
    record("decision.record" if last == 0 else "decision.correct", decision, facts={"outcome": new.outcome})
    return decision


def get_decidable_change(change_id: str, *, actor: Actor) -> Change:
    """Return a change that can be decided now.

    Raises:
        NotFound: There is none in the actor's body, or its proposal does not stand.
        TransitionNotAllowed: Its round is not closed, or already concluded.
    """
    found = db.session.execute(
        select(Change, Proposal, Round)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Change.id == change_id)
    ).one_or_none()
    if found is None or found[2].body_id != actor.body or found[1].state != ProposalState.SUBMITTED:
        raise NotFound()
    if found[2].state != RoundState.CLOSED:
        raise TransitionNotAllowed(N_("decide"), found[2].state)
    change: Change = found[0]
    return change


@use_case
def recommend(change_id: str, text: str, *, shared: bool, actor: Actor, now: datetime) -> None:
    """Record what the secretariat or the chair recommends on a change; the newest one holds."""
    require(actor, "recommendation.write")
    change = get_decidable_change(change_id, actor=actor)
    if not text.strip():
        raise Missing(N_("the recommendation"))
    last = db.session.scalar(select(func.max(Recommendation.number)).where(Recommendation.change_id == change.id)) or 0
    recommendation = Recommendation(change_id=change.id, number=last + 1, text=text.strip(), shared=shared, at=now)
    db.session.add(recommendation)
    record("recommendation.write", recommendation)


@use_case
def agree_provisions(
    document: str, number: int, keys: tuple[str, ...], *, agreed: bool, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Note that provisions of a version are agreed, or reopened with a reason; the newest note holds.

    Raises:
        NotFound: A key is not in the version.
        Missing: Reopening without a reason.
    """
    require(actor, "provision.agree")
    if not agreed and not reason.strip():
        raise Missing(N_("a reason"))
    found = access.get_document(document, actor=actor)
    version = access.get_version(found, number, actor=actor)
    for key in keys:
        _note_agreement(found, version, key, agreed, reason.strip(), now)


def _note_agreement(document: Document, version: Version, key: str, agreed: bool, reason: str, now: datetime) -> None:
    if db.session.get(ProvisionRow, (version.id, key)) is None:
        raise NotFound()
    last = db.session.scalars(
        select(Agreement)
        .where(Agreement.document_id == document.id, Agreement.key == key)
        .order_by(Agreement.number.desc())
        .limit(1)
    ).first()
    if last is not None and last.agreed == agreed:
        return
    if last is None and not agreed:
        return
    agreement = Agreement(
        document_id=document.id,
        key=key,
        number=(last.number if last else 0) + 1,
        agreed=agreed,
        version_id=version.id,
        reason=reason,
        at=now,
    )
    db.session.add(agreement)
    record("provision.agree" if agreed else "provision.reopen", agreement, facts={"key": key, "reason": reason})

"""Drafts: private to their delegation, deletable, without events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from app.models import db, new_id
from app.models.proposals import Change, Draft, Proposal, Wish
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import EditedMeanwhile, NotFound, OverlapsOwn, TransitionNotAllowed
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Category, ProposalState, RoundState, WishKind
from app.queries.changes import Slot, StoredChange, of_json, of_row, slot
from app.queries.drafts import find_draft
from app.queries.proposals import find_proposal, reference
from app.queries.receipts import list_changes
from app.services._standing import get_round
from app.services._unit import use_case
from app.services._wording import Bases, NewChange, worded
from app.text.changes import Operation


@dataclass(frozen=True)
class Opened:
    """What a form was opened on, so that nothing is overwritten unseen.

    Attributes:
        ordinal: Which of the draft's changes it edits, from 0.
    """

    draft: str
    lock_version: int
    ordinal: int = 0


@dataclass(frozen=True)
class Saved:
    """A saved draft, and how it stands now."""

    draft: str
    lock_version: int
    ordinal: int


@use_case
def save_draft(
    round_id: str,
    new: NewChange,
    *,
    category: Category,
    justification: str,
    opened: Opened | None = None,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Save a change as a draft: a new one, or in place of what the form was opened on.

    A delegation has one draft per provision and language. A draft on a provision that it has a
    submitted proposal on replaces that proposal, once submitted; its other changes come along.

    Raises:
        EditedMeanwhile: Somebody saved since the form was opened; nothing was overwritten.
        NothingChanged, Missing: There is nothing to propose yet.
        NotFound: No such round, draft or provision.
        TransitionNotAllowed: The round is not open.
    """
    require(actor, "draft.write")
    round_ = get_round(round_id, actor)
    if round_.state != RoundState.OPEN:
        raise TransitionNotAllowed("propose", round_.state)
    change = worded(new, Bases(round_))
    content = {"category": str(category), "justification": justification.strip()}
    if opened is not None:
        return _overwrite(opened, change, content, actor, now)
    present = _same_slot(round_, change, actor)
    if present is not None:
        return _again(*present, change, content)
    return _create(round_, change, content, actor, now)


@use_case
def revise_proposal(proposal_id: str, *, actor: Actor, now: datetime) -> str:
    """Return the draft that is to replace one's own submitted proposal, made where there is none.

    Raises:
        NotFound: The proposal is not the delegation's.
        TransitionNotAllowed: It does not stand, or its round takes nothing more.
    """
    require(actor, "draft.write")
    proposal, round_ = find_proposal(proposal_id, actor=actor)
    if proposal.delegation_id != actor.delegation:
        raise NotFound()
    if proposal.state != ProposalState.SUBMITTED or round_.state != RoundState.OPEN:
        raise TransitionNotAllowed("replace", proposal.state)
    statement = select(Draft.id).where(Draft.replaces == proposal.id, Draft.delegation_id == actor.delegation)
    present = db.session.scalar(statement)
    if present is not None:
        return present
    rows = [of_row(row) for row in list_changes(proposal.id)]
    content = {"category": str(proposal.category), "justification": proposal.justification}
    return _add(round_, rows, content, proposal.id, actor, now).id


@use_case
def delete_draft(draft_id: str, *, actor: Actor, now: datetime) -> None:
    """Delete a draft of one's delegation.

    Raises:
        NotFound: There is none.
    """
    require(actor, "draft.write")
    db.session.delete(find_draft(draft_id, actor=actor))


@use_case
def hand_over(draft_id: str, *, actor: Actor, now: datetime) -> None:
    """Hand a draft over to the focal point."""
    require(actor, "draft.write")
    draft = find_draft(draft_id, actor=actor)
    draft.handed_over_at = draft.handed_over_at or now


@use_case
def clear_draft(draft_id: str, *, lock_version: int, actor: Actor, now: datetime) -> None:
    """Clear a draft for submission, as the focal point saw it.

    Raises:
        EditedMeanwhile: It was changed since.
    """
    require(actor, "draft.clear")
    draft = find_draft(draft_id, actor=actor)
    if draft.lock_version != lock_version:
        raise EditedMeanwhile()
    draft.cleared_by, draft.cleared_at = actor.user, now


@dataclass
class Held:
    """What a delegation has in a round, by slot: its drafts, and the proposals whose wishes live."""

    drafts: dict[Slot, Draft]
    proposals: dict[Slot, Proposal]


def held_by(round_: Round, actor: Actor) -> Held:
    """Return what the actor's delegation has in a round. Two queries; for use cases that put many changes."""
    drafts = select(Draft).where(Draft.round_id == round_.id, Draft.delegation_id == actor.delegation)
    by_slot = {slot(change): draft for draft in db.session.scalars(drafts) for change in _keyed(draft)}
    rows = db.session.execute(
        select(Change, Proposal)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .join(Wish, Wish.change_id == Change.id)
        .where(*_own(round_, actor))
    )
    return Held(by_slot, {slot(of_row(change)): proposal for change, proposal in rows})


def put_changes(
    round_: Round,
    changes: Sequence[StoredChange],
    content: dict[str, Any],
    held: Held,
    *,
    actor: Actor,
    now: datetime,
) -> Draft:
    """Put changes that belong together into one draft, in place of what the delegation has there; for use cases.

    Where it has submitted a proposal on one of them, the draft replaces that proposal, once submitted.

    Args:
        content: Category, justification, channel.
        held: What the delegation has; kept up to date.

    Raises:
        OverlapsOwn: They touch two submitted proposals.
    """
    present = {draft.id: draft for change in changes if (draft := held.drafts.get(slot(change)))}
    kept = next(iter(present.values()), None)
    for draft in present.values():
        if draft is not kept:
            _take_out(draft, changes, now)
    if kept is None:
        olders = {older.id: older for change in changes if (older := held.proposals.get(slot(change)))}
        if len(olders) > 1:
            raise OverlapsOwn(reference(list(olders)[1]))
        replaced = next(iter(olders), None)
        rows = [of_row(row) for row in list_changes(replaced)] if replaced is not None else []
        kept = _add(round_, _with(rows, changes), content, replaced, actor, now)
    else:
        rows = _with([of_json(value) for value in kept.content["changes"]], changes)
        wanted = {**kept.content, **content, "changes": [row.columns() for row in rows]}
        if wanted != kept.content:
            kept.content, kept.updated_at = wanted, now
            kept.cleared_by = kept.cleared_at = None
    held.drafts.update({slot(change): kept for change in _keyed(kept)})
    return kept


def repoint_drafts(round_: Round, ended: Collection[str], *, actor: Actor, now: datetime) -> None:
    """Let the delegation's drafts replace what stands now where the proposals *ended* stood; for use cases.

    A draft that asks for exactly what stands now is done and goes; on the others somebody looks again.
    """
    proposals = held_by(round_, actor).proposals
    statement = select(Draft).where(Draft.round_id == round_.id, Draft.delegation_id == actor.delegation)
    for draft in db.session.scalars(statement).all():
        asked = [of_json(value) for value in draft.content["changes"]]
        found = dict.fromkeys(older.id for change in asked if (older := proposals.get(slot(change))))
        if draft.replaces not in ended and set(found) <= {draft.replaces}:
            continue
        replaced = next(iter(found), None)
        rows = [of_row(row) for row in list_changes(replaced)] if replaced is not None else []
        if replaced is not None and draft.carried_from is None and _with(rows, asked) == rows:
            db.session.delete(draft)
            continue
        draft.replaces, draft.updated_at = replaced, now
        draft.content = {**draft.content, "changes": [row.columns() for row in _with(rows, asked)]}
        draft.cleared_by = draft.cleared_at = None


def _keyed(draft: Draft) -> list[StoredChange]:
    """Return the changes of a draft that take up a slot: remarks on the whole stand side by side."""
    return [change for change in map(of_json, draft.content["changes"]) if change.key is not None]


def _with(rows: Sequence[StoredChange], changes: Sequence[StoredChange]) -> list[StoredChange]:
    """Return rows with *changes* in the place of those on the same slot, the others behind them."""
    by_slot = {slot(change): change for change in changes}
    replaced = [by_slot.pop(slot(row), row) for row in rows]
    return [*replaced, *(change for change in changes if slot(change) in by_slot)]


def _take_out(draft: Draft, changes: Sequence[StoredChange], now: datetime) -> None:
    gone = {slot(change) for change in changes}
    left = [value for value in draft.content["changes"] if slot(of_json(value)) not in gone]
    if not left:
        db.session.delete(draft)
        return
    draft.content, draft.updated_at = {**draft.content, "changes": left}, now
    draft.cleared_by = draft.cleared_at = None


def _overwrite(opened: Opened, change: StoredChange, content: dict[str, Any], actor: Actor, now: datetime) -> Saved:
    draft = find_draft(opened.draft, actor=actor)
    changes = list(draft.content["changes"])
    if not 0 <= opened.ordinal < len(changes):
        raise NotFound()
    wanted = {**draft.content, **content, "changes": [*changes]}
    wanted["changes"][opened.ordinal] = change.columns()
    if wanted == draft.content:
        return Saved(draft.id, draft.lock_version, opened.ordinal)
    if draft.lock_version != opened.lock_version:
        raise EditedMeanwhile(draft.id)
    draft.content = wanted
    draft.updated_at = now
    # Somebody cleared other words than these.
    draft.cleared_by = draft.cleared_at = None
    db.session.flush()
    return Saved(draft.id, draft.lock_version, opened.ordinal)


def _again(draft: Draft, ordinal: int, change: StoredChange, content: dict[str, Any]) -> Saved:
    """Answer a form that knows of no draft where there is one: sent twice, or a colleague was faster."""
    same = of_json(draft.content["changes"][ordinal]) == change
    if not same or {**draft.content, **content} != draft.content:
        raise EditedMeanwhile(draft.id)
    return Saved(draft.id, draft.lock_version, ordinal)


def _same_slot(round_: Round, change: StoredChange, actor: Actor) -> tuple[Draft, int] | None:
    if change.key is None:
        return None
    statement = select(Draft).where(Draft.round_id == round_.id, Draft.delegation_id == actor.delegation)
    for draft in db.session.scalars(statement):
        for ordinal, value in enumerate(draft.content["changes"]):
            if slot(of_json(value)) == slot(change):
                return draft, ordinal
    return None


def _create(round_: Round, change: StoredChange, content: dict[str, Any], actor: Actor, now: datetime) -> Saved:
    older = _submitted(round_, change, actor)
    if older is None:
        draft = _add(round_, [change], content, None, actor, now)
        return Saved(draft.id, draft.lock_version, 0)
    rows = [of_row(row) for row in list_changes(older.id)]
    ordinal = next(i for i, row in enumerate(rows) if slot(row) == slot(change))
    rows[ordinal] = change
    draft = _add(round_, rows, content, older.id, actor, now)
    return Saved(draft.id, draft.lock_version, ordinal)


def _submitted(round_: Round, change: StoredChange, actor: Actor) -> Proposal | None:
    """Return the delegation's own proposal whose wish on the same provision is live."""
    if change.operation is Operation.COMMENT:
        return None
    return db.session.scalar(
        select(Proposal)
        .join(Change, Change.proposal_id == Proposal.id)
        .join(Wish, Wish.change_id == Change.id)
        .where(
            *_own(round_, actor),
            Wish.version_id == change.version_id,
            Wish.key == change.key,
            Wish.language == change.language,
        )
    )


def _own(round_: Round, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a wish lives and is the delegation's own."""
    return (
        Wish.round_id == round_.id,
        Wish.delegation_id == actor.delegation,
        Wish.kind == WishKind.OWN,
        Wish.ended_at.is_(None),
    )


def _add(
    round_: Round,
    changes: Sequence[StoredChange],
    content: dict[str, Any],
    replaces: str | None,
    actor: Actor,
    now: datetime,
) -> Draft:
    draft = Draft(
        round_id=round_.id,
        delegation_id=actor.delegation or "",
        author_id=actor.user or "",
        replaces=replaces,
        content={**content, "changes": [change.columns() for change in changes]},
        token=new_id(),
        created_at=now,
        updated_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    return draft

"""Carrying over: what was deferred in a round comes back as a private draft of its delegation in the next one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import func, select

from app.models import db, new_id
from app.models.decisions import Decision
from app.models.documents import Version
from app.models.proposals import Change as ChangeModel
from app.models.proposals import Draft, Proposal
from app.models.rounds import Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Outcome, ProposalState, RoundState
from app.queries import changes
from app.queries.changes import StoredChange
from app.queries.drafts import find_draft
from app.queries.texts import load_edition
from app.services._unit import record, use_case
from app.text.canonical import text_fingerprint
from app.text.carry_over import CarryKind, carry
from app.text.changes import Change, NotInBase, Operation
from app.text.provision import Edition, Kind, Provision
from app.text.structure import ancestors, plain_of

_TAKEN = (Outcome.ACCEPTED, Outcome.ACCEPTED_AS_AMENDED, Outcome.KEPT_IN_BRACKETS)


def carry_deferred(round_: Round, *, now: datetime) -> int:
    """Make drafts of what the documents' last rounds deferred, in the running use case, and return how many.

    Each draft is private to the delegation that proposed, which confirms it by submitting, restates it or
    withdraws it. Its content says under ``carried`` what became of each change (the kinds of ``CarryKind``), and
    under ``overtaken_by`` which proposals were written into its provision meanwhile (lists of their ids).
    """
    made = 0
    edition = cache(load_edition)
    for version in _versions(round_):
        before = _last_round(version, round_)
        if before is not None:
            for proposal, rows in _deferred(before, version.document_id):
                db.session.add(_draft(round_, version, proposal, rows, edition, now))
                made += 1
    return made


@use_case
def withdraw_carried(draft_id: str, *, actor: Actor, now: datetime) -> None:
    """Let go of a proposal that was carried into this round; that its side does so is on the record.

    The proposal stays what it was in its own round, which is concluded.

    Raises:
        NotFound: There is no such draft of the actor's delegation, or it was not carried over.
        NotPermitted: The actor may not withdraw proposals.
    """
    require(actor, "proposal.submit")
    draft = find_draft(draft_id, actor=actor)
    proposal = db.session.get(Proposal, draft.carried_from or "")
    if proposal is None:
        raise NotFound()
    record("proposal.let_go", proposal, facts={"round": db.session.get_one(Round, draft.round_id).number})
    db.session.delete(draft)


def _versions(round_: Round) -> Sequence[Version]:
    statement = select(Version).join(RoundVersion, RoundVersion.version_id == Version.id)
    return db.session.scalars(statement.where(RoundVersion.round_id == round_.id)).all()


def _last_round(version: Version, round_: Round) -> Round | None:
    return db.session.scalar(
        select(Round)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .join(Version, Version.id == RoundVersion.version_id)
        .where(
            Version.document_id == version.document_id,
            Round.state == RoundState.CONCLUDED,
            Round.number < round_.number,
        )
        .order_by(Round.number.desc())
        .limit(1)
    )


def _deferred(before: Round, document_id: str) -> Iterable[tuple[Proposal, list[ChangeModel]]]:
    newest = (
        select(Decision.change_id, func.max(Decision.number).label("number")).group_by(Decision.change_id).subquery()
    )
    rows = db.session.execute(
        select(Proposal, ChangeModel)
        .join(ChangeModel, ChangeModel.proposal_id == Proposal.id)
        .join(Version, Version.id == ChangeModel.version_id)
        .join(newest, newest.c.change_id == ChangeModel.id)
        .join(Decision, (Decision.change_id == ChangeModel.id) & (Decision.number == newest.c.number))
        .where(
            Proposal.round_id == before.id,
            Proposal.state == ProposalState.SUBMITTED,
            Version.document_id == document_id,
            Decision.outcome == Outcome.DEFERRED,
        )
        .order_by(Proposal.received_at, Proposal.id, ChangeModel.ordinal)
    )
    found: dict[str, tuple[Proposal, list[ChangeModel]]] = {}
    for proposal, change in rows:
        found.setdefault(proposal.id, (proposal, []))[1].append(change)
    return found.values()


def _draft(
    round_: Round,
    version: Version,
    proposal: Proposal,
    rows: list[ChangeModel],
    edition: Callable[[str, str], Edition],
    now: datetime,
) -> Draft:
    carried = [carried_change(changes.of_row(row), version.id, edition) for row in rows]
    overtakers = [
        () if kind is CarryKind.STILL_APPLIES else _written_meanwhile(row, edition)
        for row, (kind, _) in zip(rows, carried, strict=True)
    ]
    return Draft(
        round_id=round_.id,
        delegation_id=proposal.delegation_id,
        author_id="",
        carried_from=proposal.id,
        content={
            "category": str(proposal.category),
            "justification": proposal.justification,
            "changes": [change.columns() for _, change in carried],
            "carried": [str(kind) for kind, _ in carried],
            "overtaken_by": [list(found) for found in overtakers],
        },
        token=new_id(),
        created_at=now,
        updated_at=now,
    )


def _written_meanwhile(row: ChangeModel, edition: Callable[[str, str], Edition]) -> tuple[str, ...]:
    """Return the proposals whose wording of the same provision, or of what it stands under, was taken, oldest first."""
    base = edition(row.version_id, row.language)
    keys = [row.key, row.place_after, row.place_parent]
    found = {key for key in keys if key}
    found.update(above for key in keys if key in base.by_key() for above in ancestors(base, key))
    newest = (
        select(Decision.change_id, func.max(Decision.number).label("number")).group_by(Decision.change_id).subquery()
    )
    statement = (
        select(Proposal.id)
        .join(ChangeModel, ChangeModel.proposal_id == Proposal.id)
        .join(newest, newest.c.change_id == ChangeModel.id)
        .join(Decision, (Decision.change_id == ChangeModel.id) & (Decision.number == newest.c.number))
        .where(
            ChangeModel.version_id == row.version_id,
            ChangeModel.key.in_(found),
            Proposal.id != row.proposal_id,
            Proposal.state == ProposalState.SUBMITTED,
            Decision.outcome.in_(_TAKEN),
        )
        .order_by(Proposal.received_at, Proposal.id)
    )
    return tuple(dict.fromkeys(db.session.scalars(statement)))


def carried_change(
    stored: StoredChange, version_id: str, edition: Callable[[str, str], Edition]
) -> tuple[CarryKind, StoredChange]:
    """Return a change as it stands on a later version, and what became of it.

    Where nothing is left to ask on the new text the old wish is kept to be looked at: on its provision,
    or, where that is gone, as a remark with its words.

    Args:
        edition: Gives the text of a version (by id) in a language.
    """
    if stored.key is None:
        return CarryKind.STILL_APPLIES, replace(stored, version_id=version_id)
    old, new = edition(stored.version_id, stored.language), edition(version_id, stored.language)
    wish = stored.change()
    if stored.version_id == version_id:
        return CarryKind.STILL_APPLIES, stored
    try:
        found = carry(wish, old, new)
    except NotInBase:
        return CarryKind.MUST_BE_RESTATED, _as_remark(stored, wish, version_id)
    if found.change is None:
        here = _fits(wish, new)
        return found.kind, _on(stored, wish, new, version_id) if here else _as_remark(stored, wish, version_id)
    return found.kind, _on(stored, found.change, new, version_id)


def _fits(wish: Change, new: Edition) -> bool:
    """Whether a wish can still be stored against a text: its provision is there, and for what has a place, that too."""
    keys = new.by_key()
    if wish.operation is Operation.INSERT:
        return False
    places = (wish.place.parent, wish.place.after) if wish.place else ()
    return wish.key in keys and all(key is None or key in keys for key in places)


def _on(stored: StoredChange, wish: Change, new: Edition, version_id: str) -> StoredChange:
    base = new.by_key().get(wish.key)
    return changes.stored(
        wish,
        version_id=version_id,
        language=stored.language,
        comment=stored.comment,
        fingerprint=text_fingerprint(base) if base is not None else None,
    )


def _as_remark(stored: StoredChange, wish: Change, version_id: str) -> StoredChange:
    words = [stored.comment, plain_of(wish.block)]
    if wish.parts is not None:
        words.append(plain_of((Provision(wish.key, Kind.PARAGRAPH, parts=wish.parts),)))
    comment = "\n".join(word for word in words if word) or str(stored.operation)
    return changes.stored(
        Change(Operation.COMMENT, ""),
        version_id=version_id,
        language=stored.language,
        comment=comment,
        fingerprint=None,
    )

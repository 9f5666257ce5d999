"""Drafts: private to their delegation, the secretariat's and the chair's desks included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.proposals import Draft
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import Category
from app.queries import changes
from app.queries.changes import StoredChange, content_of
from app.text.canonical import fingerprint_of
from app.text.carry_over import CarryKind


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as its own delegation sees it.

    Attributes:
        content_hash: Of what would be submitted; the form that submits it names it.
        carried_from: The proposal of an earlier round that it is carried over from.
        carried: What became of each change on the new text, while nobody has edited it.
        overtaken_by: For each change the ids of the proposals that were written into its provision meanwhile.
    """

    id: str
    round_id: str
    author: str
    author_name: str
    is_mine: bool
    replaces: str | None
    category: Category
    justification: str
    changes: tuple[StoredChange, ...]
    handed_over_at: datetime | None
    cleared_at: datetime | None
    cleared_by: str | None
    updated_at: datetime
    token: str
    lock_version: int
    content_hash: str
    carried_from: str | None = None
    carried: tuple[CarryKind, ...] = ()
    overtaken_by: tuple[tuple[str, ...], ...] = ()

    @property
    def applies(self) -> bool:
        """Whether all that was carried can be asked of the new text as it is."""
        return not set(self.carried) & {CarryKind.OVERTAKEN, CarryKind.MUST_BE_RESTATED}


def find_draft(draft_id: str, *, actor: Actor) -> Draft:
    """Return a draft of the actor's own delegation.

    Raises:
        NotFound: There is none, or it is another delegation's: both look the same.
    """
    statement = select(Draft).where(Draft.id == draft_id, Draft.delegation_id == actor.delegation)
    draft = db.session.scalar(statement) if actor.delegation else None
    if draft is None:
        raise NotFound()
    return draft


def get_draft(draft_id: str, *, actor: Actor) -> DraftRow:
    """Return a draft of the actor's own delegation as a row.

    Raises:
        NotFound: As ``find_draft`` says.
    """
    return _rows([find_draft(draft_id, actor=actor)], actor)[0]


def list_drafts(round_id: str, *, actor: Actor) -> tuple[DraftRow, ...]:
    """Return the drafts of the actor's own delegation in a round, oldest first. Two queries."""
    if not actor.delegation:
        return ()
    statement = (
        select(Draft)
        .where(Draft.round_id == round_id, Draft.delegation_id == actor.delegation)
        .order_by(Draft.created_at, Draft.id)
    )
    return _rows(db.session.scalars(statement).all(), actor)


def content_hash(draft: Draft) -> str:
    """Return the hash of what submitting the draft would submit."""
    return fingerprint_of(submitted_content(draft))


def submitted_content(draft: Draft) -> dict[str, Any]:
    """Return what submitting the draft would submit."""
    return content_of(
        category=draft.content["category"],
        justification=draft.content["justification"],
        changes=map(changes.of_json, draft.content["changes"]),
        replaces=draft.replaces,
        carried_from=draft.carried_from,
    )


def _rows(found: Sequence[Draft], actor: Actor) -> tuple[DraftRow, ...]:
    people = {draft.author_id for draft in found} | {draft.cleared_by for draft in found if draft.cleared_by}
    statement = select(User.public_id, User.name).where(User.public_id.in_(people))
    names: dict[str, str] = {row.public_id: row.name for row in db.session.execute(statement)}
    return tuple(
        DraftRow(
            id=draft.id,
            round_id=draft.round_id,
            author=draft.author_id,
            author_name=names.get(draft.author_id, ""),
            is_mine=draft.author_id == actor.user,
            replaces=draft.replaces,
            category=Category(draft.content["category"]),
            justification=draft.content["justification"],
            changes=tuple(changes.of_json(change) for change in draft.content["changes"]),
            handed_over_at=draft.handed_over_at,
            cleared_at=draft.cleared_at,
            cleared_by=names.get(draft.cleared_by or ""),
            updated_at=draft.updated_at,
            token=draft.token,
            lock_version=draft.lock_version,
            content_hash=content_hash(draft),
            carried_from=draft.carried_from,
            carried=tuple(map(CarryKind, draft.content.get("carried", ()))),
            overtaken_by=tuple(map(tuple, draft.content.get("overtaken_by", ()))),
        )
        for draft in found
    )

"""Rounds: their documents and deadlines."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.documents import Document, Version
from app.models.rounds import Extension, Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import DocumentState, Role, RoundState, VersionState, Visibility


@dataclass(frozen=True, slots=True)
class RoundDocument:
    """A document as a round is about it."""

    document_id: str
    version_id: str
    slug: str
    titles: dict[str, Any]
    number: int
    negotiating_language: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as one delegation sees it.

    Attributes:
        deadline: The instant that holds for the delegation that asks.
        is_over: Whether that instant has passed; what arrives now is late.
    """

    id: str
    number: int
    title: str
    note: str
    state: RoundState
    visibility: Visibility
    opens_at: datetime
    deadline: datetime
    zone: str
    closed_at: datetime | None
    concluded_at: datetime | None
    is_over: bool
    documents: tuple[RoundDocument, ...]


def deadline_for(round_: Round, delegation_id: str | None) -> datetime:
    """Return the deadline that holds for a delegation: the round's, or its own later one."""
    own = list_extensions(round_.id, delegation_id) if delegation_id else ()
    deadlines: list[datetime] = [round_.deadline, *(extension.deadline for extension in own)]
    return max(deadlines)


def last_deadline(round_: Round) -> datetime:
    """Return the latest deadline that holds for anybody."""
    statement = select(Extension.deadline).where(Extension.round_id == round_.id, Extension.delegation_id.is_not(None))
    deadlines: list[datetime] = [round_.deadline, *db.session.scalars(statement)]
    return max(deadlines)


def list_extensions(round_id: str, delegation_id: str | None = None) -> tuple[Extension, ...]:
    """Return the extensions of a round, oldest first; only one delegation's own, when named."""
    statement = select(Extension).where(Extension.round_id == round_id).order_by(Extension.number)
    if delegation_id is not None:
        statement = statement.where(Extension.delegation_id == delegation_id)
    return tuple(db.session.scalars(statement))


def list_rounds(*, actor: Actor, now: datetime) -> tuple[RoundRow, ...]:
    """Return the rounds of the actor's body that it may see, newest first."""
    if actor.role in (Role.OBSERVER, Role.ADMINISTRATOR):
        return ()
    statement = select(Round).where(Round.body_id == actor.body).order_by(Round.number.desc())
    if not actor.is_staff:
        statement = statement.where(Round.state != RoundState.SCHEDULED)
    return tuple(round_row(round_, actor=actor, now=now) for round_ in db.session.scalars(statement))


def round_row(round_: Round, *, actor: Actor, now: datetime) -> RoundRow:
    """Return a round as *actor* sees it."""
    deadline = deadline_for(round_, actor.delegation)
    return RoundRow(
        id=round_.id,
        number=round_.number,
        title=round_.title,
        note=round_.note,
        state=round_.state,
        visibility=round_.visibility,
        opens_at=round_.opens_at,
        deadline=deadline,
        zone=round_.zone,
        closed_at=round_.closed_at,
        concluded_at=round_.concluded_at,
        is_over=round_.state != RoundState.OPEN or now >= deadline,
        documents=list_round_documents(round_.id),
    )


def list_round_documents(round_id: str) -> tuple[RoundDocument, ...]:
    """Return what a round is about, by slug."""
    found = db.session.execute(
        select(Document.id, Version.id, Document.slug, Document.titles, Version.number, Document.negotiating_language)
        .join(Version, Version.document_id == Document.id)
        .join(RoundVersion, RoundVersion.version_id == Version.id)
        .where(RoundVersion.round_id == round_id)
        .order_by(Document.slug)
    )
    return tuple(RoundDocument(*row) for row in found)


def get_open_round(version_id: str) -> Round | None:
    """Return the open round on a version, if there is one."""
    return db.session.scalar(
        select(Round)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .where(RoundVersion.version_id == version_id, Round.state == RoundState.OPEN)
    )


def get_latest_round(version_id: str) -> Round | None:
    """Return the newest round on a version, whatever its state."""
    return db.session.scalar(
        select(Round)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .where(RoundVersion.version_id == version_id)
        .order_by(Round.number.desc())
        .limit(1)
    )


def list_free_versions(*, actor: Actor) -> tuple[RoundDocument, ...]:
    """Return the newest versions on which a round can be opened, by slug: under negotiation, and without a round
    that is not concluded."""
    rows = db.session.execute(
        select(Document.id, Version.id, Document.slug, Document.titles, Version.number, Document.negotiating_language)
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.body_id == actor.body,
            Document.state.in_((DocumentState.DRAFTING, DocumentState.NEGOTIATION)),
            Version.state == VersionState.ISSUED,
        )
        .order_by(Document.slug, Version.number)
    )
    newest = {row.slug: RoundDocument(*row) for row in rows}
    busy = frozenset(
        db.session.scalars(select(RoundVersion.version_id).join(Round).where(Round.state != RoundState.CONCLUDED))
    )
    return tuple(document for document in newest.values() if document.version_id not in busy)

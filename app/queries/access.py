"""Fetching objects for somebody: what is not theirs does not exist."""

from sqlalchemy import select

from app.models import db
from app.models.bodies import Body, Delegation
from app.models.documents import Document, Release, Version
from app.models.rounds import Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import Role, RoundState, VersionState


def get_body(actor: Actor) -> Body:
    """Return the body *actor* acts in.

    Raises:
        NotFound: It acts in none.
    """
    body = db.session.get(Body, actor.body) if actor.body else None
    if body is None:
        raise NotFound()
    return body


def get_delegation(delegation_id: str, *, actor: Actor) -> Delegation:
    """Return a delegation of the actor's body.

    Raises:
        NotFound: There is none, or it belongs to another body.
    """
    found = db.session.get(Delegation, delegation_id)
    if found is None or found.body_id != actor.body:
        raise NotFound()
    return found


def get_document(slug: str, *, actor: Actor) -> Document:
    """Return a document of the actor's body by its slug.

    An observer sees a document only once a version of it has been released to it; a delegate once
    it has a round. Administrators read no texts.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    statement = select(Document).where(Document.body_id == actor.body, Document.slug == slug)
    document = db.session.scalar(statement)
    if document is None or not list_visible_versions(document.id, actor=actor):
        if document is not None and actor.role == Role.SECRETARIAT:
            return document
        raise NotFound()
    return document


def list_visible_versions(document_id: str, *, actor: Actor) -> tuple[Version, ...]:
    """Return the versions of a document that *actor* may read, by number.

    Secretariat and chair read all; delegations those that a round was opened on, that came
    out of one, or that are final; observers those released to them.
    """
    statement = select(Version).where(Version.document_id == document_id, Version.state == VersionState.ISSUED)
    if actor.role in (Role.FOCAL_POINT, Role.EXPERT):
        opened = select(RoundVersion.version_id).join(Round).where(Round.state != RoundState.SCHEDULED)
        statement = statement.where(Version.id.in_(opened) | Version.round_id.is_not(None) | Version.final)
    elif actor.role == Role.OBSERVER:
        released = select(Release.version_id).where(
            Release.delegation_id == actor.delegation, Release.ended_at.is_(None)
        )
        statement = statement.where(Version.id.in_(released))
    elif not actor.is_staff and actor.role != Role.SYSTEM:
        return ()
    return tuple(db.session.scalars(statement.order_by(Version.number)))


def get_version(document: Document, number: int, *, actor: Actor) -> Version:
    """Return one readable version of a document.

    Raises:
        NotFound: There is none of that number, or not for *actor*.
    """
    for version in list_visible_versions(document.id, actor=actor):
        if version.number == number:
            return version
    raise NotFound()


def get_round(number: int, *, actor: Actor) -> Round:
    """Return a round of the actor's body by its number.

    Delegations see it once it is open; observers and administrators never.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    statement = select(Round).where(Round.body_id == actor.body, Round.number == number)
    round_ = db.session.scalar(statement)
    if round_ is None or actor.role in (Role.OBSERVER, Role.ADMINISTRATOR):
        raise NotFound()
    if round_.state == RoundState.SCHEDULED and not actor.is_staff and actor.role != Role.SYSTEM:
        raise NotFound()
    return round_

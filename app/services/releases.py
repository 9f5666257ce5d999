"""Versions opened to observers by an officer, and taken back."""

from datetime import datetime

from sqlalchemy import select

from app.models import db
from app.models.documents import Release
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.negotiation.vocabulary import DelegationKind
from app.queries import access
from app.services._unit import record, use_case


@use_case
def release_version(document: str, number: int, delegation_id: str, *, actor: Actor, now: datetime) -> None:
    """Open a version to an observer; doing it again changes nothing."""
    require(actor, "version.release")
    version = access.get_version(access.get_document(document, actor=actor), number, actor=actor)
    delegation = access.get_delegation(delegation_id, actor=actor)
    if delegation.kind not in (DelegationKind.OBSERVER, DelegationKind.BODY):
        raise NotFound()
    if _live(version.id, delegation.id) is not None:
        return
    release = Release(version_id=version.id, delegation_id=delegation.id, released_at=now)
    db.session.add(release)
    record("version.release", release, facts={"to": delegation.code, "number": number})


@use_case
def take_back_release(document: str, number: int, delegation_id: str, *, actor: Actor, now: datetime) -> None:
    """Take a version back from an observer; doing it again changes nothing."""
    require(actor, "version.release")
    version = access.get_version(access.get_document(document, actor=actor), number, actor=actor)
    release = _live(version.id, access.get_delegation(delegation_id, actor=actor).id)
    if release is None:
        return
    release.ended_at = now
    record("version.take_back", release)


def _live(version_id: str, delegation_id: str) -> Release | None:
    return db.session.scalar(
        select(Release).where(
            Release.version_id == version_id, Release.delegation_id == delegation_id, Release.ended_at.is_(None)
        )
    )

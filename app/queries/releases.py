"""Releases of a version to observers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.documents import Release
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import may
from app.negotiation.vocabulary import DelegationKind
from app.queries import access
from app.queries.people import DelegationRow, load_people


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """An observer, and since when the version is open to it; None where it is not."""

    delegation: DelegationRow
    released_at: datetime | None


@dataclass(frozen=True)
class Releases:
    """A version and every observer of the body."""

    slug: str
    titles: Mapping[str, Any]
    number: int
    final: bool
    rows: tuple[ReleaseRow, ...]


def load_releases(slug: str, number: int, *, actor: Actor) -> Releases:
    """Return to whom a version is released, for the secretariat.

    Raises:
        NotFound: There is no such version, or *actor* may not release it.
    """
    if not may(actor, "version.release"):
        raise NotFound()
    document = access.get_document(slug, actor=actor)
    version = access.get_version(document, number, actor=actor)
    live = select(Release.delegation_id, Release.released_at).where(
        Release.version_id == version.id, Release.ended_at.is_(None)
    )
    since = {row.delegation_id: row.released_at for row in db.session.execute(live)}
    rows = tuple(
        ReleaseRow(d, since.get(d.id))
        for d in load_people(document.body_id).delegations
        if d.active and d.kind in (DelegationKind.OBSERVER, DelegationKind.BODY)
    )
    return Releases(slug, document.titles, number, version.final, rows)

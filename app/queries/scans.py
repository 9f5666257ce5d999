"""Scans of letters, for those who may have them."""

from dataclasses import dataclass

from app.models import db
from app.models.documents import StoredFile
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import Role


@dataclass(frozen=True, slots=True)
class ScanRow:
    """A scan: its bytes, its generated name, what it is by its content, and whose letter it is."""

    id: str
    name: str
    media_type: str
    content: bytes
    delegation_id: str | None


def get_scan(scan_id: str, *, actor: Actor) -> ScanRow:
    """Return a scan, for the secretariat, the chair and the delegation whose letter it is.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    found = db.session.get(StoredFile, scan_id)
    if found is None or found.purpose != "scan" or found.body_id != actor.body:
        raise NotFound()
    own = actor.role in (Role.FOCAL_POINT, Role.EXPERT) and found.delegation_id == actor.delegation
    if not (actor.is_staff or own):
        raise NotFound()
    return ScanRow(found.id, found.name, found.media_type, found.content, found.delegation_id)

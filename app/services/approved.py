"""The text that a delegation's government approved: pinned by its focal point, private to the delegation."""

from datetime import datetime

from app.models import db
from app.models.signing import ApprovedText
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.queries import access
from app.queries.texts import list_languages
from app.services._unit import use_case


@use_case
def pin_approved(document: str, number: int, language: str, *, note: str = "", actor: Actor, now: datetime) -> None:
    """Keep that the actor's government approved version *number* in *language*; a later pin takes its place.

    It is the delegation's own matter, like its drafts: no event is written.

    Args:
        note: By what it was approved: number and date of the act.

    Raises:
        NotFound: There is no such version or language, or not for *actor*.
    """
    require(actor, "approved.pin")
    found = access.get_document(document, actor=actor)
    version = access.get_version(found, number, actor=actor)
    if language not in list_languages(version.id):
        raise NotFound()
    row = db.session.get(ApprovedText, (actor.delegation, found.id))
    if row is None:
        row = ApprovedText(delegation_id=actor.delegation, document_id=found.id)
        db.session.add(row)
    row.version_id, row.language, row.note, row.pinned_at = version.id, language, note.strip(), now


@use_case
def unpin_approved(document: str, *, actor: Actor, now: datetime) -> None:
    """Forget the approved text of a document."""
    require(actor, "approved.pin")
    found = access.get_document(document, actor=actor)
    row = db.session.get(ApprovedText, (actor.delegation, found.id))
    if row is not None:
        db.session.delete(row)

"""Scans of letters: kept as they came, given out only as attachments, to the secretariat, the chair and their side."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from app.models import db
from app.models.documents import StoredFile
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotReady
from app.negotiation.permissions import require
from app.queries import access
from app.services._unit import record, use_case

LIMIT_BYTES = 10 * 1024 * 1024
SCAN = "scan"
_KINDS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)


@use_case
def store_scan(delegation_id: str, content: bytes, *, actor: Actor, now: datetime) -> str:
    """Keep the scan of a delegation's letter and return its id; the same bytes again are the same scan.

    What it is follows from its content, never from a name that came along.

    Raises:
        NotReady: It is larger than 10 MB, or neither PDF nor JPEG nor PNG.
    """
    require(actor, "proposal.enter")
    delegation = access.get_delegation(delegation_id, actor=actor)
    if len(content) > LIMIT_BYTES:
        raise NotReady(N_("the scan is larger than 10 MB"))
    media_type, suffix = _kind(content)
    digest = sha256(content).hexdigest()
    known = db.session.scalar(
        select(StoredFile.id).where(
            StoredFile.delegation_id == delegation.id, StoredFile.purpose == SCAN, StoredFile.sha256 == digest
        )
    )
    if known is not None:
        return known
    scan = StoredFile(
        body_id=delegation.body_id,
        delegation_id=delegation.id,
        purpose=SCAN,
        name=f"letter-{delegation.code}-{digest[:8]}.{suffix}",
        media_type=media_type,
        sha256=digest,
        content=content,
        created_at=now,
    )
    db.session.add(scan)
    record("scan.store", scan, facts={"delegation": delegation.id})
    db.session.flush()
    return scan.id


def _kind(content: bytes) -> tuple[str, str]:
    for magic, media_type, suffix in _KINDS:
        if content.startswith(magic):
            return media_type, suffix
    raise NotReady(N_("the scan is neither a PDF nor a JPEG nor a PNG file"))

"""Signing a version: how it is arranged, and the file that is signed."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from app.docxio.signature import signature_copy
from app.models import db
from app.models.signing import Signing
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, EditedMeanwhile, Missing
from app.negotiation.permissions import require
from app.negotiation.signing import Arrangement, encoded
from app.queries.final_checks import FinalCheck, run_checks
from app.queries.signing import load_signature, load_signing, version_of
from app.services._unit import record, use_case


@use_case
def arrange_signing(
    document: str, number: int, arrangement: Arrangement, *, lock_version: int | None, actor: Actor, now: datetime
) -> None:
    """Keep how a version is signed; preparation, so that no event is written.

    Args:
        lock_version: That of the arrangement the officer saw; None where there was none.

    Raises:
        EditedMeanwhile: Somebody else saved it since.
        NotFound: There is no such version, or not for *actor*.
    """
    require(actor, "version.sign")
    _document, version, _body = version_of(document, number, actor)
    row = db.session.get(Signing, version.id)
    if (row.lock_version if row else None) != lock_version:
        raise EditedMeanwhile()
    if row is None:
        db.session.add(Signing(version_id=version.id, content=encoded(arrangement), updated_at=now))
    elif row.content != encoded(arrangement):
        row.content, row.updated_at = encoded(arrangement), now


@use_case
def make_signature_copy(
    document: str, number: int, language: str, *, reasons: Mapping[FinalCheck, str], actor: Actor, now: datetime
) -> tuple[str, bytes]:
    """Return the name and the bytes of a version's signature copy in a language.

    The record holds the file's hash and every failed check with the reason why it was made nevertheless.

    Raises:
        Missing: A check failed and no reason was given.
        NotFound: There is no such version or language, or not for *actor*.
    """
    require(actor, "version.sign")
    _document, version, _body = version_of(document, number, actor)
    failed = {c.check: len(c.found) for c in run_checks(document, number, actor=actor) if c.found}
    given = {check: reasons.get(check, "").strip() for check in failed}
    if not all(given.values()):
        raise Missing(N_("a reason for each check that failed"))
    paper = load_signature(document, number, language, actor=actor)
    content = signature_copy(paper.edition, paper.sheet, paper.signatures)
    page = load_signing(document, number, actor=actor)
    record(
        "version.sign",
        version,
        facts={
            "number": number,
            "language": language,
            "sha256": sha256(content).hexdigest(),
            "failed": [{"check": str(c), "found": n, "reason": given[c]} for c, n in failed.items()],
            "reason": "; ".join(given.values()),
        },
        signers={code: dict(side.names) for code, side in page.arrangement.sides.items()},
    )
    return paper.name, content

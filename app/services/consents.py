"""What delegations answer to a version as a whole."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.models import db
from app.models.rounds import Consent
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, Missing, NotFound
from app.negotiation.permissions import require
from app.negotiation.vocabulary import ConsentAnswer, Role
from app.queries import access
from app.services._unit import record, use_case


@dataclass(frozen=True)
class Letter:
    """The letter an answer or proposal came by."""

    number: str
    on: date


@use_case
def give_consent(
    document: str,
    number: int,
    answer: ConsentAnswer,
    *,
    remark: str = "",
    delegation_id: str | None = None,
    letter: Letter | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Record a delegation's answer to version *number* of a document; a later answer takes its place.

    A focal point answers for its own delegation; the secretariat enters an answer that came by letter.

    Raises:
        Missing: An answer with remarks has none; an answer entered on behalf has no letter.
    """
    require(actor, "consent.give")
    found = access.get_document(document, actor=actor)
    version = access.get_version(found, number, actor=actor)
    delegation = access.get_delegation(delegation_id or actor.delegation or "", actor=actor)
    if actor.role == Role.FOCAL_POINT and delegation.id != actor.delegation:
        raise NotFound()
    if actor.role == Role.SECRETARIAT and letter is None:
        raise Missing(N_("the number and date of the letter"))
    if answer == ConsentAnswer.AGREED_WITH_REMARKS and not remark.strip():
        raise Missing(N_("the remarks"))
    last = select(func.max(Consent.number)).where(
        Consent.version_id == version.id, Consent.delegation_id == delegation.id
    )
    consent = Consent(
        version_id=version.id,
        delegation_id=delegation.id,
        number=(db.session.scalar(last) or 0) + 1,
        answer=answer,
        remark=remark.strip(),
        letter_number=letter.number if letter else None,
        letter_on=letter.on if letter else None,
        at=now,
    )
    db.session.add(consent)
    record("consent.give", consent, facts={"delegation": delegation.code, "answer": answer})

"""The end of a document's way: agreed at expert level, reopened, adopted."""

from collections.abc import Mapping
from datetime import date, datetime

from app.models.documents import Document, Version
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, Missing, NotReady
from app.negotiation.workflows import DOCUMENT
from app.queries import access
from app.queries.readiness import list_obstacles
from app.queries.texts import list_languages, load_edition
from app.services._advance import advance
from app.services._unit import record, use_case
from app.services.versions import add_version


@use_case
def agree_document(document: str, *, reason: str = "", actor: Actor, now: datetime) -> None:
    """Note that the group agreed the newest version at expert level.

    Raises:
        NotReady: A round is not concluded, or words still stand in brackets.
    """
    found, version = _newest(document, actor)
    problems = list_obstacles(found, version)
    if problems:
        raise NotReady("; ".join(problems))
    advance(found, DOCUMENT, "agree", actor=actor, facts={"version": version.number, "reason": reason})


@use_case
def reopen_document(document: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Bring an agreed document back into negotiation, with a reason on the record."""
    if not reason.strip():
        raise Missing(N_("a reason"))
    found, _version = _newest(document, actor)
    advance(found, DOCUMENT, "reopen", actor=actor, facts={"reason": reason})


@use_case
def adopt_document(
    document: str,
    *,
    on: date,
    place: Mapping[str, str],
    by: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> int:
    """Declare an agreed document adopted and issue its final version, whose number is returned.

    Args:
        on: Day of adoption.
        place: Language to place.
        by: Language to the name of the meeting that adopted it.

    Raises:
        Missing: No place or meeting.
        NotReady: Words still stand in brackets.
    """
    if not any(v.strip() for v in place.values()) or not any(v.strip() for v in by.values()):
        raise Missing(N_("the place and the meeting that adopted it"))
    found, version = _newest(document, actor)
    problems = list_obstacles(found, version)
    if problems:
        raise NotReady("; ".join(problems))
    advance(found, DOCUMENT, "adopt", actor=actor, facts={"on": on.isoformat()})
    found.adopted_on, found.adopted_at_place, found.adopted_by = on, dict(place), dict(by)
    editions = {language: load_edition(version.id, language) for language in list_languages(version.id)}
    final = add_version(
        found, editions, number=version.number + 1, now=now, made_from=version, round_id=version.round_id, final=True
    )
    record("version.issue", final, facts={"number": final.number, "final": True})
    return final.number


def _newest(slug: str, actor: Actor) -> tuple[Document, Version]:
    document = access.get_document(slug, actor=actor)
    versions = access.list_visible_versions(document.id, actor=actor)
    if not versions:
        raise NotReady(N_("the document has no version yet"))
    return document, versions[-1]

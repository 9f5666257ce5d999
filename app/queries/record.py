"""The record as somebody may read it: events, newest first, with what they are about. A fixed number of queries.

What an event reveals must not be more than its reader sees anyway: delegates read their own acts, those of rounds,
documents and versions they can see, and what happened to proposals that are visible to them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from app.models import db
from app.models.accounts import User
from app.models.bodies import Membership
from app.models.decisions import Decision, Recommendation, Resolution
from app.models.documents import Agreement, Document, Release, Version
from app.models.proposals import Change, Position, Proposal
from app.models.record import Event, EventPayload
from app.models.rounds import Answer, Consent, Extension, Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import may
from app.negotiation.vocabulary import ProposalState, Role, RoundState, VersionState
from app.queries.proposals import visible_to
from app.queries.record_subjects import Subject, load_subjects

PAGE = 50
STAFF_ONLY = ("round.remind", "round.create", "round.reschedule")
"""Acts on a round that name the awaited, or happen before anybody but the secretariat has seen it."""
TOPICS: Mapping[str, tuple[str, ...]] = {
    "rounds": ("round", "extension", "answer"),
    "proposals": ("proposal", "position"),
    "decisions": ("decision", "recommendation", "resolution", "agreement"),
    "documents": ("document", "version", "edition", "consent", "release", "stored_file"),
    "members": ("body", "delegation", "membership", "meeting", "invitation"),
}
"""What the record can be filtered by: topic to types of subject."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the record is wanted; empty: everything.

    Attributes:
        topic: A key of ``TOPICS``.
        delegation, document: Ids.
        since, until: Instants, *until* excluded.
    """

    topic: str = ""
    delegation: str = ""
    document: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One event.

    Attributes:
        delegation: Id of the delegation or desk that acted, if one did.
        person: Name of who acted: for secretariat and chair; "" where it is erased or nobody did.
        facts: What was noted with it; no reasons that are not the reader's.
        hash: Commits to this event and to every one before it.
    """

    at: datetime
    action: str
    role: Role
    delegation: str | None
    person: str
    facts: Mapping[str, Any]
    subject: Subject
    hash: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of the record; *has_older* says whether another follows."""

    rows: tuple[RecordRow, ...]
    has_older: bool
    newest_hash: str
    """Hash of the newest event that the reader may see: for secretariat and chair the head of the chain."""


def load_record(filters: Filters, page: int, *, actor: Actor) -> RecordPage:
    """Return a page of the record, newest events first; pages count from 1.

    Raises:
        NotFound: The actor reads no record.
    """
    if not may(actor, "record.read") or actor.body is None or actor.role == Role.ADMINISTRATOR:
        raise NotFound()
    mine = _events(actor)
    statement = (
        mine.where(_wanted(filters)).order_by(Event.seq.desc()).offset((max(page, 1) - 1) * PAGE).limit(PAGE + 1)
    )
    found = db.session.execute(statement).all()
    events = [event for event, _payload in found[:PAGE]]
    subjects = load_subjects((e.subject_type, e.subject_id) for e in events)
    names = _people(payload for _event, payload in found[:PAGE]) if actor.is_staff else {}
    rows = tuple(
        RecordRow(
            at=event.at,
            action=event.action,
            role=event.role,
            delegation=event.delegation_id,
            person=names.get(_user(payload), ""),
            facts=_facts(event, payload, subjects[event.subject_type, event.subject_id], actor),
            subject=subjects[event.subject_type, event.subject_id],
            hash=event.hash,
        )
        for event, payload in found[:PAGE]
    )
    newest = db.session.execute(mine.order_by(Event.seq.desc()).limit(1)).first()
    return RecordPage(rows, len(found) > PAGE, newest[0].hash if newest else "")


def _events(actor: Actor) -> Select[Event, EventPayload]:
    return (
        select(Event, EventPayload)
        .join(EventPayload, and_(EventPayload.chain_id == Event.chain_id, EventPayload.seq == Event.seq))
        .where(Event.chain_id == actor.body, _visible(actor))
    )


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Event``: what of the record exists for *actor*."""
    if actor.is_staff or actor.role == Role.SYSTEM:
        return true()
    if actor.role not in (Role.FOCAL_POINT, Role.EXPERT):
        return false()
    own = actor.delegation
    proposals = select(Proposal.id).join(Round, Round.id == Proposal.round_id).where(visible_to(actor))
    standing = proposals.where(or_(Proposal.state == ProposalState.SUBMITTED, Proposal.delegation_id == own))
    opened = select(Round.id).where(Round.state != RoundState.SCHEDULED)
    versions = select(Version.id).where(
        Version.state == VersionState.ISSUED,
        or_(
            Version.id.in_(select(RoundVersion.version_id).where(RoundVersion.round_id.in_(opened))),
            Version.round_id.is_not(None),
            Version.final,
        ),
    )
    documents = select(Version.document_id).where(Version.id.in_(versions))
    concluded = select(Round.id).where(Round.state == RoundState.CONCLUDED)
    decided = (
        select(Decision.id)
        .join(Change, Change.id == Decision.change_id)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(Proposal.id.in_(standing), Proposal.round_id.in_(concluded))
    )
    return or_(
        Event.delegation_id == own,
        and_(_about("round", opened), Event.action.not_in(STAFF_ONLY)),
        _about("document", documents),
        _about("version", versions),
        _about("agreement", select(Agreement.id).where(Agreement.document_id.in_(documents))),
        _about("proposal", proposals),
        _about("position", select(Position.id).where(Position.proposal_id.in_(standing))),
        _about("decision", decided),
        _about("extension", select(Extension.id).where(Extension.delegation_id == own)),
        _about("answer", select(Answer.id).where(Answer.delegation_id == own)),
        _about("consent", select(Consent.id).where(Consent.delegation_id == own)),
        _about("membership", select(Membership.id).where(Membership.delegation_id == own)),
    )


def _about(kind: str, ids: Select[Any]) -> ColumnElement[bool]:
    return and_(Event.subject_type == kind, Event.subject_id.in_(ids))


def _wanted(filters: Filters) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if filters.topic:
        conditions.append(Event.subject_type.in_(TOPICS.get(filters.topic, ())))
    if filters.since is not None:
        conditions.append(Event.at >= filters.since)
    if filters.until is not None:
        conditions.append(Event.at < filters.until)
    if filters.delegation:
        conditions.append(_of_delegation(filters.delegation))
    if filters.document:
        conditions.append(_of_document(filters.document))
    return and_(*conditions)


def _of_delegation(delegation_id: str) -> ColumnElement[bool]:
    tables: dict[str, Any] = {
        "proposal": Proposal,
        "position": Position,
        "extension": Extension,
        "answer": Answer,
        "consent": Consent,
        "membership": Membership,
        "release": Release,
    }
    about = [_about(kind, select(t.id).where(t.delegation_id == delegation_id)) for kind, t in tables.items()]
    return or_(
        Event.delegation_id == delegation_id,
        and_(Event.subject_type == "delegation", Event.subject_id == delegation_id),
        *about,
    )


def _of_document(document_id: str) -> ColumnElement[bool]:
    versions = select(Version.id).where(Version.document_id == document_id)
    changes = select(Change.id).where(Change.version_id.in_(versions))
    proposals = select(Change.proposal_id).where(Change.version_id.in_(versions))
    rounds = select(RoundVersion.round_id).where(RoundVersion.version_id.in_(versions))
    return or_(
        and_(Event.subject_type == "document", Event.subject_id == document_id),
        _about("version", versions),
        _about("release", select(Release.id).where(Release.version_id.in_(versions))),
        _about("consent", select(Consent.id).where(Consent.version_id.in_(versions))),
        _about("agreement", select(Agreement.id).where(Agreement.document_id == document_id)),
        _about("proposal", proposals),
        _about("position", select(Position.id).where(Position.proposal_id.in_(proposals))),
        _about("decision", select(Decision.id).where(Decision.change_id.in_(changes))),
        _about("recommendation", select(Recommendation.id).where(Recommendation.change_id.in_(changes))),
        _about("resolution", select(Resolution.id).where(Resolution.version_id.in_(versions))),
        _about("round", rounds),
        _about("extension", select(Extension.id).where(Extension.round_id.in_(rounds))),
        _about("answer", select(Answer.id).where(Answer.round_id.in_(rounds))),
    )


def list_record_documents(*, actor: Actor) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return (id, titles) of the documents of the body that the actor can see, by slug."""
    statement = select(Document.id, Document.titles).where(Document.body_id == actor.body).order_by(Document.slug)
    if not actor.is_staff:
        seen = select(RoundVersion).join(Round).join(Version, Version.id == RoundVersion.version_id)
        statement = statement.where(
            exists(seen.where(Version.document_id == Document.id, Round.state != RoundState.SCHEDULED))
        )
    return tuple((document_id, titles) for document_id, titles in db.session.execute(statement))


def _facts(event: Event, payload: EventPayload, subject: Subject, actor: Actor) -> Mapping[str, Any]:
    """Return the facts of an event; why a proposal was withdrawn is its own side's and the secretariat's."""
    facts: dict[str, Any] = json.loads(payload.content)["facts"]
    theirs = actor.is_staff or actor.delegation in (event.delegation_id, subject.delegation)
    if not theirs and event.action in ("proposal.withdraw", "proposal.replace"):
        facts.pop("reason", None)
    return facts


def _user(payload: EventPayload) -> str:
    return str(json.loads(payload.person).get("user") or "") if payload.person else ""


def _people(payloads: Iterable[EventPayload]) -> dict[str, str]:
    wanted = {_user(payload) for payload in payloads} - {""}
    rows = db.session.execute(select(User.public_id, User.name).where(User.public_id.in_(wanted)))
    return {row.public_id: row.name for row in rows}

"""Rounds: scheduled, opened, extended, closed, opened again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select

from app.models import db
from app.models.documents import Document, Version
from app.models.proposals import Proposal
from app.models.protection import spelled
from app.models.rounds import Extension, Round, RoundVersion
from app.negotiation.actors import Actor, system
from app.negotiation.errors import N_, Missing, NotFound, NotReady, TransitionNotAllowed
from app.negotiation.permissions import require
from app.negotiation.vocabulary import DocumentState, ProposalState, RoundState, VersionState, Visibility
from app.negotiation.workflows import DOCUMENT, ROUND
from app.queries import access
from app.queries.rounds import deadline_for, last_deadline
from app.services._advance import advance
from app.services._unit import record, use_case
from app.services.carrying import carry_deferred

LOCK_SECONDS = 20
"""How long a writer may wait for the lock: the closing event is written only after it."""


@use_case
def create_round(
    version_ids: Sequence[str],
    *,
    opens_at: datetime,
    deadline: datetime,
    zone: str,
    visibility: Visibility,
    title: str = "",
    note: str = "",
    actor: Actor,
    now: datetime,
) -> str:
    """Schedule a round on the newest versions of one or several documents and return its id.

    The same round asked for again (a double click) is the round that is there already.

    Raises:
        Missing: No version, or no such time zone.
        NotReady: The deadline is not after the opening, or has passed; a version is not its
            document's newest, or already has a round that is not concluded.
    """
    require(actor, "round.create")
    body = access.get_body(actor)
    _check_times(max(opens_at, now), deadline, zone)
    wanted = frozenset(version_ids)
    if not wanted:
        raise Missing(N_("at least one document"))
    last = db.session.scalar(select(func.max(Round.number)).where(Round.body_id == body.id)) or 0
    round_ = Round(
        body_id=body.id,
        number=last + 1,
        title=title.strip(),
        note=note.strip(),
        visibility=visibility,
        opens_at=opens_at,
        deadline=deadline,
        zone=zone,
    )
    same = _same_round(round_, wanted)
    if same is not None:
        return same.id
    versions = [_free_version(version_id, actor) for version_id in sorted(wanted)]
    db.session.add(round_)
    db.session.flush()
    db.session.add_all(RoundVersion(round_id=round_.id, version_id=version.id) for version in versions)
    record("round.create", round_, facts={"number": round_.number, "deadline": spelled(deadline)})
    return round_.id


def _same_round(wanted: Round, version_ids: frozenset[str]) -> Round | None:
    """Return a live round that differs from the wanted one in nothing an officer typed, if there is one."""
    statement = select(Round).where(
        Round.body_id == wanted.body_id,
        Round.state.in_((RoundState.SCHEDULED, RoundState.OPEN)),
        Round.deadline == wanted.deadline,
        Round.title == wanted.title,
        Round.note == wanted.note,
        Round.visibility == wanted.visibility,
    )
    for round_ in db.session.scalars(statement):
        found = db.session.scalars(select(RoundVersion.version_id).where(RoundVersion.round_id == round_.id))
        if frozenset(found) == version_ids:
            return round_
    return None


def _check_times(opens_at: datetime, deadline: datetime, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Missing(N_("a time zone, such as Asia/Shanghai")) from error
    if deadline <= opens_at:
        raise NotReady(N_("the deadline is not after the opening"))


def _free_version(version_id: str, actor: Actor) -> Version:
    version = db.session.get(Version, version_id)
    document = db.session.get(Document, version.document_id) if version else None
    if version is None or document is None or document.body_id != actor.body or version.state != VersionState.ISSUED:
        raise NotFound()
    newest = select(func.max(Version.number)).where(
        Version.document_id == document.id, Version.state == VersionState.ISSUED
    )
    if version.number != db.session.scalar(newest):
        raise NotReady(N_("there is a newer version of the document"))
    if document.state not in (DocumentState.DRAFTING, DocumentState.NEGOTIATION):
        raise NotReady(N_("the document is not under negotiation"))
    busy = (
        select(Round.number)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .where(RoundVersion.version_id == version.id, Round.state != RoundState.CONCLUDED)
    )
    if db.session.scalar(busy) is not None:
        raise NotReady(N_("the version already has a round"))
    return version


@use_case
def reschedule_round(
    round_id: str, *, opens_at: datetime, deadline: datetime, zone: str, actor: Actor, now: datetime
) -> None:
    """Give a scheduled round, which nobody has seen yet, other times.

    Raises:
        Missing: No such time zone.
        NotReady: The deadline is not after the opening, or has passed.
    """
    round_ = _load(round_id, actor)
    _check_times(max(opens_at, now), deadline, zone)
    advance(round_, ROUND, "reschedule", actor=actor, facts={"deadline": spelled(deadline)})
    round_.opens_at, round_.deadline, round_.zone = opens_at, deadline, zone


@use_case
def open_round(round_id: str, *, actor: Actor, now: datetime) -> None:
    """Open a scheduled round; its documents are in negotiation from then on.

    What their last rounds deferred comes back as private drafts of the delegations that proposed it.

    Raises:
        NotReady: Its deadline has passed already.
    """
    round_ = _load(round_id, actor)
    if round_.state == RoundState.SCHEDULED and round_.deadline <= now:
        raise NotReady(N_("the deadline has passed already"))
    told = {"number": round_.number, "deadline": spelled(round_.deadline)}
    advance(round_, ROUND, "open", actor=actor, facts=told)
    round_.opens_at = min(round_.opens_at, now)
    documents = select(Document).join(Version).join(RoundVersion).where(RoundVersion.round_id == round_.id)
    for document in db.session.scalars(documents):
        if document.state == DocumentState.DRAFTING:
            advance(document, DOCUMENT, "negotiate", actor=actor)
    carry_deferred(round_, now=now)


@use_case
def extend_round(
    round_id: str,
    deadline: datetime,
    *,
    reason: str,
    delegation_id: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Move the deadline, for all or for one delegation, with a reason on the record.

    Closing early is moving the deadline of all to now. A deadline of all that has passed is not
    moved: the round is closed, and may be opened again. A deadline that stands already is left alone.

    Raises:
        Missing: No reason.
        NotReady: The new deadline is past, or, for one delegation, not later than the one it has;
            the deadline of all has passed.
    """
    if not reason.strip():
        raise Missing(N_("a reason"))
    round_ = _load(round_id, actor)
    ROUND.step("extend", round_.state, actor.role)
    if delegation_id is not None:
        access.get_delegation(delegation_id, actor=actor)
    old = deadline_for(round_, delegation_id)
    if old == deadline:
        return
    if deadline < now:
        raise NotReady(N_("the new deadline has passed already"))
    last = db.session.scalar(select(func.max(Extension.number)).where(Extension.round_id == round_.id)) or 0
    extension = Extension(
        round_id=round_.id,
        number=last + 1,
        delegation_id=delegation_id,
        deadline=deadline,
        reason=reason.strip(),
        at=now,
    )
    told = {"old": spelled(old), "new": spelled(deadline), "reason": extension.reason, "number": round_.number}
    if delegation_id is None:
        _move_deadline(round_, extension, told, actor, now)
    else:
        _grant(extension, old, told)


def _move_deadline(round_: Round, extension: Extension, told: dict[str, Any], actor: Actor, now: datetime) -> None:
    if round_.deadline <= now:
        raise NotReady(N_("the deadline of the round has passed; it closes in a moment, and can be opened again"))
    advance(round_, ROUND, "extend", actor=actor, facts=told)
    db.session.add(extension)
    round_.deadline = extension.deadline


def _grant(extension: Extension, old: datetime, told: dict[str, Any]) -> None:
    """More time for one delegation is between it and the secretariat: an event of its own, not of the round."""
    if extension.deadline <= old:
        raise NotReady(N_("the delegation's deadline is not later than the one it has"))
    db.session.add(extension)
    record("extension.grant", extension, facts=told)


@use_case
def close_round(round_id: str, *, actor: Actor, now: datetime) -> None:
    """Record that a round is closed, once its last deadline and the lock's time-out have passed.

    Proposals of a round that opened them only now get their numbers, in order of arrival.

    Raises:
        NotReady: A deadline still runs. (To close early, move the deadline to now.)
    """
    round_ = _load(round_id, actor)
    if now < last_deadline(round_) + timedelta(seconds=LOCK_SECONDS):
        raise NotReady(N_("a deadline still runs, or has passed only this moment"))
    told = {"number": round_.number, "deadline": spelled(last_deadline(round_))}
    advance(round_, ROUND, "close", actor=actor, facts=told)
    round_.closed_at = now
    number_proposals(round_)


def number_proposals(round_: Round) -> None:
    """Give every submitted proposal without a number the next one, in order of arrival."""
    last = db.session.scalar(select(func.max(Proposal.number)).where(Proposal.round_id == round_.id)) or 0
    waiting = (
        select(Proposal)
        .where(Proposal.round_id == round_.id, Proposal.number.is_(None))
        .where(Proposal.state.in_((ProposalState.SUBMITTED, ProposalState.WITHDRAWN)))
        .order_by(Proposal.received_at, Proposal.id)
    )
    for number, proposal in enumerate(db.session.scalars(waiting).all(), last + 1):
        proposal.number = number


@use_case
def reopen_round(round_id: str, deadline: datetime, *, reason: str, actor: Actor, now: datetime) -> None:
    """Open a closed round again until a new deadline, with a reason on the record.

    A round that is open until that very deadline is left as it is.

    Raises:
        Missing: No reason.
        NotReady: The deadline has passed already.
    """
    if not reason.strip():
        raise Missing(N_("a reason"))
    round_ = _load(round_id, actor)
    if round_.state == RoundState.OPEN and round_.deadline == deadline:
        return
    if deadline <= now:
        raise NotReady(N_("the deadline has passed already"))
    told = {"reason": reason.strip(), "deadline": spelled(deadline), "number": round_.number}
    advance(round_, ROUND, "reopen", actor=actor, facts=told)
    round_.closed_at = None
    round_.deadline = deadline


def overdue_rounds(now: datetime) -> tuple[tuple[str, str], ...]:
    """Return (body, round) ids of open rounds whose last deadline and lock time-out have passed. One query
    where no round is past its deadline."""
    wait = timedelta(seconds=LOCK_SECONDS)
    statement = select(Round).where(Round.state == RoundState.OPEN, Round.deadline <= now - wait)
    passed = db.session.scalars(statement).all()
    return tuple((r.body_id, r.id) for r in passed if now >= last_deadline(r) + wait)


def due_rounds(now: datetime) -> tuple[tuple[str, str], ...]:
    """Return (body, round) ids of scheduled rounds whose time to open has come and whose deadline has not."""
    statement = select(Round.body_id, Round.id).where(
        Round.state == RoundState.SCHEDULED, Round.opens_at <= now, Round.deadline > now
    )
    return tuple((body, round_id) for body, round_id in db.session.execute(statement))


def keep_time(now: datetime) -> int:
    """Open the rounds whose time has come, close those that are over, and return how many.

    Anybody may call it at any time, several at once too: who comes second finds it done.
    """
    done = 0
    for act, waiting in ((open_round, due_rounds(now)), (close_round, overdue_rounds(now))):
        for body, round_id in waiting:
            try:
                act(round_id, actor=system(body), now=now)
            except (TransitionNotAllowed, NotReady):
                continue
            done += 1
    return done


def _load(round_id: str, actor: Actor) -> Round:
    round_ = db.session.get(Round, round_id)
    if round_ is None or round_.body_id != actor.body:
        raise NotFound()
    return round_

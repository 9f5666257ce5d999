"""What waits for somebody, as far as it can be counted in one place."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.models import db
from app.models.decisions import Decision
from app.models.documents import Document, Version
from app.models.proposals import Change, Draft, Proposal
from app.models.rounds import Extension, Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import DelegationKind, ProposalState, Role, RoundState
from app.queries.delegations import list_delegations
from app.queries.meetings import MeetingRow, list_meetings


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that takes proposals.

    Attributes:
        deadline: The one that holds for the delegation that asks.
        titles: Of its documents, each language to title.
    """

    number: int
    title: str
    deadline: datetime
    zone: str
    titles: tuple[Mapping[str, Any], ...]


def list_open_rounds(*, actor: Actor, now: datetime) -> tuple[OpenRound, ...]:
    """Return the rounds whose deadline is ahead for *actor*, the nearest first; observers and administrators: none.

    Three queries, whatever their number.
    """
    if actor.body is None or actor.role in (Role.OBSERVER, Role.ADMINISTRATOR):
        return ()
    statement = select(Round).where(Round.body_id == actor.body, Round.state == RoundState.OPEN)
    rounds = tuple(db.session.scalars(statement))
    later = _own_deadlines([row.id for row in rounds], actor.delegation)
    titles = _titles([row.id for row in rounds])
    found = (
        OpenRound(row.number, row.title, max([row.deadline, *later[row.id]]), row.zone, tuple(titles[row.id]))
        for row in rounds
    )
    return tuple(sorted((row for row in found if row.deadline > now), key=lambda row: (row.deadline, row.number)))


def _own_deadlines(rounds: list[str], delegation: str | None) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = defaultdict(list)
    statement = select(Extension.round_id, Extension.deadline).where(
        Extension.round_id.in_(rounds), Extension.delegation_id == delegation, Extension.delegation_id.is_not(None)
    )
    for round_id, deadline in db.session.execute(statement):
        found[round_id].append(deadline)
    return found


def _titles(rounds: list[str]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    statement = (
        select(RoundVersion.round_id, Document.titles)
        .join(Version, Version.id == RoundVersion.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(RoundVersion.round_id.in_(rounds))
        .order_by(Document.slug)
    )
    for round_id, titles in db.session.execute(statement):
        found[round_id].append(titles)
    return found


def list_meetings_ahead(*, actor: Actor, now: datetime, zone: str) -> tuple[MeetingRow, ...]:
    """Return the meetings that have not ended by the calendar of *zone*, the nearest first."""
    today: date = now.astimezone(ZoneInfo(zone)).date()
    return tuple(row for row in reversed(list_meetings(actor=actor)) if row.ends_on >= today)


def count_empty_delegations(*, actor: Actor) -> int:
    """Return how many member states of the actor's body nobody acts for."""
    rows = list_delegations(actor.body or "", active_only=True)
    return sum(row.kind == DelegationKind.MEMBER_STATE and not row.members for row in rows)


def count_drafts(*, actor: Actor) -> int:
    """Return how many drafts of the actor's own delegation wait in open rounds."""
    statement = (
        select(func.count())
        .select_from(Draft)
        .join(Round, Round.id == Draft.round_id)
        .where(Draft.delegation_id == actor.delegation, Round.state == RoundState.OPEN)
    )
    return db.session.scalar(statement) or 0


def list_waiting_proposals(*, actor: Actor, state: ProposalState) -> tuple[tuple[int, int], ...]:
    """Return (round, how many) for the proposals of the actor's body that are late, or not confirmed yet."""
    statement = (
        select(Round.number, func.count())
        .join(Proposal, Proposal.round_id == Round.id)
        .where(Round.body_id == actor.body, Proposal.state == state, Round.state != RoundState.CONCLUDED)
        .group_by(Round.number)
        .order_by(Round.number)
    )
    return tuple((number, count) for number, count in db.session.execute(statement))


def list_undecided(*, actor: Actor) -> tuple[tuple[int, str, int], ...]:
    """Return (round, document's slug, how many changes nobody has decided) of closed rounds."""
    decided = select(Decision.change_id)
    statement = (
        select(Round.number, Document.slug, func.count())
        .select_from(Change)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .join(Version, Version.id == Change.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Round.body_id == actor.body, Round.state == RoundState.CLOSED)
        .where(Proposal.state == ProposalState.SUBMITTED, Change.id.not_in(decided))
        .group_by(Round.number, Document.slug)
        .order_by(Round.number, Document.slug)
    )
    return tuple((number, slug, count) for number, slug, count in db.session.execute(statement))

"""Reminders to those who have not answered yet: at most one a day for each delegation and round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models import db
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import RoundState
from app.queries import access
from app.queries.round_board import list_recipients, reminder_key
from app.queries.rounds import deadline_for
from app.services._unit import record, use_case
from app.services.outbox import Letter, add_letter


@dataclass(frozen=True)
class Reminder:
    """What one focal point gets to read."""

    delegation_id: str
    to: str
    subject: str
    text: str


@use_case
def remind(round_id: str, reminders: Sequence[Reminder], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Put reminders into the outbox and return the codes of the delegations reminded.

    Who was reminded of the round on the same day already, by the round's calendar, is not reminded again.

    Raises:
        NotFound: No such round or delegation; an address that is no focal point's of that delegation.
        NotReady: The round is not open, or a delegation's deadline has passed.
    """
    require(actor, "round.remind")
    round_ = db.session.get(Round, round_id)
    if round_ is None or round_.body_id != actor.body:
        raise NotFound()
    if round_.state != RoundState.OPEN:
        raise NotReady(N_("the round is not open"))
    known = {(r.delegation_id, r.email) for r in list_recipients(round_.body_id, [r.delegation_id for r in reminders])}
    today = now.astimezone(ZoneInfo(round_.zone)).date().isoformat()
    reminded: dict[str, None] = {}
    for reminder in reminders:
        delegation = access.get_delegation(reminder.delegation_id, actor=actor)
        if (delegation.id, reminder.to) not in known:
            raise NotFound()
        if deadline_for(round_, delegation.id) <= now:
            raise NotReady(N_("the deadline has passed already"))
        letter = Letter(
            to=reminder.to,
            subject=reminder.subject,
            text=reminder.text,
            dedup=reminder_key(round_.id, f"{delegation.id}/{reminder.to}/{today}"),
            facts={"round": round_.id, "delegation": delegation.id},
        )
        if add_letter(letter, now=now):
            reminded[delegation.code] = None
    if reminded:
        record("round.remind", round_, facts={"number": round_.number, "delegations": list(reminded)})
    return tuple(reminded)

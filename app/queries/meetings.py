"""Meetings of a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.bodies import Meeting
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import MeetingForm, Role


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting: titles and places per language, first and last day."""

    id: str
    titles: Mapping[str, Any]
    places: Mapping[str, Any]
    starts_on: date
    ends_on: date
    form: MeetingForm
    higher: bool


def list_meetings(*, actor: Actor) -> tuple[MeetingRow, ...]:
    """Return the meetings of the actor's body, the latest first; observers see none."""
    if actor.role == Role.OBSERVER:
        return ()
    statement = select(Meeting).where(Meeting.body_id == actor.body).order_by(Meeting.starts_on.desc(), Meeting.id)
    return tuple(_row(meeting) for meeting in db.session.scalars(statement))


def get_meeting(meeting_id: str, *, actor: Actor) -> MeetingRow:
    """Return a meeting of the actor's body.

    Raises:
        NotFound: There is none.
    """
    found = db.session.get(Meeting, meeting_id)
    if found is None or found.body_id != actor.body or actor.role == Role.OBSERVER:
        raise NotFound()
    return _row(found)


def _row(meeting: Meeting) -> MeetingRow:
    return MeetingRow(
        meeting.id,
        meeting.titles,
        meeting.places,
        meeting.starts_on,
        meeting.ends_on,
        meeting.form,
        meeting.higher,
    )

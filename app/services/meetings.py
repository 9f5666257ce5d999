"""Meetings."""

from collections.abc import Mapping
from datetime import date, datetime

from app.models import db
from app.models.bodies import Meeting
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.negotiation.vocabulary import MeetingForm
from app.queries import access
from app.services._unit import record, use_case


@use_case
def add_meeting(
    *,
    titles: Mapping[str, str],
    places: Mapping[str, str],
    starts_on: date,
    ends_on: date,
    form: MeetingForm,
    higher: bool = False,
    actor: Actor,
    now: datetime,
) -> str:
    """Add a meeting of the actor's body and return its id; *higher*: the meeting that adopts."""
    require(actor, "meeting.change")
    meeting = Meeting(
        body_id=access.get_body(actor).id,
        titles=dict(titles),
        places=dict(places),
        starts_on=starts_on,
        ends_on=ends_on,
        form=form,
        higher=higher,
    )
    db.session.add(meeting)
    db.session.flush()
    record("meeting.add", meeting)
    return meeting.id


@use_case
def change_meeting(
    meeting_id: str,
    *,
    titles: Mapping[str, str],
    places: Mapping[str, str],
    starts_on: date,
    ends_on: date,
    form: MeetingForm,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a meeting of the actor's body.

    Raises:
        NotFound: It is not of this body.
    """
    require(actor, "meeting.change")
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or meeting.body_id != actor.body:
        raise NotFound()
    meeting.titles, meeting.places = dict(titles), dict(places)
    meeting.starts_on, meeting.ends_on, meeting.form = starts_on, ends_on, form
    if db.session.is_modified(meeting):
        record("meeting.change", meeting)

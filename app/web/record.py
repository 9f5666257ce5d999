"""The record on the screen: everything that happened, in words, filtered."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from app.negotiation.errors import NotFound
from app.queries import access
from app.queries.people import People, load_people
from app.queries.record import TOPICS, Filters, RecordRow, list_record_documents, load_record
from app.web import paths
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor
from app.web.event_words import reason, sentence
from app.web.instants import parse_date
from app.web.languages import named
from app.web.names import state_name

bp = Blueprint("record", __name__)


class FilterForm(FlaskForm):
    """What of the record is wanted; it changes nothing, so it goes in the address."""

    class Meta:
        csrf = False

    topic = SelectField(_l("About"))
    delegation = SelectField(_l("Delegation"))
    document = SelectField(_l("Document"))
    since = StringField(_l("From"))
    until = StringField(_l("Until"))


@bp.get("/record")
@for_roles(*MEMBERS)
def show() -> ResponseReturnValue:
    """Show what happened, newest first."""
    actor = current_actor()
    body = access.get_body(actor)
    people = load_people(body.id)
    form = _form(people)
    filters = Filters(
        topic=_chosen(form.topic),
        delegation=_chosen(form.delegation),
        document=_chosen(form.document),
        since=_midnight(form.since, body.zone),
        until=_midnight(form.until, body.zone, after=True),
    )
    errors = len(form.since.errors) + len(form.until.errors)
    number = max(request.args.get("page", 1, type=paths.number), 1)
    page = load_record(filters, number, actor=actor)
    if number > 1 and not page.rows:
        raise NotFound()
    return render_template(
        "record/show.html",
        form=form,
        page=page,
        number=number,
        days=tuple(_days(page.rows, body.zone)),
        people=people,
        zone=body.zone,
        told=lambda row: sentence(row, people, body.zone),
        reason=reason,
        link=_link,
        turned=_turned,
        is_filtered=any((filters.topic, filters.delegation, filters.document, filters.since, filters.until)),
    ), 422 if errors else 200


def topic_name(topic: str) -> str:
    """Return what the record can be filtered by."""
    names: dict[str, str] = {
        "rounds": _("Rounds and deadlines"),
        "proposals": _("Proposals and positions"),
        "decisions": _("Decisions"),
        "documents": _("Documents and consents"),
        "members": _("Body and members"),
    }
    return names[topic]


def _form(people: People) -> FilterForm:
    form = FilterForm(request.args)
    form.topic.choices = [("", _("Everything"))] + [(topic, topic_name(topic)) for topic in TOPICS]
    form.delegation.choices = [("", _("All"))] + [(d.id, state_name(d.forms)) for d in people.delegations]
    documents = list_record_documents(actor=current_actor())
    form.document.choices = [("", _("All"))] + [(document_id, named(titles)) for document_id, titles in documents]
    for field in form:
        field.errors = []
    return form


def _chosen(field: SelectField) -> str:
    return field.data if field.data in {value for value, _name in field.choices} else ""


def _midnight(field: StringField, zone: str, *, after: bool = False) -> datetime | None:
    """Return when a typed day begins (or, *after*, has ended) in a zone; with an error at a field nobody can read."""
    if not (field.data or "").strip():
        return None
    day = parse_date(field.data)
    if day is None:
        field.errors = [_("Enter a date as year-month-day, such as 2025-05-09.")]
        return None
    begins = datetime.combine(day + timedelta(days=1) if after else day, time(), ZoneInfo(zone))
    return begins.astimezone(UTC)


def _days(rows: tuple[RecordRow, ...], zone: str) -> Iterator[tuple[date, tuple[RecordRow, ...]]]:
    place = ZoneInfo(zone)
    for day, those in groupby(rows, lambda row: row.at.astimezone(place).date()):
        yield day, tuple(those)


def _link(row: RecordRow) -> str | None:
    """Return where an event's subject can be seen, if it has a page."""
    subject = row.subject
    if subject.proposal is not None:
        return url_for("proposals.show", proposal_id=subject.proposal)
    if subject.version is not None and subject.kind != "release":
        return url_for("reading.show", slug=subject.slug, number=subject.version)
    if subject.round is not None:
        return url_for("rounds.show", number=subject.round)
    return None


def _turned(number: int) -> str:
    """Return the address of another page of the same selection."""
    wanted = {name: value for name, value in request.args.items() if value and name != "page"}
    return url_for(".show", **wanted, page=number if number > 1 else None)  # type: ignore[arg-type]

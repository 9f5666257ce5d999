"""What an officer fills in about rounds: documents, times in a named zone, reasons."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.negotiation.vocabulary import ConsentAnswer, Visibility
from app.queries.people import People
from app.queries.rounds import RoundDocument, RoundRow
from app.web.acting import now
from app.web.instants import instant_in, parse_date, parse_time
from app.web.languages import named
from app.web.names import state_name
from app.web.places import zone_choices
from app.web.proposal_names import version_name

CONFIRM, CORRECT = "confirm", "correct"


class StepForm(FlaskForm):  # type: ignore[misc]
    """A form with a page to confirm: nothing is done before the button there is pressed."""

    step = HiddenField()

    def is_confirmed(self) -> bool:
        """Whether the button of the confirm page was pressed."""
        return bool(self.step.data == CONFIRM)

    def is_back(self) -> bool:
        """Whether the one who reads the confirm page wants to correct something."""
        return bool(self.step.data == CORRECT)


class DeadlineForm(StepForm):
    """A deadline, as a clock on a named wall shows it."""

    deadline_on = StringField(_l("Deadline: date"), [InputRequired(_l("Enter the date of the deadline."))])
    deadline_at = StringField(_l("Deadline: time"), [InputRequired(_l("Enter the time of the deadline."))])
    zone = SelectField(_l("Time of which place"))
    deadline: datetime

    def offer_zones(self, own: str, people: People) -> None:
        """Offer the time zones of the body and of its states' capitals."""
        self.zone.choices = zone_choices(own, (d.code for d in people.states))

    def set_deadline(self, at: datetime, zone: str) -> None:
        """Fill in a deadline that stands."""
        local = at.astimezone(ZoneInfo(zone))
        self.deadline_on.data, self.deadline_at.data = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
        self.zone.data = zone

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then that they make an instant to come."""
        if not super().validate(extra_validators):
            return False
        found = read_instant(self.deadline_on, self.deadline_at, self.zone.data)
        if found is None:
            return False
        if found <= now():
            self.deadline_on.errors = [_("This deadline has passed already.")]
            return False
        self.deadline = found
        return True


def read_instant(on: StringField, at: StringField, zone: str) -> datetime | None:
    """Return the instant two fields make in a zone, else None, with the error at the field."""
    day, hour = parse_date(on.data or ""), parse_time(at.data or "")
    if day is None:
        on.errors = [_("Enter a date as year-month-day, such as 2025-05-09.")]
    if hour is None:
        at.errors = [_("Enter a time of 24 hours, such as 18:00.")]
    if day is None or hour is None:
        return None
    found = instant_in(day, hour, zone)
    if found is None:
        at.errors = [_("The clocks skip this hour on that day. Enter another time.")]
    return found


NOW, LATER = "now", "later"


class TimesForm(DeadlineForm):
    """When a round opens and ends."""

    opens = RadioField(_l("When it opens"), default=NOW)
    opens_on = StringField(_l("Opening: date"))
    opens_at = StringField(_l("Opening: time"))
    opening: datetime

    def offer(self) -> None:
        """Offer to open now or later."""
        self.opens.choices = [
            (NOW, _("At once, when you confirm")),
            (LATER, _("Later, by itself, at this time:")),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that the deadline comes after the opening."""
        if not super().validate(extra_validators):
            return False
        if self.opens.data == NOW:
            self.opening = now()
            return True
        found = read_instant(self.opens_on, self.opens_at, self.zone.data)
        if found is None:
            return False
        if found >= self.deadline:
            self.deadline_on.errors = [_("The deadline is not after the opening.")]
            return False
        self.opening = found
        return True

    @property
    def is_now(self) -> bool:
        """Whether the round opens at once."""
        return bool(self.opens.data == NOW)


class RoundForm(TimesForm):
    """A new round."""

    versions = SelectMultipleField(_l("Documents"))
    title = StringField(_l("Title"), [Length(max=200)])
    note = TextAreaField(_l("Cover note to the delegations"), [Length(max=20_000)])
    visibility = RadioField(_l("When delegations see each other's proposals"), default=Visibility.OPEN)

    def offer_documents(self, free: Iterable[RoundDocument]) -> None:
        """Offer the documents, and the two ways of seeing."""
        self.versions.choices = [(d.version_id, document_name(d)) for d in free]
        self.visibility.choices = [(str(value), visibility_name(value)) for value in Visibility]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, all at once."""
        is_valid = super().validate(extra_validators)
        if not self.versions.data:
            self.versions.errors = [_("Choose at least one document.")]
            return False
        return is_valid


class ExtensionForm(DeadlineForm):
    """A deadline moved, and why."""

    delegation = SelectField(_l("For whom"))
    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Enter the reason: it goes on the record.")), Length(max=2000)]
    )

    def offer_delegations(self, people: People) -> None:
        """Offer all, or one of the delegations."""
        self.delegation.choices = [("", _("All delegations"))] + [
            (d.id, state_name(d.forms)) for d in people.states if d.active
        ]


class ReasonForm(StepForm):
    """A reason that goes on the record."""

    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Enter the reason: it goes on the record.")), Length(max=2000)]
    )


class ReopenForm(DeadlineForm):
    """A closed round opened again."""

    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Enter the reason: it goes on the record.")), Length(max=2000)]
    )


def document_name(document: RoundDocument) -> str:
    """Return a document with its version: "Action plan, Rev.1"."""
    return f"{named(document.titles)}, {version_name(document.number)}"


def round_name(round_: RoundRow) -> str:
    """Return a round by its number and, where it has one, its title."""
    name = str(_("Round %(number)s", number=round_.number))
    return f"{name}: {round_.title}" if round_.title else name


def visibility_name(visibility: Visibility) -> str:
    """Return when others see a proposal."""
    names: dict[Visibility, str] = {
        Visibility.OPEN: _("As soon as a proposal is submitted"),
        Visibility.AT_CLOSE: _("Only when the round has closed; secretariat and chair at once"),
    }
    return names[visibility]


def consent_name(answer: ConsentAnswer) -> str:
    """Return a delegation's answer to a version as a whole."""
    names: dict[ConsentAnswer, str] = {
        ConsentAnswer.AGREED: _("agreed"),
        ConsentAnswer.AGREED_WITH_REMARKS: _("agreed with remarks"),
        ConsentAnswer.AGREED_AT_EXPERT_LEVEL: _("agreed at expert level, subject to internal procedures"),
        ConsentAnswer.NOT_AGREED: _("not agreed"),
        ConsentAnswer.NOT_INTERESTED: _("not interested"),
    }
    return names[answer]

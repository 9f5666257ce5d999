"""Meetings of the body."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.negotiation.vocabulary import MeetingForm, Role
from app.queries.bodies import get_own_body
from app.queries.meetings import MeetingRow, get_meeting, list_meetings
from app.services import meetings
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.languages import NAMES
from app.web.names import meeting_form_name

bp = Blueprint("meetings", __name__, url_prefix="/meetings")


class MeetingDetails(FlaskForm):
    """Titles, places, days, and how it is held."""

    title_ru = StringField(_l("Title in Russian"), [Length(max=400)])
    title_zh = StringField(_l("Title in Chinese"), [Length(max=400)])
    title_en = StringField(_l("Title in English"), [Length(max=400)])
    place_ru = StringField(_l("Place in Russian"), [Length(max=200)])
    place_zh = StringField(_l("Place in Chinese"), [Length(max=200)])
    place_en = StringField(_l("Place in English"), [Length(max=200)])
    starts_on = DateField(_l("First day"), [InputRequired(_l("Enter the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Enter the last day."))])
    form = SelectField(_l("Held"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = [(str(form), meeting_form_name(form)) for form in MeetingForm]

    def validate_title_en(self, _field: StringField) -> None:
        """Ask for a title in every working language."""
        if not all(self.titles.get(language) for language in get_own_body(current_actor()).languages):
            raise ValidationError(_("Enter the title in each working language."))

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse to end before beginning."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first."))

    @property
    def titles(self) -> dict[str, str]:
        """Language to title."""
        return self._names("title")

    @property
    def places(self) -> dict[str, str]:
        """Language to place."""
        return self._names("place")

    def _names(self, what: str) -> dict[str, str]:
        given = {language: (self[f"{what}_{language}"].data or "").strip() for language in NAMES}
        return {language: name for language, name in given.items() if name}

    def facts(self) -> dict[str, Any]:
        """Return what the use cases take."""
        return {
            "titles": self.titles,
            "places": self.places,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
            "form": MeetingForm(self.form.data),
        }


class NewMeeting(MeetingDetails):
    """A meeting that is added."""

    higher = BooleanField(_l("It is the higher meeting that adopts"))


@bp.get("")
@for_roles(*MEMBERS)
def index() -> ResponseReturnValue:
    """List the meetings, the latest first."""
    return render_template("meetings/index.html", rows=list_meetings(actor=current_actor()))


@bp.route("/new", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def new() -> ResponseReturnValue:
    """Add a meeting."""
    form = NewMeeting()
    if form.validate_on_submit():
        meetings.add_meeting(**form.facts(), higher=bool(form.higher.data), actor=current_actor(), now=now())
        flash(_("The meeting is added."))
        return redirect(url_for("meetings.index"), 303)
    return render_template("meetings/edit.html", form=form, row=None), 422 if form.errors else 200


@bp.route("/<meeting>", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def edit(meeting: str) -> ResponseReturnValue:
    """Show a meeting and change it."""
    row = get_meeting(meeting, actor=current_actor())
    form = MeetingDetails(data=_as_typed(row))
    if form.validate_on_submit():
        meetings.change_meeting(row.id, **form.facts(), actor=current_actor(), now=now())
        flash(_("The meeting is saved."))
        return redirect(url_for("meetings.index"), 303)
    return render_template("meetings/edit.html", form=form, row=row), 422 if form.errors else 200


def _as_typed(row: MeetingRow) -> dict[str, Any]:
    return {
        **{f"title_{language}": row.titles.get(language, "") for language in NAMES},
        **{f"place_{language}": row.places.get(language, "") for language in NAMES},
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "form": str(row.form),
    }

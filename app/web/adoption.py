"""The end of a document's way on the screen: agreed at expert level, reopened, adopted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.negotiation.errors import TransitionNotAllowed
from app.negotiation.vocabulary import DocumentState, Role
from app.negotiation.workflows import DOCUMENT
from app.queries.readiness import MeetingRow, Readiness, list_meetings, load_readiness
from app.queries.sheets import GENITIVE
from app.services import adoption
from app.services.issued_files import store_issued_files
from app.web.access import STAFF, for_roles
from app.web.acting import acting, current_actor, now
from app.web.languages import NAMES, named, say_date

bp = Blueprint("adoption", __name__, url_prefix="/documents/<slug>")
TYPED = "typed"


class ReasonForm(FlaskForm):
    """Why an agreed document is opened again."""

    reason = TextAreaField(
        lazy_gettext("Reason, for the record"),
        [DataRequired(lazy_gettext("Enter the reason")), Length(max=2000)],
    )


class AdoptionForm(FlaskForm):
    """When, where and by which higher meeting a document was adopted."""

    meeting = SelectField(lazy_gettext("Meeting that adopted it"))
    by_ru = StringField(lazy_gettext("Meeting, in Russian"), [Length(max=400)])
    genitive = StringField(lazy_gettext("The same in Russian after “решением”"), [Length(max=400)])
    by_zh = StringField(lazy_gettext("Meeting, in Chinese"), [Length(max=400)])
    by_en = StringField(lazy_gettext("Meeting, in English"), [Length(max=400)])
    on = DateField(lazy_gettext("Day of adoption"), [Optional()], render_kw={"type": "date"})
    place_ru = StringField(lazy_gettext("Place, in Russian"), [Length(max=120)])
    place_zh = StringField(lazy_gettext("Place, in Chinese"), [Length(max=120)])
    place_en = StringField(lazy_gettext("Place, in English"), [Length(max=120)])
    confirmed = HiddenField(validators=[Optional()])

    def offer(self, meetings: Iterable[MeetingRow], languages: Iterable[str]) -> None:
        """Offer the body's meetings, and fields for its languages alone."""
        self.known = {m.id: m for m in meetings}
        listed = [(m.id, f"{named(m.titles)}, {say_date(m.ends_on)}") for m in self.known.values()]
        self.meeting.choices = [*listed, (TYPED, _("Another one: typed below"))]
        self.codes = [code for code in languages if code in NAMES]
        for code in NAMES:
            if code not in self.codes:
                del self[f"by_{code}"]
                del self[f"place_{code}"]
        if "ru" not in self.codes:
            del self.genitive

    @property
    def chosen(self) -> MeetingRow | None:
        """The meeting of the list, if one was chosen."""
        return self.known.get(self.meeting.data or "")

    @property
    def by(self) -> dict[str, str]:
        """Language to the meeting's name: typed, else the chosen one's."""
        names = self._typed("by", self.chosen.titles if self.chosen else {})
        genitive = (self.genitive.data or "").strip() if "genitive" in self else ""
        return {**names, GENITIVE: genitive} if genitive else names

    @property
    def place(self) -> dict[str, str]:
        """Language to place: typed, else the chosen meeting's."""
        return self._typed("place", self.chosen.places if self.chosen else {})

    @property
    def day(self) -> date | None:
        """The day: typed, else the chosen meeting's last."""
        return self.on.data or (self.chosen.ends_on if self.chosen else None)

    def _typed(self, field: str, known: Mapping[str, Any]) -> dict[str, str]:
        found = {code: (self[f"{field}_{code}"].data or "").strip() or known.get(code, "") for code in self.codes}
        return {code: str(value) for code, value in found.items() if value}

    def validate(self, **kwargs: Any) -> bool:
        """Ask for day, place and meeting, in the form or from the list."""
        valid = bool(super().validate(**kwargs))
        first = self.codes[0]
        if not any(name for code, name in self.by.items() if code != GENITIVE):
            self[f"by_{first}"].errors = [_("Choose the meeting, or enter its name")]
            valid = False
        if not self.place:
            self[f"place_{first}"].errors = [_("Enter the place")]
            valid = False
        if self.day is None and not self.on.errors:
            self.on.errors = [_("Enter the day")]
            valid = False
        elif self.day is not None and self.day > now().date():
            self.on.errors = [_("A document is declared adopted after the meeting, not before")]
            valid = False
        return valid


@bp.route("/agree", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def agree(slug: str) -> ResponseReturnValue:
    """Show what stands in the way, then note that the group agreed the newest version at expert level."""
    ready = _ready(slug, "agree")
    form = FlaskForm()
    if form.validate_on_submit():
        adoption.agree_document(slug, actor=current_actor(), now=now())
        flash(_("The document is agreed at expert level."))
        return redirect(url_for("documents.show", slug=slug), 303)
    return render_template("adoption/agree.html", ready=ready, form=form)


@bp.route("/reopen", methods=["GET", "POST"])
@for_roles(*STAFF)
def reopen(slug: str) -> ResponseReturnValue:
    """Ask why, then bring an agreed document back into negotiation."""
    ready = _ready(slug, "reopen")
    form = ReasonForm()
    if form.validate_on_submit():
        adoption.reopen_document(slug, reason=form.reason.data, actor=current_actor(), now=now())
        flash(_("The document is open for negotiation again."))
        return redirect(url_for("documents.show", slug=slug), 303)
    return render_template("adoption/reopen.html", ready=ready, form=form), 422 if form.errors else 200


@bp.route("/adopt", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def adopt(slug: str) -> ResponseReturnValue:
    """Ask when and where, show what will be issued, then declare the document adopted."""
    ready = _ready(slug, "adopt")
    form = AdoptionForm()
    form.offer(list_meetings(actor=current_actor()), ready.body_languages)
    if "back" in request.form or not form.validate_on_submit():
        failed = form.errors and "back" not in request.form
        return render_template("adoption/adopt.html", ready=ready, form=form), 422 if failed else 200
    if form.confirmed.data != "yes" or ready.obstacles:
        return render_template("adoption/confirm.html", ready=ready, form=form)
    assert form.day is not None
    number = adoption.adopt_document(slug, on=form.day, place=form.place, by=form.by, actor=current_actor(), now=now())
    store_issued_files(slug, number, actor=current_actor(), now=now())
    flash(_("The document is adopted, and its final text is issued."))
    return redirect(url_for("documents.show", slug=slug), 303)


def _ready(slug: str, action: str) -> Readiness:
    """Return how ready a document is for a step.

    Raises:
        TransitionNotAllowed: Its state does not allow the step.
    """
    ready = load_readiness(slug, actor=current_actor())
    if action not in document_steps(ready.state):
        raise TransitionNotAllowed(action, ready.state)
    return ready


def document_steps(state: DocumentState) -> frozenset[str]:
    """Return the steps that who acts may take on a document in that state: the buttons of its page."""
    actor = acting()
    return frozenset(step.action for step in DOCUMENT.open_to(state, actor.role)) if actor else frozenset()


def register(app: Flask) -> None:
    """Tell templates which buttons to draw."""
    app.jinja_env.globals.update(document_steps=document_steps)

"""Consents to a version: the sheet, a delegation's own answer, and what came by letter."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.negotiation.vocabulary import ConsentAnswer, Role
from app.queries.consents import ConsentSheet, load_consents
from app.services import consents
from app.services.consents import Letter
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.names import state_name
from app.web.round_forms import consent_name

bp = Blueprint("consents", __name__, url_prefix="/documents/<slug>/versions/<int:number>/consents")


class AnswerForm(FlaskForm):
    """A delegation's answer to a version as a whole."""

    answer = SelectField(lazy_gettext("Answer"))
    remark = TextAreaField(lazy_gettext("Remarks"), [Length(max=4000)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answer.choices = [("", ""), *((answer, consent_name(answer)) for answer in ConsentAnswer)]

    def validate(self, **kwargs: Any) -> bool:
        """Ask for an answer, and for remarks where it has some."""
        valid = bool(super().validate(**kwargs))
        if not self.answer.data:
            self.answer.errors = [_("Choose the answer")]
            return False
        if self.answer.data == ConsentAnswer.AGREED_WITH_REMARKS and not (self.remark.data or "").strip():
            self.remark.errors = [_("Enter the remarks")]
            return False
        return valid


class LetterForm(AnswerForm):
    """An answer that came by letter, entered by the secretariat."""

    delegation = SelectField(lazy_gettext("Delegation"))
    letter_number = StringField(
        lazy_gettext("Number of the letter"),
        [DataRequired(lazy_gettext("Enter the number of the letter")), Length(max=80)],
    )
    letter_on = DateField(lazy_gettext("Date of the letter"), [Optional()], render_kw={"type": "date"})

    def offer(self, sheet: ConsentSheet) -> None:
        """Offer the delegations of the sheet."""
        named = [(line.delegation.id, state_name(line.delegation.forms)) for line in sheet.lines]
        self.delegation.choices = [("", ""), *named]

    def validate(self, **kwargs: Any) -> bool:
        """Ask for the delegation and the date of the letter."""
        valid = super().validate(**kwargs)
        if not self.delegation.data:
            self.delegation.errors = [_("Choose the delegation")]
            valid = False
        if self.letter_on.data is None and not self.letter_on.errors:
            self.letter_on.errors = [_("Enter the date of the letter")]
            valid = False
        return valid


@bp.route("", methods=["GET", "POST"])
@for_roles(*MEMBERS)
def show(slug: str, number: int) -> ResponseReturnValue:
    """Show the consent sheet; a focal point answers, the secretariat enters what came by letter."""
    actor = current_actor()
    sheet = load_consents(slug, number, actor=actor)
    form = LetterForm() if actor.role == Role.SECRETARIAT else AnswerForm()
    if isinstance(form, LetterForm):
        form.offer(sheet)
    if form.validate_on_submit():
        letter = Letter(form.letter_number.data.strip(), form.letter_on.data) if isinstance(form, LetterForm) else None
        consents.give_consent(
            slug,
            number,
            ConsentAnswer(form.answer.data),
            remark=form.remark.data or "",
            delegation_id=form.delegation.data if isinstance(form, LetterForm) else None,
            letter=letter,
            actor=actor,
            now=now(),
        )
        flash(_("The answer is recorded."))
        return redirect(url_for(".show", slug=slug, number=number), 303)
    return render_template("consents/show.html", sheet=sheet, form=form), 422 if form.errors else 200

"""Bodies: made by administrators, set by their officers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.negotiation.errors import Refused
from app.negotiation.vocabulary import Role
from app.queries.bodies import BodyRow, get_body, get_own_body, list_bodies
from app.queries.delegations import list_delegations
from app.queries.members import get_member, list_members, list_officers
from app.services import bodies, invitations, members
from app.services.invitations import NewMember
from app.web import links
from app.web.access import for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence
from app.web.languages import NAMES, named
from app.web.lines import form_of_names, read_names, write_names
from app.web.members import ReasonForm, show_links
from app.web.passwords import email_address
from app.web.presets import PRESETS, desks, rules_of

bp = Blueprint("bodies", __name__)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
NONE = ""


class BodyForm(FlaskForm):
    """Names, zone and languages."""

    name_ru = StringField(_l("Name in Russian"), [Length(max=400)])
    name_zh = StringField(_l("Name in Chinese"), [Length(max=400)])
    name_en = StringField(_l("Name in English"), [Length(max=400)])
    zone = StringField(_l("Time zone"), [InputRequired(_l("Enter a time zone."))])
    language_1 = SelectField(_l("First working language"))
    language_2 = SelectField(_l("Second working language"))
    language_3 = SelectField(_l("Third working language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.language_1, self.language_2, self.language_3):
            field.choices = [(NONE, _("none")), *NAMES.items()]

    def validate_zone(self, field: StringField) -> None:
        """Refuse what is no IANA zone."""
        if field.data not in available_timezones():
            raise ValidationError(_("Choose a zone of the list, such as Asia/Shanghai."))

    def validate_language_1(self, _field: SelectField) -> None:
        """Ask for a language, and each once."""
        chosen = [f.data for f in (self.language_1, self.language_2, self.language_3) if f.data]
        if not self.language_1.data or len(set(chosen)) != len(chosen):
            raise ValidationError(_("Choose at least one language, and each once."))

    def validate_name_en(self, _field: StringField) -> None:
        """Ask for a name in each of the languages."""
        if not all(self.names.get(language) for language in self.languages) or not self.names:
            raise ValidationError(_("Enter the name in each working language."))

    @property
    def names(self) -> dict[str, str]:
        """Language to name."""
        given = {"ru": self.name_ru.data, "zh": self.name_zh.data, "en": self.name_en.data}
        return {language: name.strip() for language, name in given.items() if name and name.strip()}

    @property
    def languages(self) -> list[str]:
        """The working languages in order."""
        chosen = (self.language_1.data, self.language_2.data, self.language_3.data)
        return [language for language in chosen if language]


class NewBodyForm(BodyForm):
    """A body with its first officer."""

    slug = StringField(_l("Short name in addresses"), [InputRequired(_l("Enter a short name.")), Length(max=60)])
    preset = RadioField(_l("Begin with the rules of"))
    officer_name = StringField(_l("Name of the first officer"), [InputRequired(_l("Enter the officer's name."))])
    officer_email = StringField(
        _l("Address of the first officer"), [InputRequired(_l("Enter the officer's address.")), email_address]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preset.choices = [(key, str(preset.label)) for key, preset in PRESETS.items()]

    def validate_slug(self, field: StringField) -> None:
        """Refuse what cannot stand in an address, and what is taken."""
        if not SLUG.match(field.data or ""):
            raise ValidationError(_("Use small Latin letters, digits and hyphens: sco-ict."))
        if any(row.slug == field.data for row in list_bodies()):
            raise ValidationError(_("This short name is taken."))


class SettingsForm(BodyForm):
    """Everything an officer may set."""

    order_of_states = RadioField(_l("Order of states"))
    notation = RadioField(_l("Notation of the bracketed draft"))
    rivals = RadioField(_l("Rival wordings of a whole paragraph"))
    suffix = RadioField(_l("What is inserted after paragraph 12 is numbered"))
    signatures = RadioField(_l("Order of the block of signatures"))
    absent_signature = RadioField(_l("A side that does not sign"))
    symbol = StringField(_l("Pattern of symbols"), [Length(max=120)])
    handling_marks = TextAreaField(_l("Handling marks"))
    handling = SelectField(_l("Handling mark of working papers"), validate_choice=False)
    groups = TextAreaField(_l("Groups of states"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_of_states.choices = [
            ("fixed", _("the body's fixed order, the same in every language")),
            ("alphabet", _("the alphabet of the page's language")),
        ]
        self.notation.choices = [
            ("holder", _("with the holders: [China, Iran: establish]")),
            ("anonymous", _("without the holders: [establish]")),
        ]
        self.rivals.choices = [
            ("alternatives", _("under one number: 5. Alt 1 …, 5. Alt 2 …")),
            ("suffix", _("under numbers of their own: [5. …] [5 bis …]")),
        ]
        self.signatures.choices = [("rows", _("row by row")), ("down", _("down the columns"))]
        self.absent_signature.choices = [("left_out", _("is left out")), ("dash", _("is printed with a dash"))]
        self.suffix.choices = [("word", _("12 bis, 12 бис, 12之二")), ("superscript", _("12¹ in every language"))]

    def offer_marks(self) -> None:
        """Offer the marks that are typed above as the one of the working papers."""
        marks = read_names(self.handling_marks.data or "", self.languages, with_code=False).rows
        said = dict.fromkeys(_said(names) for _code, names in marks)
        self.handling.choices = [(NONE, _("none")), *((one, one) for one in said)]

    def validate_handling(self, field: SelectField) -> None:
        """Refuse a mark that is not, or no longer, among the body's."""
        marks = read_names(self.handling_marks.data or "", self.languages, with_code=False).rows
        if field.data and field.data not in [_said(names) for _code, names in marks]:
            raise ValidationError(_("This mark is not in the list of handling marks. Choose one of the list, or none."))

    def validate_handling_marks(self, field: TextAreaField) -> None:
        """Tell problems by line."""
        self._check(field, with_code=False)

    def validate_groups(self, field: TextAreaField) -> None:
        """Tell problems by line."""
        self._check(field, with_code=True)

    def _check(self, field: TextAreaField, *, with_code: bool) -> None:
        read = read_names(field.data or "", self.languages, with_code=with_code)
        if read.problems:
            raise ValidationError(" ".join(read.problems))

    def rules(self) -> dict[str, Any]:
        """Return the rules as a body keeps them."""
        marks = read_names(self.handling_marks.data or "", self.languages, with_code=False).rows
        groups = read_names(self.groups.data or "", self.languages).rows
        chosen = next((dict(names) for _code, names in marks if _said(names) == self.handling.data), None)
        return {
            "order_of_states": self.order_of_states.data,
            "notation": self.notation.data,
            "rivals": self.rivals.data,
            "suffix": self.suffix.data,
            "signatures": self.signatures.data,
            "absent_signature": self.absent_signature.data,
            "symbol": (self.symbol.data or "").strip(),
            "handling_marks": [dict(names) for _code, names in marks],
            "handling": chosen,
            "groups": {code: dict(names) for code, names in groups},
        }


def _said(names: Mapping[str, Any]) -> str:
    """Return a handling mark as a choice: its words in every language."""
    return " · ".join(str(names[language]) for language in NAMES if names.get(language))


class OfficerForm(FlaskForm):
    """Another officer or administrator."""

    name = StringField(_l("Name"), [InputRequired(_l("Enter the name.")), Length(max=200)])
    email = StringField(_l("E-mail address"), [InputRequired(_l("Enter the e-mail address.")), email_address])


@bp.get("/bodies")
@for_roles(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """List the bodies and the administrators."""
    return _index(OfficerForm(formdata=None))


def _index(form: OfficerForm, status: int = 200) -> ResponseReturnValue:
    administrators = list_members(actor=current_actor())
    return render_template("bodies/index.html", bodies=list_bodies(), administrators=administrators, form=form), status


@bp.route("/bodies/new", methods=["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def new() -> ResponseReturnValue:
    """Make a body and invite its first officer."""
    form = NewBodyForm(zone="UTC", preset="sco", language_1="ru", language_2="zh")
    if not form.validate_on_submit():
        zones = sorted(available_timezones())
        return render_template("bodies/new.html", form=form, zones=zones), 422 if form.errors else 200
    body_id = bodies.create_body(
        form.slug.data or "",
        names=form.names,
        zone=form.zone.data or "UTC",
        languages=form.languages,
        rules=rules_of(form.preset.data),
        delegations=desks(),
        actor=current_actor(),
        now=now(),
    )
    return _invite_officer(body_id, form.names, form.zone.data or "UTC", form.officer_name, form.officer_email)


def _invite_officer(
    body_id: str, names: Mapping[str, Any], zone: str, name: StringField, email: StringField
) -> ResponseReturnValue:
    desk = next(row for row in list_delegations(body_id) if row.kind == "secretariat")
    issued = invitations.invite_members(
        [NewMember(name.data or "", email.data or "", Role.SECRETARIAT, desk.id)],
        days=links.invitation_days(),
        letter=links.invitation_letter(named(names), zone),
        actor=current_actor(),
        now=now(),
    )
    return show_links(issued, back=url_for("bodies.index"))


@bp.route("/bodies/<slug>/officers", methods=["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def officers(slug: str) -> ResponseReturnValue:
    """List a body's officers and invite another."""
    body = get_body(slug, actor=current_actor())
    form = OfficerForm()
    if form.validate_on_submit():
        return _invite_officer(body.id, body.names, body.zone, form.name, form.email)
    people = list_officers(body.id)
    return render_template("bodies/officers.html", body=body, people=people, form=form), 422 if form.errors else 200


@bp.post("/administrators")
@for_roles(Role.ADMINISTRATOR)
def invite_administrator() -> ResponseReturnValue:
    """Invite another administrator."""
    form = OfficerForm()
    if not form.validate():
        return _index(form, 422)
    issued = invitations.invite_members(
        [NewMember(form.name.data or "", form.email.data or "", Role.ADMINISTRATOR, None)],
        days=links.invitation_days(),
        letter=links.invitation_letter("Chapeau", "UTC"),
        actor=current_actor(),
        now=now(),
    )
    return show_links(issued, back=url_for("bodies.index"))


@bp.post("/officers/<membership>/reset-link")
@for_roles(Role.ADMINISTRATOR)
def reset_link(membership: str) -> ResponseReturnValue:
    """Make a link for an officer's or administrator's new password and show it, to be handed over."""
    member = get_member(membership, actor=current_actor())
    link = invitations.offer_reset(member.id, days=links.invitation_days(), actor=current_actor(), now=now())
    return show_links([link], back=url_for("bodies.index"))


@bp.route("/officers/<membership>/end", methods=["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def end_officer(membership: str) -> ResponseReturnValue:
    """Ask why, then end an officer's or administrator's role."""
    member = get_member(membership, actor=current_actor())
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            actor = replace(current_actor(), body=member.body_id)  # the body's own record tells it
            members.end_membership(membership, form.reason.data or "", actor=actor, now=now())
        except Refused as error:
            form.form_errors.append(sentence(error))
        else:
            flash(_("%(name)s no longer has this role.", name=member.name))
            return redirect(url_for("bodies.index"), 303)
    back = url_for("bodies.index")
    failed = bool(form.errors or form.form_errors)
    page = render_template("members/end.html", member=member, delegation=None, form=form, back=back)
    return page, 422 if failed else 200


@bp.route("/body/settings", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def settings() -> ResponseReturnValue:
    """Show and change the body's settings."""
    body = get_own_body(current_actor())
    form = SettingsForm(data=_as_typed(body))
    if form.validate_on_submit():
        bodies.change_body(
            names=form.names,
            zone=form.zone.data or "UTC",
            languages=form.languages,
            rules=form.rules(),
            actor=current_actor(),
            now=now(),
        )
        flash(_("The settings are saved."))
        return redirect(url_for("bodies.settings"), 303)
    form.offer_marks()
    languages = form.languages or list(body.languages)
    forms = {"groups": form_of_names(languages), "marks": form_of_names(languages, with_code=False)}
    zones = sorted(available_timezones())
    return render_template("bodies/settings.html", form=form, forms=forms, zones=zones), 422 if form.errors else 200


def _as_typed(body: BodyRow) -> dict[str, Any]:
    """Return the settings as the form's fields show them."""
    languages = [*body.languages, NONE, NONE, NONE]
    marks = {str(n): mark for n, mark in enumerate(body.rules.get("handling_marks", []))}
    typed_marks = "\n".join(line.split(" | ", 1)[1] for line in write_names(marks, body.languages).splitlines())
    return {
        **{f"name_{language}": body.names.get(language, "") for language in NAMES},
        "zone": body.zone,
        "language_1": languages[0],
        "language_2": languages[1],
        "language_3": languages[2],
        "order_of_states": body.rules.get("order_of_states", "fixed"),
        "notation": body.rules.get("notation", "holder"),
        "rivals": body.rules.get("rivals", "alternatives"),
        "suffix": body.rules.get("suffix", "word"),
        "signatures": body.rules.get("signatures", "rows"),
        "absent_signature": body.rules.get("absent_signature", "left_out"),
        "symbol": body.rules.get("symbol", ""),
        "handling_marks": typed_marks,
        "handling": _said(body.rules.get("handling") or {}),
        "groups": write_names(body.rules.get("groups", {}), body.languages),
    }

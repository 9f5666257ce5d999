"""Delegations: their names in every form, their rank, who takes part."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from app.negotiation.vocabulary import DelegationKind, Role
from app.queries.bodies import get_own_body
from app.queries.delegations import DelegationRow, get_delegation, list_delegations
from app.services import bodies
from app.services.bodies import NewDelegation
from app.web.access import for_roles
from app.web.acting import current_actor, now
from app.web.languages import NAMES
from app.web.lines import form_of_names, read_names
from app.web.names import kind_name, state_name

bp = Blueprint("delegations", __name__, url_prefix="/delegations")

CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}$")
ADDABLE = (DelegationKind.MEMBER_STATE, DelegationKind.BODY, DelegationKind.OBSERVER)
_SHORT = [Length(max=200)]


class NamesForm(FlaskForm):
    """The name forms of a delegation; case forms are typed, never built by rule."""

    ru_short = StringField(_l("Short, in tables and brackets (Беларусь)"), _SHORT)
    ru_full = StringField(_l("Full (Республика Беларусь)"), _SHORT)
    ru_genitive = StringField(_l("Genitive («делегация Республики Беларусь»)"), _SHORT)
    ru_accusative = StringField(_l("Accusative («за Республику Беларусь»)"), _SHORT)
    ru_adjective = StringField(_l("Adjective («белорусская» сторона)"), _SHORT)
    ru_adjective_genitive = StringField(_l("Adjective in the genitive («предложения белорусской стороны»)"), _SHORT)
    zh_short = StringField(_l("Short (白俄罗斯)"), _SHORT)
    zh_full = StringField(_l("Full (白俄罗斯共和国)"), _SHORT)
    zh_side = StringField(_l("Side (白方)"), _SHORT)
    en_short = StringField(_l("Short (Belarus)"), _SHORT)
    en_full = StringField(_l("Full (Republic of Belarus)"), _SHORT)
    en_listed = StringField(_l("In running text (the Republic of Belarus)"), _SHORT)

    wanted_languages: Sequence[str] = ()

    def validate_en_short(self, _field: StringField) -> None:
        """Ask for a short name in every working language."""
        forms = self.forms
        for language in self.wanted_languages:
            if not forms[language]["short"]:
                raise ValidationError(_("Enter the short name in every working language of the body."))

    @property
    def forms(self) -> dict[str, dict[str, str]]:
        """Language to form to name, empty ones too."""
        found: dict[str, dict[str, str]] = {language: {} for language in NAMES}
        for name, field in self._fields.items():
            language, _mark, form = name.partition("_")
            if language in found:
                found[language][form] = (field.data or "").strip()
        return found


class NewDelegationForm(NamesForm):
    """Code, kind and names."""

    code = StringField(_l("Code"), [InputRequired(_l("Enter a code."))])
    kind = SelectField(_l("Kind"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(str(kind), kind_name(kind)) for kind in ADDABLE]

    def validate_code(self, field: StringField) -> None:
        """Refuse what is no code, and what is taken."""
        field.data = (field.data or "").strip().upper()
        if not CODE.match(field.data):
            raise ValidationError(_("Use two to twelve Latin letters or digits, for a state its ISO code: BLR."))
        if any(row.code == field.data for row in list_delegations(current_actor().body or "")):
            raise ValidationError(_("This code is taken."))


class ListForm(FlaskForm):
    """Many states at once."""

    states = TextAreaField(_l("States"), [InputRequired(_l("Enter at least one state."))])


class RankForm(FlaskForm):
    """The place in the body's order."""

    rank = IntegerField(_l("Place in the order"), [InputRequired(_l("Enter a number.")), NumberRange(1, 10_000)])


@bp.get("")
@for_roles(Role.SECRETARIAT)
def index() -> ResponseReturnValue:
    """List the delegations in the body's order."""
    body = get_own_body(current_actor())
    rows = list_delegations(body.id)
    if body.rules.get("order_of_states") == "alphabet":
        rows = tuple(sorted(rows, key=lambda row: state_name(row.forms).casefold()))
    return render_template("delegations/index.html", body=body, rows=rows)


@bp.route("/new", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def new() -> ResponseReturnValue:
    """Add a delegation."""
    form = NewDelegationForm()
    form.wanted_languages = get_own_body(current_actor()).languages
    if form.validate_on_submit():
        added = NewDelegation(form.code.data or "", DelegationKind(form.kind.data), _filled(form.forms))
        bodies.add_delegation(added, actor=current_actor(), now=now())
        flash(_("%(code)s is added.", code=form.code.data))
        return redirect(url_for("delegations.index"), 303)
    return _new_page(form, ListForm(formdata=None), 422 if form.errors else 200)


@bp.post("/new-list")
@for_roles(Role.SECRETARIAT)
def new_list() -> ResponseReturnValue:
    """Add many states, all or none."""
    form = ListForm()
    languages = get_own_body(current_actor()).languages
    if form.validate():
        read = read_names(form.states.data or "", languages)
        problems = [*read.problems, *_code_problems([code.upper() for code, _names in read.rows])]
        if not problems:
            news = [
                NewDelegation(
                    code.upper(),
                    DelegationKind.MEMBER_STATE,
                    {language: {"short": name} for language, name in names.items()},
                )
                for code, names in read.rows
            ]
            bodies.add_delegations(news, actor=current_actor(), now=now())
            flash(_("%(number)s added.", number=len(news)))
            return redirect(url_for("delegations.index"), 303)
        form.states.errors = problems
    return _new_page(NewDelegationForm(formdata=None), form, 422)


def _code_problems(codes: Sequence[str]) -> list[str]:
    taken = {row.code for row in list_delegations(current_actor().body or "")}
    problems = []
    for code in codes:
        if not CODE.match(code):
            problems.append(_("“%(code)s” is no code of two to twelve Latin letters or digits.", code=code))
        elif code in taken:
            problems.append(_("The code %(code)s is taken.", code=code))
        taken.add(code)
    return problems


def _new_page(form: NewDelegationForm, states: ListForm, status: int) -> ResponseReturnValue:
    line = form_of_names(get_own_body(current_actor()).languages)
    return render_template("delegations/new.html", form=form, states=states, line=line), status


@bp.route("/<code>", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def edit(code: str) -> ResponseReturnValue:
    """Show a delegation and change its names."""
    row = get_delegation(code, actor=current_actor())
    form = NamesForm(data=_as_typed(row))
    form.wanted_languages = get_own_body(current_actor()).languages
    if form.validate_on_submit():
        bodies.change_delegation(row.id, forms=form.forms, actor=current_actor(), now=now())
        flash(_("The names are saved."))
        return redirect(url_for("delegations.edit", code=code), 303)
    return _edit_page(row, form, RankForm(formdata=None, rank=row.rank), 422 if form.errors else 200)


def _edit_page(row: DelegationRow, form: NamesForm, rank: RankForm, status: int) -> ResponseReturnValue:
    return render_template("delegations/edit.html", row=row, form=form, rank=rank), status


@bp.post("/<code>/rank")
@for_roles(Role.SECRETARIAT)
def rank(code: str) -> ResponseReturnValue:
    """Give a delegation its place in the order."""
    row = get_delegation(code, actor=current_actor())
    form = RankForm()
    if not form.validate():
        return _edit_page(row, NamesForm(formdata=None, data=_as_typed(row)), form, 422)
    bodies.rank_delegation(row.id, form.rank.data or 1, actor=current_actor(), now=now())
    flash(_("The order is saved."))
    return redirect(url_for("delegations.index"), 303)


@bp.post("/<code>/active")
@for_roles(Role.SECRETARIAT)
def active(code: str) -> ResponseReturnValue:
    """Let a delegation take part, or no longer."""
    row = get_delegation(code, actor=current_actor())
    bodies.set_active(row.id, request.form.get("active") == "yes", actor=current_actor(), now=now())
    return redirect(url_for("delegations.edit", code=code), 303)


def _as_typed(row: DelegationRow) -> dict[str, str]:
    return {f"{language}_{form}": name for language, names in row.forms.items() for form, name in names.items()}


def _filled(forms: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    filled = {language: {form: name for form, name in names.items() if name} for language, names in forms.items()}
    return {language: names for language, names in filled.items() if names}

"""Rounds: the list, a round's board or its delegates' view, new rounds and their times."""

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.negotiation.errors import NotFound
from app.negotiation.permissions import may
from app.negotiation.vocabulary import Role, RoundState, Visibility
from app.queries import access
from app.queries.people import load_people
from app.queries.round_board import Standing, get_board, get_own_state
from app.queries.rounds import RoundRow, list_free_versions, list_rounds, round_row
from app.services import rounds
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.places import moments
from app.web.round_forms import LATER, RoundForm, TimesForm, consent_name, document_name, round_name, visibility_name

bp = Blueprint("rounds", __name__)


@bp.get("/rounds")
@for_roles(*MEMBERS)
def index() -> str:
    """List the rounds, newest first."""
    actor = current_actor()
    free = list_free_versions(actor=actor) if may(actor, "round.create") else ()
    return render_template("rounds/index.html", rounds=list_rounds(actor=actor, now=now()), can_create=bool(free))


@bp.get("/rounds/<int:number>")
@for_roles(*MEMBERS)
def show(number: int) -> str:
    """Show a round: to secretariat and chair its board, to a delegation what concerns it."""
    actor = current_actor()
    found = access.get_round(number, actor=actor)
    row = round_row(found, actor=actor, now=now())
    if not actor.is_staff:
        mine = get_own_state(found, actor=actor)
        return render_template("rounds/show.html", round=row, mine=mine, may_answer=may(actor, "round.answer"))
    return render_template(
        "rounds/board.html",
        round=row,
        board=get_board(found, actor=actor),
        has_mail=bool(current_app.config["SETTINGS"].mail_server),
        is_officer=actor.role == Role.SECRETARIAT,
        is_running=row.state == RoundState.OPEN and found.deadline > now(),
    )


@bp.route("/rounds/new", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def new() -> ResponseReturnValue:
    """Ask what a new round is about and how long it runs; show it in several clocks; then create it."""
    actor = current_actor()
    body = access.get_body(actor)
    people = load_people(body.id)
    form = RoundForm()
    form.offer()
    form.offer_zones(body.zone, people)
    free = list_free_versions(actor=actor)
    chosen = {d.version_id: document_name(d) for d in free}
    form.offer_documents(free)
    if form.is_confirmed():
        # Of two clicks the second comes when its documents are not free any more: the use case knows them.
        form.versions.choices += [(v, v) for v in request.form.getlist("versions") if v not in chosen]
    if form.validate_on_submit() and form.is_confirmed():
        return _create(form)
    if form.is_submitted() and not form.errors and not form.is_back():
        codes = [d.code for d in people.states]
        return render_template(
            "rounds/new_confirm.html",
            form=form,
            documents=[chosen[version] for version in form.versions.data],
            deadline=moments(form.deadline, form.zone.data, codes),
            opening=None if form.is_now else moments(form.opening, form.zone.data, codes),
            visibility=Visibility(form.visibility.data),
        )
    return render_template("rounds/new.html", form=form, free=free), 422 if form.errors else 200


def _create(form: RoundForm) -> ResponseReturnValue:
    actor = current_actor()
    round_id = rounds.create_round(
        form.versions.data,
        opens_at=form.opening,
        deadline=form.deadline,
        zone=form.zone.data,
        visibility=Visibility(form.visibility.data),
        title=form.title.data or "",
        note=form.note.data or "",
        actor=actor,
        now=now(),
    )
    number, state = _number(round_id)
    if form.is_now and state == RoundState.SCHEDULED:
        rounds.open_round(round_id, actor=actor, now=now())
        flash(_("Round %(number)s is open.", number=number))
    else:
        flash(_("Round %(number)s is scheduled.", number=number))
    return redirect(url_for(".show", number=number), 303)


def _number(round_id: str) -> tuple[int, RoundState]:
    for row in list_rounds(actor=current_actor(), now=now()):
        if row.id == round_id:
            return row.number, row.state
    raise NotFound()


@bp.post("/rounds/<int:number>/open")
@for_roles(Role.SECRETARIAT)
def open_now(number: int) -> ResponseReturnValue:
    """Open a scheduled round at once; doing so twice is doing it once."""
    actor = current_actor()
    found = access.get_round(number, actor=actor)
    if found.state != RoundState.OPEN:
        rounds.open_round(found.id, actor=actor, now=now())
    flash(_("Round %(number)s is open.", number=number))
    return redirect(url_for(".show", number=number), 303)


@bp.route("/rounds/<int:number>/times", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def reschedule(number: int) -> ResponseReturnValue:
    """Give a scheduled round other times."""
    actor = current_actor()
    found = access.get_round(number, actor=actor)
    people = load_people(found.body_id)
    form = TimesForm()
    form.offer()
    form.offer_zones(found.zone, people)
    if not form.is_submitted():
        form.set_deadline(found.deadline, found.zone)
        form.opens.data = LATER
        opening = TimesForm(formdata=None)
        opening.set_deadline(found.opens_at, found.zone)
        form.opens_on.data, form.opens_at.data = opening.deadline_on.data, opening.deadline_at.data
    row = round_row(found, actor=actor, now=now())
    if form.validate_on_submit() and form.is_confirmed():
        return _reschedule(row, form)
    if form.is_submitted() and not form.errors and not form.is_back():
        codes = [d.code for d in people.states]
        return render_template(
            "rounds/times_confirm.html",
            form=form,
            round=row,
            deadline=moments(form.deadline, form.zone.data, codes),
            opening=None if form.is_now else moments(form.opening, form.zone.data, codes),
        )
    return render_template("rounds/times.html", form=form, round=row), 422 if form.errors else 200


def _reschedule(row: RoundRow, form: TimesForm) -> ResponseReturnValue:
    actor = current_actor()
    rounds.reschedule_round(
        row.id, opens_at=form.opening, deadline=form.deadline, zone=form.zone.data, actor=actor, now=now()
    )
    if form.is_now:
        rounds.open_round(row.id, actor=actor, now=now())
    flash(_("The times of round %(number)s are saved.", number=row.number))
    return redirect(url_for(".show", number=row.number), 303)


def standing_word(standing: Standing) -> str:
    """Return how a delegation stands in a round, with a sign that tells it without colour."""
    names: dict[Standing, str] = {
        Standing.SUBMITTED: _("✓ has submitted"),
        Standing.NO_COMMENTS: _("✓ no comments"),
        Standing.ORAL: _("… oral only, to be confirmed"),
        Standing.LATE: _("… late only, not admitted"),
        Standing.WITHDREW: _("– has withdrawn everything"),
        Standing.NOTHING: _("– nothing yet"),
    }
    return names[standing]


def round_state_name(row: RoundRow) -> str:
    """Return how a round stands; past its deadline an open one takes nothing more."""
    if row.state == RoundState.OPEN and row.is_over:
        return str(_("deadline passed"))
    names: dict[RoundState, str] = {
        RoundState.SCHEDULED: _("scheduled"),
        RoundState.OPEN: _("open"),
        RoundState.CLOSED: _("closed, being considered"),
        RoundState.CONCLUDED: _("concluded"),
    }
    return names[row.state]


@bp.record_once
def give_words(state: object) -> None:
    """Give templates the words."""
    app: Flask = state.app  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        round_standing=standing_word,
        consent_name=consent_name,
        round_name=round_name,
        round_state=round_state_name,
        document_name=document_name,
        visibility_name=visibility_name,
        lower_first=lambda words: words[:1].lower() + words[1:],
    )

"""Deadlines moved: extended for all or for one, closed early, a closed round opened again."""

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.models.rounds import Round
from app.negotiation.errors import N_, TransitionNotAllowed
from app.negotiation.vocabulary import Role, RoundState
from app.queries import access
from app.queries.people import People, load_people
from app.queries.round_board import get_board
from app.queries.rounds import deadline_for, round_row
from app.services import rounds
from app.web.access import STAFF, for_roles
from app.web.acting import current_actor, now
from app.web.places import Moment, moments
from app.web.round_forms import ExtensionForm, ReasonForm, ReopenForm

bp = Blueprint("round_deadlines", __name__)

SHORT_NOTICE = timedelta(minutes=15)
"""A deadline moved nearer than this leaves delegations no time: the confirm page says so plainly."""


@bp.route("/rounds/<int:number>/extend", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def extend(number: int) -> ResponseReturnValue:
    """Move the deadline for all or for one delegation, with a reason, after it was shown in several clocks."""
    found, people = _load(number, RoundState.OPEN)
    form = ExtensionForm()
    form.offer_zones(found.zone, people)
    form.offer_delegations(people)
    if not form.is_submitted():
        form.set_deadline(found.deadline, found.zone)
    row = round_row(found, actor=current_actor(), now=now())
    if form.validate_on_submit() and form.is_confirmed():
        rounds.extend_round(
            found.id,
            form.deadline,
            reason=form.reason.data,
            delegation_id=form.delegation.data or None,
            actor=current_actor(),
            now=now(),
        )
        flash(_("The deadline is moved."))
        return redirect(url_for("rounds.show", number=number), 303)
    if form.is_submitted() and not form.errors and not form.is_back():
        old = deadline_for(found, form.delegation.data or None)
        return render_template(
            "rounds/extend_confirm.html",
            form=form,
            round=row,
            whose=people.by_id[form.delegation.data] if form.delegation.data else None,
            old=_moments(old, found, people)[:1],
            new=moments(form.deadline, form.zone.data, [d.code for d in people.states]),
            is_shorter=form.deadline < old,
            is_short_notice=form.deadline < now() + SHORT_NOTICE,
            is_same=form.deadline == old,
        )
    return render_template("rounds/extend.html", form=form, round=row), 422 if form.errors else 200


@bp.route("/rounds/<int:number>/close", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def close(number: int) -> ResponseReturnValue:
    """Close early: move the deadline of all to now, with a reason; say first whom it cuts off."""
    actor = current_actor()
    found = access.get_round(number, actor=actor)
    form = ReasonForm()
    if form.is_submitted() and (found.state != RoundState.OPEN or found.deadline <= now()):
        # The second click of two: the first one has moved the deadline to its own instant.
        return redirect(url_for("rounds.show", number=number), 303)
    if found.state != RoundState.OPEN:
        raise TransitionNotAllowed(N_("close"), found.state)
    if form.validate_on_submit():
        rounds.extend_round(found.id, now(), reason=form.reason.data, actor=actor, now=now())
        flash(_("Round %(number)s takes nothing more. It closes on the record in a moment.", number=number))
        return redirect(url_for("rounds.show", number=number), 303)
    board = get_board(found, actor=actor)
    return render_template(
        "rounds/close.html",
        form=form,
        round=round_row(found, actor=actor, now=now()),
        board=board,
        deadline=_moments(found.deadline, found, board.people)[:2],
        later=[row for row in board.rows if row.own_deadline],
    ), 422 if form.errors else 200


@bp.route("/rounds/<int:number>/reopen", methods=["GET", "POST"])
@for_roles(*STAFF)
def reopen(number: int) -> ResponseReturnValue:
    """Open a closed round again until a new deadline, with a reason."""
    actor = current_actor()
    form = ReopenForm()
    # After the first of two clicks the round is open until the very deadline: the use case lets that pass.
    wanted = (RoundState.CLOSED, RoundState.OPEN) if form.is_submitted() else (RoundState.CLOSED,)
    found, people = _load(number, *wanted)
    form.offer_zones(found.zone, people)
    if not form.is_submitted():
        form.zone.data = found.zone
    row = round_row(found, actor=actor, now=now())
    if form.validate_on_submit() and form.is_confirmed():
        rounds.reopen_round(found.id, form.deadline, reason=form.reason.data, actor=actor, now=now())
        flash(_("Round %(number)s is open again.", number=number))
        return redirect(url_for("rounds.show", number=number), 303)
    if form.is_submitted() and not form.errors and not form.is_back():
        new = moments(form.deadline, form.zone.data, [d.code for d in people.states])
        return render_template("rounds/reopen_confirm.html", form=form, round=row, new=new)
    return render_template("rounds/reopen.html", form=form, round=row), 422 if form.errors else 200


def _load(number: int, *states: RoundState) -> tuple[Round, People]:
    found = access.get_round(number, actor=current_actor())
    if found.state not in states:
        raise TransitionNotAllowed(N_("reopen") if RoundState.CLOSED in states else N_("extend"), found.state)
    return found, load_people(found.body_id)


def _moments(at: datetime, found: Round, people: People) -> tuple[Moment, ...]:
    return moments(at, found.zone, [d.code for d in people.states])

"""Home: what waits for me."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import Locale
from babel.dates import format_timedelta
from flask import Blueprint, current_app, render_template, url_for
from flask_babel import get_locale, ngettext

from app.negotiation.actors import Actor
from app.negotiation.vocabulary import ProposalState, Role
from app.queries import home
from app.queries.bodies import list_bodies
from app.queries.invitations import list_open_invitations
from app.web.access import for_signed_in
from app.web.acting import acting, acting_row, now

bp = Blueprint("home", __name__)


@dataclass(frozen=True)
class Task:
    """Something that waits: a sentence, and where it is done."""

    sentence: str
    url: str


def _members(actor: Actor, at: datetime) -> Iterable[Task]:
    """Invitations and delegations of those who invite."""
    if actor.role in (Role.SECRETARIAT, Role.FOCAL_POINT):
        waiting = len(list_open_invitations(actor=actor, now=at))
        if waiting:
            said = ngettext(
                "%(num)d invitation is not taken up yet", "%(num)d invitations are not taken up yet", waiting
            )
            yield Task(said, url_for("members.index"))
    if actor.role == Role.SECRETARIAT:
        empty = home.count_empty_delegations(actor=actor)
        if empty:
            said = ngettext("%(num)d delegation has nobody yet", "%(num)d delegations have nobody yet", empty)
            yield Task(said, url_for("members.index"))


def _bodies(actor: Actor, _at: datetime) -> Iterable[Task]:
    """Bodies that an administrator has not handed over yet."""
    if actor.role == Role.ADMINISTRATOR:
        orphans = sum(not row.officers for row in list_bodies())
        if orphans:
            said = ngettext("%(num)d body has no officer yet", "%(num)d bodies have no officer yet", orphans)
            yield Task(said, url_for("bodies.index"))


def _proposals(actor: Actor, _at: datetime) -> Iterable[Task]:
    """Drafts of one's own delegation; for the secretariat, what is late or was only said."""
    if actor.role in (Role.FOCAL_POINT, Role.EXPERT):
        drafts = home.count_drafts(actor=actor)
        if drafts:
            said = ngettext(
                "%(num)d draft of your delegation is not submitted",
                "%(num)d drafts of your delegation are not submitted",
                drafts,
            )
            yield Task(said, url_for("delegation.show"))
    if actor.role == Role.SECRETARIAT:
        for number, late in home.list_waiting_proposals(actor=actor, state=ProposalState.LATE):
            said = ngettext(
                "%(num)d late proposal waits for admission", "%(num)d late proposals wait for admission", late
            )
            yield Task(said, url_for("rounds.show", number=number))


def _decisions(actor: Actor, _at: datetime) -> Iterable[Task]:
    """Changes of closed rounds that nobody has decided."""
    if actor.is_staff:
        for number, slug, open_ in home.list_undecided(actor=actor):
            said = ngettext("%(num)d change waits for a decision", "%(num)d changes wait for a decision", open_)
            yield Task(said, url_for("consolidation.show", slug=slug, number=number))


TASKS: tuple[Callable[[Actor, datetime], Iterable[Task]], ...] = (
    _decisions,
    _proposals,
    _members,
    _bodies,
)
"""Who finds tasks for the one who acts; a feature with something that waits adds its own, in order of urgency."""


@bp.get("/")
@for_signed_in
def show() -> str:
    """Show what waits for the one who acts."""
    actor, row = acting(), acting_row()
    if actor is None or row is None:
        return render_template("home/nobody.html")
    at = now()
    return render_template(
        "home/show.html",
        rounds=home.list_open_rounds(actor=actor, now=at),
        meetings=home.list_meetings_ahead(actor=actor, now=at, zone=row.zone),
        tasks=[task for find in TASKS for task in find(actor, at)],
        rounds_have_pages="rounds.show" in current_app.view_functions,
        left=lambda deadline: _left(deadline - at),
    )


def _left(left: timedelta) -> str:
    """Return a time left in whole days, hours or minutes of the page's language, never more than there is."""
    locale = get_locale() or Locale("en")
    if left >= timedelta(days=2):
        return format_timedelta(timedelta(days=left.days), "day", threshold=10_000, locale=locale)
    if left >= timedelta(hours=2):
        return format_timedelta(timedelta(hours=left // timedelta(hours=1)), "hour", threshold=100, locale=locale)
    return format_timedelta(timedelta(minutes=left // timedelta(minutes=1)), "minute", threshold=200, locale=locale)

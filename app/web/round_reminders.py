"""Reminders to those awaited: mails through the outbox, or letters to copy."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.models.rounds import Round
from app.negotiation.errors import N_, TransitionNotAllowed
from app.negotiation.vocabulary import Role, RoundState
from app.queries import access
from app.queries.people import DelegationRow
from app.queries.round_board import BoardRow, Recipient, get_board, list_recipients
from app.queries.rounds import RoundRow, round_row
from app.services import reminders
from app.web.access import for_roles
from app.web.acting import current_actor, now
from app.web.languages import LOCALES, named
from app.web.places import place_name, say_moment
from app.web.proposal_names import version_name

bp = Blueprint("round_reminders", __name__)


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A reminder to one delegation in one language, and to whom it goes."""

    delegation: DelegationRow
    language: str
    subject: str
    text: str
    to: tuple[Recipient, ...]


@bp.get("/rounds/<int:number>/reminders")
@for_roles(Role.SECRETARIAT)
def show(number: int) -> ResponseReturnValue:
    """Show the letters to those awaited whose deadline still runs."""
    found = _open_round(number)
    return render_template(
        "rounds/reminders.html",
        round=round_row(found, actor=current_actor(), now=now()),
        letters=_letters(found),
        has_mail=bool(current_app.config["SETTINGS"].mail_server),
    )


@bp.post("/rounds/<int:number>/reminders")
@for_roles(Role.SECRETARIAT)
def send(number: int) -> ResponseReturnValue:
    """Put the letters into the outbox; whom one reached today gets none."""
    found = _open_round(number)
    wanted = [
        reminders.Reminder(letter.delegation.id, recipient.email, letter.subject, letter.text)
        for letter in _letters(found)
        for recipient in letter.to
    ]
    told = reminders.remind(found.id, wanted, actor=current_actor(), now=now())
    if told:
        flash(ngettext("%(num)s delegation is reminded.", "%(num)s delegations are reminded.", len(told)))
    else:
        flash(_("Everybody awaited was reminded today already."), "warning")
    return redirect(url_for("rounds.show", number=number), 303)


def _open_round(number: int) -> Round:
    found = access.get_round(number, actor=current_actor())
    if found.state != RoundState.OPEN:
        raise TransitionNotAllowed(N_("remind"), found.state)
    return found


def _letters(found: Round) -> tuple[DraftLetter, ...]:
    """Return one letter for each delegation awaited and language its focal points read."""
    actor = current_actor()
    board = get_board(found, actor=actor)
    awaited = [row for row in board.awaited if row.deadline > now()]
    recipients = list_recipients(found.body_id, [row.delegation.id for row in awaited])
    body = access.get_body(actor)
    usual = next((code for code in body.languages if code in LOCALES), "en")
    row = round_row(found, actor=actor, now=now())
    letters = []
    for one in awaited:
        mine = [r for r in recipients if r.delegation_id == one.delegation.id]
        for language, readers in _by_language(mine, usual):
            with force_locale(LOCALES[language]):
                subject, text = _written(row, one, language, named(body.names, language))
            letters.append(DraftLetter(one.delegation, language, subject, text, readers))
    return tuple(letters)


def _by_language(mine: Iterable[Recipient], usual: str) -> list[tuple[str, tuple[Recipient, ...]]]:
    found: dict[str, list[Recipient]] = {}
    for recipient in mine:
        found.setdefault(recipient.language if recipient.language in LOCALES else usual, []).append(recipient)
    return [(language, tuple(readers)) for language, readers in found.items()] or [(usual, ())]


def _written(round_: RoundRow, row: BoardRow, language: str, body: str) -> tuple[str, str]:
    """Write the letter in the language in force. It tells nothing of any text or of any other delegation."""
    papers = "\n".join(f"– {named(d.titles, language)}, {version_name(d.number)}" for d in round_.documents)
    address = current_app.config["SETTINGS"].base_url + url_for("rounds.show", number=round_.number)
    paragraphs = (
        _("Dear colleagues,"),
        _("round %(number)s of %(body)s is open on:", number=round_.number, body=body) + f"\n{papers}",
        _("We have not received your proposals yet. The deadline for your delegation is:")
        + f"\n{say_moment(row.deadline, round_.zone)} ({place_name(round_.zone, language)})"
        + f"\n{say_moment(row.deadline, 'UTC')} (UTC)",
        _("If you have no comments, please say so there; a missing answer is not taken for consent."),
        address,
        _("The Secretariat"),
    )
    subject = _("Round %(number)s: your proposals are awaited", number=round_.number)
    return subject, "\n\n".join(paragraphs)

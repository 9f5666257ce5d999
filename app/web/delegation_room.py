"""The delegation room: what my experts drafted, what we submitted, what became of it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.negotiation.errors import Refused
from app.negotiation.permissions import may
from app.negotiation.vocabulary import ProposalState
from app.queries.approved import list_approved
from app.queries.clearances import list_ministries
from app.queries.delegation_room import Room, load_room
from app.queries.returns import list_returns
from app.services import carrying, drafts, positions
from app.services import proposals as use_cases
from app.services.proposals import Receipt
from app.web import paths
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status
from app.web.proposals import receipt_page, wordings

bp = Blueprint("delegation", __name__)


@bp.get("/delegation")
@for_roles(*MEMBERS)
def show() -> ResponseReturnValue:
    """Show the room, in the round of ``?round=``, else in the open one."""
    room = load_room(request.args.get("round", type=paths.number), actor=current_actor(), now=now())
    if room is None:
        return render_template("delegation/none.html")
    return _page(room, [])


@bp.post("/delegation/submit")
@for_roles(*MEMBERS)
def submit() -> ResponseReturnValue:
    """Submit the drafts that were ticked: each is its identity, version, hash and token, and no more."""
    chosen = request.form.getlist("draft")
    receipts: list[Receipt] = []
    refused: list[Refused] = []
    for value in chosen:
        try:
            receipts.append(_submitted(value))
        except Refused as error:
            refused.append(error)
    if not chosen:
        flash(_("Tick the drafts that you want to submit."), "warning")
        return redirect(url_for("delegation.show"), 303)
    late = [receipt for receipt in receipts if receipt.state == ProposalState.LATE]
    if len(chosen) == 1 and receipts:
        code = 409 if late else 200
        return receipt_page(receipts[0].proposal), code
    if receipts:
        flash(ngettext("%(num)s proposal is received.", "%(num)s proposals are received.", len(receipts)))
    if late:
        flash(_("The deadline had passed: they are kept as late; the secretariat may admit them."), "warning")
    if not refused:
        return redirect(url_for("delegation.show"), 303)
    room = load_room(None, actor=current_actor(), now=now())
    if room is None:
        raise refused[0]
    return _page(room, [sentence(error) for error in refused]), status(refused[0])


@bp.post("/delegation/drafts/<draft_id>/<any(clear,hand_over,delete,withdraw):act>")
@for_roles(*MEMBERS)
def handle(draft_id: str, act: str) -> ResponseReturnValue:
    """Clear a draft, hand it over, delete it, or withdraw what was carried over."""
    actor = current_actor()
    if act == "clear":
        seen = request.form.get("lock_version", type=int) or 0
        drafts.clear_draft(draft_id, lock_version=seen, actor=actor, now=now())
        flash(_("The draft is cleared."))
    elif act == "hand_over":
        drafts.hand_over(draft_id, actor=actor, now=now())
        flash(_("The draft is handed over to your focal point."))
    elif act == "withdraw":
        carrying.withdraw_carried(draft_id, actor=actor, now=now())
        flash(_("The proposal is withdrawn: it goes no further."))
    else:
        drafts.delete_draft(draft_id, actor=actor, now=now())
        flash(_("The draft is deleted."))
    return redirect(url_for("delegation.show"), 303)


@bp.post("/delegation/no-comments")
@for_roles(*MEMBERS)
def answer() -> ResponseReturnValue:
    """Declare that one has no comments, or take that back."""
    round_id = request.form.get("round", "")
    if request.form.get("act") == "declare":
        positions.declare_no_comments(round_id, actor=current_actor(), now=now())
        flash(_("It is noted that your delegation has no comments."))
    else:
        positions.take_back_no_comments(round_id, actor=current_actor(), now=now())
        flash(_("The declaration is taken back."))
    return redirect(url_for("delegation.show"), 303)


def _submitted(value: str) -> Receipt:
    parts = value.split(":")
    if len(parts) != 4 or not parts[1].isdigit():
        abort(400)
    draft_id, lock_version, content_hash, token = parts
    return use_cases.submit_draft(
        draft_id,
        lock_version=int(lock_version),
        content_hash=content_hash,
        token=token,
        actor=current_actor(),
        now=now(),
    )


def _page(room: Room, problems: list[str]) -> str:
    actor = current_actor()
    return render_template(
        "delegation/room.html",
        room=room,
        problems=problems,
        returned=list_returns(room.round.id, actor=actor),
        ministries=list_ministries(room.round.id, actor=actor),
        may_submit=may(actor, "proposal.submit"),
        may_clear=may(actor, "draft.clear"),
        approved=list_approved(actor=actor),
        **wordings(room.texts),
    )

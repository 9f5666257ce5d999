"""What waits: late proposals for the secretariat, oral ones for their side; scans of letters."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.negotiation.errors import N_, TransitionNotAllowed
from app.negotiation.vocabulary import ProposalState, Role
from app.queries.delegation_room import load_texts
from app.queries.people import load_people
from app.queries.proposals import ProposalRow, find_proposal, get_proposal
from app.queries.rounds import RoundRow, deadline_for, round_row
from app.queries.scans import get_scan
from app.services import proposals
from app.web.access import MEMBERS, STAFF, for_roles
from app.web.acting import current_actor, now
from app.web.proposals import wordings
from app.web.round_forms import ReasonForm

bp = Blueprint("round_admissions", __name__)


@bp.route("/proposals/<proposal_id>/admission", methods=["GET", "POST"])
@for_roles(*STAFF)
def late(proposal_id: str) -> ResponseReturnValue:
    """Read a late proposal; the secretariat may admit it, with a reason."""
    row, round_ = _load(proposal_id)
    form = ReasonForm()
    if form.is_submitted() and row.state == ProposalState.SUBMITTED and row.admitted_because:
        return _board(round_)  # the second click of two
    if form.validate_on_submit():
        proposals.admit_late(proposal_id, reason=form.reason.data, actor=current_actor(), now=now())
        flash(_("Proposal %(reference)s is admitted and stands.", reference=row.reference))
        return _board(round_)
    if row.state != ProposalState.LATE:
        raise TransitionNotAllowed(N_("admit"), row.state)
    return _page("rounds/late.html", row, round_, form)


@bp.get("/proposals/<proposal_id>/oral")
@for_roles(*STAFF)
def said(proposal_id: str) -> ResponseReturnValue:
    """Read what was said in the room, with the two ways it can go."""
    row, round_ = _load(proposal_id)
    if row.state != ProposalState.ORAL:
        raise TransitionNotAllowed(N_("confirm"), row.state)
    return _page("rounds/said.html", row, round_, ReasonForm())


@bp.post("/proposals/<proposal_id>/oral/confirmation")
@for_roles(Role.SECRETARIAT)
def confirm(proposal_id: str) -> ResponseReturnValue:
    """Note that its side confirmed in the room what was said."""
    row, round_ = _load(proposal_id)
    if row.state != ProposalState.SUBMITTED:
        proposals.confirm_oral(proposal_id, actor=current_actor(), now=now())
    flash(_("Proposal %(reference)s is confirmed and stands.", reference=row.reference))
    return _board(round_)


@bp.post("/proposals/<proposal_id>/oral/withdrawal")
@for_roles(Role.SECRETARIAT)
def withdraw(proposal_id: str) -> ResponseReturnValue:
    """Note that its side withdrew in the room what was said, with the reason."""
    row, round_ = _load(proposal_id)
    form = ReasonForm()
    if not form.validate():
        return _page("rounds/said.html", row, round_, form)
    if row.state != ProposalState.WITHDRAWN:
        proposals.withdraw_proposal(proposal_id, reason=form.reason.data, actor=current_actor(), now=now())
    flash(_("Proposal %(reference)s is withdrawn.", reference=row.reference))
    return _board(round_)


@bp.get("/scans/<scan_id>")
@for_roles(*MEMBERS)
def scan(scan_id: str) -> ResponseReturnValue:
    """Send the scan of a letter, as an attachment: never shown inside a page."""
    found = get_scan(scan_id, actor=current_actor())
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


def _load(proposal_id: str) -> tuple[ProposalRow, RoundRow]:
    actor = current_actor()
    _proposal, round_ = find_proposal(proposal_id, actor=actor)
    return get_proposal(proposal_id, actor=actor), round_row(round_, actor=actor, now=now())


def _page(template: str, row: ProposalRow, round_: RoundRow, form: ReasonForm) -> ResponseReturnValue:
    actor = current_actor()
    people = load_people(actor.body or "")
    found, held = find_proposal(row.id, actor=actor)
    return render_template(
        template,
        proposal=row,
        round=round_,
        form=form,
        people=people,
        deadline=deadline_for(held, found.delegation_id),
        is_officer=actor.role == Role.SECRETARIAT,
        **wordings(load_texts(round_.documents, [change.stored for change in row.changes])),
    ), 422 if form.errors else 200


def _board(round_: RoundRow) -> ResponseReturnValue:
    return redirect(url_for("rounds.show", number=round_.number), 303)

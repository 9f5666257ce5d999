"""One proposal: what it asks, who stands where, what its own side and others may do with it; its receipt."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.negotiation.permissions import may
from app.negotiation.vocabulary import PositionKind, ProposalState, Role, RoundState
from app.queries.delegation_room import Texts, joined_by, load_fates, load_texts
from app.queries.people import load_people
from app.queries.proposals import find_proposal, get_proposal
from app.queries.receipts import get_receipt
from app.queries.rounds import round_row
from app.services import drafts, positions
from app.services import proposals as use_cases
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.texts import note_labels, provision_names

bp = Blueprint("proposals", __name__)


class PositionForm(FlaskForm):  # type: ignore[misc]
    """Where one's delegation stands."""

    kind = SelectField(_("Where your delegation stands"))
    text = TextAreaField(_("In words, if you wish"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [
            SelectChoice(str(PositionKind.SUPPORTS), gettext("It supports the proposal")),
            SelectChoice(str(PositionKind.OBJECTS), gettext("It objects to the proposal")),
            SelectChoice(str(PositionKind.RESERVES), gettext("It reserves its position")),
            SelectChoice("none", gettext("It takes no position")),
        ]


@bp.get("/proposals/<proposal_id>")
@for_roles(*MEMBERS)
def show(proposal_id: str) -> ResponseReturnValue:
    """Show a proposal and what can be done with it."""
    return _page(proposal_id, PositionForm(formdata=None))


@bp.get("/receipts/<proposal_id>")
@for_roles(*MEMBERS)
def receipt(proposal_id: str) -> ResponseReturnValue:
    """Show a receipt, to print and keep."""
    return receipt_page(proposal_id)


@bp.get("/receipts/<proposal_id>/text")
@for_roles(*MEMBERS)
def receipt_text(proposal_id: str) -> ResponseReturnValue:
    """Send the text that the fingerprint hashes, byte for byte."""
    found = get_receipt(proposal_id, actor=current_actor(), now=now())
    name = f"receipt-{found.proposal.reference}.json"
    answer = Response(found.text, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.post("/proposals/<proposal_id>/withdraw")
@for_roles(*MEMBERS)
def withdraw(proposal_id: str) -> ResponseReturnValue:
    """Withdraw it."""
    use_cases.withdraw_proposal(proposal_id, actor=current_actor(), now=now())
    flash(gettext("The proposal is withdrawn. It can be restored while the round is open."))
    return _back(proposal_id)


@bp.post("/proposals/<proposal_id>/restore")
@for_roles(*MEMBERS)
def restore(proposal_id: str) -> ResponseReturnValue:
    """Restore it."""
    use_cases.restore_proposal(proposal_id, actor=current_actor(), now=now())
    flash(gettext("The proposal stands again."))
    return _back(proposal_id)


@bp.post("/proposals/<proposal_id>/confirm")
@for_roles(*MEMBERS)
def confirm(proposal_id: str) -> ResponseReturnValue:
    """Confirm what was said in the room."""
    use_cases.confirm_oral(proposal_id, actor=current_actor(), now=now())
    flash(gettext("The proposal is confirmed and stands."))
    return _back(proposal_id)


@bp.post("/proposals/<proposal_id>/revise")
@for_roles(*MEMBERS)
def revise(proposal_id: str) -> ResponseReturnValue:
    """Begin the draft that is to replace it."""
    draft = drafts.revise_proposal(proposal_id, actor=current_actor(), now=now())
    flash(gettext("A draft with the same content is ready. Once it is submitted, it takes the proposal's place."))
    return redirect(url_for("delegation.show", _anchor=f"draft-{draft}"), 303)


@bp.post("/proposals/<proposal_id>/join")
@for_roles(*MEMBERS)
def join(proposal_id: str) -> ResponseReturnValue:
    """Co-sponsor it."""
    positions.co_sponsor(proposal_id, actor=current_actor(), now=now())
    flash(gettext("Your delegation co-sponsors the proposal."))
    return _back(proposal_id)


@bp.post("/proposals/<proposal_id>/leave")
@for_roles(*MEMBERS)
def leave(proposal_id: str) -> ResponseReturnValue:
    """Take the co-sponsorship back."""
    positions.leave_proposal(proposal_id, actor=current_actor(), now=now())
    flash(gettext("Your delegation no longer co-sponsors the proposal."))
    return _back(proposal_id)


@bp.post("/proposals/<proposal_id>/position")
@for_roles(*MEMBERS)
def position(proposal_id: str) -> ResponseReturnValue:
    """Say where one's delegation stands."""
    form = PositionForm()
    if not form.validate():
        return _page(proposal_id, form), 422
    kind = None if form.kind.data == "none" else PositionKind(form.kind.data)
    positions.take_position(proposal_id, kind, text=form.text.data or "", actor=current_actor(), now=now())
    flash(gettext("The position of your delegation is noted."))
    return _back(proposal_id)


def receipt_page(proposal_id: str) -> str:
    """Return a receipt as HTML."""
    found = get_receipt(proposal_id, actor=current_actor(), now=now())
    texts = load_texts(found.round.documents, [c.stored for c in found.proposal.changes])
    people = load_people(current_actor().body or "")
    return render_template("proposals/receipt.html", receipt=found, people=people, **wordings(texts))


def wordings(texts: Texts) -> Mapping[str, Any]:
    """Return what templates need to name and print the provisions of several texts."""
    names = {pair: provision_names(edition) for pair, edition in texts.editions.items()}
    labels = {pair: note_labels(edition) for pair, edition in texts.editions.items()}
    return {
        "texts": texts,
        "names_of": lambda change: names.get((change.version_id, change.language), {}),
        "labels_of": lambda change: labels.get((change.version_id, change.language), {}),
    }


def _page(proposal_id: str, form: PositionForm) -> str:
    actor = current_actor()
    row = get_proposal(proposal_id, actor=actor)
    _proposal, round_ = find_proposal(proposal_id, actor=actor)
    held = round_row(round_, actor=actor, now=now())
    open_to_others = not row.is_own and row.state == ProposalState.SUBMITTED and round_.state != RoundState.CONCLUDED
    mine = {change.id for change in row.changes} & joined_by(round_, actor)
    stands_for = may(actor, "position.take") and actor.role != Role.OBSERVER
    return render_template(
        "proposals/show.html",
        proposal=row,
        round=held,
        people=load_people(round_.body_id),
        form=form,
        is_joined=bool(mine),
        may_take_position=open_to_others and stands_for,
        may_handle=row.is_own and stands_for and round_.state != RoundState.CONCLUDED,
        fates=load_fates(round_, row.changes, actor=actor),
        **wordings(load_texts(held.documents, [change.stored for change in row.changes])),
    )


def _back(proposal_id: str) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)

"""Receipts: what was submitted, rebuilt from its rows, and the fingerprint it must have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.proposals import Change, Proposal
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.queries.changes import content_of, of_row
from app.queries.proposals import ProposalRow, find_proposal, get_proposal
from app.queries.rounds import RoundRow, round_row
from app.text.canonical import dumps


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as its delegation, the secretariat and the chair may print it.

    Attributes:
        text: The canonical spelling of what was received; its SHA-256 is the proposal's fingerprint.
    """

    proposal: ProposalRow
    round: RoundRow
    text: str


def get_receipt(proposal_id: str, *, actor: Actor, now: datetime) -> ReceiptRow:
    """Return the receipt of a proposal: for its own delegation, the secretariat and the chair.

    Raises:
        NotFound: There is none, or it is another delegation's, or it was withdrawn by another delegation.
    """
    row = get_proposal(proposal_id, actor=actor)
    proposal, round_ = find_proposal(proposal_id, actor=actor)
    if not row.is_readable or not (row.is_own or actor.is_staff):
        raise NotFound()
    return ReceiptRow(row, round_row(round_, actor=actor, now=now), dumps(content_of_proposal(proposal)))


def content_of_proposal(proposal: Proposal) -> dict[str, Any]:
    """Return what was submitted, rebuilt from its rows: its hash is the proposal's fingerprint."""
    number, on = proposal.letter_number, proposal.letter_on
    return content_of(
        category=proposal.category,
        justification=proposal.justification,
        changes=[of_row(row) for row in list_changes(proposal.id)],
        replaces=proposal.replaces,
        carried_from=proposal.carried_from,
        letter=(number, on.isoformat()) if number and on else None,
    )


def list_changes(proposal_id: str) -> Sequence[Change]:
    """Return the changes of a proposal, in its order."""
    statement = select(Change).where(Change.proposal_id == proposal_id).order_by(Change.ordinal)
    return db.session.scalars(statement).all()

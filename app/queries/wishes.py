"""Wishes: what delegations ask of a version, for composition and for those who check it."""

from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.bodies import Body, Delegation
from app.models.proposals import Change, Proposal
from app.models.proposals import Wish as WishRow
from app.models.rounds import Round
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import ProposalState
from app.queries import changes
from app.queries.people import load_people
from app.queries.rounds import list_round_documents
from app.queries.texts import load_edition
from app.text.canonical import encode_provision, fingerprint
from app.text.changes import Wish
from app.text.composing import wished


def load_wishes(round_id: str, version_id: str, language: str) -> tuple[tuple[Wish, str, str], ...]:
    """Return the live wishes of submitted proposals as (wish, change id, proposal id), by rank and arrival.

    Everything submitted, whoever asks: for secretariat, chair and exports. One query.
    """
    found = db.session.execute(
        select(Delegation.code, Change, Proposal.id)
        .join(WishRow, WishRow.change_id == Change.id)
        .join(Delegation, Delegation.id == WishRow.delegation_id)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(
            WishRow.round_id == round_id,
            WishRow.ended_at.is_(None),
            Change.version_id == version_id,
            Change.language == language,
            Proposal.state == ProposalState.SUBMITTED,
        )
        .order_by(Delegation.rank, Proposal.received_at, Proposal.id, Change.ordinal)
    )
    return tuple((Wish(code, changes.of_row(row).change()), row.id, proposal_id) for code, row, proposal_id in found)


def wished_json(round_: Round, code: str) -> dict[str, Any]:
    """Return what a delegation asked for in a round: each document's full text as it wishes it, canonically spelled.

    Raises:
        NotFound: The body has no such delegation.
    """
    people = load_people(round_.body_id)
    if code not in people.by_code:
        raise NotFound()
    documents = []
    for document in list_round_documents(round_.id):
        language = document.negotiating_language
        base = load_edition(document.version_id, language)
        wishes = [wish for wish, _, _ in load_wishes(round_.id, document.version_id, language)]
        text = wished(base, wishes, people.order, code)
        documents.append(
            {
                "document": document.slug,
                "version": document.number,
                "language": language,
                "base_fingerprint": fingerprint(base),
                "provisions": [encode_provision(p) for p in text],
            }
        )
    return {"round": round_.number, "delegation": code, "documents": documents}


def find_round(body_slug: str | None, number: int) -> Round:
    """Return a round by number, for the command line; the body may go unnamed where there is only one.

    Raises:
        NotFound: There is none, or several bodies have one.
    """
    statement = select(Round).join(Body, Body.id == Round.body_id).where(Round.number == number)
    if body_slug is not None:
        statement = statement.where(Body.slug == body_slug)
    found = db.session.scalars(statement).all()
    if len(found) != 1:
        raise NotFound()
    return found[0]

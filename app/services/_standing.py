"""How a proposal comes to stand and ceases to: its wishes, its number, what it replaces."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.models import db
from app.models.bodies import Delegation
from app.models.proposals import Change, Proposal, Wish
from app.models.rounds import Answer, Round
from app.negotiation.actors import Actor
from app.negotiation.errors import Contradicts, NotFound, OverlapsOwn, TransitionNotAllowed
from app.negotiation.vocabulary import ProposalState, RoundState, Visibility, WishKind
from app.negotiation.workflows import PROPOSAL
from app.queries import access, changes
from app.queries.changes import WISHES, StoredChange
from app.queries.proposals import find_proposal, reference
from app.queries.receipts import list_changes
from app.services._advance import advance
from app.services._wording import Bases
from app.text.changes import ContradictoryWishes, NotInBase
from app.text.structure import apply_changes


def make_standing(proposal: Proposal, round_: Round, *, actor: Actor, now: datetime) -> None:
    """Let a submitted proposal stand: it replaces what it replaces, its wishes live, it may have a number.

    Raises:
        OverlapsOwn: The delegation has another live wish for one of its provisions.
        Contradicts: Its wishes contradict the delegation's others.
    """
    if proposal.replaces is not None:
        older = db.session.get_one(Proposal, proposal.replaces)
        if older.state == ProposalState.SUBMITTED:
            advance(older, PROPOSAL, "replace", actor=actor, facts={"by": proposal.id})
            end_wishes(older, now)
    rows = list_changes(proposal.id)
    add_wishes(rows, proposal.delegation_id, WishKind.OWN, round_, now=now)
    if proposal.number is None and (round_.visibility == Visibility.OPEN or round_.state != RoundState.OPEN):
        last = db.session.scalar(select(func.max(Proposal.number)).where(Proposal.round_id == round_.id)) or 0
        proposal.number = last + 1
    _take_back_no_comments(round_, proposal.delegation_id, now)


def add_wishes(rows: Iterable[Change], delegation_id: str, kind: WishKind, round_: Round, *, now: datetime) -> None:
    """Make changes the live wishes of a delegation.

    Raises:
        OverlapsOwn: It has another live wish for one of the provisions. (Its own wish ends its co-sponsorship.)
        Contradicts: Its wishes would contradict each other.
    """
    wanted = [row for row in rows if row.operation in WISHES]
    live = {(w.version_id, w.key, w.language): w for w in live_wishes(round_.id, delegation_id)}
    for row in wanted:
        assert row.key is not None
        other = live.get((row.version_id, row.key, row.language))
        if other is None:
            continue
        if kind != WishKind.OWN or other.kind == WishKind.OWN:
            owner = db.session.get_one(Change, other.change_id).proposal_id
            raise OverlapsOwn(reference(owner))
        other.ended_at = now
    # Ended ones must be out of the way of the unique index before new ones come in.
    db.session.flush()
    for row in wanted:
        assert row.key is not None
        db.session.add(
            Wish(
                round_id=round_.id,
                delegation_id=delegation_id,
                version_id=row.version_id,
                key=row.key,
                language=row.language,
                change_id=row.id,
                kind=kind,
            )
        )
    db.session.flush()
    _check_consistent(round_, delegation_id)


def live_wishes(round_id: str, delegation_id: str) -> Sequence[Wish]:
    """Return the live wishes of a delegation in a round."""
    statement = select(Wish).where(
        Wish.round_id == round_id, Wish.delegation_id == delegation_id, Wish.ended_at.is_(None)
    )
    return db.session.scalars(statement).all()


def end_wishes(proposal: Proposal, now: datetime) -> None:
    """End every live wish for a proposal's changes, co-sponsors' included."""
    statement = select(Wish).join(Change, Change.id == Wish.change_id).where(Change.proposal_id == proposal.id)
    for wish in db.session.scalars(statement.where(Wish.ended_at.is_(None))):
        wish.ended_at = now
    db.session.flush()


def _check_consistent(round_: Round, delegation_id: str) -> None:
    rows = db.session.scalars(
        select(Change)
        .join(Wish, Wish.change_id == Change.id)
        .where(Wish.round_id == round_.id, Wish.delegation_id == delegation_id, Wish.ended_at.is_(None))
    ).all()
    check_wishes([changes.of_row(row) for row in rows], Bases(round_))


def check_wishes(stored: Iterable[StoredChange], bases: Bases) -> None:
    """Check that the wishes of one delegation can all be had.

    Raises:
        Contradicts: They cannot.
        StaleVersion: One names what its version does not have.
    """
    texts: dict[tuple[str, str], list[StoredChange]] = {}
    for one in stored:
        texts.setdefault((one.version_id, one.language), []).append(one)
    for (version_id, language), asked in texts.items():
        base = bases.edition(version_id, language)
        try:
            apply_changes(base, [one.change() for one in asked])
        except ContradictoryWishes as error:
            provision = bases.by_key(version_id, language).get(error.key)
            raise Contradicts(provision.label if provision and provision.label else error.key) from error
        except NotInBase as error:
            raise bases.stale(version_id) from error


def _take_back_no_comments(round_: Round, delegation_id: str, now: datetime) -> None:
    """A delegation that proposes something has comments after all."""
    last = last_answer(round_.id, delegation_id)
    if last is not None and last.no_comments:
        db.session.add(
            Answer(round_id=round_.id, delegation_id=delegation_id, number=last.number + 1, no_comments=False, at=now)
        )


def last_answer(round_id: str, delegation_id: str) -> Answer | None:
    """Return the newest answer of a delegation in a round."""
    statement = (
        select(Answer)
        .where(Answer.round_id == round_id, Answer.delegation_id == delegation_id)
        .order_by(Answer.number.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def get_round(round_id: str, actor: Actor) -> Round:
    """Return a round of the actor's body that is open to members.

    Raises:
        NotFound: There is none, or it is only scheduled.
    """
    round_ = db.session.get(Round, round_id)
    if round_ is None or round_.body_id != actor.body or round_.state == RoundState.SCHEDULED:
        raise NotFound()
    return round_


def get_author(delegation_id: str, actor: Actor) -> Delegation:
    """Return a delegation of the actor's body, in whose name something is proposed.

    Raises:
        NotFound: There is none.
    """
    found = db.session.get(Delegation, delegation_id)
    if found is None or found.body_id != actor.body:
        raise NotFound()
    return found


def get_undecided(proposal_id: str, action: str, actor: Actor) -> tuple[Proposal, Round]:
    """Return a visible proposal whose round is not concluded, for an act on it."""
    access.get_body(actor)
    proposal, round_ = find_proposal(proposal_id, actor=actor)
    if round_.state == RoundState.CONCLUDED:
        raise TransitionNotAllowed(action, round_.state)
    return proposal, round_

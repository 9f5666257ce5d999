"""Clearances: a focal point chooses among what the ministries ask for; the cleared set goes out in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models import db, new_id
from app.models.clearances import Clearance
from app.models.proposals import Proposal
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import (
    N_,
    DeadlinePassed,
    EditedMeanwhile,
    NothingChanged,
    NotReady,
    TransitionNotAllowed,
)
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Category, Channel, RoundState
from app.negotiation.workflows import PROPOSAL
from app.queries.changes import StoredChange, slot
from app.queries.clearances import ClearanceDesk, Submission, find_clearance, is_on, load_clearance
from app.queries.cleared import Choice, ClearedCase, changes_of, reading_id, readings_asked, reasons
from app.queries.proposals import ProposalRow
from app.queries.rounds import deadline_for
from app.services._advance import advance
from app.services._standing import end_wishes, get_round
from app.services._unit import use_case
from app.services._wording import Bases, NewChange, worded
from app.services.drafts import held_by, put_changes, repoint_drafts
from app.services.proposals import NewProposal, is_late, said_in_utc, submit_stored


@dataclass(frozen=True)
class NewChoice:
    """What is chosen on a case.

    Attributes:
        taken: Ids of the readings taken; none, and nothing of one's own: it is left out.
        own: The wording, where the delegation words it itself.
        why: The justification; None: the reasons of what is taken.
    """

    taken: Sequence[str] = ()
    own: Sequence[NewChange] | None = None
    why: str | None = None


@use_case
def choose(
    slug: str,
    number: int,
    language: str,
    case_id: str,
    choice: NewChoice | None,
    *,
    seen: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what is chosen on a case; None takes the choice back.

    Args:
        seen: What the case was when the page was opened, as its ``seen`` says.

    Raises:
        EditedMeanwhile: A colleague chose, or another file came, since the page was opened.
        NotReady: What is taken collides and needs a wording.
        NotFound, NotPermitted: It is not the actor's to choose.
        Refused: As ``drafts.save_draft`` does for a wording that cannot be proposed.
    """
    desk = _opened(slug, number, language, actor, now)
    one = desk.case(case_id)
    if one.seen != seen:
        raise EditedMeanwhile()
    row = _row(desk, actor, now)
    made = None if choice is None else _made(desk, one, choice, actor)
    _write(row, {case_id: made}, now)


@use_case
def take_undisputed(slug: str, number: int, language: str, *, actor: Actor, now: datetime) -> int:
    """Take everything on which nothing is chosen yet and nothing collides; return on how many cases."""
    desk = _opened(slug, number, language, actor, now)
    found: dict[str, Choice | None] = {}
    for one in desk.undecided:
        taken = one.case.readings
        if (
            not one.is_overtaken
            and not one.case.has_conflict
            and changes_of(taken, desk.by_key, desk.order) is not None
        ):
            ids = tuple(dict.fromkeys(reading_id(r) for r in taken))
            found[one.id] = Choice(ids, None, reasons(taken), readings_asked(one.case))
    if found:
        _write(_row(desk, actor, now), found, now)
    return len(found)


@use_case
def leave_rest_out(slug: str, number: int, language: str, *, actor: Actor, now: datetime) -> int:
    """Leave out everything on which nothing is chosen yet; return how many cases."""
    desk = _opened(slug, number, language, actor, now)
    found: dict[str, Choice | None] = {one.id: Choice((), None, "", readings_asked(one.case)) for one in desk.undecided}
    if found:
        _write(_row(desk, actor, now), found, now)
    return len(found)


@use_case
def submit_cleared(
    slug: str,
    number: int,
    language: str,
    *,
    lock_version: int,
    content_hash: str,
    token: str,
    actor: Actor,
    now: datetime,
) -> Submission:
    """Submit the cleared set; in the same act it takes the place of all that was submitted on the text before.

    What stands already exactly as cleared goes on standing. Sent twice, it gives the same answer.

    Raises:
        EditedMeanwhile: It is no longer what was seen.
        NotReady: Something is not decided.
        NothingChanged: All that is cleared stands already.
        DeadlinePassed, TransitionNotAllowed: The round takes nothing; nothing was replaced.
        OverlapsOwn, Contradicts, StaleVersion: As ``proposals.submit_draft`` does.
    """
    require(actor, "proposal.submit")
    desk = _opened(slug, number, language, actor, now, closed=True)
    before = next((s for s in desk.submissions if s.token == token), None)
    if before is not None and before.content_hash == content_hash:
        return before
    if (token, lock_version, content_hash) != (desk.token, desk.lock_version, desk.content_hash):
        raise EditedMeanwhile()
    round_ = get_round(desk.round.id, actor)
    _check_open(round_, actor, now)
    if desk.undecided:
        raise NotReady(N_("some provisions are not decided yet"))
    done = _submitted(desk, round_, actor, now)
    row = _row(desk, actor, now)
    row.content = {**row.content, "submissions": [*row.content["submissions"], done.columns()]}
    row.token = new_id()
    return done


@use_case
def make_drafts(slug: str, number: int, language: str, *, content_hash: str, actor: Actor, now: datetime) -> int:
    """Make a cleared draft of each change of the cleared set, in place of what is drafted there; return how many.

    Raises:
        EditedMeanwhile: It is no longer what was seen.
        NothingChanged: Nothing is cleared.
    """
    require(actor, "draft.clear")
    desk = _opened(slug, number, language, actor, now)
    if desk.content_hash != content_hash:
        raise EditedMeanwhile()
    wanted = desk.new
    if not wanted:
        raise NothingChanged()
    round_ = get_round(desk.round.id, actor)
    held = held_by(round_, actor)
    for going in wanted:
        content = {"category": str(going.category), "justification": going.why, "channel": str(Channel.WORD)}
        draft = put_changes(round_, [going.change], content, held, actor=actor, now=now)
        draft.cleared_by, draft.cleared_at = actor.user, now
    return len(wanted)


@dataclass
class _Group:
    """A proposal to be: changes with what they say, and what it takes the place of."""

    changes: list[StoredChange]
    why: str
    category: Category
    replaces: str | None = None


def _submitted(desk: ClearanceDesk, round_: Round, actor: Actor, now: datetime) -> Submission:
    """Put the cleared set in the place of the earlier proposals."""
    groups = [_Group([going.change], going.why, going.category) for going in desk.new]
    ended = desk.ended
    if not groups and not ended:
        raise NothingChanged()
    for proposal in ended:
        _succeed(proposal, groups, desk)
    for proposal in ended:
        # All go before the first new one comes: it may stand where another of them stood.
        end_wishes(db.session.get_one(Proposal, proposal.id), now)
    replaced = {group.replaces for group in groups}
    withdrawn = tuple(p.id for p in ended if p.id not in replaced)
    for one in withdrawn:
        advance(db.session.get_one(Proposal, one), PROPOSAL, "withdraw", actor=actor, facts={"reason": ""})
    made = []
    for ordinal, group in enumerate(groups):
        new = NewProposal(group.category, group.why, (), channel=Channel.WORD, replaces=group.replaces)
        token = f"{desk.token}.{ordinal}"
        receipt = submit_stored(round_, actor.delegation or "", new, group.changes, token, actor=actor, now=now)
        made.append(receipt.proposal)
    repoint_drafts(round_, [p.id for p in ended], actor=actor, now=now)
    return Submission(
        token=desk.token,
        content_hash=desk.content_hash,
        at=now,
        proposals=tuple(made),
        replaced=tuple(p.id for p in ended if p.id in replaced),
        withdrawn=withdrawn,
        kept=tuple(p.id for p in desk.kept),
    )


def _succeed(proposal: ProposalRow, groups: list[_Group], desk: ClearanceDesk) -> None:
    """Find what takes the place of an earlier proposal; what it says of other texts comes along."""
    others = [c.stored for c in proposal.changes if not is_on(c.stored, desk.version, desk.language)]
    slots = {slot(change) for change in desk.on(proposal)}
    free = (g for g in groups if g.replaces is None and slots & {slot(c) for c in g.changes})
    group = next(free, None)
    if group is None and others:
        group = _Group([], proposal.justification, proposal.category)
        groups.append(group)
    if group is not None:
        group.replaces = proposal.id
        group.changes += others


def _opened(
    slug: str, number: int, language: str, actor: Actor, now: datetime, *, closed: bool = False
) -> ClearanceDesk:
    """Return the clearance for an act on it."""
    desk = load_clearance(slug, number, language, actor=actor, now=now)
    require(actor, "clearance.make")
    if desk.round.state != RoundState.OPEN and not closed:
        raise TransitionNotAllowed(N_("propose"), desk.round.state)
    return desk


def _check_open(round_: Round, actor: Actor, now: datetime) -> None:
    if round_.state != RoundState.OPEN:
        raise TransitionNotAllowed(N_("submit"), round_.state)
    if is_late(round_, actor.delegation or "", now):
        raise DeadlinePassed(said_in_utc(deadline_for(round_, actor.delegation)), said_in_utc(now))


def _row(desk: ClearanceDesk, actor: Actor, now: datetime) -> Clearance:
    """Return the clearance's row, made where there is none."""
    row = find_clearance(desk.round.id, desk.version, desk.language, actor=actor)
    if row is None:
        row = Clearance(
            round_id=desk.round.id,
            delegation_id=actor.delegation or "",
            version_id=desk.version,
            language=desk.language,
            content={"choices": {}, "submissions": []},
            token=new_id(),
            updated_at=now,
        )
        db.session.add(row)
    return row


def _write(row: Clearance, choices: dict[str, Choice | None], now: datetime) -> None:
    kept = {case: choice for case, choice in row.content["choices"].items() if case not in choices}
    new = {case: choice.columns() for case, choice in choices.items() if choice is not None}
    row.content, row.updated_at = {**row.content, "choices": {**kept, **new}}, now


def _made(desk: ClearanceDesk, one: ClearedCase, choice: NewChoice, actor: Actor) -> Choice:
    by_id = {reading_id(r): r for r in one.case.readings}
    taken = [by_id[name] for name in dict.fromkeys(choice.taken) if name in by_id]
    own = None
    if choice.own is not None:
        bases = Bases(get_round(desk.round.id, actor))
        own = tuple(worded(change, bases) for change in choice.own)
    elif changes_of(taken, desk.by_key, desk.order) is None:
        raise NotReady(N_("what was ticked collides: word it"))
    why = reasons(taken) if choice.why is None else choice.why.strip()
    return Choice(tuple(map(reading_id, taken)), own, why, readings_asked(one.case))

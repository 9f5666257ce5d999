"""Texts that came back: looked at, completed, confirmed. Then they are drafts of the delegation like any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.models import db, new_id, writing
from app.models.clearances import Clearance
from app.models.returns import EditedText, ReturnedText
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import (
    N_,
    EditedMeanwhile,
    Missing,
    NotFound,
    NothingChanged,
    NotReady,
    TransitionNotAllowed,
)
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Category, Channel, ReturnSource, RoundState
from app.queries import access
from app.queries.changes import slot
from app.queries.return_items import (
    Item,
    Letter,
    Remarks,
    UnclearPlace,
    Understanding,
    decode,
    encode,
    in_reading_order,
)
from app.queries.returns import find_return, taken_by
from app.services._joining import joined
from app.services._standing import check_wishes, get_round
from app.services._unit import use_case
from app.services._wording import Bases, NewChange, asked_of, worded
from app.services.drafts import held_by, put_changes
from app.services.proposals import NewProposal, Receipt, enter_on_behalf
from app.text.carry_over import CarryKind

KEPT_FOR = timedelta(days=60)
"""How long a returned text is kept; its delegation may delete it at any time."""
ROOM_BYTES = 400 * 1024 * 1024
"""What the files of one delegation may take up together: nobody fills the disk of all others."""


@dataclass(frozen=True)
class Asked:
    """One thing that a returned text asks for.

    Attributes:
        changes: In terms of a version of the round; what belongs together stands together.
        in_other_form: Whether a person has to confirm it, as ``Item`` says; until then it is not kept.
    """

    changes: Sequence[NewChange]
    justification: str = ""
    category: Category | None = None
    carry: CarryKind | None = None
    in_other_form: bool = False


@dataclass(frozen=True)
class NewReturn:
    """A text that came back, as it was understood.

    Attributes:
        version: Id of the version of the round that it is about.
        asked: What it asks for; an ``Item`` is kept as it is (what must be restated).
        words: Of a letter: as it was pasted.
        sponsor: The ministry that sent it.
        on_behalf_of: Id of the delegation that the secretariat enters it for, by *letter*.
    """

    version: str
    language: str
    source: ReturnSource
    name: str
    asked: Sequence[Asked | Item]
    unclear: Sequence[UnclearPlace] = ()
    remarks: Remarks = field(default_factory=Remarks)
    content: bytes | None = None
    words: str = ""
    sponsor: str = ""
    on_behalf_of: str | None = None
    letter: Letter | None = None


@dataclass(frozen=True)
class Completion:
    """What the delegation makes of one item.

    Attributes:
        changes: Its changes as reworded; None: as they are.
    """

    kept: bool
    replaces: bool = True
    justification: str | None = None
    category: Category | None = None
    changes: Sequence[NewChange] | None = None


@use_case
def keep_return(round_id: str, new: NewReturn, *, actor: Actor, now: datetime) -> str:
    """Keep what was understood of a returned text for its delegation to look at; return its id.

    What asks for the text as it stands, or for what cannot be, is told among what was not understood.

    Raises:
        NothingChanged: It asks for nothing, and nothing in it is unclear.
        NotReady: The delegation's files take up all the room it has.
        TransitionNotAllowed: The round takes nothing.
        NotPermitted, NotFound: It is not the actor's to bring in.
    """
    round_ = _taking(round_id, actor, on_behalf=new.on_behalf_of is not None)
    if new.source == ReturnSource.MINISTRY:
        require(actor, "clearance.make")
    if new.on_behalf_of is not None:
        access.get_delegation(new.on_behalf_of, actor=actor)
    _check_room(new.content, actor)
    bases = Bases(round_)
    edition = bases.edition(new.version, new.language)
    items, impossible = _worded(new.asked, bases)
    unclear = (*new.unclear, *impossible)
    if not items and not unclear:
        raise NothingChanged()
    read = Understanding(in_reading_order(items, edition), unclear, new.remarks, new.letter)
    kept = ReturnedText(
        round_id=round_.id,
        delegation_id=actor.delegation or "",
        author_id=actor.user or "",
        on_behalf_of=new.on_behalf_of,
        version_id=new.version,
        language=new.language,
        source=new.source,
        sponsor=new.sponsor,
        name=new.name,
        content=new.content,
        words=new.words,
        understood=encode(read),
        token=new_id(),
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    db.session.add(kept)
    db.session.flush()
    return kept.id


@use_case
def complete_return(
    return_id: str, completions: Mapping[int, Completion], *, lock_version: int, actor: Actor, now: datetime
) -> int:
    """Save what the delegation keeps, drops and rewords; return the new lock version.

    Raises:
        EditedMeanwhile: A colleague saved since the page was opened; nothing was overwritten.
        Refused: As ``drafts.save_draft`` does for a wording that cannot be proposed.
    """
    row = find_return(return_id, actor=actor)
    round_ = _taking(row.round_id, actor, on_behalf=row.on_behalf_of is not None)
    if row.confirmed_at is not None:
        return row.lock_version
    read = decode(row.understood)
    bases = Bases(round_)
    items = tuple(
        _completed(item, completions[number], bases) if number in completions else item
        for number, item in enumerate(read.items)
    )
    wanted = encode(replace(read, items=items))
    if wanted != row.understood:
        if row.lock_version != lock_version:
            raise EditedMeanwhile(row.id)
        row.understood = wanted
        db.session.flush()
    return row.lock_version


@use_case
def confirm_return(return_id: str, *, lock_version: int, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Make drafts of what is kept and return their ids; sent twice, it makes no second ones.

    Raises:
        EditedMeanwhile: A colleague saved since the page was opened.
        NothingChanged: Nothing is kept.
        Contradicts: What is kept contradicts itself.
        StaleVersion: The round is about another version.
    """
    row = find_return(return_id, actor=actor)
    if row.on_behalf_of is not None or row.source == ReturnSource.MINISTRY:
        raise NotFound()
    read = decode(row.understood)
    if row.confirmed_at is not None:
        return read.made
    round_ = _taking(row.round_id, actor, on_behalf=False)
    if row.lock_version != lock_version:
        raise EditedMeanwhile(row.id)
    taken = taken_by(round_.id, actor)
    wanted: Sequence[Item] = [
        item for item in kept_items(read) if item.replaces or not any(slot(c) in taken for c in item.changes)
    ]
    if not wanted:
        raise NothingChanged()
    bases = Bases(round_)
    wanted = joined(wanted, bases)
    check_wishes([change for item in wanted for change in item.changes], bases)
    made = make_drafts(round_, wanted, _channel(row.source), actor=actor, now=now)
    row.understood = encode(replace(read, made=made))
    row.confirmed_at = now
    return made


def enter_return(return_id: str, *, lock_version: int, actor: Actor, now: datetime) -> Receipt:
    """Enter what is kept of a returned text as one proposal, on behalf of the delegation whose letter it is.

    Sent twice, it gives the same receipt.

    Raises:
        Refused: As ``proposals.enter_on_behalf`` and ``confirm_return`` do.
    """
    require(actor, "proposal.enter")
    row = find_return(return_id, actor=actor)
    read = decode(row.understood)
    if row.on_behalf_of is None or read.letter is None:
        raise NotFound()
    if row.confirmed_at is None and row.lock_version != lock_version:
        raise EditedMeanwhile(row.id)
    items = joined(kept_items(read), Bases(get_round(row.round_id, actor)))
    new = NewProposal(
        items[0].category if items else Category.SUBSTANTIVE,
        "\n".join(dict.fromkeys(item.justification for item in items if item.justification)),
        [asked_of(change) for item in items for change in item.changes],
        channel=Channel.LETTER,
        letter_number=read.letter.number,
        letter_on=read.letter.on,
        scan_id=read.letter.scan or None,
    )
    receipt = enter_on_behalf(row.round_id, row.on_behalf_of, new, token=row.token, actor=actor, now=now)
    _note_entered(return_id, receipt.proposal, actor=actor, now=now)
    return receipt


@use_case
def drop_return(return_id: str, *, actor: Actor, now: datetime) -> None:
    """Delete a returned text, its file included; what was made of it stays."""
    row = find_return(return_id, actor=actor)
    require(actor, "clearance.make" if row.source == ReturnSource.MINISTRY else "draft.write")
    db.session.delete(row)


def forget_expired(now: datetime) -> int:
    """Delete the returned and edited texts whose time is over, and return how many; idle clearances go too."""
    db.session.rollback()
    with writing():
        over = [
            row
            for kept in (ReturnedText, EditedText)
            for row in db.session.scalars(select(kept).where(kept.expires_at <= now))
        ]
        idle = db.session.scalars(select(Clearance).where(Clearance.updated_at <= now - KEPT_FOR)).all()
        for row in (*over, *idle):
            db.session.delete(row)
        db.session.commit()
    return len(over)


def kept_items(read: Understanding) -> tuple[Item, ...]:
    """Return what is to become drafts: what is kept and can be had on the present version."""
    return tuple(item for item in read.items if item.kept and not item.is_stale)


def make_drafts(
    round_: Round, items: Sequence[Item], channel: Channel, *, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Make a draft of each item and return their ids; for use cases.

    Items that meet in one draft, because one proposal holds both their provisions, bring their reasons together.
    """
    held = held_by(round_, actor)
    reasons: dict[str, list[str]] = {}
    for item in items:
        before = next((found.id for change in item.changes if (found := held.drafts.get(slot(change)))), "")
        said = list(dict.fromkeys([*reasons.get(before, []), item.justification]))
        content: dict[str, Any] = {
            "category": str(item.category),
            "justification": "\n".join(filter(None, said)),
            "channel": str(channel),
        }
        draft = put_changes(round_, item.changes, content, held, actor=actor, now=now)
        reasons[draft.id] = said
    return tuple(reasons)


def _taking(round_id: str, actor: Actor, *, on_behalf: bool) -> Round:
    """Return the round if the actor may bring something into it now."""
    require(actor, "proposal.enter" if on_behalf else "draft.write")
    round_ = get_round(round_id, actor)
    taking = (RoundState.OPEN, RoundState.CLOSED) if on_behalf else (RoundState.OPEN,)
    if round_.state not in taking:
        raise TransitionNotAllowed(N_("propose"), round_.state)
    return round_


def _check_room(content: bytes | None, actor: Actor) -> None:
    if content is None or actor.is_staff:  # chair and secretariat bring in what came from everybody
        return
    statement = select(func.sum(func.length(ReturnedText.content)))
    held = db.session.scalar(statement.where(ReturnedText.delegation_id == actor.delegation)) or 0
    if held + len(content) > ROOM_BYTES:
        raise NotReady(N_("the files of your delegation take up all the room it has; delete some of them first"))


def _channel(source: ReturnSource) -> Channel:
    return Channel.WEB if source == ReturnSource.LETTER else Channel.WORD


def _worded(asked: Sequence[Asked | Item], bases: Bases) -> tuple[list[Item], list[UnclearPlace]]:
    items: list[Item] = []
    impossible: list[UnclearPlace] = []
    for one in asked:
        if isinstance(one, Item):
            items.append(one)
            continue
        try:
            changes = tuple(worded(change, bases) for change in one.changes)
        except (NothingChanged, Missing):
            continue
        except (NotReady, NotFound):
            impossible.append(UnclearPlace(one.changes[0].key, "impossible", one.justification))
            continue
        if changes:
            general = all(change.key is None for change in changes)
            category = one.category or (Category.GENERAL if general else Category.SUBSTANTIVE)
            items.append(
                Item(
                    changes,
                    one.justification.strip(),
                    category,
                    one.carry,
                    kept=not one.in_other_form,
                    in_other_form=one.in_other_form,
                )
            )
    return items, impossible


def _completed(item: Item, wanted: Completion, bases: Bases) -> Item:
    changes, carry = item.changes, item.carry
    if wanted.changes is not None:
        changes = tuple(worded(change, bases) for change in wanted.changes)
        carry = None if item.is_stale else item.carry
    return replace(
        item,
        changes=changes,
        carry=carry,
        kept=wanted.kept,
        replaces=wanted.replaces,
        justification=item.justification if wanted.justification is None else wanted.justification.strip(),
        category=wanted.category or item.category,
    )


@use_case
def _note_entered(return_id: str, proposal: str, *, actor: Actor, now: datetime) -> None:
    row = find_return(return_id, actor=actor)
    if row.confirmed_at is None:
        row.understood = encode(replace(decode(row.understood), made=(proposal,)))
        row.confirmed_at = now

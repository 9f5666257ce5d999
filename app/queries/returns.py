"""Texts that came back, for the delegation whose they are: what was understood, beside what it has already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.proposals import Change, Proposal, Wish
from app.models.returns import ReturnedText
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import ReturnSource, WishKind
from app.queries.changes import Slot, StoredChange, of_row, slot
from app.queries.delegation_room import Texts, load_texts
from app.queries.drafts import DraftRow, list_drafts
from app.queries.people import People, load_people
from app.queries.proposals import reference
from app.queries.return_items import Item, Understanding, decode
from app.queries.rounds import RoundDocument, RoundRow, round_row
from app.queries.texts import load_edition
from app.text.provision import Edition


@dataclass(frozen=True, slots=True)
class Present:
    """What the delegation has already where an item asks for something.

    Attributes:
        draft: Id of its draft; else None.
        reference: Of its submitted proposal, which the item's draft would replace; else "".
        is_same: Whether it asks for exactly the same.
    """

    change: StoredChange
    draft: str | None
    reference: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """An item as the preview shows it; *number* is its position, from 0."""

    number: int
    item: Item
    present: tuple[Present, ...]

    @property
    def is_done(self) -> bool:
        """Whether a draft of the delegation asks for exactly this already."""
        drafted = [one for one in self.present if one.draft]
        return len(drafted) == len(self.item.changes) and all(one.is_same for one in drafted)


@dataclass(frozen=True)
class Preview:
    """A returned text with everything its page shows.

    Attributes:
        document: The document it is about; *edition*: that document's text in its language.
        texts: The texts that its changes were made on.
        on_behalf_of: Code of the delegation that the secretariat enters it for.
    """

    id: str
    source: ReturnSource
    name: str
    words: str
    sponsor: str
    author_name: str
    created_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None
    lock_version: int
    version: str
    language: str
    on_behalf_of: str | None
    round: RoundRow
    document: RoundDocument
    people: People
    edition: Edition
    texts: Texts
    items: tuple[PreviewItem, ...]
    understanding: Understanding

    @property
    def kept(self) -> tuple[PreviewItem, ...]:
        """The items that are to become drafts."""
        return tuple(one for one in self.items if one.item.kept)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A returned text by which the room names it."""

    id: str
    source: ReturnSource
    name: str
    sponsor: str
    author_name: str
    created_at: datetime
    confirmed_at: datetime | None
    on_behalf_of: str | None


def find_return(return_id: str, *, actor: Actor) -> ReturnedText:
    """Return a returned text of the actor's own delegation.

    Raises:
        NotFound: There is none, or it is another's: both look the same.
    """
    statement = select(ReturnedText).where(ReturnedText.id == return_id, ReturnedText.delegation_id == actor.delegation)
    found = db.session.scalar(statement) if actor.delegation else None
    if found is None:
        raise NotFound()
    return found


def list_returns(
    round_id: str, *, actor: Actor, sources: Sequence[ReturnSource] = (ReturnSource.WORD, ReturnSource.LETTER)
) -> tuple[ReturnRow, ...]:
    """Return what came back to the actor's own delegation in a round, newest first. Two queries."""
    if not actor.delegation:
        return ()
    rows = db.session.execute(
        select(
            ReturnedText.id,
            ReturnedText.source,
            ReturnedText.name,
            ReturnedText.sponsor,
            ReturnedText.author_id,
            ReturnedText.created_at,
            ReturnedText.confirmed_at,
            ReturnedText.on_behalf_of,
        )
        .where(
            ReturnedText.round_id == round_id,
            ReturnedText.delegation_id == actor.delegation,
            ReturnedText.source.in_(sources),
        )
        .order_by(ReturnedText.created_at.desc(), ReturnedText.id)
    ).all()
    names = _names({row.author_id for row in rows})
    return tuple(
        ReturnRow(
            row.id,
            row.source,
            row.name,
            row.sponsor,
            names.get(row.author_id, ""),
            row.created_at,
            row.confirmed_at,
            row.on_behalf_of,
        )
        for row in rows
    )


def load_preview(return_id: str, *, actor: Actor, now: datetime) -> Preview:
    """Return a returned text as its delegation looks at it.

    Raises:
        NotFound: As ``find_return`` says.
    """
    row = find_return(return_id, actor=actor)
    round_ = db.session.get_one(Round, row.round_id)
    people = load_people(round_.body_id)
    held = round_row(round_, actor=actor, now=now)
    read = decode(row.understood)
    edition = load_edition(row.version_id, row.language)
    taken = {} if row.on_behalf_of else taken_by(row.round_id, actor)
    texts = load_texts(held.documents, [change for item in read.items for change in item.changes])
    return Preview(
        id=row.id,
        source=row.source,
        name=row.name,
        words=row.words,
        sponsor=row.sponsor,
        author_name=_names({row.author_id}).get(row.author_id, ""),
        created_at=row.created_at,
        expires_at=row.expires_at,
        confirmed_at=row.confirmed_at,
        lock_version=row.lock_version,
        version=row.version_id,
        language=row.language,
        on_behalf_of=people.code_of(row.on_behalf_of),
        round=held,
        document=next(d for d in held.documents if d.version_id == row.version_id),
        people=people,
        edition=edition,
        texts=Texts({(row.version_id, row.language): edition, **texts.editions}, texts.documents),
        items=tuple(PreviewItem(number, item, tuple(_present(item, taken))) for number, item in enumerate(read.items)),
        understanding=read,
    )


def taken_by(round_id: str, actor: Actor) -> Mapping[Slot, Present]:
    """Return what the actor's delegation has drafted or submitted in a round, by slot; a draft before a proposal."""
    found: dict[Slot, Present] = {}
    rows = db.session.execute(
        select(Change, Proposal.id)
        .join(Proposal, Proposal.id == Change.proposal_id)
        .join(Wish, Wish.change_id == Change.id)
        .where(
            Wish.round_id == round_id,
            Wish.delegation_id == actor.delegation,
            Wish.kind == WishKind.OWN,
            Wish.ended_at.is_(None),
        )
    )
    for change, proposal in rows:
        stored = of_row(change)
        found[slot(stored)] = Present(stored, None, reference(proposal), False)
    drafts: Sequence[DraftRow] = list_drafts(round_id, actor=actor)
    for draft in drafts:
        for stored in draft.changes:
            if stored.key is not None:
                found[slot(stored)] = Present(stored, draft.id, "", False)
    return found


def _present(item: Item, taken: Mapping[Slot, Present]) -> Sequence[Present]:
    found = []
    for change in item.changes:
        one = taken.get(slot(change))
        if one is not None:
            found.append(Present(one.change, one.draft, one.reference, one.change == change))
    return found


def _names(people: set[str]) -> dict[str, str]:
    statement = select(User.public_id, User.name).where(User.public_id.in_(people))
    return {row.public_id: row.name for row in db.session.execute(statement)}

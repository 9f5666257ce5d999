"""The delegation room: a delegation's drafts, proposals and answers in one round, and what others propose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from app.models import db
from app.models.decisions import Resolution
from app.models.proposals import Wish
from app.models.rounds import Answer, Round
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import ProposalState, RoundState, WishKind
from app.queries import access
from app.queries.changes import StoredChange
from app.queries.drafts import DraftRow, list_drafts
from app.queries.people import People, load_people
from app.queries.proposals import ChangeRow, NamedProposal, ProposalRow, list_named, list_proposals, outcomes_visible
from app.queries.rounds import RoundDocument, RoundRow, list_rounds, round_row
from app.queries.texts import shown_edition
from app.text.canonical import decode_parts, decode_provision
from app.text.provision import Edition, Kind, Provision

STANDING = (ProposalState.SUBMITTED, ProposalState.LATE)
"""States of what a delegation has submitted and neither withdrawn nor replaced."""


@dataclass(frozen=True)
class Texts:
    """The texts that changes of a round were made on, by version and language."""

    editions: Mapping[tuple[str, str], Edition]
    documents: Mapping[str, RoundDocument]

    @cached_property
    def _keyed(self) -> Mapping[tuple[str, str], Mapping[str, Provision]]:
        return {pair: edition.by_key() for pair, edition in self.editions.items()}

    def base(self, change: StoredChange) -> Mapping[str, Provision]:
        """Return the provisions of a change's text by key; nothing where it is not at hand."""
        return self._keyed.get((change.version_id, change.language), {})


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a change: the resulting provisions, none where it is deleted; None: nothing was written."""

    provisions: tuple[Provision, ...] | None


@dataclass(frozen=True)
class Room:
    """What a delegation sees of itself, and of others, in a round.

    Attributes:
        own, oral, others: Its proposals; those it has to confirm; those of others that it may see.
        joined: Ids of the proposals that it co-sponsors.
        named: Id to name of the proposals that carried drafts come from, and of those that overtook them.
        no_comments: Whether its declaration stands.
    """

    rounds: tuple[RoundRow, ...]
    round: RoundRow
    people: People
    delegation: str
    drafts: tuple[DraftRow, ...]
    own: tuple[ProposalRow, ...]
    oral: tuple[ProposalRow, ...]
    others: tuple[ProposalRow, ...]
    joined: frozenset[str]
    no_comments: bool
    texts: Texts
    fates: Mapping[str, Fate]
    named: Mapping[str, NamedProposal]

    def documents_of(self, rows: Sequence[DraftRow] | Sequence[ProposalRow]) -> tuple[RoundDocument, ...]:
        """Return the documents that drafts or proposals are on; of proposals, those that stand."""
        standing = [r for r in rows if isinstance(r, DraftRow) or r.state in STANDING]
        versions = {
            c.version_id if isinstance(c, StoredChange) else c.stored.version_id for r in standing for c in r.changes
        }
        return tuple(d for d in self.round.documents if d.version_id in versions)

    @property
    def carried(self) -> tuple[DraftRow, ...]:
        """The drafts that come from an earlier round, as they were carried."""
        return tuple(d for d in self.drafts if d.carried_from and d.carried)

    def overtakers(self, draft: DraftRow, ordinal: int) -> tuple[NamedProposal, ...]:
        """Return what was written meanwhile into the provision of a carried draft's change, counted from 0."""
        ids = draft.overtaken_by[ordinal] if ordinal < len(draft.overtaken_by) else ()
        return tuple(self.named[one] for one in ids if one in self.named)


def load_room(number: int | None, *, actor: Actor, now: datetime) -> Room | None:
    """Return the room of the actor's delegation in a round: the named one, else the open one, else the newest.

    None where the body has had no round yet.

    Raises:
        NotFound: There is no such round, or the actor acts for no delegation.
    """
    people = load_people(access.get_body(actor).id)
    code = people.code_of(actor.delegation)
    if code is None:
        raise NotFound()
    rounds = list_rounds(actor=actor, now=now)
    if number is None:
        if not rounds:
            return None
        number = next((r.number for r in rounds if r.state == RoundState.OPEN), rounds[0].number)
    round_ = access.get_round(number, actor=actor)
    proposals = list_proposals(round_, actor=actor, people=people)
    drafts = list_drafts(round_.id, actor=actor)
    own = tuple(p for p in proposals if p.is_own)
    others = tuple(p for p in proposals if not p.is_own)
    changes = [c.stored for p in proposals for c in p.changes] + [c for d in drafts for c in d.changes]
    texts = load_texts(round_row(round_, actor=actor, now=now).documents, changes)
    return Room(
        rounds=rounds,
        round=round_row(round_, actor=actor, now=now),
        people=people,
        delegation=code,
        drafts=drafts,
        own=tuple(p for p in own if p.state != ProposalState.ORAL),
        oral=tuple(p for p in own if p.state == ProposalState.ORAL),
        others=others,
        joined=joined_by(round_, actor),
        no_comments=declared_no_comments(round_, actor),
        texts=texts,
        fates=load_fates(round_, [c for p in own for c in p.changes], actor=actor),
        named=list_named(_told_of(drafts), actor=actor, people=people),
    )


def _told_of(drafts: Sequence[DraftRow]) -> Iterator[str]:
    for draft in drafts:
        if draft.carried_from:
            yield draft.carried_from
        for found in draft.overtaken_by:
            yield from found


def joined_by(round_: Round, actor: Actor) -> frozenset[str]:
    """Return the ids of the changes that the actor's delegation co-sponsors."""
    return frozenset(
        db.session.scalars(
            select(Wish.change_id).where(
                Wish.round_id == round_.id,
                Wish.delegation_id == actor.delegation,
                Wish.kind == WishKind.CO_SPONSOR,
                Wish.ended_at.is_(None),
            )
        )
    )


def load_texts(documents: Sequence[RoundDocument], changes: Sequence[StoredChange]) -> Texts:
    """Return the texts that changes were made on: at most three queries for each version and language."""
    wanted = dict.fromkeys((change.version_id, change.language) for change in changes)
    return Texts({pair: shown_edition(*pair) for pair in wanted}, {d.version_id: d for d in documents})


def load_fates(round_: Round, changes: Sequence[ChangeRow], *, actor: Actor) -> Mapping[str, Fate]:
    """Return change id to what became of its provision, once that may be seen. One query."""
    if not outcomes_visible(round_, actor) or not changes:
        return {}
    written = {
        (r.version_id, r.key, r.language): r
        for r in db.session.scalars(select(Resolution).where(Resolution.round_id == round_.id))
    }
    found: dict[str, Fate] = {}
    for change in changes:
        stored = change.stored
        resolution = written.get((stored.version_id, stored.key or "", stored.language))
        if resolution is not None:
            found[change.id] = Fate(_provisions(resolution, stored))
    return found


def _provisions(resolution: Resolution, stored: StoredChange) -> tuple[Provision, ...] | None:
    if not resolution.exists:
        return ()
    if resolution.block:
        return tuple(decode_provision(p) for p in resolution.block)
    if resolution.parts is None:
        return None
    return (Provision(stored.key or "", Kind.PARAGRAPH, parts=decode_parts(resolution.parts)),)


def declared_no_comments(round_: Round, actor: Actor) -> bool:
    """Whether the actor's delegation has declared that it has no comments, and has not taken that back."""
    last = db.session.scalars(
        select(Answer.no_comments)
        .where(Answer.round_id == round_.id, Answer.delegation_id == actor.delegation)
        .order_by(Answer.number.desc())
        .limit(1)
    ).first()
    return bool(last)

"""The reading desk: a version with its states, its proposals and one's own drafts beside the text.

The number of queries does not depend on the size of the document.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.documents import Agreement, Bracket, Document, Version
from app.models.documents import Edition as EditionRow
from app.negotiation.actors import Actor
from app.negotiation.permissions import may
from app.negotiation.vocabulary import DocumentState, ProposalState, Role, RoundState
from app.queries import access
from app.queries.changes import StoredChange
from app.queries.drafts import DraftRow, list_drafts
from app.queries.people import People, load_people
from app.queries.proposals import ChangeRow, ProposalRow, list_proposals
from app.queries.rounds import RoundRow, get_latest_round, round_row
from app.queries.texts import load_edition
from app.text.changes import ContradictoryWishes, NotInBase, Operation, Wish
from app.text.composing import compose
from app.text.conflicts import conflicts
from app.text.folding import folded, folded_words
from app.text.provision import Edition, Provision
from app.text.sections import Section, is_counted, sections
from app.text.standing import Standing, standing_of

Brackets = Mapping[str, Sequence[tuple[bool, tuple[str, ...]]]]
"""Part to its pairs of brackets, in order: whether they are literal, and the codes of who holds them."""


@dataclass(frozen=True, slots=True)
class Note:
    """A proposal's change beside the text.

    Attributes:
        against: Codes of the delegations whose visible wishes collide with it.
    """

    proposal: ProposalRow
    change: ChangeRow
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftNote:
    """One's own delegation's draft of a change beside the text."""

    draft: DraftRow
    change: StoredChange


@dataclass(frozen=True, slots=True)
class Line:
    """A provision as the reading desk shows it.

    Attributes:
        standing: Agreed, bracketed or open; None where nothing is to agree (titles, headings, tables).
        other: The provision in the language beside, if one is shown.
        is_found: Whether the search finds it, in either language.
    """

    provision: Provision
    standing: Standing | None
    brackets: Brackets
    notes: tuple[Note, ...]
    drafts: tuple[DraftNote, ...]
    other: Provision | None
    is_found: bool

    @property
    def own(self) -> tuple[Note, ...]:
        """The notes of one's own delegation."""
        return tuple(note for note in self.notes if note.proposal.is_own)


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language the version has a text in; a stale one does not say what the negotiating text says now."""

    code: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version by which a document is named."""

    id: str
    number: int
    final: bool
    issued_at: datetime


@dataclass(frozen=True)
class Desk:
    """Everything the reading desk shows.

    Attributes:
        language, beside: Languages of the text, and of the text beside it ("" for none).
        round: The newest round on the version, as the actor may see it.
        may_propose: Whether the actor may draft proposals on this version now.
        remarks: General remarks on the whole document; ``remark_drafts``: one's own, not submitted yet.
        counts: Standing to number of provisions.
    """

    document_id: str
    slug: str
    symbol: str | None
    titles: Mapping[str, Any]
    state: DocumentState
    negotiating_language: str
    version: VersionRow
    versions: tuple[VersionRow, ...]
    languages: tuple[LanguageRow, ...]
    language: str
    beside: str
    round: RoundRow | None
    may_propose: bool
    people: People
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    counts: Mapping[Standing, int]
    remarks: tuple[Note, ...]
    remark_drafts: tuple[DraftNote, ...]
    query: str
    delegation: str | None
    edition: Edition = field(repr=False)

    def line(self, key: str) -> Line | None:
        """Return the line of a provision, if the version has it."""
        return next((line for line in self.lines if line.provision.key == key), None)

    @property
    def found(self) -> tuple[Line, ...]:
        """The lines that the search finds."""
        return tuple(line for line in self.lines if line.is_found)


def load_desk(
    slug: str,
    number: int,
    *,
    language: str = "",
    beside: str = "",
    query: str = "",
    compare: bool = True,
    actor: Actor,
    now: datetime,
) -> Desk:
    """Return the reading desk of a version for *actor*.

    Args:
        query: What to search for.
        compare: Whether to find out which proposals collide.

    Raises:
        NotFound: There is no such version, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    versions = access.list_visible_versions(document.id, actor=actor)
    version = access.get_version(document, number, actor=actor)
    languages = _languages(version, document)
    codes = [row.code for row in languages]
    shown = language if language in codes else document.negotiating_language
    second = beside if beside in codes and beside != shown else ""
    people = load_people(document.body_id)
    found = get_latest_round(version.id) if actor.role != Role.OBSERVER else None
    visible = found is not None and (actor.is_staff or found.state != RoundState.SCHEDULED)
    round_ = round_row(found, actor=actor, now=now) if found is not None and visible else None
    proposals: tuple[ProposalRow, ...] = ()
    drafts: tuple[DraftRow, ...] = ()
    if found is not None and visible:
        proposals = list_proposals(found, actor=actor, people=people, version_id=version.id)
        drafts = list_drafts(found.id, actor=actor)
    edition = load_edition(version.id, shown)
    other = load_edition(version.id, second) if second else None
    notes = _notes(edition, proposals, people, version.id, compare)
    drafted = _draft_notes(edition, drafts, version.id)
    lines = _lines(edition, other, _agreed(document, version), _brackets(version.id, shown), notes, drafted, query)
    return Desk(
        document_id=document.id,
        slug=document.slug,
        symbol=document.symbol,
        titles=document.titles,
        state=document.state,
        negotiating_language=document.negotiating_language,
        version=_version_row(version),
        versions=tuple(map(_version_row, versions)),
        languages=languages,
        language=shown,
        beside=second,
        round=round_,
        may_propose=round_ is not None and round_.state == RoundState.OPEN and may(actor, "draft.write"),
        people=people,
        lines=lines,
        sections=sections(edition, {line.provision.key: line.standing for line in lines if line.standing is not None}),
        counts=_counts(lines),
        remarks=tuple(notes[None]),
        remark_drafts=tuple(drafted[None]),
        query=query,
        delegation=people.code_of(actor.delegation),
        edition=edition,
    )


def _version_row(version: Version) -> VersionRow:
    return VersionRow(version.id, version.number, version.final, version.issued_at)


def _languages(version: Version, document: Document) -> tuple[LanguageRow, ...]:
    rows = db.session.execute(
        select(EditionRow.language, EditionRow.fingerprint, EditionRow.made_from).where(
            EditionRow.version_id == version.id
        )
    ).all()
    leading = document.negotiating_language
    current = next((mark for language, mark, _ in rows if language == leading), None)
    found = [LanguageRow(code, code != leading and made_from != current) for code, _, made_from in rows]
    return tuple(sorted(found, key=lambda row: (row.code != leading, row.code)))


def _agreed(document: Document, version: Version) -> frozenset[str]:
    """Return the keys that stood as agreed when the version was the newest, or stand so now if it is."""
    newest: dict[str, bool] = {}
    for key, agreed in db.session.execute(
        select(Agreement.key, Agreement.agreed)
        .join(Version, Version.id == Agreement.version_id)
        .where(Agreement.document_id == document.id, Version.number <= version.number)
        .order_by(Agreement.number)
    ):
        newest[key] = agreed
    return frozenset(key for key, agreed in newest.items() if agreed)


def _brackets(version_id: str, language: str) -> Mapping[str, Mapping[str, list[tuple[bool, tuple[str, ...]]]]]:
    found: dict[str, dict[str, list[tuple[bool, tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(list))
    statement = (
        select(Bracket.key, Bracket.part, Bracket.literal, Bracket.holders)
        .where(Bracket.version_id == version_id, Bracket.language == language)
        .order_by(Bracket.key, Bracket.part, Bracket.ordinal)
    )
    for key, part, literal, holders in db.session.execute(statement):
        found[key][part].append((literal, tuple(holders)))
    return found


def _notes(
    edition: Edition, proposals: Sequence[ProposalRow], people: People, version_id: str, compare: bool
) -> dict[str | None, list[Note]]:
    """Return what is proposed, by the provision it is shown beside; general remarks under None."""
    standing = [p for p in proposals if p.state not in (ProposalState.REPLACED,) or p.is_own]
    against = collisions(edition, standing, people, version_id) if compare else {}
    keys = edition.by_key()
    found: dict[str | None, list[Note]] = defaultdict(list)
    for proposal in sorted(standing, key=lambda p: not p.is_own):
        for change in proposal.changes:
            if change.stored.version_id == version_id and proposal.state != ProposalState.REPLACED:
                found[_anchor(change.stored, keys)].append(Note(proposal, change, against.get(change.id, ())))
    return found


def _draft_notes(edition: Edition, drafts: Iterable[DraftRow], version_id: str) -> dict[str | None, list[DraftNote]]:
    keys = edition.by_key()
    found: dict[str | None, list[DraftNote]] = defaultdict(list)
    for draft in drafts:
        for change in draft.changes:
            if change.version_id == version_id:
                found[_anchor(change, keys)].append(DraftNote(draft, change))
    return found


def _anchor(change: StoredChange, keys: Mapping[str, Provision]) -> str | None:
    if change.operation is Operation.INSERT and change.anchor not in keys:
        return next(iter(keys), None)
    return change.anchor


def collisions(
    edition: Edition, proposals: Iterable[ProposalRow], people: People, version_id: str
) -> Mapping[str, tuple[str, ...]]:
    """Return change id to the codes of those whose wishes among *proposals* collide with it."""
    wishes: list[tuple[Wish, str]] = []
    for proposal in proposals:
        if proposal.state == ProposalState.SUBMITTED:
            for row in proposal.changes:
                stored = row.stored
                if stored.version_id == version_id and stored.language == edition.language and stored.key:
                    wishes += [(Wish(code, stored.change()), row.id) for code in row.sponsors]
    if len({wish.sponsor for wish, _ in wishes}) < 2:
        return {}
    try:
        found = conflicts(compose(edition, [wish for wish, _ in wishes], people.order))
    except (ContradictoryWishes, NotInBase):
        return {}
    at: dict[str, set[str]] = defaultdict(set)
    for conflict in found:
        at[conflict.key].update(code for reading in conflict.readings for code in reading.sponsors)
    result: dict[str, set[str]] = defaultdict(set)
    for wish, change_id in wishes:
        place = wish.change.place
        keys = {wish.change.key}
        if place is not None:
            keys.add(place.after or place.parent or "")
        for key in keys:
            if wish.sponsor in at.get(key, ()):
                result[change_id] |= at[key]
    own = defaultdict(set)
    for wish, change_id in wishes:
        own[change_id].add(wish.sponsor)
    return {key: people.in_order(codes - own[key], edition.language) for key, codes in result.items()}


def _lines(
    edition: Edition,
    other: Edition | None,
    agreed: frozenset[str],
    brackets: Mapping[str, Mapping[str, list[tuple[bool, tuple[str, ...]]]]],
    notes: Mapping[str | None, list[Note]],
    drafts: Mapping[str | None, list[DraftNote]],
    query: str,
) -> tuple[Line, ...]:
    beside = other.by_key() if other is not None else {}
    wanted = folded_words(query.strip())
    found = []
    for p in edition:
        second = beside.get(p.key)
        mine = brackets.get(p.key, {})
        literal = {part: [i for i, (mere, _) in enumerate(pairs) if mere] for part, pairs in mine.items()}
        found.append(
            Line(
                provision=p,
                standing=standing_of(p, agreed=p.key in agreed, literal=literal) if is_counted(p) else None,
                brackets=mine,
                notes=tuple(notes.get(p.key, ())),
                drafts=tuple(drafts.get(p.key, ())),
                other=second,
                is_found=bool(wanted) and any(_holds(wanted, one) for one in (p, second) if one is not None),
            )
        )
    return tuple(found)


def _holds(wanted: str, provision: Provision) -> bool:
    return wanted in folded_words(provision.label) or any(wanted in folded(part) for part in provision.parts.values())


def _counts(lines: Iterable[Line]) -> Mapping[Standing, int]:
    counts = dict.fromkeys(Standing, 0)
    for line in lines:
        if line.standing is not None:
            counts[line.standing] += 1
    return counts

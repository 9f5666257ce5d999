"""The reading desk: a version with its states, its proposals and one's own drafts beside the text.

The number of queries does not depend on the size of the document.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
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
from app.queries.collisions import collisions
from app.queries.drafts import DraftRow, list_drafts
from app.queries.people import People, load_people
from app.queries.proposals import ChangeRow, ProposalRow, list_proposals
from app.queries.rounds import RoundRow, get_latest_round, round_row
from app.queries.texts import shown_edition
from app.text.changes import Operation
from app.text.folding import folded, folded_words
from app.text.pages import pages, part_of
from app.text.provision import Edition, Kind, Provision
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
        lines: The provisions of the page that is shown; a long text has several pages.
        page, pages: The page shown, from 0 (None: the whole text), and the keys that each page begins with.
        counts: Standing to number of provisions of the whole text.
        found: Keys of the provisions of the whole text that the search finds.
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
    page: int | None
    pages: tuple[str, ...]
    sections: tuple[Section, ...]
    counts: Mapping[Standing, int]
    remarks: tuple[Note, ...]
    remark_drafts: tuple[DraftNote, ...]
    query: str
    found: tuple[str, ...]
    delegation: str | None
    edition: Edition = field(repr=False)

    def line(self, key: str) -> Line | None:
        """Return the line of a provision, if the version has it."""
        return next((line for line in self.lines if line.provision.key == key), None)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the provisions shown."""
        return frozenset(line.provision.key for line in self.lines)


def load_desk(
    slug: str,
    number: int,
    *,
    language: str = "",
    beside: str = "",
    query: str = "",
    at: str = "",
    whole: bool = False,
    compare: bool = True,
    actor: Actor,
    now: datetime,
) -> Desk:
    """Return the reading desk of a version for *actor*.

    Args:
        query: What to search for.
        at: Key of a provision: the page it stands on is shown, else the first.
        whole: Whether all pages are shown as one.
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
    edition = shown_edition(version.id, shown)
    other = shown_edition(version.id, second) if second else None
    stretches = pages(edition)
    page = None if whole or len(stretches) == 1 else _page_at(edition, stretches, at)
    on_page = edition.provisions if page is None else _with_table(edition, stretches[page])
    proposals: tuple[ProposalRow, ...] = ()
    drafts: tuple[DraftRow, ...] = ()
    if found is not None and visible:
        keys = None if page is None else _asked_about(edition, on_page, page)
        proposals = list_proposals(found, actor=actor, people=people, version_id=version.id, keys=keys)
        drafts = list_drafts(found.id, actor=actor)
    notes = _notes(edition, proposals, people, version.id, compare)
    drafted = _draft_notes(edition, drafts, version.id)
    agreed, brackets = _agreed(document, version), _brackets(version.id, shown)
    standings = _standings(edition, agreed, brackets)
    hits = _found(edition, other, query)
    lines = _lines(on_page, other, standings, brackets, notes, drafted, frozenset(hits))
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
        page=page,
        pages=tuple(edition.provisions[one.start].key for one in stretches if one),
        sections=sections(edition, standings),
        counts=dict.fromkeys(Standing, 0) | Counter(standings.values()),
        remarks=tuple(notes[None]) if not page else (),
        remark_drafts=tuple(drafted[None]) if not page else (),
        query=query,
        found=hits,
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


def _lines(
    shown: Iterable[Provision],
    other: Edition | None,
    standings: Mapping[str, Standing],
    brackets: Mapping[str, Brackets],
    notes: Mapping[str | None, list[Note]],
    drafts: Mapping[str | None, list[DraftNote]],
    hits: Collection[str],
) -> tuple[Line, ...]:
    beside = other.by_key() if other is not None else {}
    return tuple(
        Line(
            provision=p,
            standing=standings.get(p.key),
            brackets=brackets.get(p.key, {}),
            notes=tuple(notes.get(p.key, ())),
            drafts=tuple(drafts.get(p.key, ())),
            other=beside.get(p.key),
            is_found=p.key in hits,
        )
        for p in shown
    )


def _standings(edition: Edition, agreed: Collection[str], brackets: Mapping[str, Brackets]) -> Mapping[str, Standing]:
    """Return key to standing for every provision that is counted, in reading order."""
    found = {}
    for p in edition:
        if is_counted(p):
            pairs = brackets.get(p.key, {})
            literal = {part: [i for i, (mere, _) in enumerate(held) if mere] for part, held in pairs.items()}
            found[p.key] = standing_of(p, agreed=p.key in agreed, literal=literal)
    return found


def _found(edition: Edition, other: Edition | None, query: str) -> tuple[str, ...]:
    """Return the keys of the provisions that hold what is searched for, in either language, in reading order."""
    wanted = folded_words(query.strip())
    if not wanted:
        return ()
    beside = other.by_key() if other is not None else {}
    return tuple(
        p.key for p in edition if any(_holds(wanted, one) for one in (p, beside.get(p.key)) if one is not None)
    )


def _holds(wanted: str, provision: Provision) -> bool:
    return wanted in folded_words(provision.label) or any(wanted in folded(part) for part in provision.parts.values())


def _page_at(edition: Edition, stretches: Sequence[range], at: str) -> int:
    place = next((i for i, p in enumerate(edition) if p.key == at), 0)
    return next((n for n, stretch in enumerate(stretches) if place in stretch), 0)


def _with_table(edition: Edition, stretch: range) -> tuple[Provision, ...]:
    """Return the provisions of a page; one that begins within a table begins with the table's heading again."""
    shown = edition.provisions[stretch.start : stretch.stop]
    if shown[0].kind is not Kind.ROW:
        return shown
    return (*(p for p in edition.provisions[: stretch.start] if p.key == shown[0].parent), *shown)


def _asked_about(edition: Edition, shown: Iterable[Provision], page: int) -> frozenset[str]:
    """Return the keys whose proposals a page shows or must know of: its provisions, and all they stand under."""
    keys = {p.key for p in part_of(edition, [p.key for p in shown])}
    return frozenset(keys if page else keys | {""})

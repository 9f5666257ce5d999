"""Clearances: what ministries ask for, consolidated for their own delegation alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.clearances import Clearance
from app.models.proposals import Wish
from app.models.returns import ReturnedText
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import DELEGATES
from app.negotiation.vocabulary import Category, Channel, DelegationKind, ProposalState, ReturnSource
from app.queries import access
from app.queries.cases import Case, Reading, Source, cases_of
from app.queries.changes import WISHES, StoredChange
from app.queries.cleared import SUBMITTED, ClearedCase, GoingOut, choice_of, cleared, reading_id
from app.queries.people import DelegationRow, People, load_people
from app.queries.proposals import ChangeRow, ProposalRow, list_proposals
from app.queries.return_items import Item, Remarks, UnclearPlace, decode
from app.queries.rounds import RoundDocument, RoundRow, list_round_documents, round_row
from app.queries.texts import list_languages, shown_edition
from app.text.canonical import fingerprint_of
from app.text.provision import Edition, Provision


@dataclass(frozen=True)
class MinistryFile:
    """A file that a ministry sent back.

    Attributes:
        code: By which the readings name it as their sponsor.
        sender: The ministry that sent it.
        ministry: The same for the readers; the second file of one ministry has a 2 behind the name.
        asked: How many changes and remarks it holds.
    """

    id: str
    code: str
    sender: str
    ministry: str
    name: str
    created_at: datetime
    asked: int
    unclear: tuple[UnclearPlace, ...]
    remarks: Remarks


@dataclass(frozen=True)
class Submission:
    """A cleared set that was submitted.

    Attributes:
        proposals: Ids of what it became.
        replaced, withdrawn, kept: Ids of the earlier proposals, by what became of them.
    """

    token: str
    content_hash: str
    at: datetime
    proposals: tuple[str, ...]
    replaced: tuple[str, ...]
    withdrawn: tuple[str, ...]
    kept: tuple[str, ...]

    def columns(self) -> dict[str, Any]:
        """Return it as JSON values."""
        ids = {name: list(getattr(self, name)) for name in ("proposals", "replaced", "withdrawn", "kept")}
        return {"token": self.token, "content_hash": self.content_hash, "at": self.at.isoformat(), **ids}


@dataclass(frozen=True)
class ClearanceDesk:
    """Everything a focal point clears a text with.

    Attributes:
        people: The delegations of the body, and before them the files of the ministries by their codes.
        cases: In reading order, remarks on the whole first.
        earlier: What the delegation has submitted on this text and stands, oldest first.
        lock_version: 0 where nothing was chosen yet.
    """

    round: RoundRow
    document: RoundDocument
    language: str
    languages: tuple[str, ...]
    people: People
    edition: Edition
    files: tuple[MinistryFile, ...]
    cases: tuple[ClearedCase, ...]
    earlier: tuple[ProposalRow, ...]
    token: str
    lock_version: int
    submissions: tuple[Submission, ...] = field(default=())

    @property
    def version(self) -> str:
        """Id of the version."""
        return self.document.version_id

    @cached_property
    def by_key(self) -> Mapping[str, Provision]:
        """Key to provision of the text."""
        return self.edition.by_key()

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of the files, then what is submitted already."""
        return (*(one.code for one in self.files), SUBMITTED)

    @property
    def undecided(self) -> tuple[ClearedCase, ...]:
        """The cases on which nothing is chosen."""
        return tuple(one for one in self.cases if one.out is None)

    @property
    def out(self) -> tuple[GoingOut, ...]:
        """What goes out, in reading order."""
        return tuple(going for one in self.cases for going in one.out or ())

    @property
    def content_hash(self) -> str:
        """Hash of what would be submitted, and of what it would take the place of."""
        told = [[g.change.columns(), g.why, str(g.category)] for g in self.out]
        return fingerprint_of([told, [p.id for p in self.earlier]])

    def on(self, proposal: ProposalRow) -> tuple[StoredChange, ...]:
        """Return what a proposal says of this text."""
        return tuple(c.stored for c in proposal.changes if is_on(c.stored, self.version, self.language))

    @property
    def kept(self) -> tuple[ProposalRow, ...]:
        """The earlier proposals of which everything goes out as it stands: they go on standing."""
        out = [(going.change, going.why, going.category) for going in self.out]
        return tuple(
            p for p in self.earlier if all((change, p.justification, p.category) in out for change in self.on(p))
        )

    @property
    def ended(self) -> tuple[ProposalRow, ...]:
        """The earlier proposals that give way to the cleared set."""
        kept = {p.id for p in self.kept}
        return tuple(p for p in self.earlier if p.id not in kept)

    @property
    def new(self) -> tuple[GoingOut, ...]:
        """What goes out and does not stand yet."""
        standing = [change for p in self.kept for change in self.on(p)]
        return tuple(going for going in self.out if going.change not in standing)

    def ministry_named(self, going: GoingOut) -> str:
        """Return the ministry that the words of something that goes out name; "" where they name none."""
        said = f"{going.why}\n{going.change.comment}".casefold()
        return next((one.sender for one in self.files if one.sender.casefold() in said), "")

    def case(self, case_id: str) -> ClearedCase:
        """Return a case by its id.

        Raises:
            NotFound: There is none.
        """
        for one in self.cases:
            if one.id == case_id:
                return one
        raise NotFound()


def load_clearance(slug: str, number: int, language: str, *, actor: Actor, now: datetime) -> ClearanceDesk:
    """Return the clearance of a text in a round, for the delegation whose ministries they are.

    Raises:
        NotFound: There is no such text in the round, or the actor acts for no member's delegation.
    """
    document, round_ = access.get_document(slug, actor=actor), access.get_round(number, actor=actor)
    people = load_people(document.body_id)
    mine = people.by_id.get(actor.delegation or "")
    if actor.role not in DELEGATES or mine is None or mine.kind is DelegationKind.OBSERVER:
        raise NotFound()
    found = next((d for d in list_round_documents(round_.id) if d.document_id == document.id), None)
    if found is None or language not in (known := list_languages(found.version_id)):
        raise NotFound()
    row = find_clearance(round_.id, found.version_id, language, actor=actor)
    files = _files(round_, found.version_id, language, actor)
    named = _with_files(people, [one for one, _ in files])
    empty = ClearanceDesk(
        round=round_row(round_, actor=actor, now=now),
        document=found,
        language=language,
        languages=tuple(known),
        people=named,
        edition=shown_edition(found.version_id, language),
        files=tuple(one for one, _ in files),
        cases=(),
        earlier=_earlier(round_, found.version_id, language, people, actor),
        token=row.token if row else "",
        lock_version=row.lock_version if row else 0,
        submissions=tuple(_submission(value) for value in row.content["submissions"]) if row else (),
    )
    sources = [source for _, each in files for source in each] + [*_submitted(empty, round_)]
    return _decided(empty, sources, row.content["choices"] if row else {})


def find_clearance(round_id: str, version_id: str, language: str, *, actor: Actor) -> Clearance | None:
    """Return what the actor's own delegation has chosen, if it has."""
    return db.session.scalar(
        select(Clearance).where(
            Clearance.round_id == round_id,
            Clearance.delegation_id == actor.delegation,
            Clearance.version_id == version_id,
            Clearance.language == language,
        )
    )


def list_ministries(round_id: str, *, actor: Actor) -> tuple[str, ...]:
    """Return the ministries that have sent something to the actor's own delegation in a round."""
    statement = select(ReturnedText.sponsor).where(
        ReturnedText.round_id == round_id,
        ReturnedText.delegation_id == actor.delegation,
        ReturnedText.source == ReturnSource.MINISTRY,
    )
    return tuple(sorted(set(db.session.scalars(statement)), key=str.casefold))


def _files(
    round_: Round, version_id: str, language: str, actor: Actor
) -> list[tuple[MinistryFile, tuple[Source, ...]]]:
    statement = select(ReturnedText).where(
        ReturnedText.round_id == round_.id,
        ReturnedText.delegation_id == actor.delegation,
        ReturnedText.version_id == version_id,
        ReturnedText.language == language,
        ReturnedText.source == ReturnSource.MINISTRY,
    )
    rows = sorted(db.session.scalars(statement), key=lambda row: (row.sponsor.casefold(), row.created_at, row.id))
    seen: dict[str, int] = {}
    found = []
    for number, row in enumerate(rows, 1):
        seen[row.sponsor] = seen.get(row.sponsor, 0) + 1
        again = f" ({seen[row.sponsor]})" if seen[row.sponsor] > 1 else ""
        read = decode(row.understood)
        file = MinistryFile(
            id=row.id,
            code=f"file{number}",
            sender=row.sponsor,
            ministry=row.sponsor + again,
            name=row.name,
            created_at=row.created_at,
            asked=sum(len(item.changes) for item in read.items if not item.is_stale),
            unclear=(*read.unclear, *_stale(read.items)),
            remarks=read.remarks,
        )
        sources = tuple(
            Source(_as_proposal(row, file, item.justification), _as_change(row, file, n, m, change), None, None)
            for n, item in enumerate(read.items)
            for m, change in enumerate(item.changes)
            if not item.is_stale
        )
        found.append((file, sources))
    return found


def _stale(items: Sequence[Item]) -> Iterator[UnclearPlace]:
    """Yield what was made on an older version and must be made anew."""
    for item in items:
        for change in item.changes if item.is_stale else ():
            yield UnclearPlace(change.key or "", "must_be_restated", item.justification)


def _as_proposal(row: ReturnedText, file: MinistryFile, why: str) -> ProposalRow:
    """Return what a ministry asks for as the consolidation takes it."""
    return ProposalRow(
        id=row.id,
        round_id=row.round_id,
        number=None,
        delegation=file.code,
        is_own=True,
        is_readable=True,
        state=ProposalState.SUBMITTED,
        category=Category.SUBSTANTIVE,
        channel=Channel.WORD,
        justification=why,
        received_at=row.created_at,
        letter_number=None,
        letter_on=None,
        scan_id=None,
        replaces=None,
        admitted_because=None,
        fingerprint="",
        changes=(),
        positions=(),
    )


def _as_change(row: ReturnedText, file: MinistryFile, item: int, ordinal: int, change: StoredChange) -> ChangeRow:
    return ChangeRow(f"{row.id}.{item}.{ordinal}", change, (file.code,))


def _with_files(people: People, files: Sequence[MinistryFile]) -> People:
    """Return the people of a body, and before them the ministries, in the order of their names."""
    rows = [
        DelegationRow("", code, DelegationKind.BODY, 0, {"": {"short": name}}, True)
        for code, name in (*((one.code, one.ministry) for one in files), (SUBMITTED, ""))
    ]
    return replace(people, delegations=(*rows, *people.delegations))


def _earlier(round_: Round, version_id: str, language: str, people: People, actor: Actor) -> tuple[ProposalRow, ...]:
    """Return the delegation's standing proposals that say something of a text."""
    every = list_proposals(round_, actor=actor, people=people, version_id=version_id)
    mine = [p for p in every if p.is_own and p.state is ProposalState.SUBMITTED]
    return tuple(p for p in mine if any(is_on(c.stored, version_id, language) for c in p.changes))


def is_on(change: StoredChange, version_id: str, language: str) -> bool:
    """Whether a change is to a text."""
    return change.version_id == version_id and change.language == language


def _submitted(desk: ClearanceDesk, round_: Round) -> Iterator[Source]:
    """Yield what the delegation has submitted on the text already, as one more side."""
    live = select(Wish.change_id).where(Wish.round_id == round_.id, Wish.ended_at.is_(None))
    wished = frozenset(db.session.scalars(live))
    for proposal in desk.earlier:
        for row in proposal.changes:
            asks = row.id in wished or row.stored.operation not in WISHES
            if asks and is_on(row.stored, desk.version, desk.language):
                yield Source(replace(proposal, delegation=SUBMITTED), replace(row, sponsors=(SUBMITTED,)), None, None)


def _decided(desk: ClearanceDesk, sources: Sequence[Source], choices: Mapping[str, Any]) -> ClearanceDesk:
    found = cases_of(sources, desk.edition, {desk.language: desk.edition}, desk.people)
    keyed = desk.by_key

    def chosen(case: Case) -> ClearedCase:
        value = choices.get(case.id)
        return cleared(_joined(case), choice_of(value) if value else None, keyed, desk.order)

    return replace(desk, cases=tuple(map(chosen, found)))


def _joined(case: Case) -> Case:
    """Return a case with remarks that say the same as one reading, as wishes that ask for the same are already."""
    alike: dict[str, list[Reading]] = {}
    for reading in case.readings:
        alike.setdefault(reading_id(reading), []).append(reading)
    readings = (
        replace(
            same[0],
            number=number,
            sources=tuple(source for reading in same for source in reading.sources),
            sponsors=tuple(dict.fromkeys(code for reading in same for code in reading.sponsors)),
        )
        # Remarks stand last: what collides keeps its numbers.
        for number, same in enumerate(alike.values(), 1)
    )
    return replace(case, readings=tuple(readings))


def _submission(value: Mapping[str, Any]) -> Submission:
    ids = {name: tuple(value[name]) for name in ("proposals", "replaced", "withdrawn", "kept")}
    return Submission(value["token"], value["content_hash"], datetime.fromisoformat(value["at"]), **ids)

"""The resulting text as it came back from Word: what differs from what was decided, for chair and secretariat."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.documents import Document, Version
from app.models.returns import EditedText
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.queries import changes
from app.queries.cases import Reading
from app.queries.changes import StoredChange
from app.queries.consolidation import Consolidation, load_consolidation
from app.queries.issuing import NextVersion, by_decisions, next_version
from app.queries.return_items import UnclearPlace
from app.text.canonical import decode_provision, encode_provision, fingerprint, fingerprint_of
from app.text.carry_over import CarryKind, carry
from app.text.changes import Change, Operation
from app.text.deriving import steps_between
from app.text.provision import Edition


@dataclass(frozen=True)
class Understood:
    """What an edited text says, as it is stored.

    Attributes:
        base: The resulting text as it stood when the file was read.
        changes: How the file differs from it.
        is_tracked: Whether the file says itself what was changed in it.
        taken: Numbers of the changes that were taken.
        sure: Keys of what was changed on the desk after the download, and here on top of that.
    """

    base: Edition
    changes: tuple[Change, ...]
    unclear: tuple[UnclearPlace, ...]
    is_tracked: bool
    sure: frozenset[str] = frozenset()
    taken: frozenset[int] = frozenset()


def encode(read: Understood) -> dict[str, Any]:
    """Return it as JSON values."""
    return {
        "base": [encode_provision(p) for p in read.base],
        "changes": [_stored(change, "", read.base.language).columns() for change in read.changes],
        "unclear": [[place.where, place.what, place.words] for place in read.unclear],
        "is_tracked": read.is_tracked,
        "sure": sorted(read.sure),
        "taken": sorted(read.taken),
    }


def decode(value: Mapping[str, Any], language: str) -> Understood:
    """Return what ``encode`` wrote."""
    return Understood(
        Edition(language, tuple(decode_provision(p) for p in value["base"])),
        tuple(changes.of_json(change).change() for change in value["changes"]),
        tuple(UnclearPlace(*place) for place in value["unclear"]),
        value["is_tracked"],
        frozenset(value["sure"]),
        frozenset(value["taken"]),
    )


class Doubt(StrEnum):
    """Why a difference is not taken without a second look, or not at all."""

    EDITED_SINCE = "edited_since"
    """The provision was decided or worded on the desk after the file was downloaded: the file may hold older words."""
    CONFLICTS = "conflicts"
    """The provision was worded anew since the file was read, and both cannot be had."""
    STRUCTURE = "structure"
    """What stands where is decided in the negotiating text, not in a translation."""


@dataclass(frozen=True)
class Difference:
    """One way in which an edited text differs from the resulting text.

    Attributes:
        number: Its position in what was understood, from 0; it stays the same.
        change: In terms of the resulting text as it stands now.
        readings: What was asked of the provision, with the decisions.
    """

    number: int
    change: StoredChange
    readings: tuple[Reading, ...]
    doubt: Doubt | None = None

    @property
    def is_takeable(self) -> bool:
        """Whether it can be taken at all."""
        return self.doubt not in (Doubt.CONFLICTS, Doubt.STRUCTURE)


@dataclass(frozen=True)
class Edited:
    """An edited text with everything its page shows.

    Attributes:
        current: The resulting text as it stands now.
        seen: Names that state; whoever takes something has looked at it.
        done: How many differences are taken, or so already.
    """

    id: str
    name: str
    language: str
    author_name: str
    created_at: datetime
    downloaded_at: datetime | None
    expires_at: datetime
    about: Consolidation
    following: NextVersion
    current: Edition
    differences: tuple[Difference, ...]
    done: int
    unclear: tuple[UnclearPlace, ...]
    is_tracked: bool
    seen: str


@dataclass(frozen=True, slots=True)
class EditedRow:
    """An edited text in a list."""

    id: str
    name: str
    language: str
    author_name: str
    created_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True)
class Deviation:
    """One place where the next negotiating text is not what the decisions alone make.

    Attributes:
        change: From the text that the decisions make to the resulting one.
        by_word: Whether it came with a Word file.
    """

    change: StoredChange
    readings: tuple[Reading, ...]
    by_word: bool


def find_edited(edited_id: str, *, actor: Actor) -> EditedText:
    """Return an edited text of the actor's body.

    Raises:
        NotFound: There is none, or the actor is of neither chair nor secretariat.
    """
    row = db.session.get(EditedText, edited_id)
    round_ = db.session.get(Round, row.round_id) if row is not None and actor.is_staff else None
    if row is None or round_ is None or round_.body_id != actor.body:
        raise NotFound()
    return row


def list_edited(about: Consolidation) -> tuple[EditedRow, ...]:
    """Return the edited texts of a document in a round, newest first. One query."""
    statement = (
        select(EditedText, User.name)
        .outerjoin(User, User.public_id == EditedText.author_id)
        .where(EditedText.round_id == about.round.id, EditedText.version_id == about.version_id)
        .order_by(EditedText.created_at.desc(), EditedText.id)
    )
    return tuple(
        EditedRow(row.id, row.name, row.language, name or "", row.created_at, row.taken_at)
        for row, name in db.session.execute(statement)
    )


def consolidation_of(row: EditedText, *, actor: Actor, now: datetime) -> Consolidation:
    """Return the consolidation that an edited text belongs to."""
    version = db.session.get_one(Version, row.version_id)
    slug = db.session.get_one(Document, version.document_id).slug
    number = db.session.get_one(Round, row.round_id).number
    return load_consolidation(slug, number, compared=False, actor=actor, now=now)


def load_edited(edited_id: str, *, actor: Actor, now: datetime) -> Edited:
    """Return an edited text beside the resulting text as it stands now.

    Raises:
        NotFound: As ``find_edited`` says.
    """
    row = find_edited(edited_id, actor=actor)
    about = consolidation_of(row, actor=actor, now=now)
    following = next_version(about)
    current = following.editions[row.language]
    read = decode(row.understood, row.language)
    differences = tuple(_differences(about, read, current, row.downloaded_at))
    author = db.session.scalar(select(User.name).where(User.public_id == row.author_id))
    return Edited(
        row.id,
        row.name,
        row.language,
        author or "",
        row.created_at,
        row.downloaded_at,
        row.expires_at,
        about,
        following,
        current,
        differences,
        len(read.changes) - len(differences),
        read.unclear,
        read.is_tracked,
        state_of(about, current),
    )


def state_of(about: Consolidation, current: Edition) -> str:
    """Return a name of the resulting text in a language as it stands: words, places, and who wrote last."""
    locks = sorted(
        (key, row.lock_version) for (key, code), row in about.resolutions.items() if code == current.language
    )
    return fingerprint_of([fingerprint(current), locks])


def _differences(
    about: Consolidation, read: Understood, current: Edition, downloaded_at: datetime | None
) -> Iterator[Difference]:
    """Yield what still differs, each as it stands on the present resulting text."""
    readings = _readings(about)
    unsure = edited_since(about, current.language, downloaded_at) - read.sure
    moved_on = fingerprint(read.base) != fingerprint(current)
    for number, change in enumerate(read.changes):
        if number in read.taken:
            continue
        doubt = Doubt.EDITED_SINCE if change.key in unsure else None
        if current.language != about.language and (change.operation is not Operation.AMEND or change.level is not None):
            doubt = Doubt.STRUCTURE
        if moved_on:
            carried = carry(change, read.base, current)
            if carried.kind is CarryKind.OVERTAKEN:
                continue
            doubt = Doubt.CONFLICTS if carried.change is None else doubt
            change = carried.change or change
        stored = _stored(change, about.version_id, current.language)
        yield Difference(number, stored, readings.get(change.key, ()), doubt)


def _stored(change: Change, version: str, language: str) -> StoredChange:
    return changes.stored(change, version_id=version, language=language, comment="", fingerprint=None)


def _readings(about: Consolidation) -> dict[str, tuple[Reading, ...]]:
    """Return key to what was asked of a provision, or brought it in."""
    found: dict[str, tuple[Reading, ...]] = {}
    for case in about.cases:
        for reading in case.readings:
            for key in {reading.stored.key or "", *(p.key for p in reading.change.block)}:
                found[key] = (*found.get(key, ()), reading)
    return found


def edited_since(about: Consolidation, language: str, at: datetime | None) -> set[str]:
    """Return the keys of what was decided or worded after an instant."""
    if at is None:
        return set()
    found = set[str]()
    for (key, code), row in about.resolutions.items():
        if code == language and row.written_at > at:
            found.update((key, *(p.key for p in row.text.block)))
    for source in about.sources:
        if source.decision is not None and source.decision.at > at:
            stored = source.change.stored
            found.update((stored.key or "", *(p.key for p in stored.change().block)))
    return found


def together(differences: Iterable[Difference], chosen: Collection[int]) -> dict[int, Change]:
    """Return number to the chosen changes that can be taken; a footnote comes with the words that refer to it."""
    known = {d.number: d.change.change() for d in differences if d.is_takeable}
    wanted = {number for number in chosen if number in known}
    while True:
        notes = {key for number in wanted for key in _notes(known[number])}
        more = {number for number, change in known.items() if notes & set(_notes(change))}
        if more <= wanted:
            return {number: known[number] for number in sorted(wanted)}
        wanted |= more


def _notes(change: Change) -> Iterator[str]:
    """Yield the keys of footnotes that a change brings in."""
    for p in change.block:
        if p.kind == "footnote":
            yield p.key
    contents = [*(change.parts or {}).values(), *(c for p in change.block for c in p.parts.values())]
    for content in contents:
        if isinstance(content, tuple):
            yield from (run.note for run in content if run.note is not None)


def list_deviations(about: Consolidation, following: NextVersion) -> tuple[tuple[Deviation, ...], Edition]:
    """Return where the next negotiating text is not what the decisions make, and the text that they make."""
    base = by_decisions(about, following.numbering)
    made, _keys = steps_between(base, following.editions[about.language], minted_from="")
    readings = _readings(about)
    by_word = {
        name
        for (key, code), row in about.resolutions.items()
        if code == about.language and row.by_word
        for name in (key, *(p.key for p in row.text.block))
    }
    found = (
        Deviation(
            _stored(change, about.version_id, about.language), readings.get(change.key, ()), change.key in by_word
        )
        for change in made
    )
    return tuple(found), base

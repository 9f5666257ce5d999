"""What is asked for, made ready to store: cleaned, keyed, and checked against the text it was made on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from app.models import db
from app.models.documents import Version
from app.models.rounds import Round, RoundVersion
from app.negotiation.errors import N_, Missing, NotFound, NothingChanged, NotReady, StaleVersion
from app.queries.changes import StoredChange, stored
from app.queries.texts import load_edition
from app.text.canonical import mint_key, text_fingerprint
from app.text.changes import Change, Operation
from app.text.provision import Content, Edition, Kind, Parts, Place, Provision, States, without_empty
from app.text.runs import plain, text
from app.text.structure import can_go_alone


@dataclass(frozen=True)
class NewChange:
    """What is asked of one provision.

    Attributes:
        version: Id of the version it is made on.
        language: Language of the text it is about.
        key: The provision; "" for a general remark (COMMENT) and for INSERT, whose keys are minted.
        parts: AMEND: every part as wished; MOVE: likewise, or None for as it is.
        place: INSERT and MOVE: where to, in terms of the version.
        block: INSERT: the provisions, in reading order; their keys only tell which stands under which.
        alone: DELETE: what stands under it stays; where nothing can, it is a deletion like any other.
    """

    operation: Operation
    version: str
    language: str
    key: str = ""
    parts: Parts | None = None
    place: Place | None = None
    level: int | None = None
    block: tuple[Provision, ...] = field(default=())
    comment: str = ""
    alone: bool = False


class Bases:
    """The texts that the versions of a round have, each loaded once."""

    def __init__(self, round_: Round) -> None:
        statement = (
            select(Version.id, Version.number)
            .join(RoundVersion, RoundVersion.version_id == Version.id)
            .where(RoundVersion.round_id == round_.id)
        )
        self._versions = {row.id: row.number for row in db.session.execute(statement)}
        self._editions: dict[tuple[str, str], tuple[Edition, Mapping[str, Provision]]] = {}

    def edition(self, version_id: str, language: str) -> Edition:
        """Return a text.

        Raises:
            StaleVersion: The round is not about that version.
        """
        return self._both(version_id, language)[0]

    def by_key(self, version_id: str, language: str) -> Mapping[str, Provision]:
        """Return a text by key; raises as ``edition`` does."""
        return self._both(version_id, language)[1]

    def stale(self, version_id: str) -> StaleVersion:
        """Return the refusal of what was made on another version or text than the round is about."""
        quoted = db.session.scalar(select(Version.number).where(Version.id == version_id))
        current = ", ".join(str(number) for number in sorted(self._versions.values()))
        return StaleVersion(quoted="?" if quoted is None else str(quoted), current=current)

    def _both(self, version_id: str, language: str) -> tuple[Edition, Mapping[str, Provision]]:
        if version_id not in self._versions:
            raise self.stale(version_id)
        if (version_id, language) not in self._editions:
            edition = load_edition(version_id, language)
            self._editions[version_id, language] = edition, edition.by_key()
        return self._editions[version_id, language]


def worded(new: NewChange, bases: Bases) -> StoredChange:
    """Return what is asked for as it is stored.

    Raises:
        NothingChanged: It asks for the text as it stands.
        Missing: A comment or a new provision has no words, or there is no place.
        NotFound: The version has no such provision.
        NotReady: The provision is only carried, not proposable.
        StaleVersion: The round is not about that version.
    """
    comment = new.comment.strip()
    if new.operation is Operation.COMMENT:
        if not comment:
            raise Missing(N_("the comment"))
        base = bases.by_key(new.version, new.language).get(new.key)
        if new.key and base is None:
            raise NotFound()
        change = Change(Operation.COMMENT, new.key)
        return _stored(change, new, comment, text_fingerprint(base) if base else None)
    if new.operation is Operation.INSERT:
        return _stored(_insertion(new), new, comment, None)
    base = bases.by_key(new.version, new.language).get(new.key)
    if base is None:
        raise NotFound()
    if base.kind is Kind.FIXED:
        raise NotReady(N_("a picture, table of contents or equation is carried as it is"))
    parts = None if new.parts is None else _clean(new.parts)
    place = new.place if new.operation is Operation.MOVE else None
    edition = bases.edition(new.version, new.language)
    alone = new.alone and new.operation is Operation.DELETE and can_go_alone(edition, new.key)
    change = Change(new.operation, new.key, parts, place, new.level, alone=alone)
    _refuse_unchanged(change, base, edition)
    return _stored(change, new, comment, text_fingerprint(base))


def asked_of(stored: StoredChange) -> NewChange:
    """Return a stored change as it would be asked for anew; an insertion's keys are minted again, and are the same."""
    return asking(stored.change(), stored.version_id, stored.language, stored.comment)


def asking(change: Change, version: str, language: str, comment: str = "") -> NewChange:
    """Return a change of a version's text in a language as it is asked for."""
    key = "" if change.operation is Operation.INSERT else change.key
    return NewChange(
        change.operation,
        version,
        language,
        key,
        change.parts,
        change.place,
        change.level,
        change.block,
        comment,
        change.alone,
    )


def check_current(change: StoredChange, bases: Bases) -> None:
    """Check that a stored change is still about the text it was made on.

    Raises:
        StaleVersion: It is not.
    """
    base = bases.by_key(change.version_id, change.language).get(change.key or "")
    current = text_fingerprint(base) if base else None
    if change.operation is not Operation.INSERT and current != change.base_fingerprint:
        raise bases.stale(change.version_id)


def _stored(change: Change, new: NewChange, comment: str, fingerprint: str | None) -> StoredChange:
    return stored(change, version_id=new.version, language=new.language, comment=comment, fingerprint=fingerprint)


def _clean(parts: Parts) -> dict[str, Content]:
    return {name: content if isinstance(content, States) else text(*content) for name, content in parts.items()}


def _refuse_unchanged(change: Change, base: Provision, edition: Edition) -> None:
    same_parts = change.parts is None or without_empty(change.parts) == without_empty(base.parts)
    same_level = change.level in (None, base.level)
    if change.operation is Operation.AMEND:
        if change.parts is None:
            raise Missing(N_("the text"))
        if same_parts and same_level:
            raise NothingChanged()
    elif change.operation is Operation.MOVE:
        if change.place is None:
            raise Missing(N_("the place"))
        stays = change.place == place_of(edition, base.key) or change.place.after == base.key
        if stays and same_parts and same_level:
            raise NothingChanged()


def place_of(edition: Edition, key: str) -> Place:
    """Return where a provision stands."""
    last: dict[str | None, str] = {}
    for p in edition:
        if p.key == key:
            return Place(p.parent, last.get(p.parent))
        last[p.parent] = p.key
    raise NotFound()


def _insertion(new: NewChange) -> Change:
    if new.place is None:
        raise Missing(N_("the place"))
    cleaned = tuple(replace(p, parts=_clean(p.parts), label="") for p in new.block)
    if not any(_has_words(p) for p in cleaned):
        raise Missing(N_("the new text"))
    block = _keyed(cleaned, new.version, new.place)
    return Change(Operation.INSERT, block[0].key, place=new.place, block=block)


def _has_words(provision: Provision) -> bool:
    return any(
        bool(content.members) if isinstance(content, States) else bool(plain(content).strip())
        for content in provision.parts.values()
    )


def _keyed(block: Sequence[Provision], version: str, place: Place) -> tuple[Provision, ...]:
    """Return a block under minted keys: the same wish has the same keys, whoever asks."""
    parts = [p.parts for p in block]
    at = (place.parent, place.after)
    keys: dict[str | None, str | None] = {p.key: mint_key(version, at, i, parts) for i, p in enumerate(block)}
    return tuple(replace(p, key=keys[p.key] or "", parent=keys.get(p.parent, place.parent)) for p in block)

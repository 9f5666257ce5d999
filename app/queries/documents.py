"""Documents of a body: the list, and one document with its chain of versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.documents import Document, DraftImport, StoredFile, Version
from app.models.documents import Edition as EditionRow
from app.models.rounds import Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import DocumentState, Role, RoundState, VersionState
from app.queries import access
from app.queries.own_files import list_own_files
from app.queries.rounds import RoundRow, round_row


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list; *newest* is the newest version the actor may read, None for none."""

    slug: str
    symbol: str | None
    titles: Mapping[str, Any]
    state: DocumentState
    newest: int | None
    final: bool
    round: RoundRow | None
    adopted_on: date | None


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A version's text in one language."""

    language: str
    fingerprint: str
    is_stale: bool
    file_name: str | None
    has_own: bool = False
    """Whether it, or a version it was made from, came from a Word file."""


@dataclass(frozen=True, slots=True)
class VersionFact:
    """One version in the chain."""

    id: str
    number: int
    final: bool
    issued_at: datetime
    note: str
    editions: tuple[EditionFact, ...]
    rounds: tuple[int, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has a text in."""
        return tuple(edition.language for edition in self.editions)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with everything its page shows; versions newest first."""

    row: DocumentRow
    type_of_paper: str
    negotiating_language: str
    languages: tuple[str, ...]
    versions: tuple[VersionFact, ...]
    discarded: int
    imports: tuple[str, ...]
    adopted_at_place: Mapping[str, Any]
    adopted_by: Mapping[str, Any]

    @property
    def missing_languages(self) -> tuple[str, ...]:
        """The body's languages that a first draft may still be imported in: all before, some after it is saved."""
        if not self.versions:
            return self.languages
        only = self.versions[0]
        if len(self.versions) > 1 or only.final or only.rounds:
            return ()
        return tuple(language for language in self.languages if language not in only.languages)


def list_documents(*, actor: Actor, now: datetime) -> tuple[DocumentRow, ...]:
    """Return the documents the actor may see, by title in the negotiating language."""
    if actor.body is None:
        return ()
    documents = db.session.scalars(select(Document).where(Document.body_id == actor.body).order_by(Document.created_at))
    rows = []
    for document in documents:
        versions = access.list_visible_versions(document.id, actor=actor)
        if versions or actor.role == Role.SECRETARIAT:
            rows.append(_row(document, versions[-1] if versions else None, actor, now))
    return tuple(rows)


def load_document(slug: str, *, actor: Actor, now: datetime) -> DocumentPage:
    """Return a document's page.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    versions = access.list_visible_versions(document.id, actor=actor)
    ids = [version.id for version in versions]
    editions = _editions(ids, document)
    rounds = _rounds(ids, actor)
    facts = tuple(
        VersionFact(v.id, v.number, v.final, v.issued_at, v.note, editions.get(v.id, ()), rounds.get(v.id, ()))
        for v in reversed(versions)
    )
    body = access.get_body(actor)
    staff = actor.role == Role.SECRETARIAT
    discarded = select(Version.id).where(Version.document_id == document.id, Version.state == VersionState.DISCARDED)
    waiting = select(DraftImport.language).where(DraftImport.document_id == document.id)
    return DocumentPage(
        row=_row(document, versions[-1] if versions else None, actor, now),
        type_of_paper=document.type_of_paper,
        negotiating_language=document.negotiating_language,
        languages=tuple(body.languages),
        versions=facts,
        discarded=len(db.session.scalars(discarded).all()) if staff else 0,
        imports=tuple(db.session.scalars(waiting)) if staff else (),
        adopted_at_place=document.adopted_at_place or {},
        adopted_by=document.adopted_by or {},
    )


def _row(document: Document, newest: Version | None, actor: Actor, now: datetime) -> DocumentRow:
    round_ = _newest_round(document.id, actor) if actor.role != Role.OBSERVER else None
    return DocumentRow(
        slug=document.slug,
        symbol=document.symbol,
        titles=document.titles,
        state=document.state,
        newest=newest.number if newest else None,
        final=bool(newest and newest.final),
        round=round_row(round_, actor=actor, now=now) if round_ else None,
        adopted_on=document.adopted_on,
    )


def _newest_round(document_id: str, actor: Actor) -> Round | None:
    statement = (
        select(Round)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .join(Version, Version.id == RoundVersion.version_id)
        .where(Version.document_id == document_id)
    )
    if not actor.is_staff:
        statement = statement.where(Round.state != RoundState.SCHEDULED)
    return db.session.scalar(statement.order_by(Round.number.desc()).limit(1))


def _editions(version_ids: list[str], document: Document) -> dict[str, tuple[EditionFact, ...]]:
    found: dict[str, list[EditionFact]] = {}
    negotiating, own = document.negotiating_language, list_own_files(document.id)
    statement = (
        select(EditionRow, StoredFile.name)
        .outerjoin(StoredFile, StoredFile.id == EditionRow.file_id)
        .where(EditionRow.version_id.in_(version_ids))
        .order_by(EditionRow.language)
    )
    rows = db.session.execute(statement).all()
    leading = {row.version_id: row.fingerprint for row, _ in rows if row.language == negotiating}
    for row, name in rows:
        stale = row.language != negotiating and row.made_from != leading.get(row.version_id)
        fact = EditionFact(row.language, row.fingerprint, stale, name, (row.version_id, row.language) in own)
        found.setdefault(row.version_id, []).append(fact)
    return {key: tuple(sorted(e, key=lambda x: x.language != negotiating)) for key, e in found.items()}


def _rounds(version_ids: list[str], actor: Actor) -> dict[str, tuple[int, ...]]:
    if actor.role == Role.OBSERVER:
        return {}
    statement = (
        select(RoundVersion.version_id, Round.number)
        .join(Round, Round.id == RoundVersion.round_id)
        .where(RoundVersion.version_id.in_(version_ids))
        .order_by(Round.number)
    )
    if not actor.is_staff:
        statement = statement.where(Round.state != RoundState.SCHEDULED)
    found: dict[str, list[int]] = {}
    for version_id, number in db.session.execute(statement):
        found.setdefault(version_id, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}

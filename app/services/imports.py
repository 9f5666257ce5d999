"""Drafts from Word: understood, looked at and corrected by an officer, saved as Version 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from app.docxio.alignment import Alignment, align
from app.docxio.gate import display_name
from app.docxio.understanding import Understanding, Understood, decode_understood, encode_understood
from app.docxio.upload import read_upload
from app.models import db
from app.models.documents import Document, DraftImport, StoredFile, Version
from app.models.documents import Edition as EditionRow
from app.models.rounds import RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, EditedMeanwhile, Missing, NotFound, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import VersionState
from app.negotiation.workflows import VERSION
from app.queries import access
from app.queries.people import load_people
from app.queries.texts import load_edition
from app.services._advance import advance
from app.services._unit import record, use_case
from app.services.versions import add_edition, add_version
from app.text.outline import Correction, corrected
from app.text.provision import Edition, Provision

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def understand(data: bytes, name: str, *, actor: Actor) -> Understood:
    """Return what a Word file says, read in a limited process, outside of any transaction.

    Raises:
        FileRefused: It is no Word file that may be read; the reason is a code.
        NotPermitted: The actor imports no drafts.
    """
    require(actor, "version.import")
    body = access.get_body(actor)
    people = load_people(body.id)
    names = {d.code: {n for forms in d.forms.values() for n in forms.values() if n} for d in people.states}
    names |= {code: set(forms.values()) for code, forms in people.groups.items()}
    names |= {
        d.code: {str(forms[form]) for forms in d.forms.values() for form in ("short", "full") if forms.get(form)}
        for d in people.delegations
        if d.code not in names
    }
    return read_upload(data, name, states=names)


@use_case
def keep_import(
    document: str, language: str, understood: Understood, data: bytes, name: str, *, actor: Actor, now: datetime
) -> str:
    """Keep what was understood of a language's draft for looking at, in place of an earlier one; return its id.

    Raises:
        NotReady: The document has a version that is not discarded.
        NotFound: The body does not work in that language.
    """
    found = _importable(document, actor, language)
    if language not in access.get_body(actor).languages:
        raise NotFound()
    before = _import_of(found.id, language)
    if before is not None:
        db.session.delete(before)
        db.session.flush()
    file = StoredFile(
        body_id=found.body_id,
        delegation_id=actor.delegation,
        purpose="import",
        name=display_name(name),
        media_type=WORD,
        sha256=sha256(data).hexdigest(),
        content=data,
        created_at=now,
    )
    db.session.add(file)
    db.session.flush()
    record("draft.upload", file, facts={"document": document, "language": language})
    kept = DraftImport(
        document_id=found.id,
        language=language,
        file_id=file.id,
        understood=encode_understood(understood),
        created_at=now,
    )
    db.session.add(kept)
    db.session.flush()
    return kept.id


@use_case
def correct_import(
    document: str,
    language: str,
    corrections: Sequence[Correction],
    *,
    lock_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Correct kind, level, label or place of what was understood.

    Raises:
        EditedMeanwhile: Somebody else corrected it since the officer looked.
    """
    kept = _kept(_importable(document, actor, language), language)
    if kept.lock_version != lock_version:
        raise EditedMeanwhile()
    understood = decode_understood(kept.understood)
    by_key = {u.provision.key: u for u in understood.provisions}
    provisions = tuple(
        Understanding(p, by_key[p.key].recognised_by, by_key[p.key].confidence)
        for p in corrected(understood.texts, corrections)
    )
    kept.understood = encode_understood(replace(understood, provisions=provisions))


@use_case
def drop_import(document: str, language: str, *, actor: Actor, now: datetime) -> None:
    """Forget what was understood of a language's draft; doing it again changes nothing."""
    kept = _import_of(_importable(document, actor, language).id, language)
    if kept is not None:
        db.session.delete(kept)


@use_case
def save_version_0(document: str, *, actor: Actor, now: datetime) -> int:
    """Save what was understood as the document's first version, translations under its keys; return its number.

    Raises:
        Missing: The negotiating text was not imported, or holds nothing.
    """
    found = _importable(document, actor)
    kept = db.session.scalars(select(DraftImport).where(DraftImport.document_id == found.id)).all()
    read = {k.language: decode_understood(k.understood).texts for k in kept}
    leading = read.get(found.negotiating_language)
    if not leading:
        raise Missing(N_("the draft in the negotiating language"))
    editions = {language: Edition(language, _under(leading, texts)) for language, texts in read.items()}
    editions[found.negotiating_language] = Edition(found.negotiating_language, leading)
    files = {k.language: k.file_id for k in kept}
    version = add_version(found, editions, number=_next_number(found.id), now=now, files=files)
    record("version.import", version, facts={"languages": sorted(editions)})
    for k in kept:
        db.session.delete(k)
    return version.number


@use_case
def save_language(document: str, language: str, *, actor: Actor, now: datetime) -> int:
    """Save what was understood as one more language of the imported version, under its keys; return its number.

    Raises:
        NotReady: A round has been made on the version, or it has the language already.
        NotFound: No draft was read in that language.
    """
    found = _importable(document, actor, language)
    version = _sole_version(found.id)
    if version is None:
        raise NotReady(N_("the draft in the negotiating language must be saved first"))
    kept = _kept(found, language)
    leading = load_edition(version.id, found.negotiating_language)
    texts = _under(leading.provisions, decode_understood(kept.understood).texts)
    add_edition(version.id, Edition(language, texts), leading, file_id=kept.file_id)
    record("version.add_language", version, facts={"languages": [language]})
    db.session.delete(kept)
    return version.number


def _under(leading: Sequence[Provision], texts: Sequence[Provision]) -> tuple[Provision, ...]:
    """Return a translation in the frame of the negotiating text: what has no counterpart there is left out."""
    if texts is leading:
        return tuple(leading)
    said = {p.key: p for p in align(leading, texts).provisions}
    return tuple(
        replace(p, parts=said[p.key].parts, label=said[p.key].label)
        if p.key in said
        else replace(p, parts={}, label=p.label)
        for p in leading
    )


@use_case
def discard_version(document: str, number: int, *, reason: str = "", actor: Actor, now: datetime) -> None:
    """Discard an imported version so that the draft can be imported again.

    Raises:
        NotReady: A round has been made on it, or it came out of one.
    """
    require(actor, "version.import")
    version = access.get_version(access.get_document(document, actor=actor), number, actor=actor)
    used = db.session.scalar(select(RoundVersion.round_id).where(RoundVersion.version_id == version.id))
    if used is not None or version.round_id is not None or version.final:
        raise NotReady(N_("a round stands on this version"))
    advance(version, VERSION, "discard", actor=actor, facts={"reason": reason})


@dataclass(frozen=True)
class ImportRow:
    """One language's draft as it was understood, for looking at.

    Attributes:
        alignment: With the negotiating text; None for the negotiating text itself or while there is none.
    """

    language: str
    understood: Understood
    file_name: str
    created_at: datetime
    lock_version: int
    alignment: Alignment | None


def list_imports(document: str, *, actor: Actor) -> tuple[ImportRow, ...]:
    """Return what was understood so far, the negotiating language first."""
    require(actor, "version.import")
    found = access.get_document(document, actor=actor)
    rows: Sequence[Any] = db.session.execute(
        select(DraftImport, StoredFile.name)
        .join(StoredFile, StoredFile.id == DraftImport.file_id)
        .where(DraftImport.document_id == found.id)
    ).all()
    read: Mapping[str, Understood] = {kept.language: decode_understood(kept.understood) for kept, _ in rows}
    leading = _leading(found, read)
    made = [
        ImportRow(
            kept.language,
            read[kept.language],
            name,
            kept.created_at,
            kept.lock_version,
            align(leading, read[kept.language].texts)
            if leading and kept.language != found.negotiating_language
            else None,
        )
        for kept, name in rows
    ]
    return tuple(sorted(made, key=lambda row: (row.language != found.negotiating_language, row.language)))


def _leading(document: Document, read: Mapping[str, Understood]) -> tuple[Provision, ...]:
    """Return the negotiating text that others are laid beside: as read just now, else as saved, else nothing."""
    if document.negotiating_language in read:
        return read[document.negotiating_language].texts
    version = _sole_version(document.id)
    return load_edition(version.id, document.negotiating_language).provisions if version else ()


def _importable(slug: str, actor: Actor, language: str | None = None) -> Document:
    """Return a document whose first draft may be imported, or to whose imported version *language* may be added."""
    require(actor, "version.import")
    document = access.get_document(slug, actor=actor)
    issued = select(func.count()).where(Version.document_id == document.id, Version.state == VersionState.ISSUED)
    if not db.session.scalar(issued):
        return document
    version = _sole_version(document.id) if language else None
    if version is None or db.session.get(EditionRow, (version.id, language)) is not None:
        raise NotReady(N_("the document has a version already; discard it first"))
    return document


def _sole_version(document_id: str) -> Version | None:
    """Return a document's only version while nobody works on it: imported, with no round on it."""
    versions = db.session.scalars(
        select(Version).where(Version.document_id == document_id, Version.state == VersionState.ISSUED)
    ).all()
    if len(versions) != 1 or versions[0].round_id is not None or versions[0].final:
        return None
    used = db.session.scalar(select(RoundVersion.round_id).where(RoundVersion.version_id == versions[0].id))
    return None if used else versions[0]


def _next_number(document_id: str) -> int:
    issued = select(func.max(Version.number)).where(
        Version.document_id == document_id, Version.state == VersionState.ISSUED
    )
    last = db.session.scalar(issued)
    return 0 if last is None else last + 1


def _import_of(document_id: str, language: str) -> DraftImport | None:
    return db.session.scalar(
        select(DraftImport).where(DraftImport.document_id == document_id, DraftImport.language == language)
    )


def _kept(document: Document, language: str) -> DraftImport:
    kept = _import_of(document.id, language)
    if kept is None:
        raise NotFound()
    return kept

"""Documents and their versions."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.models import db
from app.models.bodies import Body
from app.models.documents import Document, ProvisionRow, ProvisionText, Version
from app.models.documents import Edition as EditionRow
from app.negotiation.actors import Actor
from app.negotiation.permissions import require
from app.queries import access
from app.services._unit import record, use_case
from app.text.canonical import encode_content, fingerprint, fingerprint_of
from app.text.folding import folded
from app.text.provision import TEXT, Edition, Provision


@use_case
def create_document(
    slug: str,
    *,
    titles: Mapping[str, str],
    type_of_paper: str,
    negotiating_language: str,
    symbol: str | None = None,
    actor: Actor,
    now: datetime,
) -> str:
    """Start a document in the actor's body and return its id."""
    require(actor, "document.create")
    body: Body = access.get_body(actor)
    document = Document(
        body_id=body.id,
        slug=slug,
        symbol=symbol,
        titles=dict(titles),
        type_of_paper=type_of_paper,
        negotiating_language=negotiating_language,
        created_at=now,
    )
    db.session.add(document)
    record("document.create", document)
    db.session.flush()
    return document.id


def add_version(
    document: Document,
    editions: Mapping[str, Edition],
    *,
    number: int,
    now: datetime,
    files: Mapping[str, str] | None = None,
    made_from: Version | None = None,
    round_id: str | None = None,
    final: bool = False,
    provenance: Mapping[tuple[str, str, str], list[Any]] | None = None,
    stale: Collection[tuple[str, str]] = (),
    note: str = "",
) -> Version:
    """Add a version with its editions to the running use case, and return it.

    Args:
        editions: Language to text; all have the provisions of the negotiating language's edition,
            in its order; a translation may lack some.
        files: Language to the id of the Word file it was imported from.
        provenance: (language, key, part) to spans.
        stale: (language, key) of translations that do not say what the negotiating text says now.
    """
    version = Version(
        document_id=document.id,
        number=number,
        made_from=made_from.id if made_from else None,
        round_id=round_id,
        final=final,
        issued_at=now,
        note=note,
    )
    db.session.add(version)
    db.session.flush()
    leading = editions[document.negotiating_language]
    db.session.add_all(
        ProvisionRow(
            version_id=version.id,
            key=p.key,
            parent_key=p.parent,
            rank=rank,
            kind=p.kind,
            level=p.level,
            columns=list(p.columns),
        )
        for rank, p in enumerate(leading)
    )
    db.session.flush()
    for language, edition in editions.items():
        unsaid = frozenset(key for named, key in stale if named == language)
        file = (files or {}).get(language)
        add_edition(version.id, edition, leading, file_id=file, provenance=provenance, stale=unsaid)
    return version


def add_edition(
    version_id: str,
    edition: Edition,
    leading: Edition,
    *,
    file_id: str | None = None,
    provenance: Mapping[tuple[str, str, str], list[Any]] | None = None,
    stale: Collection[str] = (),
) -> EditionRow:
    """Add a language's text to a version of the running use case, and return its row.

    Args:
        leading: The negotiating text of the version; may be *edition* itself.
        file_id: Of the Word file it was imported from.
        provenance: (language, key, part) to spans.
        stale: Keys of what does not say what *leading* says now.
    """
    row = EditionRow(
        version_id=version_id,
        language=edition.language,
        fingerprint=fingerprint(edition),
        made_from=None if edition is leading or stale else fingerprint(leading),
        file_id=file_id,
    )
    db.session.add(row)
    fresh = {p.key: p for p in leading if p.key not in stale} if edition is not leading else {}
    _add_texts(version_id, edition, fresh, provenance or {})
    return row


def _add_texts(
    version_id: str,
    edition: Edition,
    fresh: Mapping[str, Provision],
    provenance: Mapping[tuple[str, str, str], list[Any]],
) -> None:
    for p in edition:
        source = fresh[p.key].parts if p.key in fresh else {}
        for part, content in (p.parts or {TEXT: ()}).items():
            db.session.add(
                ProvisionText(
                    version_id=version_id,
                    key=p.key,
                    language=edition.language,
                    part=part,
                    label=p.label,
                    content=encode_content(content),
                    folded=folded(content),
                    provenance=provenance.get((edition.language, p.key, part), []),
                    made_from=fingerprint_of(encode_content(source[part])) if part in source else None,
                )
            )

"""What belongs into the package of a round: its documents, their versions and languages."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from app.models import db
from app.models.bodies import Body
from app.models.documents import Edition as EditionRow
from app.models.documents import Version
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.queries import access
from app.queries.rounds import RoundDocument, list_round_documents
from app.queries.sheets import handling_of


@dataclass(frozen=True, slots=True)
class PackedEdition:
    """A version in one language that goes into the package; *fingerprint* is that of its text."""

    number: int
    final: bool
    language: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """A document of the round.

    Attributes:
        editions: Of the version the round is on, and of the one it made of it, by number and language.
        result: Number of the version that came out of the round, where that is to be seen.
    """

    slug: str
    titles: dict[str, Any]
    base: int
    result: int | None
    editions: tuple[PackedEdition, ...]


@dataclass(frozen=True, slots=True)
class RoundContents:
    """What a package holds; *languages* are those that papers are headed in."""

    documents: tuple[PackedDocument, ...]
    languages: tuple[str, ...]
    handling: str


def load_contents(round_: Round, language: str, *, actor: Actor) -> RoundContents:
    """Return what goes into the package of a round for *actor*; its index is in *language*."""
    body = db.session.get_one(Body, round_.body_id)
    documents = tuple(_document(one, round_, actor) for one in list_round_documents(round_.id))
    written = {edition.language for document in documents for edition in document.editions}
    spoken = {*body.languages, *written, language}
    languages = tuple(code for code in ("ru", "zh", "en") if code in spoken)
    return RoundContents(documents, languages, handling_of(body, language))


def _document(document: RoundDocument, round_: Round, actor: Actor) -> PackedDocument:
    visible = {version.id for version in access.list_visible_versions(document.document_id, actor=actor)}
    found = db.session.execute(
        select(Version.number, Version.id, Version.final, EditionRow.language, EditionRow.fingerprint)
        .join(EditionRow, EditionRow.version_id == Version.id)
        .where(
            Version.document_id == document.document_id,
            Version.id.in_(visible),
            or_(Version.id == document.version_id, Version.round_id == round_.id),
        )
        .order_by(Version.number, EditionRow.language)
    ).all()
    after = [row.number for row in found if row.id != document.version_id]
    return PackedDocument(
        document.slug,
        document.titles,
        document.number,
        after[0] if after else None,
        tuple(PackedEdition(row.number, row.final, row.language, row.fingerprint) for row in found),
    )

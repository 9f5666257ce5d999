"""The Word file that a draft came from: kept with the version imported from it, and that of every later one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.models import db
from app.models.documents import Edition as EditionRow
from app.models.documents import StoredFile, Version
from app.queries.people import People, names_by_code
from app.queries.texts import load_edition
from app.text.provision import Edition


@dataclass(frozen=True)
class OwnSource:
    """A draft's own file, and what was imported from it.

    Attributes:
        states: Code to names of states and groups that may stand in it.
    """

    content: bytes
    imported: Edition
    states: Mapping[str, Collection[str]]


def list_own_files(document_id: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (version, language) to the version that brought its own file, and the file; by ids; one query.

    That is the version itself or the nearest one it was made from. Texts without one, typed or carried in from
    elsewhere, are not in the result.
    """
    rows = db.session.execute(
        select(Version.id, Version.made_from, EditionRow.language, EditionRow.file_id)
        .join(EditionRow, EditionRow.version_id == Version.id)
        .where(Version.document_id == document_id)
    ).all()
    parents = {version_id: made_from for version_id, made_from, _, _ in rows}
    brought = {(version_id, language): file_id for version_id, _, language, file_id in rows if file_id}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for version_id, _, language, _ in rows:
        at: str | None = version_id
        while at is not None and (at, language) not in brought:
            at = parents.get(at)
        if at is not None:
            found[version_id, language] = at, brought[at, language]
    return found


def load_own_source(version: Version, language: str, people: People) -> OwnSource | None:
    """Return the own file of a version in a language, with what was imported from it; None where it has none."""
    found = list_own_files(version.document_id).get((version.id, language))
    if found is None:
        return None
    origin, file_id = found
    content = db.session.scalar(select(StoredFile.content).where(StoredFile.id == file_id))
    if content is None:
        return None
    return OwnSource(content, load_edition(origin, language), names_by_code(people))

"""Word files as they were issued: printed once, kept, and served unchanged ever after."""

from datetime import datetime
from hashlib import sha256

from app.docxio.clean import clean
from app.models import db
from app.models.documents import Edition as EditionRow
from app.models.documents import StoredFile
from app.negotiation.actors import Actor
from app.queries import access
from app.queries.papers import MEDIA_TYPE, load_clean
from app.queries.texts import list_languages
from app.services._unit import record, use_case


@use_case
def store_issued_files(
    document: str, number: int, *, languages: tuple[str, ...] = (), actor: Actor, now: datetime
) -> None:
    """Keep the Word files of a version as they are issued now; those kept already stay as they are.

    The record holds the hash of each file. A draft that can still be discarded is not kept.

    Args:
        languages: Which of them; all that the version has where none is named.

    Raises:
        NotFound: There is no such version, or not for *actor*.
    """
    found = access.get_document(document, actor=actor)
    version = access.get_version(found, number, actor=actor)
    for language in languages or list_languages(version.id):
        paper = load_clean(document, number, language, actor=actor)
        if paper.issued is not None or not paper.is_kept:
            continue
        file = _kept(found.body_id, paper.name, clean(paper.edition, paper.sheet), now)
        edition = db.session.get_one(EditionRow, (version.id, language))
        edition.issued_file_id = file.id
        record("version.keep_file", version, facts={"number": number, "language": language, "sha256": file.sha256})


@use_case
def keep_own_print(document: str, number: int, language: str, content: bytes, *, actor: Actor, now: datetime) -> None:
    """Keep a version's text as it was printed in the draft's own file; one kept already stays as it is.

    It is printed before, outside of any transaction. A draft that can still be discarded is not kept.

    Raises:
        NotFound: There is no such version in that language, or not for *actor*.
    """
    paper = load_clean(document, number, language, actor=actor)
    if paper.issued_own is not None or not paper.is_kept:
        return
    file = _kept(access.get_document(document, actor=actor).body_id, paper.own_name, content, now)
    facts = {"number": number, "language": language, "look": "own", "sha256": file.sha256}
    record("version.keep_file", paper.version, facts=facts)


def _kept(body_id: str, name: str, content: bytes, now: datetime) -> StoredFile:
    file = StoredFile(
        body_id=body_id,
        delegation_id=None,
        purpose="issued",
        name=name,
        media_type=MEDIA_TYPE,
        sha256=sha256(content).hexdigest(),
        content=content,
        created_at=now,
    )
    db.session.add(file)
    db.session.flush()
    return file

"""Papers to print of versions: the clean text, and the comparison of two."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.docxio.sheets import Sheet
from app.models import db
from app.models.bodies import Body
from app.models.documents import Edition as EditionRow
from app.models.documents import StoredFile, Version
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import DocumentState
from app.queries import access
from app.queries.paper_words import WORDS
from app.queries.people import People, load_people
from app.queries.sheets import day_of, since, version_sheet, working_sheet
from app.queries.texts import load_edition
from app.text.provision import Edition

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class CleanPaper:
    """A version's text in one language, ready to print.

    Attributes:
        name: Of the file.
        issued: The bytes it was issued as; None where they are not kept yet.
        issued_own: The same of the text in the draft's own file, which is called ``own_name``.
        is_kept: Whether the file is to be kept as it is first printed: a round has been opened on the text, or it
            was issued. A draft that can still be discarded is not.
    """

    name: str
    version: Version
    people: People
    edition: Edition
    sheet: Sheet
    issued: bytes | None
    issued_own: bytes | None
    is_kept: bool

    @property
    def own_name(self) -> str:
        """Name of the file in the look of the draft's own: one of a kind in its body."""
        return own_name(self.name)


@dataclass(frozen=True)
class ComparisonPaper:
    """Two versions in one language, ready to print: *author* stands at every change, on the day *on*.

    Attributes:
        version: The older one.
    """

    name: str
    version: Version
    people: People
    old: Edition
    new: Edition
    sheet: Sheet
    author: str
    on: date


def version_part(version: Version) -> str:
    """Return what a version is called in a file's name: ``v0``, ``rev1``, ``adopted``."""
    if version.final:
        return "adopted"
    return f"rev{version.number}" if version.number else "v0"


def own_name(name: str) -> str:
    """Return what a file is called where it stands in the draft's own: ``action-plan.rev1.ru.own.docx``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.own{dot}{ending}"


def load_clean(slug: str, number: int, language: str, *, actor: Actor) -> CleanPaper:
    """Return a version's text in a language, with its head.

    Raises:
        NotFound: There is none, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    version = access.get_version(document, number, actor=actor)
    row = _edition(version, language)
    body = db.session.get_one(Body, document.body_id)
    people = load_people(body.id)
    name = f"{slug}.{version_part(version)}.{language}.docx"
    return CleanPaper(
        name=name,
        version=version,
        people=people,
        edition=load_edition(version.id, language),
        sheet=version_sheet(document, version, language, row.fingerprint, body=body, people=people),
        issued=_issued(row),
        issued_own=_issued_own(body.id, name),
        is_kept=document.state != DocumentState.DRAFTING,
    )


def load_comparison(slug: str, old: int, new: int, language: str, *, actor: Actor) -> ComparisonPaper:
    """Return two versions in a language that both have.

    Raises:
        NotFound: One of them does not exist, or not for *actor*, or not in that language.
    """
    document = access.get_document(slug, actor=actor)
    before = access.get_version(document, old, actor=actor)
    after = access.get_version(document, new, actor=actor)
    _edition(before, language)
    row = _edition(after, language)
    body = db.session.get_one(Body, document.body_id)
    people = load_people(body.id)
    return ComparisonPaper(
        name=f"{slug}.{version_part(before)}-{version_part(after)}.{language}.docx",
        version=before,
        people=people,
        old=load_edition(before.id, language),
        new=load_edition(after.id, language),
        sheet=working_sheet(
            document,
            after,
            language,
            row.fingerprint,
            body=body,
            people=people,
            marks=(since(document, before, language, body.zone),),
            is_base=False,
        ),
        author=WORDS[language].final if after.final else f"Rev.{after.number}",
        on=day_of(after.issued_at, body.zone),
    )


def _edition(version: Version, language: str) -> EditionRow:
    row = db.session.get(EditionRow, (version.id, language))
    if row is None or language not in WORDS:
        raise NotFound()
    return row


def _issued(row: EditionRow) -> bytes | None:
    if row.issued_file_id is None:
        return None
    return db.session.scalar(select(StoredFile.content).where(StoredFile.id == row.issued_file_id))


def _issued_own(body_id: str, name: str) -> bytes | None:
    return db.session.scalar(
        select(StoredFile.content).where(
            StoredFile.body_id == body_id, StoredFile.purpose == "issued", StoredFile.name == own_name(name)
        )
    )

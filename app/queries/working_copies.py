"""Working copies: the texts of an open round, to be edited in Word by delegations."""

from dataclasses import dataclass, replace

from app.docxio.bookmarks import marker_of
from app.docxio.sheets import Sheet
from app.models import db
from app.models.bodies import Body
from app.models.documents import Edition as EditionRow
from app.models.documents import Version
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import RoundState
from app.queries import access
from app.queries.paper_words import WORDS
from app.queries.papers import version_part
from app.queries.people import People, load_people
from app.queries.rounds import list_round_documents
from app.queries.sheets import version_sheet
from app.queries.texts import load_edition
from app.text.provision import Edition


@dataclass(frozen=True)
class CopyPaper:
    """A text of an open round, ready to print as a working copy; *name* is the file's.

    Attributes:
        own_sheet: The head where it is printed in the draft's own file, whose head stays in it.
    """

    name: str
    version: Version
    people: People
    edition: Edition
    sheet: Sheet
    own_sheet: Sheet

    @property
    def marker(self) -> str:
        """What names the version in the file."""
        return marker_of(self.version.id)


def load_working_copy(slug: str, round_number: int, language: str, *, actor: Actor) -> CopyPaper:
    """Return the text of a document in a round.

    Raises:
        NotFound: There is none in that language, the round is not open, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    round_ = access.get_round(round_number, actor=actor)
    found = next((d for d in list_round_documents(round_.id) if d.document_id == document.id), None)
    row = db.session.get(EditionRow, (found.version_id, language)) if found else None
    if found is None or row is None or language not in WORDS or round_.state != RoundState.OPEN:
        raise NotFound()
    version = db.session.get_one(Version, found.version_id)
    body = db.session.get_one(Body, document.body_id)
    people = load_people(body.id)
    sheet = version_sheet(document, version, language, row.fingerprint, body=body, people=people)
    return CopyPaper(
        f"{slug}.{version_part(version)}.round{round_.number}.copy.{language}.docx",
        version,
        people,
        load_edition(version.id, language),
        # Nothing but the text stands in it: what comes back is read as text.
        replace(sheet, title=(), marks=(), annex=(), adoption=()),
        sheet,
    )

"""The resulting text to be edited in Word: what a round has decided so far, for chair and secretariat."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.docxio.bookmarks import resulting_marker_of
from app.docxio.sheets import Sheet
from app.models import db
from app.models.bodies import Body
from app.models.documents import Document, Version
from app.negotiation.errors import N_, NotFound, TransitionNotAllowed
from app.negotiation.vocabulary import RoundState
from app.queries.consolidation import Consolidation
from app.queries.issuing import get_issued, next_version
from app.queries.paper_words import WORDS
from app.queries.papers import version_part
from app.queries.sheets import as_at, version_sheet
from app.text.provision import Edition


@dataclass(frozen=True)
class ResultingPaper:
    """The resulting text in a language, ready to print; *name* is the file's, *mark* says which text it is."""

    name: str
    edition: Edition
    sheet: Sheet
    mark: str


def may_be_worded(about: Consolidation) -> bool:
    """Whether the resulting text can still be worded: the round is closed and its next version not issued."""
    return about.round.state == RoundState.CLOSED and get_issued(about) is None


def load_resulting_copy(about: Consolidation, language: str, *, now: datetime) -> ResultingPaper:
    """Return the resulting text of a document in a round as it stands now.

    Raises:
        NotFound: There is none in that language.
        TransitionNotAllowed: The round is not closed, or its next version is issued.
    """
    if language not in about.editions or language not in WORDS:
        raise NotFound()
    if not may_be_worded(about):
        state = about.round.state
        raise TransitionNotAllowed(N_("decide"), state if state != RoundState.CLOSED else N_("issued"))
    document = db.session.get_one(Document, about.document_id)
    version = db.session.get_one(Version, about.version_id)
    body = db.session.get_one(Body, document.body_id)
    sheet = version_sheet(document, version, language, "", body=body, people=about.people)
    # Nothing but the text stands in it: what comes back is read as text.
    bare = replace(sheet, title=(), marks=(), annex=(), adoption=(), fingerprint=as_at(now, body.zone, language))
    return ResultingPaper(
        f"{about.slug}.{version_part(version)}.round{about.round.number}.result.{language}.docx",
        next_version(about).editions[language],
        bare,
        resulting_marker_of(version.id, now),
    )

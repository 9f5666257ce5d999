"""The resulting text edited in Word: read as changes to it, outside of any transaction."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from app.docxio.bookmarks import resulting_of
from app.docxio.gate import display_name
from app.docxio.returned import BaseDiffers, Return, understand_return
from app.docxio.revised import Revised
from app.docxio.upload import read_returned
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NothingChanged, NotReady
from app.negotiation.permissions import require
from app.queries.consolidation import Consolidation, load_consolidation
from app.queries.edited_texts import Understood, edited_since
from app.queries.issuing import next_version
from app.queries.people import names_by_code
from app.services.returned_files import LEAST_LIKENESS, likeness, proposable, unclear_places, words_of
from app.text.canonical import fingerprint
from app.text.changes import Change
from app.text.provision import Edition

OTHER_TEXT = N_("this file is not the resulting text of this document in this language")
OTHER_ROUND = N_("this file holds the resulting text of another document, version or round")
OLDER_BASE = N_("this file holds the text that the round was about, not what was decided: download the resulting text")


@dataclass(frozen=True)
class NewEdited:
    """An edited text as it was understood.

    Attributes:
        downloaded_at: When the text that was edited was downloaded, if the file says so.
    """

    round: str
    version: str
    language: str
    name: str
    content: bytes
    understood: Understood
    downloaded_at: datetime | None


def understand_edited(
    slug: str, round_number: int, data: bytes, name: str, *, language: str, actor: Actor, now: datetime
) -> NewEdited:
    """Return how a Word file differs from the resulting text of a document in a round, read in a limited process.

    Raises:
        FileRefused: It is no Word file that may be read; the reason is a code.
        NotReady: It holds another text.
        NothingChanged: It says what the resulting text says.
        NotFound: There is no such text, or the actor may not word it.
    """
    require(actor, "resolution.write")
    about = load_consolidation(slug, round_number, compared=False, actor=actor, now=now)
    if language not in about.editions:
        raise NotFound()
    current = next_version(about).editions[language]
    revised = read_returned(data, name, states=names_by_code(about.people))
    mark = resulting_of(revised.marker)
    _refuse_other(about, revised, current, mark[0] if mark else None)
    found = _understood(current, replace(revised, before=revised.after, changes=(), is_tracked=False))
    at = mark[1] if mark else None
    exact = _on_top(current, revised, edited_since(about, language, at))
    changes = tuple(proposable([exact.get(change.key, change) for change in found.changes], current))
    unclear = tuple(unclear_places(found, revised))
    if not changes and not unclear:
        raise NothingChanged()
    understood = Understood(current, changes, unclear, revised.is_tracked, frozenset(exact))
    return NewEdited(about.round.id, about.version_id, language, display_name(name), data, understood, at)


def _refuse_other(about: Consolidation, revised: Revised, current: Edition, version: str | None) -> None:
    """Check that a file was made from the resulting text."""
    if version is not None and version != about.version_id:
        raise NotReady(OTHER_ROUND)
    words, keys = {words_of(p) for p in revised.before.texts}, {p.key for p in revised.before.texts}
    known = sum(p.key in keys for p in current) / max(len(current.provisions), 1)
    alike = likeness(current, words)
    if max(alike, known) < LEAST_LIKENESS or alike == 0:
        raise NotReady(OTHER_TEXT)
    if version is None and likeness(about.editions[current.language], words) > alike:
        raise NotReady(OLDER_BASE)


def _on_top(current: Edition, revised: Revised, since: Collection[str]) -> dict[str, Change]:
    """Return what tracked changes ask of provisions that were changed on the desk since: both hold."""
    if not since or not revised.is_tracked:
        return {}
    found = _understood(current, revised).changes
    return {change.key: change for change in found if change.key in since}


def _understood(current: Edition, revised: Revised) -> Return:
    # A file that says which text it holds has our bookmarks, and no other's.
    certain = revised.carried if revised.marker else ()
    try:
        minted_from = fingerprint(current)
        return understand_return(current, revised, align=True, minted_from=minted_from, shared=True, certain=certain)
    except BaseDiffers as error:
        raise NotReady(OTHER_TEXT) from error

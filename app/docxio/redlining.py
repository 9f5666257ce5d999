"""Two Word files of one draft compared: the newer as tracked changes on the older."""

from datetime import date

from app.docxio.collection import collection_paused
from app.docxio.column_matching import with_columns_of
from app.docxio.comparison import comparison
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import comparison_in_own_file
from app.docxio.own_text import NotItsFile
from app.docxio.sheets import Sheet
from app.docxio.understanding import RecognisedBy, Understood
from app.text.matching import match, rekeyed
from app.text.provision import Edition


@collection_paused()
def redlined(old: Understood, new: Understood, *, author: str, at: date, source: bytes | None = None) -> bytes:
    """Return *new* as tracked changes on *old*: down to words, cells and footnotes; reject all for *old*.

    Provisions are found again by their words: one that moved goes at its old place and comes at its new one,
    with a comment; of one that was split the better half stays where it is.

    Args:
        author: Who stands as the author of every change.
        at: The day of every change.
        source: The older file itself, read within the limits before; what did not change stays in it as it is.
            None, or where the changes cannot be written into it, which is logged: the shipped template's look.
    """
    before = Edition(old.language_guess, old.texts)
    found = rekeyed(new.texts, old.texts, match(old.texts, new.texts))
    after = Edition(old.language_guess, with_columns_of(before, found))
    sheet = Sheet(old.language_guess)
    if source is not None:
        try:
            own = open_own_file(source, before)
            return comparison_in_own_file(own, after, sheet, author, at, counted=_counted(new, after))
        except NotItsFile as error:
            error.tell()
    return comparison(before, after, sheet, author, at)


def _counted(new: Understood, after: Edition) -> frozenset[str]:
    """Return the keys of the provisions whose numbers Word counts in the newer file."""
    pairs = zip(new.provisions, after, strict=True)
    return frozenset(p.key for read, p in pairs if read.recognised_by is RecognisedBy.AUTOMATIC)

"""Two Word files of one draft compared: the newer as tracked changes on the older."""

from datetime import date

from app.docxio.comparison import comparison
from app.docxio.sheets import Sheet
from app.docxio.understanding import Understood
from app.text.matching import match, rekeyed
from app.text.provision import Edition


def redlined(old: Understood, new: Understood, *, author: str, at: date) -> bytes:
    """Return *new* as tracked changes on *old*: down to words, cells and footnotes; reject all for *old*.

    Provisions are found again by their words: one that moved goes at its old place and comes at its new one,
    with a comment; of one that was split the better half stays where it is.

    Args:
        author: Who stands as the author of every change.
        at: The day of every change.
    """
    before = Edition(old.language_guess, old.texts)
    after = Edition(old.language_guess, rekeyed(new.texts, old.texts, match(old.texts, new.texts)))
    return comparison(before, after, Sheet(old.language_guess), author, at)

"""The comparison of two versions: the newer as tracked changes on the older."""

from datetime import date

from app.docxio.compared import NEWER, compared
from app.docxio.sheets import Sheet
from app.docxio.tracked import TrackedWriter
from app.text.composition import Composition
from app.text.provision import Edition


def comparison(old: Edition, new: Edition, sheet: Sheet, author: str, at: date, template: bytes | None = None) -> bytes:
    """Return *new* as tracked changes on *old*: reject all for the old text, accept all for the new.

    Provisions are the same by their keys; whole words change. A new number is a change too.

    Args:
        sheet: The head, in the language of both.
        author: Who stands as the author of every change, never a person: "Rev.1".
        at: The day of every change.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    composition = Composition(old, (), NEWER)
    names = {NEWER[0]: author}
    writer = TrackedWriter(composition, sheet, names, at, (), template, found=tuple(compared(old, new)))
    writer.body()
    return writer.finish(legend=False)

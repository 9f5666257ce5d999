"""The working copy: a text to be edited in Word and sent back, its provisions named by bookmarks."""

from dataclasses import replace

from app.docxio.clean import clean
from app.docxio.sheets import Sheet
from app.text.provision import Edition


def working_copy(
    edition: Edition, sheet: Sheet, instruction: str, template: bytes | None = None, *, mark: str = ""
) -> bytes:
    """Return *edition* as a Word file in which Word records every change.

    Args:
        edition: The text.
        sheet: The head, in the language of the edition.
        instruction: What to do with the file, in the reader's language; it stands in the header of each page.
        mark: Name of a bookmark that says which text it is.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    header = " · ".join(line for line in (sheet.handling, instruction) if line)
    return clean(edition, replace(sheet, handling=header), template, records_changes=True, mark=mark)

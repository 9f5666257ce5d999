"""The fate of one delegation's proposals: what became of each, ready to be attached to a letter."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.ruled import Row, lines, redlined, ruled, words
from app.docxio.sheets import Sheet
from app.docxio.table_words import TABLE_WORDS
from app.text.differences import Span
from app.text.runs import Marks, Text

_WIDTHS = (10, 32, 70, 32, 68, 40)


@dataclass(frozen=True, slots=True)
class Fate:
    """One proposal and what became of it.

    Attributes:
        element: What of the text it concerned, as cited; empty: the document as a whole.
        proposal: The wording proposed, as a redline; *remark* what was asked in words.
        outcome: In the words of the body.
        result: The resulting wording of the provision.
        reason: Why.
    """

    element: str
    proposal: tuple[Span, ...]
    remark: str
    outcome: str
    result: Text
    reason: str = ""


def fate_of_proposals(fates: Iterable[Fate], sheet: Sheet, template: bytes | None = None) -> bytes:
    """Return the fate of one delegation's proposals as a Word file, in landscape.

    Args:
        sheet: The head; its title says whose proposals and on which draft.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    said = TABLE_WORDS[sheet.language]
    printer = Printer(sheet, frame(sheet, template))
    rows = [
        Row(
            (
                words(str(number)),
                words(fate.element or said.whole),
                lines(redlined(fate.proposal), words(fate.remark, int(Marks.ITALIC))),
                words(fate.outcome),
                fate.result,
                words(fate.reason),
            )
        )
        for number, fate in enumerate(fates, 1)
    ]
    if rows:
        ruled(printer, said.fate_columns, _WIDTHS, rows)
    else:
        printer.furniture("Body Text", said.no_proposals)
    return printer.finish()

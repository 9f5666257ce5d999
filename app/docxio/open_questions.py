"""The list of open questions: the one page that a minister's office reads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import east_asian_width

from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.ruled import Row, lines, redlined, ruled, words
from app.docxio.sheets import Sheet
from app.docxio.table_words import TABLE_WORDS, titled
from app.text.composition import Sponsors
from app.text.differences import Span
from app.text.runs import PARAGRAPH_BREAK, Marks, Text, plain

_WIDTHS = (9, 31, 66, 103, 48)


@dataclass(frozen=True, slots=True)
class Reading:
    """What some sides ask for: a redline, short, and words beside it; no sponsors: nobody in particular."""

    sponsors: Sponsors
    wording: tuple[Span, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is not settled of one provision.

    Attributes:
        element: What of the text it is on, as cited; empty: the document as a whole.
        substance: What the question is, in a line.
        readings: The positions of the sides, in protocol rank.
        proposal: What chair or secretariat propose, as readings; *recommendation* in words.
    """

    element: str
    substance: str
    readings: tuple[Reading, ...] = ()
    proposal: tuple[Reading, ...] = ()
    recommendation: str = ""


def open_questions(questions: Iterable[Question], sheet: Sheet, on: date, template: bytes | None = None) -> bytes:
    """Return the list of open questions as a Word file, in landscape.

    Args:
        sheet: The head; its title lines follow the list's own title.
        on: The day as at which the list is made.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    said = TABLE_WORDS[sheet.language]
    sheet = replace(sheet, title=titled((said.questions, *sheet.title), on, sheet.language))
    printer = Printer(sheet, frame(sheet, template))
    rows = [
        Row(
            (
                words(str(number)),
                words(question.element or said.whole),
                words(question.substance),
                lines(*(_said(reading, sheet) for reading in question.readings)),
                lines(*(_said(reading, sheet) for reading in question.proposal), words(question.recommendation)),
            )
        )
        for number, question in enumerate(questions, 1)
    ]
    if rows:
        ruled(printer, said.question_columns, _WIDTHS, rows)
    else:
        printer.furniture("Body Text", said.no_questions)
    return printer.finish()


def _said(reading: Reading, sheet: Sheet) -> Text:
    """Return a reading in one paragraph, its sides first; several cells or lines one after the other."""
    colon, semicolon = TABLE_WORDS[sheet.language].colon, TABLE_WORDS[sheet.language].semicolon
    sides = words(sheet.short_list(reading.sponsors) + colon, int(Marks.BOLD)) if reading.sponsors else ()
    wording = [run._replace(text=run.text.replace(PARAGRAPH_BREAK, semicolon)) for run in redlined(reading.wording)]
    space = words(_space(plain(wording), reading.remark))
    return (*sides, *wording, *space, *words(reading.remark, int(Marks.ITALIC)))


def _space(before: str, after: str) -> str:
    """Return what stands between two pieces: a text in Russian keeps its space in a Chinese table."""
    return " " if before and after and not (_is_wide(before[-1]) or _is_wide(after[0])) else ""


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in ("W", "F")

"""The concordance of numbers: what each provision was called, and what it is called now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.ruled import Row, ruled, words
from app.docxio.sheets import Sheet
from app.docxio.table_words import TABLE_WORDS
from app.text.runs import Marks

_WIDTHS = (28, 28, 109)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A provision's old and new number; None where it is not in that version. *words* are its first ones."""

    old: str | None
    new: str | None
    words: str


def concordance_table(rows: Iterable[NumberRow], sheet: Sheet, template: bytes | None = None) -> bytes:
    """Return the concordance of numbers as a Word file; a number that is another one now is bold.

    Args:
        sheet: The head; its title lines follow the table's own title.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    said = TABLE_WORDS[sheet.language]
    sheet = replace(sheet, title=(said.numbers, *sheet.title))
    printer = Printer(sheet, frame(sheet, template))
    made = [
        Row(
            (
                words(said.new if row.old is None else row.old, int(Marks.ITALIC) if row.old is None else 0),
                words(said.deleted, int(Marks.ITALIC)) if row.new is None else words(row.new, _weight(row)),
                words(row.words),
            )
        )
        for row in rows
    ]
    ruled(printer, said.number_columns, _WIDTHS, made, turned=False)
    return printer.finish()


def _weight(row: NumberRow) -> int:
    return int(Marks.BOLD) if row.old != row.new else 0

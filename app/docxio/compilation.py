"""The compilation table (сводная таблица замечаний и предложений, 意见汇总表) on turned pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from app.docxio import oxml
from app.docxio.dates import written
from app.docxio.frame import frame
from app.docxio.printing import Printer, split
from app.docxio.sheets import Sheet
from app.docxio.wording import WORDING
from app.text.composition import Sponsors
from app.text.differences import Mark, Span
from app.text.runs import Marks, Run, Text

_WIDTHS = (10, 26, 53, 28, 53, 30, 30, 22)
"""Of the columns, as parts of 252 mm."""
_MARKS = {Mark.KEPT: 0, Mark.INSERTED: int(Marks.BOLD), Mark.DELETED: oxml.STRUCK}
_ELEMENT, _BASE = 1, 2


@dataclass(frozen=True, slots=True)
class CompilationRow:
    """One proposal or remark.

    Attributes:
        element: What of the text it concerns, as cited: "пункт 4"; empty: the document as a whole.
        base: The draft's wording of that element.
        sponsors: Whose it is, in protocol rank.
        letter: Body, number and date of the letter, printed where the sponsors are first named.
        proposal: The wording proposed, as a redline of *base* or plain.
        remark: Words beside or instead of a wording: "move to section IV", a question.
        justification: Why.
        position: Of the chair or secretariat.
        outcome: What became of it, in the words of the body.
    """

    element: str
    base: Text
    sponsors: Sponsors
    letter: str = ""
    proposal: tuple[Span, ...] = ()
    remark: str = ""
    justification: str = ""
    position: str = ""
    outcome: str = ""


def compilation_table(rows: Iterable[CompilationRow], sheet: Sheet, on: date, template: bytes | None = None) -> bytes:
    """Return the compilation table as a Word file.

    Remarks on the whole come first, then the rows in the order given, which is the order of the
    text; within one element by the first sponsor's rank. Element and base are printed once over
    their rows; a redline's insertions are bold, its deletions struck.

    Args:
        sheet: The head; its title lines follow the table's own title: "к проекту …".
        on: The day as at which the table is made.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    words = WORDING[sheet.language].compilation
    title = (words.title, *sheet.title, words.on.format(day=written(on, sheet.language)))
    sheet = replace(sheet, title=title)
    printer = Printer(sheet, frame(sheet, template))
    whole = printer.frame.turned_width
    widths = [whole * part // sum(_WIDTHS) for part in _WIDTHS]
    widths[_BASE] += whole - sum(widths)
    body = [_row(printer, widths, [(Run(heading),) for heading in words.columns], heading=True)]
    body += _body(printer, widths, rows)
    printer.flow.table(oxml.table(printer.style("Table Grid"), widths, "".join(body)), turned=True)
    return printer.finish()


def _body(printer: Printer, widths: Sequence[int], rows: Iterable[CompilationRow]) -> Iterator[str]:
    named: set[Sponsors] = set()
    number = 0
    for _, group in groupby(_ordered(rows, printer.sheet), key=lambda row: (row.element, row.base)):
        members = list(group)
        for position, row in enumerate(members):
            number += 1
            merged = "" if len(members) == 1 else "continue" if position else "restart"
            yield _row(printer, widths, _cells(printer, row, number, row.sponsors not in named), merged=merged)
            named.add(row.sponsors)


def _ordered(rows: Iterable[CompilationRow], sheet: Sheet) -> list[CompilationRow]:
    """Return the rows, those on the whole first, within an element by rank; elements as they first come."""
    found = list(rows)
    places: dict[tuple[str, Text], int] = {}
    for row in found:
        places.setdefault((row.element, row.base), len(places))
    rank = {code: number for number, code in enumerate(sheet.order)}

    def place(row: CompilationRow) -> tuple[bool, int, list[int]]:
        ranks = [rank.get(code, len(rank)) for code in row.sponsors]
        return bool(row.element), places[row.element, row.base], ranks

    return sorted(found, key=place)


def _cells(printer: Printer, row: CompilationRow, number: int, first_named: bool) -> list[Text]:
    sheet = printer.sheet
    side = sheet.short_list(row.sponsors)
    if first_named and row.letter:
        side += f" ({row.letter})" if sheet.language != "zh" else f"（{row.letter}）"
    proposal = [run._replace(marks=run.marks | _MARKS[span.mark]) for span in row.proposal for run in span.text]
    remark = [Run("\n" if proposal else ""), Run(row.remark, int(Marks.ITALIC))] if row.remark else []
    return [
        (Run(str(number)),),
        (Run(row.element or printer.words.compilation.whole),),
        row.base,
        (Run(side),),
        (*proposal, *remark),
        (Run(row.justification),),
        (Run(row.position),),
        (Run(row.outcome),),
    ]


def _row(
    printer: Printer, widths: Sequence[int], cells: Sequence[Text], *, heading: bool = False, merged: str = ""
) -> str:
    """Return a row; element and base are merged over the rows of one element."""
    style = printer.style("Chapeau Cell Heading" if heading else "Chapeau Cell")
    made = []
    for column, (width, text) in enumerate(zip(widths, cells, strict=True)):
        down = merged if column in (_ELEMENT, _BASE) else ""
        lines = [()] if down == "continue" else split(text)
        xml = "".join(oxml.paragraph(style, printer.runs(line)) for line in lines)
        made.append(oxml.cell(width, xml, shaded=heading, merged=down))
    return oxml.row("".join(made), heading=heading)

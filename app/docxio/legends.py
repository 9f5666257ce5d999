"""Legends: what a paper says about its own notation, generated from what occurs in it."""

from collections.abc import Iterable, Sequence

from app.docxio import oxml
from app.docxio.authors import Authors
from app.docxio.printing import Printer
from app.text.runs import Marks, Run, Text

_STYLE = "Chapeau Legend"


def tracked(printer: Printer, authors: Authors, remarks: Sequence[tuple[str, str]]) -> None:
    """Append the legend page of a tracked file: notation, sponsors as they stand as authors, remarks on the whole.

    Every paragraph of it is in a "Chapeau" style: it is no part of the text.
    """
    words = printer.words
    printer.flow.end_text()
    printer.furniture("Chapeau Paper Title", words.legend, page=True)
    for line in words.tracked.notes:
        printer.furniture(_STYLE, line)
    rank = {code: number for number, code in enumerate(printer.sheet.order)}
    occurred = sorted(
        authors.occurred().items(),
        key=lambda one: (len(one[1]), [rank.get(code, len(rank)) for code in one[1]], one[0]),
    )
    if occurred:
        printer.furniture("Chapeau Legend Heading", words.tracked.authors)
        rows = [((words.tracked.author, words.tracked.delegations), True)]
        rows += [((name, printer.sheet.full_list(who)), False) for name, who in occurred]
        width = printer.frame.width
        grid(printer, (width * 2 // 5, width - width * 2 // 5), rows)
    if remarks:
        printer.furniture("Chapeau Legend Heading", words.tracked.general_remarks)
        for author, remark in remarks:
            printer.furniture(_STYLE, (Run(f"{author}: ", Marks.BOLD), Run(remark)))


def box(printer: Printer, content: Text) -> None:
    """Append one ruled box over the width of the page."""
    grid(printer, (printer.frame.width,), [((content,), False)])


def grid(printer: Printer, widths: Sequence[int], rows: Iterable[tuple[Sequence[str | Text], bool]]) -> None:
    """Append a ruled table of furniture; each row with whether it is a heading."""
    xml = []
    for cells, heading in rows:
        made = ""
        for width, content in zip(widths, cells, strict=True):
            text: Text = (Run(content, Marks.BOLD if heading else 0),) if isinstance(content, str) else content
            made += oxml.cell(width, oxml.paragraph(printer.style(_STYLE), printer.runs(text)), shaded=heading)
        xml.append(oxml.row(made, heading=heading))
    printer.flow.table(oxml.table(printer.style("Table Grid"), widths, "".join(xml)), turned=False)

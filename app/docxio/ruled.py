"""A ruled table over the whole width of a page: what the tables that go with a draft have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.docxio import oxml
from app.docxio.line_text import split_paragraphs
from app.docxio.printing import Printer
from app.text.differences import Mark, Span
from app.text.runs import PARAGRAPH_BREAK, Marks, Run, Text, plain

_MARKS = {Mark.KEPT: 0, Mark.INSERTED: int(Marks.BOLD), Mark.DELETED: oxml.STRUCK}


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        merged: Column to ``restart`` where a cell over several rows begins, or ``continue`` below.
        key: Of the bookmark in its first cell, by which it is found again; "" for none.
    """

    cells: tuple[Text, ...]
    merged: Mapping[int, str] = field(default_factory=dict)
    key: str = ""


def ruled(
    printer: Printer, headings: Sequence[str], parts: Sequence[int], rows: Iterable[Row], *, turned: bool = True
) -> None:
    """Append a table with a row of headings that repeats on each page.

    Args:
        parts: Widths of the columns as parts of their sum; the table fills the page.
        turned: On a landscape page of its own, or in the run of the page.
    """
    whole = printer.frame.turned_width if turned else printer.frame.width
    widths = [whole * part // sum(parts) for part in parts]
    widths[max(range(len(widths)), key=lambda i: parts[i])] += whole - sum(widths)
    body = [_row(printer, widths, Row(tuple(words(heading) for heading in headings)), heading=True)]
    body += [_row(printer, widths, row) for row in rows]
    printer.flow.table(oxml.table(printer.style("Table Grid"), widths, "".join(body)), turned=turned)


def _row(printer: Printer, widths: Sequence[int], row: Row, *, heading: bool = False) -> str:
    style = printer.style("Chapeau Cell Heading" if heading else "Chapeau Cell")
    made = []
    for column, (width, text) in enumerate(zip(widths, row.cells, strict=True)):
        down = row.merged.get(column, "")
        lines = [printer.runs(line) for line in ([()] if down == "continue" else split_paragraphs(text))]
        if column == 0 and row.key:
            lines[0] = printer.marked(row.key, lines[0])
        xml = "".join(oxml.paragraph(style, line) for line in lines)
        made.append(oxml.cell(width, xml, shaded=heading, merged=down))
    return oxml.row("".join(made), heading=heading)


def words(said: str, marks: int = 0) -> Text:
    """Return plain words as a text, "" as an empty one."""
    return (Run(said, marks),) if said else ()


def redlined(spans: Iterable[Span]) -> Text:
    """Return a redline as it prints: what is inserted bold, what is deleted struck."""
    return tuple(run._replace(marks=run.marks | _MARKS[span.mark]) for span in spans for run in span.text)


def lines(*pieces: Text) -> Text:
    """Return the pieces that hold something, each as a paragraph of its own."""
    found: list[Run] = []
    for piece in pieces:
        if plain(piece):
            found += [*([Run(PARAGRAPH_BREAK)] if found else []), *piece]
    return tuple(found)

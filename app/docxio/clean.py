"""The clean text: a draft, a version or the adopted text, in the officer's template."""

from dataclasses import replace

from app.docxio.frame import frame
from app.docxio.printing import Printer, grouped
from app.docxio.sheets import Sheet
from app.text.provision import Edition, Kind


def clean(
    edition: Edition, sheet: Sheet, template: bytes | None = None, *, records_changes: bool = False, mark: str = ""
) -> bytes:
    """Return *edition* as a Word file with *sheet* at its head.

    Labels are typed text, tables stay tables, footnotes real footnotes, and each provision
    carries its key as a bookmark. The same input gives the same bytes.

    Args:
        edition: The text.
        sheet: The head, in the language of the edition.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.
        records_changes: Whether Word records what is changed in it from then on.
        mark: Name of a bookmark that says which text it is.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    provisions = edition.provisions
    if any(p.kind is Kind.TITLE for p in provisions):
        sheet = replace(sheet, title=())
    printer = Printer(sheet, frame(sheet, template), (p for p in provisions if p.kind is Kind.FOOTNOTE))
    printer.records_changes, printer.mark = records_changes, mark
    titles_end = _after_titles(edition)
    for position, (provision, rows) in enumerate(grouped(provisions)):
        if position == titles_end:
            printer.adoption()
        if provision.kind is Kind.TABLE:
            printer.table(provision, rows)
        elif provision.kind is Kind.ROW:
            printer.loose_row(provision)
        else:
            printer.provision(provision)
    printer.loose_notes()
    return printer.finish()


def _after_titles(edition: Edition) -> int:
    """Return how many titles the text begins with."""
    count = 0
    for provision in edition:
        if provision.kind is not Kind.TITLE:
            break
        count += 1
    return count

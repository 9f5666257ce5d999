"""The signature copy (подлинник, 签署本): the text alone, its closing clause, and the block of signatures.

No mark, symbol, fingerprint, bookmark or comment. The page of the signatures always holds the end of the text:
the last lines, the closing clause and the block are one chain of paragraphs and rows kept together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TypeAlias

from app.docxio import layout, oxml
from app.docxio.frame import frame
from app.docxio.printing import Printer, grouped
from app.docxio.sheets import Sheet, Stage
from app.text.provision import Edition, Kind, Provision
from app.text.runs import plain

_LINES_KEPT = 2
_UPRIGHT_COLUMNS = 5
"""A table that ends the text stands upright up to so many columns, so that the block follows on its page."""
_RULE = "_" * 26
_SPACING = ((2, 1), (1, 1), (1, 0))
"""Blank lines above the rule and beneath the name, widest first: the first that lets the block fit is taken."""
_BODY_LINE, _HAN_BODY_LINE, _TABLE_LINE = 380, 579, 295
_BODY_CHARACTER, _HAN_BODY_CHARACTER = 145, 320
"""Height of a line and width of a character, in twips, a little generous."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One place of the block.

    Attributes:
        capacity: Lines of the preposition form: «От делегации», «Республики Беларусь».
        function: Of who signs; *name*: initials and surname. Either may be empty.
        note: Printed beneath: a special opinion is attached.
        dash: The side does not sign: a dash instead of the rule.
    """

    capacity: tuple[str, ...]
    function: str = ""
    name: str = ""
    note: str = ""
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """What follows the text.

    Attributes:
        closing: Paragraphs of the closing clause.
        signers: In the body's order.
        down: Whether the order is read down the columns; else row by row.
    """

    closing: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    down: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether anything follows the text."""
        return bool(self.closing or self.signers)


_Group: TypeAlias = tuple[Provision, tuple[Provision, ...]]


def signature_copy(edition: Edition, sheet: Sheet, signatures: Signatures, template: bytes | None = None) -> bytes:
    """Return *edition* as the Word file that is signed. The same input gives the same bytes.

    Args:
        edition: The text.
        sheet: The head, of which only the annex mark, the title and the mark of a training example are printed.
        signatures: Closing clause and block; both may be empty.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    provisions = edition.provisions
    bare = _bare(edition, sheet)
    printer = _BarePrinter(bare, frame(bare, template), (p for p in provisions if p.kind is Kind.FOOTNOTE))
    groups = list(grouped(provisions))
    chained = len(groups) - _chained(groups, printer) if signatures.is_anything else len(groups)
    place = 0
    for number, (provision, rows) in enumerate(groups):
        if number == chained:
            place = printer.flow.position()
        printer.upright = signatures.is_anything and number == len(groups) - 1 and stands_upright(provision)
        _print(printer, provision, rows)
    printer.loose_notes()
    if chained < len(groups):
        printer.flow.keep_with_next(place)
    _end(printer, signatures, _spacing(groups[chained:], signatures, printer) or _SPACING[-1])
    return printer.finish()


def shares_a_page(edition: Edition, sheet: Sheet, signatures: Signatures, template: bytes | None = None) -> bool:
    """Whether the block can stand on one page with the end of the text, as the rule of signature pages asks."""
    groups = list(grouped(edition.provisions))
    if not signatures.signers:
        return True
    if not groups or (groups[-1][1] and not stands_upright(groups[-1][0])):
        return False
    bare = _bare(edition, sheet)
    printer = _BarePrinter(bare, frame(bare, template))
    return _spacing(groups[len(groups) - _chained(groups, printer) :], signatures, printer) is not None


def stands_upright(table: Provision) -> bool:
    """Whether a table that ends the text can share its page with the signatures."""
    return len(table.columns) <= _UPRIGHT_COLUMNS


def _bare(edition: Edition, sheet: Sheet) -> Sheet:
    bare = replace(sheet, stage=Stage.ADOPTED, marks=(), adoption=(), fingerprint="", handling="")
    return replace(bare, title=()) if any(p.kind is Kind.TITLE for p in edition.provisions) else bare


class _BarePrinter(Printer):
    """Prints without bookmarks."""

    upright = False

    def marked(self, key: str, content: str) -> str:
        """Return *content* as it is."""
        return content

    def columns(self, table: Provision, rows: Sequence[Provision], *, turn: bool = True) -> layout.Columns:
        """Return the columns; of the table that ends the text on an upright page."""
        return super().columns(table, rows, turn=turn and not self.upright)


def _print(printer: Printer, provision: Provision, rows: Sequence[Provision]) -> None:
    if provision.kind is Kind.TABLE:
        printer.table(provision, rows)
    elif provision.kind is Kind.ROW:
        printer.loose_row(provision)
    else:
        printer.provision(provision)


def _chained(groups: Sequence[_Group], printer: Printer) -> int:
    """Return how many of the last paragraphs and tables surely make two lines."""
    lines = 0
    for count, (provision, rows) in enumerate(reversed(groups), start=1):
        # The estimate of a width is generous: what seems to fill a line and a half fills more than one.
        lines += 2 if rows or _width(provision, printer) > printer.frame.width * 1.5 else 1
        if lines >= _LINES_KEPT:
            return count
    return len(groups)


def _spacing(kept: Sequence[_Group], signatures: Signatures, printer: Printer) -> tuple[int, int] | None:
    """Return the widest spacing of the block with which it fits on a page after what is kept with it, if any does."""
    line = _HAN_BODY_LINE if printer.sheet.language == "zh" else _BODY_LINE
    body = sum(_lines_of(_width(p, printer), printer.frame.width) for p, rows in kept if not rows)
    body += sum(_lines_of(_body_width(words, printer), printer.frame.width) for words in signatures.closing)
    rows = sum(2 * 3 * _TABLE_LINE for _, rows in kept if rows)  # the last two rows, three lines each
    left = printer.frame.height - body * line - rows - _TABLE_LINE
    for spacing in _SPACING:
        pairs = in_columns(signatures.signers, down=signatures.down)
        if sum(max(_cell_lines(s, spacing, printer) for s in pair) for pair in pairs) * _TABLE_LINE <= left:
            return spacing
    return None


def _lines_of(width: float, whole: int) -> int:
    return max(1, ceil(width / whole))


def _width(provision: Provision, printer: Printer) -> int:
    return _body_width(provision.label + " " + plain(printer.joined(provision.parts)), printer)


def _body_width(words: str, printer: Printer) -> int:
    """Return how wide words are in the text, its first line's indent included."""
    return (5 if printer.sheet.language != "zh" else 2) * _BODY_CHARACTER + sum(
        _HAN_BODY_CHARACTER if character >= "\u2e80" else _BODY_CHARACTER for character in words
    )


def _cell_lines(signer: Signer | None, spacing: tuple[int, int], printer: Printer) -> int:
    if signer is None:
        return 0
    width = printer.frame.width // 2 - 200
    return sum(_lines_of(layout.width_of(line), width) for line in _lines(signer, spacing))


def _end(printer: Printer, signatures: Signatures, spacing: tuple[int, int]) -> None:
    style = printer.style("Body Text")
    for position, words in enumerate(signatures.closing):
        last = position == len(signatures.closing) - 1 and not signatures.signers
        printer.flow.add(oxml.paragraph(style, oxml.run(words), keep=not last))
    if not signatures.signers:
        return
    width = printer.frame.width // 2
    pairs = list(in_columns(signatures.signers, down=signatures.down))
    rows = []
    for number, pair in enumerate(pairs):
        cells = (_cell(printer, signer, width, spacing, keep=number < len(pairs) - 1) for signer in pair)
        rows.append(oxml.row("".join(cells)))
    # A line of space that stays with both sides of it.
    printer.flow.add(oxml.paragraph(printer.style("Table Text"), "", keep=True))
    printer.flow.table(oxml.table(printer.style("Normal Table"), (width, width), "".join(rows)), turned=False)


def in_columns(signers: Sequence[Signer], *, down: bool) -> Iterator[tuple[Signer | None, Signer | None]]:
    """Yield the rows of the block: the order read row by row, or *down* the left column and then the right one."""
    half = (len(signers) + 1) // 2
    left: Iterable[Signer] = signers[:half] if down else signers[::2]
    right: list[Signer | None] = [*(signers[half:] if down else signers[1::2])]
    for position, signer in enumerate(left):
        yield signer, right[position] if position < len(right) else None


def _cell(printer: Printer, signer: Signer | None, width: int, spacing: tuple[int, int], *, keep: bool) -> str:
    style = printer.style("Table Text")
    lines = () if signer is None else _lines(signer, spacing)
    paragraphs = "".join(oxml.paragraph(style, oxml.run(line), keep=keep) for line in lines or ("",))
    return oxml.cell(width, paragraphs)


def _lines(signer: Signer, spacing: tuple[int, int]) -> tuple[str, ...]:
    above, beneath = spacing
    rule = "–" if signer.dash else _RULE
    said = (line for line in (signer.function, signer.name, signer.note) if line)
    return (*signer.capacity, *("",) * above, rule, *said, *("",) * beneath)

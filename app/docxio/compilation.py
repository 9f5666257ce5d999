"""The compilation table of comments and proposals on turned pages, in the layouts the field uses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TypeAlias

from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.ruled import Row, lines, redlined, ruled, words
from app.docxio.sheets import Sheet
from app.docxio.table_words import TABLE_WORDS, Layout, TableWords, titled
from app.negotiation.vocabulary import Category
from app.text.composition import Sponsors
from app.text.differences import Span
from app.text.runs import Marks, Run, Text

_WIDTHS = {
    Layout.SVODNAYA: (10, 27, 46, 25, 48, 37, 30, 29),
    Layout.COLUMNS: (72, 108, 72),
    Layout.ISO: (24, 36, 30, 20, 48, 52, 42),
    Layout.IPPC: (28, 24, 54, 66, 42, 38),
}
"""Of the columns, as parts of 252 mm; so that no long word of a reason, an outcome or a heading is broken."""
_TYPES = {
    Category.GENERAL: "ge",
    Category.SUBSTANTIVE: "te",
    Category.TECHNICAL: "te",
    Category.EDITORIAL: "ed",
    Category.TRANSLATION: "ed",
}
"""Kinds of comment as ISO abbreviates them. Source: ISO/IEC Directives, commenting template."""


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
        section: The section that the element stands in, as cited; only ISO's table has a column for it.
        category: What kind of comment it is, where that is known.
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
    section: str = ""
    category: Category | None = None


_Group: TypeAlias = list[CompilationRow]
"""The rows of one element, in order."""


def compilation_table(
    rows: Iterable[CompilationRow],
    sheet: Sheet,
    on: date,
    *,
    layout: Layout = Layout.SVODNAYA,
    template: bytes | None = None,
) -> bytes:
    """Return the compilation table as a Word file.

    Remarks on the whole come first, then the rows in the order given, which is the order of the
    text; within one element by the first sponsor's rank. What an element is and its base are
    printed once over its rows; a redline's insertions are bold, its deletions struck.

    Args:
        sheet: The head; its title lines follow the table's own title: "к проекту …".
        on: The day as at which the table is made.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    said = TABLE_WORDS[sheet.language]
    sheet = replace(sheet, title=titled((said.titles[layout], *sheet.title), on, sheet.language))
    printer = Printer(sheet, frame(sheet, template))
    found = groupby(_ordered(rows, sheet), key=lambda row: (row.element, row.base))
    made = _Layouts(sheet, said).rows(layout, [list(group) for _, group in found])
    ruled(printer, said.columns[layout], _WIDTHS[layout], made)
    return printer.finish()


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


class _Layouts:
    """What stands in the cells of each layout."""

    def __init__(self, sheet: Sheet, said: TableWords) -> None:
        self.sheet, self.said = sheet, said
        self.named: set[Sponsors] = set()
        self.number = 0

    def rows(self, layout: Layout, groups: Iterable[_Group]) -> Iterator[Row]:
        """Yield the rows of the table."""
        for group in groups:
            if layout is Layout.COLUMNS:
                yield self.of_room(group)
                continue
            cells, shared = {
                Layout.SVODNAYA: (self.svodnaya, (1, 2)),
                Layout.ISO: (self.iso, (1, 2)),
                Layout.IPPC: (self.ippc, (0,)),
            }[layout]
            for position, row in enumerate(group):
                merged = "" if len(group) == 1 else "continue" if position else "restart"
                yield Row(cells(row), dict.fromkeys(shared, merged))

    def svodnaya(self, row: CompilationRow) -> tuple[Text, ...]:
        self.number += 1
        return (
            words(str(self.number)),
            words(self.element(row)),
            row.base,
            words(self.side(row)),
            self.asked(row),
            words(row.justification),
            words(row.position),
            words(row.outcome),
        )

    def of_room(self, group: _Group) -> Row:
        """Return an element with every wording of it, identical ones once, and room for the agreed one."""
        asked: dict[Text, list[str]] = {}
        for row in group:
            asked.setdefault(self.asked(row), []).extend(row.sponsors)
        readings = [
            (*words(self.sheet.short_list(sponsors) + self.said.colon, int(Marks.BOLD)), *reading)
            for reading, sponsors in asked.items()
        ]
        element = words(self.element(group[0]), int(Marks.BOLD))
        return Row((lines(element, group[0].base), lines(*readings), ()))

    def iso(self, row: CompilationRow) -> tuple[Text, ...]:
        worded = bool(row.proposal)
        return (
            words(self.side(row)),
            words(row.section or ("" if row.element else self.said.whole)),
            words(row.element),
            words(_TYPES[row.category] if row.category else "" if row.element else "ge"),
            lines(() if worded else words(row.remark), words(row.justification)),
            self.asked(row) if worded else (),
            lines(words(row.position), words(row.outcome)),
        )

    def ippc(self, row: CompilationRow) -> tuple[Text, ...]:
        worded = bool(row.proposal)
        return (
            words(self.element(row)),
            words(self.said.categories[row.category] if row.category else ""),
            lines(words(self.side(row), int(Marks.BOLD)), () if worded else words(row.remark)),
            self.asked(row) if worded else (),
            words(row.justification),
            lines(words(row.position), words(row.outcome)),
        )

    def element(self, row: CompilationRow) -> str:
        return row.element or self.said.whole

    def side(self, row: CompilationRow) -> str:
        """Return whose a row is, with the letter where the side is first named."""
        side = self.sheet.short_list(row.sponsors)
        if row.letter and row.sponsors not in self.named:
            side = self.said.side.format(side=side, letter=row.letter)
        self.named.add(row.sponsors)
        return side

    def asked(self, row: CompilationRow) -> Text:
        """Return the wording, and in italics what is asked in words."""
        proposal = redlined(row.proposal)
        remark = (Run("\n" if proposal else ""), Run(row.remark, int(Marks.ITALIC))) if row.remark else ()
        return (*proposal, *remark)

"""The table of wishes: what a ministry fills in, a row for each provision, its number and wording filled in already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.docxio import oxml
from app.docxio.frame import frame
from app.docxio.layout import is_number, spans_columns
from app.docxio.printing import Printer
from app.docxio.ruled import Row, ruled, words
from app.docxio.sheets import Sheet
from app.text.provision import STATES, TEXT, Edition, Kind, Provision, States
from app.text.runs import Run, Text, plain

_WIDTHS = (34, 82, 84, 48)
WHOLE = "0whole"
"""Name of the row for remarks on the whole; no key begins with a figure."""


@dataclass(frozen=True, slots=True)
class TableSaid:
    """The fixed words of a table of wishes in one language.

    Attributes:
        columns: Provision, text of the draft, proposed wording, reason.
        hint: What to do, above the table.
    """

    title: str
    columns: tuple[str, str, str, str]
    hint: str
    whole: str
    remarks: str
    colon: str = ": "


SAID: Mapping[str, TableSaid] = {
    "ru": TableSaid(
        "ТАБЛИЦА ПРЕДЛОЖЕНИЙ И ЗАМЕЧАНИЙ",
        ("Структурный элемент (пункт)", "Редакция проекта", "Предлагаемая редакция", "Обоснование"),
        "Заполняются только две последние графы. В графе «Предлагаемая редакция» положение пишется целиком так, как "
        "его следует читать; «исключить» – чтобы исключить его. Новое положение – в новой строке под тем, после "
        "которого оно должно стоять. Пустая графа: предложений нет.",
        "Документ в целом",
        "общие замечания",
    ),
    "zh": TableSaid(
        "意见和建议表",
        ("条款", "草案原文", "建议案文", "理由"),
        "只需填写后两栏。“建议案文”栏请完整写出该条款应有的表述；如要删去，请写“删去”。"
        "新增条款请在其前一条款下方另起一行填写。留空表示无意见。",
        "整个文件",
        "一般性意见",
        "：",
    ),
    "en": TableSaid(
        "TABLE OF PROPOSALS AND COMMENTS",
        ("Provision", "Text of the draft", "Proposed wording", "Reason"),
        "Fill in the last two columns only. Under “Proposed wording” write the provision in full as it should read; "
        "“delete” to delete it. A new provision goes in a new row below the one that it should follow. "
        "An empty cell: no proposal.",
        "The document as a whole",
        "general remarks",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table.

    Attributes:
        name: By which it is found again in a file that comes back.
        key: The provision; "" for the whole.
        part: The part of the provision that it holds: a cell of a measure; else its words.
        element: What it is called; of a cell with its column.
        called: What the provision is called.
        text: Its present wording, as it is printed.
    """

    name: str
    key: str
    part: str
    element: str
    called: str
    text: Text


def wish_lines(edition: Edition, elements: Mapping[str, str], sheet: Sheet) -> tuple[Line, ...]:
    """Return the rows of a text: the whole, then each provision that can be proposed on; of a measure each cell.

    Args:
        elements: Key to what a provision is called.
        sheet: The names of states in the language of the text.
    """
    by_key = edition.by_key()
    whole = Line(WHOLE, "", TEXT, SAID[sheet.language].whole, "", words(SAID[sheet.language].remarks, 2))
    return (whole, *(line for p in edition for line in _lines(p, by_key, elements, sheet)))


def _lines(p: Provision, by_key: Mapping[str, Provision], elements: Mapping[str, str], sheet: Sheet) -> Iterator[Line]:
    table = by_key.get(p.parent or "")
    if p.kind is Kind.ROW and table is not None and not spans_columns(p):
        for number, (column, heading) in enumerate(_headed(table, p)):
            name = f"{p.key}__{number}" if number else p.key
            called = elements.get(p.key, p.label)
            element = f"{called}{SAID[sheet.language].colon}{heading}" if heading else called
            yield Line(name, p.key, column, element, called, _printed(p, column, sheet))
    elif p.kind is not Kind.FIXED and (p.text or p.parts.get(STATES)):
        called = elements.get(p.key, p.label)
        yield Line(p.key, p.key, TEXT, called, called, _printed(p, TEXT, sheet))


def _headed(table: Provision, row: Provision) -> Iterator[tuple[str, str]]:
    """Yield the columns in which a row may say something, with their headings; its number is not one of them."""
    for column in table.columns:
        content = table.parts.get(column, ())
        heading = "" if isinstance(content, States) else " ".join(plain(content).split())
        if (heading or row.parts.get(column)) and not is_number(column, heading):
            yield column, heading


def _printed(p: Provision, part: str, sheet: Sheet) -> Text:
    """Return a part as words; references to footnotes are left out, the states that join a paragraph are not."""
    content = p.parts.get(part, ())
    if isinstance(content, States):
        return words(sheet.short_list(content.members))
    found = tuple(run for run in content if run.note is None)
    joined = p.parts.get(STATES)
    if part == TEXT and isinstance(joined, States) and joined.members:
        space = "" if sheet.language == "zh" or not found else " "
        return (Run(sheet.joined_list(joined.members) + space), *found)
    return found


def wish_table(edition: Edition, elements: Mapping[str, str], sheet: Sheet, template: bytes | None = None) -> bytes:
    """Return the empty table of a text as a Word file, in landscape.

    Args:
        elements: Key to what a provision is called.
        sheet: The head, in the language of the text.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    said = SAID[sheet.language]
    sheet = replace(sheet, title=(said.title, *sheet.title))
    printer = Printer(sheet, frame(sheet, template))
    hint = oxml.paragraph(printer.style("Chapeau Counts"), oxml.run(said.hint))
    printer.flow.add(hint, heading=True)
    rows = [
        Row((words(line.element), line.text, (), ()), key=line.name) for line in wish_lines(edition, elements, sheet)
    ]
    ruled(printer, said.columns, _WIDTHS, rows)
    return printer.finish()

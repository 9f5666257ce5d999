"""The sample's drafts as Word files, laid out as a ministry would send them.

Each language numbers in another way, so that a reader of Word files meets them all: the Russian text by automatic
lists, the Chinese by hand (一、, 1., （一）), the English in a mixture. ``python -m app.sample.word_files`` writes the
files that stand in ``files/``; the same content gives the same bytes.
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from app.sample import word_parts
from app.sample.draft import COLUMNS, DOCUMENTS, Content, Line, label, note_pieces, read
from app.sample.states import LANGUAGES, TRAINING_MARK, cell, joined
from app.text.provision import STATES, TEXT, Kind
from app.text.runs import LINE_BREAK

FOLDER = Path(__file__).parent / "files"
WRITTEN_AT = datetime(2025, 4, 9, 1, 0)  # noqa: DTZ001  (python-docx wants UTC without a zone)
COLUMN_WIDTHS_MM = (15, 137, 40, 60)
"""Form A of a table of measures on A4 landscape."""

_HEAD_MARKS = {
    "ru": ("Проект", "редакция от 9 апреля 2025\u00a0г."),
    "zh": ("草案", "2025年4月9日文本"),
    "en": ("DRAFT", "version of 9 April 2025"),
}
_LIST_LEVELS = {"ru": {Kind.PARAGRAPH: 0, Kind.ITEM: 1}, "zh": {}, "en": {Kind.ITEM: 0}}
"""Which kinds the language's automatic lists number, and on which of their levels."""


def file_name(document: str, language: str) -> str:
    """Return the name of the Word file of a draft in one language: ``action-plan.ru.docx``."""
    return f"{DOCUMENTS[document].replace('_', '-')}.{language}.docx"


def build(document: str, language: str) -> bytes:
    """Return the Word file of the draft *document* in *language*; the same bytes each time."""
    lines = read(document, language)
    notes = [line for line in lines if line.kind is Kind.FOOTNOTE]
    word = Document()
    word_parts.clean_package(word)
    word_parts.set_styles(word, language)
    word_parts.set_numbering(word, language)
    word_parts.add_footnotes(word, [str(note.parts[TEXT]) for note in notes])
    _describe(word, str(lines[0].parts[TEXT]), language)
    _head(word.sections[0], language)
    _Writer(word, language).write(line for line in lines if line.kind is not Kind.FOOTNOTE)
    return _packed(word)


class _Writer:
    """Writes provisions into a Word document, in reading order."""

    def __init__(self, word: WordDocument, language: str) -> None:
        self._word = word
        self._language = language
        self._table: Table | None = None
        self._list_id = word_parts.LIST_ID

    def write(self, lines: Iterator[Line]) -> None:
        for line in lines:
            if line.kind is Kind.TABLE:
                self._table = self._start_table(line)
            elif line.kind is Kind.ROW:
                self._row(line)
            else:
                self._paragraph(line)

    def _paragraph(self, line: Line) -> None:
        style = {Kind.TITLE: "Title", Kind.HEADING: "Heading 1"}.get(line.kind, "Body Text")
        if line.address == "annex":
            _landscape(self._word)
        paragraph = self._word.add_paragraph(style=style)
        if line.address == "annex" and self._language == "en":
            word_parts.number(paragraph, list_id=0, level=0)
        if line.kind is Kind.ITEM and line.address.endswith("/а"):
            self._list_id = word_parts.restarted(self._word, self._language)
        self._label(paragraph, line)
        if STATES in line.parts:
            gap = "" if self._language == "zh" else " "
            paragraph.add_run(joined(line.parts[STATES], self._language) + gap)
        _words(paragraph, str(line.parts[TEXT]))

    def _label(self, paragraph: Paragraph, line: Line) -> None:
        """Number the paragraph: by a list where the language has one for its kind, else by hand."""
        typed = label(line.address, self._language)
        level = _LIST_LEVELS[self._language].get(line.kind)
        if not typed or (line.kind is Kind.HEADING and self._language == "en"):
            return
        if level is not None:
            word_parts.number(paragraph, self._list_id, level)
        elif line.kind is Kind.HEADING or self._language == "zh":
            close_up = typed[-1] in "、）"
            paragraph.add_run(typed if close_up else typed + " ")
        else:
            paragraph.add_run(typed + "\t")

    def _start_table(self, line: Line) -> Table:
        table: Table = self._word.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
        table.autofit = False
        word_parts.repeat_as_heading(table.rows[0])
        for name, box in zip(COLUMNS, table.rows[0].cells, strict=True):
            _fill(box, str(line.parts[name]), centred=True, bold=True)
        _set_widths(table)
        return table

    def _row(self, line: Line) -> None:
        if self._table is None:
            raise ValueError(f"{line.address} stands before its table")
        row = self._table.add_row()  # type: ignore[no-untyped-call]
        word_parts.keep_whole(row)
        _set_widths(self._table)
        if TEXT in line.parts:
            number = label(line.address, self._language)
            gap = "" if self._language == "zh" else " "
            _fill(row.cells[0].merge(row.cells[-1]), f"{number}{gap}{line.parts[TEXT]}", centred=True, bold=True)
            return
        for name, box in zip(COLUMNS, row.cells, strict=True):
            _fill(box, self._cell(line.parts[name]), centred=name in ("no", "time"))

    def _cell(self, content: Content) -> str:
        return content if isinstance(content, str) else cell(content, self._language)


def _words(paragraph: Paragraph, written: str) -> None:
    """Append words, with their line breaks and references to notes."""
    for piece, is_note in note_pieces(written):
        if is_note:
            word_parts.refer_to_note(paragraph, int(piece))
            continue
        for index, line in enumerate(piece.split(LINE_BREAK)):
            if index:
                paragraph.add_run().add_break()
            if line:
                paragraph.add_run(line)


def _fill(box: _Cell, words: str, *, centred: bool = False, bold: bool = False) -> None:
    paragraph = box.paragraphs[0]
    paragraph.style = "Table Text"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(words).bold = True if bold else None


def _set_widths(table: Table) -> None:
    for column, width_mm in zip(table.columns, COLUMN_WIDTHS_MM, strict=True):
        column.width = Mm(width_mm)
    for box, width_mm in zip(table.rows[-1].cells, COLUMN_WIDTHS_MM, strict=True):
        box.width = Mm(width_mm)


def _head(section: Section, language: str) -> None:
    """Set up the first section: page, training mark in every header, the draft's mark on the first page."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    first, others = section.first_page_header, section.header
    first.paragraphs[0].add_run(TRAINING_MARK[language]).italic = True
    for mark in _HEAD_MARKS[language]:
        paragraph = first.add_paragraph(mark)
        paragraph.paragraph_format.space_after = Pt(0)
        at_left = language == "zh"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if at_left else WD_ALIGN_PARAGRAPH.RIGHT
    others.paragraphs[0].add_run(TRAINING_MARK[language]).italic = True
    if language == "zh":
        word_parts.add_page_number(section.footer.paragraphs[0], "— ", " —")
    else:
        word_parts.add_page_number(others.add_paragraph(), "", "")


def _landscape(word: WordDocument) -> None:
    """Start the section of the table of measures."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = False


def _describe(word: WordDocument, title: str, language: str) -> None:
    """Write the file's properties: its title and that it is an example; no person's name."""
    properties = word.core_properties
    properties.title = title.replace(LINE_BREAK, " ")
    properties.comments = TRAINING_MARK[language]
    properties.author = properties.last_modified_by = properties.keywords = properties.subject = ""
    properties.language = language
    properties.created = properties.modified = WRITTEN_AT
    properties.revision = 1


def _packed(word: WordDocument) -> bytes:
    """Return the package with its members in a fixed order and without the time of writing."""
    raw, packed = BytesIO(), BytesIO()
    word.save(raw)
    with ZipFile(raw) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr, member.compress_type = 3, 0, ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()


def write_files() -> None:
    """Write the Word file of each draft in each language into ``files/``."""
    FOLDER.mkdir(exist_ok=True)
    for document in DOCUMENTS:
        for language in LANGUAGES:
            (FOLDER / file_name(document, language)).write_bytes(build(document, language))


if __name__ == "__main__":
    write_files()

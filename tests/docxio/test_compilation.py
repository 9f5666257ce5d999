"""The compilation table as a Word file."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from app.docxio.compilation import CompilationRow, compilation_table
from app.docxio.frame import frame
from app.docxio.table_words import TABLE_WORDS, Layout
from app.negotiation.vocabulary import Category
from app.text.differences import redline
from app.text.runs import text
from tests.docx_lint import W, problems, schema_problems
from tests.docxio.papers import sheet

DAY = date(2025, 4, 25)
LANGUAGES = ("ru", "zh", "en")
LETTER = "исх. № 14-05 от 20 апреля 2025 г."
BASE = text("Стороны создают общий каталог.")
ROWS = (
    CompilationRow("пункт 4", BASE, ("RU",), "", redline(BASE, text("Стороны формируют общий каталог."))),
    CompilationRow(
        "пункт 4",
        BASE,
        ("BY", "IR"),
        LETTER,
        (),
        "изложить короче",
        "Ясность",
        "",
        "Учтено",
    ),
    CompilationRow("пункт 7", text("R&D <1>"), ("BY", "IR"), LETTER),
    CompilationRow("", (), ("UZ",), remark="Проект согласован без замечаний."),
)


def cells_of(data):
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return [["".join(cell.itertext(f"{W}t")) for cell in row.iter(f"{W}tc")] for row in document.iter(f"{W}tr")]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_compilation_table_passes_the_lint(language, layout):
    assert problems(compilation_table(ROWS, sheet(language), DAY, layout=layout)) == []


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_compilation_table_follows_the_schema(language, layout):
    found = schema_problems(compilation_table(ROWS, sheet(language), DAY, layout=layout))

    if found is None:
        pytest.skip("the ISO/IEC 29500 schemas are absent (CHAPEAU_OOXML_XSD)")
    assert found == []


def test_remarks_on_the_whole_come_first():
    cells = cells_of(compilation_table(ROWS, sheet("ru"), DAY))

    assert cells[1][:4] == ["1", "Документ в целом", "", "Узбекистан"]


def test_within_an_element_the_sides_stand_in_the_bodys_order():
    cells = cells_of(compilation_table(ROWS, sheet("ru"), DAY))

    assert [row[3].split(" (")[0] for row in cells[2:4]] == ["Беларусь, Иран", "Россия"]


def test_a_letter_is_named_where_its_side_first_speaks():
    cells = cells_of(compilation_table(ROWS, sheet("ru"), DAY))

    assert [row[3] for row in cells if "Беларусь" in row[3]] == [
        "Беларусь, Иран (исх. № 14-05 от 20 апреля 2025 г.)",
        "Беларусь, Иран",
    ]


def test_the_base_is_printed_once_over_the_rows_of_one_element():
    cells = cells_of(compilation_table(ROWS, sheet("ru"), DAY))

    assert [row[2] for row in cells[2:4]] == ["Стороны создают общий каталог.", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_has_as_many_headings_as_columns(language):
    for layout in Layout:
        cells = cells_of(compilation_table(ROWS, sheet(language), DAY, layout=layout))

        assert cells[0] == list(TABLE_WORDS[language].columns[layout])
        assert {len(row) for row in cells} == {len(cells[0])}


def test_the_table_for_the_room_has_a_row_an_element_and_leaves_the_agreed_wording_empty():
    again = CompilationRow("пункт 4", BASE, ("KZ",), "", redline(BASE, text("Стороны формируют общий каталог.")))

    cells = cells_of(compilation_table((*ROWS, again), sheet("ru"), DAY, layout=Layout.COLUMNS))

    assert cells[2] == [
        "пункт 4Стороны создают общий каталог.",
        "Беларусь, Иран: изложить корочеКазахстан, Россия: Стороны создаютформируют общий каталог.",
        "",
    ]
    assert [row[2] for row in cells[1:]] == [""] * 3


@pytest.mark.parametrize(
    ("category", "code"), [(Category.GENERAL, "ge"), (Category.SUBSTANTIVE, "te"), (Category.TRANSLATION, "ed")]
)
def test_the_table_of_iso_abbreviates_the_kind_of_comment(category, code):
    row = CompilationRow("пункт 4", BASE, ("RU",), remark="Уточнить.", section="раздел I", category=category)

    (cells,) = cells_of(compilation_table((row,), sheet("ru"), DAY, layout=Layout.ISO))[1:]

    assert cells == ["Россия", "раздел I", "пункт 4", code, "Уточнить.", "", ""]


def test_the_table_of_the_ippc_keeps_the_comment_apart_from_the_proposed_text():
    row = CompilationRow(
        "para 4", BASE, ("RU",), "", redline(BASE, text("Стороны.")), "", "Clear", "Agree", "Accepted", "", None
    )
    row = replace(row, category=Category.EDITORIAL)

    (cells,) = cells_of(compilation_table((row,), sheet("en"), DAY, layout=Layout.IPPC))[1:]

    assert cells == ["para 4", "Editorial", "Russia", "Стороны создают общий каталог.", "Clear", "AgreeAccepted"]


@pytest.mark.parametrize("layout", Layout)
def test_the_columns_fill_a_turned_page(layout):
    data = compilation_table(ROWS, sheet("ru"), DAY, layout=layout)
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))

    (section,) = document.iter(f"{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    widths = [int(column.get(f"{W}w")) for column in document.iter(f"{W}gridCol")]

    assert size.get(f"{W}orient") == "landscape"
    assert sum(widths) == int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))


def test_the_same_rows_give_the_same_bytes():
    assert compilation_table(ROWS, sheet("zh"), DAY) == compilation_table(ROWS, sheet("zh"), DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marks_of_a_turned_page_stand_as_far_from_the_right_as_those_of_an_upright_one(language):
    marked = replace(sheet(language), marks=("Проект",))
    data = compilation_table(ROWS, marked, DAY)
    package = zipfile.ZipFile(io.BytesIO(data))
    document, styles = (etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "styles"))
    upright = frame(marked, None)
    (mark,) = [p for p in document.iter(f"{W}p") if "".join(p.itertext(f"{W}t")) == "Проект"]

    usual = styles.find(f"{W}style[@{W}styleId='ChapeauMark']/{W}pPr/{W}ind").get(f"{W}left")
    moved = mark.find(f"{W}pPr/{W}ind")
    wanted = int(usual) + upright.turned_width - upright.width if int(usual) else 0
    assert (0 if moved is None else int(moved.get(f"{W}left"))) == wanted
    assert wanted or language == "zh"

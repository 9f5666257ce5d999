"""Cells that come into the rows of a draft's own file: each in its column, gone again when all is rejected."""

import io
import zipfile

import pytest

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.matching import match, rekeyed
from app.text.provision import Edition
from tests.docx_lint import problems, schema_problems
from tests.docxio.handmade import cell, p, row
from tests.docxio.test_own_rows import BARE, COURSE, NET, file, rows, table_in, tracked


def over(words, columns):
    return cell(words, f'<w:tcW w:w="6000" w:type="dxa"/><w:gridSpan w:val="{columns}"/>')


BUILD = row("Обзор", "2028", "Свод")
CASES = {
    "at the end of a short row": row("Обзор", "2028"),
    "two at the end of a short row": row("Обзор"),
    "beside one over two columns": row("Обзор", over("2028", 2)),
    "in the middle beside one over two columns": row(over("Обзор", 2), "Свод"),
}
PAIRS = [(file(BARE, COURSE, short, NET), file(BARE, COURSE, BUILD, NET)) for short in CASES.values()]
cells_that_come = pytest.mark.parametrize(("before", "after"), PAIRS, ids=CASES)
TWO_LINES = row("Обзор", "2028", cell(p("Свод") + p("Отчёт")))


@cells_that_come
def test_a_cell_comes_into_a_row_of_the_own_file(before, after):
    data = tracked(before, Иран=after)

    assert rows(read_revised(data).before) == rows(read_draft(before))
    assert rows(read_revised(data).after) == rows(read_draft(after))
    assert "cellIns" in document(data)
    assert problems(data) == []
    assert schema_problems(data) in ([], None)


@cells_that_come
def test_the_later_text_with_its_cells_goes_out_in_the_same_file(before, after):
    edition, read = Edition("ru", read_draft(before).texts), read_draft(after)
    later = Edition("ru", rekeyed(read.texts, edition.provisions, match(edition.provisions, read.texts)))

    data = clean_in_own_file(open_own_file(before, edition), later, Sheet("ru"))

    assert rows(read_draft(data)) == rows(read)
    assert problems(data) == []


def test_each_delegations_words_stand_in_the_cell_that_comes(libreoffice):
    before, after = PAIRS[0]
    data = tracked(before, Иран=after, Китай=file(BARE, COURSE, TWO_LINES, NET))

    assert problems(data) == []
    assert table_in(libreoffice.rejected(data)) == table_in(libreoffice.rejected(before))
    assert table_in(libreoffice.wished(data, "Иран")) == table_in(libreoffice.rejected(after))
    assert ["Обзор", "2028", "Свод\nОтчёт"] in table_in(libreoffice.wished(data, "Китай"))


TWO = [row("Мера", "Срок"), row("Наука", "2026"), row(over("Прочее", 2)), row("Связь", "2027")]
THREE = [BARE, COURSE, row(over("Прочее", 3)), NET]
COLUMNS = {
    "with words in each row": (file(TWO[0], TWO[1], TWO[3]), file(BARE, COURSE, NET)),
    "beside a row over all": (file(*TWO), file(*THREE)),
    "with a row that comes": (file(TWO[0], TWO[1], TWO[3]), file(BARE, COURSE, BUILD, NET)),
    "with a row over all that comes": (file(TWO[0], TWO[1], TWO[3]), file(*THREE)),
    "with words in one row": (file(TWO[0], TWO[1], TWO[3]), file(BARE, COURSE, row("Связь", "2027", ""))),
}
columns_that_come = pytest.mark.parametrize(("before", "after"), COLUMNS.values(), ids=COLUMNS)


@columns_that_come
def test_a_column_comes_into_a_table_of_the_own_file(before, after):
    data = tracked(before, Иран=after)

    assert rows(read_revised(data).before) == rows(read_draft(before))
    assert rows(read_revised(data).after) == rows(read_draft(after))
    assert problems(data) == []
    assert schema_problems(data) in ([], None)


@columns_that_come
def test_the_later_text_with_its_columns_goes_out_in_the_same_file(before, after):
    edition, read = Edition("ru", read_draft(before).texts), read_draft(after)
    later = Edition("ru", rekeyed(read.texts, edition.provisions, match(edition.provisions, read.texts)))

    data = clean_in_own_file(open_own_file(before, edition), later, Sheet("ru"))

    assert rows(read_draft(data)) == rows(read)
    assert problems(data) == []
    assert schema_problems(data) in ([], None)


def test_libreoffice_sees_a_column_come(libreoffice):
    before, after = COLUMNS["beside a row over all"]
    data = tracked(before, Иран=after)

    assert table_in(libreoffice.rejected(data)) == table_in(libreoffice.rejected(before))
    assert table_in(libreoffice.wished(data, "Иран")) == table_in(libreoffice.rejected(after))


def document(data):
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()

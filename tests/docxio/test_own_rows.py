"""Rows and tables that are new in a draft's own file: sound, whatever stands in their cells."""

from datetime import date

import pytest

from app.docxio.consolidating import consolidate, consolidated
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file, comparison_in_own_file, tracked_in_own_file
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.matching import match, rekeyed
from app.text.provision import Edition, Kind
from app.text.runs import plain
from tests.docx_lint import problems, schema_problems
from tests.docxio.handmade import cell, docx, p, row, run
from tests.docxio.phenomena import gone, grid, mark
from tests.docxio.shown import seen

TWO_LINES = row("Связь", cell(p("Сеть") + p("Узел")))
BASE = docx(p("Первый.") + grid(row("Обмен", "Обзор"), row("Наука", "Курс")) + p("Конец."))


@pytest.mark.parametrize(
    "returned",
    [
        docx(p("Первый.") + grid(row("Обмен", "Обзор"), TWO_LINES, row("Наука", "Курс")) + p("Конец.")),
        docx(
            p("Первый.") + grid(row("Обмен", "Обзор"), row("Наука", "Курс")) + p("Ещё.") + grid(TWO_LINES) + p("Конец.")
        ),
    ],
)
def test_each_paragraph_of_a_new_cell_has_a_mark_of_its_own(returned):
    draft = consolidated(BASE, {"Иран": returned}, at=date(2025, 4, 25))

    assert problems(draft) == []


def wide(number, measure):
    """Return a row of three cells, each over a width of its own."""
    widths = ("700", "6000", "2300")
    cells = (
        cell(p(words, f'<w:jc w:val="{side}"/>'), f'<w:tcW w:w="{width}" w:type="dxa"/>')
        for words, side, width in zip((number, measure, "2026"), ("center", "left", "right"), widths, strict=True)
    )
    return row(*cells)


def over_all(words):
    return row(cell(p(words), '<w:gridSpan w:val="3"/>'))


def file(*rows):
    return docx(p("Первый.") + grid(*rows, columns=3) + p("Конец."))


HEAD = row(*(cell(p(run(words, "<w:b/>"))) for words in ("№", "Мера", "Срок")))
ONE, TWO, SECTION, LAST = wide("1", "Обмен"), wide("2", "Связь"), over_all("Связь и наука"), over_all("Прочее")
BARE, COURSE, NET = row("Мера", "Срок", "Итог"), row("Наука", "2026", "Курс"), row("Связь", "2027", "Сеть")
CASES = {
    "over all columns where there is none": (file(HEAD, ONE, TWO), file(HEAD, ONE, SECTION, TWO)),
    "over all columns at the beginning": (file(HEAD, ONE, TWO), file(HEAD, SECTION, ONE, TWO)),
    "over all columns where nothing is a heading": (file(ONE, TWO), file(ONE, SECTION, TWO)),
    "of cells among rows over all columns": (file(HEAD, SECTION, LAST), file(HEAD, SECTION, ONE, LAST)),
    "over all columns in the place of one of cells": (file(BARE, COURSE, NET), file(BARE, SECTION, NET)),
    "of cells in the place of one over all columns": (file(BARE, SECTION, NET), file(BARE, COURSE, NET)),
}
rows_that_come = pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)


def tracked(before, **returned):
    edition = Edition("ru", read_draft(before).texts)
    found = consolidate(edition, {name: read_revised(data) for name, data in returned.items()})
    names = {name: name for name in returned}
    return tracked_in_own_file(
        open_own_file(before, edition), found.composition, Sheet("ru"), names, date(2025, 4, 25), found.comments
    )


def rows(view):
    return [
        (one.label, {name: plain(content) for name, content in one.parts.items()})
        for one in view.texts
        if one.kind is Kind.ROW and not plain(next(iter(one.parts.values()), ())).startswith(("Автор", "Иран"))
    ]


@rows_that_come
def test_a_row_comes_into_the_own_file_whatever_rows_there_are(before, after):
    data = tracked(before, Иран=after)

    assert rows(read_revised(data).before) == rows(read_draft(before))
    assert rows(read_revised(data).after) == rows(read_draft(after))
    assert problems(data) == []
    assert schema_problems(data) in ([], None)


@rows_that_come
def test_the_later_text_of_such_a_table_goes_out_in_the_same_file(before, after):
    edition, read = Edition("ru", read_draft(before).texts), read_draft(after)
    later = Edition("ru", rekeyed(read.texts, edition.provisions, match(edition.provisions, read.texts)))

    data = clean_in_own_file(open_own_file(before, edition), later, Sheet("ru"))

    assert rows(read_draft(data)) == rows(read)
    assert problems(data) == []


@pytest.mark.parametrize("case", ["over all columns where there is none", "of cells among rows over all columns"])
def test_libreoffice_sees_such_a_row_come(libreoffice, case):
    before, after = CASES[case]
    data = tracked(before, Иран=after)

    assert table_in(libreoffice.rejected(data)) == table_in(libreoffice.rejected(before))
    assert table_in(libreoffice.wished(data, "Иран")) == table_in(libreoffice.rejected(after))


def test_headings_that_some_amend_come_out_though_others_delete_the_table(libreoffice):
    before = file(HEAD, ONE, TWO)
    amended = file(HEAD.replace("Срок", "Срок исполнения"), ONE, TWO)
    words = ("№", "Мера", "Срок"), ("1", "Обмен", "2026"), ("2", "Связь", "2026")
    deleted = (row(*(cell(p(gone(said), mark("del"))) for said in cells), properties=gone()) for cells in words)

    data = tracked(before, Иран=amended, Китай=file(*deleted))

    assert table_in(libreoffice.rejected(data)) == table_in(libreoffice.rejected(before))
    assert table_in(libreoffice.wished(data, "Иран")) == table_in(libreoffice.rejected(amended))
    assert table_in(libreoffice.wished(data, "Китай")) == []
    assert problems(data) == []


def table_in(reply):
    found = [["".join(c for c, _ in cell) for cell in body] for kind, body in seen(reply) if kind == "row"]
    return [cells for cells in found if cells and not cells[0].startswith(("Автор", "Иран"))]


RENUMBERED = {
    "after one that comes": (
        file(HEAD, ONE, wide("2", "Связь")),
        file(HEAD, ONE, wide("2", "Сеть"), wide("3", "Связь")),
    ),
    "after one that goes": (
        file(HEAD, ONE, wide("2", "Сеть"), wide("3", "Связь")),
        file(HEAD, ONE, wide("2", "Связь")),
    ),
    "without one before": (file(HEAD, ONE, wide("", "Связь")), file(HEAD, ONE, wide("2", "Связь"))),
    "without one afterwards": (file(HEAD, ONE, wide("2", "Связь")), file(HEAD, ONE, wide("", "Связь"))),
}


@pytest.mark.parametrize(("before", "after"), RENUMBERED.values(), ids=RENUMBERED)
def test_rows_are_numbered_in_the_own_file_as_in_the_text(before, after):
    edition, read = Edition("ru", read_draft(before).texts), read_draft(after)
    later = Edition("ru", rekeyed(read.texts, edition.provisions, match(edition.provisions, read.texts)))

    clean = clean_in_own_file(open_own_file(before, edition), later, Sheet("ru"))
    made = comparison_in_own_file(open_own_file(before, edition), later, Sheet("ru"), "B", date(2025, 4, 25))

    numbers = [one.label for one in read.texts if one.kind is Kind.ROW]
    assert [one.label for one in read_draft(clean).texts if one.kind is Kind.ROW] == numbers
    assert [one.label for one in read_draft(made).texts if one.kind is Kind.ROW] == numbers
    old = [one.label for one in edition if one.kind is Kind.ROW]
    assert [one.label for one in read_draft(made, changes="rejected").texts if one.kind is Kind.ROW] == old
    assert problems(clean) == problems(made) == []

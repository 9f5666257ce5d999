"""Numbers that Word counts in the cells of a table: they move on by themselves, and nobody is said to have asked."""

from datetime import date

import pytest

from app.docxio.consolidating import consolidate
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import tracked_in_own_file
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.changes import Operation
from app.text.provision import Edition, Kind
from app.text.runs import plain
from tests.docxio.handmade import cell, docx, level, numbered, numbering, p, row
from tests.docxio.phenomena import grid

LISTS = {"numbering": numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")})}
HEAD = row("Мера", "Шаги")
EXCHANGE = row("Обмен", cell(numbered("Обзор") + numbered("Каталог")))
NETWORK = row("Связь", cell(numbered("Сеть") + numbered("Узел")))
SCIENCE = row("Наука", cell(numbered("Курс")))


def file(*rows):
    return docx(p("Первый.") + grid(HEAD, *rows) + p("Конец."), **LISTS)


BASE = file(EXCHANGE, NETWORK, SCIENCE)


def base():
    return Edition("ru", read_revised(BASE).before.texts)


def asked(*rows):
    return consolidate(base(), {"Иран": read_revised(file(*rows))})


def cells(view):
    return [[plain(content) for content in one.parts.values()] for one in view.texts if one.kind is Kind.ROW][:5]


def test_a_row_that_goes_asks_nothing_of_the_rows_after_it():
    (change,) = asked(EXCHANGE, SCIENCE).returns["Иран"].changes

    assert (change.operation, change.key) == (Operation.DELETE, "p5")


def test_a_row_that_comes_asks_nothing_of_the_rows_after_it():
    new = row("Новая", cell(numbered("Один")))

    (change,) = asked(EXCHANGE, new, NETWORK, SCIENCE).returns["Иран"].changes

    assert change.operation is Operation.INSERT


@pytest.mark.parametrize(
    "rows",
    [
        (EXCHANGE, row("Связь", cell(numbered("Сеть связи") + numbered("Узел"))), SCIENCE),
        (EXCHANGE, row("Связь", cell(numbered("Узел"))), SCIENCE),
        (EXCHANGE, NETWORK, row("Новая", cell(numbered("Один"))), SCIENCE),
        (EXCHANGE, SCIENCE),
    ],
)
def test_a_change_beside_counted_numbers_stands_in_the_own_file(rows):
    found, edition = asked(*rows), base()

    out = tracked_in_own_file(
        open_own_file(BASE, edition), found.composition, Sheet("ru"), {"Иран": "Иран"}, date(2025, 4, 25)
    )

    back = read_revised(out)
    assert cells(back.before)[:4] == cells(read_revised(BASE).before)
    uncounted = [[one.lstrip("0123456789. ") for one in words] for words in cells(back.after)[: len(rows) + 1]]
    wanted = [[one.lstrip("0123456789. ") for one in words] for words in cells(read_revised(file(*rows)).after)]
    assert [[w.split("\n")[0] for w in words] for words in uncounted] == [
        [w.split("\n")[0] for w in words] for words in wanted
    ]

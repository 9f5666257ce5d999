"""Numbers that Word counts in the cells of a table: they move on by themselves, and nobody is said to have asked."""

from datetime import date

import pytest

from app.docxio.consolidating import consolidate, consolidated
from app.docxio.own_answer import written
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file, comparison_in_own_file, tracked_in_own_file
from app.docxio.own_orders import CleanForm, OwnOrder
from app.docxio.own_text import NotItsFile
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.changes import Operation, Wish
from app.text.composing import wished
from app.text.matching import match, rekeyed
from app.text.provision import Edition, Kind
from app.text.runs import plain
from tests.docx_lint import problems, schema_problems
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
    ("old", "new"),
    [("Семинар. Обмен опытом", "Встреча. Обмен опытом"), ("А. Иванов, Минцифры", "Б. Петров, Минцифры")],
)
def test_a_word_or_an_initial_before_a_stop_is_no_number(old, new):
    one, other = (docx(grid(HEAD, row("Обмен", words), SCIENCE), **LISTS) for words in (old, new))
    edition = read_draft(one).edition()

    (change,) = consolidate(edition, {"Иран": read_revised(other)}).returns["Иран"].changes

    assert plain(change.parts["c2"]) == new


@pytest.mark.parametrize(
    ("old", "new"), [("1. Обзор", "2. Обзор"), ("б) Обзор", "в) Обзор"), ("iv. Обзор", "v. Обзор")]
)
def test_numbers_counted_on_ask_for_nothing(old, new):
    one, other = (docx(grid(HEAD, row("Обмен", words), SCIENCE), **LISTS) for words in (old, new))

    assert consolidate(read_draft(one).edition(), {"Иран": read_revised(other)}).returns["Иран"].changes == ()


def test_a_heading_is_no_cell_whatever_it_begins_with():
    one, other = (docx(p("Первый.") + p(words)) for words in ("2. (a) Связь", "2. (план) Связь"))

    assert len(consolidate(read_draft(one).edition(), {"Иран": read_revised(other)}).returns["Иран"].changes) == 1


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


def steps(*paragraphs):
    """Return the base with other steps in its first row."""
    return file(row("Обмен", cell("".join(paragraphs))), NETWORK, SCIENCE)


SURVEY, CATALOGUE, NEW = map(numbered, ("Обзор", "Каталог", "Новый"))
STEPS = {
    "at the beginning": steps(NEW, SURVEY, CATALOGUE),
    "in the middle": steps(SURVEY, NEW, CATALOGUE),
    "two in the middle": steps(SURVEY, NEW, numbered("Ещё"), CATALOGUE),
    "at the end": steps(SURVEY, CATALOGUE, NEW),
    "in the place of one that goes": steps(NEW, CATALOGUE),
    "none, one goes": steps(CATALOGUE),
    "two made one": steps(numbered("Обзор Каталог")),
    "one made two": steps(SURVEY, numbered("Ката"), numbered("лог")),
    "words at the beginning of one": steps(numbered("Новый Обзор"), CATALOGUE),
    "one without a number at the beginning": steps(p("Вне счёта"), SURVEY, CATALOGUE),
    "one without a number in the middle": steps(SURVEY, p("Вне счёта"), CATALOGUE),
}
steps_that_come = pytest.mark.parametrize("new", STEPS.values(), ids=STEPS)


def rows(view):
    return [[plain(content) for content in one.parts.values()] for one in view.texts if one.kind is Kind.ROW][:4]


def tracked(**returned):
    edition = base()
    found = consolidate(edition, {name: read_revised(data) for name, data in returned.items()})
    names = {name: name for name in returned}
    return tracked_in_own_file(open_own_file(BASE, edition), found.composition, Sheet("ru"), names, date(2025, 4, 25))


@steps_that_come
def test_a_step_that_comes_is_counted_by_word(new):
    data = tracked(Иран=new)

    back = read_revised(data)
    assert rows(back.before) == rows(read_draft(BASE))
    assert rows(back.after) == rows(read_draft(new))
    assert problems(data) == []
    assert schema_problems(data) in ([], None)


@steps_that_come
def test_the_later_text_of_counted_steps_goes_out_in_the_same_file(new):
    edition, read = base(), read_draft(new)
    later = Edition("ru", rekeyed(read.texts, edition.provisions, match(edition.provisions, read.texts)))

    clean = clean_in_own_file(open_own_file(BASE, edition), later, Sheet("ru"))
    compared = comparison_in_own_file(open_own_file(BASE, edition), later, Sheet("ru"), "B", date(2025, 4, 25))

    assert rows(read_draft(clean)) == rows(read)
    assert rows(read_revised(compared).before) == rows(read_draft(BASE))
    assert rows(read_revised(compared).after) == rows(read)


@pytest.mark.parametrize("pattern", ["•", "(%1)", "Шаг %1.", "%1"])
def test_a_step_with_another_sort_of_number_is_counted_too(pattern):
    form = "bullet" if pattern == "•" else "decimal"
    lists = {"numbering": numbering({0: level(0, form, pattern)}, {1: (0, "")})}
    old, new = (docx(grid(HEAD, row("Обмен", cell(words))), **lists) for words in (SURVEY + CATALOGUE, SURVEY + NEW))

    back = read_revised(consolidated(old, {"Иран": new}, at=date(2025, 4, 25)))

    assert rows(back.before)[1] == rows(read_draft(old))[1]
    assert rows(back.after)[1] == rows(read_draft(new))[1]


@pytest.mark.parametrize(("form", "pattern"), [("lowerLetter", "%1."), ("lowerRoman", "%1."), ("decimal", "Шаг %1.")])
def test_a_word_before_a_stop_is_no_number_among_counted_steps(form, pattern):
    lists = {"numbering": numbering({0: level(0, form, pattern)}, {1: (0, "")})}
    sentence = p("Итоги. Отчёт")
    old, new = (
        docx(grid(HEAD, row("Обмен", cell(words))), **lists)
        for words in (SURVEY + CATALOGUE, SURVEY + sentence + CATALOGUE)
    )

    back = read_revised(consolidated(old, {"Иран": new}, at=date(2025, 4, 25)))

    assert rows(back.before)[1] == rows(read_draft(old))[1]
    assert rows(back.after)[1] == rows(read_draft(new))[1]


@pytest.mark.parametrize(("before", "after"), [("", "Обзор"), ("Обзор", "")])
def test_a_counted_step_may_have_no_words_before_or_after(before, after):
    old, new = (file(row("Обмен", cell(numbered(words))), SCIENCE) for words in (before, after))
    edition = Edition("ru", read_draft(old).texts)
    found = consolidate(edition, {"Иран": read_revised(new)})

    data = tracked_in_own_file(
        open_own_file(old, edition), found.composition, Sheet("ru"), {"Иран": "Иран"}, date(2025, 4, 25)
    )

    assert rows(read_revised(data).before)[:3] == rows(read_draft(old))
    assert rows(read_revised(data).after)[:3] == rows(read_draft(new))


def test_each_delegations_step_is_counted_by_word(libreoffice):
    data = tracked(Иран=STEPS["in the middle"], Китай=STEPS["at the beginning"], Беларусь=STEPS["none, one goes"])

    assert libreoffice.rejected(data)["cell_labels"] == [["1.", "2."], ["3.", "4."], ["5."]]
    for name, words, labels in (
        ("Иран", ["Обзор", "Новый", "Каталог"], ["1.", "2.", "3."]),
        ("Китай", ["Новый", "Обзор", "Каталог"], ["1.", "2.", "3."]),
        ("Беларусь", ["Каталог"], ["1."]),
    ):
        reply = libreoffice.wished(data, name)
        cell = reply["blocks"][2][1][1]
        assert ["".join(words for words, _ in runs) for _, runs in cell] == words
        assert reply["cell_labels"][0] == labels


@steps_that_come
def test_a_text_that_kept_its_numbers_goes_out_with_those_that_word_counts(new):
    edition = base()
    wishes = [Wish("Иран", change) for change, _ in consolidate(edition, {"Иран": read_revised(new)}).wishes]
    later = wished(edition, wishes, ("Иран",), "Иран")

    data = written(BASE, OwnOrder(edition, later, Sheet("ru"), CleanForm()))

    assert rows(read_draft(data)) == rows(read_draft(new))


def test_a_number_typed_otherwise_is_another_text():
    typed, other = (docx(grid(HEAD, row("Обмен", number), row("Связь", "2. Сеть"))) for number in ("1. А", "3. А"))

    with pytest.raises(NotItsFile, match="words"):
        open_own_file(typed, Edition("ru", read_draft(other).texts))

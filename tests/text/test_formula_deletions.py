"""Letters that let something go: what goes with it, what stays, and what only looks like a wish that it go."""

import pytest

from app.text.changes import Change, Operation
from app.text.formulas.understood import Reason
from tests.text.letters import understood


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Пункт 2 исключить, подчиненные положения сохранить."),
        ("ru", "Пункт 2 исключить, подпункты оставить."),
        ("ru", "Исключить пункт 2, сохранив подпункты."),
        ("ru", "Пункт 2 исключить с сохранением его подпунктов."),
        ("zh", "删除第2段，但保留各项。"),
        ("zh", "删去第2段，保留其下属条款。"),
        ("en", "Delete paragraph 2 but keep its items."),
        ("en", "Paragraph 2 should be deleted, retaining the sub-paragraphs."),
    ],
)
def test_a_paragraph_goes_and_what_stands_under_it_stays_where_a_letter_says_so(language, letter):
    read = understood(language, letter)
    assert [one.change for one in read.asked] == [Change(Operation.DELETE, "2", alone=True)]
    assert not read.not_understood


def test_where_nothing_stands_under_a_paragraph_it_goes_like_any_other():
    (asked,) = understood("ru", "Пункт 6 исключить, подчинённые положения сохранить.").asked
    assert asked.change == Change(Operation.DELETE, "6")


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Предложение Индии исключить пункт 6 не поддерживаем."),
        ("ru", "Возражаем против предложения исключить пункт 6."),
        ("ru", "Отзываем предложение исключить пункт 6."),
        ("ru", "Пункт 2 исключить, кроме подпункта «а»."),
        ("ru", "Исключить пункт 2, за исключением подпункта «а»."),
        ("zh", "不删除第6段。"),
        ("zh", "反对删去第6段的建议。"),
        ("zh", "除第2段（a）项外，删去第2段。"),
        ("en", "Do not delete paragraph 6."),
        ("en", "Paragraph 6 should not be deleted."),
        ("en", "We oppose the proposal to delete paragraph 6."),
        ("en", "Delete paragraph 2 except item (a)."),
    ],
)
def test_what_is_not_wished_for_or_excepted_is_never_read_as_a_wish(language, letter):
    read = understood(language, letter)
    assert not read.asked
    assert [one.reason for one in read.not_understood] == [Reason.DENIED]


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Кроме того, пункт 6 исключить."),
        ("ru", "Пункт 6 исключить, поскольку он не относится к предмету Плана."),
        ("en", "Delete paragraph 6, as it does not concern the Plan."),
        ("zh", "删去第6段，因为不符合本计划的宗旨。"),
    ],
)
def test_a_reason_that_denies_something_leaves_the_wish_as_it_is(language, letter):
    read = understood(language, letter)
    assert [one.change for one in read.asked] == [Change(Operation.DELETE, "6")]
    assert not read.not_understood


def test_words_of_a_quotation_deny_nothing():
    read = understood("ru", "Пункт 6 дополнить словами «, за исключением случаев, когда Стороны возражают»")
    assert [one.change.operation for one in read.asked] == [Operation.AMEND]


@pytest.mark.parametrize(
    "letter",
    [
        "Пункт 2 исключить, подпункт «а» сохранить.",
        "Подпункт «а» пункта 2 сохранить. Пункт 2 исключить.",
        "Пункт 2 исключить, подпункт «а» изложить в следующей редакции: «иное;»",
    ],
)
def test_nothing_is_asked_of_what_goes_with_what_it_stands_under(letter):
    read = understood("ru", letter)
    assert len(read.asked) == 1
    assert [one.reason for one in read.not_understood] == [Reason.CONTRADICTION]

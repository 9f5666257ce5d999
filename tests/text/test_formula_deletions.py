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
        ("ru", "Если пункт 6 будет исключён, пункт 7 изложить в следующей редакции: «Иное.»"),
        ("ru", "Пункт 6 исключить или изложить в следующей редакции: «Иное.»"),
        ("ru", "Предлагали исключить пункт 6."),
        ("zh", "如删去第6段，则第7段改为：“其他。”"),
        ("zh", "删去第6段，或改为：“其他。”"),
        ("en", "If paragraph 6 is deleted, paragraph 7 should read: “Other.”"),
        ("en", "Delete paragraph 6 or reword it to read “Other.”"),
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


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Снять квадратные скобки в пункте 6."),
        ("ru", "Исключить ссылку на План в пункте 7."),
        ("ru", "В пункте 6 исключить упоминание видеоконференции."),
        ("ru", "Исключить из числа исполнителей мероприятия 1.3 Индию."),
        ("ru", "В пункте 6 после слова «ежегодно» запятую исключить."),
        ("zh", "删除第6段的方括号。"),
        ("zh", "从措施1.3的负责方中删去印度。"),
        ("zh", "删除第7段中对计划的提及。"),
        ("en", "Remove the square brackets in paragraph 6."),
        ("en", "Delete India from the list of executors of measure 1.3."),
        ("en", "Remove the reference to the Plan in paragraph 7."),
    ],
)
def test_what_goes_from_a_provision_does_not_take_the_provision_along(language, letter):
    read = understood(language, letter)
    assert not read.asked
    assert [one.reason for one in read.not_understood] == [Reason.UNKNOWN_FORMULA]


@pytest.mark.parametrize(
    ("language", "letter", "reason"),
    [
        ("ru", "Пункт 6 исключить, поскольку он повторяет пункт 7.", "поскольку он повторяет пункт 7."),
        ("ru", "Пункт 6 исключить как дублирующий пункт 7", "как дублирующий пункт 7"),
        ("zh", "删去第6段，因为与第7段重复。", "因为与第7段重复。"),
        ("en", "Delete paragraph 6 because it repeats paragraph 7.", "because it repeats paragraph 7."),
    ],
)
def test_a_reason_in_the_same_sentence_is_the_justification_and_its_places_are_left_alone(language, letter, reason):
    (asked,) = understood(language, letter).asked
    assert (asked.change, asked.justification) == (Change(Operation.DELETE, "6"), reason)


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Пункт 6 и раздел III исключить."),
        ("ru", "Исключить пункт 6 и раздел III проекта Плана."),
        ("ru", "Пункт 6, а также раздел III полагаем целесообразным исключить полностью."),
        ("zh", "建议删去整个第6段和第三部分。"),
        ("en", "We propose to delete the whole of paragraph 6 and section III of the draft."),
    ],
)
def test_several_provisions_go_at_once(language, letter):
    read = understood(language, letter)
    assert {one.change for one in read.asked} == {Change(Operation.DELETE, key) for key in ("6", "III")}
    assert not read.not_understood


def test_a_provision_left_without_a_word_is_listed():
    read = understood("ru", "В разделе III слово «МЕХАНИЗМ» исключить")
    assert not read.asked
    assert [(one.reason, one.keys) for one in read.not_understood] == [(Reason.NO_WORDING, ("III",))]


def test_a_provision_left_without_a_word_may_still_move():
    read = understood("ru", "Раздел III перенести перед разделом II. В разделе III слово «МЕХАНИЗМ» исключить.")
    assert [(one.change.operation, one.change.key, one.change.parts) for one in read.asked] == [
        (Operation.MOVE, "III", None)
    ]
    assert [one.reason for one in read.not_understood] == [Reason.NO_WORDING]


def test_a_place_that_nothing_was_read_of_is_listed():
    read = understood("ru", "В пункте 6 слово «ежегодно» заменить словами «раз в год» и далее по тексту.")
    assert [one.change.key for one in read.asked] == ["6"]
    assert [one.reason for one in read.not_understood] == [Reason.UNKNOWN_FORMULA]


@pytest.mark.parametrize("place", ["Сноску 1", "Таблицу 1", "Раздел 6", "Мероприятие 6", "Пункты 3–700"])
def test_a_number_of_one_kind_is_not_sought_among_others(place):
    read = understood("ru", f"{place} исключить.")
    assert not read.asked
    assert [one.reason for one in read.not_understood] == [Reason.NO_SUCH_PROVISION]


def test_a_line_below_a_place_says_that_it_goes():
    (asked,) = understood("ru", "По пункту 6:\nпредлагаем исключить.").asked
    assert asked.change == Change(Operation.DELETE, "6")


def test_a_line_below_a_place_that_lets_something_else_go_is_listed():
    read = understood("ru", "По пункту 6:\nисключить упоминание видеоконференции.")
    assert not read.asked
    assert [one.reason for one in read.not_understood] == [Reason.UNKNOWN_FORMULA]


def test_what_is_to_go_beside_a_formula_that_was_read_is_listed():
    read = understood("ru", "В пункте 6 слово «ежегодно» заменить словами «раз в год», скобки снять.")
    assert [one.change.key for one in read.asked] == ["6"]
    assert [one.reason for one in read.not_understood] == [Reason.UNKNOWN_FORMULA]


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Считаем, поскольку он повторяет пункт 7, пункт 6 следует исключить."),
        ("zh", "我们认为，由于其与第7段重复，建议删去第6段。"),
        ("en", "We propose, since it repeats paragraph 7, to delete paragraph 6."),
    ],
)
def test_a_reason_before_the_wish_leaves_its_places_alone_too(language, letter):
    read = understood(language, letter)
    assert [one.change for one in read.asked] == [Change(Operation.DELETE, "6")]
    assert not read.not_understood

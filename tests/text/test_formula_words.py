"""Formulas on words in letters: what they do to the text, and when they cannot be carried out."""

from dataclasses import replace

import pytest

from app.text.changes import Operation
from app.text.formulas.understood import Reason
from app.text.provision import States
from app.text.runs import text
from tests.text.drafts import edition, row, table
from tests.text.letters import amended, changes, refused, understood
from tests.text.plans import plan


def with_parts(key, **changed):
    """Return the Russian plan with parts of a provision changed, those of None left out."""
    base = plan("ru")
    made = {**base.by_key()[key].parts, **{name: text(words or "") for name, words in changed.items()}}
    kept = {name: content for name, content in made.items() if content}
    return replace(base, provisions=tuple(replace(p, parts=kept) if p.key == key else p for p in base))


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("пункт 7 дополнить словами «Сторонами»", "План применяется с даты принятия Сторонами."),
        (
            "пункт 7 дополнить словами «, если иное не согласовано.»",
            "План применяется с даты принятия, если иное не согласовано.",
        ),
        (
            "пункт 7 дополнить словами «Он действует пять лет.»",
            "План применяется с даты принятия. Он действует пять лет.",
        ),
        ("в пункте 7 знаки «с даты принятия.» исключить", "План применяется"),
    ],
)
def test_words_at_the_end_meet_the_mark_that_stands_there(letter, wanted):
    assert amended("ru", letter) == {("7", "text"): wanted}


def test_the_full_stop_of_an_abbreviation_ends_no_sentence():
    letter = "графу «Сроки исполнения» мероприятия 1.1 дополнить словами «, далее ежегодно»"
    assert amended("ru", letter) == {("1.1", "time"): "2026 г., далее ежегодно"}


def test_words_added_to_an_empty_cell_are_all_it_says():
    letter = "графу «Сроки исполнения» мероприятия 1.1 дополнить словами «2027 г.»"
    assert amended("ru", letter, with_parts("1.1", time=None)) == {("1.1", "time"): "2027 г."}


def test_a_dash_in_quotation_marks_takes_no_space_with_it():
    assert amended("ru", "в пункте 1 знак «–» заменить знаком «—»") == {
        (
            "1",
            "text",
        ): "План действий (далее — План) определяет цели и механизм сотрудничества Сторон до 2030\u00a0года."
    }


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("графу «Исполнители» мероприятия 1.1 исключить", {("1.1", "who"): ""}),
        ("графу «Сроки исполнения» мероприятия 1.1 исключить", {("1.1", "time"): ""}),
        ("в графе 3 мероприятия 1.1 слово «Стороны» исключить", {("1.1", "who"): ""}),
        ("перечень государств пункта 5 исключить", {("5", "states"): ""}),
        ("перечень государств пункта 5 дополнить словами «Республика Индия»", {("5", "states"): {"BLR", "IND", "KAZ"}}),
        ("перечень государств пункта 6 дополнить словами «Республика Индия»", {("6", "states"): {"IND"}}),
        ("перечень государств пункта 5 изложить в редакции «Республика Индия»", {("5", "states"): {"IND"}}),
        ("в пункте 5 первый абзац изложить в редакции «Республика Индия»", {("5", "text"): "Республика Индия"}),
        ("в мероприятии 1.3 «Индия» исключить из числа исполнителей", {("1.3", "who"): {"KAZ"}}),
        ("в мероприятии 1.3 исполнителя «Индия» исключить", {("1.3", "who"): {"KAZ"}}),
    ],
)
def test_states_join_and_leave_their_cell_or_paragraph_alone(letter, wanted):
    assert amended("ru", letter) == wanted


def test_the_first_state_of_a_measure_stands_where_those_of_its_neighbours_do():
    assert amended("ru", "мероприятие 1.1 дополнить исполнителем «Беларусь»", with_parts("1.1", who=None)) == {
        ("1.1", "who"): {"BLR"}
    }


@pytest.mark.parametrize(
    ("letter", "refusal"),
    [
        ("в графе «Исполнители» мероприятия 1.1 слово «Индия» исключить", (Reason.WORDS_NOT_THERE, "Индия", ("1.1",))),
        ("в графе «Исполнители» мероприятия 1.1 второе предложение исключить", (Reason.NO_SUCH_STATE, "", ("1.1",))),
        ("перечень государств пункта 5 дополнить словами «Атлантида»", (Reason.NO_SUCH_STATE, "Атлантида", ("5",))),
        (
            "слово «ежегодно» исключить из числа исполнителей пункта 6",
            (Reason.NO_SUCH_STATE, "ежегодно", ("6",)),
        ),
        ("мероприятие 1.1 дополнить словами «и так далее»", (Reason.NO_SUCH_COLUMN, "и так далее", ("1.1",))),
        ("первое предложение мероприятия 1.1 исключить", (Reason.NO_SUCH_COLUMN, "", ("1.1",))),
        ("в мероприятии 1.1 слово «бюджета» исключить", (Reason.WORDS_NOT_THERE, "бюджета", ("1.1",))),
        ("в пункте 2 слово «данные» исключить", (Reason.WORDS_SEVERAL_TIMES, "данные", ("2a",))),
        ("в разделе II слово «Стороны» исключить", (Reason.WORDS_SEVERAL_TIMES, "Стороны", ("3", "4"))),
        ("в пункте 7 «» заменить словом «А»", (Reason.WORDS_NOT_THERE, "", ("7",))),
        ("в пункте 7 слово «План» заменить словом «»", (Reason.NO_WORDING, "", ("7",))),
        ("в пункте 7 после слова «План» дополнить словом « »", (Reason.NO_WORDING, "", ("7",))),
        ("пункт 7 дополнить словами «»", (Reason.NO_WORDING, "", ("7",))),
        ("пункт 6 изложить в следующей редакции:", (Reason.NO_WORDING, "", ())),
        ("по всему тексту слово «Небывальщина» исключить", (Reason.WORDS_NOT_THERE, "Небывальщина", ())),
        ("по всему тексту исключить", (Reason.NO_PLACE, "", ())),
        ("пункт 6 перенести после пункта 5", (Reason.ALREADY_SO, "", ("6",))),
        ("пункт 2 перенести под подпункт «а» пункта 2", (Reason.CONTRADICTION, "", ("2",))),
    ],
)
def test_what_cannot_be_done_to_words_is_told(letter, refusal):
    assert refused("ru", letter) == [refusal]


def test_words_in_two_cells_of_a_measure_are_there_several_times():
    base = with_parts("1.1", time="после обзора")
    assert refused("ru", "в мероприятии 1.1 слово «обзора» исключить", base) == [
        (Reason.WORDS_SEVERAL_TIMES, "обзора", ("1.1",))
    ]


def test_a_row_of_one_cell_needs_no_column_named():
    base = edition(table("t", ("what",)), row("1.1", label="1.1", what="Обзор"), language="ru")
    assert amended("ru", "мероприятие 1.1 дополнить словами «рынка»", base) == {("1.1", "what"): "Обзор рынка"}


@pytest.mark.parametrize(
    ("letter", "done"),
    [
        ("Пункт 6 исключить.\nВ пункте 6 слово «ежегодно» исключить.", {"6": Operation.DELETE}),
        (
            "В пункте 6 слово «ежегодно» исключить.\nПункт 6 исключить.",
            {("6", "text"): "Заседания проводятся, в том числе в формате видеоконференции."},
        ),
        ("Пункт 2 перенести после пункта 4. Пункт 2 исключить.", {"2": Operation.MOVE}),
        ("Пункт 2 исключить. Пункт 2 перенести после пункта 4.", {"2": Operation.DELETE}),
    ],
)
def test_of_two_formulas_that_contradict_each_other_the_first_holds_and_the_second_is_told(letter, done):
    read = understood("ru", letter)
    assert changes(read, plan("ru")) == done
    assert [one.reason for one in read.not_understood] == [Reason.CONTRADICTION]


def test_a_formula_said_twice_is_put_down_once():
    (one,) = understood("ru", "Пункт 6 исключить;\nПункт 6 исключить;").asked
    assert (one.change.key, one.words) == ("6", "Пункт 6 исключить")


def test_what_goes_in_one_place_goes_though_it_does_not_in_the_other():
    read = understood("ru", "в пунктах 4 и 6 слово «ежегодно» исключить")
    assert [one.change.key for one in read.asked] == ["6"]
    assert [(one.reason, one.keys) for one in read.not_understood] == [(Reason.WORDS_NOT_THERE, ("4",))]


def test_a_paragraph_emptied_and_filled_again_says_what_it_was_filled_with():
    letter = "в пункте 7 слова «План применяется с даты принятия.» исключить; пункт 7 дополнить словами «Срок – год.»"
    assert amended("ru", letter) == {("7", "text"): "Срок – год."}


@pytest.mark.parametrize("where", ["По тексту раздела II", "В разделе II и пункте 4 по всему тексту"])
def test_words_may_be_changed_throughout_a_part_of_the_text(where):
    read = understood("ru", f"{where} слово «Стороны» заменить словом «Участники»")
    assert [one.change.key for one in read.asked] == ["3", "4"]
    assert [(one.key, one.found) for one in read.candidates] == [("4", "Сторон")]


@pytest.mark.parametrize(
    ("language", "letter", "keys"),
    [
        ("zh", "全文“各方”改为“参与方”", ["p1", "1", "3", "4"]),
        ("ru", "По всему тексту слово «Стороны» исключить", ["p1", "3", "4"]),
        ("ru", "По всему тексту знак «(» заменить знаком «[»", ["p1", "1"]),
    ],
)
def test_words_without_other_forms_have_no_candidates(language, letter, keys):
    read = understood(language, letter)
    assert [one.change.key for one in read.asked] == keys
    assert (read.candidates, read.not_understood) == ((), ())


def test_other_forms_alone_are_shown_to_a_person():
    read = understood("ru", "По всему тексту слово «Сторонам» заменить словом «Участникам»")
    assert read.asked == ()
    assert {one.found for one in read.candidates} == {"Стороны", "Сторон"}
    assert not any(isinstance(plan("ru").by_key()[one.key].parts[one.part], States) for one in read.candidates)


def test_words_that_no_formula_has_taken_are_told():
    read = understood("ru", "В пункте 7 слово «План» заменить словом «Документ» «и ещё»")
    assert changes(read, plan("ru")) == {("7", "text"): "Документ применяется с даты принятия."}
    assert [one.reason for one in read.not_understood] == [Reason.UNKNOWN_FORMULA]


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Просим пояснить, почему исключить пункт 6."),
        ("en", "Please explain why paragraph 6 should be deleted."),
    ],
)
def test_a_question_about_a_formula_is_no_formula(language, letter):
    assert [(one.change.operation, one.change.key) for one in understood(language, letter).asked] == [
        (Operation.COMMENT, "6")
    ]


@pytest.mark.parametrize("letter", ["", " \n ", "В пункте 4:"])
def test_a_letter_that_says_nothing_asks_for_nothing(letter):
    read = understood("ru", letter)
    assert (read.asked, read.not_understood, read.no_comments) == ((), (), False)


def test_wording_without_marks_ends_where_the_next_formula_begins():
    letter = "пункт 6 изложить в следующей редакции:\nЗаседания проводятся дважды в год.\nПункт 7 исключить."
    assert amended("ru", letter) == {("6", "text"): "Заседания проводятся дважды в год.", "7": Operation.DELETE}


def test_wording_that_never_comes_is_told_with_its_justification():
    read = understood("ru", "пункт 6 изложить в следующей редакции:\nОбоснование: ясность.\nПункт 7 исключить.")
    assert [(one.reason, one.justification) for one in read.not_understood] == [(Reason.NO_WORDING, "ясность.")]
    assert changes(read, plan("ru")) == {"7": Operation.DELETE}


def test_wording_in_marks_may_begin_on_the_next_line():
    letter = "пункт 6 изложить в следующей редакции:\n«Заседания проводятся дважды в год.»"
    assert amended("ru", letter) == {("6", "text"): "Заседания проводятся дважды в год."}


@pytest.mark.parametrize(
    ("language", "letter", "justification"),
    [
        ("ru", "Пункт 6 исключить (обоснование: повтор пункта 5).", "повтор пункта 5."),
        ("ru", "Пункт 6 исключить. Обоснование: повтор (см. пункт 5)", "повтор (см. пункт 5)"),
        ("en", "Delete paragraph 6, reason: it repeats para 5.", "it repeats para 5."),
        ("zh", "删去第6段（理由：重复）。", "重复。"),
    ],
)
def test_a_justification_may_stand_in_the_sentence_or_in_parentheses(language, letter, justification):
    (one,) = understood(language, letter).asked
    assert (one.change.operation, one.justification) == (Operation.DELETE, justification)


def test_a_quotation_that_is_never_closed_ends_before_the_next_formula():
    read = understood("ru", "в пункте 4 слово «открытых заменить словом закрытых\nпункт 6 исключить")
    assert changes(read, plan("ru")) == {"6": Operation.DELETE}
    assert [one.reason for one in read.not_understood] == [Reason.UNKNOWN_FORMULA]


def test_a_closing_mark_may_be_saved_in_a_quotation_within_another():
    base = with_parts("7", text="План «Сеть» применяется.")
    assert amended("ru", "в пункте 7 слова «План «Сеть» заменить словом «Сеть»", base) == {
        ("7", "text"): "Сеть» применяется."
    }


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("в пункте 7 исключить предложение второе", "Создан в 2025 г. в Минске."),
        ("второе предложение пункта 7 исключить", "Создан в 2025 г. в Минске."),
        ("последнее предложение пункта 7 дополнить словами «и далее»", "Создан в 2025 г. в Минске. Действует и далее."),
    ],
)
def test_no_sentence_ends_at_an_abbreviation_before_a_small_letter_or_a_mark(letter, wanted):
    assert amended("ru", letter, with_parts("7", text="Создан в 2025 г. в Минске. Действует.")) == {
        ("7", "text"): wanted
    }
    marked = with_parts("7", text="Создан (2025 г. – срок). Действует.")
    assert amended("ru", "второе предложение пункта 7 исключить", marked) == {("7", "text"): "Создан (2025 г. – срок)."}

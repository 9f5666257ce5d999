"""Tables of proposals read, in three languages, their columns in any order, on the plan of ``plans``."""

import pytest

from app.text.changes import Operation
from app.text.formulas.letters import read_letter
from app.text.formulas.tables import read_pasted, read_table
from app.text.formulas.understood import Reason
from app.text.provision import Place, States, without_empty
from app.text.runs import plain
from tests.text.plans import STATES, plan

HEADS = {
    "ru": ("№ п/п", "Пункт", "Редакция проекта", "Предлагаемая редакция", "Обоснование"),
    "zh": ("序号", "条款", "草案原文", "修改建议", "理由"),
    "en": ("No.", "Provision", "Draft text", "Proposed text", "Justification"),
}
OURS = {
    "ru": (
        "№ п/п",
        "Структурный элемент (пункт)",
        "Редакция проекта",
        "Сторона (орган; исх. № и дата письма)",
        "Замечание, предлагаемая редакция",
        "Обоснование",
        "Позиция председателя (Секретариата)",
        "Результат",
    ),
    "zh": (
        "序号",
        "条款",
        "草案原文",
        "提出方（来函编号、日期）",
        "意见及建议修改文本",
        "理由",
        "主席（秘书处）意见",
        "处理结果",
    ),
    "en": (
        "No.",
        "Element (paragraph)",
        "Text of the draft",
        "Side (body; letter No. and date)",
        "Comment, proposed wording",
        "Justification",
        "Position of the Chair (Secretariat)",
        "Outcome",
    ),
}


def understood(*rows, language="ru"):
    return read_table(rows, plan(language), names=STATES, minted_from="v")


def told(read, language="ru"):
    """Return (key, part) to what an amendment makes of it, key to another operation."""
    base, found = plan(language).by_key(), {}
    for one in read.asked:
        change = one.change
        if change.operation is not Operation.AMEND:
            found[change.key] = change.operation
            continue
        before = without_empty(base[change.key].parts)
        for part, content in change.parts.items():
            if before.get(part) != content:
                found[change.key, part] = set(content.members) if isinstance(content, States) else plain(content)
    return found


def row(place="", wished="", draft="", why="", language="ru"):
    """Return a table of one row under the usual headings."""
    return HEADS[language], ("1", place, draft, wished, why)


@pytest.mark.parametrize(
    ("language", "place", "wished", "wanted"),
    [
        ("ru", "п. 6", "Заседания проводятся дважды в год.", {("6", "text"): "Заседания проводятся дважды в год."}),
        ("ru", "6", "6. Заседания проводятся дважды в год.", {("6", "text"): "Заседания проводятся дважды в год."}),
        ("ru", "Пункт 6", "«Заседания проводятся редко.»", {("6", "text"): "Заседания проводятся редко."}),
        ("ru", "2, а)", "Исключить", {"2a": Operation.DELETE}),
        ("ru", "подпункт «б» пункта 2", "Исключить.", {"2b": Operation.DELETE}),
        (
            "ru",
            "4",
            "слова «и экономик» исключить",
            {("4", "text"): "Стороны содействуют созданию открытых и общедоступных систем в интересах граждан Сторон."},
        ),
        ("ru", "Мероприятие 1.1", "дополнить исполнителем «Беларусь»", {("1.1", "who"): {"PARTIES", "BLR"}}),
        ("ru", "раздел II", "ЗАДАЧИ", {("II", "text"): "ЗАДАЧИ"}),
        ("ru", "II", "Задачи", {("II", "text"): "Задачи"}),
        ("ru", "«подтверждая приверженность…»", "подтверждая волю,", {("p2", "text"): "подтверждая волю,"}),
        ("ru", "наименование", "План работы", {("title", "text"): "План работы"}),
        ("ru", "4", "Просим пояснить, о каких системах идёт речь.", {"4": Operation.COMMENT}),
        ("ru", "4", "без изменений", {}),
        ("ru", "6", "Заседания проводятся ежегодно, в том числе в формате видеоконференции.", {}),
        ("ru", "4", "", {}),
        ("zh", "第6段", "会议每年举行两次。", {("6", "text"): "会议每年举行两次。"}),
        ("zh", "第2段第（一）项", "删去", {"2a": Operation.DELETE}),
        ("zh", "措施1.3", "“负责方”栏中删去“印度”", {("1.3", "who"): {"KAZ"}}),
        ("zh", "6", "无意见", {}),
        ("en", "para 6", "Meetings are held twice a year.", {("6", "text"): "Meetings are held twice a year."}),
        ("en", "2 (a)", "Delete", {"2a": Operation.DELETE}),
        ("en", "paragraph 2 (b)", "to be deleted", {"2b": Operation.DELETE}),
        ("en", "4", "delete “and economies”", None),
    ],
)
def test_a_row_asks_for_what_its_proposed_cell_says(language, place, wished, wanted):
    read = understood(*row(place, wished, language=language), language=language)

    assert read.not_understood == ()
    if wanted is None:
        wanted = {("4", "text"): "The Sides promote open and publicly available systems in the interests of citizens."}
    assert told(read, language) == wanted


def test_columns_may_stand_in_any_order_below_a_title():
    heads = ("Обоснование", "Предлагаемая редакция", "Пункт")

    read = understood(("Предложения Минсвязи", "", ""), heads, ("1", "2", "3"), ("Так короче.", "Исключить", "6"))

    assert told(read) == {"6": Operation.DELETE}
    assert read.asked[0].justification == "Так короче."


@pytest.mark.parametrize("language", ["ru", "zh", "en"])
def test_our_own_compilation_table_is_read(language):
    wording = {
        "ru": "Встречи проводятся ежегодно.",
        "zh": "会议每年举行两次。",
        "en": "Meetings are held twice a year.",
    }
    base = plain(plan(language).by_key()["6"].text)
    cells = ("1", "6", base, "Беларусь", f"6. {wording[language]}", "理由", "не поддерживает", "Учтено")

    read = understood(OURS[language], cells, language=language)

    assert told(read, language) == {("6", "text"): wording[language]}
    assert read.asked[0].justification == "理由"


def test_words_about_a_place_in_a_column_of_remarks_are_a_remark():
    heads = ("Пункт", "Замечание")

    read = understood(heads, ("4", "Не понятно, что это за системы"), ("", "Слово «открытых» исключить."))

    assert [(a.change.operation, a.change.key) for a in read.asked] == [
        (Operation.AMEND, "4"),
        (Operation.COMMENT, "4"),
    ]


def test_a_remark_beside_a_wording_is_its_reason():
    heads = ("Пункт", "Замечание", "Предлагаемая редакция")

    (asked,) = understood(heads, ("6", "Слишком часто.", "Заседания проводятся раз в два года.")).asked

    assert asked.justification == "Слишком часто."


def test_a_reason_without_a_wording_is_a_remark():
    read = understood(*row("4", why="Требует обсуждения."))

    assert [(a.change.operation, a.change.key) for a in read.asked] == [(Operation.COMMENT, "4")]


@pytest.mark.parametrize("place", ["Документ в целом", ""])
def test_what_is_on_the_whole_is_a_remark_on_the_whole(place):
    read = understood(*row(place, "Просим уточнить срок."))

    assert [(a.change.operation, a.change.key) for a in read.asked] == [(Operation.COMMENT, "")]


def test_a_formula_for_the_whole_text_needs_no_place():
    read = understood(*row("По всему тексту", "слово «опытом» заменить словом «знаниями»"))

    assert told(read) == {("3", "text"): "Стороны создают условия для обмена знаниями. Стороны проводят встречи."}


@pytest.mark.parametrize(
    ("place", "wished", "after"),
    [
        ("6 бис", "Доклады публикуются.", "6"),
        ("новый пункт 7", "Доклады публикуются.", "6"),
        ("новое положение; место – после: пункт 6", "Доклады публикуются.", "6"),
        ("6", "Дополнить пунктом 6 бис следующего содержания: «6 бис. Доклады публикуются.»", "6"),
    ],
)
def test_a_place_that_is_not_there_gets_a_new_provision(place, wished, after):
    read = understood(*row(place, wished))

    assert read.not_understood == ()
    (asked,) = read.asked
    assert (asked.change.place, plain(asked.change.block[0].text)) == (Place(None, after), "Доклады публикуются.")


def test_an_empty_place_is_that_of_the_row_above():
    read = understood(
        *row("6", "слово «ежегодно» исключить"), ("2", "", "", "слово «Заседания» заменить на «Встречи»", "")
    )

    assert told(read) == {("6", "text"): "Встречи проводятся, в том числе в формате видеоконференции."}


def test_without_a_place_the_wording_of_the_draft_finds_it():
    draft = plain(plan("ru").by_key()["6"].text)

    assert told(understood(*row("", "Исключить", draft=f"6. {draft}"))) == {"6": Operation.DELETE}
    assert told(understood(*row("пункт 99", "Исключить", draft=draft))) == {"6": Operation.DELETE}


@pytest.mark.parametrize(
    ("place", "wished", "draft", "reason"),
    [
        ("пункт 99", "Исключить", "", Reason.NO_SUCH_PROVISION),
        ("пункт 99", "Исключить", "чего нет", Reason.NO_SUCH_PROVISION),
        ("о разном", "Исключить", "", Reason.NO_SUCH_PROVISION),
        ("4", "слово «чужое» исключить", "", Reason.WORDS_NOT_THERE),
        ("", "Новый порядок работы Сторон.", "", Reason.NO_PLACE),
        ("6", "слово" * 5000, "", Reason.UNKNOWN_FORMULA),
        ("графа «Бюджет» мероприятия 1.1", "нет средств", "", Reason.NO_SUCH_COLUMN),
    ],
)
def test_what_cannot_be_carried_out_is_listed_with_its_reason(place, wished, draft, reason):
    (left,) = understood(*row(place, wished, draft, why="Так надо.")).not_understood

    assert (left.reason, left.justification) == (reason, "Так надо.")
    assert wished in left.words


def test_a_table_without_headings_has_place_draft_wording_and_reason():
    read = understood(("6", "Заседания проводятся ежегодно.", "Исключить", "Так короче."))
    assert (told(read), read.asked[0].justification) == ({"6": Operation.DELETE}, "Так короче.")

    assert told(understood(("6", "Исключить", ""))) == {"6": Operation.DELETE}


def test_a_table_that_does_not_say_what_its_columns_hold_is_listed():
    read = understood(("6", "Исключить"), ("7", "Исключить"))

    assert [one.reason for one in read.not_understood] == [Reason.NO_HEADING] * 2


def test_a_table_can_be_read_in_another_language_than_its_headings():
    rows = (HEADS["en"], ("1", "пункт 6", "", "слово «ежегодно» исключить", ""))

    read = read_table(rows, plan("ru"), language="ru", names=STATES)

    assert told(read) == {("6", "text"): "Заседания проводятся, в том числе в формате видеоконференции."}


def test_no_comments_in_a_table_are_told():
    assert understood(*row("Документ в целом", "Замечаний и предложений не имеем.")).no_comments


# -- pasted


def pasted(words, language=""):
    return read_pasted(words, plan("ru"), language=language, names=STATES, minted_from="v")


def test_a_pasted_table_is_known_by_its_tabs_and_its_letter_is_read_too():
    words = (
        "Уважаемые коллеги!\r\nПункт 7 исключить.\n"
        "Пункт\tРедакция проекта\tПредлагаемая редакция\tОбоснование\n"
        "6\tЗаседания проводятся ежегодно,\nв том числе в формате видеоконференции.\tИсключить\tТак\nкороче.\n"
        "4\t\tслова «и экономик» исключить\n"
        "\n"
        "Пункт 3 исключить.\nС уважением"
    )

    read = pasted(words)

    assert read.not_understood == ()
    assert {key if isinstance(key, str) else key[0] for key in told(read)} == {"7", "6", "4", "3"}
    assert [a.justification for a in read.asked if a.change.key == "6"] == ["Так\nкороче."]


def test_rows_without_headings_are_a_table_where_there_are_several():
    assert set(told(pasted("6\tИсключить\tТак короче.\n7\tИсключить\tЛишнее."))) == {"6", "7"}


@pytest.mark.parametrize(
    "words", ["1.\tПункт 6 исключить.\n2.\tПункт 7 исключить.", "Пункт 6 исключить; пункт 7 исключить"]
)
def test_a_list_with_tabs_after_its_numbers_is_a_letter(words):
    read = pasted(words)

    assert set(told(read)) == {"6", "7"}
    assert read == read_letter(words, plan("ru"), names=STATES, minted_from="v")


def test_a_sentence_longer_than_any_formula_is_not_read():
    (left,) = pasted("пункт 6 исключить и " * 500).not_understood

    assert left.reason is Reason.UNKNOWN_FORMULA


def test_formulas_below_a_table_are_read_as_a_letter():
    words = "Пункт\tПредлагаемая редакция\n6\tИсключить\n\nПункт 3 исключить."

    assert set(told(pasted(words))) == {"6", "3"}


def test_a_capital_that_the_quotation_lacks_is_kept():
    read = pasted("По всему тексту слово «заседания» заменить словом «встречи».")

    assert told(read) == {("6", "text"): "Встречи проводятся ежегодно, в том числе в формате видеоконференции."}


def test_a_line_that_quotes_a_title_alone_asks_for_nothing():
    read = read_pasted("中方对《行动计划》草案提出如下意见：\n删去第6段。", plan("zh"), names=STATES)

    assert (told(read, "zh"), read.not_understood) == ({"6": Operation.DELETE}, ())

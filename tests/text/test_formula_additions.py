"""New provisions and restated ones in letters: of several lines, of cells, of the states that join them."""

from dataclasses import replace

import pytest

from app.text.changes import Operation
from app.text.formulas.letters import read_letter
from app.text.formulas.understood import Reason
from app.text.provision import TEXT, Place
from app.text.runs import NOTE, Run, plain, text
from tests.text.drafts import edition, paragraph, row, table
from tests.text.letters import amended, parts, refused, understood
from tests.text.plans import plan

BY_IN_IR = "Республика Беларусь, Республика Индия, Исламская Республика Иран"
NUMBERED = edition(
    table("t", ("no", "what", "who")),
    row("1.1", label="1.1", what="Обзор", who={"KAZ"}),
    row("1.2", label="1.2", what="Семинар", who={"PARTIES"}),
    language="ru",
)
"""A table whose first column is that of the numbers, as papers have it."""


def added(letter, base=None):
    """Return place and provisions of the one insertion a letter asks for."""
    read = understood("ru", letter, base)
    assert read.not_understood == ()
    (one,) = read.asked
    assert one.change.operation is Operation.INSERT
    return one.change.place, [(p.kind, parts(p)) for p in one.change.block]


def test_a_paragraph_restated_with_its_items_changes_where_it_differs():
    letter = (
        "Пункт 2 изложить в следующей редакции: «2. Понятия Плана:\n"
        "а) «открытые данные» – данные в машиночитаемом виде;\nб) «умный город» – город данных.»"
    )
    assert amended("ru", letter) == {
        ("2", "text"): "Понятия Плана:",
        ("2b", "text"): "«умный город» – город данных.",
    }


@pytest.mark.parametrize(
    ("letter", "refusal"),
    [
        ("пункт 6 изложить в следующей редакции: «»", (Reason.NO_WORDING, "", ("6",))),
        (
            (
                "Пункт 2 изложить в следующей редакции: «2. Для целей Плана используются следующие понятия:\n"
                "а) «открытые данные» – данные в машиночитаемом виде;\n"
                "б) «умный город» – город, создающий услуги на основе данных.»"
            ),
            (Reason.ALREADY_SO, "", ("2",)),
        ),
        ("после пункта 5 дополнить новым пунктом: «»", (Reason.NO_WORDING, "", ())),
        ("дополнить новым пунктом следующего содержания: «Новое.»", (Reason.NO_PLACE, "", ())),
        ("дополнить пунктом 40 следующего содержания: «Новое.»", (Reason.NO_SUCH_PROVISION, "40", ())),
        ("мероприятие 1.1 изложить в следующей редакции: «Обзор»", (Reason.NO_WORDING, "", ("1.1",))),
        (
            "мероприятие 1.1 изложить в следующей редакции: «Исполнители: Атлантида»",
            (Reason.NO_SUCH_STATE, "Атлантида", ("1.1",)),
        ),
        ("дополнить мероприятием 1.2 следующего содержания: «Семинар»", (Reason.NO_WORDING, "", ())),
    ],
)
def test_a_wording_that_cannot_be_taken_is_told(letter, refusal):
    assert refused("ru", letter) == [refusal]


def test_a_wording_broken_by_a_mail_program_is_joined_and_a_line_left_empty_is_not_counted():
    letter = "пункт 6 изложить в следующей редакции: «6. Заседания проводятся\nдважды в год.\n\nО них пишут.»"
    assert amended("ru", letter) == {("6", "text"): "Заседания проводятся дважды в год.\nО них пишут."}
    assert amended("zh", "第6段修改为：“6. 会议每年\n举行两次。”") == {("6", "text"): "会议每年举行两次。"}


def test_a_paragraph_restated_with_its_states_joins_them_and_loses_the_others():
    letter = f"Пункт 5 изложить в следующей редакции: «5. {BY_IN_IR} выступают за сеть.»"
    assert amended("ru", letter) == {("5", "states"): {"BLR", "IND", "IRN"}, ("5", "text"): "выступают за сеть."}


def test_a_new_paragraph_beside_one_with_states_may_have_states():
    place, block = added(f"После пункта 5 дополнить новым пунктом: «{BY_IN_IR} выступают за обмен.»")
    assert (place, block) == (
        Place(None, "5"),
        [("paragraph", {"states": {"BLR", "IND", "IRN"}, "text": "выступают за обмен."})],
    )


def test_a_letter_read_without_knowing_any_state_takes_their_names_as_words():
    base = plan("ru")
    letter = (
        f"Пункт 5 изложить в следующей редакции: «5. {BY_IN_IR} выступают за сеть.»\nпункт 7 дополнить словами «Индия»"
    )
    read = read_letter(letter, base, language="ru")
    assert [plain(one.change.parts[TEXT]) for one in read.asked] == [
        f"{BY_IN_IR} выступают за сеть.",
        "План применяется с даты принятия Индия.",
    ]
    joining = read_letter("перечень государств пункта 5 дополнить словами «Республика Индия»", base, language="ru")
    assert [one.reason for one in joining.not_understood] == [Reason.NO_SUCH_STATE]


@pytest.mark.parametrize(
    ("letter", "place", "kind"),
    [
        ("раздел II дополнить новым пунктом: «Новое.»", Place(None, "6"), "paragraph"),
        ("пункт 2 дополнить новым подпунктом: «Новое.»", Place("2", "2b"), "item"),
        ("пункт 6 дополнить новым подпунктом: «Новое.»", Place("6", None), "item"),
        ("пункт 2 дополнить подпунктом «ж» следующего содержания: «Новое.»", Place("2", "2b"), "item"),
        ("пункт 6 дополнить подпунктом «а» следующего содержания: «Новое.»", Place("6", None), "item"),
        ("пункт 6 дополнить подпунктом «цели» следующего содержания: «Новое.»", Place("6", None), "item"),
        ("дополнить пунктом 4 следующего содержания: «Новое.»", Place(None, "3"), "paragraph"),
        ("дополнить пунктом 1 следующего содержания: «Новое.»", Place(None, "I"), "paragraph"),
    ],
)
def test_a_new_provision_stands_where_the_letter_or_its_number_says(letter, place, kind):
    assert added(letter) == (place, [(kind, {"text": "Новое."})])


def test_what_stands_on_dashes_in_a_new_paragraph_stands_under_it():
    place, block = added("дополнить пунктом 8 следующего содержания: «8. Стороны:\n– встречаются;\n– пишут.»")
    assert (place, block) == (
        Place(None, "7"),
        [
            ("paragraph", {"text": "Стороны:"}),
            ("item", {"text": "встречаются;"}),
            ("item", {"text": "пишут."}),
        ],
    )


@pytest.mark.parametrize("wording", ["Обзор | 2027 г. | Беларусь", "1.1\tОбзор\t2027 г.\tБеларусь"])
def test_a_measure_may_be_restated_cell_by_cell_with_or_without_its_number(wording):
    assert amended("ru", f"мероприятие 1.1 изложить в следующей редакции: «{wording}»") == {
        ("1.1", "what"): "Обзор",
        ("1.1", "time"): "2027 г.",
        ("1.1", "who"): {"BLR"},
    }


@pytest.mark.parametrize("wording", ["Конкурс | Беларусь", "1.1 | Конкурс | Беларусь", "1.1\tКонкурс\tБеларусь"])
def test_a_columns_numbers_are_labels_and_no_words(wording):
    assert amended("ru", f"мероприятие 1.1 изложить в следующей редакции: «{wording}»", NUMBERED) == {
        ("1.1", "what"): "Конкурс",
        ("1.1", "who"): {"BLR"},
    }


@pytest.mark.parametrize(
    "wording", ["Обзор | 2027 г. | Беларусь", "1.2 Обзор | 2027 г. | Беларусь", "1.2\tОбзор\t2027 г.\tБеларусь"]
)
def test_a_new_measure_may_be_given_cell_by_cell(wording):
    cells = {"what": "Обзор", "time": "2027 г.", "who": {"BLR"}}
    assert added(f"дополнить мероприятием 1.2 следующего содержания: «{wording}»") == (
        Place("t", "1.1"),
        [("row", cells)],
    )


def test_no_line_of_a_measure_is_lost_whatever_it_begins_with():
    restated = "мероприятие 1.1 изложить в следующей редакции: «{}»".format
    assert amended("ru", restated("1.1\nМероприятие: Доклад.\nТемы: связь.")) == {
        ("1.1", "what"): "Доклад.\nТемы: связь."
    }
    assert refused("ru", restated("Доклад\nСроки исполнения: 2027 г.")) == [(Reason.NO_SUCH_COLUMN, "Доклад", ("1.1",))]


def test_a_paragraph_restated_keeps_its_footnote_references_at_their_words():
    noted = text("Заседания", Run(NOTE, 0, "n"), " проводятся ежегодно.")
    base = plan("ru")
    base = replace(base, provisions=tuple(replace(p, parts={TEXT: noted}) if p.key == "6" else p for p in base))

    (kept,) = understood(
        "ru", "пункт 6 изложить в следующей редакции: «6. Заседания проходят дважды в год.»", base
    ).asked
    (lost,) = understood("ru", "пункт 6 изложить в следующей редакции: «6. Встречи проходят дважды в год.»", base).asked

    assert kept.change.parts[TEXT] == text("Заседания", Run(NOTE, 0, "n"), " проходят дважды в год.")
    assert lost.change.parts[TEXT] == text("Встречи проходят дважды в год.")


@pytest.mark.parametrize(
    ("language", "letter", "wanted"),
    [
        ("ru", "Пункт 3 дополнить предложением следующего содержания: «Итог.»", "{} {} Итог."),
        ("ru", "Пункт 3 дополнить третьим предложением: «Итог.»", "{} {} Итог."),
        ("ru", "После первого предложения пункта 3 дополнить предложением: «Итог.»", "{} Итог. {}"),
        ("ru", "Дополнить пункт 3 вторым предложением следующего содержания: «Итог.»", "{} Итог. {}"),
        ("ru", "Дополнить пункт 3 первым предложением: «Итог.»", "Итог. {} {}"),
        ("zh", "在第3段末尾增加一句：“结果。”", "{}{}结果。"),
        ("zh", "在第3段第一句之后增加一句：“结果。”", "{}结果。{}"),
        ("zh", "在第3段开头增加一句：“结果。”", "结果。{}{}"),
        ("en", "Add a sentence to paragraph 3: “Result.”", "{} {} Result."),
        ("en", "After the first sentence of paragraph 3 add a new sentence: “Result.”", "{} Result. {}"),
        ("en", "Add a new sentence at the beginning of paragraph 3: “Result.”", "Result. {} {}"),
    ],
)
def test_a_sentence_is_put_where_the_letter_says(language, letter, wanted):
    was = plain(plan(language).by_key()["3"].text)
    first, second = (was[: was.index("。") + 1], was[was.index("。") + 1 :]) if language == "zh" else was.split(". ", 1)
    sentences = (first if language == "zh" else f"{first}.", second)
    assert amended(language, letter) == {("3", "text"): wanted.format(*sentences)}


def test_a_sentence_after_one_that_is_not_there_is_told():
    assert refused("ru", "Дополнить пункт 3 пятым предложением: «Итог.»") == [(Reason.NO_SUCH_PROVISION, "4", ("3",))]


@pytest.mark.parametrize(
    ("letter", "place"),
    [
        ("Дополнить пункт 2 абзацем третьим следующего содержания: «Иное.»", Place("2", "2a")),
        ("Пункт 2 дополнить абзацем вторым следующего содержания: «Иное.»", Place("2", None)),
        ("Пункт 2 дополнить последним абзацем следующего содержания: «Иное.»", Place("2", "2b")),
        ("Пункт 4 дополнить абзацем вторым следующего содержания: «Иное.»", Place(None, "4")),
        ("Дополнить преамбулу абзацем третьим: «учитывая опыт,»", Place(None, "p2")),
    ],
)
def test_a_new_line_stands_where_its_number_says(letter, place):
    (asked,) = understood("ru", letter).asked
    assert (asked.change.operation, asked.change.place) == (Operation.INSERT, place)


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        ("Пункт 2 дополнить абзацем первым: «Иное.»", Reason.NO_PLACE),
        ("Пункт 2 дополнить абзацем девятым: «Иное.»", Reason.NO_SUCH_PROVISION),
        ("Пункт 1 дополнить абзацем вторым: «Иное.»", Reason.NO_PLACE),
    ],
)
def test_a_new_line_before_all_among_the_provisions_own_or_far_after_them_is_told(letter, reason):
    within = edition(paragraph("1", "Стороны:\nсоздают условия;\nобмениваются опытом.", label="1."), language="ru")
    read = understood("ru", letter, within if "пункт 1" in letter.casefold() else None)
    assert (read.asked, [one.reason for one in read.not_understood]) == ((), [reason])

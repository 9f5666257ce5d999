"""Places in letters: what they are found to mean, and what is not found."""

from dataclasses import replace

import pytest

from app.text.changes import Change, Operation
from app.text.formulas.understood import Reason
from app.text.provision import Kind
from tests.text.drafts import edition, heading, paragraph
from tests.text.letters import amended, refused, understood
from tests.text.plans import plan


def without(base, *keys):
    return replace(base, provisions=tuple(p for p in base if p.key not in keys))


LINES_BELOW = edition(
    paragraph("1", "Стороны:", label="1."),
    paragraph("1a", "создают условия;"),
    paragraph("1b", "обмениваются опытом."),
    paragraph("2", "План вступает в силу.", label="2."),
    language="ru",
)
LINES_WITHIN = edition(paragraph("1", "Стороны:\nсоздают условия;\nобмениваются опытом.", label="1."), language="ru")


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("в приложении 1 к плану в пункте 7 слово «План» заменить словом «Документ»", "7"),
        ("в перечне мероприятий слово «каталога» заменить словом «реестра»", "1.3"),
        ("в таблице слово «каталога» заменить словом «реестра»", "1.3"),
        ("в наименовании плана слово «План» заменить словом «Программа»", "title"),
        ("в абзаце последнем преамбулы слово «нижеследующем» заменить словом «следующем»", "p3"),
        ("в графе 1 мероприятия 1.1 слово «обзора» заменить словом «доклада»", "1.1"),
        ("в разделе II слово «сети» исключить", "5"),
        ("в пункте 2 слово «умный» заменить словом «цифровой»", "2b"),
    ],
)
def test_a_place_is_found_by_what_it_is_called(letter, wanted):
    assert [key for key, _ in amended("ru", letter)] == [wanted]


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("таблицу исключить", ["t"]),
        ("абзац первый преамбулы исключить", ["p1"]),
        ("последний абзац пункта 2 исключить", ["2b"]),
        ("абзац второй раздела II исключить", ["4"]),
        ("подпункты «а» и «б» пункта 2 исключить", ["2a", "2b"]),
        ("подпункт «а» пункта 2 и пункт 6 исключить", ["2a", "6"]),
        ("в пункте 2 подпункт «а» и подпункт «б» исключить", ["2a", "2b"]),
        ("в пункте 2:\nподпункт «а» исключить;\nпункт 6 исключить", ["2a", "6"]),
    ],
)
def test_every_place_that_is_named_is_meant(letter, wanted):
    assert amended("ru", letter) == dict.fromkeys(wanted, Operation.DELETE)


@pytest.mark.parametrize(
    ("language", "letter"),
    [("en", "delete paragraph 2 (a) and (b)"), ("zh", "删去第2段第（一）项和第（二）项")],
)
def test_items_listed_after_a_paragraph_are_all_of_that_paragraph(language, letter):
    assert amended(language, letter) == {"2a": Operation.DELETE, "2b": Operation.DELETE}


@pytest.mark.parametrize(
    ("language", "letter", "wanted"),
    [
        ("ru", "В пункте 2 исключить подпункт «а»", {"2a": Operation.DELETE}),
        ("en", "In paragraph 2, delete subparagraph (a)", {"2a": Operation.DELETE}),
        ("zh", "第2段删去第（一）项", {"2a": Operation.DELETE}),
        ("ru", "В разделе II исключить пункты 3 и 4", {"3": Operation.DELETE, "4": Operation.DELETE}),
        ("ru", "В разделе II перенести пункт 6 после пункта 3", {"6": Operation.MOVE}),
        ("ru", "В пункте 3 оставить без изменений второе предложение", {"3": Operation.NO_CHANGE}),
        (
            "ru",
            "В пункте 2 слово «умный» заменить словом «цифровой», исключить подпункт «а»",
            {"2a": Operation.DELETE, ("2b", "text"): "«цифровой город» – город, создающий услуги на основе данных."},
        ),
        (
            "ru",
            "В пункте 3 изложить второе предложение в следующей редакции: «Стороны едины.»",
            {("3", "text"): "Стороны создают условия для обмена опытом. Стороны едины."},
        ),
        (
            "en",
            "In paragraph 3 amend the second sentence to read: “They meet.”",
            {("3", "text"): "The Sides create conditions for exchange. They meet."},
        ),
        ("ru", "Пункт 6 исключить в связи с включением его в пункт 7", {"6": Operation.DELETE}),
        ("ru", "Пункт 6 исключить, пункт 7 перенести в раздел II", {"6": Operation.DELETE, "7": Operation.MOVE}),
    ],
)
def test_a_place_named_before_the_verb_holds_the_one_named_after_it(language, letter, wanted):
    assert amended(language, letter) == wanted


@pytest.mark.parametrize(
    ("letter", "refusal"),
    [
        ("преамбулу исключить", (Reason.NO_PLACE, "", ())),
        ("первый абзац исключить", (Reason.NO_PLACE, "1", ())),
        ("графу «Исполнители» исключить", (Reason.NO_PLACE, "Исполнители", ())),
        ("третье предложение преамбулы исключить", (Reason.NO_PLACE, "3", ())),
        ("абзац девятый преамбулы исключить", (Reason.NO_SUCH_PROVISION, "9", ())),
        ("абзац девятый пункта 2 исключить", (Reason.NO_SUCH_PROVISION, "9", ("2",))),
        ("четвёртое предложение пункта 3 исключить", (Reason.NO_SUCH_PROVISION, "4", ("3",))),
        (
            "в абзаце, начинающемся словами «Стороны», слово «условия» исключить",
            (Reason.SEVERAL_PROVISIONS, "Стороны", ("3", "4")),
        ),
    ],
)
def test_a_place_that_is_not_there_or_there_twice_is_told(letter, refusal):
    assert refused("ru", letter) == [refusal]


def test_paragraphs_of_a_preamble_are_counted_in_every_language():
    assert amended("en", "delete preambular paragraph 2") == {"p2": Operation.DELETE}
    assert refused("en", "delete preambular paragraph 9") == [(Reason.NO_SUCH_PROVISION, "9", ())]
    assert refused("zh", "删去序言第9段") == [(Reason.NO_SUCH_PROVISION, "9", ())]


def test_a_text_without_a_title_has_none_to_change():
    letter = "в наименовании плана слово «План» заменить словом «Программа»"
    assert refused("ru", letter, without(plan("ru"), "title")) == [(Reason.NO_SUCH_PROVISION, "", ())]


def test_a_text_of_a_preamble_alone_is_all_preamble():
    base = edition(*(paragraph(key, key) for key in ("первый", "второй", "третий")), language="ru")
    assert amended("ru", "абзац третий преамбулы исключить", base) == {"третий": Operation.DELETE}


def test_paragraphs_without_a_number_are_lines_of_the_numbered_one_before_them():
    assert amended("ru", "абзац второй пункта 1 исключить", LINES_BELOW) == {"1a": Operation.DELETE}
    assert amended("ru", "абзац первый пункта 2 исключить", LINES_BELOW) == {"2": Operation.DELETE}
    assert refused("ru", "подпункты «а» – «в» пункта 2 исключить") == [(Reason.NO_SUCH_PROVISION, "а – в", ())]
    assert refused("ru", "абзацы 4–1 пункта 1 исключить", LINES_BELOW) == [(Reason.NO_SUCH_PROVISION, "4", ("1",))]
    assert refused("ru", "абзац четвёртый пункта 1 исключить", LINES_BELOW) == [(Reason.NO_SUCH_PROVISION, "4", ("1",))]


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("абзац второй пункта 1 исключить", "Стороны:\nобмениваются опытом."),
        ("абзац последний пункта 1 исключить", "Стороны:\nсоздают условия;"),
        (
            "в абзаце втором пункта 1 слово «условия» заменить словом «среду»",
            "Стороны:\nсоздают среду;\nобмениваются опытом.",
        ),
        (
            "абзац первый пункта 1 изложить в следующей редакции: «Участники:»",
            "Участники:\nсоздают условия;\nобмениваются опытом.",
        ),
    ],
)
def test_lines_within_a_paragraph_are_counted_too(letter, wanted):
    assert amended("ru", letter, LINES_WITHIN) == {("1", "text"): wanted}


def test_the_first_line_of_a_paragraph_with_items_goes_without_them():
    (asked,) = understood("ru", "первый абзац пункта 2 исключить").asked
    assert asked.change == Change(Operation.DELETE, "2", alone=True)
    assert refused("ru", "в абзаце первом пункта 2 слово «умный» исключить") == [
        (Reason.WORDS_NOT_THERE, "умный", ("2",))
    ]


def test_lines_of_a_section_are_its_paragraphs_without_its_heading():
    base = edition(
        heading("I", "ВВЕДЕНИЕ", "I."),
        paragraph("a", "Стороны едины."),
        paragraph("note", "Сноска.", kind=Kind.FOOTNOTE),
        paragraph("b", "Стороны решили."),
        language="ru",
    )
    assert amended("ru", "абзац второй раздела I исключить", base) == {"b": Operation.DELETE}


def test_a_question_on_an_annex_or_on_nothing_that_is_there_is_one_on_the_whole():
    read = understood("ru", "Просим пояснить пункт 4 приложения 1.\nПросим пояснить пункт 99.\nПочему так?")
    assert [(one.change.operation, one.change.key) for one in read.asked] == [
        (Operation.COMMENT, "4"),
        (Operation.COMMENT, ""),
        (Operation.COMMENT, ""),
    ]


def test_a_question_may_be_about_several_places():
    read = understood("ru", "Просим уточнить пункты 4 и 6.")
    assert [one.change.key for one in read.asked] == ["4", "6"]


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "С учётом пункта 4 пункт 6 изложить в следующей редакции: «Иное.»"),
        ("ru", "В соответствии с изменениями в пункте 4, пункт 6 изложить в следующей редакции: «Иное.»"),
        ("zh", "根据第4段的修改，第6段改为：“Иное.”"),
        ("en", "In line with the changes in paragraph 4, paragraph 6 should read: “Иное.”"),
    ],
)
def test_nothing_is_asked_of_a_place_that_is_only_referred_to(language, letter):
    assert amended(language, letter) == {("6", "text"): "Иное."}

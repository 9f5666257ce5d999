"""What is checked in a text before it is called final."""

import pytest

from app.text import final_checks
from app.text.labels import Numbering
from app.text.provision import TEXT, Edition, Kind, Provision, States
from app.text.runs import text

RU, ZH = Numbering("ru"), Numbering("zh")
NAMES = (
    ("Беларусь", "Республика Беларусь", "Республики Беларусь"),
    ("Индия", "Республика Индия", "Республики Индии"),
    ("Китай", "Китайская Народная Республика", ""),
)


def one(words, kind=Kind.PARAGRAPH, label="", key="p", **more):
    return Provision(key, kind, parts={TEXT: text(words)}, label=label, **more)


def edition(*provisions, language="ru"):
    return Edition(language, provisions)


def words(found):
    return [finding.words for finding in found]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Беларусь, Индия и Китай выступают за", []),
        ("Индия, Беларусь выступают за", ["Индия, Беларусь"]),
        ("делегации Республики Индии и Республики Беларусь", ["Республики Индии, Республики Беларусь"]),
        ("Китай заявил, что Беларусь поддерживает Индию", []),
        ("Индия. Беларусь, Китай, Индия", ["Беларусь, Китай, Индия"]),
        ("Стороны", []),
    ],
)
def test_states_out_of_order_are_found_in_lists_alone(said, found):
    assert words(final_checks.states_out_of_order(edition(one(said)), NAMES)) == found


def test_without_names_no_order_is_checked():
    assert final_checks.states_out_of_order(edition(one("Индия, Беларусь")), ()) == ()


def test_brackets_are_found_but_literal_ones():
    draft = edition(one("[создать] план", key="a"), one("[Прим.: нет]", key="b"), one("план", key="c"))
    draft = edition(*draft, Provision("d", Kind.ROW, parts={"who": States(frozenset({"BLR"}))}))

    assert [f.key for f in final_checks.brackets_left(draft)] == ["a", "b"]
    assert [f.key for f in final_checks.brackets_left(draft, {("b", TEXT): 1})] == ["a"]


def test_a_title_that_says_draft_is_found():
    draft = edition(
        one("Проект Плана действий", Kind.TITLE, key="a"),
        one("行动计划（草案）", Kind.TITLE, key="b"),
        one("Проект", key="c"),
    )

    assert [f.key for f in final_checks.draft_words(draft)] == ["a", "b"]


def test_a_gap_in_the_numbers_is_found():
    draft = edition(*(one("x", label=label, key=label) for label in ("1.", "2.", "4.")))

    assert words(final_checks.wrong_numbers(draft, RU)) == ["4. → 3."]
    assert final_checks.wrong_numbers(edition(*draft.provisions[:2]), RU) == ()


def test_numbers_that_differ_between_languages_are_found():
    russian = edition(
        one("x", label="1.", key="a"), one("x", label="2.", key="b"), one("x", key="c"), one("x", key="d")
    )
    chinese = edition(one("一", label="1.", key="a"), one("一", label="3.", key="b"), one("一", key="c"), language="zh")

    found = final_checks.labels_apart(russian, chinese, {"ru": RU, "zh": ZH})

    assert words(found) == ["2. ≠ 3."]


def test_words_that_one_language_lacks_are_found():
    row = Provision("r", Kind.ROW, parts={"time": text("2026"), "who": States(frozenset({"BLR"}))})
    russian = edition(one("слова", key="a"), row)
    chinese = edition(Provision("r", Kind.ROW, parts={"who": States(frozenset({"BLR"}))}), language="zh")

    assert words(final_checks.without_words(russian, chinese)) == ["слова", "time"]
    assert final_checks.without_words(russian, russian) == ()


def test_the_rarer_of_two_spellings_is_found():
    draft = edition(
        one("государства-члены", key="a"), one("государств – членов", key="b"), one("государства – члены", key="c")
    )

    assert [f.key for f in final_checks.two_spellings(draft)] == ["a"]
    assert [f.key for f in final_checks.two_spellings(edition(*draft.provisions[:1], *draft.provisions))] == ["b", "c"]
    assert final_checks.two_spellings(edition(*draft.provisions[1:])) == ()


def test_a_number_that_nothing_has_is_found():
    draft = edition(one("как в пункте 2 и пункте 7", label="1.", key="a"), one("x", label="2.", key="b"))

    assert words(final_checks.lost_references(draft, RU)) == ["7"]


def test_annexes_that_are_not_mentioned_are_found():
    who = Provision("r", Kind.ROW, parts={"who": States(frozenset({"BLR"}))})
    heads = [one(f"Приложение № {n}", Kind.HEADING, key=f"h{n}") for n in (1, 2)]
    draft = edition(one("Списки прилагаются (Приложение № 1, Приложение № 3)."), *heads, who)

    assert words(final_checks.annexes_apart(draft)) == ["2", "3"]
    assert final_checks.annexes_apart(edition(one("в Приложении № 3 к Протоколу"))) == ()


@pytest.mark.parametrize(
    ("titles", "apart"),
    [
        (("ПЛАН ДЕЙСТВИЙ\u2028государств – членов", "План действий государств-членов"), False),
        (("«План»", "План", ""), False),
        (("План по трансформации", "План в области трансформации"), True),
    ],
)
def test_titles_that_differ_in_words_are_apart(titles, apart):
    assert final_checks.titles_apart(titles) is apart


def test_texts_that_name_another_day_are_found():
    assert final_checks.days_apart(["9 апреля 2025"], ["от 9 апреля 2025 года", "от 8 апреля", ""]) == ("от 8 апреля",)


def test_long_words_are_shortened():
    (found,) = final_checks.brackets_left(edition(one("[" + "слово " * 40 + "]")))

    assert len(found.words) <= 61

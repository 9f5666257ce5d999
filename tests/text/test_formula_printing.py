"""Changes printed in the formulas of a letter, and the law: what is printed asks for the same when it is read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.changes import Change, Operation
from app.text.formulas.letters import read_letter
from app.text.formulas.printing import formulas, same
from app.text.formulas.understood import Asked
from app.text.provision import STATES as JOINED
from app.text.provision import TEXT, Kind, Place, States
from app.text.runs import NOTE, Run, plain, text
from app.text.structure import Outline, can_go_alone
from tests.text import strategies
from tests.text.drafts import amend, delete, edition, heading, insert, move, paragraph, row, table
from tests.text.plans import SHORT, STATES, plan

LANGUAGES = ("ru", "zh", "en")


def printed(language, *changes, base=None):
    return formulas(
        [one if isinstance(one, Asked) else Asked(one) for one in changes],
        base or plan(language),
        language,
        short=SHORT[language],
        names=STATES,
        minted_from="base",
    )


def read_again(language, words, base=None):
    read = read_letter(words, base or plan(language), language=language, names=STATES, minted_from="base")
    assert read.not_understood == ()
    return [same(one.change) for one in read.asked]


def reworded(language, key, old, new):
    before = plain(plan(language).by_key()[key].text)
    assert before.count(old) == 1
    return amend(key, before.replace(old, new))


@pytest.mark.parametrize(
    ("language", "change", "wanted"),
    [
        (
            "ru",
            reworded("ru", "4", "граждан и экономик", "граждан"),
            "В пункте 4 слова «и экономик» исключить",
        ),
        (
            "ru",
            reworded("ru", "2a", "данные в", "сведения в"),
            "В подпункте «а» пункта 2 слова «данные в» заменить словами «сведения в»",
        ),
        ("ru", reworded("ru", "6", "том числе", "числе прочего"), None),
        ("ru", amend("6", "Встречи."), "Пункт 6 изложить в следующей редакции: «6. Встречи.»"),
        ("ru", delete("6"), "Пункт 6 исключить"),
        ("ru", delete("2", alone=True), "Пункт 2 исключить, подчинённые положения сохранить"),
        ("zh", delete("2", alone=True), "删去第2段，保留其下属内容"),
        ("en", delete("2", alone=True), "Delete paragraph 2, keeping what stands under it"),
        ("ru", move("7", None, "6"), "Пункт 7 перенести после пункта 6"),
        ("ru", reworded("ru", "p2", "сотрудничеству", "диалогу"), None),
        (
            "ru",
            amend("1.3", what="Создание каталога решений", time="ежегодно", who={"KAZ"}),
            "В графе «Исполнители» мероприятия 1.3 слово «Индия» исключить",
        ),
        (
            "ru",
            amend("1.1", what="Подготовка обзора", time="2026 г.", who={"PARTIES", "BLR"}),
            "Мероприятие 1.1 дополнить исполнителем «Беларусь»",
        ),
        ("zh", delete("6"), "删去第6段"),
        ("zh", reworded("zh", "4", "开放和公开可得", "开放"), None),
        ("en", delete("2a"), "Delete subparagraph (a) of paragraph 2"),
        ("en", move("7", None, "6"), "Move paragraph 7 after paragraph 6"),
        (
            "en",
            reworded("en", "7", "date", "day"),
            "In paragraph 7 replace “date” with “day”",
        ),
    ],
)
def test_a_change_is_printed_as_the_trade_words_it(language, change, wanted):
    (one,) = printed(language, change)
    assert one.is_exact, one.words
    assert wanted in (None, one.words)
    assert read_again(language, one.words) == [same(change)]


def test_words_that_stand_twice_are_quoted_with_their_neighbours():
    (one,) = printed("ru", amend("3", "Стороны создают условия для обмена опытом. Участники проводят встречи."))
    assert one.words == "В пункте 3 слова «Стороны проводят» заменить словами «Участники проводят»"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ru", "Дополнить пунктом 5 бис следующего содержания: «5 бис. Новое.»"),
        ("zh", "增加第5之二段：“5之二. Новое.”"),
        ("en", "Add a new paragraph 5 bis: “5 bis. Новое.”"),
    ],
)
def test_a_new_paragraph_gets_the_number_after_its_place(language, wanted):
    (made,) = read_letter(
        {"ru": "После пункта 5 дополнить новым пунктом: «Новое.»", "zh": "在第5段之后增加一段：“Новое.”"}.get(
            language, "After paragraph 5 add a new paragraph: “Новое.”"
        ),
        plan(language),
        language=language,
        minted_from="base",
    ).asked
    (one,) = printed(language, made)
    assert (one.words, one.is_exact) == (wanted, True)


def test_what_no_letter_can_write_is_printed_as_near_as_it_can_be():
    bold = Change(Operation.AMEND, "6", {TEXT: tuple(r._replace(marks=1) for r in plan("ru").by_key()["6"].text)})
    (one,) = printed("ru", bold)
    assert not one.is_exact
    assert one.words.startswith("Пункт 6 изложить в следующей редакции: ")


def test_a_comment_names_its_provision():
    (one,) = printed("ru", Asked(Change(Operation.COMMENT, "6"), "почему ежегодно?", "Ясность."))
    assert (one.words, one.justification) == ("В отношении пункта 6: почему ежегодно?", "Ясность.")


@st.composite
def plain_rewordings(draw):
    """Draw a plan in one language and a rewording of one of its paragraphs by words of the language."""
    language = draw(st.sampled_from(LANGUAGES))
    base = plan(language)
    provision = draw(st.sampled_from([p for p in base if TEXT in p.parts and p.kind is not Kind.TITLE]))
    words = plain(provision.text).split(" ") if language != "zh" else list(plain(provision.text))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(words) - 1)))
        new = draw(st.sampled_from(([], ["новое", "слово"], ["mot"], ["新"])))
        words[at : at + draw(st.integers(0, 2))] = new
    wished = (" " if language != "zh" else "").join(words).strip()
    return language, base, provision, wished


@given(plain_rewordings())
def test_a_rewording_is_read_as_it_was_printed(drawn):
    language, base, provision, wished = drawn
    if not wished or text(wished) == provision.text:
        return
    change = Change(Operation.AMEND, provision.key, {**provision.parts, TEXT: text(wished)})
    (one,) = printed(language, change, base=base)
    assert one.is_exact, one.words
    assert read_again(language, one.words) == [same(change)]


@st.composite
def labelled_drafts(draw):
    """Draw a draft as ``strategies`` does, with labels as papers have them, and a change of it."""
    language = draw(st.sampled_from(LANGUAGES))
    base = draw(strategies.editions(language))
    provisions, roman = [], ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
    for number, one in enumerate(base, 1):
        label = roman[number - 1] + "." if one.kind is Kind.HEADING else f"{number}."
        provisions.append(replace(one, label=f"1.{number}" if one.kind is Kind.ROW else label))
    base = replace(base, provisions=tuple(provisions))
    return language, base, draw(strategies.changes(base, Outline(base)))


@given(labelled_drafts())
def test_an_exact_formula_asks_for_the_same_change(drawn):
    language, base, change = drawn
    if change.operation is Operation.COMMENT:
        return
    (one,) = printed(language, change, base=base)
    if one.is_exact:
        assert read_again(language, one.words, base) == [same(change)]
    elif change.operation in (Operation.DELETE, Operation.NO_CHANGE) and change.alone <= can_go_alone(base, change.key):
        pytest.fail(one.words)


def test_states_that_join_a_paragraph_are_listed():
    before = plan("ru").by_key()["5"]
    change = Change(Operation.AMEND, "5", {**before.parts, JOINED: States(frozenset({"BLR", "IND"}))})
    (one,) = printed("ru", change)
    assert one.is_exact, one.words
    assert "перечне государств пункта 5" in one.words


@pytest.mark.parametrize(
    ("language", "parent", "after", "wanted"),
    [
        ("ru", "2", None, "Под пункт 2 дополнить новым абзацем следующего содержания: «Новое.»"),
        ("ru", None, None, "Перед наименованием проекта дополнить новым абзацем следующего содержания: «Новое.»"),
        ("ru", "6", None, "Под пункт 6 дополнить новым абзацем следующего содержания: «Новое.»"),
        ("ru", None, "p2", "После абзаца второго преамбулы дополнить новым абзацем следующего содержания: «Новое.»"),
        ("en", None, "p2", "After preambular paragraph 2 add a new paragraph: “Новое.”"),
        ("zh", None, "p2", "在序言第2段之后增加一段：“Новое.”"),
    ],
)
def test_an_insertion_without_a_number_is_printed_by_what_stands_beside_it(language, parent, after, wanted):
    (one,) = printed(language, insert("k", "Новое.", parent, after))
    assert one.words.startswith(wanted)


def test_a_new_measure_is_printed_cell_by_cell_and_a_row_over_all_columns_by_its_words():
    letter = "после мероприятия 1.1 дополнить новым мероприятием: «Мероприятие: Семинар\nИсполнители: Беларусь, Индия»"
    (made,) = read_letter(letter, plan("ru"), language="ru", names=STATES, minted_from="base").asked
    over_all = Change(Operation.INSERT, "k", place=Place("t", "1.1"), block=(row("k", text="Раздел"),))

    measure, section = printed("ru", made, over_all)

    assert (measure.words, measure.is_exact) == (
        "Дополнить мероприятием 1.1 бис следующего содержания: «Мероприятие: Семинар\nИсполнители: Беларусь, Индия»",
        True,
    )
    assert section.words.startswith("Дополнить мероприятием 1.1 бис следующего содержания: «Раздел»")


def test_what_has_no_name_is_printed_as_near_as_it_can_be_and_never_by_its_key():
    base = edition(
        heading("h", "ЦЕЛИ", "I."),
        paragraph("empty", ""),
        paragraph("one", "Стороны едины во всём"),
        paragraph("other", "Стороны едины во всём"),
        language="ru",
    )
    found = printed(
        "ru",
        delete("other"),
        delete("empty"),
        move("other", None, "empty"),
        insert("k", "Новое.", None, "empty"),
        Change(Operation.INSERT, "k", place=Place(None, "h"), block=(table("k"),)),
        Asked(Change(Operation.COMMENT, "other"), "почему?"),
        Asked(Change(Operation.COMMENT, "empty"), "почему?"),
        Asked(Change(Operation.COMMENT, ""), "почему?"),
        base=base,
    )
    note = "(оформление – по прилагаемому тексту)"
    assert [(one.words, one.is_exact) for one in found] == [
        (f"Абзац, начинающийся словами «Стороны едины во всём», исключить {note}", False),
        (note, False),
        (f"Абзац, начинающийся словами «Стороны едины во всём», {note}", False),
        (f"Дополнить новым абзацем следующего содержания: «Новое.» {note}", False),
        (note, False),
        ("В отношении абзаца, начинающегося словами «Стороны едины во всём»: почему?", True),
        ("Почему?", True),
        ("Почему?", True),
    ]


def test_nothing_that_could_be_named_stands_beside_the_first_provision_of_an_empty_text():
    (one,) = printed("ru", insert("k", "Новое."), base=edition(language="ru"))
    assert one.words.startswith("Дополнить новым абзацем следующего содержания: «Новое.»")


@pytest.mark.parametrize(
    ("base", "key", "wanted"),
    [
        ([paragraph("x", "Первое.", label="1."), paragraph("y", "Второе и так.", label="1.")], "y", "«Второе и так.»"),
        ([heading("x", "ЦЕЛИ", "1."), paragraph("y", "Первое.", label="1.")], "x", "Раздел 1"),
        (
            [
                paragraph("x", "Первое:", label="1."),
                paragraph("y", "первое", "x", 1, "а)", Kind.ITEM),
                paragraph("z", "ещё одно", "y", 2, "а)", Kind.ITEM),
            ],
            "z",
            "«ещё одно»",
        ),
        ([paragraph("x", "Первое."), table("y")], "y", "Абзац второй преамбулы"),
        ([heading("x", "ЦЕЛИ", "I."), table("y")], "y", "Таблицу"),
        ([heading("x", "ЦЕЛИ", "I."), paragraph("y", "Первое и", label="")], "y", "«Первое и»"),
        ([heading("x", "ЦЕЛИ", "I."), heading("y", "ПЛАН", "II."), paragraph("z", "Раз.", label="2.")], "z", "Пункт 2"),
        (
            [
                heading("x", "ЦЕЛИ", "I."), paragraph("a", "Первое.", label="1."),
                heading("y", "ЗАДАЧИ", "II."), paragraph("z", "Второе.", label="1."),
            ],
            "z",
            "Пункт 1 раздела II",
        ),
        ([paragraph(f"p{n}", f"слово{n} и слово") for n in range(11)], "p10", "Абзац 11 преамбулы"),
    ],
)  # fmt: skip
def test_a_provision_has_the_shortest_name_that_no_other_has(base, key, wanted):
    (one,) = printed("ru", delete(key), base=edition(*base, language="ru"))
    assert one.is_exact
    assert wanted in one.words


def test_a_provision_without_a_label_is_named_by_its_first_characters_in_chinese():
    base = plan("zh")
    base = replace(base, provisions=tuple(replace(p, label="") if p.key == "6" else p for p in base))
    assert printed("zh", delete("6"), base=base)[0].words == "删去以“会议每”开头的段落"


@pytest.mark.parametrize(
    ("language", "change", "wanted"),
    [
        ("ru", Change(Operation.NO_CHANGE, "6"), "Пункт 6 оставить в редакции проекта"),
        ("ru", delete("t"), "Таблицу исключить"),
        ("ru", delete("title"), "Наименование проекта исключить"),
        ("ru", move("7", None, None), "Пункт 7 перенести перед наименованием проекта"),
        ("ru", move("7", "6", None), "Пункт 7 перенести под пункт 6"),
        (
            "ru",
            move("7", None, "6", "План применяется с даты утверждения."),
            "Пункт 7 перенести после пункта 6; в пункте 7 слово «принятия» заменить словом «утверждения»",
        ),
        (
            "ru",
            amend("1.1", what="Подготовка обзора", who={"PARTIES"}),
            "В графе «Сроки исполнения» мероприятия 1.1 слова «2026 г.» исключить",
        ),
        (
            "ru",
            amend("1.1", what="Подготовка обзора", time="2026 г.", who={"PARTIES", "BLR", "IND"}),
            "Мероприятие 1.1 дополнить исполнителями «Беларусь», «Индия»",
        ),
        ("zh", amend("6", "大会。"), "第6段中的“会议每年举行一次，包括以视频方式举行”改为“大会”"),
        ("zh", amend("2a", "数据。"), None),
    ],
)
def test_every_kind_of_change_has_its_formula(language, change, wanted):
    (one,) = printed(language, change)
    assert one.is_exact, one.words
    assert wanted in (None, one.words)


def test_a_change_of_level_alone_names_the_provision():
    (one,) = printed("ru", amend("6", level=1))
    assert (one.words, one.is_exact) == ("Пункт 6 (оформление – по прилагаемому тексту)", False)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("zh", "第6段修改为：“6.委员会讨论。"), ("ru", "Пункт 6 изложить в следующей редакции: «6. ")],
)
def test_a_paragraph_restated_is_printed_with_its_label(language, wanted):
    words = ("委员会讨论。\n主席决定。\n秘书记录。" * 4) if language == "zh" else "Встречи.\nБеседы.\nПисьма."
    (one,) = printed(language, amend("6", words))
    assert one.words.startswith(wanted)


def test_footnote_references_stay_where_words_around_them_change_and_cannot_be_taken_away():
    noted = text("Стороны создают", Run(NOTE, 0, "n"), " условия.")
    base = edition(replace(paragraph("3", label="3."), parts={TEXT: noted}), language="ru")
    kept = text("Стороны создают", Run(NOTE, 0, "n"), " среду.")

    changed, lost = printed(
        "ru",
        Change(Operation.AMEND, "3", {TEXT: kept}),
        Change(Operation.AMEND, "3", {TEXT: text("Стороны создают условия.")}),
        base=base,
    )

    assert (changed.words, changed.is_exact) == ("В пункте 3 слово «условия» заменить словом «среду»", True)
    assert not lost.is_exact

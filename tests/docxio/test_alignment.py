"""Two language versions of one draft laid side by side."""

import pytest

from app.docxio.alignment import Difference, Mismatch, align, label_paths
from app.docxio.reader import read_draft
from app.text.provision import Kind, Provision
from app.text.runs import NOTE, plain
from tests.docxio.handmade import docx, notes, p, row, run, table

STATES = {"BY": ["Беларусь", "白俄罗斯"], "CN": ["Китай", "中国"]}


def read(*body: str, **parts: str) -> tuple[Provision, ...]:
    """Return the provisions of a body."""
    return read_draft(docx("".join(body), **parts), states=STATES).texts


RUSSIAN = (
    p(run("ПЛАН ДЕЙСТВИЙ", "<w:b/>"), '<w:jc w:val="center"/>'),
    p("Государства – члены ШОС (далее – Стороны), руководствуясь Хартией 2002 года, договорились о нижеследующем:"),
    p(run("I. ОБЩИЕ ПОЛОЖЕНИЯ", "<w:b/>"), '<w:jc w:val="center"/>'),
    p("1. Реализация Плана осуществляется на добровольной основе."),
    p("2. Стороны развивают сотрудничество по следующим направлениям:"),
    p("а) цифровая инфраструктура;"),
    p("б) цифровое правительство."),
    p("3. План действует до 2030 года."),
    table(
        row("№ п/п", "Мероприятия", "Сроки исполнения", "Исполнители"),
        row("1.1", "Обмен опытом", "2026 г.", "Беларусь, Китай"),
        row("1.2", "Семинар", "2027 г.", "Китай"),
    ),
)
CHINESE = (
    p(run("行动计划", "<w:b/>"), '<w:jc w:val="center"/>'),
    p("上海合作组织成员国（以下简称“各方”），遵循2002年宪章，商定如下："),
    p("一、总则"),
    p("1. 各方在自愿基础上落实本计划。"),
    p("2. 各方在下列方向开展合作："),
    p("（一）数字基础设施；"),
    p("（二）数字政府。"),
    p("3. 本计划有效期至2030年。"),
    table(
        row("序号", "措施", "落实期限", "负责方"),
        row("1.1", "交流经验", "2026年", "白俄罗斯、中国"),
        row("1.2", "研讨会", "2027年", "中国"),
    ),
)


def without(body: tuple[str, ...], at: int) -> tuple[str, ...]:
    """Return a body without one block."""
    return body[:at] + body[at + 1 :]


def test_two_complete_versions_correspond_one_to_one():
    first, second = read(*RUSSIAN), read(*CHINESE)

    found = align(first, second)

    assert found.mismatches == ()
    assert [x.key for x in found.provisions] == [x.key for x in first]
    assert [(x.kind, x.level, x.parent) for x in found.provisions] == [(x.kind, x.level, x.parent) for x in first]


@pytest.mark.parametrize("at", [1, 3, 4, 5, 6, 7])
def test_a_paragraph_missing_in_the_second_version_is_the_only_mismatch(at):
    first, second = read(*RUSSIAN), read(*without(CHINESE, at))

    found = align(first, second)

    assert found.mismatches == (Mismatch(Difference.MISSING, f"p{at + 1}", None),)
    assert len(found.pairs) == len(first) - 1


@pytest.mark.parametrize("at", [1, 3, 4, 5, 6, 7])
def test_a_paragraph_missing_in_the_first_version_is_additional_in_the_second(at):
    first, second = read(*without(RUSSIAN, at)), read(*CHINESE)

    found = align(first, second)

    assert found.mismatches == (Mismatch(Difference.ADDITIONAL, None, f"p{at + 1}"),)
    assert found.provisions[at].key == "n1"


def test_numbers_that_begin_again_in_each_section_still_tell_what_is_missing():
    first = read(*(p(w) for w in ("1. Aa aa.", "2. Bb bb.", "3. Cc cc.", "Xxx", "1. Dd dd.", "2. Ee ee.", "3. Ff ff.")))
    second = read(*(p(w) for w in ("1. Aa aa.", "2. Bb bb.", "3. Cc cc.", "Xxx", "1. Dd dd.", "3. Ff ff.")))

    assert align(first, second).mismatches == (Mismatch(Difference.MISSING, "p6", None),)


def test_a_row_missing_in_the_second_version_is_told():
    shorter = table(row("序号", "措施", "落实期限", "负责方"), row("1.2", "研讨会", "2027年", "中国"))

    found = align(read(*RUSSIAN), read(*CHINESE[:-1], shorter))

    assert [(m.what, m.first) for m in found.mismatches] == [(Difference.MISSING, "p10")]


def test_columns_take_the_names_of_the_first_version():
    unnamed = table(
        row("序号", "条款", "落实期限", "负责方"),
        row("1.1", "甲", "2026年", "中国"),
        row("1.2", "乙", "2027年", "中国"),
    )

    found = align(read(*RUSSIAN), read(*CHINESE[:-1], unnamed)).provisions

    assert found[8].columns == ("no", "measure", "time", "who")
    assert "measure" in found[9].parts


def test_another_number_of_columns_is_told():
    narrow = table(row("序号", "措施", "落实期限"), row("1.1", "甲", "2026年"), row("1.2", "乙", "2027年"))

    found = align(read(*RUSSIAN), read(*CHINESE[:-1], narrow)).mismatches

    assert (Difference.COLUMNS, "p9") in [(m.what, m.first) for m in found]


def test_another_set_of_states_is_told():
    other = table(
        row("序号", "措施", "落实期限", "负责方"),
        row("1.1", "甲", "2026年", "中国"),
        row("1.2", "乙", "2027年", "中国"),
    )

    found = align(read(*RUSSIAN), read(*CHINESE[:-1], other)).mismatches

    assert found == (Mismatch(Difference.STATES, "p10", "p10"),)


def test_another_year_is_told():
    other = (*CHINESE[:7], p("3. 本计划有效期至2031年。"), CHINESE[8])

    assert align(read(*RUSSIAN), read(*other)).mismatches == (Mismatch(Difference.NUMBERS, "p8", "p8"),)


def test_another_kind_is_told_and_the_first_version_holds():
    other = (*CHINESE[:2], p("I. 总则本章适用于各方，各方应当遵守。"), *CHINESE[3:])

    found = align(read(*RUSSIAN), read(*other))

    assert [(m.what, m.first) for m in found.mismatches] == [(Difference.KIND, "p3")]
    assert found.provisions[2].kind is Kind.HEADING


def test_footnotes_are_renamed_with_their_references():
    footnotes = notes(f'<w:footnote w:id="1">{p("Сноска")}</w:footnote>')
    noted = p(run("2. Текст") + '<w:r><w:footnoteReference w:id="1"/></w:r>')

    first = read(p("1. Первый"), noted, footnotes=footnotes)
    found = align(first, read(noted, footnotes=footnotes))

    assert [x.key for x in found.provisions] == ["p2", "p3"]
    assert next(r.note for r in found.provisions[0].text if r.text == NOTE) == "p3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 бис.", "12之二."),
        ("I.", "一、"),
        ("1.1.", "1.1"),
        ("（一）", "1)"),
        ("12¹.", "12 bis."),
        ("Статья 5.", "第五条"),
    ],
)
def test_labels_correspond_across_languages(one, other):
    assert label_paths(one)[0] & label_paths(other)[0]


def test_a_thousand_provisions_are_aligned_within_a_second():
    import time

    body = "".join(p(f"{n}. Пункт о мерах {n * 7919 % 1000} года.") + p("а) подпункт;") for n in range(1, 500))
    first = read(body)

    started = time.process_time()
    found = align(first, first[:400] + first[402:])

    assert time.process_time() - started < 1
    assert [m.what for m in found.mismatches] == [Difference.MISSING] * 2
    assert plain(found.provisions[0].text)

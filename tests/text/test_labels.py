"""Labels read from what was typed, and written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.labels import (
    Label,
    Numbering,
    Numeral,
    Style,
    Suffix,
    format_label,
    from_chinese,
    from_roman,
    label_inserted,
    parse_label,
    to_chinese,
    to_roman,
)

RU, EN, ZH = Numbering("ru"), Numbering("en"), Numbering("zh")
SUPERSCRIPT = Numbering("ru", Suffix.SUPERSCRIPT)

READ = {
    ("1.", RU): (Numeral.DECIMAL, (1,), 0),
    ("1)", RU): (Numeral.DECIMAL, (1,), 0),
    ("а)", RU): (Numeral.CYRILLIC_LOWER, (1,), 0),
    ("к)", RU): (Numeral.CYRILLIC_LOWER, (9,), 0),
    ("Б.", RU): (Numeral.CYRILLIC_UPPER, (2,), 0),
    ("–", RU): (Numeral.DASH, (), 0),
    ("12 бис.", RU): (Numeral.DECIMAL, (12,), 1),
    ("12¹", SUPERSCRIPT): (Numeral.DECIMAL, (12,), 1),
    ("1.1", RU): (Numeral.DECIMAL, (1, 1), 0),
    ("1.3 тер", RU): (Numeral.DECIMAL, (1, 3), 2),
    ("I.", RU): (Numeral.ROMAN_UPPER, (1,), 0),
    ("Статья 5.", RU): (Numeral.DECIMAL, (5,), 0),
    ("Article 5", EN): (Numeral.DECIMAL, (5,), 0),
    ("(i)", EN): (Numeral.ROMAN_LOWER, (1,), 0),
    ("(iv)", EN): (Numeral.ROMAN_LOWER, (4,), 0),
    ("(c)", EN): (Numeral.LATIN_LOWER, (3,), 0),
    ("B.", EN): (Numeral.LATIN_UPPER, (2,), 0),
    ("(bb)", EN): (Numeral.LATIN_LOWER, (28,), 0),
    ("3 bis", EN): (Numeral.DECIMAL, (3,), 1),
    ("（一）", ZH): (Numeral.CHINESE, (1,), 0),
    ("一、", ZH): (Numeral.CHINESE, (1,), 0),
    ("二十一、", ZH): (Numeral.CHINESE, (21,), 0),
    ("5之二", ZH): (Numeral.DECIMAL, (5,), 1),
    ("第十二条之三", ZH): (Numeral.CHINESE, (12,), 2),
    ("第三部分", ZH): (Numeral.CHINESE, (3,), 0),
}


@pytest.mark.parametrize(("label", "numbering"), READ)
def test_a_typed_label_is_read(label, numbering):
    found = parse_label(label, numbering=numbering)

    assert (found.style.numeral, found.numbers, found.inserted) == READ[label, numbering]


@pytest.mark.parametrize(("label", "numbering"), READ)
def test_a_label_is_written_as_it_was_read(label, numbering):
    assert format_label(parse_label(label, numbering=numbering), numbering) == label


@pytest.mark.parametrize("words", ["", "hello", "г. Москва", "5 foo", "аб)", "ab)", "ъ)", "1..2"])
def test_what_is_no_label_is_not_read(words):
    assert parse_label(words) is None


def test_a_letter_after_a_letter_is_a_letter():
    assert parse_label("(i)", parse_label("(h)")).style.numeral is Numeral.LATIN_LOWER


def test_a_roman_numeral_after_a_roman_one_is_roman():
    assert parse_label("c)", parse_label("xcix)")).numbers == (100,)


def test_a_dash_has_no_number():
    assert parse_label("–").number == 0


@pytest.mark.parametrize(
    ("before", "ordinal", "numbering", "expected"),
    [
        ("12.", 0, RU, "12 бис."),
        ("12.", 1, RU, "12 тер."),
        ("12 бис.", 0, RU, "12 тер."),
        ("1)", 2, RU, "1 кватер)"),
        ("12.", 0, SUPERSCRIPT, "12¹."),
        ("3", 1, EN, "3 ter"),
        ("3", 1, Numbering("fr"), "3 ter"),
        ("3", 11, EN, "3¹²"),
        ("5", 0, ZH, "5之二"),
        ("第十二条", 1, ZH, "第十二条之三"),
        ("1.3", 0, RU, "1.3 бис"),
        ("–", 0, RU, "–"),
        ("", 0, RU, ""),
    ],
)
def test_what_is_inserted_is_bis_and_ter_of_the_provision_before(before, ordinal, numbering, expected):
    assert label_inserted(before, ordinal, numbering) == expected


def test_russian_lists_pass_over_letters_by_setting():
    ninth = Label(Style(Numeral.CYRILLIC_LOWER, "", ")"), (9,))

    assert format_label(ninth, RU) == "к)"
    assert format_label(ninth, Numbering("ru", skipped=frozenset("ё"))) == "и)"


def test_upper_case_letters_stay_upper():
    assert format_label(Label(Style(Numeral.LATIN_UPPER, "", "."), (27,)), EN) == "AA."


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number):
    assert from_roman(to_roman(number)) == number


@given(st.integers(1, 999))
def test_chinese_numerals_read_back(number):
    assert from_chinese(to_chinese(number)) == number


def test_chinese_numerals_are_written_as_people_do():
    assert [to_chinese(n) for n in (10, 12, 20, 100, 103, 110, 115)] == [
        "十",
        "十二",
        "二十",
        "一百",
        "一百零三",
        "一百一十",
        "一百一十五",
    ]


@given(st.sampled_from([n for n in Numeral if n is not Numeral.DASH]), st.integers(1, 60), st.integers(0, 9))
def test_every_label_reads_back(numeral, number, inserted):
    numbering = Numbering("ru")
    before = Label(Style(numeral, "", ")"), (number - 1,)) if number > 1 else None
    label = Label(Style(numeral, "", ")"), (number,), inserted)

    assert parse_label(format_label(label, numbering), before, numbering) == label

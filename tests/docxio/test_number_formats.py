"""Numbers as Word's lists spell them."""

import pytest

from app.docxio.number_formats import spell, spell_in


@pytest.mark.parametrize(
    ("form", "number", "spelled"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("none", 3, ""),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 26, "Z"),
        ("russianLower", 1, "а"),
        ("russianLower", 7, "ж"),
        ("russianLower", 10, "к"),
        ("russianUpper", 28, "Я"),
        ("russianLower", 29, "аа"),
        ("ordinal", 1, "1st"),
        ("ordinal", 12, "12th"),
        ("ordinal", 23, "23rd"),
        ("ordinalText", 1, "First"),
        ("ordinalText", 12, "Twelfth"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 42, "Forty-second"),
        ("ordinalText", 101, "One hundred first"),
        ("cardinalText", 115, "One hundred fifteen"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("ideographDigital", 105, "一〇五"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("numberInDash", 4, "- 4 -"),
        ("chicago", 5, "**"),
        ("custom:001, 002, 003, ...", 12, "012"),
        ("custom:α, β, γ, ...", 2, "β"),
        ("custom:α, β, γ, ...", 9, "9"),
        ("of another world", 9, "9"),
    ],
)
def test_a_number_is_spelled_as_word_spells_it(form, number, spelled):
    assert spell(number, form) == spelled


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (1, "Первый"),
        (4, "Четвёртый"),
        (21, "Двадцать первый"),
        (40, "Сороковой"),
        (100, "Сотый"),
        (142, "Сто сорок второй"),
        (1000, "Тысячный"),
        (1001, "Одна тысяча первый"),
        (2000, "Двухтысячный"),
    ],
)
def test_russian_ordinals_are_words(number, spelled):
    assert spell_in(number, "ordinalText", "ru-RU") == spelled


def test_a_russian_ordinal_in_figures_has_its_ending():
    assert spell_in(5, "ordinal", "ru-RU") == "5-й"


@pytest.mark.parametrize(
    "form", ["lowerRoman", "lowerLetter", "chineseCounting", "ordinalText", "decimalEnclosedParen"]
)
@pytest.mark.parametrize("number", [0, 10**9])
def test_a_number_that_cannot_be_spelled_is_still_a_number(form, number):
    assert spell(number, form)

"""Numbers as Word's lists spell them."""

import pytest

from app.docxio.number_formats import spell, spell_in
from tests.docxio.handmade import docx, level, numbered, numbering


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
        ("russianLower", 26, "ы"),
        ("russianUpper", 29, "Я"),
        ("russianLower", 30, "аа"),
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
        ("hex", 30, "1E"),
        ("aiueo", 47, "ｱ"),
        ("aiueoFullWidth", 3, "ウ"),
        ("irohaFullWidth", 48, "ン"),
        ("japaneseCounting", 111, "百十一"),
        ("japaneseCounting", 2024, "二千二十四"),
        ("ganada", 15, "가"),
        ("chosung", 14, "ㅎ"),
        ("koreanDigital", 10, "일영"),
        ("koreanCounting", 2024, "이천이십사"),
        ("koreanLegal", 53, "쉰셋"),
        ("koreanLegal", 105, "백오"),
        ("hebrew1", 15, "טו"),
        ("hebrew1", 116, "קטז"),
        ("hebrew1", 999, "תתקצט"),
        ("hebrew2", 23, "תא"),
        ("hindiVowels", 1, "क"),
        ("hindiConsonants", 1, "अ"),
        ("thaiLetters", 42, "กก"),
        ("thaiNumbers", 25, "๒๕"),
        ("arabicAlpha", 29, "أأ"),
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


_SAME = """decimal decimalZero upperRoman lowerRoman upperLetter lowerLetter ordinal chicago aiueo aiueoFullWidth iroha
    irohaFullWidth decimalEnclosedCircle decimalEnclosedCircleChinese ideographLegalTraditional
    taiwaneseCountingThousand chineseLegalSimplified chineseCountingThousand ganada chosung koreanDigital
    koreanDigital2 koreanCounting koreanLegal russianLower hebrew1 decimalHalfWidth"""
SAME_IN_LIBREOFFICE = _SAME.split()
"""Others LibreOffice 7.4 writes in digits, or otherwise than the standard's text says."""
NUMBERS = (1, 2, 3, 9, 10, 11, 15, 19, 20, 21, 25, 26, 27, 28, 29, 99, 101, 110, 111, 999)
UNTIL = {"russianLower": 29, "lowerLetter": 111, "upperLetter": 111}
"""LibreOffice counts on from here as no Word does, or doubles more letters than we do."""


def test_numbers_are_spelled_as_libreoffice_spells_them(libreoffice):
    lists, paragraphs, wanted = {}, "", []
    for form in SAME_IN_LIBREOFFICE:
        for number in (n for n in NUMBERS if n <= UNTIL.get(form, 999)):
            at = len(lists) + 1
            wanted.append((form, number, spell(number, form)))
            start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{number}"/></w:lvlOverride>'
            lists[at] = SAME_IN_LIBREOFFICE.index(form), start
            paragraphs += numbered("x", at)
    levels = {at: level(0, form, "%1") for at, form in enumerate(SAME_IN_LIBREOFFICE)}

    labels = libreoffice.as_marked(docx(paragraphs, numbering=numbering(levels, lists)))["labels"]

    told = [(form, number, label) for (form, number, _), label in zip(wanted, labels, strict=True)]
    assert [(ours, theirs) for ours, theirs in zip(wanted, told, strict=True) if ours != theirs] == []

"""Labels, typed by hand and counted by Word."""

import pytest

from app.docxio.understanding import Unclear, Warned
from app.text.provision import Kind
from app.text.runs import plain
from tests.docxio.drafts import parents, read, shape
from tests.docxio.handmade import (
    level,
    numbered,
    numbering,
    p,
    run,
    styled,
    styles,
)


@pytest.mark.parametrize(
    ("written", "kind", "label", "rest"),
    [
        ("1. Стороны", Kind.PARAGRAPH, "1.", "Стороны"),
        ("1) Стороны", Kind.ITEM, "1)", "Стороны"),
        ("а) обмен", Kind.ITEM, "а)", "обмен"),
        ("– обмен", Kind.ITEM, "–", "обмен"),
        ("—— 交流", Kind.ITEM, "——", "交流"),
        ("（一）交流经验；", Kind.ITEM, "（一）", "交流经验；"),
        ("一、各方同意加强合作，并定期交流信息。", Kind.PARAGRAPH, "一、", "各方同意加强合作，并定期交流信息。"),
        ("一、总则", Kind.HEADING, "一、", "总则"),
        ("(i) exchange", Kind.ITEM, "(i)", "exchange"),
        ("I. ОБЩИЕ ПОЛОЖЕНИЯ", Kind.HEADING, "I.", "ОБЩИЕ ПОЛОЖЕНИЯ"),
        ("12 бис. Стороны", Kind.PARAGRAPH, "12 бис.", "Стороны"),
        ("12 bis. The Sides", Kind.PARAGRAPH, "12 bis.", "The Sides"),
        ("12¹. Стороны", Kind.PARAGRAPH, "12¹.", "Стороны"),
        ("第十二条之二 各方", Kind.HEADING, "第十二条之二", "各方"),
        ("1.1. Стороны", Kind.PARAGRAPH, "1.1.", "Стороны"),
        ("１．各方同意。", Kind.PARAGRAPH, "１．", "各方同意。"),
        ("Статья 5. Предмет", Kind.HEADING, "Статья 5.", "Предмет"),
        ("6\ta que colaboren", Kind.PARAGRAPH, "6", "a que colaboren"),
    ],
)
def test_a_typed_label_moves_from_the_text_to_the_label(written, kind, label, rest):
    content = written if "\t" not in written else run(written.split("\t")[0]) + "<w:r><w:tab/></w:r>" + run(rest)

    (found,) = read(p(content)).texts

    assert (found.kind, found.label, plain(found.text)) == (kind, label, rest)


@pytest.mark.parametrize(
    "written",
    [
        "2025 год объявлен годом цифровой трансформации.",
        "2025. Год цифровой трансформации.",
        "5 G networks are developed.",
        "5G",
        "9.04.2025 состоялось заседание.",
        "09.04.25 состоялось заседание.",
        "09.04.25 Стороны провели заседание.",
        "3.5 % прироста обеспечено.",
        "г. Ханчжоу",
        "С. Иванов открыл заседание.",
        "V. Novak opened the meeting.",
        "-5 градусов",
        "10 апреля 2025 года",
        "I text",
        "一方同意。",
    ],
)
def test_plain_words_are_not_taken_for_a_label(written):
    (found,) = read(p(written)).texts

    assert (found.kind, found.label, plain(found.text)) == (Kind.PARAGRAPH, "", written)


def test_a_raised_digit_belongs_to_the_label():
    (found,) = read(p(run("12") + run("1", '<w:vertAlign w:val="superscript"/>') + run(". Стороны"))).texts

    assert (found.label, plain(found.text)) == ("12¹.", "Стороны")


def test_i_after_h_is_a_letter():
    found = read(p("1. Point:"), p("(h) eight"), p("(i) nine"), p("(j) ten"))

    assert [p.level for p in found.texts] == [0, 1, 1, 1]


def test_i_after_a_letter_opens_a_roman_list():
    found = read(p("1. Point:"), p("(a) one"), p("(i) first"), p("(ii) second"), p("(b) two"))

    assert [p.level for p in found.texts] == [0, 1, 2, 2, 1]


LISTS = numbering(
    {
        0: level(0, "decimal", "%1.") + level(1, "russianLower", "%2)") + level(2, "bullet", "\uf0b7"),
        1: level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", "<w:isLgl/>"),
        2: level(0, "chineseCountingThousand", "（%1）"),
        3: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.", '<w:lvlRestart w:val="0"/>'),
    },
    {
        1: (0, ""),
        2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        3: (1, ""),
        4: (2, ""),
        5: (3, ""),
    },
)


def labels(*body: str) -> list[str]:
    """Return the labels of a body with these lists."""
    return [p.label for p in read(*body, numbering=LISTS).texts]


def test_a_list_of_several_levels_restarts_below():
    found = labels(numbered("a"), numbered("b", 1, 1), numbered("c", 1, 1), numbered("d"), numbered("e", 1, 1))

    assert found == ["1.", "а)", "б)", "2.", "а)"]


def test_a_level_may_never_restart():
    assert labels(*(numbered("x", 5, at) for at in (0, 1, 0, 1))) == ["1.", "1.1.", "2.", "2.2."]


def test_a_start_override_begins_again_once():
    assert labels(numbered("a"), numbered("b"), numbered("c", 2), numbered("d", 2)) == ["1.", "2.", "5.", "6."]


def test_legal_numbering_shows_digits_for_roman_levels():
    assert labels(numbered("a", 3), numbered("b", 3), numbered("c", 3, 1)) == ["I.", "II.", "2.1."]


def test_chinese_numbers_are_counted():
    found = labels(*(numbered(f"{n}。", 4) for n in range(21)))

    assert (found[0], found[9], found[10], found[19], found[20]) == (
        "（一）",
        "（十）",
        "（十一）",
        "（二十）",
        "（二十一）",
    )


def test_a_symbol_font_bullet_becomes_the_sign_it_shows():
    assert labels(numbered("a"), numbered("b", 1, 2)) == ["1.", "•"]


def test_items_of_an_automatic_list_hang_on_its_paragraphs():
    found = read(numbered("a"), numbered("b", 1, 1), numbered("c", 1, 2), numbered("d"), numbering=LISTS)

    assert parents(found) == [None, "p1", "p2", None]
    assert [k for k, *_ in shape(found)] == ["paragraph", "item", "item", "paragraph"]


def test_numbering_comes_through_styles():
    by_style = styles(
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="L2"><w:name w:val="List 2"/><w:basedOn w:val="L"/></w:style>'
    )

    found = read(styled("L", "a"), styled("L2", "b"), numbering=LISTS, styles=by_style)

    assert [p.label for p in found.texts] == ["1.", "2."]


def test_a_list_level_may_be_linked_with_a_style():
    linked = numbering(
        {0: level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="L"/>')}, {1: (0, "")}
    )
    by_style = styles(
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    found = read(styled("L", "a"), styled("L", "b"), numbering=linked, styles=by_style)

    assert [p.label for p in found.texts] == ["(a)", "(b)"]


def test_a_numbering_style_is_followed():
    linked = numbering(
        {0: '<w:styleLink w:val="N"/>' + level(0, "decimal", "§ %1"), 1: '<w:numStyleLink w:val="N"/>'},
        {1: (0, ""), 2: (1, "")},
    )
    by_style = styles(
        '<w:style w:type="numbering" w:styleId="N"><w:name w:val="N"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    found = read(numbered("a", 2), numbering=linked, styles=by_style)

    assert found.texts[0].label == "§ 1"


def test_a_paragraph_may_step_out_of_its_styles_list():
    by_style = styles(
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    out = p("b", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>')

    found = read(styled("L", "a"), out, numbering=LISTS, styles=by_style)

    assert [x.label for x in found.texts] == ["1.", ""]
    assert found.warnings == ()


def test_an_undefined_list_is_told():
    assert Warned.UNKNOWN_NUMBERING in [n.what for n in read(numbered("a", 77), numbering=LISTS).warnings]


def test_a_number_without_words_is_told():
    found = read(numbered("a"), numbered(""), numbered("c"), numbering=LISTS)

    assert [p.label for p in found.texts] == ["1.", "3."]
    assert [(n.where, n.what, n.excerpt) for n in found.not_understood] == [("p1", Unclear.EMPTY_NUMBERED, "2.")]


MIXED = numbering({0: level(0, "lowerLetter", "(%1)") + level(1, "decimal", "%2.", start=2)}, {1: (0, "")})


def test_a_number_beneath_a_letter_that_counts_the_paragraphs_on_is_a_paragraph():
    found = read(p("1. Point:"), numbered("letter"), numbered("next point", 1, 1), numbering=MIXED).texts

    assert [(x.kind, x.level, x.label) for x in found[1:]] == [(Kind.ITEM, 1, "(a)"), (Kind.PARAGRAPH, 0, "2.")]


def test_a_number_beneath_a_letter_that_does_not_is_an_item():
    found = read(p("7. Point:"), numbered("letter"), numbered("detail", 1, 1), numbering=MIXED).texts

    assert [(x.kind, x.level, x.label) for x in found[1:]] == [(Kind.ITEM, 1, "(a)"), (Kind.ITEM, 2, "2.")]

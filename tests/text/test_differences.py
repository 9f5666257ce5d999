"""Minimal edits, and the redline a person would draw."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.text.differences import Edit, Mark, Tokenized, edits, redline, redline_states, shown_edits
from app.text.differences import drawn as drawn_edits
from app.text.provision import States
from app.text.runs import NOTE, Marks, Run, plain, text
from app.text.tokens import Token, tokens, untokenize
from tests.text.strategies import WORDS, rewordings, texts


def drawn(old, new):
    """Return a redline on one line: [-deleted-], {+inserted+}, the rest kept."""
    shapes = {Mark.KEPT: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}
    return "".join(shapes[span.mark].format(plain(span.text)) for span in redline(text(old), text(new)))


GOLDEN = {
    "ru: a word": (
        "Стороны создают рабочую группу.",
        "Стороны формируют рабочую группу.",
        "Стороны [-создают-]{+формируют+} рабочую группу.",
    ),
    "ru: a date": (
        "Срок исполнения – 9 апреля 2025 года.",
        "Срок исполнения – 28 мая 2025 года.",
        "Срок исполнения – [-9 апреля-]{+28 мая+} 2025 года.",
    ),
    "ru: a sentence split": (
        "Стороны обмениваются опытом и проводят семинары.",
        "Стороны обмениваются опытом. Они проводят семинары.",
        "Стороны обмениваются опытом[- и-]{+. Они+} проводят семинары.",
    ),
    "ru: a list item added": (
        "В реализации участвуют Беларусь, Иран и Россия.",
        "В реализации участвуют Беларусь, Иран, Китай и Россия.",
        "В реализации участвуют Беларусь, Иран{+, Китай+} и Россия.",
    ),
    "zh: a word": (
        "各方建立数字平台。",
        "各方构建数字平台。",
        "各方[-建立-]{+构建+}数字平台。",
    ),
    "zh: a date": (
        "各方应于2025年4月9日前提交报告。",
        "各方应于2025年5月28日前提交报告。",
        "各方应于2025年[-4月9-]{+5月28+}日前提交报告。",
    ),
    "zh: a sentence added": (
        "各方加强合作。秘书处提供协助。",
        "各方加强合作。各方交流经验。秘书处提供协助。",
        "各方加强合作。{+各方交流经验。+}秘书处提供协助。",
    ),
    "zh: a phrase moved inside": (
        "各方在自愿基础上，根据本国法律，开展数据交换。",
        "各方根据本国法律，在自愿基础上，开展数据交换。",
        "各方{+根据本国法律，+}在自愿基础上，[-根据本国法律，-]开展数据交换。",
    ),
    "en: a word": (
        "The Parties shall share their experience.",
        "The Parties should share their experience.",
        "The Parties [-shall-]{+should+} share their experience.",
    ),
    "en: a number": (
        "At least 5G coverage of 12.5 per cent shall be reached by 2027.",
        "At least 6G coverage of 14 per cent shall be reached by 2028.",
        "At least [-5G-]{+6G+} coverage of [-12.5-]{+14+} per cent shall be reached by [-2027-]{+2028+}.",
    ),
    "en: a phrase moved inside": (
        "The Parties shall, on a voluntary basis, exchange data with each other.",
        "The Parties shall exchange data with each other on a voluntary basis.",
        "The Parties shall[-, on a voluntary basis,-] exchange data with each other{+ on a voluntary basis+}.",
    ),
    "en: an island of one word": (
        "The group prepares and adopts the report.",
        "The group drafts and approves the report.",
        "The group [-prepares and adopts-]{+drafts and approves+} the report.",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_redline_is_what_a_person_would_draw(name):
    old, new, expected = GOLDEN[name]

    assert drawn(old, new) == expected


def test_two_plain_insertions_around_a_word_stand_apart():
    assert drawn("a b c", "a x b y c") == "a{+ x+} b{+ y+} c"


def test_two_plain_deletions_around_a_word_stand_apart():
    assert drawn("a x b y c", "a b c") == "a[- x-] b[- y-] c"


def test_a_deletion_leaves_at_the_end_of_a_sentence():
    assert drawn("Один. Два. Три.", "Один. Три.") == "Один.[- Два.-] Три."


def test_islands_are_not_merged_over_a_paragraph_break():
    assert drawn("один\nдва", "раз\nдвойка") == "[-один-]{+раз+}\n[-два-]{+двойка+}"


def test_three_han_characters_between_two_changes_stand():
    assert drawn("甲一二三乙", "丙一二三丁") == "[-甲-]{+丙+}一二三[-乙-]{+丁+}"


def test_a_change_of_marks_is_a_change():
    spans = redline(text("the plan"), text("the ", Run("plan", Marks.BOLD)))

    assert [(s.mark, s.text) for s in spans] == [
        (Mark.KEPT, text("the ")),
        (Mark.DELETED, text("plan")),
        (Mark.INSERTED, text(Run("plan", Marks.BOLD))),
    ]


def test_a_word_changes_whole_also_where_its_marks_change_inside():
    spans = redline(text("CO", Run("2", Marks.SUBSCRIPT)), text("NO", Run("2", Marks.SUBSCRIPT)))

    assert [span.mark for span in spans] == [Mark.DELETED, Mark.INSERTED]


def test_a_hyphen_holds_a_word_of_figures_and_letters_together():
    assert drawn("12-й пункт", "13-й пункт") == "[-12-й-]{+13-й+} пункт"


def test_a_footnote_reference_changes_by_its_note():
    spans = redline(text("a", Run(NOTE, 0, "n1")), text("a", Run(NOTE, 0, "n2")))

    assert [span.mark for span in spans] == [Mark.KEPT, Mark.DELETED, Mark.INSERTED]


def test_sets_of_states_tell_who_stays_leaves_and_joins():
    old, new = States(frozenset({"BY", "IN"})), States(frozenset({"IN", "CN"}))

    assert redline_states(old, new) == ({"IN"}, {"BY"}, {"CN"})


def edited(old, new):
    return [(e.start, e.end, "".join(t.text for t in e.tokens)) for e in edits(tokens(text(old)), tokens(text(new)))]


def test_equal_texts_have_no_edits():
    assert edited("a b", "a b") == []


def test_a_replacement_is_one_edit():
    assert edited("a b c", "a x c") == [(2, 3, "x")]


def test_an_insertion_slides_leftmost():
    assert edited("a b", "a b b") == [(1, 1, " b")]


def test_a_deletion_slides_leftmost():
    assert edited("aa bb bb bb", "aa bb bb") == [(1, 3, "")]


def test_edits_that_meet_after_sliding_are_one():
    old = [Token(c) for c in "xbcb"]
    new = [Token(c) for c in "xb"]

    assert edits(old, new) == (Edit(1, 3, ()),)


pairs = st.sampled_from(tuple(WORDS)).flatmap(
    lambda language: texts(language).flatmap(lambda base: st.tuples(st.just(base), rewordings(base, language)))
)
scripts = st.tuples(st.text("ab", max_size=12), st.text("ab", max_size=12))


@given(pairs)
def test_a_redline_rebuilds_both_texts(pair):
    old, new = pair

    spans = redline(old, new)

    assert text(*(run for span in spans if span.mark is not Mark.INSERTED for run in span.text)) == old
    assert text(*(run for span in spans if span.mark is not Mark.DELETED for run in span.text)) == new


@st.composite
def long_texts(draw):
    """Draw a long text whose words repeat, and one near it, so that changes could stand at many places."""
    words = st.sampled_from(
        ("и", "а", "а", "12-й", "5G", "-", "д.", ",", "各", "各方", "б\u00a0", " ", "\n", "а б в г д. е")
    )
    ends = draw(
        st.sampled_from(
            (
                ("сто слов " * 12, ""),
                ("", " сто слов" * 12),
                ("а " * 40, " а" * 40),
                ("1 " * 40, " а б в г д. е" * 8),
            )
        )
    )
    before, after = (" ".join(draw(st.lists(words, max_size=9))) for _ in range(2))
    return ends[0] + before + ends[1], ends[0] + after + ends[1]


@given(long_texts())
@example(("1 " * 40 + "и а б в г д. е" + " а б в г д. е" * 8, "1 " * 40 + "12-й и" + " а б в г д. е" * 8))
@example(("а " * 40 + "и" + " а" * 40, "а " * 40 + "и а" + " а" * 40))
def test_a_long_text_is_drawn_as_if_all_of_it_were_looked_at(pair):
    old, new = map(text, pair)
    pieces, steps = drawn_edits(old, new)
    at = [0]
    for piece in pieces:
        at.append(at[-1] + len(piece.text))
    whole = tokens(old)
    positions = [0]
    for token in whole:
        positions.append(positions[-1] + len(token.text))
    assert [(at[start], at[end], plain(untokenize(piece))) for start, end, piece in steps] == [
        (positions[start], positions[end], plain(untokenize(piece)))
        for start, end, piece in shown_edits(whole, tokens(new))
    ]
    assert "".join(piece.text for piece in pieces) == plain(old)


@given(long_texts())
@example(("сто слов а " * 8 + "и", "сто слов а " * 9 + "и"))
def test_the_fewest_edits_of_a_long_text_are_those_of_all_its_tokens(pair):
    old, new = map(text, pair)
    assert Tokenized(old).edits_to(new) == edits(tokens(old), tokens(new))


def test_a_change_of_one_word_in_a_long_text_is_found_among_few_pieces():
    words = [f"слово{n}" for n in range(100)]
    pieces, steps = drawn_edits(text(" ".join(words)), text(" ".join([*words[:50], "иное", *words[51:]])))
    assert [(plain(untokenize(pieces[e.start : e.end])), plain(untokenize(e.tokens))) for e in steps] == [
        ("слово50", "иное")
    ]
    assert len(pieces) < 30


@given(texts())
def test_a_text_has_no_redline_against_itself(one):
    assert all(span.mark is Mark.KEPT for span in redline(one, one))


@given(scripts)
def test_edits_rebuild_the_new_text_in_order(pair):
    old, new = [tuple(Token(c) for c in word) for word in pair]

    made = edits(old, new)

    built = []
    done = 0
    for edit in made:
        assert edit.start > done or (edit.start == done == 0)
        built += (*old[done : edit.start], *edit.tokens)
        done = edit.end
    assert untokenize([*built, *old[done:]]) == untokenize(new)


@given(scripts)
def test_no_plain_edit_could_slide_further_left(pair):
    old, new = [tuple(Token(c) for c in word) for word in pair]

    made = edits(old, new)

    floor = 0
    for start, end, piece in made:
        if start > floor and start == end:
            assert old[start - 1] != piece[-1]
        if start > floor and not piece:
            assert old[start - 1] != old[end - 1]
        floor = end

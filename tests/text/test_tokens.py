"""Tokens and texts."""

from hypothesis import given
from hypothesis import strategies as st

from app.text.runs import Run, plain, text
from app.text.tokens import tokens, untokenize

ALPHABET = "аб де数字 -1,5.[]«»\n\u00a0aZ’"
runs = st.builds(Run, st.text(st.sampled_from(ALPHABET), min_size=1), st.integers(0, 31))


@given(st.lists(runs))
def test_tokens_rebuild_their_text(found):
    written = text(*found)

    assert untokenize(tokens(written)) == written


def test_a_han_character_is_a_token_and_a_hyphened_word_is_one():
    pieces = [t.text for t in tokens(text("Стороны-участники, 12,5 % 数字化"))]

    assert pieces == ["Стороны-участники", ",", " ", "12,5", " ", "%", " ", "数", "字", "化"]


def test_neighbours_with_equal_marks_are_one_run():
    assert text("a", Run("b"), Run("c", 1)) == (Run("ab"), Run("c", 1))


def test_characters_that_xml_forbids_are_dropped():
    assert plain(text("a\x00b\x0bc")) == "abc"

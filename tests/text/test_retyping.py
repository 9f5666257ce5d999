"""A text retyped as plain characters keeps its marks where it was left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.retyping import in_marks_of, retyped
from app.text.runs import NOTE, Marks, Run, plain, text

LETTERS = "аб де数字 -1,5.[]«»\n\u00a0aZ’"
words = st.text(st.sampled_from(LETTERS), max_size=30)
runs = st.builds(Run, st.text(st.sampled_from(LETTERS), min_size=1), st.integers(0, 31))
notes = st.builds(lambda key: Run(NOTE, 0, key), st.sampled_from(["n1", "n2"]))
texts = st.lists(runs | notes, max_size=6).map(lambda found: text(*found))


@given(texts, words)
def test_the_result_has_the_characters_that_were_typed(old, typed):
    assert plain(retyped(old, typed)) == typed


@given(texts)
def test_a_text_typed_as_it_was_is_as_it_was(old):
    assert retyped(old, plain(old)) == old


@given(texts, words, words)
def test_what_stands_around_a_new_word_keeps_its_marks_and_references(old, before, after):
    typed = "Ж" + plain(old) + "Щ"

    result = retyped(old, typed)

    kept = [(c, run.marks, run.note) for run in result for c in run.text][1:-1]
    assert kept == [(c, run.marks, run.note) for run in old for c in run.text]


def test_a_word_written_around_keeps_the_marks_of_each_of_its_letters():
    old = text("20", Run("25", Marks.BOLD))

    assert retyped(old, "№2025г") == text("№20", Run("25", Marks.BOLD), "г")


def test_a_bold_word_stays_bold_when_another_changes():
    old = text("Стороны ", Run("создают", Marks.BOLD), " платформу")

    assert retyped(old, "Стороны создают единую платформу") == text(
        "Стороны ", Run("создают", Marks.BOLD), " единую платформу"
    )


def test_a_word_put_in_place_of_a_bold_one_is_bold():
    old = text("Стороны ", Run("создают", Marks.BOLD), " платформу")

    assert retyped(old, "Стороны формируют платформу") == text("Стороны ", Run("формируют", Marks.BOLD), " платформу")


def test_a_footnote_reference_survives_the_change_of_its_word():
    old = text("платформу", Run(NOTE, 0, "n1"), " обмена")

    assert retyped(old, f"систему{NOTE} обмена") == text("систему", Run(NOTE, 0, "n1"), " обмена")


def test_a_reference_that_nobody_wrote_is_not_made_up():
    assert retyped(text("текст"), f"тек{NOTE}ст") == text("текст")


BOLD_PLATFORM = text("Стороны ", Run("создают", Marks.BOLD), " платформу")


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        ("Стороны создают платформу", BOLD_PLATFORM),
        ("Все Стороны создают сеть", text("Все Стороны ", Run("создают", Marks.BOLD), " сеть")),
        ("Стороны создают", text("Стороны ", Run("создают", Marks.BOLD))),
    ],
)
def test_words_that_stayed_keep_the_marks_they_had(new, wanted):
    assert in_marks_of(BOLD_PLATFORM, text(new)) == wanted


def test_new_words_keep_the_marks_they_came_with():
    new = text("Стороны создают ", Run("сеть", Marks.ITALIC))

    assert in_marks_of(BOLD_PLATFORM, new) == text(
        "Стороны ", Run("создают", Marks.BOLD), " ", Run("сеть", Marks.ITALIC)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (BOLD_PLATFORM, BOLD_PLATFORM),
        (text("платформу"), text("сеть")),
        (BOLD_PLATFORM, text("Стороны создают", Run(NOTE, 0, "n1"), " платформу")),
    ],
)
def test_a_text_is_left_as_it_is_where_no_marks_differ_or_its_references_do(old, new):
    assert in_marks_of(old, new) == new

"""A text retyped as plain characters keeps its marks where it was left alone."""

from hypothesis import given
from hypothesis import strategies as st

from app.text.retyping import retyped
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

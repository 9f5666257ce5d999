"""Two wordings of one text as the steps of a letter, each with quotations that stand in the text once."""

import pytest

from app.text.formulas.wordings import Step, steps, taken
from app.text.runs import NOTE


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("one two", "one two", []),
        ("one two", "one three", [("replace", "two", "three")]),
        ("one two three", "one two", [("delete_words", "three", "")]),
        ("one two three", "two", [("delete_words", "one", ""), ("delete_words", "three", "")]),
        ("one two", "one two three", [("insert_after", "two", "three")]),
        ("one two", "zero one two", [("insert_before", "one", "zero")]),
        ("so so so so", "so so so so so", [("insert_before", "so so so", "so")]),
        ("so so so", "so so", [("replace", "so so", "so")]),
        ("one two", "one\ntwo", [("replace", "one two", "one\ntwo")]),
        (f"one{NOTE} two", f"one{NOTE} three", [("replace", "two", "three")]),
    ],
)
def test_steps_turn_one_wording_into_another(old, new, wanted):
    found = steps(old, new)
    assert found == tuple(Step(*one) for one in wanted)
    for one in found:
        old = taken(old, one)
    assert old == new


@pytest.mark.parametrize(
    ("old", "new"),
    [("one ", "one"), (f"one{NOTE}", f"one{NOTE}{NOTE}"), (f"one{NOTE} two", "one two")],
)
def test_what_no_quotation_can_tell_has_no_steps(old, new):
    assert steps(old, new) is None


def test_a_step_is_not_taken_where_its_quotation_stands_twice():
    assert taken("so so", Step("delete_words", "so", "")) is None

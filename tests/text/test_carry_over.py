"""What becomes of a change when the text has moved on."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.text.carry_over import CarryKind, carry
from app.text.changes import Change, Operation
from app.text.provision import TEXT, Edition, Place, States, same_text
from app.text.runs import plain, text
from app.text.structure import Outline, apply_changes
from tests.text.drafts import amend, delete, edition, heading, insert, move, paragraph
from tests.text.strategies import added, changes, editions, texts

OLD = edition(
    heading("I", "Aims"),
    paragraph("1", "one two three four", "I", 1),
    paragraph("2", "two", "I", 1),
    paragraph("3", "three", "I", 1),
    heading("II", "Means"),
)

CASES = {
    "an amendment of what nobody touched": (amend("1", "one"), [], CarryKind.STILL_APPLIES),
    "an amendment of what changed elsewhere": (
        amend("1", "ONE two three four"),
        [amend("1", "one two three FOUR")],
        CarryKind.TEXT_SHIFTED,
    ),
    "an amendment that was made": (amend("1", "one two"), [amend("1", "one two")], CarryKind.OVERTAKEN),
    "an amendment that was made among others": (
        amend("1", "ONE two three four"),
        [amend("1", "ONE two three FOUR")],
        CarryKind.OVERTAKEN,
    ),
    "an amendment of the same words": (
        amend("1", "one 2 three four"),
        [amend("1", "one II three four")],
        CarryKind.MUST_BE_RESTATED,
    ),
    "an amendment of what is gone": (amend("1", "one"), [delete("1")], CarryKind.MUST_BE_RESTATED),
    "a level": (amend("1", level=2), [amend("1", "other")], CarryKind.TEXT_SHIFTED),
    "a level that was given": (amend("1", level=2), [amend("1", level=2)], CarryKind.OVERTAKEN),
    "a level where another was given": (amend("1", level=2), [amend("1", level=3)], CarryKind.MUST_BE_RESTATED),
    "a deletion": (delete("1"), [], CarryKind.STILL_APPLIES),
    "a deletion of what changed": (delete("1"), [amend("1", "one")], CarryKind.TEXT_SHIFTED),
    "a deletion of what is gone": (delete("1"), [delete("1")], CarryKind.OVERTAKEN),
    "an insertion": (insert("n", "new", "I", "1"), [amend("1", "one")], CarryKind.STILL_APPLIES),
    "an insertion at the beginning": (insert("n", "new", "I"), [], CarryKind.STILL_APPLIES),
    "an insertion that was made": (
        insert("n", "new", "I", "1"),
        [insert("n", "new", "I", "1")],
        CarryKind.OVERTAKEN,
    ),
    "an insertion after what is gone": (insert("n", "new", "I", "2"), [delete("2")], CarryKind.TEXT_SHIFTED),
    "an insertion under what is gone": (insert("n", "new", "I", "2"), [delete("I")], CarryKind.MUST_BE_RESTATED),
    "a move": (move("1", "II"), [amend("2", "other")], CarryKind.STILL_APPLIES),
    "a move of what changed": (move("1", "II"), [amend("1", "other")], CarryKind.TEXT_SHIFTED),
    "a move that was made": (move("1", "II"), [move("1", "II")], CarryKind.OVERTAKEN),
    "a move of which the wording is left": (
        move("1", "II", None, "ONE two three four"),
        [move("1", "II")],
        CarryKind.STILL_APPLIES,
    ),
    "a move with words against other words": (
        move("1", "II", None, "one 2 three four"),
        [amend("1", "one II three four")],
        CarryKind.MUST_BE_RESTATED,
    ),
    "a move with words that were given": (
        move("1", "II", None, "one two"),
        [amend("1", "one two")],
        CarryKind.TEXT_SHIFTED,
    ),
    "a move to a place that is gone": (move("1", "II"), [delete("II")], CarryKind.MUST_BE_RESTATED),
    "a move of what is gone": (move("1", "II"), [delete("1")], CarryKind.MUST_BE_RESTATED),
    "a wish to keep": (Change(Operation.NO_CHANGE, "1"), [], CarryKind.STILL_APPLIES),
    "a wish to keep what changed": (Change(Operation.NO_CHANGE, "1"), [amend("1", "x")], CarryKind.TEXT_SHIFTED),
    "a comment on what is gone": (Change(Operation.COMMENT, "1"), [delete("1")], CarryKind.OVERTAKEN),
    "a general comment": (Change(Operation.COMMENT, ""), [delete("1")], CarryKind.STILL_APPLIES),
}


@pytest.mark.parametrize("name", CASES)
def test_carried_over_is(name):
    change, since, expected = CASES[name]

    assert carry(change, OLD, apply_changes(OLD, since)).kind is expected


def carried(change, *since):
    return carry(change, OLD, apply_changes(OLD, since)).change


def test_a_shifted_amendment_holds_both_texts():
    change = carried(amend("1", "ONE two three four"), amend("1", "one two three FOUR"))

    assert plain(change.parts[TEXT]) == "ONE two three FOUR"


def test_a_shifted_place_is_after_the_nearest_sibling_left():
    assert carried(insert("n", "new", "I", "2"), delete("2")).place == Place("I", "1")


def test_a_place_after_what_alone_is_gone_is_the_first():
    assert carried(insert("n", "new", "I", "1"), delete("1")).place == Place("I", None)


def test_a_move_of_what_changed_keeps_the_new_words():
    change = carried(move("1", "II"), amend("1", "other"))

    assert (change.parts, change.place) == (None, Place("II", None))


def test_a_move_with_words_holds_both_texts():
    change = carried(move("1", "II", None, "ONE two three four"), amend("1", "one two three FOUR"))

    assert plain(change.parts[TEXT]) == "ONE two three FOUR"


def test_joining_is_carried_over_another_joining():
    old = edition(paragraph("1", "confirm", states={"BY"}))
    new = apply_changes(old, [amend("1", "confirm", states={"BY", "CN"})])

    change = carry(amend("1", "confirm", states={"IN"}), old, new).change

    assert change.parts["states"] == States(frozenset({"IN", "CN"}))


@given(texts(), texts(), texts(), texts())
def test_carrying_over_an_unrelated_change_and_applying_is_applying_first(one, other, mine, theirs):
    old = edition(replace(paragraph("1"), parts={TEXT: one}), replace(paragraph("2"), parts={TEXT: other}))
    wish, since = Change(Operation.AMEND, "1", {TEXT: mine}), Change(Operation.AMEND, "2", {TEXT: theirs})

    new = apply_changes(old, [since])
    carried = carry(wish, old, new).change

    assert apply_changes(new, [carried]) == apply_changes(apply_changes(old, [wish]), [since])


@given(texts(min_words=1), texts(min_words=1), texts(min_words=1), texts(min_words=1))
def test_a_change_of_one_sentence_is_carried_over_a_change_of_another(first, last, mine, theirs):
    middle = text("\n—— 各方 —— Стороны ——\n")
    old = edition(replace(paragraph("1"), parts={TEXT: text(*first, *middle, *last)}))
    wish = Change(Operation.AMEND, "1", {TEXT: text(*mine, *middle, *last)})
    since = Change(Operation.AMEND, "1", {TEXT: text(*first, *middle, *theirs)})

    found = carry(wish, old, apply_changes(old, [since]))

    if found.kind is CarryKind.TEXT_SHIFTED:
        assert found.change.parts[TEXT] == text(*mine, *middle, *theirs)


@given(editions())
def test_nothing_happens_to_a_change_when_nothing_happened(base):
    for provision in base:
        change = Change(Operation.DELETE, provision.key)

        assert carry(change, base, base).change == change


def moved_under(section, provision):
    """Return a provision with its keys made those of a section's own."""
    parent = section if provision.parent is None else f"{section}-{provision.parent}"
    return replace(provision, key=f"{section}-{provision.key}", parent=parent)


def asked_in(section, change):
    """Return a change as it is asked of a section."""
    place = change.place and Place(
        section if change.place.parent is None else f"{section}-{change.place.parent}",
        change.place.after and f"{section}-{change.place.after}",
    )
    block = tuple(moved_under(section, p) for p in change.block)
    return replace(change, key=f"{section}-{change.key}", place=place, block=block)


@st.composite
def unrelated(draw):
    """Draw a draft of two sections and a change of each."""
    provisions, asked = [], []
    for section in ("one", "two"):
        base = draw(editions(max_provisions=5))
        change = draw(changes(base, Outline(base)))
        assume(added(Outline(base), [], change))
        provisions += [heading(section, section), *(moved_under(section, p) for p in base)]
        asked.append(asked_in(section, change))
    return Edition("ru", tuple(provisions)), *asked


@given(unrelated())
def test_unrelated_changes_may_be_made_in_either_order(drawn):
    base, one, other = drawn
    after_one, after_other = apply_changes(base, [one]), apply_changes(base, [other])

    carried_one, carried_other = carry(one, base, after_other), carry(other, base, after_one)

    first = apply_changes(after_other, [carried_one.change] if carried_one.change else [])
    second = apply_changes(after_one, [carried_other.change] if carried_other.change else [])
    assert same_text(first, second)

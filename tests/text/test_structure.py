"""The tree of an edition, and one delegation's changes applied to it."""

import pytest

from app.text.changes import Change, ContradictoryWishes, NotInBase, Operation
from app.text.provision import Place
from app.text.runs import plain
from app.text.structure import Outline, ancestors, apply_changes, can_go_alone, children, subtree
from tests.text.drafts import amend, delete, edition, heading, insert, move, paragraph, row, table, worded

BASE = edition(
    heading("I", "Aims"),
    paragraph("1", "one", "I", 1),
    paragraph("1a", "one a", "1", 2),
    paragraph("2", "two", "I", 1),
    heading("II", "Means"),
    paragraph("3", "three", "II", 1),
)


def keys(changed):
    return [p.key for p in changed]


def test_children_stand_by_parent():
    assert children(BASE) == {None: ("I", "II"), "I": ("1", "2"), "1": ("1a",), "II": ("3",)}


def test_a_subtree_is_a_provision_with_all_below_it():
    assert keys(subtree(BASE, "1")) == ["1", "1a"]


def test_ancestors_stand_nearest_first():
    assert ancestors(BASE, "1a") == ("1", "I")


def test_of_places_at_one_spot_the_deeper_parents_come_first():
    outline = Outline(BASE)
    places = [Place("I", "1"), Place("1", "1a"), Place("1a", None)]

    assert sorted(places, key=outline.gap) == [Place("1a", None), Place("1", "1a"), Place("I", "1")]


def test_the_very_first_place_stands_before_everything():
    assert Outline(BASE).gap(Place(None, None)) == (0, 0)


def test_after_a_provision_is_after_all_below_it():
    changed = apply_changes(BASE, [insert("n", "new", "I", "1")])

    assert keys(changed) == ["I", "1", "1a", "n", "2", "II", "3"]


def test_first_under_a_provision_is_right_after_its_own_line():
    changed = apply_changes(BASE, [insert("n", "new", "1")])

    assert keys(changed) == ["I", "1", "n", "1a", "2", "II", "3"]


def test_a_deletion_takes_what_is_below():
    assert keys(apply_changes(BASE, [delete("1")])) == ["I", "2", "II", "3"]


def test_a_move_takes_what_is_below():
    changed = apply_changes(BASE, [move("1", "II", "3")])

    assert keys(changed) == ["I", "2", "II", "3", "1", "1a"]
    assert changed.by_key()["1"].parent == "II"


def test_amendments_and_insertions_travel_with_what_moves():
    changed = apply_changes(BASE, [move("1", "II"), amend("1a", "other"), insert("n", "new", "1", "1a")])

    assert worded(changed)[3:6] == [("1", "one"), ("1a", "other"), ("n", "new")]


def test_a_place_after_what_moved_away_stays_where_that_was():
    changed = apply_changes(BASE, [move("1", "II"), insert("n", "new", "I", "1")])

    assert keys(changed) == ["I", "n", "2", "II", "1", "1a", "3"]


def test_a_new_level_moves_a_provision_to_its_own_place_with_its_words():
    changed = apply_changes(BASE, [amend("1", "uno", level=2)])

    assert [(p.key, p.level) for p in changed][1:3] == [("1", 2), ("1a", 3)]
    assert plain(changed.by_key()["1"].text) == "uno"


def test_an_amendment_to_the_level_it_has_is_an_amendment():
    changed = apply_changes(BASE, [amend("1", "uno", level=1), amend("2", level=1)])

    assert worded(changed)[1:4] == [("1", "uno"), ("1a", "one a"), ("2", "two")]


def test_comments_ask_for_nothing():
    changes = [Change(Operation.COMMENT, "nowhere"), Change(Operation.NO_CHANGE, "1")]

    assert apply_changes(BASE, changes) == BASE


def test_the_same_change_twice_is_one():
    assert keys(apply_changes(BASE, [delete("2"), delete("2")])) == ["I", "1", "1a", "II", "3"]


@pytest.mark.parametrize(
    "changes",
    [
        [amend("1", "a"), amend("1", "b")],
        [amend("1", "a"), delete("1")],
        [delete("I"), amend("1", "a")],
        [delete("I"), delete("1a")],
        [delete("I"), move("1a", "II")],
        [delete("I"), move("3", "1")],
        [delete("I"), insert("n", "new", "I")],
        [move("I", "1")],
        [move("I", "3"), move("3", "1")],
        [amend("1", text={"BY"})],
    ],
    ids=lambda changes: " against ".join(f"{c.operation} {c.key}" for c in changes),
)
def test_contradictory_wishes_are_refused(changes):
    with pytest.raises(ContradictoryWishes, match="contradicts itself"):
        apply_changes(BASE, changes)


@pytest.mark.parametrize(
    "change",
    [
        delete("9"),
        insert("1", "there already"),
        insert("n", "new", "9"),
        insert("n", "new", "II", "1"),
        Change(Operation.MOVE, "1"),
    ],
)
def test_what_the_base_does_not_have_is_refused(change):
    with pytest.raises(NotInBase, match="has no"):
        apply_changes(BASE, [change])


def test_two_blocks_at_one_place_stand_by_their_words():
    changed = apply_changes(BASE, [insert("x", "later"), insert("y", "earlier")])

    assert keys(changed)[:2] == ["y", "x"]


def test_rows_stand_in_their_table():
    base = edition(table(), row("r1", what="a"), row("r2", what="b"))

    assert keys(apply_changes(base, [move("r2", "t")])) == ["t", "r2", "r1"]


def test_a_move_beside_an_inner_move_goes_with_what_carries_it():
    changed = apply_changes(BASE, [move("1", "II"), move("2", "1")])

    assert keys(changed) == ["I", "II", "1", "2", "1a", "3"]


def test_only_what_others_but_rows_and_footnotes_stand_under_can_go_alone():
    draft = edition(heading("I", "Aims"), paragraph("1", "one", "I", 1), table("t", parent="I"), row("r", "t", c="one"))

    assert can_go_alone(draft, "I")
    assert not can_go_alone(draft, "1")
    assert not can_go_alone(draft, "t")

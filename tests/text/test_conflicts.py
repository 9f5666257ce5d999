"""What is a conflict, and what is not."""

import pytest

from app.text.conflicts import ConflictKind, conflicts
from app.text.provision import Place
from app.text.runs import plain
from tests.text.drafts import amend, composed, delete, edition, heading, insert, move, paragraph, row, table

WORDS = "one two three four five"
BASE = edition(
    heading("I", "Aims"), paragraph("1", WORDS, "I", 1), paragraph("2", "two", "I", 1), heading("II", "Means")
)


def found(base=BASE, **wishes):
    return [(c.kind, c.key) for c in conflicts(composed(base, **wishes))]


def readings(base=BASE, **wishes):
    (conflict,) = conflicts(composed(base, **wishes))
    return [(reading.sponsors, reading.operation, plain(reading.text)) for reading in conflict.readings]


CONFLICTS = {
    "overlapping deletions": (
        ConflictKind.OVERLAPPING_DELETIONS,
        amend("1", "one four five"),
        amend("1", "one two five"),
    ),
    "a deletion inside a longer one": (
        ConflictKind.OVERLAPPING_DELETIONS,
        amend("1", "one five"),
        amend("1", "one two four five"),
    ),
    "two replacements of the same words": (
        ConflictKind.RIVAL_INSERTIONS,
        amend("1", "one two 3 four five"),
        amend("1", "one two III four five"),
    ),
    "different insertions at one gap": (
        ConflictKind.RIVAL_INSERTIONS,
        amend("1", "one two x three four five"),
        amend("1", "one two y three four five"),
    ),
    "an insertion inside a deletion": (
        ConflictKind.INSERTION_IN_DELETION,
        amend("1", "one two x three four five"),
        amend("1", "one four five"),
    ),
    "delete against amend": (ConflictKind.DELETION_AGAINST_AMENDMENT, delete("1"), amend("1", "one two")),
    "move against amend": (ConflictKind.DELETION_AGAINST_AMENDMENT, amend("1", "one two"), move("1", "II")),
    "deleting its heading against amend": (
        ConflictKind.DELETION_AGAINST_AMENDMENT,
        delete("I"),
        amend("1", "one"),
    ),
    "two places": (ConflictKind.TWO_PLACES, move("1", "II"), move("1", "I", "2")),
    "delete against move": (ConflictKind.TWO_PLACES, delete("1"), move("1", "II")),
    "move out of what is moved": (ConflictKind.TWO_PLACES, move("1", "II"), move("I", None, "II")),
    "delete out of what is moved": (ConflictKind.TWO_PLACES, delete("1"), move("I", None, "II")),
    "delete inside what is deleted": (ConflictKind.OVERLAPPING_DELETIONS, delete("I"), delete("1")),
    "two blocks at one place": (ConflictKind.RIVAL_INSERTIONS, insert("n", "x", "I", "1"), insert("m", "y", "I", "1")),
    "a block inside a deletion": (ConflictKind.INSERTION_IN_DELETION, insert("n", "x", "I", "1"), delete("I")),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_is(name):
    kind, one, other = CONFLICTS[name]

    assert kind in [kind for kind, _ in found(BY=one, CN=other)]
    assert len(conflicts(composed(BASE, BY=one, CN=other))) == 1


PEACE = {
    "the same wish twice": (amend("1", "one"), amend("1", "one")),
    "changes of different words": (amend("1", "ONE two three four five"), amend("1", "one two three four FIVE")),
    "a word deleted beside a word inserted": (
        amend("1", "one two three five"),
        amend("1", "one two three four x five"),
    ),
    "equal deletions": (delete("1"), delete("1")),
    "equal moves": (move("I", None, "II"), move("I", None, "II")),
    "blocks at two places": (insert("n", "x", "I", "1"), insert("m", "y", "I", "2")),
    "a block after a deleted sibling": (insert("n", "x", "I", "1"), delete("1")),
}


@pytest.mark.parametrize("name", PEACE)
def test_no_conflict_is(name):
    one, other = PEACE[name]

    assert found(BY=one, CN=other) == []


def test_a_row_deleted_stands_against_its_cell_amended():
    base = edition(table(), row("r", what="a b", who={"BY"}))

    kinds = found(base, BY=delete("r"), CN=amend("r", what="a c", who={"BY"}))

    assert kinds == [(ConflictKind.ROW_AGAINST_CELL, "r")]


def test_joining_a_row_that_another_deletes_is_a_conflict():
    base = edition(table(), row("r", who={"BY"}))

    assert found(base, BY=delete("r"), CN=amend("r", who={"BY", "CN"})) == [(ConflictKind.ROW_AGAINST_CELL, "r")]


def test_joining_against_leaving_is_no_conflict():
    base = edition(paragraph("1", "confirm", states={"BY", "IN"}))

    assert (
        found(base, IN=amend("1", "confirm", states={"BY"}), CN=amend("1", "confirm", states={"BY", "IN", "CN"})) == []
    )


def test_readings_show_the_disputed_stretch_by_rank():
    three, roman, gone = amend("1", "one two 3 four five"), amend("1", "one two III four five"), amend("1", WORDS)

    assert readings(UZ=three, CN=roman, IR=three, BY=gone) == [
        (("IR", "UZ"), "amend", "3"),
        (("CN",), "amend", "III"),
    ]


def test_edits_that_collide_through_a_third_are_one_conflict_with_all_readings():
    wishes = {
        "BY": amend("1", "one four five"),
        "CN": amend("1", "one two five"),
        "RU": amend("1", "one two three"),
    }

    (conflict,) = conflicts(composed(BASE, **wishes))

    assert [(r.sponsors, plain(r.text)) for r in conflict.readings] == [
        (("BY",), " four five"),
        (("CN",), " two five"),
        (("RU",), " two three"),
    ]


def test_two_kinds_at_one_stretch_are_both_reported():
    kinds = found(BY=amend("1", "one four five"), CN=amend("1", "one two x four five"))

    assert kinds == [(ConflictKind.INSERTION_IN_DELETION, "1"), (ConflictKind.OVERLAPPING_DELETIONS, "1")]


def test_a_move_reads_with_its_place():
    (conflict,) = conflicts(composed(BASE, BY=move("1", "II"), CN=delete("1")))

    assert [(r.operation, r.place) for r in conflict.readings] == [("move", Place("II", None)), ("delete", None)]


def test_a_moved_block_beside_a_new_one_reads_as_a_move():
    (conflict,) = conflicts(composed(BASE, BY=move("1", "II"), CN=insert("n", "new", "II")))

    assert [reading.operation for reading in conflict.readings] == ["move", "insert"]


def test_moves_that_cross_are_conflicts():
    assert found(BY=move("I", "II"), CN=move("II", "I")) == [
        (ConflictKind.INSERTION_IN_DELETION, "I"),
        (ConflictKind.INSERTION_IN_DELETION, "II"),
    ]


def test_blocks_at_the_very_top_are_a_conflict_of_no_key():
    assert found(BY=insert("n", "x"), CN=insert("m", "y")) == [(ConflictKind.RIVAL_INSERTIONS, "")]

"""Any text can be decided: resolutions that make it of the base, every provision under its key."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.text.changes import Change, Operation
from app.text.next_version import Resolution, next_edition
from app.text.provision import TEXT, Place, without_empty
from app.text.resolving import resolutions_between, same_resolution
from app.text.runs import Run
from app.text.structure import Outline, apply_changes
from tests.text.drafts import delete, edition, heading, insert, move, paragraph
from tests.text.strategies import added, changes, rounds


def told(edition):
    return [(p.key, p.kind, p.level, without_empty(p.parts)) for p in edition]


def assert_made(base, target, found):
    """Check that resolutions give a text; only of what the base has may some come anew: rows without their table."""
    made = next_edition(base, found)
    assert [one[1:] for one in told(made)] == [one[1:] for one in told(target)]
    assert {p.key for p in target} - {p.key for p in made} <= {p.key for p in base}


@given(rounds(delegations=["BY"]))
def test_the_resolutions_of_a_text_give_that_text(drawn):
    base, wishes = drawn
    target = apply_changes(base, [wish.change for wish in wishes])

    assert_made(base, target, resolutions_between(base, target, blocks={}, minted_from="base"))


@given(rounds(delegations=["BY"]), st.data())
def test_what_is_edited_again_is_decided_too(drawn, data):
    base, wishes = drawn
    decided = apply_changes(base, [wish.change for wish in wishes])
    blocks = {w.change.key: {p.key for p in w.change.block} for w in wishes if w.change.operation is Operation.INSERT}
    edits = []
    for _ in range(data.draw(st.integers(0, 4))):
        outline = Outline(decided)
        edit = data.draw(changes(decided, outline))
        edits = edits if any(p.key in outline.positions for p in edit.block) else added(outline, edits, edit)
    target = apply_changes(decided, edits)

    assert_made(base, target, resolutions_between(base, target, blocks=blocks, minted_from="base"))


BASE = edition(
    heading("I", "Aims", "I."),
    paragraph("1", "one", "I", 1, "1."),
    paragraph("1a", "below", "1", 2, "a)"),
    paragraph("2", "two", "I", 1, "2."),
    heading("II", "Means", "II."),
    paragraph("3", "three", "II", 1, "3."),
)


def test_every_provision_keeps_its_key_wherever_it_went():
    new = insert("n", "new", "I", "1")
    target = apply_changes(BASE, [new, move("2", "II"), move("1", "II", "3", "uno"), delete("I", alone=True)])

    found = resolutions_between(BASE, target, blocks={}, minted_from="base")

    assert [p.key for p in next_edition(BASE, found)] == ["n", "II", "2", "3", "1", "1a"]


def test_what_is_left_of_an_insertion_stays_with_its_resolution():
    block = (*insert("n", "new", "I", "1").block, *insert("m", "more", "I", "1").block)
    decided = apply_changes(BASE, [Change(Operation.INSERT, "n", place=Place("I", "1"), block=block)])
    target = apply_changes(decided, [delete("n"), insert("x", "word", "I", "1")])

    found = resolutions_between(BASE, target, blocks={"n": ["n", "m"]}, minted_from="base")

    assert [(r.key, [p.key for p in r.block]) for r in found] == [("x", ["x"]), ("n", ["m"])]


def test_what_comes_to_one_place_stands_in_the_order_of_the_text():
    target = apply_changes(BASE, [move("3", "I", "1")])
    target = apply_changes(target, [insert("z", "after", "I", "3"), insert("a", "before", "I", "1")])

    found = resolutions_between(BASE, target, blocks={}, minted_from="base")

    assert [p.key for p in next_edition(BASE, found)] == ["I", "1", "1a", "a", "3", "z", "2", "II"]


def test_where_the_words_come_from_does_not_make_another_resolution():
    one = Resolution("1", parts={TEXT: (Run("one"),)})

    assert same_resolution(one, replace(one, provenance={TEXT: ()}))
    assert not same_resolution(one, replace(one, exists=False))

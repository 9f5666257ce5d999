"""The changes that lead from one text to another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.changes import Change, ContradictoryWishes, Operation, Wish
from app.text.composing import compose, filtered, wished
from app.text.deriving import changes_between, order_of
from app.text.outline import outline
from app.text.provision import TEXT, Kind, Place, same_text
from app.text.runs import NOTE, Run, text
from app.text.structure import apply_changes
from tests.text.drafts import edition, heading, insert, paragraph, row, table, worded
from tests.text.strategies import DELEGATIONS, editions, negotiations, rounds, texts, wished_parts

BASE = edition(
    heading("I", "Aims"),
    paragraph("1", "one", "I", 1),
    paragraph("1a", "one a", "1", 2),
    paragraph("2", "two", "I", 1),
    heading("II", "Means"),
    paragraph("3", "three", "II", 1),
    paragraph("4", "four", "II", 1),
)


@st.composite
def rewritten(draw, base):
    """Draw a text made of a base by hand: provisions reworded, dropped, put elsewhere, put in; levels changed."""
    found = []
    for p in base:
        fate = draw(st.integers(0, 9))
        if fate == 0:
            continue
        if fate in (1, 2):
            p = replace(p, parts=draw(wished_parts(base, p)))
        if fate == 3:
            p = replace(p, level=draw(st.integers(0, 3)))
        if fate == 4:
            p = replace(p, kind=draw(st.sampled_from(Kind)))
        found.append(p)
    for n in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from((Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE, Kind.TABLE)))
        new = paragraph(f"new{n}", level=draw(st.integers(0, 2)), kind=kind)
        at = draw(st.integers(0, len(found)))
        found.insert(at, replace(new, parts={TEXT: draw(texts(base.language, 3))}))
    for _ in range(draw(st.integers(0, 3)) if found else 0):
        start = draw(st.integers(0, len(found) - 1))
        end = min(len(found), start + draw(st.integers(1, 3)))
        run = found[start:end]
        del found[start:end]
        at = draw(st.integers(0, len(found)))
        found[at:at] = run
    return replace(base, provisions=outline(found))


@st.composite
def pairs(draw):
    base = draw(editions())
    base = replace(base, provisions=outline(base.provisions))
    return base, draw(rewritten(base))


def nameless(provisions, known=()):
    """Return the provisions without the keys that are minted or stand for minted ones."""
    keys = {p.key for p in provisions} - set(known)
    return [
        replace(
            p,
            key="" if p.key in keys else p.key,
            parts={
                name: tuple(run._replace(note="" if run.note in keys else run.note) for run in c)
                if isinstance(c, tuple)
                else c
                for name, c in p.parts.items()
            },
        )
        for p in provisions
    ]


@given(pairs())
def test_the_changes_applied_to_the_base_give_the_wished_text(drawn):
    base, new = drawn

    changed = apply_changes(base, changes_between(base, new, minted_from="base"))

    assert same_text(nameless(changed), nameless(new))


@given(negotiations())
def test_what_a_delegation_asked_for_is_derived_from_its_text(drawn):
    base, asked = drawn
    for sponsor in DELEGATIONS:
        new = wished(base, asked, DELEGATIONS, sponsor)

        changed = apply_changes(base, changes_between(base, new, minted_from="base"))

        assert same_text(nameless(changed), nameless(new))


@st.composite
def delegations(draw):
    base, first = draw(pairs())
    return base, [first, *(draw(rewritten(base)) for _ in range(draw(st.integers(1, 3))))]


@given(delegations())
def test_the_wish_of_each_delegation_comes_out_of_all_of_them_composed(drawn):
    base, texts_ = drawn
    asked = [
        Wish(code, change)
        for code, new in zip(DELEGATIONS, texts_, strict=False)
        for change in changes_between(base, new, minted_from="base")
    ]
    try:
        composition = compose(base, asked, DELEGATIONS)
    except ContradictoryWishes:  # one asks for words, another for states, where there is nothing
        return
    for code, new in zip(DELEGATIONS, texts_, strict=False):
        assert same_text(nameless(filtered(composition, code)), nameless(new))


@given(editions())
def test_nothing_is_asked_of_a_text_that_is_as_it_was(drawn):
    assert changes_between(drawn, drawn, minted_from="base") == ()


def asked(*provisions, base=BASE):
    return changes_between(base, edition(*outline(provisions)), minted_from="base")


def keyed(**reworded):
    """Return the base's provisions by key, some reworded."""
    return {p.key: replace(p, parts={TEXT: text(reworded[p.key])}) if p.key in reworded else p for p in BASE}


def without(*keys):
    return [p for p in BASE if p.key not in keys]


def told(changes):
    """Return changes as "operation key" with the place."""
    return [(c.operation.value, c.key, (c.place.parent, c.place.after) if c.place else c.alone) for c in changes]


def test_a_reworded_paragraph_is_amended():
    (change,) = asked(*keyed(**{"2": "zwei"}).values())

    assert (change.operation, change.key, change.parts) == (Operation.AMEND, "2", {TEXT: text("zwei")})


def test_what_goes_with_all_under_it_is_one_deletion():
    assert told(asked(*without("1", "1a"))) == [("delete", "1", False)]


def test_a_heading_goes_alone_where_what_it_headed_stays():
    assert told(asked(*without("II"))) == [("delete", "II", True)]


def test_what_is_inserted_at_one_place_is_one_block():
    found = [*without(), paragraph("x", "five", "II", 1), paragraph("y", "six", "II", 1)]

    (change,) = asked(*found)

    assert change.place == Place("II", "4")
    assert worded(change.block) == [(change.key, "five"), (change.block[1].key, "six")]


def test_two_delegations_that_insert_the_same_meet():
    (mine,) = asked(*without(), paragraph("x", "five", "II", 1))
    (theirs,) = asked(*without(), paragraph("n7", "five", "II", 1))

    assert mine == theirs


def test_a_new_paragraph_stands_under_what_it_stands_under_as_wished():
    found = [*BASE.provisions[:3], paragraph("x", "one b", "1", 2), *BASE.provisions[3:]]

    (change,) = asked(*found)

    assert change.place == Place("1", "1a")


def test_new_paragraphs_under_two_parents_are_two_blocks():
    found = [*BASE.provisions[:3], paragraph("x", "one b", "1", 2), paragraph("y", "one bis", "I", 1)]

    assert [c.place for c in asked(*found, *BASE.provisions[3:])] == [Place("1", "1a"), Place("I", "1")]


def test_the_fewest_are_moved():
    base = edition(*(paragraph(key, f"Paragraph {key}") for key in "abcd"))
    by_key = base.by_key()

    assert told(asked(*(by_key[key] for key in "bcda"), base=base)) == [("move", "a", (None, "d"))]


def test_what_moves_takes_along_what_is_under_it():
    by_key = keyed(**{"1a": "uno a"})
    found = [by_key[key] for key in ("I", "2", "II", "3", "4", "1", "1a")]

    assert told(asked(*found)) == [("move", "1", ("II", "4")), ("amend", "1a", False)]


def test_what_moves_takes_along_what_was_under_something_that_goes():
    base = edition(*BASE, paragraph("4a", "four a", "4", 2), paragraph("4b", "four b", "4a", 3))
    by_key = base.by_key()
    found = [by_key[key] for key in ("4", "4b", "I", "1", "1a", "2", "II", "3")]

    assert told(asked(*found, base=base)) == [("move", "4", (None, None)), ("delete", "4a", True)]


def test_what_moves_does_not_take_along_what_moves_elsewhere():
    base = edition(*BASE, paragraph("4a", "four a", "4", 2), paragraph("4b", "four b", "4a", 3))
    by_key = base.by_key()
    found = [by_key[key] for key in ("4", "4b", "I", "1", "1a", "4a", "2", "II", "3")]

    assert sorted(told(asked(*found, base=base))) == [
        ("move", "4", (None, None)),
        ("move", "4a", ("1", "1a")),
        ("move", "4b", ("4", None)),
    ]


def test_two_that_move_to_one_place_come_as_one_block():
    base = edition(*(paragraph(key, f"Paragraph {key}") for key in "abcdefgh"))
    by_key = base.by_key()

    found = asked(*(by_key[key] for key in "bcefghad"), base=base)

    assert [c.operation.value for c in found] == ["delete", "delete", "insert"]


def test_a_provision_on_another_level_goes_to_its_own_place():
    changed = [replace(p, level=0) if p.key == "2" else p for p in BASE]

    (change,) = asked(*changed)

    assert (change.operation, change.key, change.level, change.parts) == (Operation.AMEND, "2", 0, None)


def test_a_new_footnote_has_one_name_in_its_text_and_in_itself():
    noted = replace(keyed()["3"], parts={TEXT: text("three", Run(NOTE, 0, "n1"))})
    found = [*BASE.provisions[:5], noted, paragraph("n1", "A note.", "3", kind=Kind.FOOTNOTE), BASE.provisions[6]]

    amended, inserted = asked(*found)

    assert amended.parts[TEXT][1].note == inserted.key
    assert inserted.place == Place("3", None)


def test_a_row_that_is_new_stands_in_its_table():
    base = edition(table(), row("r1", what="A"), row("r2", what="B"), paragraph("p", "After."))
    by_key = base.by_key()

    (change,) = asked(by_key["t"], by_key["r1"], row("x", what="C"), by_key["r2"], by_key["p"], base=base)

    assert change.place == Place("t", "r1")


def test_rows_go_and_come_with_their_table():
    base = edition(table(), row("r1", what="A"), row("r2", what="B"), paragraph("p", "After."))
    by_key = base.by_key()
    as_words = paragraph("t", "A list")

    found = asked(as_words, by_key["p"], row("r1", None, what="A"), base=base)

    assert sorted(c.operation.value for c in found) == ["delete", "insert", "insert"]
    assert [c.key for c in found if c.operation is Operation.DELETE] == ["t"]


def test_a_row_put_into_another_table_is_another_row():
    base = edition(table(), row("r1", what="A"), paragraph("p", "Between."), table("u"))
    by_key = base.by_key()

    found = asked(by_key["t"], by_key["p"], by_key["u"], row("r1", "u", what="A"), base=base)

    assert [(c.operation.value, c.place) for c in found] == [("delete", None), ("insert", Place("u", None))]


def test_a_kind_that_changes_is_another_provision():
    changed = [replace(p, kind=Kind.ITEM) if p.key == "4" else p for p in BASE]

    assert [c.operation.value for c in asked(*changed)] == ["insert", "delete"]


NEW = heading("n", "New")
TWO = [heading("I", "Aims"), heading("II", "Means")]
UNDER_ONE = [heading("I", "Aims"), paragraph("1", "one", "I"), table("t", parent="I")]
TREE = [
    heading("I", "Aims"),
    paragraph("1", "one", "I"),
    heading("II", "Means"),
    table("t", parent="II"),
    heading("III", "End"),
    heading("IV", "Annex"),
]


@pytest.mark.parametrize(
    ("base", "new"),
    [
        # a provision under a new one, which stands where none of those above it is wished
        (TWO, [NEW, replace(TWO[0], parent="n", level=1)]),
        # what stood under a heading goes before it
        (UNDER_ONE, [*(replace(p, parent=None) for p in UNDER_ONE[1:]), UNDER_ONE[0]]),
        # a heading goes one level down and leaves what stood under it
        (TREE[:2], [replace(TREE[0], level=1), NEW]),
        # two change places, the first behind something new
        (TWO, [NEW, TWO[1], TWO[0]]),
        # what stood under a heading that goes comes up, and so does what followed
        (TREE, [replace(TREE[3], parent=None, level=1), replace(TREE[5], level=1)]),
    ],
)  # fmt: skip
def test_a_text_put_in_another_order_is_what_its_changes_give(base, new):
    base, new = edition(*base), edition(*outline(new))

    changed = apply_changes(base, changes_between(base, new, minted_from="base"))

    assert same_text(nameless(changed), nameless(new))


@given(rounds(delegations=["BY"]))
def test_changes_that_share_places_give_the_text_in_their_order(drawn):
    base, wishes = drawn
    target = apply_changes(base, [wish.change for wish in wishes])

    found = changes_between(base, target, minted_from="base", shared=True)

    assert worded(apply_changes(base, found, order_of(base, found))) or not target.provisions


def test_what_moves_beside_something_new_keeps_its_key():
    base = edition(paragraph("1", "one"), paragraph("2", "two"), paragraph("3", "three"))
    wished = edition(paragraph("1", "one"), paragraph("n", "new"), paragraph("3", "three"), paragraph("2", "two"))

    found = changes_between(base, wished, minted_from="base", shared=True)

    assert sorted(c.operation for c in found) == ["insert", "move"]


def test_what_gets_another_level_stands_at_its_own_place_in_the_order_of_the_changes():
    found = order_of(BASE, [Change(Operation.AMEND, "2", level=2), insert("n", "new", "I", "1")])

    assert found == {(Place("I", "1"), "2"): 0, (Place("I", "1"), "n"): 1}

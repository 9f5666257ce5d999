"""Composition by example; the laws are in test_laws."""

from dataclasses import replace

import pytest

from app.text.changes import ContradictoryWishes
from app.text.composing import base_of, compose, filtered, ordered, wished
from app.text.composition import ComposedBlock, ComposedProvision
from app.text.provision import STATES, TEXT, Place, States
from app.text.runs import plain
from tests.text.drafts import (
    amend,
    asking,
    composed,
    delete,
    edition,
    heading,
    insert,
    move,
    paragraph,
    row,
    table,
    worded,
)
from tests.text.strategies import DELEGATIONS, spelled

BASE = edition(paragraph("1", "Parties create a group"), paragraph("2", "two"), paragraph("3", "three"))


def part_of(composition, key="1", name=TEXT):
    return next(
        dict(item.parts)[name]
        for item in composition.items
        if isinstance(item, ComposedProvision) and item.provision.key == key
    )


def insertions(part):
    return [(at, spelled(i.tokens), i.sponsors) for at, gap in enumerate(part.gaps) for i in gap]


def blocks(composition):
    return [
        (item.place, [p.key for p in item.provisions], item.sponsors)
        for item in composition.items
        if isinstance(item, ComposedBlock)
    ]


def test_identical_wishes_meet_with_all_sponsors_in_rank():
    wish = amend("1", "Parties form a group")

    part = part_of(composed(BASE, CN=wish, BY=wish, KZ=wish))

    assert insertions(part) == [(2, "form", ("BY", "KZ", "CN"))]
    assert [who for token, who in zip(part.tokens, part.deleters, strict=True) if who] == [("BY", "KZ", "CN")]


def test_insertions_at_one_gap_stand_by_rank_and_the_replaced_words_follow():
    part = part_of(composed(BASE, UZ=amend("1", "Parties build a group"), IR=amend("1", "Parties form a group")))

    assert insertions(part) == [(2, "form", ("IR",)), (2, "build", ("UZ",))]
    assert part.deleters[2] == ("IR", "UZ")


def test_unknown_sponsors_stand_last_by_code():
    wish = amend("1", "Parties form a group")

    composition = composed(BASE, ZZ=wish, AA=wish, UZ=wish)

    assert part_of(composition).deleters[2] == ("UZ", "AA", "ZZ")
    assert composition.order == (*DELEGATIONS, "AA", "ZZ")


def test_who_deletes_a_provision_deletes_each_of_its_words():
    (item, *_) = composed(BASE, PK=delete("1")).items

    assert item.deleters == ("PK",)
    assert set(dict(item.parts)[TEXT].deleters) == {("PK",)}


def test_identical_blocks_meet_and_others_stand_by_rank():
    same, other = insert("n", "new", None, "1", [("m", "below")]), insert("x", "another", None, "1")

    composition = composed(BASE, UZ=same, BY=same, IN=other)

    place = Place(None, "1")
    assert blocks(composition) == [(place, ["n", "m"], ("BY", "UZ")), (place, ["x"], ("IN",))]


def test_a_delegation_with_two_blocks_at_a_place_finds_them_in_the_order_of_the_composition():
    early, late = insert("x", "zzz", None, "1"), insert("y", "aaa", None, "1")
    wishes = asking(UZ=[early, late], BY=early)

    asked = wished(BASE, wishes, DELEGATIONS, "UZ")

    assert [p.key for p in asked] == ["1", "x", "y", "2", "3"]
    assert filtered(compose(BASE, wishes, DELEGATIONS), "UZ") == asked.provisions


def test_a_move_names_its_movers_and_takes_the_wording_along():
    composition = composed(BASE, CN=move("1", None, "3", "Parties shall create a group"))

    moved = composition.items[-1]
    assert composition.items[0].movers == ((Place(None, "3"), ("CN",)),)
    assert (moved.moved_from, worded(moved.provisions)) == ("1", [("1", "Parties shall create a group")])
    assert insertions(part_of(composition)) == []


def test_what_moves_into_something_that_moves_makes_no_block_of_its_own():
    base = edition(heading("I", "one"), heading("II", "two"), paragraph("1", "a"))

    composition = composed(base, IN=[move("I", None, "1"), move("1", "I")])

    assert [keys for _, keys, _ in blocks(composition)] == [["I", "1"]]


def test_two_move_to_two_places():
    composition = composed(BASE, CN=move("1", None, "3"), BY=move("1", None, "2"))

    assert composition.items[0].movers == ((Place(None, "2"), ("BY",)), (Place(None, "3"), ("CN",)))


def test_states_join_and_leave_without_touching_each_other():
    base = edition(table(), row("r", what="a", who={"CN", "BY"}))

    composition = composed(base, IN=amend("r", what="a", who={"CN", "BY", "IN"}), BY=amend("r", what="a", who={"CN"}))

    part = part_of(composition, "r", "who")
    assert part.members == (("BY", ("BY",)), ("CN", ()))
    assert part.joining == (("IN", ("IN",)),)


def test_a_part_that_only_a_wish_has_stands_by_its_column():
    base = edition(table(columns=("who", "what")), row("r"))

    composition = composed(base, BY=amend("r", what="a", who={"BY"}), CN=amend("r", "whole", zone="z"))

    item = composition.items[1]
    assert [name for name, _ in item.parts] == ["who", "what", TEXT, "zone"]
    assert filtered(composition, "BY")[1].parts.keys() == {"who", "what"}


def test_a_paragraph_may_be_joined_by_its_first_states():
    composition = composed(BASE, BY=amend("1", "Parties create a group", states={"BY"}))

    assert filtered(composition, "BY")[0].parts[STATES] == States(frozenset({"BY"}))
    assert base_of(composition) == BASE


def test_words_and_states_in_one_empty_part_are_refused():
    base = edition(table(), row("r", what="a"))

    with pytest.raises(ContradictoryWishes, match="words and states"):
        composed(base, BY=amend("r", what="a", who={"BY"}), CN=amend("r", what="a", who="China"))


def test_a_contradiction_names_its_delegation():
    with pytest.raises(ContradictoryWishes, match="KG"):
        composed(BASE, KG=[amend("1", "a"), delete("1")])


def test_states_print_in_the_order_of_the_body():
    assert ordered({"UZ", "CN", "BY", "ALL"}, DELEGATIONS) == ("BY", "CN", "UZ", "ALL")


def test_rejecting_a_delegation_leaves_the_others_out():
    composition = composed(BASE, BY=amend("1", "Parties form a group"), CN=delete("2"), IN=insert("n", "new"))

    assert worded(filtered(composition, "CN")) == [("1", "Parties create a group"), ("3", "three")]
    assert plain(filtered(composition, "BY")[0].text) == "Parties form a group"


def test_words_amended_inside_what_moves_are_not_amended_where_it_stood():
    base = edition(heading("I", "one"), paragraph("1", "a b", "I", 1), heading("II", "two"))

    composition = composed(base, BY=[move("I", None, "II"), amend("1", "a c")])

    assert insertions(part_of(composition)) == []
    assert worded(composition.items[-1].provisions) == [("I", "one"), ("1", "a c")]


def test_a_provision_deleted_alone_goes_and_what_stood_under_it_stays():
    base = edition(heading("I", "Aims"), paragraph("1", "one", "I", 1), paragraph("2", "two"))

    composition = composed(base, CN=replace(delete("I"), alone=True))

    assert worded(wished(base, asking(CN=replace(delete("I"), alone=True)), DELEGATIONS, "CN")) == [
        ("1", "one"),
        ("2", "two"),
    ]
    assert [(i.provision.key, i.deleters) for i in composition.items if isinstance(i, ComposedProvision)] == [
        ("I", ("CN",)),
        ("1", ()),
        ("2", ()),
    ]

"""The next version, the mechanical text, the origin of every phrase, old and new numbers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.text.changes import Change, Operation
from app.text.composing import compose
from app.text.conflicts import ConflictKind
from app.text.next_version import (
    Clash,
    Resolution,
    Span,
    accepted_text,
    concordance,
    next_edition,
    provenance,
    resulting,
    whole,
)
from app.text.provision import STATES, TEXT, Place, States
from app.text.runs import plain, text
from app.text.structure import apply_changes
from app.text.tokens import tokens
from tests.text.drafts import amend, asking, delete, edition, heading, insert, move, paragraph, row, worded
from tests.text.strategies import DELEGATIONS, rewordings, texts

BASE = edition(
    heading("I", "Aims", "I."),
    paragraph("1", "one two three", "I", 1, "1."),
    paragraph("1a", "below", "1", 2, "a)"),
    paragraph("2", "two", "I", 1, "2."),
    heading("II", "Means", "II."),
)


def keys(found):
    return [p.key for p in found]


def test_the_undecided_keeps_its_base_text():
    assert next_edition(BASE, []) == BASE
    assert next_edition(BASE, [Resolution("1")]) == BASE


def test_a_resolution_rewords_moves_adds_or_removes():
    block = insert("n", "new", "I", "1").block

    found = next_edition(
        BASE,
        [
            Resolution("1", parts={TEXT: text("uno")}),
            Resolution("2", exists=False),
            Resolution("n", place=Place("I", "1"), block=block),
            Resolution("I", place=Place(None, "II")),
        ],
    )

    assert worded(found) == [("II", "Means"), ("I", "Aims"), ("1", "uno"), ("1a", "below"), ("n", "new")]


def test_a_resolution_may_change_the_level_alone():
    found = next_edition(BASE, [Resolution("2", level=3)])

    assert [(p.key, p.level) for p in found][3] == ("2", 3)
    assert plain(found.by_key()["2"].text) == "two"


def test_blocks_at_one_place_stand_in_the_order_they_are_given():
    blocks = [insert(key, words, None, "II").block for key, words in (("x", "b"), ("y", "a"))]

    found = next_edition(BASE, [Resolution(b[0].key, place=Place(None, "II"), block=b) for b in blocks])

    assert keys(found)[-2:] == ["x", "y"]


def test_what_was_decided_inside_what_goes_is_void():
    block = insert("n", "new", "1").block

    found = next_edition(
        BASE,
        [
            Resolution("I", exists=False),
            Resolution("1", exists=False),
            Resolution("1a", parts={TEXT: text("other")}),
            Resolution("n", place=Place("1", None), block=block),
            Resolution("2", place=Place("1", None)),
        ],
    )

    assert keys(found) == ["II"]


def test_what_moves_out_of_what_goes_stays_with_all_below_it():
    found = next_edition(
        BASE,
        [
            Resolution("I", exists=False),
            Resolution("1", place=Place("II", None)),
            Resolution("1a", parts={TEXT: text("other")}),
        ],
    )

    assert worded(found) == [("II", "Means"), ("1", "one two three"), ("1a", "other")]


ONE = paragraph("1", "one two three four", states={"BY", "IN"})


def changed(words, states=("BY", "IN")):
    return amend("1", words, states=set(states))


def test_accepted_changes_that_do_not_conflict_are_applied_together():
    found = resulting(
        ONE,
        [
            changed("ONE two three four"),
            changed("one two three FOUR", ["BY"]),
            changed("one two three four", ["BY", "IN", "CN"]),
        ],
    )

    assert found == {TEXT: text("ONE two three FOUR"), STATES: States(frozenset({"BY", "CN"}))}


def test_accepted_changes_that_conflict_are_left_to_a_person():
    found = resulting(ONE, [changed("one 2 three four"), changed("one II three four")])

    assert isinstance(found, Clash)
    assert [conflict.kind for conflict in found.conflicts] == [ConflictKind.RIVAL_INSERTIONS]


def test_deleting_clashes_with_amending_alone():
    assert isinstance(resulting(ONE, [delete("1"), changed("one")]), Clash)
    assert resulting(ONE, [delete("1")]) == ONE.parts


def test_of_a_move_only_the_wording_counts():
    comment = Change(Operation.COMMENT, "1")

    assert resulting(ONE, [move("1"), comment]) == ONE.parts
    assert resulting(paragraph("1", "one"), [move("1", None, None, "uno")]) == {TEXT: text("uno")}


def test_a_row_keeps_its_cells():
    cells = row("r", what="a b", who={"BY"})

    assert resulting(cells, [amend("r", what="a c", who={"BY"})]) == {
        "what": text("a c"),
        "who": States(frozenset({"BY"})),
    }


def test_an_accepted_set_of_sponsors_gives_their_text_or_none():
    base = edition(paragraph("1", "one two three"))
    wishes = asking(BY=amend("1", "ONE two three"), CN=amend("1", "one two THREE"), IN=amend("1", "eins two three"))
    part = dict(compose(base, wishes, DELEGATIONS).items[0].parts)[TEXT]

    assert accepted_text(part, {"BY", "CN"}, DELEGATIONS) == text("ONE two THREE")
    assert accepted_text(part, {"BY", "IN"}, DELEGATIONS) is None


def test_each_phrase_says_where_it_comes_from():
    old = text("Parties create a group")
    readings = [("BY/1", text("Parties form a group")), ("CN/2", text("Parties create a group soon"))]

    spans = provenance(old, whole(old, "v0"), readings, text("Parties form a small group soon"), "secretariat")

    written = "Parties form a small group soon"
    assert [(written[s.start : s.end], s.origin) for s in spans] == [
        ("Parties ", "v0"),
        ("form", "BY/1"),
        (" a", "v0"),
        (" small", "secretariat"),
        (" group", "v0"),
        (" soon", "CN/2"),
    ]


def test_the_origin_of_what_stays_is_kept():
    spans = (Span(0, 4, "v0"), Span(4, 7, "BY/1"))

    assert provenance(text("one two"), spans, [], text("one two"), "x") == spans


def test_an_empty_text_comes_from_nowhere():
    assert whole((), "v0") == ()


wordings = texts().flatmap(lambda base: st.tuples(st.just(base), *(rewordings(base, "mixed") for _ in range(3))))


@given(wordings)
def test_the_spans_tile_the_text(drawn):
    old, one, other, new = drawn

    spans = provenance(old, whole(old, "v0"), [("a", one), ("b", other)], new, "x")

    assert [s.start for s in spans] == [0, *(s.end for s in spans)][: len(spans)]
    assert (spans[-1].end if spans else 0) == len(plain(new))


@given(wordings)
def test_one_accepted_change_gives_its_own_text(drawn):
    old, new, *_ = drawn
    base = replace(paragraph("1"), parts={TEXT: old})

    found = resulting(base, [Change(Operation.AMEND, "1", {TEXT: new})])

    assert tokens(found.get(TEXT, ())) == tokens(new)


def test_the_concordance_shows_old_and_new_numbers():
    old = edition(paragraph("0", "gone", label="0."), *BASE, paragraph("9"))
    new = apply_changes(old, [delete("0"), delete("1"), insert("n", "new", "I", "1")])
    new = replace(new, provisions=tuple(replace(p, label="1.") if p.key == "2" else p for p in new))

    assert concordance(old, new) == (
        ("0", "0.", None),
        ("I", "I.", "I."),
        ("1", "1.", None),
        ("1a", "a)", None),
        ("2", "2.", "1."),
        ("II", "II.", "II."),
    )


def test_an_accepted_deletion_is_the_origin_of_no_words():
    old = text("Parties create a group")

    assert provenance(old, whole(old, "v0"), [("BY/1", text("Parties create"))], text("Parties create"), "x") == (
        Span(0, 14, "v0"),
    )

"""Which provision of one text is which of another."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.text.matching import longest_growing, match, rekeyed
from app.text.provision import TEXT, Kind, States
from app.text.runs import NOTE, Run, plain, text
from tests.benchmarks.large import WORDS
from tests.text.drafts import heading, paragraph, row, table
from tests.text.strategies import editions

LONG = {
    "a": "The Parties shall establish a common platform for the exchange of digital skills.",
    "b": "Joint research on artificial intelligence is carried out each year in one of the capitals.",
    "c": "Experts meet twice a year and report to the heads of ministries on what was done.",
    "d": "Data remain on the territory of the State where they were collected unless agreed otherwise.",
}


def draft(*keys, **others):
    return [paragraph(key, {**LONG, **others}[key]) for key in keys]


def named(old, new):
    """Return the pairs as "old key: new key"."""
    return {old[i].key: new[j].key for i, j in match(old, new)}


@given(editions())
def test_a_text_matches_itself(drawn):
    rows_of_no_table = [p for p in drawn if p.kind is Kind.ROW and p.parent is None]

    assert match(drawn.provisions, drawn.provisions) == tuple(
        (i, i) for i, p in enumerate(drawn) if p not in rows_of_no_table
    )


@given(editions(), editions())
def test_every_position_is_paired_once_at_most(one, other):
    pairs = match(one.provisions, other.provisions)

    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@given(editions(), editions())
def test_the_new_text_keeps_its_words_under_keys_that_are_unique(one, other):
    found = rekeyed(other.provisions, one.provisions, match(one.provisions, other.provisions))

    assert len({p.key for p in found}) == len(found)
    assert [[plain(c) for c in p.parts.values() if not isinstance(c, States)] for p in found] == [
        [plain(c) for c in p.parts.values() if not isinstance(c, States)] for p in other
    ]


@given(editions(), st.integers(1, 9))
def test_new_numbers_do_not_disturb(drawn, by):
    renumbered = [replace(p, key=f"x{p.key}", label=f"{by}.{i}", level=0) for i, p in enumerate(drawn)]
    parents = {None: None, **{p.key: f"x{p.key}" for p in drawn}}
    renumbered = [replace(p, parent=parents[p.parent]) for p in renumbered]

    assert match(drawn.provisions, renumbered) == match(drawn.provisions, drawn.provisions)


def test_an_inserted_paragraph_has_no_counterpart():
    assert named(draft("a", "b"), draft("a", "n", "b", n="Something new altogether is said here.")) == {
        "a": "a",
        "b": "b",
    }


def test_a_reworded_paragraph_is_found_between_its_neighbours():
    reworded = paragraph("x", LONG["b"].replace("each year", "every second year"))

    assert named(draft("a", "b", "c"), [*draft("a"), reworded, *draft("c")])["b"] == "x"


def test_a_paragraph_replaced_by_another_is_not_the_same():
    other = paragraph("x", "Nothing of what stood here is left in these words.")

    assert "b" not in named(draft("a", "b", "c"), [*draft("a"), other, *draft("c")])


def test_a_short_heading_that_is_replaced_where_it_stands_is_the_same():
    old, new = [heading("h", "Aims"), *draft("a")], [heading("x", "Purposes"), *draft("a")]

    assert named(old, new) == {"h": "x", "a": "a"}


def test_a_moved_paragraph_is_found():
    assert named(draft("a", "b", "c", "d"), draft("d", "a", "b", "c"))["d"] == "d"


def test_a_moved_paragraph_is_found_although_it_was_reworded():
    reworded = paragraph("x", LONG["d"].replace("unless", "save where"))

    assert named(draft("a", "b", "c", "d"), [reworded, *draft("a", "b", "c")])["d"] == "x"


def test_a_word_or_two_that_stand_elsewhere_too_are_no_move():
    old, new = [heading("x", "Aims"), *draft("a", "b")], [*draft("a", "b"), heading("y", "Aims")]

    assert named(old, new) == {"a": "a", "b": "b"}


def test_a_split_paragraph_is_its_better_half():
    whole = paragraph("w", f"{LONG['a']} Experts meet.")
    halves = [paragraph("x", LONG["a"]), paragraph("y", "Experts meet.")]

    assert named([*draft("b"), whole, *draft("c")], [*draft("b"), *halves, *draft("c")])["w"] == "x"


def test_kinds_of_quotation_marks_count_as_equal():
    old, new = [paragraph("p", "the «plan» and nothing else")], [paragraph("x", "the “plan” and nothing else")]

    assert named([*draft("a"), *old], [*new, *draft("a")])["p"] == "x"


def test_letters_decide_between_words_that_differ_in_case_alone():
    old = [paragraph("p", LONG["a"]), *draft("b"), paragraph("q", LONG["a"].upper())]
    new = [paragraph("x", LONG["a"].upper()), *draft("b"), paragraph("y", LONG["a"])]

    assert named(old, new) == {"p": "y", "b": "b", "q": "x"}


def test_rows_are_found_in_their_own_table():
    cells = {"what": LONG["a"], "who": "China"}
    old = [table("t"), row("r1", "t", **cells), *draft("b"), table("u"), row("r2", "u", what=LONG["c"])]
    new = [table("v"), row("x1", "v", **cells), *draft("b"), table("w"), row("x2", "w", what=LONG["c"])]

    assert named(old, new) == {"t": "v", "r1": "x1", "b": "b", "u": "w", "r2": "x2"}


def test_a_row_is_not_found_in_another_table():
    old = [table("t"), row("r1", "t", what=LONG["a"]), *draft("b"), table("u"), row("r2", "u", what=LONG["c"])]
    new = [table("v"), *draft("b"), table("w"), row("x2", "w", what=LONG["c"]), row("x1", "w", what=LONG["a"])]

    assert "r1" not in named(old, new)


def test_footnotes_are_found_and_their_references_follow():
    def noted(key, note):
        words = Run("See"), Run(NOTE, 0, note), Run(" " + LONG["a"])
        return [
            replace(paragraph(key), parts={TEXT: text(*words)}),
            paragraph(note, "As amended.", key, kind=Kind.FOOTNOTE),
        ]

    old, new = noted("p", "f"), noted("x", "y")

    found = rekeyed(new, old, match(old, new))

    assert found == tuple(old)


def test_what_has_no_counterpart_gets_a_key_that_the_old_text_does_not_have():
    old = [paragraph("n1", LONG["a"])]
    new = [paragraph("x", LONG["b"]), paragraph("y", LONG["a"])]

    assert [p.key for p in rekeyed(new, old, match(old, new))] == ["n2", "n1"]


def test_a_long_text_without_one_equal_paragraph_is_found():
    chance = random.Random(5)
    old = [paragraph(f"p{n}", " ".join(chance.choices(WORDS, k=30))) for n in range(120)]
    new = [replace(p, key=f"x{p.key}", parts={TEXT: text(plain(p.text) + f" {n}")}) for n, p in enumerate(old)]

    assert named(old, new) == {p.key: f"x{p.key}" for p in old}


def test_a_long_stretch_of_short_provisions_is_paired_as_it_comes():
    old = [paragraph(f"p{n}", f"yes no {n}") for n in range(60)]
    new = [paragraph(f"x{n}", f"yes no {n + 100}") for n in range(60)]

    assert named(old, new) == {f"p{n}": f"x{n}" for n in range(60)}


def test_in_a_long_stretch_what_is_not_alike_is_passed_over():
    old = [paragraph(f"p{n}", f"yes no {n}" if n % 2 else f"never {n}") for n in range(60)]
    new = [paragraph(f"x{n}", f"yes no {n + 100}" if n % 2 else f"always {n + 100}") for n in range(60)]

    assert named(old, new) == {f"p{n}": f"x{n}" for n in range(1, 60, 2)}


def test_a_table_is_not_a_paragraph():
    old, new = [paragraph("p", "what who"), *draft("a")], [table("t"), *draft("b"), *draft("a")]

    assert named(old, new) == {"a": "a"}


@given(st.lists(st.integers(0, 20), unique=True))
def test_the_longest_growing_run_grows(numbers):
    kept = [numbers[at] for at in longest_growing(numbers)]

    assert kept == sorted(set(kept))
    assert len(kept) == max((_longest(numbers, i) for i in range(len(numbers))), default=0)


def _longest(numbers, at):
    return 1 + max((_longest(numbers[:at], i) for i in range(at) if numbers[i] < numbers[at]), default=0)


def test_words_that_stand_there_several_times_are_paired_in_their_order():
    old = [paragraph(key, "The same words.") for key in ("p", "q")]
    new = [paragraph("x", "The same words."), *draft("a"), paragraph("y", "The same words.")]

    assert named(old, new) == {"p": "x", "q": "y"}


def test_of_two_provisions_in_its_place_the_one_alike_is_the_reworded_one():
    old = draft("a")
    new = [paragraph("n", LONG["d"]), paragraph("m", LONG["a"].replace("common", "shared"))]

    assert named(old, new) == {"a": "m"}
    assert named([*draft("b"), *draft("a")], [new[1]]) == {"a": "m"}

"""The tree of a draft recomputed from kinds and levels, and an officer's corrections of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.outline import Correction, Step, corrected, outline
from app.text.provision import TEXT, Kind, Provision, States
from app.text.runs import NOTE, Run, plain, text


def draft(*lines: str) -> tuple[Provision, ...]:
    """Return provisions from lines like "heading 0", keyed p1, p2 …, with words w1, w2 …"""
    found = []
    for at, line in enumerate(lines, 1):
        kind, _, level = line.partition(" ")
        found.append(Provision(f"p{at}", Kind(kind), int(level or 0), parts={TEXT: text(f"w{at}")}))
    return outline(found)


def parents(provisions: tuple[Provision, ...]) -> list[str | None]:
    """Return the parents' keys."""
    return [p.parent for p in provisions]


def words(provisions: tuple[Provision, ...]) -> list[str]:
    """Return the words."""
    return [plain(p.text) for p in provisions]


kinds = st.builds(
    lambda at, kind, level: Provision(f"p{at}", kind, level),
    st.integers(0, 10**6),
    st.sampled_from(Kind),
    st.integers(0, 4),
)
drafts = st.lists(kinds, unique_by=lambda p: p.key, max_size=30)


@given(drafts)
def test_parents_stand_before_children_and_descendants_follow_without_a_gap(provisions):
    open_: list[str] = []

    for provision in outline(provisions):
        assert provision.parent is None or provision.parent in open_
        open_ = open_[: open_.index(provision.parent) + 1] if provision.parent else []
        open_.append(provision.key)


@given(drafts)
def test_an_outline_is_its_own_outline(provisions):
    once = outline(provisions)

    assert outline(once) == once
    assert [p.key for p in once] == [p.key for p in provisions]


@given(drafts, st.lists(st.builds(Correction, st.integers(0, 30).map("p{}".format), st.sampled_from(Step)), max_size=8))
def test_corrections_leave_a_valid_outline(provisions, corrections):
    found = corrected(provisions, corrections)

    assert outline(found) == found


def test_headings_hold_what_follows_them():
    found = draft("title", "paragraph", "heading 0", "paragraph", "heading 1", "paragraph", "heading 0", "paragraph")

    assert parents(found) == [None, None, None, "p3", "p3", "p5", None, "p7"]


def test_items_hang_on_the_paragraph_before_them():
    found = draft("paragraph 0", "item 1", "item 2", "item 1", "paragraph 1", "item 2", "paragraph 0", "item 1")

    assert parents(found) == [None, "p1", "p2", "p1", "p1", "p5", None, "p7"]


def test_items_without_a_paragraph_stand_under_their_heading():
    assert parents(draft("heading 0", "item 1", "item 2")) == [None, "p1", "p2"]


def test_rows_stand_under_their_table_whatever_comes_between():
    found = draft("heading 0", "table", "row", "footnote", "row", "item 1")

    assert parents(found) == [None, "p1", "p2", "p3", "p2", "p1"]


def test_a_row_without_a_table_is_a_paragraph():
    row = Provision("p1", Kind.ROW, parts={"c1": text("а"), "c2": text("б"), "who": States(frozenset({"CN"}))})

    (found,) = outline([row])

    assert (found.kind, plain(found.text)) == (Kind.PARAGRAPH, "а\nб")


def test_a_paragraph_becomes_a_heading_and_takes_what_follows():
    found = corrected(draft("paragraph", "paragraph", "item 1"), [Correction("p1", kind=Kind.HEADING, level=0)])

    assert parents(found) == [None, "p1", "p2"]
    assert found[0].kind is Kind.HEADING


def test_a_paragraph_that_becomes_an_item_hangs_on_the_one_before():
    found = corrected(draft("paragraph", "paragraph"), [Correction("p2", kind=Kind.ITEM)])

    assert parents(found) == [None, "p1"]
    assert found[1].level == 1


def test_a_label_can_be_set():
    assert corrected(draft("paragraph"), [Correction("p1", label="1 бис.")])[0].label == "1 бис."


def test_demoting_takes_the_items_along():
    found = corrected(draft("paragraph", "paragraph", "item 1", "paragraph"), [Correction("p2", Step.DEMOTE)])

    assert [p.level for p in found] == [0, 1, 2, 0]
    assert parents(found) == [None, "p1", "p2", None]


def test_promoting_undoes_demoting():
    before = draft("heading 0", "heading 1", "heading 2", "paragraph")

    found = corrected(before, [Correction("p2", Step.DEMOTE), Correction("p2", Step.PROMOTE)])

    assert found == before


@pytest.mark.parametrize("line", ["paragraph 0", "heading 0", "item 1"])
def test_the_top_cannot_be_promoted(line):
    before = draft(line)

    assert corrected(before, [Correction("p1", Step.PROMOTE)]) == before


def test_joining_puts_the_words_and_the_label_to_the_one_before():
    first, second = draft("paragraph", "paragraph")
    labelled = Provision("p2", Kind.PARAGRAPH, label="2025.", parts={TEXT: text("год", Run(NOTE, 0, "p3"))})
    note = Provision("p3", Kind.FOOTNOTE, parts={TEXT: text("сноска")})

    found = corrected([first, labelled, note], [Correction("p2", Step.JOIN)])

    assert [plain(p.text).replace(NOTE, "") for p in found] == ["w1 2025. год", "сноска"]
    assert parents(found) == [None, "p1"]
    assert second.key == "p2"


@pytest.mark.parametrize(
    "lines", [("paragraph",), ("table", "row", "paragraph"), ("fixed", "paragraph"), ("paragraph", "table")]
)
def test_what_has_no_words_before_it_is_not_joined(lines):
    before = draft(*lines)

    assert corrected(before, [Correction(f"p{len(lines)}", Step.JOIN)]) == before


def test_dropping_a_table_takes_its_rows_and_their_notes():
    found = corrected(draft("paragraph", "table", "row", "footnote", "row", "paragraph"), [Correction("p2", Step.DROP)])

    assert words(found) == ["w1", "w6"]


def test_dropping_a_paragraph_leaves_its_items():
    assert words(corrected(draft("paragraph", "item 1"), [Correction("p1", Step.DROP)])) == ["w2"]


def test_dropping_a_paragraph_leaves_the_notes_of_its_items():
    found = corrected(draft("paragraph", "footnote", "item 1", "footnote"), [Correction("p1", Step.DROP)])

    assert words(found) == ["w3", "w4"]


def test_a_demoted_heading_that_becomes_the_title_stands_at_the_top():
    found = corrected(draft("heading 0", "heading 1"), [Correction("p2", kind=Kind.TITLE)])

    assert (found[1].kind, found[1].level, found[1].parent) == (Kind.TITLE, 0, None)


def test_a_table_that_becomes_a_paragraph_frees_its_rows():
    found = corrected(draft("table", "row", "row"), [Correction("p1", kind=Kind.PARAGRAPH)])

    assert {p.kind for p in found} == {Kind.PARAGRAPH}


def test_a_correction_of_a_key_that_is_gone_is_passed_over():
    before = draft("paragraph")

    assert corrected(before, [Correction("p9", Step.DROP)]) == before

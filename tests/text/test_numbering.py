"""Labels while a round is open, and the numbers of a new version."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.text.labels import Numbering
from app.text.numbering import relabel, round_labels
from app.text.provision import Kind
from app.text.structure import apply_changes
from tests.text.drafts import composed, delete, edition, heading, insert, move, paragraph, row, table
from tests.text.strategies import editions

RU, EN, ZH = Numbering("ru"), Numbering("en"), Numbering("zh")

PLAN = edition(
    heading("I", "Цели", "I."),
    paragraph("1", "a", "I", 1, "1."),
    paragraph("2", "b", "I", 1, "2."),
    heading("II", "Меры", "II."),
    paragraph("3", "c", "II", 1, "3."),
    paragraph("3a", "d", "3", 2, "а)", Kind.ITEM),
    paragraph("3b", "e", "3", 2, "б)", Kind.ITEM),
    paragraph("4", "f", "II", 1, "4."),
    paragraph("4a", "g", "4", 2, "а)", Kind.ITEM),
)


def labels(found):
    return {p.key: p.label for p in found}


def renumbered(base, *changes, numbering=RU):
    return labels(relabel(apply_changes(base, changes), base, numbering))


def added(key, parent, after, kind=Kind.PARAGRAPH, level=1):
    change = insert(key, "new", parent, after)
    return replace(change, block=tuple(replace(p, kind=kind, level=level) for p in change.block))


def test_a_text_that_nobody_changed_keeps_its_labels():
    assert renumbered(PLAN) == labels(PLAN)


def test_paragraphs_run_on_through_the_sections():
    found = renumbered(PLAN, added("n", "I", "1"))

    assert [found[key] for key in ("1", "n", "2", "3", "4")] == ["1.", "2.", "3.", "4.", "5."]


def test_items_begin_again_under_each_paragraph():
    found = renumbered(PLAN, delete("3a"), added("n", "4", "4a", Kind.ITEM, 2))

    assert [found[key] for key in ("3b", "4a", "n")] == ["а)", "а)", "б)"]


def test_headings_are_numbered_too():
    assert renumbered(PLAN, delete("I"))["II"] == "I."


def test_a_first_child_takes_the_style_of_what_follows():
    assert renumbered(PLAN, added("n", "II", None))["n"] == "3."


def test_a_first_of_its_parent_takes_the_style_of_its_level():
    found = renumbered(PLAN, added("n", "1", None, Kind.ITEM, 2))

    assert found["n"] == "а)"


def test_a_moved_paragraph_takes_the_number_of_its_new_place():
    found = renumbered(PLAN, move("1", "II", "4"))

    assert [found[key] for key in ("2", "3", "4", "1")] == ["1.", "2.", "3.", "4."]


def test_bis_becomes_a_plain_number():
    base = edition(
        paragraph("1", "a", label="1."), paragraph("x", "b", label="1 бис."), paragraph("2", "c", label="2.")
    )

    assert renumbered(base) == {"1": "1.", "x": "2.", "2": "3."}


def test_what_had_no_label_keeps_none():
    base = edition(paragraph("0", "preamble"), paragraph("1", "a", label="1."))

    assert renumbered(base, insert("n", "new", None, "0"))["0"] == ""


def test_dashes_stay_dashes_for_the_new_too():
    base = edition(paragraph("1", "a", label="–", kind=Kind.ITEM))

    assert renumbered(base, added("n", None, "1", Kind.ITEM, 0))["n"] == "–"


def test_a_new_kind_of_provision_stays_without_a_label():
    assert renumbered(PLAN, added("n", None, "II", Kind.FOOTNOTE, 0))["n"] == ""


def test_a_list_keeps_the_number_it_begins_with():
    base = edition(paragraph("1", "a", label="7."), paragraph("2", "b", label="8."))

    assert renumbered(base, insert("n", "new", None, "1")) == {"1": "7.", "n": "8.", "2": "9."}


MEASURES = edition(
    table("t"),
    row("s1", label="I.", text="One"),
    row("r1", label="1.1", what="a"),
    row("r2", label="1.2", what="b"),
    row("s2", label="II.", text="Two"),
    row("r3", label="2.1", what="c"),
)


def test_rows_are_numbered_by_section_and_row():
    found = renumbered(MEASURES, added("n", "t", "r1", Kind.ROW, 0), delete("r2"))

    assert [found[key] for key in ("r1", "n", "r3")] == ["1.1", "1.2", "2.1"]


def test_rows_follow_the_number_of_their_section():
    found = renumbered(MEASURES, delete("s1"), delete("r1"), delete("r2"))

    assert (found["s2"], found["r3"]) == ("I.", "1.1")


def test_paragraphs_with_two_numbers_follow_what_they_stand_under():
    base = edition(
        heading("1", "One", "1."),
        paragraph("11", "a", "1", 1, "1.1."),
        heading("2", "Two", "2."),
        paragraph("21", "b", "2", 1, "2.1."),
        paragraph("211", "c", "21", 2, "2.1.1.", Kind.ITEM),
    )

    found = renumbered(base, delete("1"), numbering=EN)

    assert found == {"2": "1.", "21": "1.1.", "211": "1.1.1."}


def test_two_numbers_without_a_section_keep_the_first():
    base = edition(table(), row("r1", label="3.1", what="a"), row("r2", label="3.2", what="b"))

    assert renumbered(base, delete("r1"))["r2"] == "3.1"


def test_chinese_labels_run_on():
    base = edition(heading("1", "总则", "一、"), heading("2", "目标", "二、"), language="zh")

    assert renumbered(base, delete("1"), numbering=ZH)["2"] == "一、"


@given(editions())
def test_a_text_renumbered_twice_is_renumbered_once(base):
    once = relabel(base, base, RU)

    assert relabel(once, base, RU) == once


@given(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)))
def test_numbers_rise_by_one_whatever_comes_and_goes(gone, followed):
    base = edition(*(paragraph(f"p{i}", "a", label=f"{i + 1}.") for i in range(12)))
    changes = [delete(f"p{i}") for i in gone] + [insert(f"n{i}", "new", None, f"p{i}") for i in followed]

    found = renumbered(base, *changes)

    assert list(found.values()) == [f"{i + 1}." for i in range(12 - len(gone) + len(followed))]


def test_what_is_inserted_in_a_round_is_bis_and_ter():
    one, two = added("n", "I", "1"), added("m", "I", "1")

    found = round_labels(composed(PLAN, BY=one, CN=two), RU)

    assert [label for item in found for label in item][:5] == ["I.", "1.", "1 бис.", "1 тер.", "2."]


def test_what_stands_below_an_inserted_paragraph_keeps_its_own_label():
    change = insert("n", "new", "I", "1", [("m", "below")])

    found = round_labels(composed(PLAN, BY=change), RU)

    assert found[2] == ("1 бис.", "")


def test_what_is_inserted_before_everything_has_no_label():
    found = round_labels(composed(PLAN, BY=added("n", "I", None)), RU)

    assert found[1] == ("",)


def test_a_bis_that_the_base_has_is_not_given_twice():
    base = edition(
        paragraph("1", "a", label="1."), paragraph("x", "b", label="1 бис."), paragraph("y", "c", label="1 тер.")
    )

    found = round_labels(composed(base, BY=insert("n", "new", None, "1")), RU)

    assert found[1] == ("1 кватер.",)


def test_a_dash_is_given_as_often_as_one_likes():
    base = edition(paragraph("1", "a", label="–"))

    assert round_labels(composed(base, BY=insert("n", "new", None, "1")), RU)[1] == ("–",)


def test_another_kind_of_sibling_lends_no_label():
    found = round_labels(composed(PLAN, BY=insert("n", "new", None, "I")), RU)

    assert ("",) in found


def test_after_a_paragraph_without_a_number_a_new_one_has_none():
    base = edition(paragraph("a", "noting", "", 1, ""), paragraph("b", "agree:", "", 1, ""), *PLAN.provisions)
    preamble = [replace(p, parent=None) for p in base.provisions[:2]]
    base = replace(base, provisions=(*preamble, *base.provisions[2:]))

    found = renumbered(base, added("n", None, "a"))

    assert [found[key] for key in ("a", "n", "b", "1")] == ["", "", "", "1."]

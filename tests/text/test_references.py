"""References to numbered provisions, and those whose target has moved."""

import pytest

from app.text.labels import Numbering
from app.text.numbering import relabel
from app.text.provision import Kind
from app.text.references import moved_references, references
from app.text.structure import apply_changes
from tests.text.drafts import amend, delete, edition, heading, insert, paragraph, row, table

RU = Numbering("ru")


def draft(words, language="ru"):
    return edition(
        heading("I", "Цели", "I."),
        paragraph("1", "a", "I", 1, "1."),
        paragraph("1bis", "a", "I", 1, "1 бис."),
        paragraph("2", words, "I", 1, "2."),
        paragraph("2a", "b", "2", 2, "1)", Kind.ITEM),
        heading("II", "Меры", "II."),
        paragraph("3", "c", "II", 1, "3."),
        paragraph("4", "d", "II", 1, "4."),
        table("t", parent="II"),
        row("r", what="e", who={"BY"}, label="1.1"),
        language=language,
    )


MENTIONS = {
    "согласно пункту 3": [("3", "3")],
    "в пунктах 1, 3 и 4 настоящего Плана": [("1", "1"), ("3", "3"), ("4", "4")],
    "см. п. 1 бис": [("1 бис", "1bis")],
    "положения раздела II": [("II", "II")],
    "мероприятия 1.1": [("1.1", "r")],
    "статьи 3 и 4": [("3", "3"), ("4", "4")],
    "пункт 99": [("99", None)],
    "в 3 пунктах": [],
    "under paragraphs 3 and 4": [("3", "3"), ("4", "4")],
    "see section II": [("II", "II")],
    "measure 1.1": [("1.1", "r")],
    "第3段所述": [("3", "3")],
    "第三、四条": [("三", "3"), ("四", "4")],
    "第二部分": [("二", "II")],
    "措施1.1": [("1.1", "r")],
}


@pytest.mark.parametrize("words", MENTIONS)
def test_a_mention_means_the_provision_of_that_number(words):
    found = references(draft(words), RU)

    assert [(reference.number, reference.target) for reference in found] == MENTIONS[words]


def test_a_mention_says_where_it_stands():
    (found,) = references(draft("как в пункте 3."), RU)

    assert (found.key, found.part, found.start, found.end) == ("2", "text", 13, 14)


def test_of_several_with_one_number_the_sibling_is_meant():
    base = edition(
        heading("I", "A"),
        paragraph("a1", "x", "I", 1, "1."),
        paragraph("a2", "see paragraph 1", "I", 1, "2."),
        heading("II", "B"),
        paragraph("b1", "y", "II", 1, "1."),
    )

    (found,) = references(base, RU)

    assert found.target == "a1"


def test_a_number_that_may_mean_two_things_means_none():
    base = edition(
        paragraph("p", "see paragraph 1"), heading("I", "A"), paragraph("a1", "x", "I", 1, "1."), heading("II", "B"),
        paragraph("b1", "y", "II", 1, "1."),
    )  # fmt: skip

    (found,) = references(base, RU)

    assert found.target is None


def moved(old, *changes):
    new = relabel(apply_changes(old, changes), old, RU)
    return [(m.reference.number, m.was, m.now) for m in moved_references(old, new, RU)]


def test_a_reference_whose_target_has_another_label_is_found():
    old = draft("согласно пункту 4")

    assert moved(old, insert("n", "new", "II", "3")) == [("4", "4.", "6.")]


def test_a_reference_whose_target_is_gone_is_found():
    assert ("3", "3.", None) in moved(draft("согласно пункту 3"), delete("3"))


def test_a_reference_whose_target_stands_is_left_alone():
    old = draft("согласно пункту 1 и пункту 99")

    assert moved(old, amend("3", "other")) == []


def test_a_reference_in_a_new_provision_is_read_by_the_old_numbers():
    old = draft("b")

    assert moved(old, delete("1bis"), delete("1"), insert("n", "согласно пункту 3", "II", "4")) == [("3", "3.", "2.")]

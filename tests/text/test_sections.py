"""The outline of a text, and how its provisions stand."""

import pytest

from app.text.folding import folded, folded_words
from app.text.provision import TEXT, Edition, Kind, Provision, States
from app.text.runs import text
from app.text.sections import is_counted, list_sections, sections, stretch
from app.text.standing import Standing, standing_of


def provision(key, words="", kind=Kind.PARAGRAPH, label="", level=1, **parts):
    return Provision(key, kind, level, None, {TEXT: text(words), **parts} if words else parts, label)


DRAFT = (
    provision("title", "План", Kind.TITLE),
    provision("a", "Стороны,"),
    provision("s1", "Общие положения", Kind.HEADING, "I.", level=0),
    provision("b", "Один."),
    provision("s1a", "Подраздел", Kind.HEADING, "A.", level=1),
    provision("c", "Два."),
    provision("s2", "Прочее", Kind.HEADING, "II.", level=0),
)


def outline(*provisions, **standing):
    return [(s.key, s.label, s.words, s.total) for s in sections(Edition("ru", provisions), standing)]


def test_a_section_reaches_from_one_highest_heading_to_the_next():
    found = outline(*DRAFT, a=Standing.AGREED, b=Standing.OPEN, c=Standing.AGREED)

    assert found == [("a", "", "", 1), ("s1", "I.", "Общие положения", 2), ("s2", "II.", "Прочее", 0)]


def test_a_text_without_headings_is_one_section_and_an_empty_one_none():
    assert outline(DRAFT[1], a=Standing.OPEN) == [("a", "", "", 1)]
    assert outline() == []
    assert outline(DRAFT[0]) == []


def test_shares_are_rounded_down_and_an_empty_section_has_none():
    first, second = sections(Edition("ru", DRAFT[2:]), {"b": Standing.AGREED, "c": Standing.OPEN, "s1a": Standing.OPEN})

    assert (first.share(Standing.AGREED), second.share(Standing.AGREED)) == (33, 0)


@pytest.mark.parametrize(
    ("found", "counted"),
    [
        (provision("p", "Один."), True),
        (provision("i", "один;", Kind.ITEM), True),
        (provision("r", kind=Kind.ROW, who=States(frozenset({"BLR"}))), True),
        (provision("r", "I. Раздел", Kind.ROW), False),
        (provision("h", "Раздел", Kind.HEADING), False),
        (provision("n", "Сноска.", Kind.FOOTNOTE), False),
    ],
)
def test_what_is_agreed_one_by_one_is_counted(found, counted):
    assert is_counted(found) is counted


@pytest.mark.parametrize(
    ("words", "agreed", "literal", "expected"),
    [
        ("[создают]", True, {}, Standing.AGREED),
        ("[создают]", False, {}, Standing.BRACKETED),
        ("[Примечание: …]", False, {TEXT: [0]}, Standing.OPEN),
        ("[Примечание: …] [создают]", False, {TEXT: [0]}, Standing.BRACKETED),
        ("создают [", False, {}, Standing.OPEN),
        ("создают", False, {}, Standing.OPEN),
    ],
)
def test_a_provision_is_agreed_bracketed_or_open(words, agreed, literal, expected):
    found = provision("p", words, who=States(frozenset({"BLR"})))

    assert standing_of(found, agreed=agreed, literal=literal) is expected


def test_folding_makes_likely_spellings_equal():
    assert folded(text("ЁЛКА ｘ")) == folded_words("елка X")
    assert folded(States(frozenset({"BLR"}))) == ""


def test_a_section_reaches_to_the_next_heading_of_the_highest_level():
    draft = Edition("ru", DRAFT)
    found = {section.key: [p.key for p in stretch(draft, section.key)] for section in list_sections(draft)}

    assert [key for keys in found.values() for key in keys] == [p.key for p in DRAFT if p.kind is not Kind.TITLE]
    assert all(keys[0] == key for key, keys in found.items())
    assert stretch(draft, "nowhere") == ()

"""Texts as they are typed into a field."""

from app.text.provision import Kind
from app.text.runs import LINE_BREAK, NOTE, Marks, Run, plain, text
from app.web.typed import as_typed, from_typed, paragraphs

NOTED = text("законодательства", Run(NOTE, 0, "n1"), " и ", Run("обязательств", Marks.BOLD))


def test_a_reference_is_typed_as_its_number():
    assert as_typed(NOTED, {"n1": "1"}, Kind.PARAGRAPH) == "законодательства[^1] и обязательств"


def test_a_reference_and_marks_survive_retyping():
    found = from_typed(NOTED, "национального законодательства[^1] и обязательств", Kind.PARAGRAPH)

    assert found == text("национального ", *NOTED)


def test_brackets_that_are_no_reference_stay_words():
    found = from_typed(text("[создают]"), "[создают] [^1]", Kind.PARAGRAPH)

    assert plain(found) == "[создают] [^1]"


def test_a_new_line_in_a_paragraph_is_a_line_break_and_in_a_cell_a_paragraph():
    assert plain(from_typed((), "а\r\nб", Kind.PARAGRAPH)) == f"а{LINE_BREAK}б"
    assert plain(from_typed((), "а\r\nб", Kind.ROW)) == "а\nб"


def test_a_blank_line_begins_another_paragraph():
    assert [plain(p) for p in paragraphs("  а\r\nб\r\n \r\n\r\nв \r\n")] == [f"а{LINE_BREAK}б", "в"]

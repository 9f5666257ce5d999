"""Tracked changes by hand, one phenomenon each: both texts, the keys, what is told."""

from app.docxio.revised import Operation, Revised, decode_revised, encode_revised, read_revised
from app.docxio.understanding import Unclear
from app.text.runs import plain
from tests.docxio.handmade import cell, docx, notes, p, row, run, table
from tests.docxio.phenomena import FILES, change

WHO = 'w:author="{}" w:date="2025-04-25T10:00:00Z"'


def ins(words: str, author: str = "Иран") -> str:
    """Return inserted words."""
    return f'<w:ins w:id="1" {WHO.format(author)}>{run(words) if not words.startswith("<") else words}</w:ins>'


def gone(words: str, author: str = "Иран") -> str:
    """Return deleted words."""
    return f'<w:del w:id="2" {WHO.format(author)}>{run(words).replace("w:t", "w:delText")}</w:del>'


def mark(kind: str, author: str = "Иран") -> str:
    """Return the properties of a paragraph whose mark is inserted or deleted."""
    return f'<w:rPr><w:{kind} w:id="3" {WHO.format(author)}/></w:rPr>'


def both(revised: Revised) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return keys and words before and after."""
    before, after = ([(x.key, plain(x.text)) for x in view.texts] for view in (revised.before, revised.after))
    return before, after


def told(revised: Revised) -> list[tuple[str, Operation, str, str]]:
    """Return provision, operation, removed, added of each change."""
    return [(c.provision, c.operation, plain(c.removed), plain(c.added)) for c in revised.changes]


def test_the_first_half_of_a_split_keeps_the_key():
    revised = read_revised(docx(p("Первая часть.", mark("ins")) + p("Вторая часть.")))

    assert both(revised) == (
        [("p1", "Первая часть.Вторая часть.")],
        [("p1", "Первая часть."), ("n1", "Вторая часть.")],
    )
    assert told(revised) == [("p1", Operation.SPLIT, "", "")]


def test_the_first_of_two_merged_paragraphs_keeps_the_key():
    revised = read_revised(docx(p("Первый. ", mark("del")) + p("Второй.")))

    assert both(revised) == ([("p1", "Первый."), ("p2", "Второй.")], [("p1", "Первый. Второй.")])
    assert told(revised) == [("p1", Operation.MERGE, "", "")]


def test_an_inserted_paragraph_is_one_change():
    revised = read_revised(docx(p("Первый.") + p(ins("Новый."), mark("ins")) + p("Второй.")))

    assert both(revised)[1] == [("p1", "Первый."), ("n1", "Новый."), ("p2", "Второй.")]
    assert told(revised) == [("n1", Operation.INSERT_PROVISION, "", "Новый.")]


def test_a_deleted_paragraph_is_one_change():
    revised = read_revised(docx(p("Первый.") + p(gone("Лишний."), mark("del")) + p("Второй.")))

    assert both(revised)[1] == [("p1", "Первый."), ("p3", "Второй.")]
    assert told(revised) == [("p2", Operation.DELETE_PROVISION, "Лишний.", "")]


def test_words_put_in_by_one_and_taken_out_by_another_stand_in_neither_text():
    nested = ins(gone("временно", "Китай"), "Иран")

    revised = read_revised(docx(p(run("Стороны ") + nested + run("согласны."))))

    assert both(revised) == ([("p1", "Стороны согласны.")], [("p1", "Стороны согласны.")])
    assert [(c.author, c.operation) for c in revised.changes] == [
        ("Иран", Operation.INSERT), ("Китай", Operation.DELETE),
    ]  # fmt: skip
    assert [plain(c.removed or c.added) for c in revised.changes] == ["временно", "временно"]


def test_a_paragraph_taken_out_here_and_put_in_there_is_moved():
    away = p(gone("Обмен опытом."), mark("del"))
    revised = read_revised(docx(away + p("Второй.") + p(ins("Обмен опытом."), mark("ins")) + p("Третий.")))

    assert both(revised)[1] == [("p2", "Второй."), ("p1", "Обмен опытом."), ("p3", "Третий.")]
    assert told(revised) == [("p1", Operation.MOVE, "Обмен опытом.", "Обмен опытом.")]


def test_neighbouring_changes_of_two_authors_are_two_changes():
    revised = read_revised(docx(p(run("до ") + gone("конца", "Иран") + ins("начала", "Китай"))))

    assert [(c.author, c.operation) for c in revised.changes] == [
        ("Иран", Operation.DELETE), ("Китай", Operation.INSERT),
    ]  # fmt: skip


def test_a_change_of_the_look_is_listed_only():
    look = '<w:b/><w:rPrChange w:id="5" w:author="Иран"><w:rPr/></w:rPrChange>'

    revised = read_revised(docx(p(run("Стороны ") + run("обязаны", look))))

    assert [run_.marks for run_ in revised.before.texts[0].text] == [0]
    assert [run_.marks for run_ in revised.after.texts[0].text] == [0, 1]
    assert told(revised) == [("p1", Operation.FORMAT, "", "")]


def test_people_without_name_or_date_are_empty():
    revised = read_revised(docx(p(run("Все ") + f'<w:ins w:id="1">{run("стороны")}</w:ins>')))

    assert [(c.author, c.at) for c in revised.changes] == [("", "")]


def test_a_deleted_row_is_one_change():
    away = row("2", "Лишняя", properties=f'<w:del w:id="1" {WHO.format("Иран")}/>')

    revised = read_revised(docx(table(row("1", "Обмен"), away)))

    assert [x.key for x in revised.after.texts] == ["p1", "p2"]
    assert told(revised) == [("p3", Operation.DELETE_PROVISION, "2\nЛишняя", "")]


def test_a_deleted_cell_is_one_change():
    revised = read_revised(FILES["cells deleted"])

    assert told(revised) == [("p3", Operation.DELETE, "Лишняя 1", ""), ("p4", Operation.DELETE, "Лишняя 2", "")]
    assert [change.elements for change in revised.changes] == [3, 3]


def test_an_inserted_cell_is_one_change():
    assert told(read_revised(FILES["cells inserted"])) == [
        ("p3", Operation.INSERT, "", "Лишняя 1"), ("p4", Operation.INSERT, "", "Лишняя 2"),
    ]  # fmt: skip


def test_an_empty_paragraph_comes_or_goes_as_a_break():
    assert [told(read_revised(FILES[f"empty paragraph {what}"])) for what in ("inserted", "deleted")] == [
        [("p2", Operation.INSERT, "", "\n")],
        [("p2", Operation.DELETE, "\n", "")],
    ]


def test_an_equation_has_its_characters_of_before_and_of_after():
    x, y, z = (f"<m:r><m:t>{sign}</m:t></m:r>" for sign in "xyz")
    equation = f"<m:oMath>{x}{change('ins', y)}{change('del', z)}</m:oMath>"

    revised = read_revised(docx(p(run("Пусть ") + equation) + table(row("1", cell(p(run("и ") + equation))))))

    before, after = both(revised)
    assert (before[1], after[1]) == (("p2", "xz"), ("p2", "xy"))
    told = [
        [n.excerpt for n in v.not_understood if n.what is Unclear.EQUATION] for v in (revised.before, revised.after)
    ]
    assert told == [["xz", "xz"], ["xy", "xy"]]


def test_an_equation_that_comes_whole_is_not_there_before():
    revised = read_revised(docx(p(run("Пусть ") + f"<m:oMath>{change('ins', '<m:r><m:t>y</m:t></m:r>')}</m:oMath>")))

    assert [[words for _, words in view] for view in both(revised)] == [["Пусть"], ["Пусть", "y"]]


def test_a_content_control_that_comes_or_goes_is_a_change_of_the_look():
    def taken_out(inside: str) -> str:
        who = WHO.format("Иран")
        first, last = (
            (f'<w:customXmlDelRangeStart w:id="{n}" {who}/>', f'<w:customXmlDelRangeEnd w:id="{n}"/>') for n in (1, 2)
        )
        return f"{first[0]}<w:sdt><w:sdtContent>{first[1]}{inside}{last[0]}</w:sdtContent></w:sdt>{last[1]}"

    within = read_revised(docx(p(run("Срок: ") + taken_out(run("2026")) + run(" год."))))
    around = read_revised(docx(taken_out(p("Срок.")) + p("Место.")))

    assert [(c.provision, c.author, c.operation, c.elements) for c in within.changes] == [
        ("p1", "Иран", Operation.FORMAT, 2)
    ]
    assert [(c.operation, c.elements) for c in around.changes] == [(Operation.FORMAT, 1), (Operation.FORMAT, 1)]
    assert not around.after.not_understood


def test_characters_of_an_equation_that_stand_in_neither_text_are_told_with_their_change():
    nested = change("ins", change("del", "<m:r><m:t>y</m:t></m:r>", "Китай"))

    revised = read_revised(docx(p(run("Пусть ") + f"<m:oMath><m:r><m:t>x</m:t></m:r>{nested}</m:oMath>")))

    told = [(n.what, n.excerpt) for n in revised.before.not_understood]
    assert told == [(Unclear.EQUATION, "x"), (Unclear.UNREAD_CHANGE, "y"), (Unclear.UNREAD_CHANGE, "y")]


def test_words_put_in_and_taken_out_again_are_listed_whatever_their_look_was():
    bold = "<w:b/>" + change("rPrChange", "<w:rPr/>")

    revised = read_revised(
        docx(p(run("Все ") + ins(change("del", run("временно ", bold), "Китай")) + run("согласны.")))
    )

    assert [change for change in told(revised) if change[1] is not Operation.FORMAT] == [
        ("p1", Operation.INSERT, "", "временно "),
        ("p1", Operation.DELETE, "временно ", ""),
    ]


def test_an_equation_and_a_note_put_in_and_taken_out_again_are_told():
    equation = "<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = p(run("Пусть ") + change("ins", change("del", equation + note, "Китай")))

    revised = read_revised(docx(body, footnotes=notes(f'<w:footnote w:id="1">{p("сноска")}</w:footnote>')))

    assert told(revised) == [("p1", Operation.INSERT, "", "y"), ("p1", Operation.DELETE, "y", "")]
    for view in (revised.before, revised.after):
        assert [(n.what, n.excerpt) for n in view.not_understood] == [(Unclear.NOTE_UNUSED, "сноска")]


def test_what_two_files_have_in_common_is_told_once():
    first = read_revised(docx(p("Стороны договорились.") + p("Меры.")))
    second = read_revised(docx(p("Стороны договорились.") + p(run("Меры") + ins(" и сроки") + run("."))))

    written = encode_revised(second, first)

    assert written["before"]["provisions"] == [0, 1]
    assert written["after"]["provisions"][0] == 0
    assert decode_revised(written, first) == second
    assert decode_revised(encode_revised(first, second), second) == first

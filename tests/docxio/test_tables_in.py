"""What is understood of tables: columns, rows, sets of states, merged cells."""

import pytest

from app.docxio.column_words import column_keys
from app.docxio.reader import read_draft
from app.docxio.state_names import StateNames
from app.docxio.understanding import Unclear, Understood
from app.text.provision import TEXT, Kind, Provision, States
from app.text.runs import Marks, Run, plain, text
from tests.docxio.handmade import cell, docx, level, notes, numbered, numbering, p, row, run, table
from tests.docxio.phenomena import box, grid

STATE_NAMES = {
    "BY": ["Республика Беларусь", "Беларусь", "白俄罗斯", "白方"],
    "CN": ["Китай", "Китайская Народная Республика", "the People's Republic of China", "中国", "中方"],
    "RU": ["Россия", "Российская Федерация", "俄方"],
    "ALL": ["Стороны", "各方"],
    "SEC": ["Секретариат ШОС", "秘书处"],
    "INT": ["заинтересованные Стороны", "有关各方"],
}
HEADING = row("№ п/п", "Мероприятия", "Сроки исполнения", "Исполнители", properties="<w:tblHeader/>")


def read(body: str, **parts: str) -> Understood:
    """Return what is understood of a body."""
    return read_draft(docx(body, **parts), states=STATE_NAMES)


def words(provision: Provision) -> dict[str, str | frozenset[str]]:
    """Return the parts of a provision as plain values."""
    return {k: c.members if isinstance(c, States) else plain(c) for k, c in provision.parts.items()}


def told(understood: Understood) -> list[tuple[str, Unclear, str]]:
    """Return what was not understood."""
    return [(n.where, n.what, n.excerpt) for n in understood.not_understood]


def test_a_table_of_measures_has_named_columns_rows_below_and_sets_of_states():
    found = read(
        table(
            HEADING,
            row("1.1", "Обмен опытом", "2026 г.", "Беларусь, Китай, Россия"),
            row("1.2", "Семинар", "", "Стороны"),
        )
    ).texts

    assert found[0].kind is Kind.TABLE
    assert found[0].columns == ("no", "measure", "time", "who")
    assert words(found[0])["time"] == "Сроки исполнения"
    assert [(r.kind, r.parent, r.label) for r in found[1:]] == [(Kind.ROW, "p1", "1.1"), (Kind.ROW, "p1", "1.2")]
    assert words(found[1]) == {"measure": "Обмен опытом", "time": "2026 г.", "who": frozenset({"BY", "CN", "RU"})}
    assert words(found[2]) == {"measure": "Семинар", "who": frozenset({"ALL"})}


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (["№ п/п", "Мероприятия", "Сроки исполнения", "Исполнители"], ("no", "measure", "time", "who")),
        (["序号", "措施", "落实期限", "负责方"], ("no", "measure", "time", "who")),
        (["No.", "Measure", "Time frame", "Responsible"], ("no", "measure", "time", "who")),
        (
            ["№ п/п", "Мероприятие", "Форма реализации (ожидаемый результат)", "Срок", "Координатор, участники",
             "Источник финансирования", "Примечание"],
            ("no", "measure", "result", "time", "who", "money", "note"),
        ),
        (
            ["序号", "措施", "落实形式（预期成果）", "期限", "牵头方、参与方", "资金来源", "备注"],
            ("no", "measure", "result", "time", "who", "money", "note"),
        ),
        (["N п/п", "Положения Концепции", "Мероприятия по выполнению"], ("no", "c2", "measure")),
        (["Мероприятия", "Мероприятия 2", ""], ("measure", "c2", "c3")),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings_in_three_languages(headings, keys):
    assert column_keys(headings) == keys


def test_a_section_row_over_all_columns_holds_its_words_and_label():
    section = row(cell(p(run("I. Развитие инфраструктуры", "<w:b/>")), '<w:gridSpan w:val="4"/>'))

    found = read(table(HEADING, section, row("1.1", "а", "б", "Китай"))).texts

    assert (found[1].kind, found[1].label, words(found[1])) == (Kind.ROW, "I.", {TEXT: "Развитие инфраструктуры"})
    assert found[1].text == (Run("Развитие инфраструктуры"),)


def test_one_marked_row_over_all_columns_does_not_make_them_one():
    over_all = cell(p("I. Развитие инфраструктуры"), '<w:gridSpan w:val="4"/>')
    marked = row(over_all, properties="<w:tblHeader/>")
    rows = table(
        marked, row("1.1", "Обзор программ", "2026 г.", "Стороны"), row("1.2", "Семинар", "2027 г.", "Стороны")
    )

    found = read(rows)

    assert [words(q) for q in found.texts[1:]] == [
        {TEXT: "Развитие инфраструктуры"},
        {"c1": "1.1", "c2": "Обзор программ", "c3": "2026 г.", "c4": "Стороны"},
        {"c1": "1.2", "c2": "Семинар", "c3": "2027 г.", "c4": "Стороны"},
    ]
    assert found.texts[1].label == "I."
    assert told(found) == []


def test_a_marked_section_row_below_the_headings_is_none_of_them():
    section = row(cell(p("I. Развитие"), '<w:gridSpan w:val="4"/>'), properties="<w:tblHeader/>")

    found = read(table(HEADING, section, row("1.1", "Обзор программ", "2026 г.", "Стороны")))

    assert words(found.texts[0])["measure"] == "Мероприятия"
    assert [(q.label, words(q)) for q in found.texts[1:2]] == [("I.", {TEXT: "Развитие"})]


def test_a_marked_first_row_of_a_table_of_one_column_is_its_heading():
    found = read(table(row("Мероприятия", properties="<w:tblHeader/>"), row("Семинар")))

    assert [words(q) for q in found.texts] == [{"measure": "Мероприятия"}, {"measure": "Семинар"}]


def test_a_first_row_of_known_words_is_the_heading_without_being_marked():
    found = read(table(row("No.", "Measure", "Responsible"), row("1", "Exchange", "Китай"))).texts

    assert (found[0].columns, len(found)) == (("no", "measure", "who"), 2)


def test_a_table_without_a_heading_has_plain_columns():
    found = read(table(row("а", "б"), row("в", "г"))).texts

    assert found[0].columns == ("c1", "c2")
    assert words(found[0]) == {}
    assert words(found[2]) == {"c1": "в", "c2": "г"}


def test_the_bold_of_a_heading_row_is_no_mark():
    bold = row(*(cell(p(run(w, "<w:b/>"))) for w in ("No.", "Measure")))

    found = read(table(bold, row("1", "x"))).texts

    assert found[0].parts["measure"] == (Run("Measure", Marks.PLAIN),)


def test_an_automatic_number_is_the_rows_label():
    lists = numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")})

    found = read(table(HEADING, *(row(cell(numbered("")), w, "", "Китай") for w in "аб")), numbering=lists).texts

    assert [r.label for r in found[1:]] == ["1.", "2."]


def test_several_paragraphs_of_a_cell_are_one_text():
    found = read(table(HEADING, row("1", cell(p("Первый") + p("") + p("Второй")), "", ""))).texts

    assert words(found[1]) == {"measure": "Первый\nВторой"}


def test_a_vertical_merge_is_told_and_not_repeated():
    rows = (
        row("1", cell("Общее", '<w:vMerge w:val="restart"/>'), "а", "Китай"),
        row("2", cell("", "<w:vMerge/>"), "б", "Китай"),
    )

    found = read(table(HEADING, *rows))

    assert "measure" not in found.texts[2].parts
    assert told(found) == [("p2", Unclear.VERTICAL_MERGE, "Общее")]


def test_a_cell_over_two_columns_is_told():
    found = read(table(HEADING, row("1", cell("Широкая", '<w:gridSpan w:val="2"/>'), "Китай")))

    assert words(found.texts[1]) == {"measure": "Широкая", "who": frozenset({"CN"})}
    assert told(found) == [("p2", Unclear.HORIZONTAL_MERGE, "Широкая")]


def test_a_table_in_a_cell_keeps_its_words():
    inner = table(row("а", "б"), row("в", "г"))

    found = read(table(HEADING, row("1", cell(p("Текст") + inner + p("")), "", "")))

    assert words(found.texts[1]) == {"measure": "Текст\nа\tб\nв\tг"}
    assert [n[1] for n in told(found)] == [Unclear.NESTED_TABLE]


def test_rows_and_cells_in_content_controls_are_read():
    wrapped_cell = f"<w:sdt><w:sdtContent>{cell('Обмен')}</w:sdtContent></w:sdt>"
    wrapped_row = f"<w:sdt><w:sdtContent>{row('1', wrapped_cell, '', 'Китай')}</w:sdtContent></w:sdt>"

    found = read(table(HEADING, wrapped_row)).texts

    assert words(found[1]) == {"measure": "Обмен", "who": frozenset({"CN"})}


def test_an_inserted_row_goes_where_changes_are_rejected():
    added = row("2", "б", "", "Китай", properties="<w:ins w:id='1' w:author='x'/>")
    body = table(HEADING, row("1", "а", "", "Китай"), added)

    assert len(read_draft(docx(body)).texts) == 3
    assert len(read_draft(docx(body), changes="rejected").texts) == 2


def test_a_footnote_in_a_cell_stands_under_its_row():
    footnotes = notes(f'<w:footnote w:id="1">{p("Сноска")}</w:footnote>')
    noted = cell(p(run("Обмен") + '<w:r><w:footnoteReference w:id="1"/></w:r>'))

    found = read(table(HEADING, row("1", noted, "", "Китай")) + p("Дальше"), footnotes=footnotes).texts

    assert [(x.kind, x.parent) for x in found] == [
        (Kind.TABLE, None), (Kind.ROW, "p1"), (Kind.FOOTNOTE, "p2"), (Kind.PARAGRAPH, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Беларусь, Казахстан", None),
        ("Китай, Беларусь", {"BY", "CN"}),
        ("Китай;\nБеларусь.", {"BY", "CN"}),
        ("Республика\u00a0Беларусь и Российская Федерация", {"BY", "RU"}),
        ("中方、白方", {"BY", "CN"}),
        ("заинтересованные Стороны, Секретариат ШОС", {"INT", "SEC"}),
        ("Китай (координатор), Беларусь", None),
        ("Китайцы", None),
        ("КИТАЙ", {"CN"}),
        ("People’s Republic of China", {"CN"}),
        ("", None),
    ],
)
def test_a_cell_is_a_set_where_every_piece_of_it_is_a_name(written, codes):
    found = StateNames(STATE_NAMES).in_cell(text(written))

    assert (None if found is None else set(found.members)) == codes


def test_a_table_in_a_text_box_of_a_cell_keeps_its_words():
    found = read(grid(row("Обмен", cell(p(run("Рядом") + box(p("в рамке") + grid(row("а", "б")) + p("")))))))

    assert words(found.texts[1])["c2"] == "Рядом\nв рамке\nа\tб"

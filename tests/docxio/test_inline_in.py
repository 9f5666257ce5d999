"""Characters, marks, fields, boxes, footnotes, tracked changes."""

import pytest

from app.docxio.understanding import Unclear, Warned
from app.text.runs import LINE_BREAK, NOTE, Marks, Run, plain
from tests.docxio.drafts import BOLD, HEADING_STYLES, read, shape
from tests.docxio.handmade import cell, notes, p, row, run, styled
from tests.docxio.phenomena import box, code, grid


def test_marks_ride_on_the_characters():
    marked = run("жирно", BOLD) + run("косо", "<w:i/>") + run("черта", '<w:u w:val="single"/>')
    raised = run("2", '<w:vertAlign w:val="superscript"/>') + run("0", '<w:vertAlign w:val="subscript"/>')

    (found,) = read(p(run("слово ") + marked + raised + run("нет", '<w:b w:val="0"/>'))).texts

    assert found.text == (
        Run("слово "),
        Run("жирно", Marks.BOLD),
        Run("косо", Marks.ITALIC),
        Run("черта", Marks.UNDERLINE),
        Run("2", Marks.SUPERSCRIPT),
        Run("0", Marks.SUBSCRIPT),
        Run("нет"),
    )


def test_the_bold_of_a_heading_style_is_no_mark():
    (found,) = read(styled("1", run("Цели") + run(" и задачи", BOLD)), styles=HEADING_STYLES).texts

    assert found.text == (Run("Цели и задачи"),)


def test_what_a_run_says_holds_before_its_character_style():
    (found,) = read(p(run("a", '<w:rStyle w:val="strong"/><w:b w:val="0"/>')), styles=HEADING_STYLES).texts

    assert found.text == (Run("a"),)


def test_bold_toggles_between_paragraph_and_character_style():
    strong = '<w:rStyle w:val="strong"/>'

    found = read(
        p(run("a ") + run("b", strong)), styled("1", run("a ") + run("b", strong)), styles=HEADING_STYLES
    ).texts

    assert [[run.marks for run in p.text] for p in found] == [[0, Marks.BOLD], [0]]


def test_breaks_tabs_and_special_characters_are_kept():
    inside = (
        "<w:r><w:t>а</w:t><w:br/><w:t>б</w:t><w:tab/><w:t>в\u00a0г\u00ad</w:t><w:softHyphen/><w:noBreakHyphen/></w:r>"
    )

    (found,) = read(p(inside + run("д"))).texts

    assert plain(found.text) == f"а{LINE_BREAK}б\tв\u00a0г\u00ad\u00ad\u2011д"


def test_words_in_every_container_are_read():
    inside = (
        f'<w:hyperlink r:id="rId9">{run("а")}</w:hyperlink>'
        f'<w:smartTag w:element="x">{run("б")}</w:smartTag>'
        f'<w:customXml w:element="x">{run("в")}</w:customXml>'
        f'<w:fldSimple w:instr="REF x">{run("г")}</w:fldSimple>'
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('д')}</w:sdtContent></w:sdt>"
    )
    block = f"<w:sdt><w:sdtContent>{p('Второй')}<w:customXml>{p('Третий')}</w:customXml></w:sdtContent></w:sdt>"

    assert [w for *_, w in shape(read(p(inside), block))] == ["абвгд", "Второй", "Третий"]


def field(kind: str) -> str:
    """Return a field character."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_of_a_field_only_the_result_is_text():
    code = "<w:r><w:instrText> IF </w:instrText></w:r>"
    nested = (
        field("begin") + "<w:r><w:instrText> PAGE </w:instrText></w:r>" + field("separate") + run("7") + field("end")
    )
    whole = field("begin") + code + nested + field("separate") + run("итог") + field("end")

    found = read(p(run("до ") + whole + run(" после")))

    assert plain(found.texts[0].text) == "до итог после"
    assert [(n.what, n.excerpt) for n in found.not_understood] == [(Unclear.FIELD_CODE, "7")]


def test_a_field_that_never_ends_swallows_nothing_silently():
    found = read(p(run("начало ") + field("begin") + run("внутри")), p("дальше"))

    told = "".join(n.excerpt for n in found.not_understood)
    assert told == "внутридальше"


def test_a_field_that_would_fetch_is_told():
    code = "<w:r><w:instrText> INCLUDETEXT http://x/y </w:instrText></w:r>"

    found = read(p(field("begin") + code + field("separate") + run("текст") + field("end")))

    assert plain(found.texts[0].text) == "текст"
    assert (Warned.DANGEROUS_FIELD, 1, "INCLUDETEXT") in [(n.what, n.count, n.detail) for n in found.warnings]


def test_a_table_of_contents_is_one_fixed_provision():
    toc = field("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + field("separate")

    found = read(p(toc + run("Раздел 1")), p("Раздел 2"), p(field("end")), p("Текст."))

    assert shape(found) == [("fixed", 0, "", "Раздел 1\nРаздел 2"), ("paragraph", 0, "", "Текст.")]


def test_hidden_words_are_told_and_left_out():
    found = read(p(run("видно ") + run("скрыто", "<w:vanish/>") + run("дальше")))

    assert plain(found.texts[0].text) == "видно дальше"
    assert [(n.where, n.what, n.excerpt) for n in found.not_understood] == [("p1", Unclear.HIDDEN_TEXT, "скрыто")]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p('В рамке')}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><x>{box}</x></w:drawing></mc:Choice>"
    drawing += f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
    drawing += "</mc:AlternateContent>"

    found = read(p(run("Текст.") + f"<w:r>{drawing}</w:r>"), p("Дальше."))

    assert [w for *_, w in shape(found)] == ["Текст.", "В рамке", "Дальше."]
    assert [(n.where, n.what) for n in found.not_understood] == [("p2", Unclear.TEXT_BOX)]


def test_a_picture_is_carried_as_fixed():
    found = read(p("<w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r>"), p("Текст."))

    assert [k for k, *_ in shape(found)] == ["fixed", "paragraph"]
    assert found.not_understood[0].what is Unclear.PICTURE


def test_an_equation_is_carried_with_its_characters():
    found = read(p(run("где ") + "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))

    assert [(k, w) for k, _, _, w in shape(found)] == [("paragraph", "где"), ("fixed", "a=b")]
    assert found.texts[1].parent == "p1"


def test_an_imported_part_is_told():
    found = read(p("Текст."), '<w:altChunk r:id="rId5"/>')

    assert [(n.where, n.what) for n in found.not_understood] == [("p1", Unclear.IMPORTED_PART)]


NOTE_2 = notes(f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" См. ниже.")}</w:p></w:footnote>')


def test_a_footnote_is_a_provision_under_the_one_that_refers_to_it():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'

    found = read(p(run("Слово") + reference + run(".")), p("Дальше."), footnotes=NOTE_2)

    assert shape(found)[1] == ("footnote", 0, "1", "См. ниже.")
    assert found.texts[1].parent == "p1"
    assert found.texts[0].text == (Run("Слово"), Run(NOTE, 0, "p2"), Run("."))


def test_the_separators_of_notes_are_no_notes():
    separator = f'<w:footnote w:type="continuationNotice" w:id="1">{p("Продолжение")}</w:footnote>'

    assert read(p("Текст"), footnotes=notes(separator)).not_understood == ()


def test_a_reference_without_its_footnote_is_told():
    found = read(p(run("Слово") + '<w:r><w:footnoteReference w:id="9"/></w:r>'), footnotes=NOTE_2)

    assert found.texts[0].text == (Run("Слово"),)
    assert [n.what for n in found.not_understood] == [Unclear.NOTE_MISSING, Unclear.NOTE_UNUSED]


TRACKED = p(
    run("Стороны ")
    + f"<w:del>{run('могут').replace('w:t', 'w:delText')}</w:del><w:ins>{run('должны')}</w:ins>"
    + run(" знать.")
)


@pytest.mark.parametrize(
    ("changes", "words"), [("accepted", "Стороны должны знать."), ("rejected", "Стороны могут знать.")]
)
def test_tracked_changes_are_accepted_or_rejected(changes, words):
    found = read(TRACKED, changes=changes)

    assert plain(found.texts[0].text) == words
    assert [(n.what, n.count) for n in found.warnings] == [(Warned.TRACKED_CHANGES, 2)]


def test_a_deleted_paragraph_mark_joins_the_following_paragraph():
    found = read(p("1. Начало ", "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>"), p("и конец."))

    assert [w for *_, w in shape(found)] == ["Начало и конец."]


def test_white_space_at_the_ends_counts_where_the_file_keeps_it():
    kept, dropped = '<w:r><w:t xml:space="preserve"> {} </w:t></w:r>', "<w:r><w:t> {}\n </w:t></w:r>"

    (one, other) = read(*(p(run("a") + form.format("b") + run("c")) for form in (kept, dropped))).texts

    assert (plain(one.text), plain(other.text)) == ("a b c", "abc")


@pytest.mark.parametrize(
    "runs",
    [
        '<w:r><w:t xml:space="preserve">Стороны </w:t></w:r><w:r><w:t>создают</w:t></w:r>',
        "<w:r>\n  <w:t>Стороны</w:t>\n</w:r>\n<w:r>\n  <w:t>создают</w:t>\n</w:r>",
        "<w:r><w:t> Стороны </w:t></w:r><w:r><w:t>создают </w:t></w:r>",
        "<w:r><w:t>Стороны\n  вместе</w:t></w:r>",
        '<w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>Стороны</w:t></w:r>',
        "<w:r><w:t>Стороны</w:t><w:tab/><w:t>создают</w:t></w:r>",
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Стороны</w:t></w:r><w:r><w:t>создают</w:t></w:r>",
    ],
)
def test_a_paragraph_of_plain_runs_reads_as_one_that_is_looked_at_run_by_run(runs):
    (plainly,) = read(f"<w:p>{runs}</w:p>").texts
    (closely,) = read(f"<w:p>{runs}<w:proofErr w:type='gramStart'/></w:p>").texts

    assert plainly.text == closely.text


def test_words_that_stand_outside_every_paragraph_are_told():
    link = f'<w:hyperlink w:anchor="a">{run("ссылка")}</w:hyperlink>'

    found = read(p("до"), run("без абзаца"), link, p("после"))

    assert [plain(x.text) for x in found.texts] == ["до", "после"]
    told = [(n.what, n.excerpt) for n in found.not_understood]
    assert told == [(Unclear.UNKNOWN_CONTENT, "без абзаца"), (Unclear.UNKNOWN_CONTENT, "ссылка")]


def test_an_equation_between_paragraphs_is_carried_with_its_characters():
    found = read(p("до"), "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", p("после"))

    assert [plain(x.text) for x in found.texts] == ["до", "x=1", "после"]


def test_a_part_of_a_master_document_is_told():
    found = read(p("до"), p('<w:subDoc r:id="rId9"/>'))

    assert [(n.where, n.what) for n in found.not_understood] == [("p1", Unclear.IMPORTED_PART)]


def test_a_box_and_a_table_in_a_table_of_a_footnote_keep_their_words():
    referring = p(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    inside = p(run("б") + box(p("в"))) + grid(row("г", cell(grid(row("д", "е")) + p("")))) + p("ё")

    found = read(referring, footnotes=notes(f'<w:footnote w:id="1">{inside}</w:footnote>'))

    assert plain(found.texts[1].text) == "б\nв\nг\nд\nе\nё"
    told = [(n.what, n.excerpt) for n in found.not_understood]
    assert told == [(Unclear.TEXT_BOX, "в"), (Unclear.NESTED_TABLE, "г д е")]


def test_a_note_that_only_a_note_or_a_fields_code_refers_to_is_told():
    referring = p(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    coded = field("begin") + code("QUOTE") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + field("end")
    inside = p(run("б") + '<w:r><w:endnoteReference w:id="1"/></w:r>')

    found = read(
        referring,
        p(run("в") + coded),
        footnotes=notes(f'<w:footnote w:id="1">{inside}</w:footnote><w:footnote w:id="2">{p("г")}</w:footnote>'),
        endnotes=notes(f'<w:endnote w:id="1">{p("д")}</w:endnote>', "endnote"),
    )

    assert [plain(x.text) for x in found.texts] == [f"a{NOTE}", "б", "в"]
    told = [(n.what, n.excerpt) for n in found.not_understood]
    assert told == [(Unclear.NOTE_UNUSED, "г"), (Unclear.NOTE_UNUSED, "д")]

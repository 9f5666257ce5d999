"""The clean text as a Word file."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from lxml import etree

from app.docxio.bookmarks import bookmark_name, key_of
from app.docxio.clean import clean
from app.docxio.sheets import Stage
from app.docxio.template_parts import TemplateUnusable
from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.runs import NOTE, Run, text
from tests.docx_lint import W, problems, schema_problems
from tests.docxio.papers import edition, sheet

LANGUAGES = ("ru", "zh", "en")


def document_of(data):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def paragraphs_of(data):
    return ["".join(p.itertext(f"{W}t", f"{W}tab")) for p in document_of(data).iter(f"{W}p")]


def refilled(template, member, old, new):
    """Return the template with *old* replaced in one member, as after a visit to Word."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old.encode(), new.encode()) if name == member else content)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_text_passes_the_lint(language):
    assert problems(clean(edition(language), sheet(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_text_follows_the_schema(language):
    found = schema_problems(clean(edition(language), sheet(language)))

    if found is None:
        pytest.skip("the ISO/IEC 29500 schemas are absent (CHAPEAU_OOXML_XSD)")
    assert found == []


def test_the_same_text_gives_the_same_bytes():
    assert clean(edition("ru"), sheet("ru")) == clean(edition("ru"), sheet("ru"))


def test_members_are_sorted_and_dated_1980():
    members = zipfile.ZipFile(io.BytesIO(clean(edition("ru"), sheet("ru")))).infolist()

    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {m.date_time for m in members} == {(1980, 1, 1, 0, 0, 0)}


def test_special_characters_come_out_as_they_were_written():
    shown = paragraphs_of(clean(edition("ru"), sheet("ru")))

    assert any("«принципы» R&D <открытости>," in paragraph for paragraph in shown)


def test_jinja_in_a_delegations_text_is_not_rendered():
    draft = Edition("en", (Provision("p", Kind.PARAGRAPH, parts={TEXT: text("{{ 7 * 7 }} {% raw %} {{ body }}")}),))

    shown = paragraphs_of(clean(draft, sheet("en")))

    assert "{{ 7 * 7 }} {% raw %} {{ body }}" in shown


def test_jinja_in_the_head_is_not_rendered():
    shown = paragraphs_of(clean(edition("en"), sheet("en", marks=("{{ 7 * 7 }}",))))

    assert "{{ 7 * 7 }}" in shown


def test_control_characters_do_not_reach_the_file():
    draft = Edition("en", (Provision("p", Kind.PARAGRAPH, parts={TEXT: (Run("a\x00b\x1fc\ufffed\udc00"),)}),))

    data = clean(draft, sheet("en", marks=("x\x07y",)))

    assert "abcd" in paragraphs_of(data)
    assert "xy" in paragraphs_of(data)


def test_each_provision_carries_its_key_as_a_bookmark():
    names = [e.get(f"{W}name") for e in document_of(clean(edition("zh"), sheet("zh"))).iter(f"{W}bookmarkStart")]

    assert [key_of(name) for name in names] == [p.key for p in edition("zh") if p.kind is not Kind.FOOTNOTE]


@pytest.mark.parametrize("key", ["k0123456789abcdef", "4-bis", "пункт", "a b"])
def test_a_key_survives_its_bookmark(key):
    assert key_of(bookmark_name(key)) == key


def test_a_key_that_no_bookmark_can_hold_has_none():
    assert bookmark_name("х" * 20) is None


def test_an_adopted_text_is_no_longer_marked_as_a_draft():
    adopted = sheet("ru", stage=Stage.ADOPTED, adoption=("УТВЕРЖДЁН",))

    shown = paragraphs_of(clean(edition("ru"), adopted))

    assert "УТВЕРЖДЁН" in shown
    assert "Проект" not in shown


def test_a_chinese_adoption_line_stands_beneath_the_title():
    shown = paragraphs_of(clean(edition("zh"), sheet("zh", stage=Stage.ADOPTED, adoption=("（会议通过）",))))

    assert shown.index("（会议通过）") == shown.index("上海合作组织成员国数字化转型行动计划") + 1


def test_the_training_mark_stands_in_every_header():
    package = zipfile.ZipFile(io.BytesIO(clean(edition("ru"), sheet("ru"))))
    headers = [n for n in package.namelist() if n.startswith("word/header")]

    assert headers
    assert all("Учебный пример" in package.read(name).decode() for name in headers)


def test_states_print_in_the_bodys_order_in_the_language_of_the_page():
    shown = paragraphs_of(clean(edition("en"), sheet("en")))

    assert "Belarus, Kazakhstan, China" in shown


def test_a_table_stands_on_a_turned_page():
    sections = [e.find(f"{W}pgSz") for e in document_of(clean(edition("ru"), sheet("ru"))).iter(f"{W}sectPr")]

    assert [s.get(f"{W}orient") for s in sections] == [None, "landscape", None]


def test_the_heading_row_repeats():
    document = document_of(clean(edition("ru"), sheet("ru")))

    rows = list(document.iter(f"{W}tr"))

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_footnote_is_a_real_footnote():
    package = zipfile.ZipFile(io.BytesIO(clean(edition("ru"), sheet("ru"))))

    assert "Перечень стандартов ведёт Секретариат." in package.read("word/footnotes.xml").decode()


def test_a_footnote_that_nothing_refers_to_is_still_printed():
    draft = Edition("en", (Provision("f", Kind.FOOTNOTE, parts={TEXT: text("Lost note")}),))

    assert "Lost note" in paragraphs_of(clean(draft, sheet("en")))


def test_python_docx_opens_the_file():
    opened = Document(io.BytesIO(clean(edition("en"), sheet("en"))))

    assert opened.core_properties.author == "Chapeau"


def test_a_restyled_template_whose_ids_word_has_translated_is_used():
    from app.docxio.frame import shipped

    translated = refilled(shipped("ru"), "word/styles.xml", 'w:styleId="BodyText"', 'w:styleId="a3"')

    data = clean(edition("ru"), sheet("ru"), translated)

    assert problems(data) == []
    assert any(e.get(f"{W}val") == "a3" for e in document_of(data).iter(f"{W}pStyle"))


def test_a_style_that_a_template_lacks_is_taken_from_ours():
    from app.docxio.frame import shipped

    poorer = refilled(shipped("ru"), "word/styles.xml", 'w:name w:val="List 3"', 'w:name w:val="Nothing"')
    deep = Edition("ru", (Provision("i", Kind.ITEM, 2, parts={TEXT: text("глубоко")}, label="–"),))

    assert problems(clean(deep, sheet("ru"), poorer)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ body }}", "nothing"),
        ("{%p for line in marks %}", "{%p for line in markz %}"),
        ("{{ body }}", "{{ body.__class__.__mro__ }}"),
    ],
)
def test_a_template_whose_fields_are_wrong_is_refused(old, new):
    from app.docxio.frame import shipped

    broken = refilled(shipped("ru"), "word/document.xml", old, new)

    with pytest.raises(TemplateUnusable):
        clean(edition("ru"), sheet("ru"), broken)


def test_a_template_that_is_no_word_file_is_refused():
    with pytest.raises(TemplateUnusable, match="not a Word file"):
        clean(edition("ru"), sheet("ru"), b"PK nothing")


def test_what_a_person_left_in_a_template_stays_behind():
    from app.docxio.frame import shipped

    marked = refilled(shipped("ru"), "word/document.xml", "<w:p>", '<w:p w:rsidR="00CANARY1">')
    out = io.BytesIO(marked)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("docProps/core.xml", "<a>CANARY2</a>")
        package.writestr("customXml/item1.xml", "<a>CANARY3</a>")

    result = zipfile.ZipFile(io.BytesIO(clean(edition("ru"), sheet("ru"), out.getvalue())))

    assert not [name for name in result.namelist() if b"CANARY" in result.read(name)]
    assert "customXml/item1.xml" not in result.namelist()


def test_an_empty_text_is_still_a_sound_file():
    assert problems(clean(Edition("ru", ()), replace(sheet("ru"), title=("Заглавие",)))) == []


def test_a_number_with_a_footnote_prints_both():
    table = Provision("t", Kind.TABLE, parts={"no": text("№"), "what": text("Мероприятие")}, columns=("no", "what"))
    row = Provision("r", Kind.ROW, 0, "t", {"no": (Run(NOTE, 0, "f"),), "what": text("Семинар")}, "1.1")
    note = Provision("f", Kind.FOOTNOTE, parent="r", parts={TEXT: text("Сноска")})

    data = clean(Edition("ru", (table, row, note)), sheet("ru"))

    (reference,) = document_of(data).iter(f"{W}footnoteReference")
    cell = next(reference.iterancestors(f"{W}tc"))
    assert "".join(cell.itertext(f"{W}t")) == "1.1"


def test_a_cell_and_a_heading_outside_the_columns_are_not_lost():
    draft = edition("ru")
    wanted = {"tab": {"note": text("Примечание")}, "r1": {"aim": text("Цель")}}
    provisions = (replace(p, parts={**p.parts, **wanted.get(p.key, {})}) for p in draft)

    found = paragraphs_of(clean(Edition("ru", tuple(provisions)), sheet("ru")))

    assert "Примечание" in found
    assert "Цель" in found

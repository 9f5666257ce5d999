"""What is understood of a draft: kinds, levels, labels, characters."""

import gc
import re

import pytest

from app.docxio.reader import read_draft
from app.docxio.refusals import FileRefused, Reason
from app.docxio.revised import read_revised
from app.docxio.understanding import Confidence, RecognisedBy, Warned
from app.text.outline import outline
from app.text.provision import STATES, TEXT, Kind, States
from app.text.runs import Run, plain
from tests.docxio.drafts import BOLD, CENTRED, HEADING_STYLES, STATE_NAMES, parents, read, shape
from tests.docxio.handmade import (
    docx,
    level,
    members,
    numbered,
    numbering,
    p,
    relationship,
    run,
    styled,
    zipped,
)


def test_headings_are_known_by_style_whatever_the_language():
    found = read(
        styled("T", "План"), styled("1", "Раздел"), styled("own", "Свой"), styled("2", "Второй"), styles=HEADING_STYLES
    )

    assert [(k, n) for k, n, *_ in shape(found)] == [("title", 0), ("heading", 0), ("heading", 0), ("heading", 1)]
    assert found.provisions[1].recognised_by is RecognisedBy.STYLE


def test_headings_are_known_by_outline_level():
    found = read(styled("out", "Третий"), p("Первый", '<w:outlineLvl w:val="0"/>'), styles=HEADING_STYLES)

    assert [(k, n) for k, n, *_ in shape(found)] == [("heading", 2), ("heading", 0)]
    assert found.provisions[1].recognised_by is RecognisedBy.OUTLINE


def test_the_first_centred_bold_lines_are_the_title():
    found = read(
        p("Проект", '<w:jc w:val="right"/>'),
        p(run("ПЛАН ДЕЙСТВИЙ", BOLD), CENTRED),
        p(run("в области цифровой трансформации", BOLD), CENTRED),
        p("Государства – члены ШОС (далее – Стороны), руководствуясь духом доверия, договорились о нижеследующем:"),
        p(run("I. ОБЩИЕ ПОЛОЖЕНИЯ", BOLD), CENTRED),
    )

    assert shape(found) == [
        ("paragraph", 0, "", "Проект"),
        ("title", 0, "", "ПЛАН ДЕЙСТВИЙ"),
        ("title", 0, "", "в области цифровой трансформации"),
        ("paragraph", 0, "", plain(found.texts[3].text)),
        ("heading", 0, "I.", "ОБЩИЕ ПОЛОЖЕНИЯ"),
    ]
    assert found.provisions[1].confidence is Confidence.LIKELY


def test_paragraphs_stand_under_their_heading_and_items_under_their_paragraph():
    found = read(
        styled("1", "Раздел"), p("1. Пункт:"), p("а) первое;"), p("– подробность;"), p("б) второе."), p("2. Пункт."),
        styles=HEADING_STYLES,
    )  # fmt: skip

    assert parents(found) == [None, "p1", "p2", "p3", "p2", "p1"]
    assert [n for _, n, *_ in shape(found)] == [0, 0, 1, 2, 1, 0]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Приложение. Перечень мероприятий", Kind.HEADING),
        ("Приложение № 1", Kind.HEADING),
        ("附件1 措施清单", Kind.HEADING),
        ("Annex 2", Kind.HEADING),
        ("Приложение к Плану является его частью", Kind.PARAGRAPH),
        ("Приложение: на 14 л.", Kind.PARAGRAPH),
    ],
)
def test_an_annex_begins_with_a_heading(written, kind):
    assert read(p(written)).texts[0].kind is kind


def test_a_sentence_in_a_heading_style_is_a_paragraph():
    found = read(styled("1", "Стороны " * 20 + "договорились."), styles=HEADING_STYLES)

    assert found.texts[0].kind is Kind.PARAGRAPH


def test_the_states_a_paragraph_begins_with_become_a_set():
    full = "Республика Беларусь, Исламская Республика Иран, Китайская Народная Республика подтверждают приверженность."

    (found,) = read(p(full), states=STATE_NAMES).texts

    assert found.parts == {STATES: States(frozenset({"BY", "IR", "CN"})), TEXT: (Run("подтверждают приверженность."),)}


@pytest.mark.parametrize(
    "written",
    [
        "Республика Беларусь, Исламская Республика Иран подтверждают.",
        "Беларусь, Иран, Китай подтверждают.",
        "Республика Беларусь, Исламская Республика Иран, Китайская Народная Республика, наблюдатели и гости согласны.",
    ],
)
def test_fewer_or_other_names_stay_text(written):
    (found,) = read(p(written), states=STATE_NAMES).texts

    assert plain(found.text) == written


def test_english_names_are_known_with_and_without_their_article():
    names = {code: [f"the {name}"] for code, name in (("BY", "Republic of Belarus"), ("RU", "Russian Federation"))}
    names["KG"] = ["Kyrgyz Republic"]

    (found,) = read(
        p("The Republic of Belarus, the Russian Federation and the Kyrgyz Republic reaffirm."), states=names
    ).texts

    assert found.parts == {STATES: States(frozenset({"BY", "RU", "KG"})), TEXT: (Run("reaffirm."),)}


def test_the_states_of_a_chinese_paragraph_become_a_set():
    (found,) = read(p("白俄罗斯共和国、伊朗伊斯兰共和国、中华人民共和国重申支持该倡议。"), states=STATE_NAMES).texts

    assert found.parts == {STATES: States(frozenset({"BY", "IR", "CN"})), TEXT: (Run("重申支持该倡议。"),)}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Стороны договорились о ICT.", "ru"),
        ("各方同意加强 ICT 合作。", "zh"),
        ("各方 ICT, IoT, GIS 合作", "zh"),
        ("The Sides agreed.", "en"),
    ],
)
def test_the_language_is_guessed_by_its_script(words, language):
    assert read(p(words)).language_guess == language


def test_links_to_outside_and_embedded_things_are_told():
    files = members(
        p("Текст."),
        links="".join(
            relationship(at, purpose, "http://x/y", external=True)
            for at, purpose in enumerate(("attachedTemplate", "image", "hyperlink"), 7)
        ),
    )
    files |= {"word/embeddings/x.bin": b"x", "word/fonts/f.odttf": b"x", "word/activeX/a.xml": b"<a/>"}

    told = {(n.what, n.detail) for n in read_draft(zipped(files)).warnings}

    assert told == {
        (Warned.OUTSIDE_LINK, "attachedTemplate"),
        (Warned.OUTSIDE_LINK, "image"),
        (Warned.DROPPED_PART, "embedding"),
        (Warned.DROPPED_PART, "font"),
        (Warned.DROPPED_PART, "activex"),
    }


def test_a_strict_file_is_read_as_any_other():
    lists = numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")})
    transitional, strict = rb"http://schemas.openxmlformats.org/(\w+)/2006/", rb"http://purl.oclc.org/ooxml/\1/"
    files = {
        name: data if name.startswith(("[", "_")) else re.sub(transitional, strict, data)
        for name, data in members(numbered("Стороны договорились."), numbering=lists).items()
    }

    assert shape(read_draft(zipped(files))) == [("paragraph", 0, "1.", "Стороны договорились.")]


def test_a_file_without_a_body_is_refused():
    with pytest.raises(FileRefused) as refused:
        read_draft(zipped(members() | {"word/document.xml": b"<a/>"}))

    assert refused.value.reason is Reason.NOT_WORD


def test_an_empty_document_has_no_provisions():
    assert read(p("")).provisions == ()


def test_what_is_read_is_a_valid_outline():
    found = read(
        p("а) сразу"), styled("1", "Раздел"), p("1.1. Подпункт"), p("– черта"), p("1. Пункт"), styles=HEADING_STYLES
    ).texts

    assert outline(found) == found


def test_jinja_signs_are_plain_words():
    assert shape(read(p("{{7*7}} {% raw %}")))[0][3] == "{{7*7}} {% raw %}"


@pytest.mark.parametrize("read_file", [read_draft, read_revised])
def test_reading_leaves_garbage_collection_as_it_was(read_file):
    read_file(docx(p(run("Text."))))
    assert gc.isenabled()
    with pytest.raises(FileRefused):
        read_file(b"no file")
    assert gc.isenabled()
    gc.disable()
    try:
        read_file(docx(p(run("Text."))))
        assert not gc.isenabled()
    finally:
        gc.enable()

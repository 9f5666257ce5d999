"""Notes of a draft's own file that some delete, some amend, and some take along to another paragraph."""

import io
import zipfile
from datetime import date

import pytest

from app.docxio.consolidating import consolidate, consolidated, tracked_form
from app.docxio.revised import read_revised
from tests import pandoc_reader
from tests.docx_lint import problems
from tests.docxio.handmade import NAMESPACES, docx, notes, p, run, styles

DAY = date(2025, 4, 25)
OPENING, CLOSING = "Стороны договорились.", "План вступает в силу."
STYLES = styles('<w:style w:type="paragraph" w:styleId="ft"><w:name w:val="footnote text"/></w:style>')
pytestmark = pytest.mark.needs("pandoc")


def paper(*paragraphs, said="Принято в Ханчжоу.", kind="footnote"):
    """Return a draft: where a paragraph has "*", its note is referred to; the note says *said*."""
    reference = f'<w:r><w:{kind}Reference w:id="1"/></w:r>'
    body = "".join(p(reference.join(run(words) for words in one.split("*"))) for one in (OPENING, *paragraphs, CLOSING))
    line = p(f"<w:r><w:{kind}Ref/></w:r>" + run(f" {said}"), '<w:pStyle w:val="ft"/>')
    note = f'<w:{kind} w:id="1">{line}</w:{kind}>' if any("*" in one for one in paragraphs) else ""
    return docx(body, styles=STYLES, **{f"{kind}s": notes(note, kind)})


def asked(draft, name):
    """Return what a delegation asks for in a draft, as pandoc reads it."""
    return pandoc_reader.read(draft, pandoc_reader.sponsored_by(name))


def member(draft, name):
    with zipfile.ZipFile(io.BytesIO(draft)) as package:
        return package.read(name).decode()


LONG, SHORT = "Группа собирается ежегодно и готовит доклад о том, что сделано.", "Доклад издаётся*."
JOINED = f"{LONG} {SHORT}"
BASE = paper(LONG, SHORT)


def test_a_note_amended_by_one_keeps_the_new_words_where_another_deletes_its_paragraph():
    sent = {"Китай": paper(LONG, SHORT, said="Принято в Карамае."), "Иран": paper(LONG)}

    draft = consolidated(BASE, sent, at=DAY)

    assert problems(draft) == []
    assert {name: asked(draft, name) for name in sent} == {name: asked(file, "") for name, file in sent.items()}


def test_a_note_amended_and_taken_along_to_another_paragraph_says_the_new_words_there():
    sent = paper(JOINED, said="Принято в Карамае.")

    draft = consolidated(BASE, {"Китай": sent}, at=DAY)

    assert asked(draft, "Китай") == asked(sent, "")


def test_who_takes_a_note_along_gets_its_own_words_of_it():
    sent = {"Китай": paper(JOINED, said="Принято в Карамае."), "Иран": paper(JOINED)}

    draft = consolidated(BASE, sent, at=DAY)

    assert problems(draft) == []
    assert {name: asked(draft, name) for name in sent} == {name: asked(file, "") for name, file in sent.items()}


def test_in_the_template_too_each_gets_its_own_words_of_a_note_that_another_takes_along():
    sent = {"Китай": paper(JOINED), "Иран": paper(LONG, SHORT, said="Принято в Карамае.")}
    found = consolidate(read_revised(BASE).before.edition(), {name: read_revised(file) for name, file in sent.items()})

    draft = tracked_form(found, "ru", DAY)

    assert problems(draft) == []
    assert {name: asked(draft, name) for name in sent} == {name: asked(file, "") for name, file in sent.items()}


def test_an_endnote_taken_along_to_another_paragraph_is_still_an_endnote():
    base = paper(LONG, SHORT, kind="endnote")

    draft = consolidated(base, {"Китай": paper(JOINED, kind="endnote")}, at=DAY)

    assert problems(draft) == []
    assert member(draft, "word/document.xml").count("<w:endnoteReference") == 2
    assert "footnoteReference" not in member(draft, "word/document.xml")


def test_a_note_comes_to_a_file_whose_part_for_notes_is_an_empty_element():
    base = docx(p(OPENING) + p(SHORT[:-2] + ".") + p(CLOSING), footnotes=f"<w:footnotes {NAMESPACES}/>")
    sent = paper(SHORT)

    draft = consolidated(base, {"Китай": sent}, at=DAY)

    assert problems(draft) == []
    assert asked(draft, "Китай") == asked(sent, "")


def test_a_new_note_looks_like_those_of_the_file():
    sent = paper(
        "Группа* собирается ежегодно и готовит доклад о том, что сделано.", SHORT[:-2] + ".", said="Решение № 7."
    )

    draft = consolidated(BASE, {"Китай": sent}, at=DAY)

    assert member(draft, "word/footnotes.xml").count('<w:pStyle w:val="ft"/>') == 2

"""Law 2 on the private tracked file: what each ministry asked for comes out of it, whoever reads it."""

import io
import zipfile

import pytest
from lxml import etree

from app.docxio.upload import read_returned
from app.queries.clearance_papers import load_clearance_paper
from app.text.changes import Operation
from app.text.composing import filtered
from app.text.provision import Place, States, without_empty
from app.text.runs import plain
from tests import lo_reader
from tests.clearing import TEXT, sent_back
from tests.docx_lint import W, problems, schema_problems
from tests.docxio.shown import Page, assert_shows, listed
from tests.rounds import make_round
from tests.web.test_papers_law import without_numbering
from tests.world import NOON, paragraph

FILE = "/documents/plan/rounds/1/clearance/ru/ministries.docx"
STATES = {"KAZ": {"Казахстан"}, "RUS": {"Россия"}, "INTERESTED": {"заинтересованные Стороны"}}
MINISTRIES = ("Минсвязи", "Минфин", "Минюст")


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


@pytest.fixture
def asked(world, belarus):
    """Identical, rival and overlapping wishes of three ministries."""
    round_ = make_round(world)
    shared = round_.amended("p2", "Стороны создают общую платформу обмена опытом и знаниями.")
    block = (paragraph("neu", "Стороны обмениваются практиками.", parent="s1", level=1),)
    sent_back(round_, belarus, "Минсвязи", shared, round_.of(Operation.DELETE, "p3"), round_.of(Operation.DELETE, "r2"))
    sent_back(
        round_, belarus, "Минфин", shared, round_.of(Operation.INSERT, "neu", place=Place("s1", "p1"), block=block)
    )
    sent_back(round_, belarus, "Минюст", round_.amended("p2", "Государства создают единую сеть."))
    return round_


@pytest.fixture
def file(browser, belarus, asked) -> bytes:
    """The file as it is downloaded."""
    return browser.sign_in(belarus).get(FILE).data


def by_one(data: bytes, ministry: str) -> bytes:
    """Return the file with the changes of all others rejected."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = etree.tostring(_rejected(etree.fromstring(content), ministry))
            new.writestr(name, content)
    return out.getvalue()


def _rejected(root, ministry: str):
    for element in list(root.iter(f"{W}ins", f"{W}del")):
        if ministry in element.get(f"{W}author").split("; "):
            continue
        parent = element.getparent()
        if parent.tag in (f"{W}rPr", f"{W}trPr"):
            whole = parent.getparent().getparent() if parent.tag == f"{W}rPr" else parent.getparent()
            parent.remove(element)
            if element.tag == f"{W}ins":
                whole.getparent().remove(whole)
        elif element.tag == f"{W}ins":
            for bookmark in element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                element.addprevious(bookmark)
            parent.remove(element)
        else:
            for text in element.iter(f"{W}delText"):
                text.tag = f"{W}t"
            for child in list(element):
                element.addprevious(child)
            parent.remove(element)
    return root


@pytest.mark.parametrize("ministry", MINISTRIES)
def test_each_ministrys_wish_comes_out_of_the_private_file(belarus, asked, file, ministry):
    paper = load_clearance_paper(*TEXT, actor=belarus, now=NOON)
    (code,) = (code for code, name in paper.names.items() if name == ministry)
    wished = [_words(p) for p in filtered(paper.composition, code)]

    read = read_returned(by_one(file, ministry), "file.docx", states=STATES)

    found = [_words(p) for p in read.after.texts]
    at = found.index(wished[0])
    assert found[at : at + len(wished)] == wished


def _words(provision) -> list[str]:
    """Return the words of a provision, without the heading that printing puts over a table's numbers."""
    parts = without_empty(provision.parts)
    return [plain(c) for name, c in parts.items() if name != "no" and not isinstance(c, States)]


def test_libreoffice_gives_a_ministry_what_it_asked_for(belarus, file):
    absent = lo_reader.missing()
    if absent:
        pytest.skip(f"needs {absent}: LibreOffice with its Python bridge reads the files independently")
    paper = load_clearance_paper(*TEXT, actor=belarus, now=NOON)
    code = next(code for code, name in paper.names.items() if name == "Минсвязи")

    with lo_reader.LibreOffice() as office:
        reply = without_numbering(office.wished(file, "Минсвязи"))

    assert_shows(reply, Page(paper.sheet, listed(paper.composition)).blocks(filtered(paper.composition, code)))


def test_the_private_file_is_sound(file):
    assert problems(file) == []
    assert schema_problems(file) in (None, [])


def test_the_private_file_names_ministries_and_says_that_it_is_internal(file):
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        document = package.read("word/document.xml").decode()
    assert 'w:author="Минсвязи; Минфин"' in document
    assert "Для внутреннего пользования делегации" in document
    assert "file1" not in document

"""The marks of a draft in its own file: a later version says its own day in the place of the first one's."""

import io
import zipfile

import pytest

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.own_marks import is_mark
from app.docxio.reader import read_draft
from app.docxio.sheets import Sheet, Stage
from app.sample.word_files import FOLDER
from app.text.provision import Edition
from tests.docx_lint import problems


def printed(language, sheet):
    data = (FOLDER / f"agenda.{language}.docx").read_bytes()
    edition = Edition(language, read_draft(data).texts)
    return clean_in_own_file(open_own_file(data, edition), edition, sheet)


def heads(data):
    package = zipfile.ZipFile(io.BytesIO(data))
    return "".join(package.read(name).decode() for name in package.namelist() if "header" in name)


@pytest.mark.parametrize(
    "line",
    [
        "Проект",
        "редакция от 9 апреля 2025 г.",
        "DRAFT",
        "version of 9 April 2025",
        "草案（第二稿）",
        "2025年4月9日文本",
        "Rev.1",
    ],
)
def test_a_line_that_says_of_which_day_a_draft_is_is_a_mark(line):
    assert is_mark(line)


@pytest.mark.parametrize("line", ["Проект Плана действий", "О проекте", "Draft resolution", "草案文本的说明", ""])
def test_a_line_that_says_anything_else_is_none(line):
    assert not is_mark(line)


def test_the_marks_of_a_version_stand_where_those_of_the_file_stood():
    data = printed("ru", Sheet("ru", Stage.VERSION, marks=("Проект", "редакция от 28 мая 2025 г.")))

    assert problems(data) == []
    assert "редакция от 28 мая 2025 г." in heads(data)
    assert "9 апреля" not in heads(data)


def test_marks_too_many_for_their_places_stand_beneath_the_last():
    data = printed("en", Sheet("en", Stage.VERSION, marks=("DRAFT", "version of 28 May 2025", "changes since Rev.1")))

    assert problems(data) == []
    assert heads(data).index("28 May") < heads(data).index("changes since Rev.1")


def test_a_paper_without_marks_leaves_those_of_the_file():
    assert "9 апреля" in heads(printed("ru", Sheet("ru")))


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "УТВЕРЖДЕНА решением Совещания"), ("zh", "（2025年6月17日会议通过）")]
)
def test_an_adopted_text_says_by_whom_and_bears_no_mark_of_a_draft(language, said):
    data = printed(language, Sheet(language, Stage.ADOPTED, marks=("Проект",), adoption=(said,)))

    assert problems(data) == []
    assert not any(mark in heads(data) for mark in ("Проект", "9 апреля", "草案", "4月9日"))
    assert said in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()

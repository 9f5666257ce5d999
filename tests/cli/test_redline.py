"""``chapeau redline``: two Word files compared without a server."""

import re
import zipfile

import pytest

from app.cli import main
from app.docxio.reader import read_draft
from app.text.runs import plain
from tests.docxio.handmade import docx, p

OLD = docx(
    p("1. Стороны создают единую платформу обмена опытом в цифровой сфере.")
    + p("2. Стороны проводят консультации. Стороны обмениваются информацией о ходе работ.")
    + p("3. План не является международным договором и не создаёт прав и обязательств.")
    + p("4. Финансирование мероприятий осуществляется в пределах национальных бюджетов.")
)
NEW = docx(
    p("1. Стороны формируют единую платформу обмена опытом в цифровой сфере.")
    + p("2. Финансирование мероприятий осуществляется в пределах национальных бюджетов.")
    + p("3. Стороны проводят консультации.")
    + p("4. Стороны обмениваются информацией о ходе работ.")
    + p("5. План не является международным договором и не создаёт прав и обязательств.")
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "old.docx").write_bytes(OLD)
    (tmp_path / "new.docx").write_bytes(NEW)
    return tmp_path


def words(data, changes):
    return [plain(x.text) for x in read_draft(data, changes=changes).texts]


def compared(folder, *more):
    status = main(["redline", *(str(folder / name) for name in ("old.docx", "new.docx")), *more])
    return status, folder / "out.docx"


def test_rejecting_gives_the_old_file_and_accepting_the_new(files):
    status, out = compared(files, "-o", str(files / "out.docx"))

    assert status == 0
    assert words(out.read_bytes(), "rejected") == words(OLD, "accepted")
    assert words(out.read_bytes(), "accepted") == words(NEW, "accepted")


def test_an_existing_file_is_not_overwritten(files, capsys):
    (files / "out.docx").write_bytes(b"mine")

    status, out = compared(files, "-o", str(files / "out.docx"))

    assert (status, out.read_bytes()) == (2, b"mine")
    assert capsys.readouterr().err.count("\n") == 1
    assert compared(files, "-o", str(files / "out.docx"), "--force")[0] == 0


def test_a_file_of_another_kind_is_refused_in_one_line(files, capsys):
    (files / "new.docx").write_bytes(b"%PDF-1.7")

    status, _ = compared(files, "-o", str(files / "out.docx"))

    assert status == 2
    assert "This is a PDF." in capsys.readouterr().err


def test_the_author_and_the_day_are_those_asked_for(files):
    _, out = compared(files, "-o", str(files / "out.docx"), "--author", "Секретариат", "--on", "2025-05-28")

    with zipfile.ZipFile(out) as package:
        document = package.read("word/document.xml").decode()
    assert set(re.findall(r'w:author="([^"]*)" w:date="([^"]*)"', document)) == {
        ("Секретариат", "2025-05-28T00:00:00Z")
    }


def test_the_same_files_give_the_same_bytes(files):
    _, one = compared(files, "-o", str(files / "out.docx"), "--on", "2025-05-28")
    first = one.read_bytes()

    compared(files, "-o", str(files / "out.docx"), "--on", "2025-05-28", "--force")

    assert one.read_bytes() == first

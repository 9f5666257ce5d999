"""What every outgoing file is made of, and what it must not say."""

import io
import re
import runpy
import shutil
import struct
import subprocess
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest

from app.docxio import opc, oxml, pictures
from app.docxio.bracketed import bracketed_draft
from app.docxio.clean import clean
from app.docxio.comparison import comparison
from app.docxio.compilation import CompilationRow, compilation_table
from app.docxio.frame import shipped
from app.docxio.standing import Standing
from app.docxio.tracked import tracked
from app.text.composing import compose
from app.text.runs import text
from tests.docx_lint import problems
from tests.docxio.papers import CODES, NAMES, edition, sheet
from tests.docxio.wishes import comments, wishes

DAY = date(2025, 4, 25)
ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|word/_rels/document\.xml\.rels"
    r"|word/(document|styles|settings|fontTable|footnotes|comments|(header|footer)\d)\.xml"
)


def every_paper(language="ru"):
    """Return one file of each kind."""
    base, asked = wishes(language)
    composition = compose(base, asked, CODES)
    names = {code: name.short for code, name in NAMES[language].items()}
    row = CompilationRow("1", text("R&D"), ("BY",))
    return {
        "clean": clean(base, sheet(language)),
        "tracked": tracked(composition, sheet(language), names, DAY, comments()),
        "bracketed": bracketed_draft(composition, sheet(language), Standing(DAY)),
        "table": compilation_table([row], sheet(language), DAY),
        "comparison": comparison(base, edition(language), sheet(language), "Rev.1", DAY),
    }


PAPERS = every_paper()


@pytest.fixture(params=PAPERS)
def paper(request):
    return PAPERS[request.param]


def members_of(data):
    package = zipfile.ZipFile(io.BytesIO(data))
    return {name: package.read(name) for name in package.namelist()}


def test_a_file_holds_allowed_parts_only(paper):
    assert [name for name in members_of(paper) if not ALLOWED.fullmatch(name)] == []


def test_a_file_names_no_person_and_no_path(paper):
    said = b"".join(members_of(paper).values())

    assert not re.search(rb"rsid|paraId|docId|lastModifiedBy|<Company|Manager|attachedTemplate|/tmp|/root|/home", said)
    assert b"<dc:creator>Chapeau</dc:creator>" in said


def test_a_file_reaches_nowhere_outside(paper):
    assert not [name for name, content in members_of(paper).items() if b'TargetMode="External"' in content]


def test_a_file_says_that_it_is_a_training_example(paper):
    headers = [content.decode() for name, content in members_of(paper).items() if name.startswith("word/header")]

    assert headers
    assert all("Учебный пример" in header for header in headers)


@pytest.mark.parametrize("kind", PAPERS)
def test_the_archive_is_read_by_others(kind):
    assert zipfile.ZipFile(io.BytesIO(PAPERS[kind])).testzip() is None


def test_equal_parts_give_equal_bytes():
    assert opc.package({"word/a.xml": b"<a/>"}, {}) == opc.package({"word/a.xml": b"<a/>"}, {})


def test_text_is_escaped():
    assert "a &amp; &lt;b&gt; &quot;c&quot;" in oxml.run('a & <b> "c"')


def test_tabs_and_breaks_become_elements():
    assert oxml.run("a\tb\nc\u2028d").count("<w:br/>") == 2


@pytest.mark.parametrize(
    ("planted", "remark"),
    [
        (("<w:body>", '<w:body><w:p><w:r><w:delText xml:space="preserve">x</w:delText></w:r></w:p>'), "outside w:del"),
        (("<w:body>", '<w:body><w:p><w:pPr><w:pStyle w:val="No"/></w:pPr></w:p>'), "is not defined"),
        (("<w:body>", '<w:body><w:p><w:commentRangeStart w:id="99"/></w:p>'), "1 starts, 0 ends"),
        (("<w:body>", '<w:body><w:p><w:ins w:id="7001" w:author="A"/></w:p>'), "without date"),
        (("<w:body>", '<w:body><w:p><w:r><w:footnoteReference w:id="99"/></w:r></w:p>'), "does not exist"),
    ],
)
def test_the_lint_sees_a_planted_defect(planted, remark):
    members = members_of(PAPERS["tracked"])
    members["word/document.xml"] = members["word/document.xml"].decode().replace(*planted).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)

    assert any(remark in said for _, said in problems(out.getvalue()))


def test_pandoc_reads_the_base_when_it_rejects(tmp_path):
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc: a third reader of tracked files")
    (tmp_path / "file.docx").write_bytes(PAPERS["tracked"])

    said = subprocess.run(
        ["pandoc", "--track-changes=reject", "--wrap=none", "-t", "plain", str(tmp_path / "file.docx")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "Реализация Плана осуществляется на добровольной основе с учётом национального законодательства." in said
    assert not [word for word in ("KZ 1", "CN 1", "BY 0", "A & B", "R&D 5G") if word in said]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_png_loses_what_programs_wrote_into_it():
    image = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"x" * 13) + chunk(b"tEXt", b"Author\0CANARY") + chunk(b"IEND", b"")

    assert b"CANARY" not in pictures.bare(image)
    assert pictures.bare(image).endswith(chunk(b"IEND", b""))


def test_a_jpeg_loses_what_the_camera_wrote_into_it():
    segment = b"\xff\xe1" + struct.pack(">H", 8) + b"CANARY"
    image = b"\xff\xd8" + segment + b"\xff\xdb" + struct.pack(">H", 3) + b"q" + b"\xff\xda" + b"data\xff\xd9"

    assert pictures.bare(image) == image.replace(segment, b"")


def test_what_is_no_picture_comes_back_empty():
    assert pictures.bare(b"<svg/>") == b""


def test_the_shipped_templates_are_what_their_script_writes():
    script = Path(__file__).resolve().parents[2] / "doc_templates" / "build.py"
    build = runpy.run_path(str(script), run_name="build")

    written = {look.language[:2]: members_of(build["template"](look)) for look in build["LOOKS"]}

    assert written == {language: members_of(shipped(language)) for language in ("ru", "zh", "en")}

"""Old Word files and OpenDocument texts: converted where LibreOffice is, else refused with the way out."""

import io
import shutil
import socket
import threading
import zipfile

import pytest

from app.docxio import conversion
from app.docxio.conversion import as_docx
from app.docxio.refusals import FileRefused, Reason
from app.docxio.upload import read_upload
from app.text.runs import plain
from tests.docxio.handmade import docx, p
from tests.office import saved_by_office


@pytest.fixture(scope="module")
def saved_as(tmp_path_factory):
    """A draft as LibreOffice saves it, by ending."""
    data = docx(p("1. Стороны договорились 各方.") + p("2. Пункт второй."))
    folder = tmp_path_factory.mktemp("saved")
    return {ending: saved_by_office(data, ending, folder) for ending in ("doc", "odt")}


def with_picture_at(odt: bytes, address: str) -> bytes:
    """Return an OpenDocument text with a picture that is fetched from *address*."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "content.xml":
                frame = (
                    '<text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">'
                    f'<draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p></office:text>'
                )
                content = content.replace(b"</office:text>", frame.encode())
            target.writestr(member, content)
    return out.getvalue()


def test_a_word_file_is_left_as_it_is():
    data = docx(p("Текст"))

    assert as_docx(data, "x.docx") is data


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["doc", "odt"])
def test_an_old_file_or_an_open_document_is_converted(saved_as, ending):
    found = read_upload(as_docx(saved_as[ending], f"draft.{ending}"), "draft.docx")

    assert [(x.label, plain(x.text)) for x in found.texts] == [
        ("1.", "Стороны договорились 各方."),
        ("2.", "Пункт второй."),
    ]


@pytest.mark.needs("soffice")
def test_nothing_is_fetched_while_a_file_is_converted(saved_as):
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: asked.append(server.accept()), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"

        as_docx(with_picture_at(saved_as["odt"], address), "draft.odt")

    assert asked == []


@pytest.mark.needs("soffice")
def test_a_file_whose_conversion_takes_too_long_is_refused(saved_as, monkeypatch):
    monkeypatch.setattr(conversion, "_WALL_SECONDS", 0.05)

    with pytest.raises(FileRefused) as refused:
        as_docx(saved_as["odt"], "draft.odt")

    assert refused.value.reason is Reason.TOO_SLOW


def test_without_libreoffice_the_file_is_refused(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    old = bytes.fromhex("D0CF11E0A1B11AE1") + "WordDocument".encode("utf-16-le") + b"\0" * 600

    with pytest.raises(FileRefused) as refused:
        as_docx(old, "draft.doc")

    assert refused.value.reason is Reason.OLD_WORD


@pytest.mark.parametrize(
    ("data", "reason"),
    [(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, Reason.OLD_WORD), (b"%PDF-1.7\n", Reason.PDF)],
)
def test_what_is_no_text_is_refused_unconverted(data, reason):
    with pytest.raises(FileRefused) as refused:
        as_docx(data, "x.doc")

    assert refused.value.reason is reason


def test_a_protected_open_document_is_refused_as_such():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")

    with pytest.raises(FileRefused) as refused:
        as_docx(out.getvalue(), "x.odt")

    assert refused.value.reason is Reason.PASSWORD_PROTECTED

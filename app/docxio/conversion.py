"""Old Word files and OpenDocument texts made .docx by LibreOffice, confined, where it is installed.

What comes out is a foreign file like any other and goes through the gate.
"""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from app.docxio.archive import LIMITS, Archive, Limits
from app.docxio.gate import check_directory
from app.docxio.refusals import FileRefused, Reason, refuse

_CONFINEMENT = Path(__file__).with_name("confinement.py")
_MEMORY_BYTES, _CPU_SECONDS, _WALL_SECONDS = 4 << 30, 60, 90.0
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_TEXT_TYPE = b"application/vnd.oasis.opendocument.text"
# No macro runs, no link of the file is followed, nothing is fetched for it.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class _Form:
    ending: str
    filter: str


_FORMS = {
    Reason.OLD_WORD: _Form("doc", "MS Word 97"),
    Reason.OPEN_DOCUMENT: _Form("odt", "writer8"),
}


def as_docx(data: bytes, name: str, *, limits: Limits = LIMITS) -> bytes:
    """Return *data* as a .docx: as it is where it claims to be one, else converted from .doc or .odt.

    Takes some seconds where it converts. LibreOffice runs without network, with limits of time, memory and room,
    on a profile of its own; where it is not installed, or the system cannot confine it, the file is refused.

    Args:
        data: The bytes as uploaded.
        name: What the uploader called the file; only quoted.
        limits: What the file may cost before it is converted.

    Raises:
        FileRefused: It is no text of either kind, or it was not converted; the reason is what the gate says of it.
    """
    try:
        check_directory(data, name, limits)
        return data
    except FileRefused as refused:
        form = _FORMS.get(refused.reason)
        if form is None or not _is_text(data, refused.reason, limits):
            raise
        office = shutil.which("soffice") or shutil.which("libreoffice")
        made = _converted(data, form, office) if office else None
        if made is None:
            raise
        return made


def _is_text(data: bytes, reason: Reason, limits: Limits) -> bool:
    """Whether the file is a text, not a sheet or a slide show, and a ZIP keeps the limits.

    Raises:
        FileRefused: Its directory breaks a limit, or it is protected by a password.
    """
    if reason is Reason.OLD_WORD:
        return _WORD_STREAM in data
    archive = Archive(data, limits)
    if "mimetype" not in archive or archive.read("mimetype").strip() != _TEXT_TYPE:
        return False
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refuse(Reason.PASSWORD_PROTECTED)
    return True


def _converted(data: bytes, form: _Form, office: str) -> bytes | None:
    """Return what LibreOffice makes of the file; None where it makes nothing.

    Raises:
        FileRefused: It took longer than any honest file needs.
    """
    with tempfile.TemporaryDirectory(prefix="chapeau-") as folder:
        room = Path(folder)
        (room / f"draft.{form.ending}").write_bytes(data)
        profile = room / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        command = [
            *(sys.executable, "-I", str(_CONFINEMENT), str(_MEMORY_BYTES), str(_CPU_SECONDS), str(LIMITS.file_bytes)),
            *(office, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore"),
            *(f"--infilter={form.filter}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(room / "made")),
            str(room / f"draft.{form.ending}"),
        ]
        _run(command, room)
        made = room / "made" / "draft.docx"
        return made.read_bytes() if made.exists() and zipfile.is_zipfile(io.BytesIO(made.read_bytes())) else None


def _run(command: list[str], room: Path) -> None:
    """Run a command with all that it starts in one process group, and end all of it when its time is over."""
    running = subprocess.Popen(
        command,
        cwd=room,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(room), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(_WALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise refuse(Reason.TOO_SLOW, limit=_WALL_SECONDS) from error
    finally:
        _end(running)


def _end(running: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()

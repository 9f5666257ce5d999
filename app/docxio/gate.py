"""The gate in front of every upload: what a file is, and whether it may be read at all.

Nothing is inflated before the ZIP's directory is judged, XML streams through a counter and
is never built into a tree here, so the cost is bounded whatever the file claims.
"""

import re
import unicodedata
from pathlib import PurePosixPath
from xml.parsers import expat

from app.docxio.archive import LIMITS, Archive, Limits, is_xml
from app.docxio.refusals import FileRefused, Reason, refuse

__all__ = ["FileRefused", "Limits", "Reason", "check_directory", "check_upload", "display_name"]

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")
_MACRO_PARTS = re.compile(r"(?:^|/)vba(?:Project|Data)[^/]*\.(?:bin|xml)$", re.IGNORECASE)
_OFFICE_TYPE = re.compile(rb"spreadsheetml|presentationml|template\.main\+xml|vnd\.ms-(?:excel|powerpoint)")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|svg|\?xml[^>]*>\s*<(?:html|svg))", re.I | re.S
)
_NAME_BYTES = 120


def check_upload(data: bytes, name: str, limits: Limits = LIMITS) -> None:
    """Let a Word file pass, or say why not.

    Args:
        data: The bytes as they were uploaded.
        name: What the uploader called it; only quoted, never trusted.
        limits: What it may cost.

    Raises:
        FileRefused: With the reason's code and the facts to name.
    """
    archive = check_directory(data, name, limits)
    count = _Count(limits)
    for part in archive.names:
        if is_xml(part):
            count.check_part(archive, part)
    _check_types(archive)


def check_directory(data: bytes, name: str, limits: Limits = LIMITS) -> Archive:
    """Return the archive of a file that looks like a Word file from outside; nothing is inflated.

    Raises:
        FileRefused: It is another kind of file, or its directory breaks a limit.
    """
    if not data:
        raise refuse(Reason.EMPTY, name=display_name(name))
    if len(data) > limits.file_bytes:
        raise refuse(Reason.TOO_LARGE, found=len(data), limit=limits.file_bytes)
    if not data.startswith(b"PK\x03\x04"):
        raise refuse(_other_kind(data), name=display_name(name))
    archive = Archive(data, limits)
    if any(_MACRO_PARTS.search(part) for part in archive.names):
        raise refuse(Reason.MACROS)
    if "[Content_Types].xml" not in archive:
        is_open_document = "mimetype" in archive or "content.xml" in archive
        raise refuse(Reason.OPEN_DOCUMENT if is_open_document else Reason.NOT_WORD, name=display_name(name))
    return archive


def display_name(name: str) -> str:
    """Return an uploaded file's name fit to be shown: no path, no control or direction characters, at most 120 bytes."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = shown, ""
    room = _NAME_BYTES - len((dot + ending).encode())
    return (stem.encode()[:room].decode(errors="ignore") + (f".{ending}" if ending else "")) or "file"


def _other_kind(data: bytes) -> Reason:
    head = data[:1024].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_OLE):
        return Reason.PASSWORD_PROTECTED if _PASSWORD_STREAM in data else Reason.OLD_WORD
    if b"%PDF-" in head:
        return Reason.PDF
    if head.lstrip().startswith(b"{\\rtf"):
        return Reason.RTF
    if _HTML.match(head):
        return Reason.HTML
    return Reason.NOT_WORD


def _check_types(archive: Archive) -> None:
    """Refuse macros and documents of another program by what the content types say.

    They are looked for in the raw bytes: a spelling in UTF-16 hides nothing, because then
    the type that is asked for is not found either.
    """
    types = archive.read("[Content_Types].xml")
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise refuse(Reason.MACROS)
    if MAIN_TYPE.encode() not in types:
        raise refuse(Reason.OTHER_OFFICE if _OFFICE_TYPE.search(types) else Reason.NOT_WORD)


class _Count:
    """Counts elements over all parts and depth within each, while they stream."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._elements = 0
        self._depth = 0
        self._part = ""

    def check_part(self, archive: Archive, part: str) -> None:
        """Read one XML part to its end.

        Raises:
            FileRefused: It has a DOCTYPE, too many or too deep elements, or is not well formed.
        """
        self._part, self._depth = part, 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for chunk in archive.chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise refuse(Reason.DAMAGED, part=part) from error

    def _start(self, _name: str, _attributes: object) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > self._limits.elements:
            raise refuse(Reason.TOO_MANY_ELEMENTS, part=self._part, limit=self._limits.elements)
        if self._depth > self._limits.depth:
            raise refuse(Reason.TOO_DEEP, part=self._part, limit=self._limits.depth)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_facts: object) -> None:
        raise refuse(Reason.DOCTYPE, part=self._part)

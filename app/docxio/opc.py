"""The package of a Word file: an allow-list of parts, the same bytes for the same input.

No person, no company, no revision ids, no thumbnail; members are sorted and dated 1980, and
parts that do not change are deflated once.

Source: ISO/IEC 29500-2 (OPC); APPNOTE.TXT 6.3 (ZIP).
"""

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache

LEVEL = 3
"""Of deflating: a third of the time of the usual 6 for a third more bytes, about as many as Word itself writes."""
_EPOCH = (1980 - 1980) << 9 | 1 << 5 | 1
"""1 January 1980 as MS-DOS writes it."""
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

CONTENT_TYPES = {
    "document": f"{_TYPES}.document.main+xml",
    "styles": f"{_TYPES}.styles+xml",
    "settings": f"{_TYPES}.settings+xml",
    "fontTable": f"{_TYPES}.fontTable+xml",
    "numbering": f"{_TYPES}.numbering+xml",
    "footnotes": f"{_TYPES}.footnotes+xml",
    "endnotes": f"{_TYPES}.endnotes+xml",
    "comments": f"{_TYPES}.comments+xml",
    "header": f"{_TYPES}.header+xml",
    "footer": f"{_TYPES}.footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
"""The parts that may go out, by the last word of their relationship; pictures go by extension."""
PICTURES = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg"}

_CORE = (
    f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Chapeau</dc:creator></cp:coreProperties>'
)
_APP = (
    f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Chapeau</Application></Properties>'
)


def relationship(name: str) -> str:
    """Return the relationship type of a part, by its last word."""
    return f"{_OFFICE}/relationships/{name}"


def relationships(found: Mapping[str, tuple[str, str]]) -> str:
    """Return a relationships part: id to (last word of the type, target)."""
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{relationship(kind)}" Target="{target}"/>'
        for identity, (kind, target) in sorted(found.items())
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def content_types(kinds: Mapping[str, str], endings: Mapping[str, str] = PICTURES) -> str:
    """Return ``[Content_Types].xml`` for parts of ``word/``: member name to kind; *endings*: of pictures, to type."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{CONTENT_TYPES[kind]}"/>' for name, kind in sorted(kinds.items())
    )
    pictures = "".join(
        f'<Default Extension="{extension}" ContentType="{type_}"/>' for extension, type_ in endings.items()
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def package(parts: Mapping[str, bytes], fixed: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """Return a Word file of *parts* and of *fixed* ones, whose deflated form is kept for the next file.

    Without *compress* it is for reading again in this process: barely deflated, quickly made.

    The properties and the package's own relationships are ours and are added here.
    """
    root = (
        f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
        "</Relationships>"
    )
    ours = {"_rels/.rels": root.encode(), "docProps/core.xml": _CORE.encode(), "docProps/app.xml": _APP.encode()}
    if not compress:
        return _zip({name: deflated(content, 0) for name, content in {**parts, **fixed, **ours}.items()})
    members = {name: deflated(content) for name, content in parts.items()}
    members |= {name: _deflated_once(content) for name, content in {**fixed, **ours}.items()}
    return _zip(members)


def deflated(content: bytes, level: int = LEVEL) -> tuple[int, int, bytes]:
    """Return checksum, length and raw deflated form."""
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), len(content), squeezer.compress(content) + squeezer.flush()


@lru_cache(maxsize=256)
def _deflated_once(content: bytes) -> tuple[int, int, bytes]:
    return deflated(content)


def _zip(members: Mapping[str, tuple[int, int, bytes]]) -> bytes:
    """Return the archive, members sorted by name."""
    body, directory = bytearray(), bytearray()
    for name, (checksum, length, squeezed) in sorted(members.items()):
        written = name.encode()
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, zlib.DEFLATED, 0, _EPOCH, checksum, len(squeezed), length, len(written), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += written
        body += b"PK\x03\x04" + common + written + squeezed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)

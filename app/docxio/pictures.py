"""Pictures of templates and drafts without what cameras and programs write into them."""

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"}
_JPEG_DATA = 0xDA
_JPEG_DROPPED = {*range(0xE1, 0xF0), 0xFE}
"""Application segments (place, camera, person) and comments; E0 is the JFIF head."""

_GIF_EXTENSIONS = {0xF9}
"""The graphic control extension stays; comments, plain text and what programs add go."""
_EMF, _EMF_SIGNATURE, _EMF_HEADER = b"\x01\x00\x00\x00", b" EMF", struct.Struct("<II")
_WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


BLANK = (
    _PNG
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00" * 5))
    + _chunk(b"IEND", b"")
)
"""One transparent point, in the place of a picture that cannot go out."""


def shown(picture: bytes) -> bytes:
    """Return a picture of a draft without its metadata: PNG, JPEG, GIF, EMF or WMF; anything else comes back empty."""
    if picture.startswith((b"GIF87a", b"GIF89a")):
        return _bare_gif(picture)
    if picture.startswith(_EMF) and picture[40:44] == _EMF_SIGNATURE:
        return _bare_emf(picture)
    return picture if picture.startswith(_WMF) else bare(picture)


def ending(picture: bytes) -> str:
    """Return the ending of a file that holds what ``shown`` returned."""
    if picture.startswith(_PNG):
        return "png"
    if picture.startswith(b"GIF"):
        return "gif"
    if picture.startswith(b"\xff\xd8"):
        return "jpeg"
    return "emf" if picture.startswith(_EMF) and picture[40:44] == _EMF_SIGNATURE else "wmf"


def _bare_gif(picture: bytes) -> bytes:
    """Source: GIF89a, 15 to 26: screen, colours, then blocks told by their first byte."""
    if len(picture) < 13:
        return b""
    at = 13 + (3 << ((picture[10] & 7) + 1) if picture[10] & 0x80 else 0)
    found = [picture[:at]]
    while at < len(picture) and picture[at] != 0x3B:
        start = at
        if picture[at] == 0x21 and at + 2 <= len(picture):
            keep, at = picture[at + 1] in _GIF_EXTENSIONS, at + 2
        elif picture[at] == 0x2C and at + 11 <= len(picture):
            flags = picture[at + 9]
            keep, at = True, at + 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
        else:
            return b""
        while at < len(picture) and picture[at]:
            at += picture[at] + 1
        at += 1
        found.append(picture[start:at] if keep else b"")
    return b"".join(found) + b"\x3b"


def _bare_emf(picture: bytes) -> bytes:
    """Source: [MS-EMF] 2.2.9: the header names the program and the picture; both are blanked."""
    count, offset = _EMF_HEADER.unpack_from(picture, 60) if len(picture) >= 68 else (0, 0)
    end = offset + 2 * count
    if not count or end > len(picture):
        return picture
    return picture[:offset] + bytes(2 * count) + picture[end:]


def bare(picture: bytes) -> bytes:
    """Return a PNG or JPEG without its metadata; what is neither comes back empty."""
    if picture.startswith(_PNG):
        return _bare_png(picture)
    if picture.startswith(b"\xff\xd8"):
        return _bare_jpeg(picture)
    return b""


def _bare_png(picture: bytes) -> bytes:
    """Source: PNG specification, third edition, 5.3: length, type, data, checksum."""
    found, at = [_PNG], len(_PNG)
    while at + 12 <= len(picture):
        length = struct.unpack_from(">I", picture, at)[0]
        end = at + 12 + length
        if picture[at + 4 : at + 8] in _PNG_KEPT:
            found.append(picture[at:end])
        at = end
    return b"".join(found)


def _bare_jpeg(picture: bytes) -> bytes:
    """Source: ITU-T T.81, B.1.1: a marker, then a length that counts itself."""
    found, at = [picture[:2]], 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == _JPEG_DATA:
            found.append(picture[at:])
            break
        end = at + 2 + struct.unpack_from(">H", picture, at + 2)[0]
        if marker not in _JPEG_DROPPED:
            found.append(picture[at:end])
        at = end
    return b"".join(found)

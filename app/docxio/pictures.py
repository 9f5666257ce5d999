"""Pictures of a template without what cameras and programs write into them."""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"}
_JPEG_DATA = 0xDA
_JPEG_DROPPED = {*range(0xE1, 0xF0), 0xFE}
"""Application segments (place, camera, person) and comments; E0 is the JFIF head."""


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

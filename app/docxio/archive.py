"""The ZIP around a Word file, read with distrust: its directory is judged before anything is inflated."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from app.docxio.refusals import Reason, refuse

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_MAX_DIRECTORY_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 16
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:\u200e\u200f\u202a-\u202e\u2066-\u2069]|^/|(?:^|/)\.\.?(?:/|$)|//")
_XML_NAME = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an upload may cost; honest files stay far below (the largest seen has 12.6 MB of XML in one part)."""

    file_bytes: int = 20 << 20
    members: int = 2_000
    unpacked_bytes: int = 64 << 20
    xml_part_bytes: int = 24 << 20
    ratio: int = 300
    ratio_from_bytes: int = 1 << 20
    elements: int = 400_000
    depth: int = 200
    memory_bytes: int = 512 << 20
    cpu_seconds: int = 20
    wall_seconds: float = 45.0


LIMITS = Limits()


def is_xml(name: str) -> bool:
    """Whether a part's name says that it holds XML."""
    return bool(_XML_NAME.search(name))


class Archive:
    """The members of a ZIP whose directory keeps the limits.

    Raises:
        FileRefused: The directory breaks a limit, or is not one.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._data = data
        self._limits = limits
        _check_end(data)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as listing:
                self._members = listing.infolist()
                start = listing.start_dir
        except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError) as error:
            raise refuse(Reason.DAMAGED) from error
        self._check_members()
        self._starts = self._data_starts(start)
        self._by_name = {member.filename: member for member in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members that are files."""
        return tuple(name for name in self._by_name if not name.endswith("/"))

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's bytes, counting what really comes out.

        Raises:
            FileRefused: More or fewer bytes come out than the directory promised, or other ones.
        """
        member = self._by_name[name]
        start = self._starts[name]
        packed = memoryview(self._data)[start : start + member.compress_size]
        checksum, count = 0, 0
        for chunk in _stored(packed) if member.compress_type == zipfile.ZIP_STORED else _inflated(packed, name):
            count += len(chunk)
            if count > member.file_size:
                raise refuse(Reason.DAMAGED, part=name)
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if count != member.file_size or checksum != member.CRC:
            raise refuse(Reason.DAMAGED, part=name)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; it must keep the limit of an XML part."""
        return b"".join(self.chunks(name))

    def _check_members(self) -> None:
        limits, members = self._limits, self._members
        if not members:
            raise refuse(Reason.DAMAGED)
        if len(members) > limits.members:
            raise refuse(Reason.TOO_MANY_PARTS, found=len(members), limit=limits.members)
        seen: set[str] = set()
        for member in members:
            self._check_member(member)
            folded = member.filename.casefold()
            if folded in seen:
                raise refuse(Reason.DUPLICATE_PARTS, part=member.filename)
            seen.add(folded)
        total = sum(member.file_size for member in members)
        if total > limits.unpacked_bytes:
            raise refuse(Reason.UNPACKS_TOO_LARGE, found=total, limit=limits.unpacked_bytes)

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        limits, name = self._limits, member.orig_filename
        if not name or _UNSAFE.search(name) or stat.S_ISLNK(member.external_attr >> 16):
            raise refuse(Reason.UNSAFE_NAME)
        if member.flag_bits & 0x41:
            raise refuse(Reason.ENCRYPTED)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse(Reason.UNKNOWN_COMPRESSION, part=name)
        if is_xml(name) and member.file_size > limits.xml_part_bytes:
            raise refuse(Reason.UNPACKS_TOO_LARGE, part=name, found=member.file_size, limit=limits.xml_part_bytes)
        if member.file_size > limits.ratio_from_bytes and member.file_size > limits.ratio * member.compress_size:
            raise refuse(Reason.PACKED_TOO_TIGHTLY, part=name, limit=limits.ratio)

    def _data_starts(self, directory_start: int) -> dict[str, int]:
        """Return where each member's bytes begin, having seen that no two share any and no name differs inside."""
        starts: dict[str, int] = {}
        end = 0
        for member in sorted(self._members, key=lambda m: m.header_offset):
            if member.header_offset < end:
                raise refuse(Reason.OVERLAPPING_PARTS, part=member.filename)
            header = self._data[member.header_offset : member.header_offset + _LOCAL.size]
            if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
                raise refuse(Reason.DAMAGED, part=member.filename)
            name_bytes, extra_bytes = _LOCAL.unpack(header)[-2:]
            name_at = member.header_offset + _LOCAL.size
            spelling = "utf-8" if member.flag_bits & 0x800 else "cp437"
            if self._data[name_at : name_at + name_bytes] != member.orig_filename.encode(spelling, "replace"):
                raise refuse(Reason.DAMAGED, part=member.filename)
            starts[member.filename] = name_at + name_bytes + extra_bytes
            end = starts[member.filename] + member.compress_size
        if end > directory_start:
            raise refuse(Reason.OVERLAPPING_PARTS)
        return starts


def _check_end(data: bytes) -> None:
    """Refuse a ZIP whose end record is missing, asks for ZIP64 or announces a huge directory.

    Twenty megabytes never need ZIP64; a directory of more than a megabyte would cost memory to list.
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or at + _END.size > len(data):
        _damaged()
    _, disk, first_disk, here, total, size, offset, comment = _END.unpack_from(data, at)
    if disk or first_disk or here != total or at + _END.size + comment != len(data):
        _damaged()
    if size > _MAX_DIRECTORY_BYTES:
        raise refuse(Reason.TOO_MANY_PARTS)
    if offset + size != at:
        _damaged()


def _damaged() -> NoReturn:
    raise refuse(Reason.DAMAGED)


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), _CHUNK_BYTES):
        yield bytes(packed[at : at + _CHUNK_BYTES])


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _CHUNK_BYTES):
            feed: bytes | memoryview = packed[at : at + _CHUNK_BYTES]
            while feed:
                yield inflater.decompress(feed, _CHUNK_BYTES)
                feed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise refuse(Reason.DAMAGED, part=name) from error
    if not inflater.eof or inflater.unused_data:
        raise refuse(Reason.DAMAGED, part=name)

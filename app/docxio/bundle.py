"""A bundle of files as one ZIP: the same files give the same bytes; one of them at a time is in memory."""

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from typing import IO, NamedTuple

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP can say: when it was packed says nothing of what is in it."""
_UNIX, _MODE = 3, 0o644 << 16
"""Said of every member, so that the system it was packed on makes no difference."""


class Member(NamedTuple):
    """A file of a bundle.

    Attributes:
        path: In the bundle, with forward slashes.
        about: What it is, for the index.
    """

    path: str
    content: bytes
    about: str = ""


class Packed(NamedTuple):
    """What an index says of a member: *size* in bytes, *sha256* of them in hexadecimal."""

    path: str
    about: str
    size: int
    sha256: str


def bundle(members: Iterable[Member], packed: list[Packed], to: IO[bytes]) -> None:
    """Write a ZIP of *members*, in their order.

    What each was is appended to *packed* before the next is asked for, so that the last member can
    be an index of all before it. Word files are compressed already and are stored as they are.
    """
    with zipfile.ZipFile(to, "w") as archive:
        for member in members:
            info = zipfile.ZipInfo(member.path, _DATE)
            info.create_system, info.external_attr = _UNIX, _MODE
            info.compress_type = zipfile.ZIP_STORED if member.path.endswith(".docx") else zipfile.ZIP_DEFLATED
            archive.writestr(info, member.content)
            packed.append(Packed(member.path, member.about, len(member.content), sha256(member.content).hexdigest()))

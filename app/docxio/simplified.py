"""A part of a Word file in fewer elements, which read the same: what is parsed costs more than what is cut before."""

from typing import Final

from app.docxio.repeated_properties import spelled_once
from app.docxio.split_runs import joined_runs

_DECLARED: Final = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def simplified(part: bytes) -> bytes:
    """Return a part with split runs joined and equal paragraph properties spelled once.

    A part that is written in an uncommon way is returned as it is.

    Args:
        part: A part of a Word file, as it is stored.
    """
    return spelled_once(joined_runs(part)) if is_common(part) else part


def is_common(part: bytes) -> bool:
    """Whether a part is written as Word writes: its tags can be found by pattern, and mean what they say."""
    if part.count(b" xmlns:w=") != 1 or _DECLARED not in part or _holds(part, b"<!", 0):
        return False
    return not _holds(part, b"<?", part.find(b"?>") + 2)


def _holds(part: bytes, sign: bytes, start: int) -> bool:
    """Whether *sign* stands in a part; its last character, which is rare, is sought first: that is faster."""
    return part.find(sign[-1:], start) >= 0 and part.find(sign, start) >= 0

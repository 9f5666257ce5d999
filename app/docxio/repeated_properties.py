"""Properties that many paragraphs share, spelled out once: what repeats is neither parsed nor read again."""

import re
from typing import Final

SAME: Final = "same"
"""Attribute, of no namespace, with the number of the properties that are the same: the first element spells them."""
_OPENED: Final = b"<w:pPr>"
_OF_ONE_ALONE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|sectPr|\w+Change)[ />]")
"""What is a paragraph's own, whatever its neighbours say."""


def spelled_once(part: bytes) -> bytes:
    """Return a part in which paragraph properties that were spelled before are told by their number.

    Should look like this::

        <w:p><w:pPr same="0"><w:jc w:val="both"/></w:pPr>…</w:p><w:p><w:pPr same="0"/>…</w:p>

    Args:
        part: A part of a Word file in which ``<w:pPr>`` is nothing else: no comments, no ``CDATA``.
    """
    pieces = part.split(_OPENED)
    numbered: dict[bytes, bytes] = {}
    for at in range(1, len(pieces)):
        said, closed, rest = pieces[at].partition(b"</w:pPr>")
        known = numbered.get(said) if closed else None
        if known is not None:
            pieces[at] = known + rest
        elif closed and not _OF_ONE_ALONE.search(said):
            number = len(numbered)
            numbered[said] = b'<w:pPr %b="%d"/>' % (SAME.encode(), number)
            pieces[at] = b'<w:pPr %b="%d">%b' % (SAME.encode(), number, pieces[at])
        else:
            pieces[at] = _OPENED + pieces[at]
    return b"".join(pieces)

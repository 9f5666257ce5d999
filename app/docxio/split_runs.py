"""Runs that Word splits for its own ends (saving, spelling, fonts), joined before the part is parsed.

A paragraph that was edited often holds a run for every few words, all of one look. Parsing and reading each costs far
more than finding them: the reader sees the same characters, in the same looks and changes, in fewer elements.
"""

import re
from typing import Final

_DECLARED: Final = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Each begins with characters that are rare in a text and puts in what holds no group: Python is slow at both.
_SAVINGS = re.compile(
    rb' w(?<=<w:[pr] w)(?::rsid\w*|14:paraId|14:textId)="[0-9A-Fa-f]{8}"'
    rb'(?: w(?::rsid\w*|14:paraId|14:textId)="[0-9A-Fa-f]{8}")*(?=/?>)'
)
_SILENT = (
    rb"<w:(?:rFonts|sz|szCs|lang|color|spacing|kern|noProof|bCs|iCs|highlight|keepNext|keepLines|widowControl"
    rb"|contextualSpacing|suppressAutoHyphens|proofErr|lastRenderedPageBreak)[ /][^<>]*+(?<=/)>"
)
_UNREAD = re.compile(rb"%b(?:%b)*" % (_SILENT, _SILENT))
_TIGHT = re.compile(rb">(?:(?<=<w:t>)|(?<=<w:delText>))(?=[^\s<](?:[^<]*[^\s<])?<)")
_SPLIT = re.compile(
    rb"(<w:r>(?:<w:rPr>(?:<w:[^<>]*+(?<=/)>)*+</w:rPr>)?"
    rb'<w:(t|delText) xml:space="preserve">)[^<]*+(?:</w:\2></w:r>\1[^<]*+)+'
)


def joined_runs(part: bytes) -> bytes:
    """Return a part in which neighbouring runs of one look are one run.

    What the reader does not read goes before: numbers of savings, languages, fonts, sizes, colours, marks of the
    spelling checker. Runs stay apart where anything stands between them, and where their look was changed as a
    tracked change. A part that is written in an uncommon way is returned as it is.

    Args:
        part: A part of a Word file, as it is stored.
    """
    if part.count(b" xmlns:w=") != 1 or _DECLARED not in part or b"<!" in part or b"<?" in part[5:]:
        return part
    part = _UNREAD.sub(b"", _SAVINGS.sub(b"", part))
    part = part.replace(b"<w:r><w:rPr></w:rPr>", b"<w:r>").replace(b"<w:rPr></w:rPr></w:pPr>", b"</w:pPr>")
    return _SPLIT.sub(_join, _TIGHT.sub(b' xml:space="preserve">', part))


def _join(found: re.Match[bytes]) -> bytes:
    return found[0].replace(b"</w:%b></w:r>%b" % (found[2], found[1]), b"")

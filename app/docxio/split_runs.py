"""Runs that Word splits for its own ends (saving, spelling, fonts), joined before the part is parsed.

A paragraph that was edited often holds a run for every few words, all of one look. Parsing and reading each costs far
more than finding them: the reader sees the same characters, in the same looks and changes, in fewer elements.
"""

import re
from typing import Final

# Each begins with characters that are rare in a text and puts in what holds no group: Python is slow at both.
_SAVINGS = re.compile(
    rb' w(?<=<w:[pr] w)(?::rsid\w*|14:paraId|14:textId)="[0-9A-Fa-f]{8}"'
    rb'(?: w(?::rsid\w*|14:paraId|14:textId)="[0-9A-Fa-f]{8}")*(?=/?>)'
)
_UNREAD = re.compile(rb"<w:(?:rFonts|sz|szCs|lang|color|spacing|kern|noProof|bCs|iCs|highlight)[ /][^<>]*+(?<=/)>")
_CHECKS = re.compile(rb"<w:(?:proofErr|lastRenderedPageBreak)[ /][^<>]*+(?<=/)>")
_RUN = (b"<w:r>", b"<w:r ")
_FEW: Final = 1000
"""Bytes to one split run: where there are fewer splits, joining costs more than it saves."""
_COMMON: Final = 4
"""So many looks are sought at once before each occurrence is looked at; the first ones are the commonest."""
_TIGHT = re.compile(rb">(?:(?<=<w:t>)|(?<=<w:delText>))(?=[^\s<](?:[^<]*[^\s<])?<)")
_SPLIT = re.compile(
    rb"(<w:r>(?:<w:rPr>(?:<w:[^<>]*+(?<=/)>)*+</w:rPr>)?"
    rb'<w:(t|delText) xml:space="preserve">)[^<]*+(?:</w:\2></w:r>\1[^<]*+)+'
)


def joined_runs(part: bytes) -> bytes:
    """Return a part in which neighbouring runs of one look are one run, where many are split.

    What the reader does not read goes before: numbers of savings, languages, fonts, sizes, colours, marks of the
    spelling checker. Runs stay apart where anything stands between them, and where their look was changed as a
    tracked change.

    Args:
        part: A part of a Word file written as ``simplified.is_common`` says.
    """
    part = _plainer(part)
    if len(part) > _FEW * (part.count(b"</w:r><w:r") + part.count(b"</w:r><w:proofErr")):
        return part
    part = _CHECKS.sub(b"", _SAVINGS.sub(b"", part))
    return _SPLIT.sub(_join, _TIGHT.sub(b' xml:space="preserve">', part))


def _plainer(part: bytes) -> bytes:
    """Return a part whose looks of runs say nothing that is not read; those that are equal are gone through once."""
    for _ in range(_COMMON):
        start = part.find(b"<w:rPr>")
        end = part.find(b"</w:rPr>", start)
        if start < 0:
            return part
        if end < 0 or _UNREAD.sub(b"", part[start + 7 : end]):
            break
        part = part.replace(part[start : end + 8], b"")
    written, *others = pieces = part.split(b"<w:rPr>")
    known: dict[bytes, bytes] = {}
    for at, piece in enumerate(others, 1):
        look, closed, rest = piece.partition(b"</w:rPr>")
        if closed:
            plainer = known.get(look)
            if plainer is None:
                plainer = known[look] = _UNREAD.sub(b"", look)
            if not plainer and (written.startswith(_RUN, written.rfind(b"<")) or rest.startswith(b"</w:pPr>")):
                piece = rest
            else:
                piece = b"<w:rPr>%b</w:rPr>%b" % (plainer, rest)
        else:
            piece = b"<w:rPr>" + piece
        pieces[at] = written = piece
    return b"".join(pieces)


def _join(found: re.Match[bytes]) -> bytes:
    return found[0].replace(b"</w:%b></w:r>%b" % (found[2], found[1]), b"")

"""Runs that Word splits for its own ends (editing sessions, spelling), joined before the part is parsed.

A paragraph that was edited often holds a run for every few words, all of one look. Parsing and reading each costs far
more than finding them: the reader sees the same characters, in the same looks and changes, in fewer elements.
"""

import re
from typing import Final

_DECLARED: Final = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SESSIONS = re.compile(rb'<w:(p|r)(?: (?:w:rsid\w*|w14:paraId|w14:textId)="[0-9A-Fa-f]{8}")+(?=/?>)')
_SILENT = re.compile(rb'<w:(?:proofErr w:type="\w+"|lastRenderedPageBreak) ?/>')
_TIGHT = re.compile(rb"<w:(t|delText)>(?=[^\s<](?:[^<]*[^\s<])?<)")
_SPLIT = re.compile(
    rb"(<w:r>(?:<w:rPr>(?:<w:[^<>]*/>)*</w:rPr>)?"
    rb'<w:(t|delText) xml:space="preserve">)[^<]*(?:</w:\2></w:r>\1[^<]*)+'
)


def joined_runs(part: bytes) -> bytes:
    """Return a part in which neighbouring runs of one look are one run.

    The numbers of editing sessions, marks of the spelling checker and page breaks of the last print go too: nothing
    reads them. Runs stay apart where anything stands between them, and where their look was changed as a
    tracked change. A part that is written in an uncommon way is returned as it is.

    Args:
        part: A part of a Word file, as it is stored.
    """
    if part.count(b" xmlns:w=") != 1 or _DECLARED not in part or b"<!" in part or b"<?" in part[5:]:
        return part
    part = _SILENT.sub(b"", _SESSIONS.sub(rb"<w:\1", part))
    return _SPLIT.sub(_join, _TIGHT.sub(rb'<w:\1 xml:space="preserve">', part))


def _join(found: re.Match[bytes]) -> bytes:
    return found[0].replace(b"</w:%b></w:r>%b" % (found[2], found[1]), b"")

"""Paragraphs of nothing but words and tracked changes of words, taken out of a part before it is parsed.

Most paragraphs of a draft are such. To find their words by pattern costs a fraction of what it costs to parse them
and to walk through their elements.
"""

import re
from secrets import token_hex
from typing import Final, TypeAlias

from app.docxio.atoms import BOTH, MASKS, SORTS, Inline, Revision
from app.docxio.wordml import JOINER, w

WORDS: Final = f"words-{token_hex(8)}"
"""Attribute, of no namespace, with the number of a paragraph's words; no file can have it."""
_PARAGRAPH: Final = rb'(?P<begins><w:p(?: [-\w:]+="\w*")*>)(?:<w:pPr same="\d+"/>)?'
_CHANGE: Final = (
    rb'<w:(?P<change>ins|del) w:id="[-\w]*" w:author="(?P<author>[^"<&\t\n\r]*+)"(?: w:date="(?P<at>[-+.:\w]*)")?'
    rb'(?: w16du:dateUtc="[-+.:\w]*")?>'
)
_RUN: Final = (
    rb'<w:r(?: w:rsid\w*="\w*")*><w:(?P<kind>t|delText)(?P<kept> xml:space="preserve")?>(?P<words>[^<]*+)'
    rb"</w:(?P=kind)></w:r>"
)
_BOOKMARK: Final = rb'<w:bookmark(?:Start w:id="[-\w]*" w:name="(?P<bookmark>p[vx]_\w*+)"|End w:id="[-\w]*")/>'
_FOUND = re.compile(
    rb"%b|(?:%b)?%b(?(change)</w:(?P=change)>)|%b|(?P<ends></w:p>)" % (_PARAGRAPH, _CHANGE, _RUN, _BOOKMARK)
)
_SORTS: Final = {name: SORTS[w(name.decode())] for name in (b"ins", b"del")}
_CONTROLS: Final = bytes([*range(9), 11, 12, *range(14, 32)])
_SPACES: Final = " \t"


class ReadsOtherwise(Exception):
    """A plain paragraph stands where it does not say what it says elsewhere: in a field, in what is not opened."""


def taken_out(part: bytes) -> tuple[bytes, list[Inline]]:
    """Return a part without the words of its plain paragraphs, and what they say by the number that stands instead.

    Should look like this::

        <w:p words-5f1c="0"><w:pPr same="12"/></w:p>

    Plain are words in the look of the paragraph, each stretch with one change at most, and the bookmarks of keys.

    Args:
        part: A part of a Word file, simplified.
    """
    try:
        return _taken_out(part) if _can_be(part) else (part, [])
    except UnicodeDecodeError:
        return part, []


def _can_be(part: bytes) -> bool:
    """Whether a part is in UTF-8, with the usual white space, without what a parser refuses or branches to choose."""
    declared = part[: part.find(b"?>")].upper() if b"<?xml" in part[:8] else b""
    if (b"ENCODING" in declared and b"UTF-8" not in declared) or b"xml:space" in part[: part.find(b"<w:body")]:
        return False
    return b"AlternateContent" not in part and len(part.translate(None, _CONTROLS)) == len(part)


_Piece: TypeAlias = "re.Match[bytes]"


def _taken_out(part: bytes) -> tuple[bytes, list[Inline]]:
    kept: list[bytes] = []
    said: list[Inline] = []
    done = reached = 0
    begun: _Piece | None = None
    pieces: list[_Piece] = []
    for found in _FOUND.finditer(part):
        kind = found.lastgroup
        if kind == "begins":
            begun, pieces = found, []
        elif begun is None:
            continue
        elif found.start() != reached:
            begun = None
        elif kind != "ends":
            pieces.append(found)
        else:
            inline = _read(pieces)
            if inline is not None:
                tag_end = begun.end("begins") - 1
                kept += (part[done:tag_end], b' %b="%d"' % (WORDS.encode(), len(said)), part[tag_end : begun.end()])
                said.append(inline)
                done = found.start()
            begun = None
        reached = found.end()
    return b"".join([*kept, part[done:]]), said


def _is_ready(written: str) -> bool:
    """Whether a parser neither refuses characters nor reads them otherwise; those below a space were sought before."""
    return not (
        "&" in written
        or "\n" in written
        or "\r" in written
        or ("]" in written and "]]>" in written)
        or "\uffff" in written
        or "\ufffe" in written
    )


def _read(pieces: list[_Piece]) -> Inline | None:
    """Return what the pieces of a paragraph say; None where a parser has to tell."""
    inline = Inline()
    atoms = inline.atoms
    for piece in pieces:
        if piece.lastgroup == "bookmark":
            inline.bookmarks.append(piece["bookmark"].decode())
        elif piece.lastgroup == "words":
            shown = piece["words"].decode() if piece["kept"] else piece["words"].decode().strip(_SPACES)
            if not _is_ready(shown):
                return None
            if not atoms:
                shown = shown.lstrip(JOINER)
            revision = _revision(piece, inline) if piece["change"] else None
            if shown:
                atoms.append((shown, 0, None, BOTH if revision is None else MASKS[revision.sort], revision))
            if revision is not None:
                revision.end = len(atoms)
    inline.is_same = not inline.revisions
    return inline


def _revision(piece: _Piece, inline: Inline) -> Revision:
    """Return the change of a piece, which begins where a paragraph has been read to."""
    change, author, at = piece.group("change", "author", "at")
    begins = len(inline.atoms)
    revision = Revision(None, _SORTS[change], None, begins, begins, author.decode(), (at or b"").decode())
    inline.revisions.append(revision)
    return revision

"""A text as it is typed into a field, and back: line ends, footnote references, sets of states."""

import re
from collections.abc import Mapping, Sequence

from app.text.provision import Kind
from app.text.retyping import retyped
from app.text.runs import LINE_BREAK, NOTE, PARAGRAPH_BREAK, Text, plain, text

_REFERENCE = re.compile(r"\[\^[^\]\n]{0,20}\]")


def as_typed(content: Text, notes: Mapping[str, str], kind: Kind) -> str:
    """Return a text as it stands in a field: ``[^1]`` for a reference to note 1."""
    words = "".join(f"[^{notes.get(run.note, '*')}]" if run.note is not None else run.text for run in content)
    return words if kind is Kind.ROW else words.replace(LINE_BREAK, "\n")


def from_typed(old: Text, typed: str, kind: Kind) -> Text:
    """Return what was typed as a text: what stayed of *old* keeps its marks and references."""
    words = typed.replace("\r\n", "\n").replace("\r", "\n")
    # A reference the text has may stay or go; one it does not have is typed words.
    if any(run.note is not None for run in old):
        words = _REFERENCE.sub(NOTE, words)
    if plain(old) == plain(old).strip():
        words = words.strip()
    return retyped(old, words if kind is Kind.ROW else words.replace(PARAGRAPH_BREAK, LINE_BREAK))


def paragraphs(typed: str) -> Sequence[Text]:
    """Return the paragraphs of a field, which blank lines keep apart."""
    words = typed.replace("\r\n", "\n").replace("\r", "\n")
    pieces = (piece.strip().replace("\n", LINE_BREAK) for piece in re.split(r"\n[ \t]*\n", words))
    return tuple(text(piece) for piece in pieces if piece)

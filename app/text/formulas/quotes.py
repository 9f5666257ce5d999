"""Quotations, whatever their marks: put aside as one character each while the words around them are read."""

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field

_CLOSERS = {
    "«": "»", "“": "”", "„": "“”", "‘": "’", "「": "」", "『": "』", "《": "》", "‹": "›", '"': '"',
}  # fmt: skip
_FIRST, _LAST = 0xE100, 0xEFFF
QUOTE = f"[{chr(_FIRST)}-{chr(_LAST)}]"
"""Pattern of the one character that stands for a quotation."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TITLE_MARKS = "《》"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with their marks; both marks are empty for wording that stands without any."""

    words: str
    opening: str = ""
    closing: str = ""

    @property
    def written(self) -> str:
        """The quotation as it was written."""
        return f"{self.opening}{self.words}{self.closing}"

    @property
    def is_title(self) -> bool:
        """Whether the marks are those of a title, 《 》, which may belong to the words themselves."""
        return self.opening in _TITLE_MARKS and bool(self.opening)


@dataclass
class Quotations:
    """What was put aside, by the character that stands for it."""

    found: list[Quotation] = field(default_factory=list)

    def put(self, quotation: Quotation) -> str:
        """Return the character that stands for a quotation from now on."""
        self.found.append(quotation)
        return chr(_FIRST + len(self.found) - 1)

    def get(self, character: str) -> Quotation:
        """Return the quotation that a character stands for."""
        return self.found[ord(character) - _FIRST]

    def worded(self, words: str) -> str:
        """Return words with their quotations without marks."""
        return re.sub(QUOTE, lambda match: self.get(match.group()).words, words)

    def restored(self, words: str) -> str:
        """Return words with their quotations as they were written."""
        return re.sub(QUOTE, lambda match: self.get(match.group()).written, words)


def without_private(words: str) -> str:
    """Return words with a bullet for each private character, as pasted lists have them."""
    return _PRIVATE.sub("•", words)


def mask(words: str, quotations: Quotations, stops: Collection[int] = ()) -> str:
    """Return *words* with a character for each quotation, which goes to *quotations*.

    A quotation ends at the mark that closes it, nested ones inside; where closing marks were
    saved («План «Сеть») or a line of *stops* (offsets) begins first, at the first mark that may close it.
    """
    found: list[str] = []
    ends = sorted({*stops, len(words)})
    barren: dict[str, int] = {}
    """Opening mark to where the stretch ends in which nothing closes it: each is looked through once."""
    at = 0
    while at < len(words):
        opens = words[at] in _CLOSERS and len(quotations.found) < _LAST - _FIRST and at >= barren.get(words[at], 0)
        end = _end(words, at, stops) if opens else None
        if end is None:
            if opens:
                barren[words[at]] = ends[bisect_right(ends, at)]
            found.append(words[at])
            at += 1
            continue
        found.append(quotations.put(Quotation(words[at + 1 : end], words[at], words[end])))
        at = end + 1
    return "".join(found)


def _end(words: str, start: int, stops: Collection[int]) -> int | None:
    """Return where the quotation opened at *start* is closed: nested ones counted, else at the first closing mark."""
    stack = [words[start]]
    first: int | None = None
    for at in range(start + 1, len(words)):
        character = words[at]
        if at in stops:
            break
        if _closes(words, at, stack[-1]):
            stack.pop()
            if not stack:
                return at
        elif character in _CLOSERS and _opens(words, at):
            stack.append(character)
        if first is None and _closes(words, at, words[start]):
            first = at
    return first


def _closes(words: str, at: int, opening: str) -> bool:
    if words[at] not in _CLOSERS[opening]:
        return False
    # In ‘don’t’ the first ’ is an apostrophe.
    return words[at] != "’" or not words[at + 1 : at + 2].isalpha()


def _opens(words: str, at: int) -> bool:
    """Whether a mark that is the same at both ends, or may be an apostrophe, opens."""
    return words[at] not in '"‘' or not words[at - 1].isalnum()

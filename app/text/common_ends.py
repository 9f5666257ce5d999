"""Where two long texts differ: the stretch between what they begin and end with in common."""

from typing import Final

from rapidfuzz.distance import Postfix, Prefix

_WORDS: Final = 4
"""How many words of the common ends stay in the stretch, so that changes can slide and be seen in their place."""
_WORTH: Final = 60
"""Characters outside the stretch from which on it is worth the cutting."""


def differing(old: str, new: str) -> tuple[int, int] | None:
    """Return how many characters two texts begin and end with in common, a few words less; None where they are few.

    Each end is cut off between a word and a single space, where tokens and units end too.
    """
    least = min(len(old), len(new))
    left = Prefix.similarity(old, new)
    right = min(Postfix.similarity(old, new), least - left)
    start, end = _word_before(old, left), _word_after(old, len(old) - right)
    return (start, len(old) - end) if start + len(old) - end >= _WORTH else None


def _word_before(written: str, at: int) -> int:
    """Return where a word begins, some words before a place; 0 where there is none."""
    for _ in range(_WORDS):
        at = written.rfind(" ", 0, at)
        if at < 0:
            return 0
    return 0 if written[at + 1].isspace() else at + 1


def _word_after(written: str, at: int) -> int:
    """Return where a word ends, some words after a place; the end of the text where there is none."""
    for _ in range(_WORDS):
        at = written.find(" ", at) + 1
        if at == 0:
            return len(written)
    return len(written) if written[max(at - 2, 0) : at - 1].isspace() else at - 1

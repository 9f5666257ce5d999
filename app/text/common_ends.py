"""Where two long texts differ: the stretch between what they begin and end with in common."""

from typing import Final

_WORDS: Final = 4
"""How many words of the common ends stay in the stretch, so that changes can slide and be seen in their place."""
_WORTH: Final = 60
"""Characters outside the stretch from which on it is worth the cutting."""


def differing(old: str, new: str) -> tuple[int, int] | None:
    """Return how many characters two texts begin and end with in common, a few words less; None where they are few.

    Each end is cut off between a word and a single space, where tokens and units end too.
    """
    least = min(len(old), len(new))
    left = _begun(old, new, least)
    right = _ended(old, new, least - left)
    start, end = _word_before(old, left), _word_after(old, len(old) - right)
    return (start, len(old) - end) if start + len(old) - end >= _WORTH else None


def _begun(one: str, other: str, most: int) -> int:
    """Return how many characters two texts begin with in common, at most *most*."""
    sure = 0
    while sure < most:
        middle = (sure + most + 1) // 2
        if one.startswith(other[sure:middle], sure):
            sure = middle
        else:
            most = middle - 1
    return sure


def _ended(one: str, other: str, most: int) -> int:
    """Return how many characters two texts end with in common, at most *most*."""
    sure, end, other_end = 0, len(one), len(other)
    while sure < most:
        middle = (sure + most + 1) // 2
        if one.endswith(other[other_end - middle : other_end - sure], 0, end - sure):
            sure = middle
        else:
            most = middle - 1
    return sure


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

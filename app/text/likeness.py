"""Likeness: how much two provisions have in common, and which of two stretches correspond by it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from app.text.common_ends import differing
from app.text.folding import folded_words
from app.text.provision import Kind
from app.text.tokens import HAN

ALIKE = 0.35
"""From here on two provisions at corresponding places are one."""
NEAR = 0.6
"""From here on they are one inside a long stretch without any equal text."""
FAR = 0.75
"""From here on they are one wherever they stand."""

_PIECES = re.compile(rf"[{HAN}]|[^\W{HAN}]+")
_QUOTES = re.compile("[«»„“”‟‹›‘’‚‛'「」『』《》]")
_LONG_WORD = 7
_MOST_COMMON = 8
"""Phrases that occur more often than this tell nothing of where a provision went."""
_BAND = 20
_MOST_CELLS = 2500


@dataclass(frozen=True)
class Worded:
    """What is compared of a provision.

    Attributes:
        at: Its position in the text.
        sort: Only what is of one sort can be the same.
        written: Its words, letter by letter.
    """

    at: int
    sort: str
    kind: Kind
    written: str

    @cached_property
    def words(self) -> str:
        """Its words, folded: composed forms, case and kinds of quotation marks do not count."""
        return _QUOTES.sub('"', folded_words(self.written))

    @property
    def letters(self) -> tuple[str, str]:
        """What is equal where two provisions have the same text letter by letter."""
        return self.sort, self.written

    @property
    def same(self) -> tuple[str, str]:
        """What is equal where two provisions have the same text."""
        return self.sort, self.words

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Its words and Han characters, in order."""
        return _pieces(self.words)

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(self.pieces)


def _pieces(words: str) -> tuple[str, ...]:
    return tuple(_PIECES.findall(words))


def likeness(one: Worded, other: Worded) -> float:
    """Return how much two provisions have in common, 0 to 1: the words both have in one order, of all words."""
    if one.sort != other.sort:
        return 0.0
    left, right = differing(one.words, other.words) or (0, 0)
    equal = len(_pieces(one.words[:left])) + len(_pieces(one.words[len(one.words) - right :]))
    return _shared(equal, *_middles(one, other, left, right))


def least_likeness(one: Worded, other: Worded) -> float:
    """Return a likeness that two provisions have at least: as if they did not begin and end with the same words."""
    if one.sort != other.sort:
        return 0.0
    return _shared(0, *_middles(one, other, *(differing(one.words, other.words) or (0, 0))))


def _middles(one: Worded, other: Worded, left: int, right: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of both without so many characters at the ends."""
    if not left and not right:
        return one.pieces, other.pieces
    return _pieces(one.words[left : len(one.words) - right]), _pieces(other.words[left : len(other.words) - right])


def _shared(equal: int, here: Sequence[str], there: Sequence[str]) -> float:
    """Return the part of all words that are in both texts: *equal* ones, and those in one order of the rest."""
    total = 2 * equal + len(here) + len(there)
    return 2 * (equal + LCSseq.similarity(here, there)) / total if total else 0.0


def equal_in_order(old: Sequence[Worded], new: Sequence[Worded]) -> list[tuple[int, int]]:
    """Return a longest run of equal provisions, as pairs of positions in the two stretches."""
    numbers: dict[tuple[str, str], int] = {}
    here = [numbers.setdefault(one.same, len(numbers)) for one in old]
    if not any(one.same in numbers for one in new):
        return []
    there = [numbers.setdefault(one.same, len(numbers)) for one in new]
    blocks = LCSseq.editops(here, there).as_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def aligned(old: Sequence[Worded], new: Sequence[Worded]) -> list[tuple[int, int]]:
    """Return the pairs of two stretches that are alike, in order, as alike as can be altogether."""
    if len(old) == len(new) == 1:
        return [(0, 0)] if _stands_for(old[0], new[0]) else []
    if len(old) * len(new) > _MOST_CELLS:
        return _first_alike(old, new)
    return _best(old, new)


def _stands_for(one: Worded, other: Worded) -> bool:
    """Whether the only provision between two others is the one that stood there: alike, or as short as a heading."""
    # What costs least first.
    if least_likeness(one, other) >= ALIKE or likeness(one, other) >= ALIKE:
        return True
    return one.sort == other.sort and one.kind is other.kind and max(one.count, other.count) <= 4


def _best(old: Sequence[Worded], new: Sequence[Worded]) -> list[tuple[int, int]]:
    """Return the pairs whose likenesses, squared, have the greatest sum: one good pair before two poor ones."""
    if len(old) == len(new) and (_are_pairs(map(least_likeness, old, new)) or _are_pairs(map(likeness, old, new))):
        return [(at, at) for at in range(len(old))]
    scores = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likes: dict[tuple[int, int], float] = {}
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            like = likeness(old[i], new[j])
            likes[i, j] = like**2 if like >= ALIKE else -1.0
            scores[i][j] = max(scores[i + 1][j], scores[i][j + 1], scores[i + 1][j + 1] + likes[i, j])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likes[i, j] > 0 and scores[i][j] == scores[i + 1][j + 1] + likes[i, j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif scores[i][j] == scores[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _are_pairs(likes: Iterable[float]) -> bool:
    """Whether the pairs of two stretches, one by one, are so alike that fewer cannot be as alike altogether."""
    each = list(likes)
    return min(each) >= ALIKE and sum(like**2 for like in each) > len(each) - 1


def _first_alike(old: Sequence[Worded], new: Sequence[Worded]) -> list[tuple[int, int]]:
    """Return for each provision the first like it that follows soon: for stretches too long to weigh."""
    found, done = [], 0
    for i, one in enumerate(old):
        for j in range(done, min(done + _BAND, len(new))):
            if likeness(one, new[j]) >= NEAR:
                found.append((i, j))
                done = j + 1
                break
    return found


def candidates(old: Sequence[Worded], new: Sequence[Worded]) -> list[tuple[int, int, float]]:
    """Return the pairs that like each other best, with their likeness, found by the rare phrases they share."""
    where: dict[tuple[str, ...], list[int]] = {}
    for j, one in enumerate(new):
        for phrase in _phrases(one):
            where.setdefault(phrase, []).append(j)
    best_of_new: dict[int, tuple[float, int]] = {}
    best_of_old: dict[int, tuple[float, int]] = {}
    for i, one in enumerate(old):
        votes: dict[int, int] = {}
        for phrase in _phrases(one):
            places = where.get(phrase, ())
            for j in places if len(places) <= _MOST_COMMON else ():
                votes[j] = votes.get(j, 0) + 1
        for j in sorted(votes, key=lambda j: (-votes[j], j))[:2]:
            like = likeness(one, new[j])
            best_of_old[i] = max(best_of_old.get(i, (like, -j)), (like, -j))
            best_of_new[j] = max(best_of_new.get(j, (like, -i)), (like, -i))
    return [(i, -j, like) for i, (like, j) in best_of_old.items() if best_of_new[-j] == (like, -i)]


def _phrases(one: Worded) -> set[tuple[str, ...]]:
    """Return the phrases of three that begin with a long word; all of them where these are few."""
    pieces = one.pieces
    if len(pieces) < 3:
        return {pieces}
    every: list[tuple[str, ...]] = list(zip(pieces, pieces[1:], pieces[2:], strict=False))
    some = {phrase for phrase in every if len(phrase[0]) >= _LONG_WORD} if len(every) > 12 else set()
    return some if len(some) >= 4 else set(every)

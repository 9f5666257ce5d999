"""Differences between two texts: the minimal ones that are composed, and the redline that is shown."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, compress
from operator import and_, itemgetter, ne
from typing import NamedTuple, TypeAlias, TypeVar

from rapidfuzz.distance import LCSseq

from app.text.common_ends import differing
from app.text.provision import States
from app.text.runs import LINE_BREAK, PARAGRAPH_BREAK, Run, Text
from app.text.tokens import Token, are_a_word, is_han, is_word, tokens, untokenize

T = TypeVar("T", bound=Hashable)
_Step: TypeAlias = tuple[int, int, tuple[T, ...]]


class Edit(NamedTuple):
    """Delete ``old[start:end]`` and put *tokens* there, before the deleted run."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def edits(old: Sequence[Token], new: Sequence[Token]) -> tuple[Edit, ...]:
    """Return the fewest edits that turn *old* into *new*, from left to right.

    The same pair always gives the same edits. Neighbours are joined, so that a
    replacement is one edit; what could slide stands as far left as it can.
    """
    return tuple(Edit(*step) for step in _script(tuple(old), tuple(new)))


class Tokenized:
    """A text as tokens, to be told apart from several others.

    Attributes:
        pieces: Its tokens.
    """

    def __init__(self, content: Text) -> None:
        self._content = content
        self.pieces = tokens(content)

    def edits_to(self, new: Text) -> tuple[Edit, ...]:
        """Return the fewest edits that make *new* of it, as ``edits`` does."""
        ends = _common_ends(self._content, new)
        if ends is not None:
            left, right = ends
            written, marks = new[0].text, int(new[0].marks)
            start, end = bisect_left(self._offsets, left), bisect_left(self._offsets, self._offsets[-1] - right)
            there = tokens([Run(written[left : len(written) - right], marks)])
            steps = _script(self.pieces[start:end], there)
            if not (left and steps and steps[0][0] == 0):
                return tuple([Edit(start + begun, start + done, piece) for begun, done, piece in steps])
        return edits(self.pieces, tokens(new))

    @cached_property
    def _offsets(self) -> list[int]:
        return [0, *accumulate(map(len, map(itemgetter(0), self.pieces)))]


def _common_ends(old: Text, new: Text) -> tuple[int, int] | None:
    """Return what two texts of one look begin and end with in common, as ``differing``; None where they are not."""
    if len(old) == len(new) == 1 and old[0].marks == new[0].marks and old[0].note is new[0].note is None:
        return differing(old[0].text, new[0].text)
    return None


def _script(old: tuple[T, ...], new: tuple[T, ...]) -> "list[_Step[T]]":
    steps = _leftmost(old, _raw(old, new)) if old != new else []
    assert _applied(old, steps) == new, "edits that do not rebuild the text"
    return steps


def _raw(old: tuple[T, ...], new: tuple[T, ...]) -> "list[_Step[T]]":
    """Return the steps around a longest common subsequence; what is equal at both ends is cut off first."""
    shorter = min(len(old), len(new))
    left = _common(old, new, shorter)
    right = _common(reversed(old), reversed(new), shorter - left)
    here, there = old[left : len(old) - right], new[left : len(new) - right]
    if not here or not there or len(here) == len(there) == 1:
        return [(left, left + len(here), there)]
    numbers: dict[T, int] = {}
    blocks = LCSseq.editops(
        [numbers.setdefault(item, len(numbers)) for item in here],
        [numbers.setdefault(item, len(numbers)) for item in there],
    ).as_matching_blocks()
    steps, start, begin = [], 0, 0
    for block in blocks:
        steps.append((left + start, left + block.a, there[begin : block.b]))
        start, begin = block.a + block.size, block.b + block.size
    return steps


def _common(one: Iterable[T], other: Iterable[T], most: int) -> int:
    """Return how many items two sequences begin with in common, at most *most*."""
    # In C: of a long paragraph nearly everything is common.
    return next(compress(range(most), map(ne, one, other)), most)


def _leftmost(old: tuple[T, ...], steps: "list[_Step[T]]") -> "list[_Step[T]]":
    """Slide every pure insertion or deletion left, and join what then touches."""
    settled: list[_Step[T]] = []
    for start, end, piece in steps:
        moved = _slid(old, (start, end, piece), settled[-1][1] if settled else 0)
        # A joined step may slide on: two deletions that meet are one longer deletion.
        while settled and settled[-1][1] == moved[0]:
            before = settled.pop()
            joined = (before[0], moved[1], before[2] + moved[2])
            moved = _slid(old, joined, settled[-1][1] if settled else 0)
        settled.append(moved)
    return settled


def _slid(old: tuple[T, ...], step: "_Step[T]", floor: int) -> "_Step[T]":
    start, end, piece = step
    if start == end:
        while start > floor and old[start - 1] == piece[-1]:
            piece = (piece[-1], *piece[:-1])
            start -= 1
        return start, start, piece
    if not piece:
        while start > floor and old[start - 1] == old[end - 1]:
            start, end = start - 1, end - 1
    return start, end, piece


def _applied(old: tuple[T, ...], steps: "list[_Step[T]]") -> tuple[T, ...]:
    built: list[T] = []
    done = 0
    for start, end, piece in steps:
        built += old[done:start]
        built += piece
        done = end
    built += old[done:]
    return tuple(built)


class Mark(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a redline."""

    mark: Mark
    text: Text


_Unit: TypeAlias = tuple[Token, ...]
_JOINERS = frozenset("-\u2010\u2011'\u2019")
_BREAKS = frozenset((PARAGRAPH_BREAK, LINE_BREAK))
_STOPS = frozenset(".;:!?。；：！？，、\n\u2028")
_SEEN_BEFORE = 2
"""How many units before a change ``_neatness`` looks at."""


def redline(old: Text, new: Text) -> tuple[Span, ...]:
    """Return the difference of two texts as a person would draw it.

    What is kept and deleted is *old*, what is kept and inserted is *new*, marks
    included; of a replacement the deleted words stand first. Whole words change. A lone
    word, one or two Han characters, or mere spaces and punctuation left over between
    two changes are drawn as changed too, unless both changes are plain insertions or
    both plain deletions, which a hand sets one by one.
    """
    before, steps = drawn(old, new)
    found: list[tuple[Mark, tuple[Token, ...]]] = []
    done = 0
    for start, end, piece in steps:
        found += [(Mark.KEPT, before[done:start]), (Mark.DELETED, before[start:end]), (Mark.INSERTED, piece)]
        done = end
    found.append((Mark.KEPT, before[done:]))
    return tuple(Span(mark, untokenize(pieces)) for mark, pieces in found if pieces)


def drawn(old: Text, new: Text) -> tuple[tuple[Token, ...], tuple[Edit, ...]]:
    """Return the pieces of *old* and the edits between two texts as ``redline`` draws them.

    The pieces are tokens; what the texts begin and end with in common may be one piece at each end.
    """
    ends = _common_ends(old, new)
    found = None if ends is None else _drawn_between(old[0].text, new[0].text, int(old[0].marks), *ends)
    if found is not None:
        return found
    pieces = tokens(old)
    return pieces, shown_edits(pieces, tokens(new))


def _drawn_between(
    old: str, new: str, marks: int, left: int, right: int
) -> tuple[tuple[Token, ...], tuple[Edit, ...]] | None:
    """Return pieces and edits of two texts, from their common ends; None where these have to be looked at."""
    here = tokens([Run(old[left : len(old) - right], marks)])
    there = tokens([Run(new[left : len(new) - right], marks)])
    before = _units(here)
    steps = _script(before, _units(there))
    if steps and ((left and steps[0][0] < _SEEN_BEFORE) or (right and _slides_out(before, steps[-1]))):
        return None
    first = (Token(old[:left], marks),) if left else ()
    last = (Token(old[len(old) - right :], marks),) if right else ()
    return (*first, *here, *last), _shown(before, steps, len(first))


def _slides_out(old: tuple[_Unit, ...], step: "_Step[_Unit]") -> bool:
    """Whether a plain insertion or deletion could stand as well at every place up to the end."""
    start, end, piece = step
    if piece and start != end:
        return False
    repeated = piece or old[start:end]
    return all(unit == repeated[at % len(repeated)] for at, unit in enumerate(old[end:]))


def shown_edits(old: Sequence[Token], new: Sequence[Token]) -> tuple[Edit, ...]:
    """Return the edits between two texts as they are drawn, not the fewest: see ``redline``."""
    before = _units(old)
    return _shown(before, _script(before, _units(new)), 0)


def _shown(old: tuple[_Unit, ...], steps: "list[_Step[_Unit]]", pieces: int) -> tuple[Edit, ...]:
    """Return the fewest edits as they are drawn, *pieces* standing before the units."""
    offsets = [*accumulate(map(len, old), initial=pieces)]
    return tuple(
        Edit(offsets[start], offsets[end], tuple(t for u in piece for t in u))
        for start, end, piece in _without_islands(old, _well_placed(old, steps))
    )


def redline_states(old: States, new: States) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return who stays in a set of states, who leaves and who joins."""
    return old.members & new.members, old.members - new.members, new.members - old.members


def _units(pieces: Sequence[Token]) -> tuple[_Unit, ...]:
    """Return the words as they are seen: "5G" and "12-й" are one, also where the marks change inside."""
    written = [token.text for token in pieces]
    words = list(map(are_a_word, written))
    if _JOINERS.isdisjoint(written) and not any(map(and_, words, words[1:])):
        return tuple(zip(pieces, strict=True))  # nearly every paragraph, and in C
    units: list[list[Token]] = []
    for i, token in enumerate(pieces):
        if words[i]:
            joined = bool(units) and (words[i - 1] or len(units[-1]) > 1)
        else:
            joined = token.text in _JOINERS and 0 < i < len(pieces) - 1 and words[i - 1] and words[i + 1]
        if joined:
            units[-1].append(token)
        else:
            units.append([token])
    return tuple(map(tuple, units))


def _well_placed(old: tuple[_Unit, ...], steps: "list[_Step[_Unit]]") -> "list[_Step[_Unit]]":
    """Slide plain insertions and deletions to where a sentence, or else a word, begins."""
    placed = []
    for i, (start, end, piece) in enumerate(steps):
        ceiling = steps[i + 1][0] - 1 if i + 1 < len(steps) else len(old)
        if piece and start != end:
            placed.append((start, end, piece))
            continue
        choices = [(start, end, piece)]
        if not piece:
            while end < ceiling and old[start] == old[end]:
                start, end = start + 1, end + 1
                choices.append((start, end, piece))
        else:
            while end < ceiling and old[end] == piece[0]:
                piece = (*piece[1:], piece[0])
                start = end = end + 1
                choices.append((start, end, piece))
        placed.append(max(choices, key=lambda step: _neatness(old, step)))
    return placed


def _neatness(old: tuple[_Unit, ...], step: "_Step[_Unit]") -> tuple[bool, bool]:
    start, end, piece = step
    changed = piece or old[start:end]
    words_before = [unit for unit in old[max(0, start - 2) : start] if not unit[0].text.isspace()]
    begins_sentence = not words_before or words_before[-1][0].text in _STOPS
    return begins_sentence and changed[0][0].text not in _STOPS, changed[0][0].text not in _STOPS


def _without_islands(old: tuple[_Unit, ...], steps: "list[_Step[_Unit]]") -> "list[_Step[_Unit]]":
    merged: list[_Step[_Unit]] = []
    for step in steps:
        if merged:
            before = merged[-1]
            island = old[before[1] : step[0]]
            if _is_small(island) and not _stand_apart(before, step, island):
                merged[-1] = (before[0], step[1], before[2] + island + step[2])
                continue
        merged.append(step)
    return merged


def _is_small(island: tuple[_Unit, ...]) -> bool:
    if any(token.text in _BREAKS or token.note is not None for unit in island for token in unit):
        return False
    words = sum(is_word(unit[0]) for unit in island)
    characters = sum(is_han(unit[0]) for unit in island)
    return words + characters <= 1 or (words == 0 and characters <= 2)


def _stand_apart(before: "_Step[_Unit]", after: "_Step[_Unit]", island: tuple[_Unit, ...]) -> bool:
    """Whether both are plain insertions, or both plain deletions, around something other than Han characters."""
    inserting = before[0] == before[1] and after[0] == after[1]
    deleting = not before[2] and not after[2]
    return (inserting or deleting) and not any(is_han(unit[0]) for unit in island)

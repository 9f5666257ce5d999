"""Two wordings of one text as steps of a letter: replace, delete and insert words that are quoted unmistakably."""

from collections.abc import Iterator
from typing import NamedTuple

from app.text.differences import Mark, redline
from app.text.formulas.matching import inserted, occurrences, removed
from app.text.runs import NOTE, Run, plain, text
from app.text.tokens import tokens

_WIDEST = 8
"""Words to either side that a quotation is widened by, until it stands in the text once."""


class Step(NamedTuple):
    """One formula on words: ``replace``, ``delete_words``, ``insert_after`` or ``insert_before``."""

    verb: str
    old: str
    new: str


def steps(old: str, new: str) -> tuple[Step, ...] | None:
    """Return steps that, taken in their order, turn one wording into another; None where there are none.

    No letter can write a footnote reference, so none is quoted.
    """
    found: list[Step] = []
    now, done = old, 0
    for start, end, words in _edits(old, new):
        shift = len(now) - len(old)
        wanted = now[: start + shift] + words + now[end + shift :]
        options = _options(now, start + shift, end + shift, words)
        step = next((one for one in options if NOTE not in one.old + one.new and taken(now, one) == wanted), None)
        if step is None:
            return None
        found.append(step)
        now, done = wanted, done + 1
    return tuple(found)


def taken(content: str, step: Step) -> str | None:
    """Return a text after a step; None where its quotation does not stand there exactly once."""
    places = occurrences(content, step.old)
    if len(places) != 1:
        return None
    start, end = places[0]
    match step.verb:
        case "replace":
            return content[:start] + step.new + content[end:]
        case "insert_after":
            return inserted(content, end, step.new)
        case "insert_before":
            return inserted(content, start, step.new)
        case _:
            return removed(content, start, end)


def _edits(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, words) in characters of *old*, small islands between two edits joined."""
    at, start, words = 0, 0, ""
    for span in redline(text(*_runs(old)), text(*_runs(new))):
        written = plain(span.text)
        if span.mark is Mark.KEPT:
            if at > start or words:
                yield start, at, words
            at += len(written)
            start, words = at, ""
        elif span.mark is Mark.DELETED:
            at += len(written)
        else:
            words += written
    if at > start or words:
        yield start, at, words


def _runs(words: str) -> Iterator[Run]:
    pieces = words.split(NOTE)
    for number, piece in enumerate(pieces):
        if number:
            yield Run(NOTE, 0, "note")
        yield Run(piece)


def _options(now: str, start: int, end: int, words: str) -> Iterator[Step]:
    """Yield steps that may make one edit, the shortest quotations first."""
    old, new = now[start:end].strip(), words.strip()
    before, after = _bounds(now, start, end)
    if not old and new:
        for left in before:
            yield Step("insert_after", now[left:start].strip(), new)
        for right in after:
            yield Step("insert_before", now[end:right].strip(), new)
    if old and not new:
        yield Step("delete_words", old, "")
    for left, right in _widened(before, after, start, end):
        quoted, wished = now[left:right], now[left:start] + words + now[end:right]
        if wished.strip():
            yield Step("replace", quoted, wished)


def _bounds(now: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return where quotations may begin before *start* and end after *end*, the nearest first."""
    offsets = [0]
    for token in tokens((Run(now),)):
        offsets.append(offsets[-1] + len(token.text))
    before = [at for at in reversed(offsets) if at < start and not now[at : at + 1].isspace()]
    after = [at for at in offsets if at > end and not now[at - 1 : at].isspace()]
    return before[:_WIDEST], after[:_WIDEST]


def _widened(before: list[int], after: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield stretches around an edit: itself, then wider by a word on one side or on both."""
    lefts, rights = [start, *before], [end, *after]
    for width in range(len(lefts) + len(rights)):
        for left in range(max(0, width - len(rights) + 1), min(width, len(lefts) - 1) + 1):
            yield lefts[left], rights[width - left]

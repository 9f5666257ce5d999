"""Retyping: a text edited as plain characters, given back the marks that rode on what was left untouched."""

from collections.abc import Sequence
from itertools import groupby

from app.text.differences import edits
from app.text.runs import NOTE, Run, Text, plain, text
from app.text.tokens import Token, tokens


def retyped(old: Text, new_plain: str) -> Text:
    """Return *new_plain* with the marks of *old* wherever its characters stayed.

    The characters of the result are those of *new_plain*, but for line ends, forbidden
    characters and a ``NOTE`` that stands for no footnote reference of *old*: those are
    dropped, as ``text`` drops them. What is typed inside a stretch of equal marks takes
    them on, as it does on paper; elsewhere it is plain. A reference stays where its
    ``NOTE`` character stays, and goes where it was deleted.
    """
    typed = plain(text(new_plain.replace(NOTE, "\ufffb"))).replace("\ufffb", NOTE)
    before = _characters(old)
    if "".join(c.text for c in before) == typed:
        return old
    result: list[Token] = []
    done = 0
    for start, end, words in _steps(plain(old), typed):
        result += before[done:start]
        result += _marked(before, start, end, words)
        done = end
    return text(*(Run(*c) for c in (*result, *before[done:])))


def in_marks_of(old: Text, new: Text) -> Text:
    """Return the words of *new* in the marks of *old* wherever they stayed; what is new keeps its own.

    So a change of format alone leaves *old*. Texts with different footnote references are left as they are.
    """
    if old == new or [run.note for run in old if run.note] != [run.note for run in new if run.note]:
        return new
    if len({run.marks for run in (*old, *new)}) < 2:
        return new
    before, after = _characters(old), _characters(new)
    result: list[Token] = []
    done = begun = 0
    for start, end, words in _steps(plain(old), plain(new)):
        result += before[done:start]
        begun += start - done
        result += after[begun : begun + len(words)]
        begun, done = begun + len(words), end
    return text(*(Run(*c) for c in (*result, *before[done:])))


def _characters(content: Text) -> list[Token]:
    return [Token(character, run.marks, run.note) for run in content for character in run.text]


def _steps(old: str, new: str) -> list[tuple[int, int, str]]:
    """Return the edits between two plain texts in characters: by tokens, then by characters inside an edit."""
    before, after = _plain_tokens(old), _plain_tokens(new)
    offsets = [0]
    for token in before:
        offsets.append(offsets[-1] + len(token.text))
    found: list[tuple[int, int, str]] = []
    for start, end, added in edits(before, after):
        left, right = offsets[start], offsets[end]
        found += _within(old[left:right], "".join(token.text for token in added), left)
    return found


def _plain_tokens(characters: str) -> tuple[Token, ...]:
    # A reference must be a token of its own here too, or it would be lost with the word it touches.
    pieces: list[Token] = []
    for is_note, group in groupby(characters, lambda c: c == NOTE):
        stretch = "".join(group)
        pieces += [Token(NOTE) for _ in stretch] if is_note else tokens((Run(stretch),))
    return tuple(pieces)


def _within(old: str, new: str, at: int) -> list[tuple[int, int, str]]:
    """Keep what is equal at both ends of a replaced stretch, or all of it where it was written around."""
    if old and (whole := new.find(old)) >= 0:
        return [(at, at, new[:whole]), (at + len(old), at + len(old), new[whole + len(old) :])]
    shorter = min(len(old), len(new))
    left = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    right = next((i for i in range(shorter - left) if old[-1 - i] != new[-1 - i]), shorter - left)
    return [(at + left, at + len(old) - right, new[left : len(new) - right])]


def _marked(before: Sequence[Token], start: int, end: int, words: str) -> list[Token]:
    marks = _marks_at(before, start, end)
    return [Token(character, marks) for character in words if character != NOTE]


def _marks_at(before: Sequence[Token], start: int, end: int) -> int:
    """Return the marks that new characters take on in place of [start, end)."""
    replaced = {c.marks for c in before[start:end] if c.note is None}
    if replaced:
        return replaced.pop() if len(replaced) == 1 else 0
    neighbours = [before[i] for i in (start - 1, end) if 0 <= i < len(before)]
    marks = {c.marks for c in neighbours if c.note is None}
    return marks.pop() if len(marks) == 1 and len(neighbours) == 2 else 0

"""Text as it was written: characters with the inline marks that ride on them."""

import re
from collections.abc import Iterable
from enum import IntFlag
from typing import NamedTuple, TypeAlias

PARAGRAPH_BREAK = "\n"
"""A paragraph break inside a cell; never at either end of a provision's own text."""
LINE_BREAK = "\u2028"
TAB = "\t"
NOTE = "\ufffc"
"""The one character of a footnote reference's run; the note's key is in ``Run.note``."""


class Marks(IntFlag):
    """Inline marks; stored as their number."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    UNDERLINE = 4
    SUPERSCRIPT = 8
    SUBSCRIPT = 16


class Run(NamedTuple):
    """A stretch of characters with equal marks, or one footnote reference."""

    text: str
    marks: int = Marks.PLAIN
    note: str | None = None


Text: TypeAlias = tuple[Run, ...]
"""Runs in reading order, neighbours with equal marks joined, no run empty."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def text(*runs: Run | str) -> Text:
    """Return the runs as one Text: neighbours joined, empty ones and forbidden characters dropped.

    ``NOTE`` stands only in a run with a note; elsewhere it is dropped, as are the
    characters that XML 1.0 (2.2) forbids. CR LF and CR become a paragraph break.
    """
    joined: list[Run] = []
    for run in runs:
        written, marks, note = (run, 0, None) if isinstance(run, str) else run
        if note is not None:
            joined.append(Run(NOTE, int(marks), note))
            continue
        if NOTE in written or not written.isprintable():
            written = _clean(written)
        if not written:
            continue
        if joined and joined[-1].note is None and joined[-1].marks == marks:
            joined[-1] = Run(joined[-1].text + written, int(marks))
        else:
            joined.append(Run(written, int(marks)))
    return tuple(joined)


def _clean(written: str) -> str:
    """Return characters without those that ``text`` drops; all but ``NOTE`` are what ``str.isprintable`` denies."""
    return _CONTROLS.sub("", written.replace("\r\n", "\n").replace("\r", "\n")).replace(NOTE, "")


def plain(content: Iterable[Run]) -> str:
    """Return the characters alone, each footnote reference as one ``NOTE`` character."""
    return "".join([run.text for run in content])

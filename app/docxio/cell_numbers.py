"""Numbers at the head of a cell's paragraphs: Word counts them on when a row goes or comes, which nobody asked for."""

import re

from app.docxio.line_text import cut
from app.text.provision import Content, States
from app.text.runs import PARAGRAPH_BREAK, Run, Text, plain, text

_NUMBER = re.compile(r"\(?[\w.]{1,8}[.)、）]\s+(?=\S)")
"""What may be a number: a short word too, where two texts are known to be one."""
_COUNTED = re.compile(
    r"[(（]?(?:(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivxlc]{1,6}|[IVXLC]{2,6}|[一二三四五六七八九十百]{1,4})[.)、）]|[^\W\d_][)）])\s+(?=\S)"
)
"""What is one; "Plan." and "A. Novak" are words."""


def numbered_as(content: Text, model: Text) -> Text:
    """Return a cell's words with the numbers of its paragraphs as *model* has them, where it has as many paragraphs."""
    new, old = plain(content).split(PARAGRAPH_BREAK), plain(model).split(PARAGRAPH_BREAK)
    if new == old or len(new) != len(old):
        return content
    found: list[Run] = []
    at = copied = 0
    for now, was in zip(new, old, strict=True):
        own, known = _COUNTED.match(now), _COUNTED.match(was)
        if own and known and own[0] != known[0]:
            found += [*cut(content, copied, at), Run(known[0])]
            copied = at + own.end()
        at += len(now) + 1
    return text(*found, *cut(content, copied)) if copied else content


def without_numbers(content: Content) -> Content:
    """Return a cell's words without the numbers of its paragraphs; a set of states as it is."""
    if isinstance(content, States) or not any(_NUMBER.match(line) for line in plain(content).split(PARAGRAPH_BREAK)):
        return content
    found: list[Run] = []
    at = 0
    for line in plain(content).split(PARAGRAPH_BREAK):
        match = _NUMBER.match(line)
        found += cut(content, at + match.end() if match else at, at + len(line) + 1)
        at += len(line) + 1
    return text(*found)

"""Tokens: what differences are drawn between."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from app.text.runs import NOTE, Run, Text, text


class Token(NamedTuple):
    """A word, number, space, punctuation mark, Han character, break or footnote reference.

    Two tokens are the same when characters, marks and note are.
    """

    text: str
    marks: int = 0
    note: str | None = None


HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002ffff\U00030000-\U0003ffff"
)
# A word keeps inner hyphens and apostrophes (WRC-12, don't, ИКТ-инфраструктура); a number its inner separators.
_TOKEN = re.compile(
    rf"[^\W\d_{HAN}][^\W{HAN}]*+(?:[\u0300-\u036f\u00ad]++[^\W{HAN}]*+)*+(?:[-\u2010\u2011'\u2019][^\W{HAN}]++)*+"
    r"|[ \u00a0\u202f\u2009\u3000]++"
    r"|\d++(?:[.,:/]\d++)*+"
    r"|.",
    re.DOTALL,
)


# Texts repeat their words: one Token for each spelling saves most of the making, and compares by identity.
_token = lru_cache(maxsize=1 << 16)(Token)


def tokens(content: Iterable[Run]) -> tuple[Token, ...]:
    """Return the tokens of a text; a word is cut where its marks change."""
    found: list[Token] = []
    for run in content:
        if run.note is not None:
            found.append(Token(NOTE, run.marks, run.note))
        else:
            found.extend(map(_token, _TOKEN.findall(run.text), repeat(int(run.marks))))
    return tuple(found)


def untokenize(pieces: Iterable[Token]) -> Text:
    """Return the text of a sequence of tokens; ``untokenize(tokens(t)) == t``."""
    runs: list[Run] = []
    for (marks, note), group in groupby(pieces, key=itemgetter(1, 2)):
        if note is None:
            runs.append(Run("".join(map(itemgetter(0), group)), marks))
        else:
            runs.extend(Run(*token) for token in group)
    return text(*runs)


_HAN = re.compile(f"[{HAN}]")


def is_han(token: Token) -> bool:
    """Whether the token is a Han character."""
    return _HAN.match(token.text) is not None


def is_word(token: Token) -> bool:
    """Whether the token is a word or a number; a Han character is neither."""
    return are_a_word(token.text)


@lru_cache(maxsize=1 << 16)
def are_a_word(characters: str) -> bool:
    """Whether the characters of a token are a word or a number."""
    return characters[0].isalnum() and _HAN.match(characters) is None


def is_space(token: Token) -> bool:
    """Whether the token is white space, a tab or a break."""
    return token.text.isspace()

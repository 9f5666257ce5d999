"""Tokens: what differences are drawn between."""

import re
from collections.abc import Iterable, Sequence
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
    rf"[{HAN}]"
    r"|\d+(?:[.,:/]\d+)*"
    rf"|(?:(?![{HAN}])[^\W\d_])(?:(?![{HAN}])[\w\u0300-\u036f\u00ad])*(?:[-\u2010\u2011'\u2019](?:(?![{HAN}])\w)+)*"
    r"|[ \u00a0\u202f\u2009\u3000]+"
    r"|.",
    re.DOTALL,
)


def tokens(content: Iterable[Run]) -> tuple[Token, ...]:
    """Return the tokens of a text; a word is cut where its marks change."""
    found: list[Token] = []
    for run in content:
        if run.note is not None:
            found.append(Token(NOTE, run.marks, run.note))
        else:
            found.extend(Token(piece, run.marks) for piece in _TOKEN.findall(run.text))
    return tuple(found)


def untokenize(pieces: Sequence[Token]) -> Text:
    """Return the text of a sequence of tokens; ``untokenize(tokens(t)) == t``."""
    return text(*(Run(*piece) for piece in pieces))


_HAN = re.compile(f"[{HAN}]")


def is_han(token: Token) -> bool:
    """Whether the token is a Han character."""
    return _HAN.match(token.text) is not None


def is_word(token: Token) -> bool:
    """Whether the token is a word or a number; a Han character is neither."""
    return token.text[0].isalnum() and not is_han(token)


def is_space(token: Token) -> bool:
    """Whether the token is white space, a tab or a break."""
    return token.text.isspace()

"""What a language's formulas are made of: names of places and verbs, as patterns; quotations are put aside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeVar

_K = TypeVar("_K")

PLACE = "[\uf000-\uf8ff]"
"""Pattern of the one character that stands for a place once it is read."""
FIRST_PLACE = 0xF000


class Unit(IntEnum):
    """What a place is named by, from the widest to the narrowest."""

    WHOLE = 0
    ANNEX = 1
    SECTION = 2
    PREAMBLE = 3
    TABLE = 4
    PARAGRAPH = 5
    ROW = 6
    NOTE = 7
    ITEM = 8
    OPENING = 9
    """By the words it begins with."""
    TITLE = 10
    LINE = 11
    """«Абзац», 款: counted within its numbered provision, whose own line is the first."""
    COLUMN = 12
    STATES = 13
    """The list of the states that join a paragraph."""
    SENTENCE = 14


class Verb(StrEnum):
    """What a formula asks for."""

    REPLACE = "replace"
    DELETE_WORDS = "delete_words"
    INSERT_AFTER = "insert_after"
    INSERT_BEFORE = "insert_before"
    APPEND = "append"
    RESTATE = "restate"
    ADD = "add"
    ADD_SENTENCE = "add_sentence"
    DELETE = "delete"
    DELETE_ALONE = "delete_alone"
    """What stands under it stays."""
    MOVE = "move"
    JOIN = "join"
    LEAVE = "leave"
    KEEP = "keep"


class Role(StrEnum):
    """What a column of a table of proposals holds."""

    ELEMENT = "element"
    BASE = "base"
    WISHED = "wished"
    JUSTIFICATION = "justification"
    BESIDE = "beside"
    """Row number, side, outcome: nothing to read."""


@dataclass(frozen=True)
class Grammar:
    """The formulas of one language.

    Attributes:
        elements: Unit and pattern; group ``labels`` holds numbers, letters or a quotation, several joined by
            *ands*; group ``ordinal`` a counting word.
        verbs: Verb and pattern; groups ``old`` and ``new`` hold quotations, ``to``, ``after`` and ``label`` places,
            ``how`` on which side of the place.
        ordinals: Beginning of a counting word to its number; -1 is the last.
        chain: What may stand between the elements of one place, the narrower second; *outward*: the wider second.
        ands: What joins several labels or places.
        before, first, last, under: What *how* says: before the place, at its beginning or end, right under it.
        roles: Column headings of tables of proposals.
        added: What a row of such a table says of a new provision, beside its number.
        deleted: What it says in place of a wording that is to go.
        denied: A sentence that says what is not wished for, what is excepted, or on which condition: read as a wish, it
            would be another one.
        because: What begins a reason within a sentence.
        aside: What ends right before a place that is only referred to: nothing is asked of it.
        glue: What may stand between a provision and the word that it goes, beside marks; *trailing*: what may still
            follow both.
        wording: A formula whose wording follows on the next line, without marks.
        starts: A line that begins a formula, whatever quotation is still open.
    """

    language: str
    elements: tuple[tuple[Unit, re.Pattern[str]], ...]
    verbs: tuple[tuple[Verb, re.Pattern[str]], ...]
    ordinals: Mapping[str, int]
    chain: re.Pattern[str]
    outward: re.Pattern[str]
    ands: re.Pattern[str]
    before: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    under: re.Pattern[str]
    justification: re.Pattern[str]
    question: re.Pattern[str]
    denied: re.Pattern[str]
    because: re.Pattern[str]
    aside: re.Pattern[str]
    glue: re.Pattern[str]
    trailing: re.Pattern[str]
    nothing: re.Pattern[str]
    cases: re.Pattern[str]
    roles: tuple[tuple[Role, re.Pattern[str]], ...]
    added: re.Pattern[str]
    deleted: re.Pattern[str]
    wording: re.Pattern[str]
    starts: re.Pattern[str]
    sentence_end: re.Pattern[str]


def patterns(pairs: "tuple[tuple[_K, str], ...]", **names: str) -> "tuple[tuple[_K, re.Pattern[str]], ...]":
    """Return pairs with their patterns compiled, ``<NAME>`` filled in; the case of letters does not matter."""
    return tuple((key, compiled(written, **names)) for key, written in pairs)


def compiled(written: str, **names: str) -> re.Pattern[str]:
    """Return one pattern compiled, ``<NAME>`` filled in."""
    for name, pattern in names.items():
        written = written.replace(f"<{name}>", pattern)
    return re.compile(written, re.IGNORECASE)

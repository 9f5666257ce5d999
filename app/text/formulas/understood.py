"""What came out of a letter or table: changes, what was not understood and why, and what a person has to confirm."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.text.changes import Change
from app.text.provision import States
from app.text.runs import Run, Text


class Reason(StrEnum):
    """Why a formula was not understood."""

    UNKNOWN_FORMULA = "unknown_formula"
    NO_PLACE = "no_place"
    """It does not say which provision it is about."""
    NO_SUCH_PROVISION = "no_such_provision"
    SEVERAL_PROVISIONS = "several_provisions"
    NO_SUCH_COLUMN = "no_such_column"
    NO_SUCH_STATE = "no_such_state"
    WORDS_NOT_THERE = "words_not_there"
    WORDS_SEVERAL_TIMES = "words_several_times"
    NO_WORDING = "no_wording"
    NO_HEADING = "no_heading"
    """The columns of a table have no headings that say what they hold."""
    ALREADY_SO = "already_so"
    """The text says so as it stands."""
    DENIED = "denied"
    """It says what is not wished for, or that something is excepted."""
    CONTRADICTION = "contradiction"
    """Another formula of the letter asks for something that does not go with it."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A formula that could not be carried out.

    Attributes:
        words: As the letter has it.
        said: The label or quotation that is not there, or there several times.
        keys: Provisions that may be meant; of the first the words can be looked for.
    """

    words: str
    reason: Reason
    said: str = ""
    keys: tuple[str, ...] = ()
    justification: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change a letter asks for.

    Attributes:
        comment: COMMENT: its words; the change's key is "" for a remark on the whole.
        justification: Of all formulas on the provision, a line for each.
        words: The formulas as the letter has them.
    """

    change: Change
    comment: str = ""
    justification: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where words stand in another form, found for a formula on the whole text: a person confirms it.

    Attributes:
        start, end: Offsets of *found* in the part, in code points.
        new: What the formula puts in their place, in the form the letter has.
    """

    key: str
    part: str
    start: int
    end: int
    found: str
    new: str
    words: str


@dataclass(frozen=True)
class Understood:
    """A letter or table as it was understood.

    Attributes:
        beside: Lines that ask for nothing: salutation, signature.
        no_comments: Whether it says that there are no comments.
    """

    asked: tuple[Asked, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    beside: tuple[str, ...] = ()
    no_comments: bool = False


class NamesOfStates(Protocol):
    """Finds the names of states and groups in a text, in any language."""

    def in_cell(self, content: Text) -> States | None:
        """Return the set that a whole cell names; None where any piece of it is something else."""

    def joining(self, content: Text) -> tuple[States, Text] | None:
        """Return the states that a paragraph begins with, and the words after them."""


class NoNames:
    """Knows no state."""

    def in_cell(self, content: Text) -> States | None:
        """Return None."""
        return None

    def joining(self, content: Text) -> tuple[States, Text] | None:
        """Return None."""
        return None


@dataclass(eq=False)
class Unclear(Exception):
    """A formula cannot be carried out; becomes a ``NotUnderstood``."""

    reason: Reason
    said: str = ""
    keys: tuple[str, ...] = ()


def states_named(names: NamesOfStates, quoted: Iterable[str]) -> States | None:
    """Return the states that quotations name together; None where one of them is no state."""
    members: set[str] = set()
    for words in quoted:
        found = names.in_cell((Run(words),))
        if found is None:
            return None
        members |= found.members
    return States(frozenset(members)) if members else None

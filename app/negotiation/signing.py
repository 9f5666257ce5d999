"""How a paper is signed: the closing clause and block it has, and what each side does."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Block(StrEnum):
    """Who signs."""

    SIDES = "sides"
    CHAIR = "chair"
    NOBODY = "nobody"
    """The paper is an annex: the protocol or decision is signed instead."""


class Capacity(StrEnum):
    """In what words a side signs."""

    DELEGATION = "delegation"
    HEAD = "head"
    STATE = "state"
    FROM_STATE = "from_state"


class Clause(StrEnum):
    """The form of the closing clause."""

    PROTOCOL = "protocol"
    TREATY = "treaty"
    DEPOSITED = "deposited"
    """One original that a depositary keeps, as in the CIS."""
    NONE = "none"


class Copies(StrEnum):
    """How many originals there are."""

    ONE = "one"
    EACH = "each"


class SideStatus(StrEnum):
    """What a side does on the day."""

    SIGNS = "signs"
    WITH_OPINION = "with_opinion"
    LATER = "later"
    DOES_NOT_SIGN = "does_not_sign"


@dataclass(frozen=True, slots=True)
class SideSigning:
    """What a side does, and who signs for it: language to name and to function."""

    status: SideStatus = SideStatus.SIGNS
    names: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrangement:
    """How one paper is signed.

    Attributes:
        on: The day that closing clause and annex mark name.
        languages: Of the original, in order.
        places, keepers: Language to the words of the closing clause, in the case they stand in.
        annex: Language to the lines of the annex mark.
        closing: Language to the paragraphs of the closing clause, as they are printed.
        sides: Code of a side to what it does; one that is not there signs. The chair's code is "".
    """

    block: Block
    capacity: Capacity
    clause: Clause
    on: date | None = None
    copies: Copies = Copies.ONE
    languages: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    keepers: Mapping[str, str] = field(default_factory=dict)
    annex: Mapping[str, str] = field(default_factory=dict)
    closing: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, SideSigning] = field(default_factory=dict)

    def side(self, code: str) -> SideSigning:
        """Return what a side does."""
        return self.sides.get(code, SideSigning())


_SIGNED_BY_STATES = frozenset({"agreement", "declaration", "resolution"})


def usual(type_of_paper: str) -> tuple[Block, Capacity, Clause]:
    """Return block, capacity and closing clause of a type of paper; one that is usually an annex has none."""
    if type_of_paper == "protocol":
        return Block.SIDES, Capacity.DELEGATION, Clause.PROTOCOL
    if type_of_paper in _SIGNED_BY_STATES:
        return Block.SIDES, Capacity.STATE, Clause.TREATY
    return Block.NOBODY, Capacity.DELEGATION, Clause.NONE


def encoded(arrangement: Arrangement) -> dict[str, Any]:
    """Return an arrangement as JSON values."""
    found = asdict(arrangement)
    found["on"] = arrangement.on.isoformat() if arrangement.on else None
    found["languages"] = list(arrangement.languages)
    return found


def decoded(values: Mapping[str, Any]) -> Arrangement:
    """Return an arrangement from the values ``encoded`` gives."""
    sides = {
        code: SideSigning(SideStatus(side["status"]), side["names"], side["functions"])
        for code, side in values["sides"].items()
    }
    return Arrangement(
        Block(values["block"]),
        Capacity(values["capacity"]),
        Clause(values["clause"]),
        date.fromisoformat(values["on"]) if values["on"] else None,
        Copies(values["copies"]),
        tuple(values["languages"]),
        values["places"],
        values["keepers"],
        values["annex"],
        values["closing"],
        sides,
    )

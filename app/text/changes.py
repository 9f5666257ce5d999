"""Changes and wishes: what delegations ask of a base text."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.text.provision import Parts, Place, Provision


class Operation(StrEnum):
    """What a change asks for; the last two leave the text as it is."""

    AMEND = "amend"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"
    NO_CHANGE = "no_change"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Change:
    """The wished state of one provision; edits are always derived from it.

    Attributes:
        operation: What it asks for.
        key: The provision; of an inserted block, its first provision.
        parts: AMEND and MOVE: the wished parts, every one of them, or None for as they are.
        place: INSERT and MOVE: where to, in terms of the *base* text (a moved provision's
            old place stays addressable as a sibling).
        level: AMEND and MOVE: the wished level, or None for as it is. An AMEND that changes the level
            composes as a move to the provision's own place.
        block: INSERT: the provisions to insert, in reading order, as an Edition holds them:
            those at the top have ``parent == place.parent``.
        alone: DELETE: what stands under the provision stays where it is, under what the provision stood under.
    """

    operation: Operation
    key: str
    parts: Parts | None = None
    place: Place | None = None
    level: int | None = None
    block: tuple[Provision, ...] = field(default=())
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose wish a change is: the proposer's or a co-sponsor's, by the delegation's code."""

    sponsor: str
    change: Change


@dataclass(eq=False)
class ContradictoryWishes(Exception):
    """A delegation asks for two things that cannot both be: two for one provision, or one in its own deletion."""

    key: str
    reason: str
    sponsor: str = ""

    def __str__(self) -> str:
        return f"{self.sponsor or 'The delegation'} contradicts itself at {self.key}: {self.reason}"


@dataclass(eq=False)
class NotInBase(Exception):
    """A change names a provision or a place that the base text does not have."""

    key: str

    def __str__(self) -> str:
        return f"The base text has no {self.key}"

"""Provisions and editions: what a draft is made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from app.text.runs import Text

TEXT = "text"
"""The part that holds a provision's own words."""
STATES = "states"
"""The part that holds the states which join a paragraph; it prints before the words."""


class Kind(StrEnum):
    """What a provision is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    FOOTNOTE = "footnote"
    FIXED = "fixed"
    """A picture, table of contents or equation: carried, not proposable."""


@dataclass(frozen=True, slots=True)
class States:
    """A set of states and groups, by their codes in the body; it prints in the body's order."""

    members: frozenset[str]


Content: TypeAlias = Text | States
Parts: TypeAlias = Mapping[str, Content]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provision stands: under *parent* (None: top level), after its child *after* (None: first)."""

    parent: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest thing one can address.

    Attributes:
        key: Stable across versions and languages.
        kind: What it is; a table is a container of rows.
        level: Depth as numbered or outlined, 0 at the top.
        parent: Key of the provision it stands under; None at the top level.
        parts: Name to content: ``TEXT`` for its own words, ``STATES`` for joining states,
            a column's key for a row's cell or, in a table, for the column's heading.
            A row that spans all columns has ``TEXT`` alone.
        label: What is printed before it in this language: "4.", "(a)", "3 bis".
        columns: The column keys of a table, in order; empty otherwise.
    """

    key: str
    kind: Kind
    level: int = 0
    parent: str | None = None
    parts: Parts = field(default_factory=dict)
    label: str = ""
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """The provision's own words; empty where it has none."""
        content = self.parts.get(TEXT, ())
        return () if isinstance(content, States) else content

    def same_text(self, other: "Provision") -> bool:
        """Whether both are equal as text: key, kind, level and parts; labels and properties are out."""
        return self is other or (
            (self.key, self.kind, self.level) == (other.key, other.kind, other.level)
            and (self.parts == other.parts or without_empty(self.parts) == without_empty(other.parts))
        )


def without_empty(parts: Parts) -> dict[str, Content]:
    """Return the parts that hold something: an empty cell and a missing one are the same."""
    return {name: c for name, c in parts.items() if (c.members if isinstance(c, States) else c)}


@dataclass(frozen=True)
class Edition:
    """The text of a version in one language: provisions in reading order, parents before children.

    A provision's descendants follow it without a gap.
    """

    language: str
    provisions: tuple[Provision, ...]

    def __iter__(self) -> Iterator[Provision]:
        return iter(self.provisions)

    def by_key(self) -> dict[str, Provision]:
        """Return key to provision."""
        return {p.key: p for p in self.provisions}


def same_text(one: Iterable[Provision], other: Iterable[Provision]) -> bool:
    """Whether two sequences of provisions are equal as text (labels and properties are out)."""
    mine, theirs = tuple(one), tuple(other)
    return len(mine) == len(theirs) and all(a.same_text(b) for a, b in zip(mine, theirs, strict=True))

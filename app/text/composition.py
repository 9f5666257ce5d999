"""Composition: a base text and the wishes of N delegations as one structure.

Every base token carries the set of delegations that delete it; every gap between tokens
carries the distinct insertions made there, each with the set of delegations that make it.
"""

from dataclasses import dataclass
from typing import TypeAlias

from app.text.provision import Edition, Place, Provision
from app.text.tokens import Token

Sponsors: TypeAlias = tuple[str, ...]
"""Codes of delegations, each once, in protocol rank."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Tokens inserted at one gap, and by whom."""

    tokens: tuple[Token, ...]
    sponsors: Sponsors


@dataclass(frozen=True, slots=True)
class ComposedText:
    """The tokens of a part with their deleters, and the gaps between them.

    Who deletes or moves the whole provision is among the deleters of each of its tokens.
    ``len(deleters) == len(tokens)`` and ``len(gaps) == len(tokens) + 1``; gap *i* stands before token *i*.
    """

    tokens: tuple[Token, ...]
    deleters: tuple[Sponsors, ...]
    gaps: tuple[tuple[Insertion, ...], ...]


@dataclass(frozen=True, slots=True)
class ComposedStates:
    """A set of states: who stands in it and who wants it out, who wants to be in."""

    members: tuple[tuple[str, Sponsors], ...]
    """Code and those who ask to leave it out (none: it stays), sorted by the body's order."""
    joining: tuple[tuple[str, Sponsors], ...]


@dataclass(frozen=True, slots=True)
class ComposedProvision:
    """A base provision with everything that is asked of it where it stands.

    Attributes:
        deleters: Those who want it gone from this place, because they delete or move it or what it is under.
        movers: For each place asked for, who asks; a subset of the deleters.
        parts: Every part of base or wish, in order of the base, then of the columns.
    """

    provision: Provision
    deleters: Sponsors
    movers: tuple[tuple[Place, Sponsors], ...]
    parts: tuple[tuple[str, ComposedText | ComposedStates], ...]


@dataclass(frozen=True, slots=True)
class ComposedBlock:
    """Provisions inserted, or moved in, at one place; equal or distinct as a whole.

    Attributes:
        moved_from: For a move, the key of the provision that moves (its key stays); else None.
    """

    place: Place
    provisions: tuple[Provision, ...]
    sponsors: Sponsors
    moved_from: str | None = None


@dataclass(frozen=True)
class Composition:
    """A base edition and all wishes on it, in reading order."""

    base: Edition
    items: tuple[ComposedProvision | ComposedBlock, ...]
    order: Sponsors
    """The delegations' codes in protocol rank."""

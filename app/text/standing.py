"""How a provision stands: agreed, with brackets in its text, or open."""

from collections.abc import Mapping
from enum import StrEnum

from app.text.provision import Provision, States
from app.text.runs import plain


class Standing(StrEnum):
    """How a provision stands in negotiation."""

    AGREED = "agreed"
    BRACKETED = "bracketed"
    OPEN = "open"


def standing_of(provision: Provision, *, agreed: bool, literal: Mapping[str, int]) -> Standing:
    """Return how a provision stands.

    Args:
        agreed: Whether the group agreed it.
        literal: Part to the number of its brackets that are mere characters ("[Note: …]").
    """
    if agreed:
        return Standing.AGREED
    for name, content in provision.parts.items():
        if not isinstance(content, States) and plain(content).count("[") > literal.get(name, 0):
            return Standing.BRACKETED
    return Standing.OPEN

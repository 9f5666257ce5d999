"""How a provision stands: agreed, with brackets in its text, or open."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from app.text.brackets import count
from app.text.provision import Provision, States
from app.text.runs import plain


class Standing(StrEnum):
    """How a provision stands in negotiation."""

    AGREED = "agreed"
    BRACKETED = "bracketed"
    OPEN = "open"


def standing_of(provision: Provision, *, agreed: bool, literal: Mapping[str, Collection[int]]) -> Standing:
    """Return how a provision stands.

    Args:
        agreed: Whether the group agreed it.
        literal: Part to the ordinals of its brackets that are mere characters ("[Note: …]").
    """
    if agreed:
        return Standing.AGREED
    for name, content in provision.parts.items():
        if not isinstance(content, States) and "[" in plain(content) and count(content, literal.get(name, ())):
            return Standing.BRACKETED
    return Standing.OPEN

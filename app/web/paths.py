"""Addresses: where a form may ask to be led, and which numbers they may name."""

from typing import Any

from werkzeug.routing import IntegerConverter

GREATEST = 2**31 - 1
"""The greatest number that every database can look for."""


class Number(IntegerConverter):
    """A number in an address; one that no database could look for names nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"max": GREATEST, **options})


def number(typed: str) -> int:
    """Return a number of an address' query.

    Raises:
        ValueError: It is none, or one that no database could look for.
    """
    found = int(typed)
    if abs(found) > GREATEST:
        raise ValueError(typed)
    return found


def safe_path(target: str | None) -> str:
    """Return a path of this site to go on to, or the empty text where *target* leads elsewhere."""
    target = target or ""
    inside = target.startswith("/") and not target.startswith("//")
    return target if inside and target.isprintable() and "\\" not in target else ""

"""Bookmarks: how a provision, and the version it is of, are found again in a file that comes back."""

import re
from datetime import UTC, datetime

LONGEST = 40
"""Characters that Word takes in a bookmark's name."""

_MARKER = "vc_"
_PLAIN = re.compile(r"[A-Za-z0-9_]+")
_RESULTING = re.compile(r"rt_([A-Za-z0-9]{1,24})_([0-9a-f]{1,10})")


def bookmark_name(key: str) -> str | None:
    """Return the name of the bookmark around the provision *key*; None where the key is too long for one.

    A letter first, then letters, digits and underlines, at most 40: other names Word drops.
    """
    name = f"pv_{key}" if _PLAIN.fullmatch(key) else f"px_{key.encode().hex()}"
    return name if len(name) <= LONGEST else None


def key_of(name: str) -> str | None:
    """Return the key that ``bookmark_name`` named; None where the bookmark is somebody else's."""
    if name.startswith("pv_") and _PLAIN.fullmatch(name[3:]):
        return name[3:]
    if name.startswith("px_"):
        try:
            return bytes.fromhex(name[3:]).decode()
        except ValueError:
            return None
    return None


def marker_of(version: str) -> str:
    """Return the name of the bookmark in a working copy that says the id of its version."""
    return f"{_MARKER}{version}"


def version_of(name: str) -> str | None:
    """Return the id of the version that ``marker_of`` named; None where the bookmark is another."""
    return name.removeprefix(_MARKER) if name.startswith(_MARKER) and _PLAIN.fullmatch(name) else None


def resulting_marker_of(version: str, at: datetime) -> str:
    """Return the name of the bookmark that says which text a file holds: what follows *version*, as it stood *at*."""
    return f"rt_{version}_{int(at.timestamp()):x}"


def resulting_of(name: str) -> tuple[str, datetime] | None:
    """Return what ``resulting_marker_of`` named, to the second; None where it named nothing of the kind."""
    found = _RESULTING.fullmatch(name)
    return (found[1], datetime.fromtimestamp(int(found[2], 16), UTC)) if found else None

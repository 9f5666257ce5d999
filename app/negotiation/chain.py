"""How events are hashed: length-prefixed fields under a domain tag, no ambiguous concatenation."""

import hashlib
from collections.abc import Iterable

GENESIS = "0" * 64
"""The hash before the first event of a chain."""

EVENT_FIELDS = (
    "chain_id",
    "seq",
    "at",
    "action",
    "role",
    "delegation_id",
    "membership_id",
    "subject_type",
    "subject_id",
    "row_commit",
    "person_commit",
    "prev_hash",
)
"""The columns of an event that its hash binds, in this order."""


def commitment(domain: str, content: str) -> str:
    """Return the SHA-256 that commits to *content*, 64 hexadecimal digits; *domain* keeps uses apart."""
    return digest(f"chapeau-{domain}-v1", (content,))


def event_hash(values: Iterable[str | None]) -> str:
    """Return the hash of an event from the spelled values of ``EVENT_FIELDS``."""
    return digest("chapeau-event-v1", values)


def digest(tag: str, values: Iterable[str | None]) -> str:
    """Return SHA-256 over the tag and the values, each behind its length in bytes; None is not the empty text."""
    framed = []
    for value in (tag, *values):
        spelled = None if value is None else value.encode()
        framed.append(b"-;" if spelled is None else b"%d:%b" % (len(spelled), spelled))
    return hashlib.sha256(b"".join(framed)).hexdigest()

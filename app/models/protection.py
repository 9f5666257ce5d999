"""Which tables the record protects, and which of their columns may change (with an event)."""

from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import inspect

from app.models.base import Base

MUTABLE: dict[str, frozenset[str]] = {
    "body": frozenset({"names", "zone", "languages", "rules"}),
    "delegation": frozenset({"rank", "forms", "active"}),
    "membership": frozenset({"ended_at"}),
    "meeting": frozenset({"titles", "places", "starts_on", "ends_on", "form"}),
    "document": frozenset({"symbol", "titles", "state", "adopted_on", "adopted_at_place", "adopted_by"}),
    "version": frozenset({"state"}),
    "edition": frozenset({"issued_file_id"}),
    "provision": frozenset(),
    "provision_text": frozenset(),
    "bracket": frozenset(),
    "agreement": frozenset(),
    "release": frozenset({"ended_at"}),
    "round": frozenset({"title", "note", "state", "opens_at", "deadline", "zone", "closed_at", "concluded_at"}),
    "round_version": frozenset(),
    "extension": frozenset(),
    "answer": frozenset(),
    "consent": frozenset(),
    "proposal": frozenset({"state", "number", "admitted_because"}),
    "change": frozenset(),
    "wish": frozenset({"ended_at"}),
    "position": frozenset(),
    "recommendation": frozenset(),
    "decision": frozenset(),
    "resolution": frozenset(
        {
            "exists",
            "alone",
            "parts",
            "moved",
            "place_parent",
            "place_after",
            "level",
            "block",
            "holders",
            "provenance",
            "rank",
            "by_word",
            "written_at",
            "lock_version",
        }
    ),
    "stored_file": frozenset(),
}
"""Protected table to its mutable columns. No row of these tables is ever deleted."""
LATER: dict[str, dict[str, Any]] = {"resolution": {"alone": False, "rank": None, "by_word": False}}
"""Columns that a table got after rows of it were recorded: what a row is there whose last image has no such column."""


def spelled(value: Any) -> Any:
    """Return a column's value as the record spells it: JSON values, bytes as their SHA-256."""
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def row_id(row: Base) -> str:
    """Return the name of a row in the record: its public id, or its primary key, parts joined by ``/``."""
    public_id = getattr(row, "public_id", None)
    if isinstance(public_id, str):
        return public_id
    return "/".join(str(spelled(part)) for part in inspect(row).mapper.primary_key_from_instance(row))


def image(row: Base) -> dict[str, Any]:
    """Return every column of *row* as the record spells it."""
    return {column.key: spelled(getattr(row, column.key)) for column in inspect(row).mapper.column_attrs}

"""What the record says every protected row is, held against the row as it is."""

import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, LargeBinary, Table, select, type_coerce
from sqlalchemy.types import NullType

from app.models import Base
from app.models.base import Canonical, Instant
from app.models.protection import LATER, MUTABLE, spelled
from app.negotiation.actors import INSTALLATION
from app.text.canonical import dumps

_ABSENT = "the image has no such column"
_PAIRS = 10_000
"""How many pairs of a lost and an unknown row are compared to find which column of the key was changed."""

Values = list[Any]
Say = Callable[[str, str, str, str], None]
"""Report a finding: table, row, column, what."""


def raw_rows(connection: Connection, table: Table) -> Iterator[Any]:
    """Return every row of *table*, in its columns' order, with the values the database holds, not interpreted."""
    columns = [type_coerce(column, NullType()).label(column.name) for column in table.columns]
    statement = select(*columns).select_from(table)
    yield from connection.execute(statement, execution_options={"yield_per": 500})


def reader(column: Column[Any], dialect: str) -> Callable[[Any], Any] | None:
    """Return what turns a raw value of *column* into the record's spelling; None where it is that already.

    Values that do not belong into the column become something no image holds.
    """
    if isinstance(column.type, LargeBinary):
        return lambda raw: spelled(bytes(raw)) if isinstance(raw, bytes | memoryview) else _foreign(raw)
    if dialect == "sqlite" and isinstance(column.type, Instant):
        return lambda raw: raw.replace(" ", "T") + "Z" if isinstance(raw, str) else _foreign(raw)
    if dialect == "sqlite" and isinstance(column.type, Boolean):
        return lambda raw: {0: False, 1: True}.get(raw, _foreign(raw)) if isinstance(raw, int) else _foreign(raw)
    return spelled if isinstance(column.type, Instant | Date) and dialect != "sqlite" else None


def _foreign(raw: Any) -> Any:
    return None if raw is None else f"not of this column: {raw!r}"


@dataclass
class _Last:
    """The event of the last image of a row, the payload and place where the image stands, and its digest."""

    event: tuple[str, int]
    payload: tuple[str, int]
    place: int
    digest: bytes


@dataclass
class Images:
    """The last image of every row, gathered event by event, then compared with the tables."""

    say: Say
    last: dict[tuple[str, str], _Last] = field(default_factory=dict)
    doubtful: set[tuple[str, str]] = field(default_factory=set)
    rows: int = 0

    def add(self, event: tuple[str, int], payload: tuple[str, int], images: Any) -> None:
        """Take the images of an event (chain and number), which stand in a payload (chain and number)."""
        for place, image in enumerate(images):
            name = (image["table"], image["id"])
            if name[0] not in MUTABLE:
                self.say(*name, "*", "is in the record, but its table is not protected")
                continue
            before = self.last.get(name)
            if before is None or self._follows(name, event, before.event):
                values = _values(Base.metadata.tables[name[0]], image["columns"])
                self.last[name] = _Last(event, payload, place, _digest(values))

    def _follows(self, name: tuple[str, str], event: tuple[str, int], before: tuple[str, int]) -> bool:
        """Whether an image is newer: by number in one chain; the installation's holds only first ones."""
        if event[0] == before[0]:
            return event[1] > before[1]
        if INSTALLATION not in (event[0], before[0]):
            self.say(*name, "*", f"is written in two chains, {before[0]} and {event[0]}")
        return event[0] != INSTALLATION

    def doubt(self, images: Any) -> None:
        """Leave rows out of the comparison whose image was itself changed: that is told already."""
        self.doubtful.update((image["table"], image["id"]) for image in images)

    def compare(self, connection: Connection) -> None:
        """Compare every row of every protected table, in every column."""
        for name in MUTABLE:
            self._compare_table(connection, Base.metadata.tables[name])

    def _compare_table(self, connection: Connection, table: Table) -> None:
        readers = [
            (place, read) for place, c in enumerate(table.columns) if (read := reader(c, connection.dialect.name))
        ]
        keys = [place for place, column in enumerate(table.columns) if column.primary_key]
        unknown: dict[str, Values] = {}
        for row in raw_rows(connection, table):
            self.rows += 1
            values = list(row)
            for place, read in readers:
                values[place] = read(values[place])
            row_id = "/".join(str(values[place]) for place in keys)
            last = self.last.pop((table.name, row_id), None)
            if last is None:
                if (table.name, row_id) not in self.doubtful:
                    unknown[row_id] = values
            elif last.digest != _digest(values) and (table.name, row_id) not in self.doubtful:
                for column in _differing(table, values, self._image(connection, table, last)):
                    self.say(table.name, row_id, column, "is not what the record says")
        lost = [name for name in self.last if name[0] == table.name and name not in self.doubtful]
        missing = {name[1]: self._image(connection, table, self.last[name]) for name in lost}
        self._tell_strangers(table, unknown, missing)

    def _tell_strangers(self, table: Table, unknown: dict[str, Values], missing: dict[str, Values]) -> None:
        """Name rows without an image and images without a row; a changed key makes one of each."""
        keys = "/".join(column.name for column in table.primary_key.columns)
        comparable = len(unknown) * len(missing) <= _PAIRS
        for row, values in unknown.items():
            pairs = ((len(_differing(table, values, image)), name) for name, image in missing.items())
            count, name = min(pairs, default=(len(values), "")) if comparable else (len(values), "")
            if count <= len(table.primary_key.columns) and name:
                for column in _differing(table, values, missing.pop(name)):
                    self.say(table.name, row, column, f"is not what the record says: it was {name}")
            else:
                self.say(table.name, row, keys, "is not in the record")
        for row in missing:
            self.say(table.name, row, keys, "is in the record, but the row is missing")

    def _image(self, connection: Connection, table: Table, last: _Last) -> Values:
        payloads = Base.metadata.tables["event_payload"].c
        statement = select(payloads.content).where(
            payloads.chain_id == last.payload[0], payloads.seq == last.payload[1]
        )
        content = json.loads(connection.execute(statement).scalar_one())
        return _values(table, content["rows"][last.place]["columns"])


def _values(table: Table, image: dict[str, Any]) -> Values:
    """Return the columns of an image as the database holds them: JSON values in their canonical text."""
    later = LATER.get(table.name, {})
    values = [image.get(name, later.get(name, _ABSENT)) for name in table.columns.keys()]  # noqa: SIM118 - names, not columns
    for place in _canonical_places(table):
        if values[place] is not None:
            values[place] = dumps(values[place])
    return values


@functools.cache
def _canonical_places(table: Table) -> tuple[int, ...]:
    return tuple(place for place, column in enumerate(table.columns) if isinstance(column.type, Canonical))


def _digest(values: Values) -> bytes:
    return hashlib.sha256(repr(values).encode()).digest()


def _differing(table: Table, values: Values, image: Values) -> list[str]:
    return [
        column.name
        for column, actual, expected in zip(table.columns, values, image, strict=True)
        if repr(actual) != repr(expected)  # True is not 1
    ]

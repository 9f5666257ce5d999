"""Proving the record: every chain is whole, and every protected row is what its last event says.

What cannot be found from the inside: a chain cut short or written anew from some event on together
with its head and all rows it wrote. The head's hash, kept outside (a receipt, a printed version), finds that.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, and_, select, type_coerce
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import Label
from sqlalchemy.types import NullType

from app.models import Base
from app.negotiation.chain import EVENT_FIELDS, GENESIS, commitment, event_hash
from app.services._images import Images, reader

ERASE = "person.erase"
"""The act that erases personal data; its facts: ``{"at": instant, "events": [[chain, seq], …]}``."""

_HEADER = tuple(name for name in EVENT_FIELDS if not name.endswith("_commit"))

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written: which table, row (its public id or key) and column, and what."""

    table: str
    row: str
    column: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was verified.

    Attributes:
        events, rows: How many were read.
        findings: What is wrong; empty is good.
        erased: Personal data that was erased by an act on the record; for information.
    """

    events: int
    rows: int
    findings: tuple[Finding, ...]
    erased: tuple[Finding, ...]


def verify(session: Session) -> tuple[Finding, ...]:
    """Return everything that is not as it was written; nothing is written, whatever is found."""
    return examine(session).findings


def examine(session: Session) -> Report:
    """Walk every chain and compare every protected row in one snapshot of the database."""
    bind = session.get_bind()
    if bind.dialect.name == "postgresql" and isinstance(bind, Engine) and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    connection = session.connection()
    try:
        return _Verification(connection).run()
    except OperationalError:
        if bind.dialect.name != "sqlite":
            raise
        with _lenient(connection):  # text that is no UTF-8 must become a finding, not an error
            return _Verification(connection).run()


@contextmanager
def _lenient(connection: Connection) -> Iterator[None]:
    """Read damaged text, too, with the bytes that do not belong spelled out."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    before, raw.text_factory = raw.text_factory, lambda found: found.decode(errors="backslashreplace")
    try:
        yield
    finally:
        raw.text_factory = before


@dataclass(frozen=True, slots=True)
class _Head:
    """The last event of a chain that was read, and whether it was as it was written."""

    seq: int = 0
    hash: str = GENESIS
    at: str | None = None
    sound: bool = True


@dataclass
class _Verification:
    connection: Connection
    findings: list[Finding] = field(default_factory=list)
    erased: dict[tuple[str, int], str | None] = field(default_factory=dict)
    erasures: dict[tuple[str, int], str] = field(default_factory=dict)
    heads: dict[str, _Head] = field(default_factory=dict)
    events: int = 0

    def __post_init__(self) -> None:
        self.images = Images(self.say)

    def say(self, table: str, row: str, column: str, what: str) -> None:
        self.findings.append(Finding(table, row, column, what))

    def run(self) -> Report:
        strayed = {commitment("content", str(payload["content"])): payload for payload in self._strayed_payloads()}
        for event, payload in self._events():
            self.events += 1
            found = payload or strayed.pop(str(event["row_commit"]), None)
            sound = self._judge(event, found)
            self._link(event, sound)
        for payload in strayed.values():
            self.say("event", f"{payload['chain_id']}/{payload['seq']}", "hash", "is missing; its payload is there")
        self._compare_heads()
        erased = self._erasures()
        self.images.compare(self.connection)
        return Report(self.events, self.images.rows, tuple(self.findings), erased)

    def _events(self) -> Iterator[tuple[Values, Values | None]]:
        """Give every event with its payload, chain by chain, in order."""
        event, payload = _table("event"), _table("event_payload")
        joined = event.outerjoin(payload, and_(event.c.chain_id == payload.c.chain_id, event.c.seq == payload.c.seq))
        statement = select(*_raw(event, "e_"), *_raw(payload, "p_")).select_from(joined)
        statement = statement.order_by(event.c.chain_id, event.c.seq)
        spell = _Spelling(event, self.connection), _Spelling(payload, self.connection, len(event.columns))
        for row in self.connection.execute(statement, execution_options={"yield_per": 500}):
            yield spell[0](row), spell[1](row) if row.p_seq is not None else None

    def _strayed_payloads(self) -> list[Values]:
        event, payload = _table("event"), _table("event_payload")
        joined = payload.outerjoin(event, and_(event.c.chain_id == payload.c.chain_id, event.c.seq == payload.c.seq))
        statement = select(*_raw(payload, "p_")).select_from(joined).where(event.c.seq.is_(None))
        spell = _Spelling(payload, self.connection)
        return [spell(row) for row in self.connection.execute(statement)]

    def _judge(self, event: Values, payload: Values | None) -> bool:
        """Compare an event with its own hash and with its payload; return whether all of it fits."""
        name, count = f"{event['chain_id']}/{event['seq']}", len(self.findings)
        whole = event_hash(_spelled(event[field] for field in EVENT_FIELDS)) == event["hash"]
        if payload is None:
            self.say("event_payload", name, "content", "is missing")
            if not whole:
                self.say("event", name, "hash", "does not fit the event")
            return False
        content = _content(payload["content"])
        fits = commitment("content", str(payload["content"])) == event["row_commit"]
        self._judge_payload(event, payload, fits=fits, whole=whole)
        if fits or not whole:
            for column in _HEADER:
                written = content.get("event", {}).get(column)
                if event[column] != written:
                    self.say("event", name, column, f"is {event[column]}, was written as {written}")
                if column in ("chain_id", "seq") and payload[column] != written:
                    row = f"{payload['chain_id']}/{payload['seq']}"
                    self.say("event_payload", row, column, f"is {payload[column]}, was written as {written}")
        if not whole and count == len(self.findings):
            erased = " (or person_commit: its data is erased)" if payload["person"] is None else ""
            self.say("event", name, "hash", f"does not fit the event{erased}")
        self._take_images(payload, content, sound=fits or not whole)
        return count == len(self.findings)

    def _judge_payload(self, event: Values, payload: Values, *, fits: bool, whole: bool) -> None:
        """Tell changed payload from changed commitments: an event that fits its hash committed to what it says."""
        name = f"{event['chain_id']}/{event['seq']}"
        if not fits and whole:
            self.say("event_payload", name, "content", "is not what the event commits to")
        elif not fits:
            self.say("event", name, "row_commit", "does not fit the payload")
        if payload["person"] is None:
            self.erased[(event["chain_id"], event["seq"])] = payload["erased_at"]
        elif commitment("person", str(payload["person"])) != event["person_commit"]:
            table, column = ("event_payload", "person") if whole else ("event", "person_commit")
            self.say(table, name, column, "is not what the event commits to" if whole else "does not fit the payload")
        if payload["person"] is not None and payload["erased_at"] is not None:
            self.say("event_payload", name, "erased_at", "is set, but nothing was erased")

    def _take_images(self, payload: Values, content: Values, *, sound: bool) -> None:
        images = content.get("rows", [])
        if not sound:
            self.images.doubt(images)
            return
        if not content:
            return
        header = content["event"]
        self.images.add((header["chain_id"], header["seq"]), (payload["chain_id"], payload["seq"]), images)
        if header["action"] == ERASE:
            facts = content["facts"]
            self.erasures.update(((chain, seq), facts["at"]) for chain, seq in facts["events"])

    def _link(self, event: Values, sound: bool) -> None:
        """Hold an event against the one before it."""
        chain, seq = event["chain_id"], event["seq"]
        before = self.heads.get(chain, _Head())
        if seq != before.seq + 1:
            self.say("event", f"{chain}/{before.seq + 1}", "seq", f"is missing: {seq} follows {before.seq}")
        elif sound and before.sound and event["prev_hash"] != before.hash:
            self.say("event", f"{chain}/{seq}", "prev_hash", "is not the hash of the event before")
        number = seq if isinstance(seq, int) else before.seq + 1
        self.heads[chain] = _Head(number, event["hash"], event["at"], sound)

    def _compare_heads(self) -> None:
        chains = _table("chain")
        spell = _Spelling(chains, self.connection)
        for row in self.connection.execute(select(*_raw(chains, "c_"))):
            chain = spell(row)
            head = self.heads.pop(chain["id"], _Head())
            if head.seq == 0 and chain["head_seq"] != 0:
                self.say("chain", chain["id"], "id", "has a head, but no event")
                continue
            for column in ("seq", "hash", "at"):
                actual, expected = chain[f"head_{column}"], getattr(head, column)
                if actual != expected and (head.sound or column == "seq"):
                    self.say("chain", chain["id"], f"head_{column}", f"is {actual}, of the last event {expected}")
        for name in self.heads:
            self.say("chain", name, "id", "is missing; its events are there")

    def _erasures(self) -> tuple[Finding, ...]:
        """Return what was erased on the record; tell what was erased beside it."""
        notes = []
        for (chain, seq), erased_at in self.erased.items():
            told = self.erasures.get((chain, seq))
            if told is None:
                self.say("event_payload", f"{chain}/{seq}", "person", "was erased without an act of the record")
            elif told != erased_at:
                self.say("event_payload", f"{chain}/{seq}", "erased_at", f"is {erased_at}, was erased on {told}")
            else:
                notes.append(Finding("event_payload", f"{chain}/{seq}", "person", f"erased on {told}"))
        return tuple(notes)


class _Spelling:
    """Turns raw rows, in which a table's columns begin at a place, into values as the record spells them."""

    def __init__(self, table: Table, connection: Connection, begin: int = 0) -> None:
        self._names = table.columns.keys()
        self._span = slice(begin, begin + len(self._names))
        readers = ((column.name, reader(column, connection.dialect.name)) for column in table.columns)
        self._readers = [(name, read) for name, read in readers if read is not None]

    def __call__(self, row: Row[Any]) -> Values:
        values = dict(zip(self._names, row[self._span], strict=True))
        for name, read in self._readers:
            values[name] = read(values[name])
        return values


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _raw(table: Table, prefix: str) -> list[Label[Any]]:
    return [type_coerce(column, NullType()).label(prefix + column.name) for column in table.columns]


def _spelled(values: Iterable[Any]) -> list[str | None]:
    return [None if value is None else str(value) for value in values]


def _content(text: Any) -> Values:
    """Return the parsed content of a payload; empty if it has not the shape that was written."""
    try:
        content = json.loads(text)
        sound = isinstance(content["event"], dict) and isinstance(content["facts"], dict)
        images = [(image["table"], image["id"], image["columns"]) for image in content["rows"]]
    except (ValueError, TypeError, KeyError):
        return {}
    return content if sound and all(isinstance(columns, dict) for _, _, columns in images) else {}

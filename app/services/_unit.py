"""The unit of work: a use case has one write transaction, one chain lock, and an event for every change."""

import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Insert, Table, UpdateBase, event, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from app.models import Base, db, writing
from app.models.protection import MUTABLE, image, row_id, spelled
from app.models.record import Chain, Event, EventPayload
from app.negotiation.actors import INSTALLATION, Actor
from app.negotiation.chain import EVENT_FIELDS, GENESIS, commitment, event_hash
from app.negotiation.errors import EditedMeanwhile
from app.text.canonical import dumps

P = ParamSpec("P")
R = TypeVar("R")
_UNIT = "unit"


class UnrecordedChange(RuntimeError):
    """A protected row was about to change without an event: a defect, never a user's fault."""


class OpenTransaction(RuntimeError):
    """A use case was called inside another one."""


class OtherChain(RuntimeError):
    """A body's row was about to change in the installation's chain: act with the body in the actor.

    A row's images must be in one order. The installation's chain may hold the first one only
    (an administrator makes the body); every later one stands in the body's own chain.
    """


@dataclass
class _Entry:
    action: str
    subject: Base
    facts: dict[str, Any]
    person: dict[str, Any]


@dataclass
class _Unit:
    actor: Actor
    now: datetime
    chain: Chain
    entries: list[_Entry] = field(default_factory=list)
    touched: dict[int, Base] = field(default_factory=dict)
    born: set[int] = field(default_factory=set)


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Make *function* a use case: its own write transaction, chain lock first, committed with its events.

    The function is called with keywords ``actor`` and ``now``. It adds, changes and calls
    ``record`` (or ``advance``); whatever it raises rolls everything back.

    Raises:
        OpenTransaction: It was called inside another use case.
        UnrecordedChange: It changed a protected row and recorded nothing.
        OtherChain: It changed a body's row in the installation's chain.
        EditedMeanwhile: Somebody else saved the same row first.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        actor, now = kwargs["actor"], kwargs["now"]
        assert isinstance(actor, Actor)
        assert isinstance(now, datetime)
        session: Session = db.session()
        if _UNIT in session.info or session.new or session.dirty or session.deleted:
            raise OpenTransaction(function.__qualname__)
        session.rollback()  # what was read so far belongs to an older snapshot
        with writing():
            try:
                session.info[_UNIT] = unit = _Unit(actor, now, _locked_chain(session, actor.chain))
                result = function(*args, **kwargs)
                _write_events(session, unit)
                session.commit()
            except StaleDataError as error:
                session.rollback()
                raise EditedMeanwhile() from error
            except BaseException:
                session.rollback()
                raise
            finally:
                session.info.pop(_UNIT, None)
        return result

    return run


def record(action: str, subject: Base, *, facts: dict[str, Any] | None = None, **person: Any) -> None:
    """Note that the act *action* ("noun.verb") was done on *subject* in the running use case.

    Args:
        action: Event name.
        subject: The row it is about.
        facts: JSON values worth reading later; no personal data.
        person: Personal data of the act, erasable.
    """
    unit: _Unit = db.session().info[_UNIT]
    unit.entries.append(_Entry(action, subject, facts or {}, person))


def _locked_chain(session: Session, chain_id: str) -> Chain:
    chain = select(Chain).where(Chain.id == chain_id).with_for_update()
    found = session.scalar(chain)
    if found is not None:
        return found
    first: Insert = insert(Chain).values(id=chain_id, head_seq=0, head_hash=GENESIS)
    if session.get_bind().dialect.name == "postgresql":  # another first writer may be on its way
        first = postgresql.insert(Chain).values(id=chain_id, head_seq=0, head_hash=GENESIS).on_conflict_do_nothing()
    session.execute(first)
    return session.scalars(chain).one()


@event.listens_for(Session, "before_flush")
def _note_protected_rows(session: Session, _context: Any, _instances: Any) -> None:
    # The session makes these sets anew each time it is asked.
    new, deleted = list(session.new), list(session.deleted)
    changed = [row for row in session.dirty if session.is_modified(row)]
    touched = [row for row in (*new, *changed, *deleted) if isinstance(row, Base) and row.__tablename__ in MUTABLE]
    if not touched:
        return
    unit: _Unit | None = session.info.get(_UNIT)
    if unit is None:
        raise UnrecordedChange(", ".join(sorted({row.__tablename__ for row in touched})))
    unit.touched.update({id(row): row for row in touched})
    unit.born.update(map(id, new))


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    """Rows changed by a statement go round the record: protected ones change as objects only."""
    if isinstance(state.statement, UpdateBase) and isinstance(state.statement.table, Table):
        name = state.statement.table.name
        if name in MUTABLE:
            raise UnrecordedChange(name)


def _write_events(session: Session, unit: _Unit) -> None:
    session.flush()
    if unit.touched and not unit.entries:
        raise UnrecordedChange(", ".join(sorted({row.__tablename__ for row in unit.touched.values()})))
    if unit.chain.id == INSTALLATION:
        _refuse_changes_of_bodies(unit)
    subjects = {id(entry.subject) for entry in unit.entries}
    rest = [row for key, row in unit.touched.items() if key not in subjects]
    written: set[int] = set()
    head = unit.chain.head_seq, unit.chain.head_hash
    at = unit.now if unit.chain.head_at is None else max(unit.now, unit.chain.head_at)
    for entry in unit.entries:
        rows = rest if entry is unit.entries[0] else []
        if id(entry.subject) in unit.touched and id(entry.subject) not in written:
            rows = [entry.subject, *rows]
            written.add(id(entry.subject))
        head = _append(session, unit, entry, rows, head, at)
    session.flush()
    if unit.entries:  # the head moves only to an event that is there
        unit.chain.head_seq, unit.chain.head_hash, unit.chain.head_at = *head, at
        session.flush()


def _refuse_changes_of_bodies(unit: _Unit) -> None:
    for key, row in unit.touched.items():
        of_no_body = "body_id" in row.__mapper__.attrs and getattr(row, "body_id", None) is None
        if key not in unit.born and not of_no_body:
            raise OtherChain(f"{row.__tablename__} {row_id(row)}")


def _append(
    session: Session, unit: _Unit, entry: _Entry, rows: list[Base], head: tuple[int, str], at: datetime
) -> tuple[int, str]:
    """Add the event of *entry* with the images of *rows* behind *head*; return the new head."""
    written = Event(
        chain_id=unit.chain.id,
        seq=head[0] + 1,
        at=at,
        action=entry.action,
        role=unit.actor.role,
        delegation_id=unit.actor.delegation,
        membership_id=unit.actor.membership,
        subject_type=entry.subject.__tablename__,
        subject_id=row_id(entry.subject),
        prev_hash=head[1],
    )
    header = {name: spelled(getattr(written, name)) for name in EVENT_FIELDS if not name.endswith("_commit")}
    images = [{"table": row.__tablename__, "id": row_id(row), "columns": image(row)} for row in rows]
    content = dumps({"event": header, "facts": entry.facts, "rows": images, "salt": secrets.token_hex(16)})
    person = dumps({"user": unit.actor.user, **entry.person, "salt": secrets.token_hex(16)})
    written.row_commit = commitment("content", content)
    written.person_commit = commitment("person", person)
    written.hash = event_hash(_spelled_fields(written))
    session.add(written)
    session.add(EventPayload(chain_id=written.chain_id, seq=written.seq, content=content, person=person))
    return written.seq, written.hash


def _spelled_fields(row: Event) -> list[str | None]:
    values = (spelled(getattr(row, name)) for name in EVENT_FIELDS)
    return [None if value is None else str(value) for value in values]

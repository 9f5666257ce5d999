"""The record is proved: whatever is changed behind the product's back is named, down to the column."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    select,
    text,
)
from sqlalchemy.orm import Session

from app.models import Base, db
from app.models.accounts import User
from app.models.protection import MUTABLE
from app.models.triggers import protected_tables
from app.negotiation.chain import EVENT_FIELDS, commitment, event_hash
from app.negotiation.errors import NotFound, NotPermitted
from app.services.erasure import erase_person
from app.services.verification import Finding, examine, verify
from app.text.canonical import dumps
from tests.record import CLERK, HOUR, NOON, OFFICER, changed, recorded, remove_triggers

COLUMNS = [(name, column.name) for name in protected_tables() for column in Base.metadata.tables[name].columns]


def rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    return [dict(row) for row in found]


def name_of(table: Table, row: Mapping[str, Any]) -> str:
    return "/".join(str(row[key.name]) for key in table.primary_key.columns)


def is_row(table: Table, row: Mapping[str, Any]) -> ColumnElement[bool]:
    return and_(*(key == row[key.name] for key in table.primary_key.columns))


def change(connection: Connection, table: Table, row: dict[str, Any], column: Column[Any]) -> set[str]:
    """Change one column of one row; return the row's names before and after."""
    value = changed(column, row[column.name])
    connection.execute(table.update().where(is_row(table, row)).values({column.name: value}))
    return {name_of(table, row), name_of(table, {**row, column.name: value})}


def findings(connection: Connection) -> tuple[Finding, ...]:
    with Session(bind=connection) as session:
        return verify(session)


@pytest.fixture(scope="module")
def defenceless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A record without its triggers, on the embedded database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('record') / 'record.db'}"
    with recorded(url):
        with db.engine.begin() as connection:
            remove_triggers(connection)
        yield db.engine


@pytest.fixture
def intruder(defenceless: Engine) -> Iterator[Connection]:
    """A connection that checks nothing; what it does is rolled back after the test."""
    with defenceless.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA ignore_check_constraints=ON")
        yield connection
        connection.rollback()
        raw.execute("PRAGMA ignore_check_constraints=OFF")
        raw.execute("PRAGMA foreign_keys=ON")


@pytest.mark.usefixtures("recorded_app")
def test_the_record_as_it_was_written_has_nothing_to_report() -> None:
    report = examine(db.session())

    assert report.findings == ()
    assert report.events == 10
    assert report.rows == 27


@pytest.mark.parametrize("table", protected_tables())
def test_every_protected_table_has_a_row_to_be_changed(intruder: Connection, table: str) -> None:
    rows = rows_of(intruder, Base.metadata.tables[table])

    assert rows


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_column_is_named(intruder: Connection, table: str, column: str) -> None:
    rows = Base.metadata.tables[table]

    for row in rows_of(intruder, rows):
        with intruder.begin_nested() as savepoint:
            names = change(intruder, rows, row, rows.c[column])
            found = findings(intruder)
            savepoint.rollback()

        assert [f for f in found if f.table == table and f.column == column and f.row in names], (names, found)


@pytest.mark.parametrize("table", [*MUTABLE, "event", "event_payload"])
def test_a_missing_row_is_named(intruder: Connection, table: str) -> None:
    rows = Base.metadata.tables[table]
    row = rows_of(intruder, rows)[0]

    intruder.execute(rows.delete().where(is_row(rows, row)))

    assert (table, name_of(rows, row)) in {(f.table, f.row) for f in findings(intruder)}


@pytest.mark.parametrize("table", MUTABLE)
def test_a_row_that_no_event_wrote_is_named(intruder: Connection, table: str) -> None:
    rows = Base.metadata.tables[table]
    planted = {c.name: changed(c, None) for c in rows.columns if not c.nullable}

    intruder.execute(rows.insert().values(planted))

    assert (table, name_of(rows, planted)) in {(f.table, f.row) for f in findings(intruder)}


def at_once() -> Iterator[tuple[str, list[Column[Any]]]]:
    """Yield columns that can be changed together, by table.

    Alone go those by which a row is found, and the hash of an event, of which nothing is said where its fields differ.
    """
    for table in protected_tables():
        columns = list(Base.metadata.tables[table].columns)
        alone = [column for column in columns if column.primary_key or column.name == "hash"]
        yield from ((table, [column]) for column in alone)
        yield table, [column for column in columns if column not in alone]


@pytest.mark.slow
def test_a_changed_column_is_named_on_postgresql(postgres_url: str) -> None:
    with recorded(postgres_url), db.engine.connect() as connection:
        remove_triggers(connection)
        remove_constraints(connection)
        for table, columns in at_once():
            rows = Base.metadata.tables[table]
            row = rows_of(connection, rows)[0]
            with connection.begin_nested() as savepoint:
                names = {name for column in columns for name in change(connection, rows, row, column)}
                found = findings(connection)
                savepoint.rollback()

            named = {f.column for f in found if f.table == table and f.row in names}
            assert {column.name for column in columns} <= named, (names, found)


def remove_constraints(connection: Connection) -> None:
    """Drop every CHECK and foreign key."""
    for table, name in connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0"
        )
    ).all():
        if "." not in table:  # not those of the database's own catalogue
            connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))


@pytest.mark.parametrize("damaged", [b"\xff\xfe", "no JSON", 17, 1.5, None])
@pytest.mark.parametrize("column", ["content", "person"])
def test_a_payload_that_is_no_text_is_a_finding(intruder: Connection, column: str, damaged: Any) -> None:
    as_text = "CAST(:damaged AS TEXT)" if isinstance(damaged, bytes) else ":damaged"
    statement = text(f"UPDATE event_payload SET {column} = {as_text} WHERE chain_id = 'b-sco' AND seq = 3")

    if damaged is None and column == "content":
        pytest.skip("the column takes no NULL")
    intruder.execute(statement, {"damaged": damaged})

    assert ("event_payload", "b-sco/3", column) in {(f.table, f.row, f.column) for f in findings(intruder)}


def test_bytes_replaced_by_their_own_hash_are_named(intruder: Connection) -> None:
    intruder.execute(text("UPDATE stored_file SET content = :hash"), {"hash": sha256(b"bytes").hexdigest()})

    assert ("stored_file", "file", "content") in {(f.table, f.row, f.column) for f in findings(intruder)}


@pytest.mark.parametrize("count", [1, 3])
def test_the_last_events_cut_off_are_noticed_by_the_head(intruder: Connection, count: int) -> None:
    for table in ("event_payload", "event"):
        intruder.execute(text(f"DELETE FROM {table} WHERE chain_id = 'b-sco' AND seq > {6 - count}"))

    assert ("chain", "b-sco", "head_seq") in {(f.table, f.row, f.column) for f in findings(intruder)}


def test_the_last_event_cut_off_with_its_head_is_noticed_by_the_rows_it_wrote(intruder: Connection) -> None:
    for table in ("event_payload", "event"):
        intruder.execute(text(f"DELETE FROM {table} WHERE chain_id = 'b-sco' AND seq = 6"))
    last = intruder.execute(text("SELECT hash, at FROM event WHERE chain_id = 'b-sco' AND seq = 5")).one()
    head = {"hash": last.hash, "at": last.at}
    intruder.execute(text("UPDATE chain SET head_seq = 5, head_hash = :hash, head_at = :at WHERE id = 'b-sco'"), head)

    assert {(f.table, f.column) for f in findings(intruder)} >= {("round", "state"), ("proposal", "number")}


def test_an_event_rewritten_with_a_fitting_hash_is_noticed_by_the_next(intruder: Connection) -> None:
    rewrite(intruder, "b-sco", 3)

    assert [(f.row, f.column) for f in findings(intruder)] == [("b-sco/4", "prev_hash")]


def test_two_swapped_events_are_noticed(intruder: Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        for table in ("event", "event_payload"):
            intruder.execute(text(f"UPDATE {table} SET seq = {new} WHERE chain_id = 'b-sco' AND seq = {old}"))

    assert {("event", "b-sco/3", "seq"), ("event", "b-sco/4", "seq")} <= {
        (f.table, f.row, f.column) for f in findings(intruder)
    }


def rewrite(connection: Connection, chain: str, seq: int) -> None:
    """Write an event and its payload anew, telling another action, so that both fit each other."""
    where = f"WHERE chain_id = '{chain}' AND seq = {seq}"
    content = connection.execute(text(f"SELECT content FROM event_payload {where}")).scalar_one()
    told = json.loads(content)
    told["event"]["action"] = "round.forge"
    fields = dict(connection.execute(text(f"SELECT * FROM event {where}")).mappings().one())
    fields |= {"action": "round.forge", "at": told["event"]["at"], "row_commit": commitment("content", dumps(told))}
    forged = event_hash(None if fields[name] is None else str(fields[name]) for name in EVENT_FIELDS)
    connection.execute(text(f"UPDATE event_payload SET content = :content {where}"), {"content": dumps(told)})
    values = {"action": "round.forge", "row_commit": fields["row_commit"], "hash": forged}
    connection.execute(
        text(f"UPDATE event SET action = :action, row_commit = :row_commit, hash = :hash {where}"), values
    )


def test_an_older_image_put_back_is_noticed(intruder: Connection) -> None:
    intruder.execute(text("UPDATE body SET zone = 'Asia/Shanghai' WHERE id = 'b-sco'"))

    assert [(f.table, f.row, f.column) for f in findings(intruder)] == [("body", "b-sco", "zone")]


@pytest.mark.usefixtures("recorded_app")
def test_an_erased_person_is_reported_for_information() -> None:
    erase_person("u-officer", actor=CLERK, now=NOON + 5 * HOUR)

    report = examine(db.session())
    assert report.findings == ()
    assert [note.row for note in report.erased] == [*(f"b-sco/{seq}" for seq in range(1, 7)), "installation/1"]
    assert {note.what for note in report.erased} == {"erased on 2025-04-09T17:00:00.123456Z"}
    assert db.session.scalars(select(User)).one().name == ""


@pytest.mark.usefixtures("recorded_app")
def test_only_an_administrator_erases_a_person() -> None:
    with pytest.raises(NotPermitted):
        erase_person("u-officer", actor=OFFICER, now=NOON)

    assert db.session.scalars(select(User)).one().name == "An officer"


@pytest.mark.usefixtures("recorded_app")
def test_nobody_unknown_is_erased() -> None:
    with pytest.raises(NotFound):
        erase_person("nobody", actor=CLERK, now=NOON)


def test_a_person_erased_beside_the_record_is_named(intruder: Connection) -> None:
    intruder.execute(text("UPDATE event_payload SET person = NULL, erased_at = '2025-05-01 00:00:00.000000'"))

    assert ("event_payload", "b-sco/1", "person") in {(f.table, f.row, f.column) for f in findings(intruder)}


@pytest.mark.usefixtures("recorded_app")
def test_the_date_of_an_erasure_is_bound_to_its_act() -> None:
    erase_person("u-officer", actor=CLERK, now=NOON + 5 * HOUR)
    with db.engine.begin() as connection:
        remove_triggers(connection)
        connection.execute(
            text("UPDATE event_payload SET erased_at = '2025-05-01 00:00:00' WHERE erased_at IS NOT NULL")
        )

    assert ("event_payload", "b-sco/3", "erased_at") in {(f.table, f.row, f.column) for f in verify(db.session())}


@pytest.mark.usefixtures("app")
def test_what_the_products_own_use_cases_wrote_has_nothing_to_report() -> None:
    report = examine(db.session())

    assert report.findings == ()
    assert report.events > 0

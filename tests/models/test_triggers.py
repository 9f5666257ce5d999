"""The database itself refuses to change the record, whoever asks."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, and_, select, text
from sqlalchemy.exc import IntegrityError

from app.models import Base, db
from app.models.protection import MUTABLE
from app.models.triggers import protected_tables
from tests.record import HOUR, NOON, changed, recorded

IMMUTABLE = [
    (table, column.name)
    for table, mutable in MUTABLE.items()
    for column in Base.metadata.tables[table].columns
    if column.name not in mutable
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A record, on each kind of database."""
    if request.param == "sqlite":
        with recorded(f"sqlite:///{tmp_path_factory.mktemp('kept') / 'record.db'}"):
            yield db.engine
        return
    cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create_database()
    with recorded(cluster.url(name)):
        yield db.engine
    cluster.drop_database(name)


@pytest.fixture
def connection(kept: Engine) -> Iterator[Connection]:
    """A connection of the product; what it does is rolled back after the test."""
    with kept.connect() as connection:
        yield connection
        connection.rollback()


def first_row(connection: Connection, table: Table) -> dict[str, Any]:
    return dict(connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().first() or {})


def is_row(table: Table, row: dict[str, Any]) -> Any:
    return and_(*(key == row[key.name] for key in table.primary_key.columns))


@pytest.mark.parametrize("name", protected_tables())
def test_no_protected_row_is_deleted(connection: Connection, name: str) -> None:
    table = Base.metadata.tables[name]
    row = first_row(connection, table)

    with pytest.raises(IntegrityError, match=f"rows of {name} are kept: nothing is deleted"):
        connection.execute(table.delete().where(is_row(table, row)))


@pytest.mark.parametrize(("name", "column"), IMMUTABLE)
def test_no_immutable_column_is_changed(connection: Connection, name: str, column: str) -> None:
    table = Base.metadata.tables[name]
    row = first_row(connection, table)
    change = table.update().where(is_row(table, row)).values({column: changed(table.c[column], row[column])})

    with pytest.raises(IntegrityError, match=f"rows of {name} are kept: this column does not change"):
        connection.execute(change)


@pytest.mark.parametrize("column", [column.name for column in Base.metadata.tables["event"].columns])
def test_no_column_of_an_event_is_changed(connection: Connection, column: str) -> None:
    table = Base.metadata.tables["event"]
    row = first_row(connection, table)

    with pytest.raises(IntegrityError, match="rows of event are kept"):
        connection.execute(table.update().values({column: changed(table.c[column], row[column])}))


@pytest.mark.parametrize("kept", ["postgresql"], indirect=True)  # the embedded database has no TRUNCATE
@pytest.mark.parametrize("name", protected_tables())
def test_no_protected_table_is_emptied(connection: Connection, name: str) -> None:
    with pytest.raises(IntegrityError, match="are kept: nothing is deleted"):
        connection.execute(text(f"TRUNCATE {name} CASCADE"))


@pytest.mark.parametrize("name", protected_tables())
def test_no_protected_row_is_replaced(connection: Connection, name: str) -> None:
    table = Base.metadata.tables[name]
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "sqlite":
        statement = f"INSERT OR REPLACE INTO {name} ({columns}) SELECT {columns} FROM {name} LIMIT 1"
    else:
        keys = ", ".join(f'"{key.name}"' for key in table.primary_key.columns)
        first = table.primary_key.columns[0].name
        statement = (
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name} LIMIT 1"
            f" ON CONFLICT ({keys}) DO UPDATE SET \"{first}\" = 'other'"
        )

    with pytest.raises(IntegrityError, match=r"are kept|next of its chain|can be erased|moves forward"):
        connection.execute(text(statement))


@pytest.mark.parametrize("kept", ["sqlite"], indirect=True)  # only it replaces rows without a word
@pytest.mark.parametrize("name", protected_tables())
def test_a_bare_connection_replaces_no_row_either(kept: Engine, name: str) -> None:
    bare = sqlite3.connect(str(kept.url.database), isolation_level=None)

    with pytest.raises(sqlite3.IntegrityError, match=r"are kept|next of its chain"):
        bare.execute(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} LIMIT 1")
    bare.close()


@pytest.mark.parametrize("kept", ["sqlite"], indirect=True)
def test_a_row_is_not_replaced_through_another_unique_column(kept: Engine) -> None:
    bare = sqlite3.connect(str(kept.url.database), isolation_level=None)

    with pytest.raises(sqlite3.IntegrityError, match="rows of body are kept"):
        bare.execute(
            "INSERT OR REPLACE INTO body (id, slug, names, zone, languages, rules, sample, created_at)"
            " SELECT 'other', slug, names, zone, languages, rules, sample, created_at FROM body"
        )
    bare.close()


EVENT_COLUMNS = ", ".join(column.name for column in Base.metadata.tables["event"].columns)


@pytest.mark.parametrize(
    ("seq", "prev_hash"),
    [("seq + 2", "hash"), ("seq", "hash"), ("seq + 1", "prev_hash"), ("1", f"'{'0' * 64}'")],
    ids=["leaves a gap", "stands twice", "hangs on another event", "begins anew"],
)
def test_only_the_next_event_is_appended(connection: Connection, seq: str, prev_hash: str) -> None:
    with pytest.raises(IntegrityError, match=r"next of its chain|exists already"):
        connection.execute(append(seq, prev_hash))


def test_the_next_event_is_appended(connection: Connection) -> None:
    appended = connection.execute(append("seq + 1", "hash"))

    assert appended.rowcount == 1


def test_a_chain_begins_with_number_one(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match="next of its chain"):
        connection.execute(append("seq", "prev_hash", chain="'other'"))


def append(seq: str, prev_hash: str, chain: str = "chain_id") -> Any:
    columns = EVENT_COLUMNS.replace("chain_id", chain).replace("seq", seq).replace("prev_hash", prev_hash, 1)
    return text(
        f"INSERT INTO event ({EVENT_COLUMNS}) SELECT {columns} FROM event WHERE chain_id = 'b-sco'"
        " ORDER BY seq DESC LIMIT 1"
    )


def test_the_personal_data_of_an_event_is_erased(connection: Connection) -> None:
    payloads = Base.metadata.tables["event_payload"]

    erased = connection.execute(payloads.update().values(person=None, erased_at=NOON))

    assert erased.rowcount == 10


@pytest.mark.parametrize(
    "values",
    [
        {"person": "{}"},
        {"content": "{}"},
        {"person": None, "erased_at": NOON, "content": "{}"},
        {"person": None, "erased_at": NOON, "seq": 77},
        {"person": None},
        {"erased_at": NOON},
    ],
    ids=str,
)
def test_nothing_else_of_a_payload_changes(connection: Connection, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="only the personal data can be erased"):
        connection.execute(Base.metadata.tables["event_payload"].update().values(values))


def test_erased_data_does_not_come_back(connection: Connection) -> None:
    payloads = Base.metadata.tables["event_payload"]
    connection.execute(payloads.update().values(person=None, erased_at=NOON))

    with pytest.raises(IntegrityError, match="only the personal data can be erased"):
        connection.execute(payloads.update().values(person="{}", erased_at=None))


def test_the_date_of_an_erasure_stays(connection: Connection) -> None:
    payloads = Base.metadata.tables["event_payload"]
    connection.execute(payloads.update().values(person=None, erased_at=NOON))

    with pytest.raises(IntegrityError, match="only the personal data can be erased"):
        connection.execute(payloads.update().values(erased_at=NOON + HOUR))


@pytest.mark.parametrize(
    "change",
    ["head_seq = head_seq - 1", "head_seq = head_seq + 1", "head_hash = 'x'", "id = 'other'", "head_at = NULL"],
)
def test_the_head_of_a_chain_moves_only_to_an_event_that_is_there(connection: Connection, change: str) -> None:
    with pytest.raises(IntegrityError, match="the head of a chain only moves forward"):
        connection.execute(text(f"UPDATE chain SET {change} WHERE id = 'b-sco'"))

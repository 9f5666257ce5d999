"""The schema of a database: bringing it up to date, and telling whether it is what the code expects."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text

from app.models import triggers
from app.models.base import Base
from app.models.database import writing

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x43686170  # one upgrade at a time, where several processes start together

_POSTGRESQL_PARTS = """
SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
       || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
   AND NOT a.attisdropped AND c.relname <> 'alembic_version'
UNION ALL
SELECT 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
 WHERE c.relnamespace = current_schema()::regnamespace AND k.contype IN ('p', 'u', 'f', 'c', 'x')
   AND c.relname <> 'alembic_version'
UNION ALL
SELECT 'index ' || indexname || ' ' || indexdef FROM pg_indexes
 WHERE schemaname = current_schema() AND tablename <> 'alembic_version'
UNION ALL
SELECT 'trigger ' || c.relname || '.' || t.tgname || ' ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT 'function ' || p.proname || ' ' || pg_get_functiondef(p.oid)
  FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
"""


class SchemaDiffers(RuntimeError):
    """The database is not what the code expects; the message is one line."""


def upgrade(where: Engine | str) -> None:
    """Bring the database up to the newest revision; all of it or, on any error, nothing.

    Needs no application. Where nothing is to do, nothing is written.
    """
    engine = create_engine(where) if isinstance(where, str) else where
    try:
        with engine.connect() as connection:
            if _revision(connection) == _head():
                return
        with migrating(engine) as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        if engine is not where:
            engine.dispose()


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Give a connection with one transaction in which the schema may change, committed at the end.

    The triggers are away inside and those of the code are back after it. On SQLite foreign
    keys are off inside (a rebuilt table would take its children along), and checked before the commit.
    """
    with writing(), engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        triggers.remove(connection)
        yield connection
        if _revision(connection) == _head():
            triggers.install(connection)
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise SchemaDiffers(f"a row of {broken[0][0]} refers to a row of {broken[0][2]} that is not there")


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Switch foreign keys off on the raw connection: inside a transaction the switch does nothing."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def check(engine: Engine) -> None:
    """Make sure that tables, indexes, triggers and functions are those of the code.

    Raises:
        SchemaDiffers: Something was changed, removed or added; the message names it.
    """
    with engine.connect() as connection:
        actual = set(schema_text(connection).splitlines())
    expected = set(expected_text(engine).splitlines())
    changed = expected - actual or actual - expected
    if changed:
        what = "is missing or was changed" if expected - actual else "is not ours"
        raise SchemaDiffers(f"the database's schema differs: {' '.join(min(changed).split()[:2])} {what}")


def expected_text(engine: Engine) -> str:
    """Return the schema text of a fresh database of the same kind."""
    if engine.dialect.name == "sqlite":
        fresh = create_engine("sqlite://")
        with fresh.begin() as connection:
            Base.metadata.create_all(connection)
            expected = schema_text(connection)
        fresh.dispose()
        return expected
    with engine.connect() as connection:  # a scratch schema, never committed
        connection.execute(text("CREATE SCHEMA schema_as_expected"))
        connection.execute(text("SET LOCAL search_path TO schema_as_expected"))
        Base.metadata.create_all(connection)
        expected = schema_text(connection)
        connection.rollback()
    return expected


def schema_text(connection: Connection) -> str:
    """Return the canonical text of all tables, indexes, triggers and functions: one line each, sorted."""
    if connection.dialect.name == "sqlite":
        parts = connection.execute(
            text("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'")
        )
        return "\n".join(sorted(f"{kind} {name} {_canonical(kind, sql)}" for kind, name, sql in parts))
    schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    found = connection.execute(text(_POSTGRESQL_PARTS)).scalars()
    return "\n".join(sorted(" ".join(part.replace(f"{schema}.", "").split()) for part in found))


def _canonical(kind: str, sql: str) -> str:
    spaced = " ".join(re.sub(r'"(\w+)"', r"\1", sql).split())
    if kind != "table":
        return spaced
    head, _, rest = spaced.partition("(")
    body, _, tail = rest.rpartition(")")
    return f"{head.strip()} ({', '.join(sorted(_items(body)))}){tail}"


def _items(body: str) -> list[str]:
    """Split a table's definition at its outer commas."""
    items, depth, start = [], 0, 0
    for position, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            items.append(body[start:position].strip())
            start = position + 1
    return [*items, body[start:].strip()]


def _config() -> Config:
    config = Config(MIGRATIONS / "alembic.ini")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()

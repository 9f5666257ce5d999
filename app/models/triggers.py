"""The database's own refusal: triggers on every protected table, generated from ``protection.MUTABLE``.

A protected row is never deleted, and only its mutable columns change; an event is only ever
appended, as the next of its chain; of an event's payload only the personal data can be erased;
the head of a chain only moves forward, to an event that is there.

Triggers belong to the code, not to a migration: whoever creates or upgrades the schema removes
those of the older code and installs these (``install``).
"""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Connection, Dialect, MetaData, Table, UniqueConstraint, event, text

from app.models.base import Base
from app.models.protection import MUTABLE
from app.negotiation.chain import GENESIS

_NO_DELETE = "rows of {table} are kept: nothing is deleted"
_NO_UPDATE = "rows of {table} are kept: this column does not change"
_NO_SECOND = "rows of {table} are kept: this one exists already"
_NOT_NEXT = "an event must be the next of its chain"
_ONLY_ERASED = "of an event_payload only the personal data can be erased"
_ONLY_FORWARD = "the head of a chain only moves forward, to an event that is there"

_HEAD = "(SELECT {what} FROM event WHERE chain_id = NEW.chain_id ORDER BY seq DESC LIMIT 1)"
_IS_NOT_NEXT = (
    f"NEW.seq <> coalesce({_HEAD.format(what='seq')}, 0) + 1"
    f" OR NEW.prev_hash <> coalesce({_HEAD.format(what='hash')}, '{GENESIS}')"
)
_IS_MORE_THAN_ERASING = (
    "OLD.person IS NULL OR NEW.person IS NOT NULL OR NEW.erased_at IS NULL"
    " OR {chain_id_changed} OR {seq_changed} OR {content_changed}"
)
_IS_NOT_FORWARD = (
    "{id_changed} OR NEW.head_seq <= OLD.head_seq OR NEW.head_at < OLD.head_at OR NOT EXISTS"
    " (SELECT 1 FROM event WHERE chain_id = NEW.id AND seq = NEW.head_seq AND hash = NEW.head_hash)"
)

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END
$$
"""
_POSTGRESQL_CONDITION = """
CREATE OR REPLACE FUNCTION record_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
"""

_RECORD = ("chain", "event", "event_payload")


def protected_tables() -> tuple[str, ...]:
    """Return the names of all tables that the database protects, those of the record itself included."""
    return (*MUTABLE, *_RECORD)


def statements(dialect: Dialect) -> tuple[str, ...]:
    """Return the statements that create every trigger (and, on PostgreSQL, function)."""
    writer = _PostgreSQL(dialect) if dialect.name == "postgresql" else _SQLite(dialect)
    return tuple(writer.statements())


def install(connection: Connection) -> None:
    """Remove the triggers of an older code and create those of this one."""
    remove(connection)
    for statement in statements(connection.dialect):
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Remove every trigger of ours."""
    if connection.dialect.name == "postgresql":
        names = connection.execute(
            text(
                "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname = current_schema() AND p.proname LIKE 'record\\_%'"
            )
        )
        for name in names.scalars().all():
            connection.exec_driver_sql(f"DROP FUNCTION {name} CASCADE")
        return
    for name in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'trigger'")).scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


@event.listens_for(Base.metadata, "after_create")
def _after_create(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    install(connection)


class _Writer:
    """What the two databases have in common."""

    differs = ""

    def __init__(self, dialect: Dialect) -> None:
        self._quote = dialect.identifier_preparer.quote

    def statements(self) -> Iterable[str]:
        yield from self.functions()
        for name in protected_tables():
            table = Base.metadata.tables[name]
            yield from self.no_delete(table)
            yield from self.no_second(table)
            if name in MUTABLE:
                immutable = [column.name for column in table.columns if column.name not in MUTABLE[name]]
                yield self.no_update(table, " OR ".join(self.changed(column) for column in immutable))
        yield self.no_update(Base.metadata.tables["event"], None)
        yield from self.guards()

    def functions(self) -> Iterable[str]:
        return ()

    def guards(self) -> Iterable[str]:
        yield self.guard("event", "INSERT", "next", _IS_NOT_NEXT, _NOT_NEXT)
        erasing = self._with_changes(_IS_MORE_THAN_ERASING, "chain_id", "seq", "content")
        yield self.guard("event_payload", "UPDATE", "erase", erasing, _ONLY_ERASED)
        yield self.guard("chain", "UPDATE", "forward", self._with_changes(_IS_NOT_FORWARD, "id"), _ONLY_FORWARD)

    def _with_changes(self, condition: str, *columns: str) -> str:
        return condition.format(**{f"{column}_changed": self.changed(column) for column in columns})

    def changed(self, column: str) -> str:
        return f"OLD.{self._quote(column)} {self.differs} NEW.{self._quote(column)}"

    def no_delete(self, table: Table) -> Iterable[str]:
        raise NotImplementedError

    def no_second(self, table: Table) -> Iterable[str]:
        return ()

    def no_update(self, table: Table, condition: str | None) -> str:
        raise NotImplementedError

    def guard(self, table: str, act: str, name: str, condition: str, message: str) -> str:
        raise NotImplementedError


class _SQLite(_Writer):
    differs = "IS NOT"

    def no_delete(self, table: Table) -> Iterable[str]:
        yield self._trigger(table.name, "DELETE", "no_delete", None, _NO_DELETE.format(table=table.name))

    def no_second(self, table: Table) -> Iterable[str]:
        """``INSERT OR REPLACE`` deletes unnoticed where a connection has no recursive triggers: refuse it first."""
        keys = [list(table.primary_key.columns)]
        keys += [list(c.columns) for c in sorted(_uniques(table), key=lambda c: str(c.name))]
        found = (
            f"EXISTS (SELECT 1 FROM {self._quote(table.name)} WHERE "
            + " AND ".join(f"{self._quote(c.name)} = NEW.{self._quote(c.name)}" for c in key)
            + ")"
            for key in keys
        )
        yield self._trigger(table.name, "INSERT", "no_second", " OR ".join(found), _NO_SECOND.format(table=table.name))

    def no_update(self, table: Table, condition: str | None) -> str:
        return self._trigger(table.name, "UPDATE", "no_update", condition, _NO_UPDATE.format(table=table.name))

    def guard(self, table: str, act: str, name: str, condition: str, message: str) -> str:
        return self._trigger(table, act, name, condition, message)

    def _trigger(self, table: str, act: str, name: str, condition: str | None, message: str) -> str:
        when = f" WHEN {condition}" if condition else ""
        return (
            f"CREATE TRIGGER record_{table}_{name} BEFORE {act} ON {self._quote(table)}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


class _PostgreSQL(_Writer):
    differs = "IS DISTINCT FROM"

    def functions(self) -> Iterable[str]:
        yield _POSTGRESQL_FUNCTION

    def guards(self) -> Iterable[str]:
        erasing = self._with_changes(_IS_MORE_THAN_ERASING, "chain_id", "seq", "content")
        forward = self._with_changes(_IS_NOT_FORWARD, "id")
        for name, condition, message in (
            ("next", _IS_NOT_NEXT, _NOT_NEXT),
            ("erase", erasing, _ONLY_ERASED),
            ("forward", forward, _ONLY_FORWARD),
        ):
            yield _POSTGRESQL_CONDITION.format(name=name, condition=condition, message=message)
        yield from super().guards()

    def no_delete(self, table: Table) -> Iterable[str]:
        message = _NO_DELETE.format(table=table.name)
        yield self._trigger(table.name, "DELETE", "no_delete", None, message)
        yield (
            f"CREATE TRIGGER record_{table.name}_no_truncate BEFORE TRUNCATE ON {self._quote(table.name)}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('{message}')"
        )

    def no_update(self, table: Table, condition: str | None) -> str:
        return self._trigger(table.name, "UPDATE", "no_update", condition, _NO_UPDATE.format(table=table.name))

    def guard(self, table: str, act: str, name: str, condition: str, message: str) -> str:
        return (
            f"CREATE TRIGGER record_{table}_{name} BEFORE {act} ON {self._quote(table)}"
            f" FOR EACH ROW EXECUTE FUNCTION record_{name}()"
        )

    def _trigger(self, table: str, act: str, name: str, condition: str | None, message: str) -> str:
        when = f" WHEN ({condition})" if condition else ""
        return (
            f"CREATE TRIGGER record_{table}_{name} BEFORE {act} ON {self._quote(table)}"
            f" FOR EACH ROW{when} EXECUTE FUNCTION record_refuse('{message}')"
        )


def _uniques(table: Table) -> list[UniqueConstraint]:
    return [c for c in table.constraints if isinstance(c, UniqueConstraint) and not isinstance(c, CheckConstraint)]

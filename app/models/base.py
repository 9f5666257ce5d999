"""What all tables share: the registry, the column types, random public ids."""

import json
import secrets
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

from app.text.canonical import dumps

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
ID_LENGTH = 20


def new_id() -> str:
    """Return a random public id: 20 characters of 32, 100 bits; it tells nothing about order or count."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(ID_LENGTH))


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; naive ones are refused on the way in, UTC is restored on the way out."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Keep the zone where the database can."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Canonical(TypeDecorator[Any]):
    """JSON values in their one canonical spelling, as text: what is hashed is what is stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the canonical spelling."""
        return None if value is None else dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the values."""
        return None if value is None else json.loads(value)


Id = String(ID_LENGTH)

_registry = registry(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    ),
    type_annotation_map={
        str: Text(),
        datetime: Instant(),
        date: Date(),
        dict[str, Any]: Canonical(),
        list[Any]: Canonical(),
        Enum: SqlEnum(
            Enum,
            native_enum=False,
            length=32,
            create_constraint=True,
            values_callable=lambda enum: [str(member.value) for member in enum],
        ),
    },
)


class Base(DeclarativeBase):
    """Base of all tables."""

    registry = _registry


@event.listens_for(ForeignKeyConstraint, "after_parent_attach")
def _check_at_commit(constraint: ForeignKeyConstraint, table: Table) -> None:
    """Check references at the commit: without relationships, a flush writes tables in any order."""
    if table.metadata is Base.metadata:
        constraint.deferrable, constraint.initially = True, "DEFERRED"


def public_id() -> Any:
    """Return the primary key column of a table whose rows are named by random public ids."""
    return mapped_column(Id, primary_key=True, default=new_id)

"""How migrations run, from the application's start and from Flask-Migrate's commands alike."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine

from app.models import Base
from app.models.schema import migrating


def _run() -> None:
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    engine: Engine = current_app.extensions["migrate"].db.engine
    with migrating(engine) as connection:
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()

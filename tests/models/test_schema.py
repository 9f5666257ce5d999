"""A migrated database is a fresh one, down to its triggers; a changed one is told in one line."""

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from flask_migrate import Migrate, downgrade
from flask_migrate import upgrade as flask_upgrade
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from app.models import Base, db, schema
from tests.record import NOON, app_on, recorded

BODY = (
    "INSERT INTO body (id, slug, names, zone, languages, rules, sample, created_at)"
    f" VALUES ('b', 'b', '{{}}', 'UTC', '[]', '{{}}', false, '{NOON:%Y-%m-%d %H:%M:%S.%f}')"
)


def text_of(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return schema.schema_text(connection).splitlines()


def test_a_migrated_database_has_the_schema_of_a_fresh_one(engine: Engine) -> None:
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    fresh = text_of(engine)
    with engine.begin() as connection:
        Base.metadata.drop_all(connection)

    schema.upgrade(engine)

    assert text_of(engine) == fresh
    assert len([line for line in fresh if line.startswith("trigger")]) > 80


def test_the_schema_text_tells_every_kind_of_part(engine: Engine) -> None:
    schema.upgrade(engine)

    parts = "\n".join(text_of(engine))

    for part in (
        "ck_round_number_positive",
        "fk_round_body_id",
        "uq_wish_live",
        "ended_at IS NULL",
        "record_event_next",
    ):
        assert part in parts


def test_upgrading_needs_no_application(database_url: str) -> None:
    schema.upgrade(database_url)

    engine = create_engine(database_url)
    schema.check(engine)
    engine.dispose()


def test_upgrading_again_writes_nothing(engine: Engine) -> None:
    schema.upgrade(engine)
    before = text_of(engine)
    with engine.begin() as connection:
        connection.execute(text(BODY))

    schema.upgrade(engine)

    assert text_of(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM body")).scalar_one() == 1


def test_flask_migrate_finds_the_same_migrations(database_url: str) -> None:
    app = app_on(database_url)
    Migrate(app, db, directory=str(schema.MIGRATIONS))

    with app.app_context():
        flask_upgrade()
        schema.check(db.engine)
        downgrade(revision="base")
        left = inspect(db.engine).get_table_names()
        db.engine.dispose()

    assert left == ["alembic_version"]


def test_a_migration_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE wish (id INTEGER)"))  # the last table the migration creates

    with pytest.raises(Exception, match="wish"):
        schema.upgrade(engine)

    assert inspect(engine).get_table_names() == ["wish"]


def test_a_migration_that_leaves_a_broken_reference_is_refused(sqlite_url: str) -> None:
    schema.upgrade(sqlite_url)
    engine = create_engine(sqlite_url)

    with pytest.raises(schema.SchemaDiffers, match="a row of meeting refers to a row of body"):  # noqa: SIM117
        with schema.migrating(engine) as connection:
            connection.execute(
                text(
                    "INSERT INTO meeting (id, body_id, titles, places, starts_on, ends_on, form, higher)"
                    " VALUES ('m', 'nobody', '{}', '{}', '2025-04-09', '2025-04-09', 'video', 0)"
                )
            )

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM meeting")).scalar_one() == 0
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    engine.dispose()


def test_references_are_checked_at_the_commit(engine: Engine) -> None:
    schema.upgrade(engine)

    with engine.connect() as connection:
        connection.execute(text("INSERT INTO round_version (round_id, version_id) VALUES ('none', 'none')"))
        with pytest.raises(IntegrityError):
            connection.commit()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DROP INDEX uq_wish_live", "index uq_wish_live is missing or was changed"),
        ("ALTER TABLE body ADD COLUMN motto TEXT", "body"),
        ("CREATE TABLE planted (id INTEGER)", "planted"),
    ],
)
def test_a_changed_schema_is_told_in_one_line(engine: Engine, change: str, told: str) -> None:
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text(change))

    with pytest.raises(schema.SchemaDiffers, match=told) as refused:
        schema.check(engine)

    assert "\n" not in str(refused.value)


def test_a_missing_trigger_is_told(engine: Engine) -> None:
    schema.upgrade(engine)
    table = " ON body" if engine.dialect.name == "postgresql" else ""
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER record_body_no_delete{table}"))

    with pytest.raises(schema.SchemaDiffers, match="record_body_no_delete is missing or was changed"):
        schema.check(engine)


def test_a_disabled_trigger_is_told(postgres_url: str) -> None:
    with recorded(postgres_url):
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE body DISABLE TRIGGER record_body_no_delete"))

        with pytest.raises(schema.SchemaDiffers, match="record_body_no_delete is missing or was changed"):
            schema.check(db.engine)


def test_checking_the_schema_leaves_no_trace(engine: Engine) -> None:
    schema.upgrade(engine)
    before = inspect(engine).get_schema_names()

    schema.check(engine)

    assert inspect(engine).get_schema_names() == before


def test_rows_survive_a_table_that_is_rebuilt(sqlite_url: str) -> None:
    with recorded(sqlite_url), schema.migrating(db.engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("version", recreate="always") as batch:
            batch.alter_column("note", server_default="")
        rows = connection.execute(text("SELECT count(*) FROM provision_text")).scalar_one()

    assert rows == 1

"""``chapeau backup``: the whole database in one file, while it is in use, proved."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.models import db
from app.services.verification import Report, examine


@click.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(target: Path) -> None:
    """Copy the embedded database to TARGET, a new file, and prove the copy; exit 1 where something in it was changed.

    A copy of the database's file alone would lack what was received last. To restore, stop the server and put TARGET
    in the file's place.
    """
    if db.engine.dialect.name != "sqlite":
        raise click.ClickException("this installation is on PostgreSQL: copy it with pg_dump")
    if target.exists():
        raise click.ClickException(f"{target} exists; give another name.")
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with db.engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)
    report = _proved(target)
    for finding in report.findings:
        click.echo(str(finding), err=True)
    if report.findings:
        raise SystemExit(1)
    click.echo(f"{target}: {report.events} events, {report.rows} rows, nothing to report")


def _proved(target: Path) -> Report:
    engine = create_engine(f"sqlite:///{target}")
    try:
        with Session(engine) as session:
            return examine(session)
    finally:
        engine.dispose()

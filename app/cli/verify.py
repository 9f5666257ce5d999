"""``chapeau verify``: whether the record and everything it protects is as it was written."""

import click
from flask.cli import with_appcontext

from app.models import db
from app.services.verification import examine


@click.command("verify")
@with_appcontext
def verify() -> None:
    """Check every event and every protected row; exit 1 naming table, row and column of what was changed."""
    report = examine(db.session())
    for note in report.erased:
        click.echo(str(note))
    for finding in report.findings:
        click.echo(str(finding), err=True)
    if report.findings:
        raise SystemExit(1)
    click.echo(f"{report.events} events, {report.rows} rows: nothing to report")

"""``chapeau demo``: the sample, with a link for each of its persons."""

from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo

from app.cli.run import host_option, instance_option, port_option, prepared, serve
from app.negotiation.actors import system
from app.negotiation.vocabulary import DelegationKind, Role
from app.queries.bodies import list_bodies
from app.queries.members import PersonRow, list_persons
from app.services import invitations

LINK_DAYS = 365
_FIRST = (Role.SECRETARIAT, Role.CHAIR, Role.FOCAL_POINT, Role.EXPERT, Role.OBSERVER, Role.ADMINISTRATOR)


@click.command("demo")
@port_option
@host_option
@instance_option
@click.pass_obj
def demo(script: ScriptInfo, port: int, host: str, instance: Path | None) -> None:
    """Load the sample into an empty instance, serve it, and print a sign-in link for each of its persons."""
    app = prepared(script, port=port, host=host, instance=instance)
    now: datetime = app.config["CLOCK"]()
    with app.app_context():
        _load(now)
    serve(app, port=port, host=host, tell=lambda: _tell_links(app, now))


def _load(now: datetime) -> None:
    bodies = list_bodies()
    if bodies and not all(body.sample for body in bodies):
        raise click.ClickException("this instance holds real bodies; give the sample one of its own with --instance")
    if not bodies:
        from app.sample.load import load_sample  # the other commands start without the sample's texts

        click.echo("Loading the sample …")
        load_sample(now=now)


def _tell_links(app: Flask, now: datetime) -> None:
    base_url = app.config["SETTINGS"].base_url
    click.echo("Open a link to act as a person of the sample:")
    with app.app_context():
        for person in sorted(list_persons(), key=lambda row: (_FIRST.index(row.role), row.rank or 0, row.name)):
            link = invitations.offer_sign_in(person.user, days=LINK_DAYS, actor=system(), now=now)
            click.echo("\t".join((person.role, _delegation(person), person.name, f"{base_url}/links/{link.token}")))


def _delegation(person: PersonRow) -> str:
    desk = person.kind in (None, DelegationKind.CHAIR, DelegationKind.SECRETARIAT)
    return "-" if desk or person.code is None else person.code

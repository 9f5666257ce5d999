"""``chapeau erase``: a person's name, address and password forgotten, for the one who runs the installation."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.negotiation.actors import system
from app.services.accounts import find_account
from app.services.erasure import erase_person


@click.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def erase(email: str, yes: bool) -> None:
    """Erase the account of EMAIL; what was done in it stays on the record, without the person."""
    account = find_account(email)
    if account is None:
        raise click.ClickException(f"there is no account with the address {email}")
    if not yes:
        click.confirm(f"Erase {account.name} <{account.email}>? Nothing brings it back.", abort=True)
    now: datetime = current_app.config["CLOCK"]()
    erase_person(account.public_id, actor=system(), now=now)
    click.echo("Erased: name, address, password, invitations and letters. Older backups still hold them.")

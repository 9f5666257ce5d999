"""``chapeau invite``: a link without a browser, for the one who runs the installation."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.negotiation.actors import system
from app.negotiation.vocabulary import Role
from app.queries.bodies import get_body
from app.queries.delegations import list_delegations
from app.services import invitations
from app.services.invitations import NewMember

ROLES = [str(role) for role in Role if role != Role.SYSTEM]


@click.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--body", help="Short name of the body; none for an administrator.")
@click.option("--delegation", help="Code of the delegation or desk; not needed for chair and secretariat.")
@with_appcontext
def invite(email: str, name: str, role: str, body: str | None, delegation: str | None) -> None:
    """Print a link that makes NAME with the address EMAIL a member."""
    if "@" not in email:
        raise click.BadParameter(f"{email!r} is no e-mail address")
    settings = current_app.config["SETTINGS"]
    now: datetime = current_app.config["CLOCK"]()
    body_id, delegation_id = _place(Role(role), body, delegation)
    (link,) = invitations.invite_members(
        [NewMember(name, email, Role(role), delegation_id)],
        days=settings.invitation_days,
        actor=system(body_id),
        now=now,
    )
    click.echo(f"{settings.base_url}/links/{link.token}")


def _place(role: Role, slug: str | None, code: str | None) -> tuple[str | None, str | None]:
    if role == Role.ADMINISTRATOR:
        return None, None
    if slug is None:
        raise click.UsageError(f"the role {role} needs --body")
    row = get_body(slug, actor=system())
    for delegation in list_delegations(row.id, active_only=True):
        if delegation.code == code or (code is None and delegation.kind == role.value):
            return row.id, delegation.id
    raise click.UsageError("there is no such delegation in this body: give its code with --delegation")

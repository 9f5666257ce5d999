"""Links that are handed over: their addresses, and the letters that carry them."""

from flask import current_app
from flask_babel import gettext as _

from app.services.invitations import Compose, IssuedLink, Letter
from app.web.languages import say_instant
from app.web.places import place_name


def address(link: IssuedLink) -> str:
    """Return the full address of a link, on the installation's own name, never the request's."""
    return f"{current_app.config['SETTINGS'].base_url}/links/{link.token}"


def invitation_days() -> int:
    """Return how many days an invitation holds."""
    return int(current_app.config["SETTINGS"].invitation_days)


def invitation_letter(body: str, zone: str) -> Compose | None:
    """Return the writer of invitations to a body, or None where no mail is sent."""
    if not current_app.config["SETTINGS"].mail_server:
        return None

    def write(link: IssuedLink) -> Letter:
        text = _(
            "%(name)s,\n\nyou are invited to the drafting room of %(body)s. Open this link to begin; it works once and "
            "until %(until)s (%(zone)s):\n\n%(link)s\n",
            name=link.name,
            body=body,
            until=say_instant(link.expires_at, zone),
            zone=place_name(zone),
            link=address(link),
        )
        return Letter(_("Invitation: %(body)s", body=body), text)

    return write


def reset_letter(link: IssuedLink) -> Letter:
    """Return the letter with the link for a new password."""
    text = _(
        "Open this link to set a new password; it works once and until %(until)s (UTC):\n\n%(link)s\n\n"
        "If you did not ask for it, ignore this letter: your password stays as it is.\n",
        until=say_instant(link.expires_at, "UTC"),
        link=address(link),
    )
    return Letter(_("A new password for Chapeau"), text)

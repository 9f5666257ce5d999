"""The outbox: letters written in the transaction of the act they tell about, sent afterwards."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from smtplib import SMTP
from typing import Any

from sqlalchemy import select

from app.config import Settings
from app.models import db, writing
from app.models.accounts import Outbox

MAX_TRIES = 20
"""After so many failures a letter stays in the outbox for somebody to look at."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A mail: plain text; *facts* say what it is about, *dedup* makes it one."""

    to: str
    subject: str
    text: str
    dedup: str
    facts: dict[str, Any]


Send = Callable[[str, str, str], None]
"""Sends a mail (to, subject, text), or raises what kept it from going."""


def add_letter(letter: Letter, *, now: datetime) -> bool:
    """Put a letter into the outbox within the running use case; False where it is there already."""
    if db.session.scalar(select(Outbox.id).where(Outbox.dedup == letter.dedup)) is not None:
        return False
    row = Outbox(
        to=letter.to, subject=letter.subject, text=letter.text, dedup=letter.dedup, facts=letter.facts, created_at=now
    )
    db.session.add(row)
    db.session.flush()
    return True


def send_waiting(send: Send, *, now: datetime) -> int:
    """Send what waits, each letter in a transaction of its own, and return how many went out.

    A letter that cannot be sent stays, with its tries counted; the others go on.
    """
    db.session.rollback()
    waiting = select(Outbox.id).where(Outbox.sent_at.is_(None), Outbox.tries < MAX_TRIES).order_by(Outbox.id)
    sent = 0
    for letter_id in db.session.scalars(waiting).all():
        db.session.rollback()
        with writing():
            letter = db.session.get_one(Outbox, letter_id, with_for_update=True)
            if letter.sent_at is None:
                sent += _send(letter, send, now)
            db.session.commit()
    return sent


def _send(letter: Outbox, send: Send, now: datetime) -> int:
    letter.tries += 1
    try:
        send(letter.to, letter.subject, letter.text)
    except Exception as error:  # also a letter that cannot even be written: it must hold up no other
        log.warning("letter %s could not be sent (try %s): %s", letter.id, letter.tries, type(error).__name__)
        return 0
    letter.sent_at = now
    return 1


def smtp(settings: Settings) -> Send:
    """Return what sends mails over the installation's relay."""

    def send(to: str, subject: str, text: str) -> None:
        host, _, port = settings.mail_server.partition(":")
        with SMTP(host, int(port or 25), timeout=20) as relay:
            relay.send_message(mail(settings.mail_from, to, subject, text))

    return send


def mail(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Return a letter as it goes to the relay; its subject is one line, whatever a name in it holds."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, " ".join(subject.split())
    message.set_content(text)
    return message

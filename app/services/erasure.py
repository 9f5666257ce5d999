"""Erasing a person's data: the record keeps what was done, and forgets who did it."""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from app.models import db
from app.models.accounts import Invitation, Outbox, User
from app.models.protection import spelled
from app.models.record import EventPayload
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.services._unit import record, use_case
from app.services.verification import ERASE
from app.text.canonical import dumps


@use_case
def erase_person(user_public_id: str, *, actor: Actor, now: datetime) -> None:
    """Erase the personal data of an account: name, address and password, invitations, letters, and its events' persons.

    An event's person is who acted in it, or whom it names by address (an invitation). The account stays, disabled
    and empty, for the rows that name it. Its chains verify as before; verification says when the data was erased.

    Raises:
        NotPermitted: The actor is neither an administrator nor the command line.
        NotFound: There is no such account.
    """
    require(actor, ERASE)
    account = db.session.scalars(select(User).where(User.public_id == user_public_id)).one_or_none()
    if account is None:
        raise NotFound()
    address = account.email.lower()
    _forget_links_and_letters(account.public_id, address, now)
    account.name, account.email, account.password = "", f"{account.public_id}@erased.invalid", None
    account.active, account.fs_uniquifier = False, secrets.token_hex(16)
    spellings = (f'"user":{dumps(account.public_id)}', f'"email":{dumps(address)}')
    named = or_(*(EventPayload.person.contains(spelling, autoescape=True) for spelling in spellings))
    events = db.session.execute(select(EventPayload.chain_id, EventPayload.seq).where(named)).all()
    db.session.execute(
        update(EventPayload).where(named).values(person=None, erased_at=now),
        execution_options={"synchronize_session": False},
    )
    record(ERASE, account, facts={"at": spelled(now), "events": [[chain, seq] for chain, seq in events]})


def _forget_links_and_letters(user: str, address: str, now: datetime) -> None:
    """End the links of a person and take name and address off them; remove the letters, sent or not."""
    theirs = or_(Invitation.user_id == user, func.lower(Invitation.email) == address)
    for link in db.session.scalars(select(Invitation).where(theirs)):
        link.name = link.email = None
        link.used_at = link.used_at or now
    db.session.execute(delete(Outbox).where(func.lower(Outbox.to) == address))

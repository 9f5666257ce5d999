"""Erasing a person's data: the record keeps what was done, and forgets who did it."""

import secrets
from datetime import datetime

from sqlalchemy import select, update

from app.models import db
from app.models.accounts import User
from app.models.protection import spelled
from app.models.record import EventPayload
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.services._unit import record, use_case
from app.services.verification import ERASE


@use_case
def erase_person(user_public_id: str, *, actor: Actor, now: datetime) -> None:
    """Erase the personal data of an account: its name, address and password, and who acted in its events.

    The account stays, disabled and empty, for the rows that name it. Its chains verify as before;
    verification says when the data was erased.

    Raises:
        NotPermitted: The actor is neither an administrator nor the command line.
        NotFound: There is no such account.
    """
    require(actor, ERASE)
    account = db.session.scalars(select(User).where(User.public_id == user_public_id)).one_or_none()
    if account is None:
        raise NotFound()
    account.name, account.email, account.password = "", f"{account.public_id}@erased.invalid", None
    account.active, account.fs_uniquifier = False, secrets.token_hex(16)
    acted = EventPayload.person.contains(f'"user":"{account.public_id}"', autoescape=True)
    events = db.session.execute(select(EventPayload.chain_id, EventPayload.seq).where(acted)).all()
    db.session.execute(
        update(EventPayload).where(acted).values(person=None, erased_at=now),
        execution_options={"synchronize_session": False},
    )
    record(ERASE, account, facts={"at": spelled(now), "events": [[chain, seq] for chain, seq in events]})

"""Accounts: made by taking up an invitation, and their passwords.

Passwords come here hashed already, by the sign-in library: hashing takes long, and the chain is locked here.
"""

from dataclasses import dataclass
from datetime import datetime

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import func, select

from app.models import db
from app.models.accounts import AccountRole, Invitation, User
from app.models.bodies import Membership
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.queries.invitations import RESET
from app.services._unit import record, use_case

datastore = SQLAlchemyUserDatastore(db, User, AccountRole)
"""The sign-in library's own view of accounts."""


@dataclass(frozen=True)
class Visit:
    """What a person is told on coming in.

    Attributes:
        last_visit_at: The visit before, if any.
        reset_offered_at: When, since then, somebody made a link that can change the password.
    """

    last_visit_at: datetime | None
    reset_offered_at: datetime | None


@use_case
def create_account(
    email: str, name: str, *, password_hash: str | None = None, language: str | None = None, actor: Actor, now: datetime
) -> str:
    """Make an account and return its public id; without a password only a link opens it."""
    return add_account(email, name, password_hash=password_hash, language=language, now=now).public_id


def add_account(
    email: str, name: str, *, password_hash: str | None, language: str | None = None, now: datetime
) -> User:
    """Add an account to the running use case, and return it."""
    account = datastore.create_user(
        email=email.strip().lower(),
        name=name.strip(),
        password=password_hash,
        language=language,
        created_at=now,
        confirmed_at=now,
    )
    assert isinstance(account, User)
    db.session.flush()
    return account


def find_account(email: str) -> User | None:
    """Return the account of an address, whatever its capitals."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def get_account(user: str) -> User:
    """Return an account by its public id.

    Raises:
        NotFound: There is none.
    """
    account = db.session.scalar(select(User).where(User.public_id == user))
    if account is None:
        raise NotFound()
    return account


@use_case
def begin_visit(user: str, *, actor: Actor, now: datetime) -> Visit:
    """Note that a person came in, and return what to tell them."""
    account = get_account(user)
    before = account.last_visit_at
    statement = select(func.max(Invitation.created_at)).where(Invitation.purpose == RESET, Invitation.user_id == user)
    if before is not None:
        statement = statement.where(Invitation.created_at > before)
    account.last_visit_at = now
    return Visit(before, db.session.scalar(statement))


@use_case
def change_password(user: str, password_hash: str, *, actor: Actor, now: datetime) -> str:
    """Set a new password, end all sessions and open links, and return the key of the session that may go on."""
    account = get_account(user)
    set_password(account, password_hash, now=now)
    membership = db.session.get(Membership, actor.membership) if actor.membership else None
    if membership is not None:
        record("account.change_password", membership)
    return str(account.fs_uniquifier)


@use_case
def end_sessions(user: str, *, actor: Actor, now: datetime) -> None:
    """Sign a person out everywhere."""
    datastore.set_uniquifier(get_account(user))


def set_password(account: User, password_hash: str, *, now: datetime) -> None:
    """Set a password in the running use case: sessions and links made before end."""
    account.password = password_hash
    datastore.set_uniquifier(account)
    open_links = select(Invitation).where(
        Invitation.purpose == RESET, Invitation.user_id == account.public_id, Invitation.used_at.is_(None)
    )
    for link in db.session.scalars(open_links):
        link.used_at = now
        record("account.set_password", link)

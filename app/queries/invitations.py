"""Links that make or change an account: what stands behind a token, and which are still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from app.models import db
from app.models.accounts import Invitation, User
from app.models.bodies import Body, Delegation, Membership
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import Role

INVITE, RESET, SETUP, SIGN_IN = "invite", "reset", "setup", "sign_in"


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One link: for whom, to what, until when.

    Attributes:
        user: Public id of the account it is about, where there is one.
        account_name, account_email: Of that account.
    """

    id: str
    purpose: str
    name: str
    email: str
    user: str | None
    account_name: str
    account_email: str
    role: Role | None
    body_id: str | None
    body_names: Mapping[str, Any]
    zone: str
    sample: bool
    delegation_id: str | None
    delegation_forms: Mapping[str, Any]
    created_at: datetime
    expires_at: datetime

    def actor(self, user: str | None) -> Actor:
        """Return the actor that somebody is who takes it up."""
        return Actor(self.role or Role.SYSTEM, user, self.body_id, self.delegation_id)


def hashed(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def get_invitation(token: str, *, now: datetime) -> InvitationRow | None:
    """Return the open link behind *token*, or None: unknown, used and expired ones look the same."""
    statement = _statement().where(
        Invitation.token_hash == hashed(token), Invitation.used_at.is_(None), Invitation.expires_at > now
    )
    found = db.session.execute(statement).first()
    return None if found is None else _row(*found)


def list_open_invitations(*, actor: Actor, now: datetime) -> tuple[InvitationRow, ...]:
    """Return the invitations of the actor's body that wait to be taken up, newest first; of a focal point's own
    delegation only."""
    statement = _statement().where(
        Invitation.purpose == INVITE,
        Invitation.body_id == actor.body,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    if actor.role != Role.SECRETARIAT:
        statement = statement.where(Invitation.delegation_id == actor.delegation)
    found = db.session.execute(statement.order_by(Invitation.created_at.desc(), Invitation.id))
    return tuple(_row(*row) for row in found)


def has_administrator() -> bool:
    """Whether the installation has an administrator."""
    statement = select(Membership.id).where(Membership.role == Role.ADMINISTRATOR, Membership.ended_at.is_(None))
    return db.session.scalar(statement.limit(1)) is not None


def _statement() -> Any:
    known = (Invitation.user_id == User.public_id) | (
        Invitation.user_id.is_(None) & (func.lower(User.email) == Invitation.email)
    )
    return (
        select(Invitation, User, Body, Delegation)
        .outerjoin(User, known)
        .outerjoin(Body, Body.id == Invitation.body_id)
        .outerjoin(Delegation, Delegation.id == Invitation.delegation_id)
    )


def _row(invitation: Invitation, user: User | None, body: Body | None, delegation: Delegation | None) -> InvitationRow:
    return InvitationRow(
        id=invitation.id,
        purpose=invitation.purpose,
        name=invitation.name or "",
        email=invitation.email or "",
        user=user.public_id if user else None,
        account_name=user.name if user else "",
        account_email=user.email if user else "",
        role=invitation.role,
        body_id=invitation.body_id,
        body_names=body.names if body else {},
        zone=body.zone if body else "UTC",
        sample=bool(body and body.sample),
        delegation_id=invitation.delegation_id,
        delegation_forms=delegation.forms if delegation else {},
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )

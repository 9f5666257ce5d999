"""Members: who is what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.bodies import Body, Delegation, Membership
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import DelegationKind, Role


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One live membership with the names to show it by."""

    id: str
    user: str
    role: Role
    body_id: str | None
    body_slug: str | None
    body_names: Mapping[str, Any]
    zone: str
    sample: bool
    delegation_id: str | None
    delegation_code: str | None
    delegation_kind: DelegationKind | None
    delegation_forms: Mapping[str, Any]

    @property
    def actor(self) -> Actor:
        """The actor it makes."""
        return Actor(self.role, self.user, self.body_id, self.delegation_id, self.id)


def list_memberships(user: str) -> tuple[MembershipRow, ...]:
    """Return the live memberships of a user (by public id), oldest first."""
    statement = (
        select(Membership, Body, Delegation)
        .outerjoin(Body, Body.id == Membership.body_id)
        .outerjoin(Delegation, Delegation.id == Membership.delegation_id)
        .where(Membership.user_id == user, Membership.ended_at.is_(None))
        .order_by(Membership.created_at, Membership.id)
    )
    return tuple(_row(*found) for found in db.session.execute(statement))


def _row(membership: Membership, body: Body | None, delegation: Delegation | None) -> MembershipRow:
    return MembershipRow(
        id=membership.id,
        user=membership.user_id,
        role=membership.role,
        body_id=membership.body_id,
        body_slug=body.slug if body else None,
        body_names=body.names if body else {},
        zone=body.zone if body else "UTC",
        sample=bool(body and body.sample),
        delegation_id=membership.delegation_id,
        delegation_code=delegation.code if delegation else None,
        delegation_kind=delegation.kind if delegation else None,
        delegation_forms=delegation.forms if delegation else {},
    )

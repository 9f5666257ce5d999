"""Bodies and their settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.models import db
from app.models.bodies import Body, Delegation, Membership
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import DelegationKind, Role
from app.queries import access


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as its officers set it."""

    id: str
    slug: str
    names: Mapping[str, Any]
    zone: str
    languages: tuple[str, ...]
    rules: Mapping[str, Any]
    sample: bool
    created_at: datetime
    officers: int = 0
    delegations: int = 0


def get_own_body(actor: Actor) -> BodyRow:
    """Return the body *actor* acts in.

    Raises:
        NotFound: It acts in none.
    """
    return _row(access.get_body(actor))


def get_body(slug: str, *, actor: Actor) -> BodyRow:
    """Return a body by its slug, for administrators.

    Raises:
        NotFound: There is none, or the actor is no administrator.
    """
    body = db.session.scalar(select(Body).where(Body.slug == slug))
    if body is None or actor.role not in (Role.ADMINISTRATOR, Role.SYSTEM):
        raise NotFound()
    return _row(body)


def list_bodies() -> tuple[BodyRow, ...]:
    """Return all bodies of the installation by age, with the numbers of officers and member delegations."""
    officers = (
        select(func.count(Membership.id))
        .where(Membership.body_id == Body.id, Membership.role == Role.SECRETARIAT, Membership.ended_at.is_(None))
        .scalar_subquery()
    )
    delegations = (
        select(func.count(Delegation.id))
        .where(Delegation.body_id == Body.id, Delegation.kind == DelegationKind.MEMBER_STATE, Delegation.active)
        .scalar_subquery()
    )
    found = db.session.execute(select(Body, officers, delegations).order_by(Body.created_at, Body.slug))
    return tuple(_row(*row) for row in found)


def _row(body: Body, officers: int = 0, delegations: int = 0) -> BodyRow:
    return BodyRow(
        body.id,
        body.slug,
        body.names,
        body.zone,
        tuple(body.languages),
        body.rules,
        body.sample,
        body.created_at,
        officers,
        delegations,
    )

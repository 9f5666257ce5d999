"""Delegations of a body, in its order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.models import db
from app.models.bodies import Delegation, Membership
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import DelegationKind, Role


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation with its name forms and how many people act for it."""

    id: str
    code: str
    kind: DelegationKind
    rank: int
    forms: Mapping[str, Any]
    active: bool
    members: int


def list_delegations(body_id: str, *, active_only: bool = False) -> tuple[DelegationRow, ...]:
    """Return the delegations and desks of a body by protocol rank."""
    statement = _statement().where(Delegation.body_id == body_id).order_by(Delegation.rank)
    if active_only:
        statement = statement.where(Delegation.active)
    return tuple(DelegationRow(*row) for row in db.session.execute(statement))


def get_delegation(code: str, *, actor: Actor) -> DelegationRow:
    """Return a delegation of the actor's body by its code.

    Raises:
        NotFound: There is none.
    """
    statement = _statement().where(Delegation.body_id == actor.body, Delegation.code == code)
    found = db.session.execute(statement).first()
    if found is None or actor.role == Role.OBSERVER:
        raise NotFound()
    return DelegationRow(*found)


def _statement() -> Any:
    members = (
        select(func.count(Membership.id))
        .where(Membership.delegation_id == Delegation.id, Membership.ended_at.is_(None))
        .scalar_subquery()
    )
    return select(
        Delegation.id,
        Delegation.code,
        Delegation.kind,
        Delegation.rank,
        Delegation.forms,
        Delegation.active,
        members,
    )

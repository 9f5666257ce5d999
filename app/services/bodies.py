"""Bodies, their delegations and members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.models import db
from app.models.accounts import User
from app.models.bodies import Body, Delegation, Membership
from app.models.record import Chain
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.permissions import require
from app.negotiation.vocabulary import DelegationKind, Role
from app.queries import access
from app.services._unit import record, use_case


@dataclass(frozen=True)
class NewDelegation:
    """What a delegation is made from; *forms*: language to name forms."""

    code: str
    kind: DelegationKind
    forms: Mapping[str, Mapping[str, str]]


@use_case
def create_body(
    slug: str,
    *,
    names: Mapping[str, str],
    zone: str,
    languages: Sequence[str],
    rules: Mapping[str, Any],
    delegations: Sequence[NewDelegation],
    sample: bool = False,
    actor: Actor,
    now: datetime,
) -> str:
    """Create a body with its delegations in protocol rank and return its id.

    The desks of chair and secretariat are among the delegations, after the states.
    """
    require(actor, "body.create")
    body = Body(
        slug=slug,
        names=dict(names),
        zone=zone,
        languages=list(languages),
        rules=dict(rules),
        sample=sample,
        created_at=now,
    )
    db.session.add(body)
    db.session.flush()
    db.session.add(Chain(id=body.id, head_seq=0, head_hash="0" * 64))
    record("body.create", body)
    for rank, new in enumerate(delegations, 1):
        _add_delegation(body.id, new, rank)
    return body.id


@use_case
def add_delegation(new: NewDelegation, *, rank: int | None = None, actor: Actor, now: datetime) -> str:
    """Add a delegation to the actor's body, last in rank unless *rank* is free, and return its id."""
    require(actor, "delegation.change")
    body = access.get_body(actor)
    last = db.session.scalar(select(func.max(Delegation.rank)).where(Delegation.body_id == body.id)) or 0
    return _add_delegation(body.id, new, rank or last + 1)


def _add_delegation(body_id: str, new: NewDelegation, rank: int) -> str:
    forms = {language: dict(names) for language, names in new.forms.items()}
    delegation = Delegation(body_id=body_id, code=new.code, kind=new.kind, rank=rank, forms=forms)
    db.session.add(delegation)
    db.session.flush()
    record("delegation.add", delegation, facts={"code": new.code})
    return delegation.id


@use_case
def add_membership(user: str, delegation_id: str | None, role: Role, *, actor: Actor, now: datetime) -> str:
    """Make a person (by public id) a member and return the membership's id.

    Administrators have no delegation. First officers are made by administrators, members by
    officers, experts also by their focal point.
    """
    if role == Role.ADMINISTRATOR or actor.role in (Role.ADMINISTRATOR, Role.SYSTEM):
        require(actor, "officer.invite")
    else:
        require(actor, "member.invite")
    delegation = db.session.get(Delegation, delegation_id) if delegation_id else None
    if delegation is not None and actor.body not in (None, delegation.body_id):
        raise NotFound()
    if actor.role == Role.FOCAL_POINT and delegation_id != actor.delegation:
        raise NotFound()
    person = db.session.scalars(select(User).where(User.public_id == user)).one()
    membership = Membership(
        user_id=user,
        body_id=delegation.body_id if delegation else None,
        delegation_id=delegation_id,
        role=role,
        created_at=now,
    )
    db.session.add(membership)
    record("membership.begin", membership, facts={"role": role}, name=person.name)
    db.session.flush()
    return membership.id

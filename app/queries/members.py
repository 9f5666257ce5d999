"""Members: who is what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.bodies import Body, Delegation, Membership
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
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
    """Return the live memberships of a user (by public id), oldest first; none of a delegation that left."""
    statement = (
        select(Membership, Body, Delegation)
        .outerjoin(Body, Body.id == Membership.body_id)
        .outerjoin(Delegation, Delegation.id == Membership.delegation_id)
        .where(Membership.user_id == user, Membership.ended_at.is_(None))
        .where(Membership.delegation_id.is_(None) | Delegation.active)
        .order_by(Membership.created_at, Membership.id)
    )
    return tuple(_row(*found) for found in db.session.execute(statement))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person in a role, as the members' list shows it."""

    id: str
    user: str
    name: str
    email: str
    role: Role
    body_id: str | None
    delegation_id: str | None
    created_at: datetime
    last_visit_at: datetime | None


def list_members(*, actor: Actor) -> tuple[MemberRow, ...]:
    """Return the live members that *actor* has a say in, by name.

    Officers: of their body; focal points: of their delegation; administrators: administrators.
    """
    if actor.role not in (Role.SECRETARIAT, Role.FOCAL_POINT, Role.ADMINISTRATOR):
        return ()
    statement = _members()
    if actor.role == Role.ADMINISTRATOR:
        statement = statement.where(Membership.role == Role.ADMINISTRATOR)
    else:
        statement = statement.where(Membership.body_id == actor.body)
    if actor.role == Role.FOCAL_POINT:
        statement = statement.where(Membership.delegation_id == actor.delegation)
    return tuple(MemberRow(*row) for row in db.session.execute(statement))


def list_officers(body_id: str) -> tuple[MemberRow, ...]:
    """Return the officers of a body's secretariat, by name."""
    statement = _members().where(Membership.body_id == body_id, Membership.role == Role.SECRETARIAT)
    return tuple(MemberRow(*row) for row in db.session.execute(statement))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the installation by the role held longest."""

    user: str
    name: str
    role: Role
    code: str | None
    kind: DelegationKind | None
    rank: int | None


def list_persons() -> tuple[PersonRow, ...]:
    """Return everybody with a role in the installation, once each: for the command line."""
    statement = (
        select(User.public_id, User.name, Membership.role, Delegation.code, Delegation.kind, Delegation.rank)
        .join(Membership, Membership.user_id == User.public_id)
        .outerjoin(Delegation, Delegation.id == Membership.delegation_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Membership.created_at, Membership.id)
    )
    persons: dict[str, PersonRow] = {}
    for found in db.session.execute(statement):
        persons.setdefault(found[0], PersonRow(*found))
    return tuple(persons.values())


def get_member(membership_id: str, *, actor: Actor) -> MemberRow:
    """Return one member that *actor* has a say in; administrators: officers and administrators.

    Raises:
        NotFound: There is none.
    """
    if actor.role == Role.ADMINISTRATOR:
        found = db.session.execute(_members().where(Membership.id == membership_id)).first()
        row = MemberRow(*found) if found else None
        rows: tuple[MemberRow, ...] = (row,) if row and row.role in (Role.SECRETARIAT, Role.ADMINISTRATOR) else ()
    else:
        rows = tuple(row for row in list_members(actor=actor) if row.id == membership_id)
    if not rows:
        raise NotFound()
    return rows[0]


def _members() -> Any:
    return (
        select(
            Membership.id,
            User.public_id,
            User.name,
            User.email,
            Membership.role,
            Membership.body_id,
            Membership.delegation_id,
            Membership.created_at,
            User.last_visit_at,
        )
        .join(User, User.public_id == Membership.user_id)
        .where(Membership.ended_at.is_(None))
        .order_by(User.name, Membership.id)
    )


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

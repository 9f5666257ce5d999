"""Members: beginning and ending of roles."""

from datetime import datetime

from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.bodies import Membership
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, Missing, NotFound, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Role
from app.services._unit import record, use_case


def begin_membership(
    person: User, *, role: Role, body_id: str | None, delegation_id: str | None, now: datetime
) -> Membership:
    """Make a person a member in the running use case; who has the role already keeps it."""
    live = db.session.scalar(
        select(Membership).where(
            Membership.user_id == person.public_id,
            Membership.role == role,
            Membership.delegation_id == delegation_id if delegation_id else Membership.delegation_id.is_(None),
            Membership.ended_at.is_(None),
        )
    )
    if live is not None:
        return live
    membership = Membership(
        user_id=person.public_id, body_id=body_id, delegation_id=delegation_id, role=role, created_at=now
    )
    db.session.add(membership)
    db.session.flush()
    record("membership.begin", membership, facts={"role": role}, user=person.public_id, name=person.name)
    return membership


@use_case
def end_membership(membership_id: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """End a role; what was done in it stays.

    Raises:
        NotFound: It is not of the actor's body; for a focal point: not an expert of the own delegation.
        Missing: No reason was given.
        NotReady: It is the last officer's or administrator's.
    """
    require(actor, "member.end")
    membership = get_live(membership_id, actor=actor)
    if not reason.strip():
        raise Missing(N_("a reason"))
    if membership.role in (Role.SECRETARIAT, Role.ADMINISTRATOR) and _is_last(membership):
        raise NotReady(N_("nobody else has this role"))
    membership.ended_at = now
    record("membership.end", membership, facts={"reason": reason.strip()})


def get_live(membership_id: str, *, actor: Actor) -> Membership:
    """Return a live membership that the actor has a say in.

    Raises:
        NotFound: There is none, or it is somebody else's concern.
    """
    found = db.session.get(Membership, membership_id)
    if found is None or found.ended_at is not None:
        raise NotFound()
    if actor.role in (Role.ADMINISTRATOR, Role.SYSTEM):
        return found
    if found.body_id != actor.body:
        raise NotFound()
    if actor.role != Role.SECRETARIAT and (found.delegation_id != actor.delegation or found.role != Role.EXPERT):
        raise NotFound()
    return found


def _is_last(membership: Membership) -> bool:
    others = select(Membership.id).where(
        Membership.body_id == membership.body_id,
        Membership.role == membership.role,
        Membership.ended_at.is_(None),
        Membership.id != membership.id,
    )
    return db.session.scalar(others.limit(1)) is None

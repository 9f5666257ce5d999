"""Bodies, their delegations and members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.bodies import Body, Delegation
from app.models.record import Chain
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotPermitted, NotReady
from app.negotiation.memberships import invitable_by
from app.negotiation.permissions import require
from app.negotiation.vocabulary import DelegationKind, Role
from app.queries import access
from app.services._unit import record, use_case
from app.services.members import begin_membership

_MEMBERS = (DelegationKind.MEMBER_STATE, DelegationKind.BODY)


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
def change_body(
    *,
    names: Mapping[str, str],
    zone: str,
    languages: Sequence[str],
    rules: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Change the settings of the actor's body; rules that are not given stay as they are."""
    require(actor, "body.change")
    body = access.get_body(actor)
    wanted = {
        "names": dict(names),
        "zone": zone,
        "languages": list(languages),
        "rules": {**body.rules, **rules},
    }
    changed = [name for name, value in wanted.items() if getattr(body, name) != value]
    for name in changed:
        setattr(body, name, wanted[name])
    if changed:
        record("body.change", body, facts={"changed": changed})


@use_case
def add_delegation(new: NewDelegation, *, rank: int | None = None, actor: Actor, now: datetime) -> str:
    """Add a delegation to the actor's body and return its id; see ``add_delegations``."""
    (added,) = _add_delegations((new,), actor)
    if rank is not None:
        _place(db.session.get_one(Delegation, added), rank)
    return added


@use_case
def add_delegations(news: Sequence[NewDelegation], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Add delegations to the actor's body, all or none, and return their ids.

    States and other bodies come after the states there are, before the desks; the rest at the end.

    Raises:
        NotReady: A code is taken.
    """
    return _add_delegations(news, actor)


def _add_delegations(news: Sequence[NewDelegation], actor: Actor) -> tuple[str, ...]:
    require(actor, "delegation.change")
    body = access.get_body(actor)
    there = list(db.session.scalars(select(Delegation).where(Delegation.body_id == body.id)))
    taken = {d.code for d in there}
    last = max((d.rank for d in there), default=0)
    after = max((d.rank for d in there if d.kind in _MEMBERS), default=0)
    added = []
    for new in news:
        if new.code in taken:
            raise NotReady(N_("this code is taken"))
        taken.add(new.code)
        last += 1
        added.append(_add_delegation(body.id, new, last))
        if new.kind in _MEMBERS:
            after += 1
            _place(db.session.get_one(Delegation, added[-1]), after)
    return tuple(added)


@use_case
def change_delegation(
    delegation_id: str, *, forms: Mapping[str, Mapping[str, str]], actor: Actor, now: datetime
) -> None:
    """Change the name forms of a delegation; forms that are not given stay as they are."""
    require(actor, "delegation.change")
    delegation = access.get_delegation(delegation_id, actor=actor)
    wanted = {**delegation.forms}
    for language, names in forms.items():
        wanted[language] = {k: v for k, v in {**wanted.get(language, {}), **names}.items() if v}
    if wanted != delegation.forms:
        delegation.forms = wanted
        record("delegation.change", delegation, facts={"changed": ["forms"]})


@use_case
def rank_delegation(delegation_id: str, rank: int, *, actor: Actor, now: datetime) -> None:
    """Give a delegation a rank; those between move by one."""
    require(actor, "delegation.change")
    delegation = access.get_delegation(delegation_id, actor=actor)
    _place(delegation, rank)


def _place(delegation: Delegation, rank: int) -> None:
    """Move one row through a free place, then the others one by one: at no moment do two share a rank."""
    rows = list(
        db.session.scalars(select(Delegation).where(Delegation.body_id == delegation.body_id).order_by(Delegation.rank))
    )
    order = [row for row in rows if row is not delegation]
    order.insert(min(max(rank, 1), len(rows)) - 1, delegation)
    if order == rows:
        return
    free = rows[-1].rank + 1
    was, ranks = delegation.rank, [row.rank for row in rows]
    delegation.rank = free
    db.session.flush()
    moved = [(row, new) for row, new in zip(order, ranks, strict=True) if row is not delegation and row.rank != new]
    for row, new in sorted(moved, key=lambda pair: pair[1], reverse=any(row.rank < new for row, new in moved)):
        row.rank = new
        db.session.flush()
    delegation.rank = ranks[order.index(delegation)]
    record("delegation.rank", delegation, facts={"from": was, "to": delegation.rank})


@use_case
def set_active(delegation_id: str, active: bool, *, actor: Actor, now: datetime) -> None:
    """Let a delegation take part, or no longer: its people are out at once, what it did stays.

    Raises:
        NotReady: It is the desk of the chair or the secretariat.
    """
    require(actor, "delegation.change")
    delegation = access.get_delegation(delegation_id, actor=actor)
    if delegation.kind in (DelegationKind.CHAIR, DelegationKind.SECRETARIAT):
        raise NotReady(N_("a body needs its chair and its secretariat"))
    if delegation.active != active:
        delegation.active = active
        record("delegation.activate" if active else "delegation.deactivate", delegation)


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
    if role not in invitable_by(actor.role):
        raise NotPermitted("member.invite", actor.role)
    delegation = db.session.get(Delegation, delegation_id) if delegation_id else None
    if delegation is not None and actor.body not in (None, delegation.body_id):
        raise NotFound()
    if actor.role == Role.FOCAL_POINT and delegation_id != actor.delegation:
        raise NotFound()
    person = db.session.scalars(select(User).where(User.public_id == user)).one()
    body_id = delegation.body_id if delegation else None
    return begin_membership(person, role=role, body_id=body_id, delegation_id=delegation_id, now=now).id

"""Links: invitations, new passwords, the first administrator, and the sample's persons.

A link's token is returned once, to be handed over; only its hash is kept.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.models import db
from app.models.accounts import Invitation, Outbox, User
from app.models.bodies import Body, Delegation, Membership
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotPermitted, NotReady
from app.negotiation.memberships import fits, invitable_by
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Role
from app.queries.invitations import INVITE, RESET, SETUP, SIGN_IN, has_administrator, hashed
from app.services._unit import record, use_case
from app.services.accounts import add_account, find_account, get_account, set_password
from app.services.members import begin_membership, get_live


@dataclass(frozen=True)
class NewMember:
    """Whom to invite, to what; administrators sit with no delegation."""

    name: str
    email: str
    role: Role
    delegation_id: str | None


@dataclass(frozen=True)
class IssuedLink:
    """A link to hand over, once."""

    id: str
    token: str
    name: str
    email: str
    role: Role | None
    delegation_id: str | None
    expires_at: datetime


@dataclass(frozen=True)
class Letter:
    """A mail that carries a link."""

    subject: str
    text: str


Compose = Callable[[IssuedLink], Letter]


@use_case
def invite_members(
    wanted: Sequence[NewMember], *, days: int, letter: Compose | None = None, actor: Actor, now: datetime
) -> tuple[IssuedLink, ...]:
    """Invite persons, all or none, and return a link for each.

    A person who is invited again to the same role gets a new link; the old one ends.

    Args:
        days: How long the links hold.
        letter: Writes the mail that carries a link; None where no mail is sent.

    Raises:
        NotPermitted: The actor may not invite to a role.
        NotFound: A delegation is not the actor's to invite to.
    """
    require(actor, "member.invite")
    return tuple(_invite(member, now + timedelta(days=days), letter, actor=actor, now=now) for member in wanted)


def _invite(member: NewMember, until: datetime, letter: Compose | None, *, actor: Actor, now: datetime) -> IssuedLink:
    if member.role not in invitable_by(actor.role):
        raise NotPermitted("member.invite", actor.role)
    delegation = _delegation(member, actor)
    email = member.email.strip().lower()
    _end_open(INVITE, now, email=email, delegation_id=member.delegation_id, role=member.role)
    invitation = Invitation(
        purpose=INVITE,
        email=email,
        name=member.name.strip(),
        body_id=delegation.body_id if delegation else None,
        delegation_id=member.delegation_id,
        role=member.role,
    )
    link = _issue(invitation, until, actor=actor, now=now)
    record("member.invite", invitation, facts={"role": member.role}, name=invitation.name, email=email)
    if letter is not None:
        _post(link, letter(link), now)
    return link


def _delegation(member: NewMember, actor: Actor) -> Delegation | None:
    found = db.session.get(Delegation, member.delegation_id) if member.delegation_id else None
    if found is None and member.delegation_id:
        raise NotFound()
    if found is not None and actor.body not in (None, found.body_id):
        raise NotFound()
    if actor.role == Role.FOCAL_POINT and member.delegation_id != actor.delegation:
        raise NotFound()
    if not fits(member.role, found.kind if found else None) or (found is not None and not found.active):
        raise NotReady(N_("this role does not belong to this delegation"))
    return found


def _issue(invitation: Invitation, until: datetime, *, actor: Actor, now: datetime) -> IssuedLink:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hashed(token)
    invitation.invited_by = actor.membership
    invitation.created_at, invitation.expires_at = now, until
    db.session.add(invitation)
    db.session.flush()
    return IssuedLink(
        invitation.id,
        token,
        invitation.name or "",
        invitation.email or "",
        invitation.role,
        invitation.delegation_id,
        until,
    )


def _end_open(purpose: str, now: datetime, **same: object) -> None:
    statement = select(Invitation).where(Invitation.purpose == purpose, Invitation.used_at.is_(None)).filter_by(**same)
    for older in db.session.scalars(statement):
        older.used_at = now


def _post(link: IssuedLink, letter: Letter, now: datetime) -> None:
    db.session.add(
        Outbox(
            to=link.email,
            subject=letter.subject,
            text=letter.text,
            dedup=f"invitation/{link.id}",
            facts={"invitation": link.id},
            created_at=now,
        )
    )


@use_case
def withdraw_invitation(invitation_id: str, *, actor: Actor, now: datetime) -> None:
    """End an invitation before it is taken up.

    Raises:
        NotFound: There is none open, or it is not the actor's to end.
    """
    require(actor, "member.invite")
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.used_at is not None or invitation.body_id != actor.body:
        raise NotFound()
    if actor.role == Role.FOCAL_POINT and invitation.delegation_id != actor.delegation:
        raise NotFound()
    invitation.used_at = now
    record("member.withdraw_invitation", invitation)


@use_case
def accept_invitation(
    token: str,
    *,
    user: str | None = None,
    name: str = "",
    password_hash: str | None = None,
    language: str | None = None,
    actor: Actor,
    now: datetime,
) -> str:
    """Take up an invitation and return the membership's id; the link ends.

    Args:
        user: Public id of the signed-in person; None for somebody new, who gives a name and a password.

    Raises:
        NotFound: No such link is open.
        NotPermitted: The invitation is for another address than that of *user*, or for an account
            that exists and is not signed in.
    """
    invitation = _open(token, INVITE, now)
    known = find_account(invitation.email or "")
    if user is None:
        if known is not None or password_hash is None:
            raise NotPermitted("member.accept", invitation.role or Role.SYSTEM)
        known = add_account(
            invitation.email or "",
            name or invitation.name or "",
            password_hash=password_hash,
            language=language,
            now=now,
        )
    elif known is None or known.public_id != user:
        raise NotPermitted("member.accept", invitation.role or Role.SYSTEM)
    return _take_up(invitation, known, now).id


def _take_up(invitation: Invitation, person: User, now: datetime) -> Membership:
    assert invitation.role is not None
    invitation.used_at = now
    invitation.user_id = person.public_id
    record("member.accept", invitation, user=person.public_id)
    return begin_membership(
        person,
        role=invitation.role,
        body_id=invitation.body_id,
        delegation_id=invitation.delegation_id,
        now=now,
    )


def _open(token: str, purpose: str, now: datetime) -> Invitation:
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == hashed(token), Invitation.purpose == purpose)
        .with_for_update()
    )
    if found is None or found.used_at is not None or found.expires_at <= now:
        raise NotFound()
    return found


@use_case
def offer_setup(*, days: int, actor: Actor, now: datetime) -> IssuedLink | None:
    """Return a link for the first administrator, or None where there is one already; older links end."""
    require(actor, "officer.invite")
    if has_administrator():
        return None
    _end_open(SETUP, now)
    invitation = Invitation(purpose=SETUP, role=Role.ADMINISTRATOR)
    link = _issue(invitation, now + timedelta(days=days), actor=actor, now=now)
    record("account.offer_setup", invitation)
    return link


@use_case
def set_up(token: str, *, email: str, name: str, password_hash: str, actor: Actor, now: datetime) -> str:
    """Make the first administrator and return the account's public id.

    Raises:
        NotFound: No such link is open.
        NotReady: The address has an account.
    """
    invitation = _open(token, SETUP, now)
    if find_account(email) is not None:
        raise NotReady(N_("this address has an account"))
    person = add_account(email, name, password_hash=password_hash, now=now)
    _take_up(invitation, person, now)
    return person.public_id


@use_case
def offer_reset(membership_id: str, *, days: int, actor: Actor, now: datetime) -> IssuedLink:
    """Return a link with which a member sets a new password; the member is told on coming in next.

    Raises:
        NotFound: No such member of the actor's body.
        NotReady: The person also acts elsewhere: only an administrator may open that account.
    """
    require(actor, "member.reset")
    member = get_live(membership_id, actor=actor)
    if actor.role == Role.SECRETARIAT and _acts_elsewhere(member):
        raise NotReady(N_("this person also acts in another body; ask the administrator for a link"))
    person = get_account(member.user_id)
    return _offer_reset(person, days, actor=actor, now=now)


def _acts_elsewhere(member: Membership) -> bool:
    elsewhere = select(Membership.id).where(
        Membership.user_id == member.user_id,
        Membership.ended_at.is_(None),
        Membership.body_id.is_(None) | (Membership.body_id != member.body_id),
    )
    return db.session.scalar(elsewhere.limit(1)) is not None


@use_case
def request_reset(email: str, *, days: int, letter: Compose, actor: Actor, now: datetime) -> None:
    """Mail a link for a new password to an address, if it has an account; nobody learns whether."""
    person = find_account(email)
    if person is None or not person.password:
        return
    link = _offer_reset(person, days, actor=actor, now=now)
    _post(link, letter(link), now)


def _offer_reset(person: User, days: int, *, actor: Actor, now: datetime) -> IssuedLink:
    _end_open(RESET, now, user_id=person.public_id)
    invitation = Invitation(purpose=RESET, email=person.email, name=person.name, user_id=person.public_id)
    link = _issue(invitation, now + timedelta(days=days), actor=actor, now=now)
    record("account.offer_reset", invitation, account=person.public_id)
    return link


@use_case
def reset_password(token: str, password_hash: str, *, actor: Actor, now: datetime) -> str:
    """Set a new password by a link and return the account's public id; all sessions and links end.

    Raises:
        NotFound: No such link is open.
    """
    invitation = _open(token, RESET, now)
    person = get_account(invitation.user_id or "")
    set_password(person, password_hash, now=now)
    return person.public_id


@use_case
def offer_sign_in(user: str, *, days: int, actor: Actor, now: datetime) -> IssuedLink:
    """Return a link that signs a sample person in, as often as wanted.

    Raises:
        NotPermitted: The person has a role in a body that is not a sample.
    """
    require(actor, "officer.invite")
    if not is_sample_person(user):
        raise NotPermitted("account.offer_sign_in", actor.role)
    person = get_account(user)
    invitation = Invitation(purpose=SIGN_IN, email=person.email, name=person.name, user_id=user)
    return _issue(invitation, now + timedelta(days=days), actor=actor, now=now)


def is_sample_person(user: str) -> bool:
    """Whether a person acts in bodies marked as sample only; an administrator: where there are no others."""
    real = db.session.scalar(select(Body.id).where(Body.sample.is_(False)).limit(1)) is not None
    memberships = db.session.execute(
        select(Membership.body_id, Body.sample)
        .outerjoin(Body, Body.id == Membership.body_id)
        .where(Membership.user_id == user, Membership.ended_at.is_(None))
    ).all()
    return bool(memberships) and all(sample if body_id else not real for body_id, sample in memberships)

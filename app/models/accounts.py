"""Accounts, roles of the sign-in library, invitations and settings."""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Id, new_id, public_id
from app.negotiation.vocabulary import Role

account_roles = Table(
    "account_roles",
    Base.metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("account_role_id", ForeignKey("account_role.id"), primary_key=True),
)


class AccountRole(Base, RoleMixin):
    """A role as the sign-in library wants one. Ours are memberships; this table stays empty."""

    __tablename__ = "account_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None]
    permissions: Mapped[str | None]  # type: ignore[assignment]  # a comma-separated text, as the library allows


class User(Base, UserMixin):
    """A person's account."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Id, unique=True, default=new_id)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str]
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    language: Mapped[str | None]
    zone: Mapped[str | None]
    created_at: Mapped[datetime]
    last_visit_at: Mapped[datetime | None]

    roles: Mapped[list[AccountRole]] = relationship(secondary=account_roles)  # type: ignore[assignment]


class Invitation(Base):
    """A link that makes a person a member: single use, its token kept only as a hash."""

    __tablename__ = "invitation"

    id: Mapped[str] = public_id()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str]
    """``invite``, ``reset`` (a new password, handed over by an officer), ``setup`` (the first administrator)
    or ``sign_in`` (a sample person)."""
    email: Mapped[str | None]
    name: Mapped[str | None]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("account.public_id"))
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    delegation_id: Mapped[str | None] = mapped_column(ForeignKey("delegation.id"))
    role: Mapped[Role | None]
    invited_by: Mapped[str | None] = mapped_column(Id)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Setting(Base):
    """One setting of the installation that is not configuration: keys it minted for itself."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Outbox(Base):
    """A mail to send, written in the transaction of the act it tells about."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("dedup"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    dedup: Mapped[str]
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

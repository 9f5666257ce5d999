"""Bodies, their delegations, memberships and meetings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, public_id
from app.negotiation.vocabulary import DelegationKind, MeetingForm, Role


class Body(Base):
    """An expert group, committee or council.

    Attributes:
        names: Language to name.
        zone: IANA time zone in which its deadlines are set and shown.
        languages: Its working languages, in order.
        rules: Order of states (``fixed`` or ``alphabet``), notation, rivals, suffix style, symbol pattern,
            handling marks and the one of working papers, groups of states with their names per language,
            silence, notices.
        sample: Whether every page and file is marked as a training example.
    """

    __tablename__ = "body"

    id: Mapped[str] = public_id()
    slug: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, Any]]
    zone: Mapped[str]
    languages: Mapped[list[Any]]
    rules: Mapped[dict[str, Any]]
    sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Delegation(Base):
    """An author: a state's delegation, another body, or the desk of the chair or the secretariat.

    Attributes:
        code: Short and stable, "BLR"; names the delegation in sets of states.
        rank: Protocol rank in the body, from 1.
        forms: Language to name forms: short, full, genitive, accusative, adjective, side.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        UniqueConstraint("body_id", "code"),
        UniqueConstraint("body_id", "rank"),
        CheckConstraint("rank > 0", name="rank_positive"),
    )

    id: Mapped[str] = public_id()
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"))
    code: Mapped[str]
    kind: Mapped[DelegationKind]
    rank: Mapped[int]
    forms: Mapped[dict[str, Any]]
    active: Mapped[bool] = mapped_column(default=True)


class Membership(Base):
    """A person in a role of a body, for a delegation or desk; administrators have neither."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "(role = 'administrator') = (body_id IS NULL) AND (role = 'administrator') = (delegation_id IS NULL)",
            name="roles_have_a_delegation",
        ),
        CheckConstraint("role <> 'system'", name="no_person_is_the_system"),
        Index(
            "uq_membership_live",
            "user_id",
            "delegation_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_membership_delegation_id", "delegation_id"),
    )

    id: Mapped[str] = public_id()
    user_id: Mapped[str] = mapped_column(ForeignKey("account.public_id"))
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    delegation_id: Mapped[str | None] = mapped_column(ForeignKey("delegation.id"))
    role: Mapped[Role]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Meeting(Base):
    """A meeting of the body, or the higher meeting that adopts."""

    __tablename__ = "meeting"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),)

    id: Mapped[str] = public_id()
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), index=True)
    titles: Mapped[dict[str, Any]]
    places: Mapped[dict[str, Any]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    form: Mapped[MeetingForm]
    higher: Mapped[bool] = mapped_column(default=False)

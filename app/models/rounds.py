"""Review rounds, their deadlines, and what delegations answer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, public_id
from app.negotiation.vocabulary import ConsentAnswer, RoundState, Visibility


class Round(Base):
    """A period in which delegations may propose changes to versions of one or several documents.

    Attributes:
        deadline: What arrives at or after it is late; extensions may hold for one delegation alone.
        zone: The named time zone the deadline was set in.
        note: The secretariat's covering note to the delegations.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("body_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(state IN ('closed', 'concluded')) = (closed_at IS NOT NULL)", name="closed_at_if_closed"),
        CheckConstraint("(state = 'concluded') = (concluded_at IS NOT NULL)", name="concluded_at_if_concluded"),
    )

    id: Mapped[str] = public_id()
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    visibility: Mapped[Visibility]
    state: Mapped[RoundState] = mapped_column(default=RoundState.SCHEDULED)
    opens_at: Mapped[datetime]
    deadline: Mapped[datetime]
    zone: Mapped[str]
    closed_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]


class RoundVersion(Base):
    """A version that a round is about."""

    __tablename__ = "round_version"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True, index=True)


class Extension(Base):
    """A later (or, closing early, an earlier) deadline, for all or for one delegation, and why. Insert-only."""

    __tablename__ = "extension"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    delegation_id: Mapped[str | None] = mapped_column(ForeignKey("delegation.id"))
    deadline: Mapped[datetime]
    reason: Mapped[str]
    at: Mapped[datetime]


class Answer(Base):
    """A delegation's declaration that it has no comments in a round; a newer one may take it back. Insert-only."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("round_id", "delegation_id", "number"),)

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    number: Mapped[int]
    no_comments: Mapped[bool]
    at: Mapped[datetime]


class Consent(Base):
    """A delegation's answer to a version as a whole; the newest one holds. Insert-only."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("version_id", "delegation_id", "number"),)

    id: Mapped[str] = public_id()
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    number: Mapped[int]
    answer: Mapped[ConsentAnswer]
    remark: Mapped[str] = mapped_column(default="")
    letter_number: Mapped[str | None]
    letter_on: Mapped[date | None]
    at: Mapped[datetime]

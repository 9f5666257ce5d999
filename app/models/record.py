"""The record: chains of events, and the payloads they commit to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id
from app.negotiation.vocabulary import Role


class Chain(Base):
    """One chain of events: a body's, or the installation's. Its head is also the lock of its writers."""

    __tablename__ = "chain"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    head_seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64), default="0" * 64)
    head_at: Mapped[datetime | None]


class Event(Base):
    """One act with effect. The database refuses to change or delete it.

    No second unique index: ``INSERT OR REPLACE`` through one would delete a row unnoticed.
    """

    __tablename__ = "event"
    __table_args__ = (CheckConstraint("seq > 0", name="seq_positive"),)

    chain_id: Mapped[str] = mapped_column(ForeignKey("chain.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str]
    role: Mapped[Role]
    delegation_id: Mapped[str | None] = mapped_column(Id)
    membership_id: Mapped[str | None] = mapped_column(Id)
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    row_commit: Mapped[str] = mapped_column(String(64))
    person_commit: Mapped[str] = mapped_column(String(64))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class EventPayload(Base):
    """What an event commits to: the content of the rows it wrote, and the personal data, which may be erased.

    Attributes:
        content: Canonical JSON: the event's own columns, facts, and the image of every protected row it wrote.
        person: Canonical JSON with the account that acted and other personal data; None once erased.
    """

    __tablename__ = "event_payload"
    __table_args__ = (
        ForeignKeyConstraint(["chain_id", "seq"], ["event.chain_id", "event.seq"]),
        CheckConstraint("(person IS NULL) = (erased_at IS NOT NULL)", name="person_or_erased"),
    )

    chain_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str]
    person: Mapped[str | None]
    erased_at: Mapped[datetime | None]

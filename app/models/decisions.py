"""Recommendations, decisions and the resulting texts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, public_id
from app.negotiation.vocabulary import Outcome


class Recommendation(Base):
    """What the secretariat recommends on a change; the newest one holds. Insert-only."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("change_id", "number"),)

    id: Mapped[str] = public_id()
    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"))
    number: Mapped[int]
    text: Mapped[str]
    shared: Mapped[bool]
    at: Mapped[datetime]


class Decision(Base):
    """What the group decided on a change; a later one corrects it. Insert-only."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("change_id", "number"),
        CheckConstraint("(outcome = 'covered') = (covered_by IS NOT NULL)", name="covered_by_something"),
    )

    id: Mapped[str] = public_id()
    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"))
    number: Mapped[int]
    outcome: Mapped[Outcome]
    covered_by: Mapped[str | None] = mapped_column(ForeignKey("change.id"))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class Resolution(Base):
    """The next text of one provision in one language, decided once; editable until the version is issued.

    Attributes:
        exists: Whether the provision stands in the next version.
        alone: Where it does not: what stands under it does.
        parts: Its wished parts; None for as it is.
        place_parent, place_after, moved: Where it goes, if *moved*.
        block: For a new provision, the inserted provisions.
        holders: Part to who holds its pairs of brackets, in order; null for as it was. Of a block: ``key/part``.
        provenance: Part to spans (start, end, origin). Of a block: ``key/part``.
        rank: Its order among all that comes to one place; None: by its first sponsor.
        by_word: Whether its wording or place came with a Word file.
        lock_version: Two officers on one provision: the second is told.
    """

    __tablename__ = "resolution"
    __table_args__ = (
        UniqueConstraint("round_id", "version_id", "key", "language"),
        CheckConstraint('NOT (alone AND "exists")', name="only_what_goes_goes_alone"),
    )

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    key: Mapped[str] = mapped_column(String(40))
    language: Mapped[str]
    exists: Mapped[bool] = mapped_column(default=True)
    alone: Mapped[bool] = mapped_column(default=False)
    parts: Mapped[dict[str, Any] | None]
    moved: Mapped[bool] = mapped_column(default=False)
    place_parent: Mapped[str | None] = mapped_column(String(40))
    place_after: Mapped[str | None] = mapped_column(String(40))
    level: Mapped[int | None]
    block: Mapped[list[Any] | None]
    holders: Mapped[dict[str, Any]]
    provenance: Mapped[dict[str, Any]]
    rank: Mapped[int | None]
    by_word: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}

"""Clearances: what a focal point makes of what the ministries sent back, until it is submitted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, public_id


class Clearance(Base):
    """What is chosen for a text in a round. Private to its delegation, deletable, leaves no event.

    Attributes:
        content: ``{"choices": {case: choice, …}, "submissions": [submission, …]}``, as ``queries.clearances`` spells
            them.
        token: What makes submitting the cleared set twice harmless; another one after each submission.
    """

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("round_id", "delegation_id", "version_id", "language"),)

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    language: Mapped[str]
    content: Mapped[dict[str, Any]]
    token: Mapped[str] = mapped_column(Id)
    updated_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}

"""Texts that came back: Word files and letters, while those they came to look at what was understood."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, public_id
from app.negotiation.vocabulary import ReturnSource


class ReturnedText(Base):
    """What was understood of a text that came back. Private to its delegation, deletable, leaves no event.

    Attributes:
        delegation_id: Whose it is: the delegation (or desk) of the one who brought it in.
        author_id: Public id of the one who brought it in.
        on_behalf_of: Of what the secretariat enters for others: for whom.
        version_id: The version that its changes are about.
        sponsor: The ministry that sent it; "" for what the delegation itself brings in.
        name: Of the file; "" for a letter.
        content: The file's bytes, as they came; None for a letter.
        words: The letter as it was pasted.
        understood: ``{"items", "unclear", "remarks", "letter", "made"}`` as ``queries.returns`` spells them.
        token: What makes entering it twice harmless.
        confirmed_at: When drafts (or a proposal) were made of it.
    """

    __tablename__ = "returned_text"
    __table_args__ = (
        CheckConstraint("(source = 'ministry') = (sponsor <> '')", name="ministries_are_named"),
        Index("ix_returned_text_round_delegation", "round_id", "delegation_id"),
    )

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    author_id: Mapped[str] = mapped_column(Id)
    on_behalf_of: Mapped[str | None] = mapped_column(ForeignKey("delegation.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    language: Mapped[str]
    source: Mapped[ReturnSource]
    sponsor: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    words: Mapped[str] = mapped_column(default="")
    understood: Mapped[dict[str, Any]]
    token: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}

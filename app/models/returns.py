"""Texts that came back, while those they came to look at what was understood: Word files, letters, edited texts."""

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


class EditedText(Base):
    """The resulting text of a round as an officer edited it in Word, until what differs is taken or left.

    Private to chair and secretariat, deletable, leaves no event.

    Attributes:
        author_id: Public id of the one who uploaded it.
        version_id: The base of the round that the text is to follow.
        name: Of the file.
        content: The file's bytes, as they came.
        understood: ``{"base", "changes", "unclear", …}`` as ``queries.edited_texts`` spells them.
        downloaded_at: When the text that was edited was downloaded; None where the file does not say.
        taken_at: When something of it was last taken.
    """

    __tablename__ = "edited_text"
    __table_args__ = (Index("ix_edited_text_round_version", "round_id", "version_id"),)

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    language: Mapped[str]
    author_id: Mapped[str] = mapped_column(Id)
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    understood: Mapped[dict[str, Any]]
    downloaded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}

"""Drafts, proposals, their changes, and whose wishes they are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, public_id
from app.negotiation.vocabulary import Category, Channel, PositionKind, ProposalState, WishKind
from app.text.changes import Operation


class Draft(Base):
    """A proposal in the making: private to its delegation, deletable, leaves no event.

    Attributes:
        content: ``{"category", "justification", "changes": [change as in Change's columns, …]}``, and ``"channel"``
            where it did not come over the web.
        cleared_by: Public id of the focal point who cleared it.
        token: What makes submitting it twice harmless.
    """

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_round_delegation", "round_id", "delegation_id"),)

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    author_id: Mapped[str] = mapped_column(Id)
    replaces: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    carried_from: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    content: Mapped[dict[str, Any]]
    handed_over_at: Mapped[datetime | None]
    cleared_by: Mapped[str | None] = mapped_column(Id)
    cleared_at: Mapped[datetime | None]
    token: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}


class Proposal(Base):
    """What a delegation submitted: immutable but for its state.

    Attributes:
        number: Within its round, given when the round closes (at once where the round is open to all).
        received_at: When the complete request had arrived.
        token_hash: Hash of the form's token; the same token gives the same receipt.
        content_hash: Hash of what was submitted; the same token with other content is refused.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        UniqueConstraint("round_id", "number"),
        Index("ix_proposal_round_delegation", "round_id", "delegation_id"),
        CheckConstraint("(channel = 'letter') = (letter_number IS NOT NULL)", name="letters_have_a_number"),
    )

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    number: Mapped[int | None]
    replaces: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    carried_from: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    channel: Mapped[Channel]
    category: Mapped[Category]
    justification: Mapped[str]
    state: Mapped[ProposalState]
    received_at: Mapped[datetime]
    letter_number: Mapped[str | None]
    letter_on: Mapped[date | None]
    scan_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    admitted_because: Mapped[str | None]
    token_hash: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))


class Change(Base):
    """One provision's wished state, as part of a proposal. Insert-only.

    Attributes:
        key: The provision; of an insertion, the first inserted one; None for a general remark.
        place_parent, place_after: Where to insert or move; None, None is the very beginning.
        wished: ``{"parts": …}`` (AMEND, MOVE), ``{"block": [provision, …]}`` (INSERT) or ``{"comment": text}``,
            as ``text.canonical`` spells them.
        base_fingerprint: Of the provision's text it was made against.
    """

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("proposal_id", "ordinal"),
        CheckConstraint("key IS NOT NULL OR operation = 'comment'", name="only_remarks_have_no_provision"),
        Index("ix_change_version_key", "version_id", "key"),
    )

    id: Mapped[str] = public_id()
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    ordinal: Mapped[int]
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    key: Mapped[str | None] = mapped_column(String(40))
    operation: Mapped[Operation]
    language: Mapped[str]
    place_parent: Mapped[str | None] = mapped_column(String(40))
    place_after: Mapped[str | None] = mapped_column(String(40))
    level: Mapped[int | None]
    wished: Mapped[dict[str, Any]]
    base_fingerprint: Mapped[str | None] = mapped_column(String(64))


class Wish(Base):
    """Whose wish a change is. At most one live wish per round, delegation, version, provision and language."""

    __tablename__ = "wish"
    __table_args__ = (
        Index(
            "uq_wish_live",
            "round_id",
            "delegation_id",
            "version_id",
            "key",
            "language",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_wish_change_id", "change_id"),
    )

    id: Mapped[str] = public_id()
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    key: Mapped[str] = mapped_column(String(40))
    language: Mapped[str]
    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"))
    kind: Mapped[WishKind]
    ended_at: Mapped[datetime | None]


class Position(Base):
    """Where another delegation stands on a proposal; the newest one holds. Insert-only."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("proposal_id", "delegation_id", "number"),)

    id: Mapped[str] = public_id()
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    number: Mapped[int]
    kind: Mapped[PositionKind | None]
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

"""How a version is signed, and the texts that governments approved: preparation of one desk, without events."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Signing(Base):
    """How the signature copy of a version is made: closing clause, annex mark, who signs in what function.

    Names of signers change until the last minute and are personal data; so the row stands outside the record,
    and what was made of it is recorded when the file is made.

    Attributes:
        content: ``app.negotiation.signing.Arrangement``, encoded.
    """

    __tablename__ = "signing"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    content: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}


class ApprovedText(Base):
    """The version of a document that a delegation's government approved, in one language; private to it."""

    __tablename__ = "approved_text"

    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    language: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    pinned_at: Mapped[datetime]

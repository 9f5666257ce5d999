"""Documents, their versions and editions, and the provisions they are made of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, public_id
from app.negotiation.vocabulary import DocumentState, VersionState
from app.text.provision import Kind


class Document(Base):
    """A text on its way from a first draft to adoption.

    Attributes:
        slug: In URLs.
        symbol: On the page, where the body uses symbols.
        titles: Language to title.
        type_of_paper: "action_plan", "protocol", "agenda" …; settles gender and adoption mark.
        negotiating_language: The language changes compose in.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("body_id", "slug"),
        CheckConstraint(
            "(state = 'adopted') = (adopted_on IS NOT NULL) AND (state = 'adopted') = (adopted_at_place IS NOT NULL)",
            name="adopted_somewhere_some_day",
        ),
    )

    id: Mapped[str] = public_id()
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"))
    slug: Mapped[str]
    symbol: Mapped[str | None]
    titles: Mapped[dict[str, Any]]
    type_of_paper: Mapped[str]
    negotiating_language: Mapped[str]
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.DRAFTING)
    adopted_on: Mapped[date | None]
    adopted_at_place: Mapped[dict[str, Any] | None]
    adopted_by: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]


class Version(Base):
    """One issued state of the text: Version 0, Rev.1, Rev.2 …, and the adopted one. Immutable.

    Attributes:
        made_from: The version before it.
        round_id: The round whose decisions made it.
        final: Whether it is the adopted version.
    """

    __tablename__ = "version"
    __table_args__ = (
        CheckConstraint("number >= 0", name="number_not_negative"),
        Index(
            "uq_version_number",
            "document_id",
            "number",
            unique=True,
            sqlite_where=text("state = 'issued'"),
            postgresql_where=text("state = 'issued'"),
        ),
    )

    id: Mapped[str] = public_id()
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.ISSUED)
    made_from: Mapped[str | None] = mapped_column(ForeignKey("version.id"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("round.id"))
    final: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")


class Edition(Base):
    """A version in one language.

    Attributes:
        fingerprint: Hash of its canonical provisions.
        made_from: Fingerprint of the negotiating text it says the same as; another one means stale.
        file_id: The Word file it was imported from.
        issued_file_id: The Word file it was issued as.
    """

    __tablename__ = "edition"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    made_from: Mapped[str | None] = mapped_column(String(64))
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    issued_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))


class ProvisionRow(Base):
    """A provision of a version, the same in every language.

    Attributes:
        rank: Reading order, from 0.
        columns: Column keys of a table.
    """

    __tablename__ = "provision"
    __table_args__ = (UniqueConstraint("version_id", "rank"), CheckConstraint("level >= 0", name="level_not_negative"))

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    parent_key: Mapped[str | None] = mapped_column(String(40))
    rank: Mapped[int]
    kind: Mapped[Kind]
    level: Mapped[int]
    columns: Mapped[list[Any]]


class ProvisionText(Base):
    """One part of a provision in one language.

    Attributes:
        part: "text", "states" or a column's key.
        label: What is printed before the provision in this language.
        content: Runs with marks, or a set of states (``canonical.encode_content``).
        folded: NFKC, case-folded, ё as е: what search looks in.
        provenance: Spans that tile the text: start, end, and what it came from.
        made_from: In a translation: fingerprint of the part of the negotiating text it says the same as.
    """

    __tablename__ = "provision_text"
    __table_args__ = (ForeignKeyConstraint(["version_id", "key"], ["provision.version_id", "provision.key"]),)

    version_id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    content: Mapped[list[Any]]
    folded: Mapped[str]
    provenance: Mapped[list[Any]]
    made_from: Mapped[str | None] = mapped_column(String(64))


class Bracket(Base):
    """Who holds a pair of brackets in a text, since when and why."""

    __tablename__ = "bracket"
    __table_args__ = (ForeignKeyConstraint(["version_id", "key"], ["provision.version_id", "provision.key"]),)

    version_id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    literal: Mapped[bool] = mapped_column(default=False)
    holders: Mapped[list[Any]]
    since_version: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")


class Agreement(Base):
    """A provision agreed, or reopened; the newest one holds. Insert-only."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("document_id", "key", "number"),)

    id: Mapped[str] = public_id()
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    key: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    agreed: Mapped[bool]
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class Release(Base):
    """A version opened to an observer by an officer, until it is taken back."""

    __tablename__ = "release"
    __table_args__ = (
        Index(
            "uq_release_live",
            "version_id",
            "delegation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[str] = public_id()
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegation.id"))
    released_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DraftImport(Base):
    """What was understood of an uploaded draft, while an officer looks at it and corrects it. No events."""

    __tablename__ = "draft_import"
    __table_args__ = (UniqueConstraint("document_id", "language"),)

    id: Mapped[str] = public_id()
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    language: Mapped[str]
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    understood: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": lock_version}


class StoredFile(Base):
    """Bytes as they came or went out; served only as an attachment, to those who may."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("purpose IN ('import', 'scan', 'issued')", name="purpose_known"),)

    id: Mapped[str] = public_id()
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"))
    delegation_id: Mapped[str | None] = mapped_column(ForeignKey("delegation.id"))
    purpose: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes]
    created_at: Mapped[datetime]

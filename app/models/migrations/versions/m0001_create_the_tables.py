"""Create the tables.

Triggers are not written down here: whoever creates or upgrades a schema installs those of the
code (``app.models.triggers``), so that the table of what is protected stands in one place.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, referred ones first."""
    _account()
    _account_role()
    _body()
    _chain()
    _outbox()
    _setting()
    _account_roles()
    _delegation()
    _document()
    _event()
    _meeting()
    _round()
    _answer()
    _event_payload()
    _extension()
    _invitation()
    _membership()
    _stored_file()
    _version()
    _agreement()
    _consent()
    _draft_import()
    _edition()
    _proposal()
    _provision()
    _release()
    _resolution()
    _round_version()
    _bracket()
    _change()
    _draft()
    _position()
    _provision_text()
    _decision()
    _recommendation()
    _wish()


def downgrade() -> None:
    """Drop every table, referring ones first."""
    op.drop_table("wish")
    op.drop_table("recommendation")
    op.drop_table("decision")
    op.drop_table("provision_text")
    op.drop_table("position")
    op.drop_table("draft")
    op.drop_table("change")
    op.drop_table("bracket")
    op.drop_table("round_version")
    op.drop_table("resolution")
    op.drop_table("release")
    op.drop_table("provision")
    op.drop_table("proposal")
    op.drop_table("edition")
    op.drop_table("draft_import")
    op.drop_table("consent")
    op.drop_table("agreement")
    op.drop_table("version")
    op.drop_table("stored_file")
    op.drop_table("membership")
    op.drop_table("invitation")
    op.drop_table("extension")
    op.drop_table("event_payload")
    op.drop_table("answer")
    op.drop_table("round")
    op.drop_table("meeting")
    op.drop_table("event")
    op.drop_table("document")
    op.drop_table("delegation")
    op.drop_table("account_roles")
    op.drop_table("setting")
    op.drop_table("outbox")
    op.drop_table("chain")
    op.drop_table("body")
    op.drop_table("account_role")
    op.drop_table("account")


def one_of(name: str, *values: str) -> Any:
    """Return the type of a column that holds one of *values*."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def refers_to(column: str) -> sa.ForeignKey:
    """Return a reference that is checked at the commit."""
    return sa.ForeignKey(column, deferrable=True, initially="DEFERRED")


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(20), nullable=False),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.String(255)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("language", sa.Text()),
        sa.Column("zone", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_visit_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("public_id"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("fs_uniquifier"),
    )


def _account_role() -> None:
    op.create_table(
        "account_role",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("permissions", sa.Text()),
        sa.UniqueConstraint("name"),
    )


def _body() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("slug"),
    )


def _chain() -> None:
    op.create_table(
        "chain",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(64), nullable=False),
        sa.Column("head_at", sa.DateTime(timezone=True)),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dedup", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.UniqueConstraint("dedup"),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )


def _account_roles() -> None:
    op.create_table(
        "account_roles",
        sa.Column("account_id", sa.Integer(), refers_to("account.id"), primary_key=True),
        sa.Column("account_role_id", sa.Integer(), refers_to("account_role.id"), primary_key=True),
    )


def _delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("body_id", sa.String(20), refers_to("body.id"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind", one_of("delegationkind", "member_state", "chair", "secretariat", "body", "observer"), nullable=False
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("body_id", "code"),
        sa.UniqueConstraint("body_id", "rank"),
        sa.CheckConstraint("rank > 0", name="rank_positive"),
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("body_id", sa.String(20), refers_to("body.id"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text()),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("type_of_paper", sa.Text(), nullable=False),
        sa.Column("negotiating_language", sa.Text(), nullable=False),
        sa.Column(
            "state",
            one_of("documentstate", "drafting", "negotiation", "agreed", "adopted", "withdrawn"),
            nullable=False,
        ),
        sa.Column("adopted_on", sa.Date()),
        sa.Column("adopted_at_place", sa.Text()),
        sa.Column("adopted_by", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("body_id", "slug"),
        sa.CheckConstraint(
            "(state = 'adopted') = (adopted_on IS NOT NULL) AND (state = 'adopted') = (adopted_at_place IS NOT NULL)",
            name="adopted_somewhere_some_day",
        ),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("chain_id", sa.String(20), refers_to("chain.id"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column(
            "role",
            one_of("role", "administrator", "secretariat", "chair", "focal_point", "expert", "observer", "system"),
            nullable=False,
        ),
        sa.Column("delegation_id", sa.String(20)),
        sa.Column("membership_id", sa.String(20)),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("row_commit", sa.String(64), nullable=False),
        sa.Column("person_commit", sa.String(64), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("seq > 0", name="seq_positive"),
    )


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("body_id", sa.String(20), refers_to("body.id"), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("form", one_of("meetingform", "in_person", "video", "hybrid"), nullable=False),
        sa.Column("higher", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
    )
    op.create_index("ix_meeting_body_id", "meeting", ["body_id"])


def _round() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("body_id", sa.String(20), refers_to("body.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("visibility", one_of("visibility", "open", "at_close"), nullable=False),
        sa.Column("state", one_of("roundstate", "scheduled", "open", "closed", "concluded"), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("concluded_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("body_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("(state IN ('closed', 'concluded')) = (closed_at IS NOT NULL)", name="closed_at_if_closed"),
        sa.CheckConstraint("(state = 'concluded') = (concluded_at IS NOT NULL)", name="concluded_at_if_concluded"),
    )


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), refers_to("round.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("no_comments", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("round_id", "delegation_id", "number"),
    )


def _event_payload() -> None:
    op.create_table(
        "event_payload",
        sa.Column("chain_id", sa.String(20), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["chain_id", "seq"], ["event.chain_id", "event.seq"], deferrable=True, initially="DEFERRED"
        ),
        sa.CheckConstraint("(person IS NULL) = (erased_at IS NOT NULL)", name="person_or_erased"),
    )


def _extension() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), refers_to("round.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id")),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("round_id", "number"),
    )


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("user_id", sa.String(20), refers_to("account.public_id")),
        sa.Column("body_id", sa.String(20), refers_to("body.id")),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id")),
        sa.Column(
            "role",
            one_of("role", "administrator", "secretariat", "chair", "focal_point", "expert", "observer", "system"),
        ),
        sa.Column("invited_by", sa.String(20)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("token_hash"),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("user_id", sa.String(20), refers_to("account.public_id"), nullable=False),
        sa.Column("body_id", sa.String(20), refers_to("body.id")),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id")),
        sa.Column(
            "role",
            one_of("role", "administrator", "secretariat", "chair", "focal_point", "expert", "observer", "system"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(role = 'administrator') = (body_id IS NULL) AND (role = 'administrator') = (delegation_id IS NULL)",
            name="roles_have_a_delegation",
        ),
        sa.CheckConstraint("role <> 'system'", name="no_person_is_the_system"),
    )
    op.create_index("ix_membership_delegation_id", "membership", ["delegation_id"])
    op.create_index(
        "uq_membership_live",
        "membership",
        ["user_id", "delegation_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _stored_file() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("body_id", sa.String(20), refers_to("body.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id")),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('import', 'scan', 'issued')", name="purpose_known"),
    )


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("document_id", sa.String(20), refers_to("document.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", one_of("versionstate", "issued", "discarded"), nullable=False),
        sa.Column("made_from", sa.String(20), refers_to("version.id")),
        sa.Column("round_id", sa.String(20), refers_to("round.id")),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 0", name="number_not_negative"),
    )
    op.create_index(
        "uq_version_number",
        "version",
        ["document_id", "number"],
        unique=True,
        sqlite_where=sa.text("state = 'issued'"),
        postgresql_where=sa.text("state = 'issued'"),
    )


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("document_id", sa.String(20), refers_to("document.id"), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("document_id", "key", "number"),
    )


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            one_of(
                "consentanswer",
                "agreed",
                "agreed_with_remarks",
                "agreed_at_expert_level",
                "not_agreed",
                "not_interested",
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("letter_number", sa.Text()),
        sa.Column("letter_on", sa.Date()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("version_id", "delegation_id", "number"),
    )


def _draft_import() -> None:
    op.create_table(
        "draft_import",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("document_id", sa.String(20), refers_to("document.id"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(20), refers_to("stored_file.id"), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("document_id", "language"),
    )


def _edition() -> None:
    op.create_table(
        "edition",
        sa.Column("version_id", sa.String(20), refers_to("version.id"), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("made_from", sa.String(64)),
        sa.Column("file_id", sa.String(20), refers_to("stored_file.id")),
        sa.Column("issued_file_id", sa.String(20), refers_to("stored_file.id")),
    )


def _proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), refers_to("round.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("replaces", sa.String(20), refers_to("proposal.id")),
        sa.Column("carried_from", sa.String(20), refers_to("proposal.id")),
        sa.Column("channel", one_of("channel", "web", "word", "letter", "oral"), nullable=False),
        sa.Column(
            "category",
            one_of("category", "general", "substantive", "technical", "editorial", "translation"),
            nullable=False,
        ),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column(
            "state", one_of("proposalstate", "submitted", "replaced", "withdrawn", "late", "oral"), nullable=False
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_number", sa.Text()),
        sa.Column("letter_on", sa.Date()),
        sa.Column("scan_id", sa.String(20), refers_to("stored_file.id")),
        sa.Column("admitted_because", sa.Text()),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("token_hash"),
        sa.UniqueConstraint("round_id", "number"),
        sa.CheckConstraint("(channel = 'letter') = (letter_number IS NOT NULL)", name="letters_have_a_number"),
    )
    op.create_index("ix_proposal_round_delegation", "proposal", ["round_id", "delegation_id"])


def _provision() -> None:
    op.create_table(
        "provision",
        sa.Column("version_id", sa.String(20), refers_to("version.id"), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("parent_key", sa.String(40)),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            one_of("kind", "title", "heading", "paragraph", "item", "table", "row", "footnote", "fixed"),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.UniqueConstraint("version_id", "rank"),
        sa.CheckConstraint("level >= 0", name="level_not_negative"),
    )


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "uq_release_live",
        "release",
        ["version_id", "delegation_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _resolution() -> None:
    op.create_table(
        "resolution",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), refers_to("round.id"), nullable=False),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("exists", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.Text()),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("place_parent", sa.String(40)),
        sa.Column("place_after", sa.String(40)),
        sa.Column("level", sa.Integer()),
        sa.Column("block", sa.Text()),
        sa.Column("holders", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "version_id", "key", "language"),
    )


def _round_version() -> None:
    op.create_table(
        "round_version",
        sa.Column("round_id", sa.String(20), refers_to("round.id"), primary_key=True),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), primary_key=True),
    )
    op.create_index("ix_round_version_version_id", "round_version", ["version_id"])


def _bracket() -> None:
    op.create_table(
        "bracket",
        sa.Column("version_id", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("part", sa.Text(), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("literal", sa.Boolean(), nullable=False),
        sa.Column("holders", sa.Text(), nullable=False),
        sa.Column("since_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "key"], ["provision.version_id", "provision.key"], deferrable=True, initially="DEFERRED"
        ),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("proposal_id", sa.String(20), refers_to("proposal.id"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), nullable=False),
        sa.Column("key", sa.String(40)),
        sa.Column(
            "operation",
            one_of("operation", "amend", "insert", "delete", "move", "no_change", "comment"),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("place_parent", sa.String(40)),
        sa.Column("place_after", sa.String(40)),
        sa.Column("level", sa.Integer()),
        sa.Column("wished", sa.Text(), nullable=False),
        sa.Column("base_fingerprint", sa.String(64)),
        sa.UniqueConstraint("proposal_id", "ordinal"),
        sa.CheckConstraint("key IS NOT NULL OR operation = 'comment'", name="only_remarks_have_no_provision"),
    )
    op.create_index("ix_change_version_key", "change", ["version_id", "key"])


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), refers_to("round.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("author_id", sa.String(20), nullable=False),
        sa.Column("replaces", sa.String(20), refers_to("proposal.id")),
        sa.Column("carried_from", sa.String(20), refers_to("proposal.id")),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True)),
        sa.Column("cleared_by", sa.String(20)),
        sa.Column("cleared_at", sa.DateTime(timezone=True)),
        sa.Column("token", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_draft_round_delegation", "draft", ["round_id", "delegation_id"])


def _position() -> None:
    op.create_table(
        "position",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("proposal_id", sa.String(20), refers_to("proposal.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("positionkind", "supports", "objects", "reserves")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("proposal_id", "delegation_id", "number"),
    )


def _provision_text() -> None:
    op.create_table(
        "provision_text",
        sa.Column("version_id", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("part", sa.Text(), primary_key=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("made_from", sa.String(64)),
        sa.ForeignKeyConstraint(
            ["version_id", "key"], ["provision.version_id", "provision.key"], deferrable=True, initially="DEFERRED"
        ),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("change_id", sa.String(20), refers_to("change.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            one_of(
                "outcome",
                "accepted",
                "accepted_as_amended",
                "not_accepted",
                "kept_in_brackets",
                "covered",
                "deferred",
                "noted",
            ),
            nullable=False,
        ),
        sa.Column("covered_by", sa.String(20), refers_to("change.id")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("change_id", "number"),
        sa.CheckConstraint("(outcome = 'covered') = (covered_by IS NOT NULL)", name="covered_by_something"),
    )


def _recommendation() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("change_id", sa.String(20), refers_to("change.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("change_id", "number"),
    )


def _wish() -> None:
    op.create_table(
        "wish",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), refers_to("round.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), refers_to("delegation.id"), nullable=False),
        sa.Column("version_id", sa.String(20), refers_to("version.id"), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("change_id", sa.String(20), refers_to("change.id"), nullable=False),
        sa.Column("kind", one_of("wishkind", "own", "co_sponsor"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_wish_change_id", "wish", ["change_id"])
    op.create_index(
        "uq_wish_live",
        "wish",
        ["round_id", "delegation_id", "version_id", "key", "language"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

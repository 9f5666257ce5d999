"""Add how versions are signed, and the texts that governments approved."""

import sqlalchemy as sa
from alembic import op

from app.models.base import Canonical, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "signing",
        sa.Column("version_id", sa.String(20), nullable=False),
        sa.Column("content", Canonical(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        _reference("signing", "version_id", "version"),
        sa.PrimaryKeyConstraint("version_id", name="pk_signing"),
    )
    op.create_table(
        "approved_text",
        sa.Column("delegation_id", sa.String(20), nullable=False),
        sa.Column("document_id", sa.String(20), nullable=False),
        sa.Column("version_id", sa.String(20), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("pinned_at", Instant(), nullable=False),
        _reference("approved_text", "delegation_id", "delegation"),
        _reference("approved_text", "document_id", "document"),
        _reference("approved_text", "version_id", "version"),
        sa.PrimaryKeyConstraint("delegation_id", "document_id", name="pk_approved_text"),
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, deferrable=True, initially="DEFERRED")


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("approved_text")
    op.drop_table("signing")

"""Keep clearances: what focal points choose among the readings of their ministries."""

import sqlalchemy as sa
from alembic import op

from app.models.base import Canonical, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "clearance",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("round_id", sa.String(20), nullable=False),
        sa.Column("delegation_id", sa.String(20), nullable=False),
        sa.Column("version_id", sa.String(20), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", Canonical(), nullable=False),
        sa.Column("token", sa.String(20), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        _reference("round_id", "round"),
        _reference("delegation_id", "delegation"),
        _reference("version_id", "version"),
        sa.PrimaryKeyConstraint("id", name="pk_clearance"),
        sa.UniqueConstraint(
            "round_id",
            "delegation_id",
            "version_id",
            "language",
            name="uq_clearance_round_id_delegation_id_version_id_language",
        ),
    )


def _reference(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_clearance_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, deferrable=True, initially="DEFERRED")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("clearance")

"""Keep returned texts: what came back as a Word file or a letter, until its delegation has looked at it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "returned_text",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("round_id", sa.String(20), _refers_to("round.id"), nullable=False),
        sa.Column("delegation_id", sa.String(20), _refers_to("delegation.id"), nullable=False),
        sa.Column("author_id", sa.String(20), nullable=False),
        sa.Column("on_behalf_of", sa.String(20), _refers_to("delegation.id")),
        sa.Column("version_id", sa.String(20), _refers_to("version.id"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", _source(), nullable=False),
        sa.Column("sponsor", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("token", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(source = 'ministry') = (sponsor <> '')", name="ministries_are_named"),
    )
    op.create_index("ix_returned_text_round_delegation", "returned_text", ["round_id", "delegation_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("returned_text")


def _refers_to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="DEFERRED")


def _source() -> sa.Enum:
    values = ("word", "letter", "ministry")
    return sa.Enum(*values, name="returnsource", native_enum=False, create_constraint=True, length=32)

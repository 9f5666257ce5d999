"""Take texts from Word: resolutions that strike one line, say their order and came by Word; edited texts to look at."""

import sqlalchemy as sa
from alembic import op

from app.models.base import Canonical, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, with what held for every resolution until now, and the table."""
    with op.batch_alter_table("resolution") as batch:
        for name in ("alone", "by_word"):
            batch.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("rank", sa.Integer()))
        batch.create_check_constraint("only_what_goes_goes_alone", 'NOT (alone AND "exists")')
    with op.batch_alter_table("resolution") as batch:
        for name in ("alone", "by_word"):
            batch.alter_column(name, server_default=None)
    op.create_table(
        "edited_text",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("round_id", sa.String(20), nullable=False),
        sa.Column("version_id", sa.String(20), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("understood", Canonical(), nullable=False),
        sa.Column("downloaded_at", Instant()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("taken_at", Instant()),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        _reference("round_id", "round"),
        _reference("version_id", "version"),
        sa.PrimaryKeyConstraint("id", name="pk_edited_text"),
    )
    op.create_index("ix_edited_text_round_version", "edited_text", ["round_id", "version_id"])


def _reference(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_edited_text_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, deferrable=True, initially="DEFERRED")


def downgrade() -> None:
    """Drop the table and the columns."""
    op.drop_table("edited_text")
    with op.batch_alter_table("resolution") as batch:
        batch.drop_constraint("only_what_goes_goes_alone", type_="check")
        for name in ("alone", "by_word", "rank"):
            batch.drop_column(name)

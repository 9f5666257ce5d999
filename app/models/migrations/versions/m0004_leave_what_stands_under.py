"""Let a resolution strike a provision and leave what stands under it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was decided until now goes with all under it."""
    going: sa.Column[bool] = sa.Column("alone", sa.Boolean(), server_default=sa.false(), nullable=False)
    with op.batch_alter_table("resolution") as batch:
        batch.add_column(going)
        batch.create_check_constraint("only_what_goes_goes_alone", 'NOT (alone AND "exists")')
    with op.batch_alter_table("resolution") as batch:
        batch.alter_column("alone", server_default=None)


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("resolution") as batch:
        batch.drop_constraint("ck_resolution_only_what_goes_goes_alone", type_="check")
        batch.drop_column("alone")

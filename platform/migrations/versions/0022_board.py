"""The board's settings, and an index by which the orders are found that ended today."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MINUTES = ("untouched", "standing", "pause", "due_soon")


def upgrade() -> None:
    op.create_table(
        "board_settings",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MINUTES),
        sa.Column("pauses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "untouched > 0 AND standing > 0 AND pause > 0 AND due_soon > 0", name="ck_board_settings_some_time"
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_board_settings_organisation_id"),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_board_settings"),
    )
    op.create_index("ix_work_orders_ended", "work_orders", ["organisation_id", "status", "ended_at"])
    separate_organisations(op.get_bind(), ("board_settings",))

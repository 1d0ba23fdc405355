"""What people say of a case in a repair: it helped, or it did not."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NAME = "case_votes"
KEYS = ("organisation_id", "person_id", "case_id", "order_id")


def upgrade() -> None:
    op.create_table(
        NAME,
        *(sa.Column(key, sa.String(length=36), nullable=False) for key in KEYS),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        *(_refers("case_id", "cases"), _refers("order_id", "work_orders"), _refers("person_id", "people")),
        sa.PrimaryKeyConstraint(*KEYS, name=f"pk_{NAME}"),
    )
    op.create_index("ix_case_votes_case", NAME, ["organisation_id", "case_id"])
    separate_organisations(op.get_bind(), [NAME])


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    there = [f"{other}.organisation_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["organisation_id", column], there, name=f"fk_{NAME}_organisation_id_{column}")

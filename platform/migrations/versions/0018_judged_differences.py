"""What was counted or arrived otherwise is judged like what the field did; receipts whose cost is not known yet."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TASKS, NAME = "stock_discrepancies", "stock_estimates"


def upgrade() -> None:
    for column in (
        *(_text("place", 60), sa.Column("value", sa.BigInteger(), nullable=True), _text("reason", 60)),
        *(_text("movement_id"), _text("count_id"), _text("transfer_id"), _text("verdict", 10)),
    ):
        op.add_column(TASKS, column)
    for what in ("count", "transfer"):
        op.create_index(f"ix_{TASKS}_{what}", TASKS, ["organisation_id", f"{what}_id"])
    _make_estimates()
    make_immutable(op.get_bind(), [NAME])
    separate_organisations(op.get_bind(), [NAME])


def _make_estimates() -> None:
    keys = ("organisation_id", "part_id", "movement_id")
    op.create_table(
        NAME,
        *(sa.Column(key, sa.String(length=36), nullable=False) for key in keys),
        _refers("part_id", "parts"),
        _refers("movement_id", "stock_movements"),
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{NAME}"),
        info={"immutable": True},
    )


def _text(name: str, length: int = 36) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=True)


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    there = [f"{other}.organisation_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["organisation_id", column], there, name=f"fk_{NAME}_organisation_id_{column}")

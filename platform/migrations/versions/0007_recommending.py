"""Counts of which parts repairs used, by step, product and fault. They are made from the records of orders."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PLACE = {"organisation_id": 36, "template": 120, "node": 64, "product": 200, "fault": 250}


def upgrade() -> None:
    _make("repair_counts", PLACE, "repairs")
    latest = (
        sa.Column("last_at", sa.String(30), nullable=False),
        sa.Column("last_number", sa.String(40), nullable=False),
    )
    _make("part_use_counts", {**PLACE, "part": 100}, "used", *latest)
    separate_organisations(op.get_bind(), ["repair_counts", "part_use_counts"])


def _make(table: str, key: dict[str, int], counted: str, *more: "sa.Column[str]") -> None:
    op.create_table(
        table,
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in key.items()),
        sa.Column(counted, sa.BigInteger(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=f"fk_{table}_organisation_id"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        sa.CheckConstraint(f"{counted} > 0", name=op.f(f"ck_{table}_counts_something")),
        sqlite_with_rowid=False,
    )

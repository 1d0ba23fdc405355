"""Find movements by place, person and action; know the scans of a count, so that one told twice counts once."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _find_movements()
    _make_scans()
    make_immutable(op.get_bind(), ["stock_count_scans"])
    separate_organisations(op.get_bind(), ["stock_count_scans"])


def _find_movements() -> None:
    for name in ("by", "action"):
        op.create_index(f"ix_stock_movements_{name}", "stock_movements", ["organisation_id", name, "id"])
    for name in ("from", "to"):
        columns = ["organisation_id", f"{name}_location", "movement_id"]
        op.create_index(f"ix_stock_entries_{name}", "stock_entries", columns)


def _make_scans() -> None:
    name = "stock_count_scans"
    keys = ("organisation_id", "count_id", "key")
    op.create_table(
        name,
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("count_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "count_id"],
            ["stock_counts.organisation_id", "stock_counts.id"],
            name=f"fk_{name}_organisation_id_count_id",
        ),
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
        info={"immutable": True},
    )

"""What was asked for of the parts that orders miss, and who waits for a part that comes."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAME = "order_part_requests"


def upgrade() -> None:
    op.create_table(
        NAME,
        *(_text("organisation_id"), _text("id"), _text("order_id"), _text("number", 100)),
        sa.Column("milli", sa.BigInteger(), nullable=False),
        *(_text("transfer_id", nullable=True), _text("asked_by")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _text("ordered_by", nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        *(_refers("order_id", "work_orders"), _refers("transfer_id", "stock_transfers")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=f"pk_{NAME}"),
        sa.UniqueConstraint("organisation_id", "transfer_id", name=f"uq_{NAME}_organisation_id_transfer_id"),
        sa.CheckConstraint("milli > 0", name=op.f(f"ck_{NAME}_asks_for_something")),
    )
    op.create_index(f"ix_{NAME}_order", NAME, ["organisation_id", "order_id", "number"])
    op.drop_index("ix_order_part_lines_wanted", "order_part_lines")
    wanted = sa.text("wanted > 0")
    for name, columns in {"wanted": ("order_id", "number"), "waiting": ("number",)}.items():
        index, found = f"ix_order_part_lines_{name}", ["organisation_id", *columns]
        op.create_index(index, "order_part_lines", found, sqlite_where=wanted, postgresql_where=wanted)
    separate_organisations(op.get_bind(), [NAME])


def _text(name: str, length: int = 36, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    there = [f"{other}.organisation_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["organisation_id", column], there, name=f"fk_{NAME}_organisation_id_{column}")

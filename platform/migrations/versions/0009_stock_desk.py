"""What the stock desk needs: transfers, limits, counts, the feed of movements, and ways to find serials and lots."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MADE = (
    "stock_transfers",
    "stock_transfer_lines",
    "stock_limits",
    "stock_counts",
    "stock_count_lines",
    "stock_feed",
    "stock_connections",
)
OF_PART = (["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"])
OF_HOUSE = (["organisation_id"], ["organisations.id"])


def upgrade() -> None:
    connection = op.get_bind()
    _find_named()
    _make_transfers()
    _make_counts()
    _make_feed()
    make_immutable(connection, ["stock_feed"])
    separate_organisations(connection, MADE)


def _find_named() -> None:
    for column in ("serial", "lot"):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_stock_entries_{column}",
            "stock_entries",
            ["organisation_id", "part_id", column],
            sqlite_where=there,
            postgresql_where=there,
        )
    op.create_index("ix_stock_serials_serial", "stock_serials", ["organisation_id", "serial"])
    op.create_index("ix_stock_balances_location", "stock_balances", ["organisation_id", "location", "part_id"])


def _id(name: str, length: int = 36, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _texts(name: str) -> "sa.Column[Any]":
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    return sa.Column(name, json, nullable=False, server_default=sa.text("'[]'"))


def _keys(table: str, *key: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("organisation_id", *key, name=f"pk_{table}")


def _refers(table: str, columns: tuple[list[str], list[str]]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(*columns, name=f"fk_{table}_{'_'.join(columns[0])}")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _make_transfers() -> None:
    name = "stock_transfers"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("id"), _id("source", 60), _id("target", 60), _id("state", 10)),
        *(_moment("asked_at"), _id("asked_by"), _moment("sent_at", nullable=True), _id("sent_by", nullable=True)),
        *(_id("sent_movement", nullable=True), _moment("closed_at", nullable=True)),
        *(_id("closed_by", nullable=True), _id("note", 2000, nullable=True)),
        *(_refers(name, OF_HOUSE), _keys(name, "id")),
    )
    op.create_index("ix_stock_transfers_state", name, ["organisation_id", "state", "id"])
    op.create_index("ix_stock_transfers_target", name, ["organisation_id", "target", "state"])
    of_transfer = (["organisation_id", "transfer_id"], ["stock_transfers.organisation_id", "stock_transfers.id"])
    name = "stock_transfer_lines"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("transfer_id"), _id("part_id"), _whole("milli")),
        *(_refers(name, of_transfer), _refers(name, OF_PART), _keys(name, "transfer_id", "part_id")),
        _check(name, "asks_for_something", "milli > 0"),
    )
    name = "stock_limits"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("place", 60), _id("part_id"), _whole("minimum"), _whole("maximum")),
        *(_refers(name, OF_PART), _keys(name, "place", "part_id")),
        _check(name, "from_least_to_most", "minimum >= 0 AND maximum >= minimum AND maximum > 0"),
    )


def _make_counts() -> None:
    name = "stock_counts"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("id"), _id("place", 60), _id("state", 10)),
        *(_moment("opened_at"), _id("opened_by"), _moment("closed_at", nullable=True)),
        *(_id("closed_by", nullable=True), _id("movement_id", nullable=True)),
        *(_refers(name, OF_HOUSE), _keys(name, "id")),
    )
    op.create_index("ix_stock_counts_state", name, ["organisation_id", "state", "place"])
    of_count = (["organisation_id", "count_id"], ["stock_counts.organisation_id", "stock_counts.id"])
    name = "stock_count_lines"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("count_id"), _id("part_id"), _whole("counted"), _whole("expected")),
        *(_texts("serials"), _texts("expected_serials")),
        sa.Column("moved", sa.Boolean(), nullable=False, server_default=sa.false()),
        *(_moment("counted_at"), _id("counted_by"), _id("reason", 60, nullable=True)),
        *(_refers(name, of_count), _refers(name, OF_PART), _keys(name, "count_id", "part_id")),
        _check(name, "counts_up", "counted >= 0"),
    )


def _make_feed() -> None:
    name = "stock_feed"
    of_movement = (["organisation_id", "movement_id"], ["stock_movements.organisation_id", "stock_movements.id"])
    op.create_table(
        name,
        _id("organisation_id"),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        *(_id("movement_id"), _refers(name, of_movement), _keys(name, "number")),
        sa.UniqueConstraint("organisation_id", "movement_id", name=f"uq_{name}_organisation_id_movement_id"),
        info={"immutable": True},
    )
    name = "stock_connections"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("name", 60), _whole("told"), _id("heard", 64)),
        *(_moment("at", nullable=True), _refers(name, OF_HOUSE), _keys(name, "name")),
    )

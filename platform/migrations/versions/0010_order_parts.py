"""An order's parts: what is planned, what may stand in for what, explanations, old parts on their way back."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MADE = ("order_part_lines", "part_stand_ins", "part_explanations", "old_parts", "order_part_acts")


def upgrade() -> None:
    _make_lines()
    _make_stand_ins()
    _make_explanations()
    _make_old_parts()
    _make_acts()
    make_immutable(op.get_bind(), ["order_part_acts"])
    separate_organisations(op.get_bind(), MADE)


def _id(name: str, length: int = 36, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    there = [f"{other}.organisation_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["organisation_id", column], there, name=f"fk_{table}_organisation_id_{column}")


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("organisation_id", *columns, name=f"pk_{table}")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _make_lines() -> None:
    name = "order_part_lines"
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        name,
        *(_id("organisation_id"), _id("order_id"), _id("number", 100)),
        *(_whole("planned"), _whole("milli"), _whole("wanted"), _id("source", 20)),
        sa.Column("nodes", json, nullable=False, server_default=sa.text("'[]'")),
        *(_id("note", 500, nullable=True), _id("changed_by", nullable=True), _moment("changed_at", nullable=True)),
        _refers(name, "order_id", "work_orders"),
        _key(name, "order_id", "number"),
        _check(name, "not_below_nothing", "milli >= 0 AND wanted >= 0 AND planned >= 0"),
    )
    op.create_index("ix_order_part_lines_wanted", name, ["organisation_id", "wanted"])


def _make_stand_ins() -> None:
    name = "part_stand_ins"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("part_id"), _id("stand_in_id")),
        sa.Column("rank", sa.Integer(), nullable=False),
        *(_refers(name, "part_id", "parts"), _refers(name, "stand_in_id", "parts")),
        _key(name, "part_id", "stand_in_id"),
        _check(name, "is_another", "part_id <> stand_in_id"),
    )


def _make_explanations() -> None:
    name = "part_explanations"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("id"), _id("order_id"), _id("part_id"), _whole("milli")),
        *(_id("serial", 200, nullable=True), _id("reason", 40), _id("note", 1000, nullable=True), _id("state", 20)),
        *(_id("proposed_by"), _moment("proposed_at")),
        *(_id("decided_by", nullable=True), _moment("decided_at", nullable=True), _id("answer", 1000, nullable=True)),
        *(_refers(name, "part_id", "parts"), _refers(name, "order_id", "work_orders")),
        _key(name, "id"),
        _check(name, "is_of_something", "milli > 0"),
    )
    for column in ("order", "state"):
        real = "order_id" if column == "order" else column
        op.create_index(f"ix_part_explanations_{column}", name, ["organisation_id", real])


def _make_old_parts() -> None:
    name = "old_parts"
    op.create_table(
        name,
        *(_id("organisation_id"), _id("id"), _id("tag", 20), _id("order_id"), _id("part_id"), _whole("milli")),
        *(_id("serial", 200, nullable=True), _id("location", 60)),
        sa.Column("defective", sa.Boolean(), nullable=False),
        _moment("taken_at"),
        *(_id("received_by", nullable=True), _moment("received_at", nullable=True), _id("target", 60, nullable=True)),
        *(_refers(name, "part_id", "parts"), _refers(name, "order_id", "work_orders")),
        _key(name, "id"),
        sa.UniqueConstraint("organisation_id", "tag", name=f"uq_{name}_organisation_id_tag"),
    )
    op.create_index("ix_old_parts_waiting", name, ["organisation_id", "received_at"])
    op.create_index("ix_old_parts_order", name, ["organisation_id", "order_id"])


def _make_acts() -> None:
    op.create_table(
        "order_part_acts",
        *(_id("organisation_id"), _id("key", 64), _id("digest", 64), _moment("at")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_order_part_acts_organisation_id"),
        _key("order_part_acts", "key"),
        info={"immutable": True},
    )

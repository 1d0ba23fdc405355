"""Where the costs of orders stand, and in which order others are told of their changes."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cost_sheets_made", "cost_sheets", ["organisation_id", "made_at"])
    _make_stands()
    _make_feed()
    make_immutable(op.get_bind(), ["cost_feed"])
    separate_organisations(op.get_bind(), ["cost_stands", "cost_feed"])


def _make_stands() -> None:
    op.create_table(
        "cost_stands",
        *(_text("organisation_id"), _text("order_id"), sa.Column("revision", sa.Integer(), nullable=False)),
        sa.Column("inputs", sa.Text(), nullable=False),
        *(_whole("facts"), _text("zone", 60), _text("first_day", 10), _text("last_day", 10)),
        sa.Column("is_sub", sa.Boolean(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        *(_whole("sub_cost"), _whole("sub_revenue")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "order_id"],
            ["work_orders.organisation_id", "work_orders.id"],
            name="fk_cost_stands_organisation_id_order_id",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "order_id", name="pk_cost_stands"),
    )
    op.create_index("ix_cost_stands_facts", "cost_stands", ["organisation_id", "facts"])


def _make_feed() -> None:
    sheet = ("organisation_id", "order_id", "revision")
    op.create_table(
        "cost_feed",
        _text("organisation_id"),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        *(_text("order_id"), sa.Column("revision", sa.Integer(), nullable=False)),
        sa.ForeignKeyConstraint(
            list(sheet),
            [f"cost_sheets.{name}" for name in sheet],
            name="fk_cost_feed_organisation_id_order_id_revision",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "number", name="pk_cost_feed"),
        sa.UniqueConstraint(*sheet, name="uq_cost_feed_organisation_id_order_id_revision"),
        info={"immutable": True},
    )


def _text(name: str, length: int = 36) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)

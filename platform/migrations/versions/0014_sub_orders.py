"""Which order is a part of which. A table of its own: the orders' own one, the largest, is left as it is."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ORDERS = ["work_orders.organisation_id", "work_orders.id"]


def upgrade() -> None:
    op.create_table(
        "sub_orders",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id", "order_id"], ORDERS, name="fk_sub_orders_organisation_id_order_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "parent_id"], ORDERS, name="fk_sub_orders_organisation_id_parent_id"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "order_id", name="pk_sub_orders"),
        sa.CheckConstraint("parent_id <> order_id", name=op.f("ck_sub_orders_not_its_own")),
        info={"immutable": True},
    )
    op.create_index("ix_sub_orders_parent", "sub_orders", ["organisation_id", "parent_id"])
    make_immutable(op.get_bind(), ["sub_orders"])
    separate_organisations(op.get_bind(), ["sub_orders"])

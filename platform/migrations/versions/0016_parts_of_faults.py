"""What recommendations begin with and have learned from: parts lists of fault codes, and how many orders were counted.

An installation that counts already does not know how many orders it counted. The repairs of each template's busiest
step, for any product and fault, are as many or fewer; `mendloop recommendations rebuild` counts them all again.
"""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FROM_COUNTS = """
INSERT INTO learning_states (organisation_id, orders)
SELECT organisation_id, SUM(most) FROM (
    SELECT organisation_id, template, MAX(repairs) AS most FROM repair_counts
    WHERE organisation_id = :id AND product = '*' AND fault = '*' GROUP BY organisation_id, template
) AS busiest GROUP BY organisation_id
"""


def upgrade() -> None:
    _make_states()
    _make_lists()
    _count_orders(op.get_bind())
    separate_organisations(op.get_bind(), ("learning_states", "fault_parts"))


def _count_orders(connection: sa.Connection) -> None:
    """On PostgreSQL the rows of one organisation are seen at a time."""
    for (organisation,) in connection.execute(sa.text("SELECT id FROM organisations")).all():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT set_config('mendloop.organisation', :id, true)"), {"id": organisation})
        connection.execute(sa.text(FROM_COUNTS), {"id": organisation})


def _make_states() -> None:
    op.create_table(
        "learning_states",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("rebuilt_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("orders >= 0", name="ck_learning_states_counts_orders"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_learning_states_organisation_id"),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_learning_states"),
    )


def _make_lists() -> None:
    op.create_table(
        "fault_parts",
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("fault", sa.String(length=60), nullable=False),
        sa.Column("part", sa.String(length=100), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "fault"],
            ["fault_codes.organisation_id", "fault_codes.code"],
            name="fk_fault_parts_organisation_id_fault",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "part"],
            ["parts.organisation_id", "parts.number"],
            name="fk_fault_parts_organisation_id_part",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "fault", "part", name="pk_fault_parts"),
    )
    op.create_index("ix_fault_parts_part", "fault_parts", ["organisation_id", "part"])

"""Costs: what was said about them, sheets of what orders cost, quotes and their answers."""

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MADE = ("cost_facts", "cost_quote_decisions", "cost_quotes", "cost_sheets")


def upgrade() -> None:
    _make_facts()
    _make_sheets()
    _make_quotes()
    make_immutable(op.get_bind(), MADE)
    separate_organisations(op.get_bind(), MADE)


def _make_facts() -> None:
    op.create_table(
        "cost_facts",
        *(_text("organisation_id"), _text("id"), _whole("sequence"), _text("kind", 20), _text("key", 100)),
        *(_text("order_id", nullable=True), _long("data"), _moment("said_at"), _text("said_by"), _text("why", 1000)),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_cost_facts_organisation_id"),
        _of_order("cost_facts"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_cost_facts"),
        sa.UniqueConstraint("organisation_id", "sequence", name="uq_cost_facts_organisation_id_sequence"),
        info={"immutable": True},
    )
    op.create_index("ix_cost_facts_order", "cost_facts", ["organisation_id", "order_id"])


def _make_sheets() -> None:
    op.create_table(
        "cost_sheets",
        *(_text("organisation_id"), _text("order_id")),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        *(_moment("made_at"), _long("inputs"), _long("document"), _long("changes"), _whole("cost"), _whole("revenue")),
        *(_text("number", 40), _text("status", 20), _text("template", 120)),
        *(_text("product", 200), _text("customer", 200)),
        sa.Column("faults", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        _of_order("cost_sheets"),
        sa.PrimaryKeyConstraint("organisation_id", "order_id", "revision", name="pk_cost_sheets"),
        info={"immutable": True},
    )


def _make_quotes() -> None:
    op.create_table(
        "cost_quotes",
        *(_text("organisation_id"), _text("id"), _text("order_id")),
        sa.Column("number", sa.Integer(), nullable=False),
        *(_moment("made_at"), _text("made_by"), _moment("expires_at"), _whole("total")),
        *(_long("document"), _text("digest", 64)),
        _of_order("cost_quotes"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name="pk_cost_quotes"),
        sa.UniqueConstraint(
            "organisation_id", "order_id", "number", name="uq_cost_quotes_organisation_id_order_id_number"
        ),
        info={"immutable": True},
    )
    op.create_table(
        "cost_quote_decisions",
        *(_text("organisation_id"), _text("quote_id"), _text("decision", 20), _moment("decided_at")),
        *(_text("decided_by", nullable=True), _text("name", 100), _text("remark", 1000)),
        *(_text("language", 10), _text("digest", 64)),
        sa.ForeignKeyConstraint(
            ["organisation_id", "quote_id"],
            ["cost_quotes.organisation_id", "cost_quotes.id"],
            name="fk_cost_quote_decisions_organisation_id_quote_id",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "quote_id", name="pk_cost_quote_decisions"),
        info={"immutable": True},
    )


def _of_order(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", "order_id"],
        ["work_orders.organisation_id", "work_orders.id"],
        name=f"fk_{table}_organisation_id_order_id",
    )


def _text(name: str, length: int = 36, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _long(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)

"""Facts about orders that are over, for figures: read from their events, and made again at any time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import separate_organisations

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("insight_orders", "insight_visits", "insight_reworks", "insight_readings", "insight_parts")
COUNTS = tuple(f"{kind}_{what}" for kind in ("photos", "dwell", "flow") for what in ("due", "kept"))


def upgrade() -> None:
    _make_orders()
    _make_visits()
    _make_reworks()
    _make_readings()
    _make_parts()
    separate_organisations(op.get_bind(), TABLES)


def _make(name: str, keys: Sequence[sa.Column[object]], *columns: sa.Column[object]) -> None:
    """A table of facts about an order."""
    own = [_text("organisation_id", 36), _text("order_id", 36), *keys]
    op.create_table(
        name,
        *own,
        *columns,
        sa.ForeignKeyConstraint(
            ["organisation_id", "order_id"],
            ["work_orders.organisation_id", "work_orders.id"],
            name=f"fk_{name}_organisation_id_order_id",
        ),
        sa.PrimaryKeyConstraint(*(key.name for key in own), name=f"pk_{name}"),
    )


def _make_orders() -> None:
    _make(
        "insight_orders",
        (),
        _number("revision"),
        _text("number", 40),
        _text("status", 20),
        _text("outcome", 64),
        _text("template", 120),
        _text("version", 36),
        _text("product", 200),
        _text("asset", 200),
        _text("customer", 200),
        _long("faults"),
        _text("person", 36),
        _text("team", 64),
        _long("people"),
        _text("again", 410),
        _yes_or_no("is_corrective"),
        _yes_or_no("is_sub"),
        _large("opened_at"),
        _large("ended_at"),
        *(_large(f"{kind}_ms") for kind in ("work", "travel", "waiting", "idle", "planned", "actual")),
        *(_number(name) for name in ("visits", "reworks", *COUNTS)),
        _large("parts_used"),
        _large("parts_returned"),
    )
    op.create_index("ix_insight_orders_ended", "insight_orders", ["organisation_id", "ended_at"])
    again = ["organisation_id", "is_corrective", "again", "opened_at"]
    op.create_index("ix_insight_orders_again", "insight_orders", again)


def _make_visits() -> None:
    _make(
        "insight_visits",
        (_text("node", 64), _number("number")),
        _text("person", 36),
        _text("role", 64),
        *(_large(name) for name in ("started_at", "completed_at", "work_ms", "travel_ms", "waiting_ms")),
        sa.Column("standard_ms", sa.BigInteger(), nullable=True),
        _long("missing"),
    )


def _make_reworks() -> None:
    nodes = (_text("edge", 80), _text("from_node", 64), _text("to_node", 64))
    _make("insight_reworks", (_number("sequence"),), *nodes, _long("reason"))


def _make_readings() -> None:
    values = (_text("person", 36), _text("value", 40), _large("at"), _yes_or_no("same_here"))
    _make("insight_readings", (_text("place", 300), _number("number")), *values)
    again = ["organisation_id", "person", "place", "at", "order_id", "number", "value", "same_here"]
    op.create_index("ix_insight_readings_again", "insight_readings", again)


def _make_parts() -> None:
    moved = (_text("part", 100), _text("action", 20), _large("milli"))
    _make("insight_parts", (_text("visit", 80), _number("line")), *moved)


def _text(name: str, length: int) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _long(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _large(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _yes_or_no(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)

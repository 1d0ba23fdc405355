"""Bills of material in revisions; assets, the facts about what is built into them, and what follows from those."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from mendloop.database.guards import make_immutable, separate_organisations
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IMMUTABLE = ("boms", "bom_positions", "asset_facts")
TENANT = (*IMMUTABLE, "assets", "asset_units", "asset_conflicts", "asset_orders", "asset_counters")


def upgrade() -> None:
    _make_boms()
    _make_assets()
    _make_facts()
    _make_units()
    _make_conflicts()
    make_immutable(op.get_bind(), IMMUTABLE)
    separate_organisations(op.get_bind(), TENANT)


def _text(name: str, length: int = 36, *, nullable: bool = False, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable, server_default=default)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def _words(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)


def _key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("organisation_id", *names, name=f"pk_{table}")


def _home(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=f"fk_{table}_organisation_id")


def _of(table: str, column: str, target: str, target_column: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{target}.organisation_id", f"{target}.{target_column}"],
        name=f"fk_{table}_organisation_id_{column}",
    )


def _once(table: str, *names: str) -> sa.UniqueConstraint:
    joined = "_".join(("organisation_id", *names))
    return sa.UniqueConstraint("organisation_id", *names, name=f"uq_{table}_{joined}")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, name: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{name}", table, ["organisation_id", *columns])


def _make_boms() -> None:
    op.create_table(
        "boms",
        *(_text("organisation_id"), _text("id"), _text("product_id", nullable=True)),
        _text("part_number", 100, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(_moment("effective_from"), _text("note", 2000, default="")),
        sa.Column("size", sa.Integer(), nullable=False),
        *(_moment("created_at"), _text("created_by")),
        *(_key("boms", "id"), _once("boms", "product_id", "revision"), _once("boms", "part_number", "revision")),
        *(_of("boms", "product_id", "products"), _of("boms", "part_number", "parts", "number")),
        _check("boms", "of_one_thing", "(product_id IS NULL) <> (part_number IS NULL)"),
        info={"immutable": True},
    )
    op.create_table(
        "bom_positions",
        *(_text("organisation_id"), _text("bom_id"), _text("key", 60)),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *(_text("parent_key", 60, nullable=True), _words("label"), _text("part_number", 100, nullable=True)),
        *(_whole("milli"), _flag("serial_tracked")),
        *(_key("bom_positions", "bom_id", "key"), _of("bom_positions", "bom_id", "boms")),
        _of("bom_positions", "part_number", "parts", "number"),
        _check("bom_positions", "holds_something", "milli > 0"),
        info={"immutable": True},
    )
    _index("bom_positions", "part", "part_number")


def _make_assets() -> None:
    op.create_table(
        "assets",
        *(_text("organisation_id"), _text("id"), _text("serial", 200), _text("tag", 12), _text("product_id")),
        *(_text("bom_id", nullable=True), _text("customer", 200), _text("site", 200)),
        sa.Column("commissioned", sa.Date(), nullable=True),
        *(_moment("created_at"), _text("created_by")),
        *(_key("assets", "id"), _once("assets", "product_id", "serial"), _once("assets", "tag")),
        *(_of("assets", "product_id", "products"), _of("assets", "bom_id", "boms")),
    )
    _index("assets", "serial", "serial")
    op.create_table(
        "asset_orders",
        *(_text("organisation_id"), _text("order_id"), _text("asset_id")),
        *(_key("asset_orders", "order_id"), _of("asset_orders", "asset_id", "assets")),
    )
    _index("asset_orders", "asset", "asset_id")
    op.create_table(
        "asset_counters",
        *(_text("organisation_id"), _whole("last"), _key("asset_counters"), _home("asset_counters")),
    )


def _make_facts() -> None:
    op.create_table(
        "asset_facts",
        *(_text("organisation_id"), _text("id"), _whole("sequence"), _text("act_id"), _text("key", 80, nullable=True)),
        *(_text("way", 3), _text("reason", 20), _moment("at"), _moment("booked_at"), _text("by")),
        *(_text("order_id", nullable=True), _text("visit", 80, nullable=True), _text("note", 2000, nullable=True)),
        *(_text("unit_id"), _text("part_number", 100), _text("serial", 200, nullable=True)),
        *(_text("lot", 200, nullable=True), _whole("milli"), _flag("kept")),
        *(_text("asset_id", nullable=True), _text("parent_id", nullable=True), _text("slot", 500, nullable=True)),
        *(_key("asset_facts", "id"), _once("asset_facts", "sequence"), _once("asset_facts", "key")),
        _home("asset_facts"),
        _check("asset_facts", "moves_something", "milli > 0"),
        _check("asset_facts", "one_of_a_serial", "serial IS NULL OR milli = 1000"),
        info={"immutable": True},
    )
    for name, columns in {
        "unit": ("unit_id",),
        "asset": ("asset_id", "slot"),
        "parent": ("parent_id", "slot"),
        "order": ("order_id",),
    }.items():
        _index("asset_facts", name, *columns)


def _make_units() -> None:
    op.create_table(
        "asset_units",
        *(_text("organisation_id"), _text("id"), _text("part_number", 100), _text("serial", 200, nullable=True)),
        *(_text("lot", 200, nullable=True), _whole("milli"), _text("asset_id", nullable=True)),
        *(_text("parent_id", nullable=True), _text("slot", 500, nullable=True), _moment("since")),
        *(_text("order_id", nullable=True), _whole("sequence")),
        *(_key("asset_units", "id"), _once("asset_units", "part_number", "serial"), _home("asset_units")),
        _check("asset_units", "is_something", "milli > 0"),
        _check("asset_units", "one_of_a_serial", "serial IS NULL OR milli = 1000"),
        _check("asset_units", "not_inside_itself", "parent_id IS NULL OR parent_id <> id"),
        _check("asset_units", "somewhere_or_loose", "slot IS NOT NULL OR (asset_id IS NULL AND parent_id IS NULL)"),
    )
    _index("asset_units", "asset", "asset_id")
    _index("asset_units", "parent", "parent_id")


def _make_conflicts() -> None:
    op.create_table(
        "asset_conflicts",
        *(_text("organisation_id"), _text("id"), _text("kind", 20), _text("fact_id")),
        *(_text("asset_id", nullable=True), _text("address", 500, nullable=True), _text("part_number", 100)),
        *(_text("serial", 200, nullable=True), _text("found_asset_id", nullable=True)),
        *(_text("found_address", 500, nullable=True), _text("order_id", nullable=True)),
        *(_moment("raised_at"), _text("raised_by"), _moment("settled_at", nullable=True)),
        *(_text("settled_by", nullable=True), _text("note", 2000, nullable=True)),
        *(_key("asset_conflicts", "id"), _of("asset_conflicts", "fact_id", "asset_facts")),
    )
    _index("asset_conflicts", "open", "settled_at")
    _index("asset_conflicts", "asset", "asset_id")

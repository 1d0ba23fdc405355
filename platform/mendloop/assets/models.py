"""Tables of bills of material and assets. BOMs and facts never change; units are derived from the facts.

Parts are named by their numbers, quantities are `milli`, thousandths of the part's unit.
"""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable


class Bom(TenantBase, Base):
    """One revision of what a product, or a part that is an assembly, consists of; in effect from a given instant."""

    __tablename__ = "boms"
    __table_args__ = (
        UniqueConstraint("organisation_id", "product_id", "revision"),
        UniqueConstraint("organisation_id", "part_number", "revision"),
        CheckConstraint("(product_id IS NULL) <> (part_number IS NULL)", name="of_one_thing"),
        ForeignKeyConstraint(["organisation_id", "product_id"], ["products.organisation_id", "products.id"]),
        ForeignKeyConstraint(["organisation_id", "part_number"], ["parts.organisation_id", "parts.number"]),
        immutable(),
    )

    product_id: Mapped[str | None] = mapped_column(String(36))
    part_number: Mapped[str | None] = mapped_column(String(100))
    revision: Mapped[int]
    effective_from: Mapped[dt.datetime]
    note: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    size: Mapped[int]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(36))


class BomPosition(Base):
    """A place in a BOM where a part belongs, or several; without a part it only holds others together."""

    __tablename__ = "bom_positions"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "bom_id"], ["boms.organisation_id", "boms.id"]),
        ForeignKeyConstraint(["organisation_id", "part_number"], ["parts.organisation_id", "parts.number"]),
        CheckConstraint("milli > 0", name="holds_something"),
        Index("ix_bom_positions_part", "organisation_id", "part_number"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bom_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    ordinal: Mapped[int]
    parent_key: Mapped[str | None] = mapped_column(String(60))
    label: Mapped[dict[str, str]]
    part_number: Mapped[str | None] = mapped_column(String(100))
    milli: Mapped[int] = mapped_column(BigInteger)
    serial_tracked: Mapped[bool]


class Asset(TenantBase, Base):
    """One thing that is repaired. `tag` is short enough for a label; `bom_id` is the revision it was built by."""

    __tablename__ = "assets"
    __table_args__ = (
        UniqueConstraint("organisation_id", "product_id", "serial"),
        UniqueConstraint("organisation_id", "tag"),
        ForeignKeyConstraint(["organisation_id", "product_id"], ["products.organisation_id", "products.id"]),
        ForeignKeyConstraint(["organisation_id", "bom_id"], ["boms.organisation_id", "boms.id"]),
        Index("ix_assets_serial", "organisation_id", "serial"),
    )

    serial: Mapped[str] = mapped_column(String(200))
    tag: Mapped[str] = mapped_column(String(12))
    product_id: Mapped[str] = mapped_column(String(36))
    bom_id: Mapped[str | None] = mapped_column(String(36))
    customer: Mapped[str] = mapped_column(String(200), default="")
    site: Mapped[str] = mapped_column(String(200), default="")
    commissioned: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(36))


class AssetFact(TenantBase, Base):
    """Something came into a place or left it. Facts are numbered in the order they were booked, `at` is when it was.

    The place is a `slot` of the asset itself, or of the unit `parent_id`, which may be in an asset or lie on a bench.
    `kept`: after it left, it goes on being known, with everything that is inside it.
    """

    __tablename__ = "asset_facts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "sequence"),
        UniqueConstraint("organisation_id", "key"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("milli > 0", name="moves_something"),
        CheckConstraint("serial IS NULL OR milli = 1000", name="one_of_a_serial"),
        Index("ix_asset_facts_unit", "organisation_id", "unit_id"),
        Index("ix_asset_facts_asset", "organisation_id", "asset_id", "slot"),
        Index("ix_asset_facts_parent", "organisation_id", "parent_id", "slot"),
        Index("ix_asset_facts_order", "organisation_id", "order_id"),
        immutable(),
    )

    sequence: Mapped[int] = mapped_column(BigInteger)
    act_id: Mapped[str] = mapped_column(String(36))
    key: Mapped[str | None] = mapped_column(String(80))
    way: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime]
    booked_at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(36))
    order_id: Mapped[str | None] = mapped_column(String(36))
    visit: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(2000))
    unit_id: Mapped[str] = mapped_column(String(36))
    part_number: Mapped[str] = mapped_column(String(100))
    serial: Mapped[str | None] = mapped_column(String(200))
    lot: Mapped[str | None] = mapped_column(String(200))
    milli: Mapped[int] = mapped_column(BigInteger)
    kept: Mapped[bool]
    asset_id: Mapped[str | None] = mapped_column(String(36))
    parent_id: Mapped[str | None] = mapped_column(String(36))
    slot: Mapped[str | None] = mapped_column(String(500))


class AssetUnit(TenantBase, Base):
    """What is somewhere now: one thing with a serial number, or so much of a part that came in together.

    `asset_id` is the asset it is in, however deep; loose things have none. Made from the facts, and only from them.
    """

    __tablename__ = "asset_units"
    __table_args__ = (
        UniqueConstraint("organisation_id", "part_number", "serial"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("milli > 0", name="is_something"),
        CheckConstraint("serial IS NULL OR milli = 1000", name="one_of_a_serial"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_inside_itself"),
        CheckConstraint("slot IS NOT NULL OR (asset_id IS NULL AND parent_id IS NULL)", name="somewhere_or_loose"),
        Index("ix_asset_units_asset", "organisation_id", "asset_id"),
        Index("ix_asset_units_parent", "organisation_id", "parent_id"),
    )

    part_number: Mapped[str] = mapped_column(String(100))
    serial: Mapped[str | None] = mapped_column(String(200))
    lot: Mapped[str | None] = mapped_column(String(200))
    milli: Mapped[int] = mapped_column(BigInteger)
    asset_id: Mapped[str | None] = mapped_column(String(36))
    parent_id: Mapped[str | None] = mapped_column(String(36))
    slot: Mapped[str | None] = mapped_column(String(500))
    since: Mapped[dt.datetime]
    order_id: Mapped[str | None] = mapped_column(String(36))
    sequence: Mapped[int] = mapped_column(BigInteger)


class AssetConflict(TenantBase, Base):
    """The field said what cannot be after all that was known. It stands; somebody looks, and says what it was."""

    __tablename__ = "asset_conflicts"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "fact_id"], ["asset_facts.organisation_id", "asset_facts.id"]),
        Index("ix_asset_conflicts_open", "organisation_id", "settled_at"),
        Index("ix_asset_conflicts_asset", "organisation_id", "asset_id"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    fact_id: Mapped[str] = mapped_column(String(36))
    asset_id: Mapped[str | None] = mapped_column(String(36))
    address: Mapped[str | None] = mapped_column(String(500))
    part_number: Mapped[str] = mapped_column(String(100))
    serial: Mapped[str | None] = mapped_column(String(200))
    found_asset_id: Mapped[str | None] = mapped_column(String(36))
    found_address: Mapped[str | None] = mapped_column(String(500))
    order_id: Mapped[str | None] = mapped_column(String(36))
    raised_at: Mapped[dt.datetime]
    raised_by: Mapped[str] = mapped_column(String(36))
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None] = mapped_column(String(2000))


class AssetOrder(Base):
    """Which asset a work order is about."""

    __tablename__ = "asset_orders"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "asset_id"], ["assets.organisation_id", "assets.id"]),
        Index("ix_asset_orders_asset", "organisation_id", "asset_id"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(36))


class AssetCounter(Base):
    """The number of the last fact. Whoever changes BOMs or assets locks it first, so that they take turns."""

    __tablename__ = "asset_counters"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    last: Mapped[int] = mapped_column(BigInteger)

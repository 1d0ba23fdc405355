"""Tables of stock. Movements and entries are the truth and never change; everything else here is derived from them.

Quantities are `milli`, thousandths of the part's unit. Values are whole minor units of the organisation's currency.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, validates

from mendloop.database import Base, TenantBase, immutable
from mendloop.inventory import models_of_desk  # noqa: F401 - tables of the same room
from mendloop.inventory.locations import OUTSIDE
from mendloop.inventory.spelling import folded


def _key(name: str) -> Callable[[DefaultExecutionContext], str]:
    """The default of a column that follows another one, whoever inserts the row."""
    return lambda context: folded(context.get_current_parameters()[name])  # type: ignore[no-untyped-call]


_MAY_OWE = ", ".join(f"'{place}'" for place in OUTSIDE)


class Part(TenantBase, Base):
    """Something that is built into what we repair. `known` is false when the field used a number nobody had entered.

    `fits` are the products it is made for, `*` standing for anything; none: it goes into any. `packs` are other units
    it comes in, each with how many of the part's own unit that is. `costing` is `fifo` or `average`.

    `number_key` is the number in small letters, and nobody else's: FAN-1 and fan-1 are one part. Of parts that were two
    by their capitals when this was laid down, one has it, and the others a key of their own: by their exact numbers.
    """

    __tablename__ = "parts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_parts_number_key", "organisation_id", "number_key", unique=True),
    )

    number: Mapped[str] = mapped_column(String(100))
    number_key: Mapped[str] = mapped_column(String(400), default=_key("number"), server_default="")
    name: Mapped[dict[str, Any]]
    unit: Mapped[str] = mapped_column(String(20), default="pcs")
    known: Mapped[bool] = mapped_column(default=True)
    fits: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    serial_tracked: Mapped[bool] = mapped_column(default=False, server_default=false())
    packs: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    costing: Mapped[str] = mapped_column(String(10), default="average", server_default="average")

    @validates("number")
    def _follow(self, _name: str, number: str) -> str:
        """Its key follows, unless nothing changes."""
        if number != self.number:
            self.number_key = folded(number)
        return number


class Location(Base):
    """A place where parts are. `key` says kind and owner: `warehouse`, `van:<person>`, `order:<work order>`."""

    __tablename__ = "locations"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[str | None] = mapped_column(String(36))


class StockMovement(TenantBase, Base):
    """Something that was done with parts: who, when, why, for which order. Its entries say what went where.

    `key` is made by whoever asks: the same key again is the same movement asked for twice, if `digest` is the same.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_stock_movements_order", "organisation_id", "order_id"),
        Index("ix_stock_movements_by", "organisation_id", "by", "id"),
        Index("ix_stock_movements_action", "organisation_id", "action", "id"),
        immutable(),
    )

    key: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime]
    booked_at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(36))
    order_id: Mapped[str | None] = mapped_column(String(36))
    visit: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(2000))


class StockEntry(TenantBase, Base):
    """`milli` of a part, worth `value`, went from one location to another. Entries of a part are numbered in the order
    they were booked. One with a serial number is one part, or a piece of one that came from several cost layers.
    `from_layer` and `to_layer` are the cost layers it left and made; none where the world is outside, but for what
    comes back from there: that is as old as its `from_layer` says.
    """

    __tablename__ = "stock_entries"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "movement_id"], ["stock_movements.organisation_id", "stock_movements.id"]
        ),
        UniqueConstraint("organisation_id", "part_id", "sequence"),
        CheckConstraint("milli > 0", name="moves_something"),
        CheckConstraint("value >= 0", name="owes_nothing"),
        CheckConstraint("from_location <> to_location", name="moves_elsewhere"),
        CheckConstraint("serial IS NULL OR milli <= 1000", name="one_of_a_serial"),
        Index("ix_stock_entries_order", "organisation_id", "order_id"),
        Index("ix_stock_entries_movement", "organisation_id", "movement_id"),
        Index("ix_stock_entries_from", "organisation_id", "from_location", "movement_id"),
        Index("ix_stock_entries_to", "organisation_id", "to_location", "movement_id"),
        *(
            Index(
                f"ix_stock_entries_{name}",
                *("organisation_id", "part_id", name),
                sqlite_where=text(f"{name} IS NOT NULL"),
                postgresql_where=text(f"{name} IS NOT NULL"),
            )
            for name in ("serial", "lot")
        ),
        immutable(),
    )

    movement_id: Mapped[str] = mapped_column(String(36))
    part_id: Mapped[str] = mapped_column(String(36))
    sequence: Mapped[int] = mapped_column(BigInteger)
    from_location: Mapped[str] = mapped_column(String(60))
    to_location: Mapped[str] = mapped_column(String(60))
    milli: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[int] = mapped_column(BigInteger)
    from_layer: Mapped[int | None] = mapped_column(BigInteger)
    to_layer: Mapped[int | None] = mapped_column(BigInteger)
    unit: Mapped[str | None] = mapped_column(String(20))
    serial: Mapped[str | None] = mapped_column(String(200))
    lot: Mapped[str | None] = mapped_column(String(200))
    order_id: Mapped[str | None] = mapped_column(String(36))


class PartStock(Base):
    """What is kept once for a part: the number of its last entry, and what it cost when it last came in.

    Whoever moves a part, or holds it for an order, locks this row first: what happens to one part happens in one order.
    """

    __tablename__ = "part_stocks"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    last_sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    last_milli: Mapped[int] = mapped_column(BigInteger, default=0)
    last_value: Mapped[int] = mapped_column(BigInteger, default=0)


class StockBalance(Base):
    """How much of a part is at a location, what it is worth, and how much of it is held for orders."""

    __tablename__ = "stock_balances"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint(f"milli >= 0 OR location IN ({_MAY_OWE})", name="nothing_below_nothing"),
        CheckConstraint("reserved >= 0 AND (reserved = 0 OR reserved <= milli)", name="held_is_there"),
        Index("ix_stock_balances_location", "organisation_id", "location", "part_id"),
        Index(
            "ix_stock_balances_there",
            *("organisation_id", "part_id", "location"),
            sqlite_where=text("milli <> 0"),
            postgresql_where=text("milli <> 0"),
        ),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    location: Mapped[str] = mapped_column(String(60), primary_key=True)
    milli: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    reserved: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class CostLayer(Base):
    """Parts at a location that came in together, and what they cost. Number 0 is the pool of a moving average."""

    __tablename__ = "cost_layers"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("milli > 0 AND milli <= opened_milli", name="holds_something"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    location: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    since: Mapped[int] = mapped_column(BigInteger)
    opened_milli: Mapped[int] = mapped_column(BigInteger)
    opened_value: Mapped[int] = mapped_column(BigInteger)
    milli: Mapped[int] = mapped_column(BigInteger)


class StockSerial(Base):
    """Where the one part with this serial number is. `order_id` is the order it went there for.

    `serial_key` is the number in small letters: whoever moves the part has locked it, and goes by the known spelling.
    """

    __tablename__ = "stock_serials"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        Index("ix_stock_serials_place", "organisation_id", "part_id", "location"),
        Index("ix_stock_serials_key", "organisation_id", "serial_key", "part_id"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    serial: Mapped[str] = mapped_column(String(200), primary_key=True)
    serial_key: Mapped[str] = mapped_column(String(800), default=_key("serial"), server_default="")
    location: Mapped[str] = mapped_column(String(60))
    order_id: Mapped[str | None] = mapped_column(String(36))
    sequence: Mapped[int] = mapped_column(BigInteger)


class StockReservation(Base):
    """Parts at a location that are held for an order. They have not moved yet."""

    __tablename__ = "stock_reservations"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("milli > 0", name="holds_something"),
        Index("ix_stock_reservations_part", "organisation_id", "part_id", "location"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    location: Mapped[str] = mapped_column(String(60), primary_key=True)
    milli: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[dt.datetime]


class StockDiscrepancy(TenantBase, Base):
    """The field did with a part what stock would deny: `milli` of it came from nowhere, or the one with this serial
    number was known to be at `found_at`. Open until somebody has looked and said what it was.

    Or a count, or a transfer that arrived otherwise, has moved `milli` of it, below nothing where it is less, worth
    `value`, at `place`, for no order: `order_id` is empty. `verdict` is accepted or refused; `note` says why, or what
    follows.
    """

    __tablename__ = "stock_discrepancies"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        Index("ix_stock_discrepancies_open", "organisation_id", "settled_at"),
        Index("ix_stock_discrepancies_order", "organisation_id", "order_id"),
        Index("ix_stock_discrepancies_count", "organisation_id", "count_id"),
        Index("ix_stock_discrepancies_transfer", "organisation_id", "transfer_id"),
    )

    part_id: Mapped[str] = mapped_column(String(36))
    order_id: Mapped[str] = mapped_column(String(36))
    visit: Mapped[str | None] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    milli: Mapped[int] = mapped_column(BigInteger)
    serial: Mapped[str | None] = mapped_column(String(200))
    found_at: Mapped[str | None] = mapped_column(String(60))
    place: Mapped[str | None] = mapped_column(String(60))
    value: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(60))
    movement_id: Mapped[str | None] = mapped_column(String(36))
    count_id: Mapped[str | None] = mapped_column(String(36))
    transfer_id: Mapped[str | None] = mapped_column(String(36))
    raised_at: Mapped[dt.datetime]
    raised_by: Mapped[str] = mapped_column(String(36))
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(36))
    verdict: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(String(2000))

"""Tables of stock. Entries are the truth and never change; balances are derived from them."""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable


class Part(TenantBase, Base):
    """Something that is built into what we repair. `known` is false when the field used a number nobody had entered.

    `fits` are the products it is made for, `*` standing for anything; none: it goes into any.
    """

    __tablename__ = "parts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
    )

    number: Mapped[str] = mapped_column(String(100))
    name: Mapped[dict[str, Any]]
    unit: Mapped[str] = mapped_column(String(20), default="pcs")
    known: Mapped[bool] = mapped_column(default=True)
    fits: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    serial_tracked: Mapped[bool] = mapped_column(default=False, server_default=false())


class Location(Base):
    """A place where parts are. `key` says kind and owner: `warehouse`, `van:<person>`, `order:<work order>`."""

    __tablename__ = "locations"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[str | None] = mapped_column(String(36))


class StockEntry(TenantBase, Base):
    """`milli` thousandths of a part's unit moved from one location to another."""

    __tablename__ = "stock_entries"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("milli > 0", name="moves_something"),
        CheckConstraint("from_location <> to_location", name="moves_elsewhere"),
        Index("ix_stock_entries_order", "organisation_id", "order_id"),
        immutable(),
    )

    part_id: Mapped[str] = mapped_column(String(36))
    from_location: Mapped[str] = mapped_column(String(60))
    to_location: Mapped[str] = mapped_column(String(60))
    milli: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(20))
    order_id: Mapped[str | None] = mapped_column(String(36))
    visit: Mapped[str | None] = mapped_column(String(80))
    serial: Mapped[str | None] = mapped_column(String(200))
    lot: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(2000))


class StockBalance(Base):
    """How much of a part is at a location: the sum of what came minus what went."""

    __tablename__ = "stock_balances"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    location: Mapped[str] = mapped_column(String(60), primary_key=True)
    milli: Mapped[int] = mapped_column(BigInteger)

"""Tables of what storekeepers and vans agree on: transfers, limits, counts, and how others are told of movements."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable


class StockTransfer(TenantBase, Base):
    """Parts that go from one place to another in two steps. `state`: asked, sent, arrived, or refused.

    What was sent is what the ledger says lies in transit; a transfer only says from where, where to, and who asked.
    """

    __tablename__ = "stock_transfers"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_stock_transfers_state", "organisation_id", "state", "id"),
        Index("ix_stock_transfers_target", "organisation_id", "target", "state"),
    )

    source: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[str] = mapped_column(String(36))
    sent_at: Mapped[dt.datetime | None]
    sent_by: Mapped[str | None] = mapped_column(String(36))
    sent_movement: Mapped[str | None] = mapped_column(String(36))
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None] = mapped_column(String(2000))


class StockTransferLine(Base):
    """How much of a part was asked for."""

    __tablename__ = "stock_transfer_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "transfer_id"], ["stock_transfers.organisation_id", "stock_transfers.id"]
        ),
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("milli > 0", name="asks_for_something"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    transfer_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    milli: Mapped[int] = mapped_column(BigInteger)


class StockLimit(Base):
    """How much of a part a place should hold: below `minimum` it is filled up to `maximum`."""

    __tablename__ = "stock_limits"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("minimum >= 0 AND maximum >= minimum AND maximum > 0", name="from_least_to_most"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(60), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    minimum: Mapped[int] = mapped_column(BigInteger)
    maximum: Mapped[int] = mapped_column(BigInteger)


class StockCount(TenantBase, Base):
    """Somebody counts what lies at a place. `state`: open, booked, or dropped."""

    __tablename__ = "stock_counts"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_stock_counts_state", "organisation_id", "state", "place"),
    )

    place: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str] = mapped_column(String(36))
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(36))
    movement_id: Mapped[str | None] = mapped_column(String(36))


class StockCountLine(Base):
    """`counted` of a part lay there when stock said `expected`; `moved` when stock changed while it was counted.

    What moves after the counting changes neither number: the difference stays what it was.
    """

    __tablename__ = "stock_count_lines"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "count_id"], ["stock_counts.organisation_id", "stock_counts.id"]),
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("counted >= 0", name="counts_up"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    count_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    counted: Mapped[int] = mapped_column(BigInteger)
    expected: Mapped[int] = mapped_column(BigInteger)
    serials: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    expected_serials: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    moved: Mapped[bool] = mapped_column(default=False, server_default=false())
    counted_at: Mapped[dt.datetime]
    counted_by: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str | None] = mapped_column(String(60))


class StockCountScan(Base):
    """One scan of a count. Its `key` is made where it is scanned: told again because the answer was lost, it counts
    nothing more."""

    __tablename__ = "stock_count_scans"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "count_id"], ["stock_counts.organisation_id", "stock_counts.id"]),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    count_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(36))


class StockEstimate(Base):
    """What a receipt brought of a part came without its cost: it was booked at what the part last cost, if anything."""

    __tablename__ = "stock_estimates"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "movement_id"], ["stock_movements.organisation_id", "stock_movements.id"]
        ),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    movement_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class StockFeedEntry(Base):
    """Movements as others are told of them: numbered once they are committed, without gaps."""

    __tablename__ = "stock_feed"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "movement_id"], ["stock_movements.organisation_id", "stock_movements.id"]
        ),
        UniqueConstraint("organisation_id", "movement_id"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    movement_id: Mapped[str] = mapped_column(String(36))


class StockConnection(Base):
    """How far another system has been told of movements, and what it last said."""

    __tablename__ = "stock_connections"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    told: Mapped[int] = mapped_column(BigInteger, default=0)
    heard: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[dt.datetime | None]

"""Tables of an order's parts. What moved stands in the ledger alone; here stands what is wanted, and what was said."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable

PLAN, HAND, ENGINEER = "plan", "hand", "engineer"
"""Who put a line there: the template, somebody at a desk, the engineer on site."""
PROPOSED, ACCEPTED, REFUSED, WITHDRAWN = "proposed", "accepted", "refused", "withdrawn"


class OrderPartLine(Base):
    """So much of a part is planned for an order; `planned` is what the template said, `milli` what is meant now.

    `wanted` of it has not come to the order yet: nothing, once the order has ended. The part may be unknown to stock.
    """

    __tablename__ = "order_part_lines"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        CheckConstraint("milli >= 0 AND wanted >= 0 AND planned >= 0", name="not_below_nothing"),
        *(
            Index(
                f"ix_order_part_lines_{name}",
                *("organisation_id", *columns),
                sqlite_where=text("wanted > 0"),
                postgresql_where=text("wanted > 0"),
            )
            for name, columns in {"wanted": ("order_id", "number"), "waiting": ("number",)}.items()
        ),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(100), primary_key=True)
    planned: Mapped[int] = mapped_column(BigInteger, default=0)
    milli: Mapped[int] = mapped_column(BigInteger)
    wanted: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(20))
    nodes: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    note: Mapped[str | None] = mapped_column(String(500))
    changed_by: Mapped[str | None] = mapped_column(String(36))
    changed_at: Mapped[dt.datetime | None]


IS_WANTED = OrderPartLine.wanted > literal_column("0")
"""Written out, so that SQLite sees that its indexes of lines that want something will do."""


class PartStandIn(Base):
    """A part that may be built in where another one is meant; the lowest `rank` is thought of first."""

    __tablename__ = "part_stand_ins"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        ForeignKeyConstraint(["organisation_id", "stand_in_id"], ["parts.organisation_id", "parts.id"]),
        CheckConstraint("part_id <> stand_in_id", name="is_another"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    stand_in_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    rank: Mapped[int]


class PartExplanation(TenantBase, Base):
    """Why issued parts are neither built in nor back, as somebody says; it counts once a supervisor has accepted it."""

    __tablename__ = "part_explanations"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        CheckConstraint("milli > 0", name="is_of_something"),
        Index("ix_part_explanations_order", "organisation_id", "order_id"),
        Index("ix_part_explanations_state", "organisation_id", "state"),
    )

    order_id: Mapped[str] = mapped_column(String(36))
    part_id: Mapped[str] = mapped_column(String(36))
    milli: Mapped[int] = mapped_column(BigInteger)
    serial: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(20))
    proposed_by: Mapped[str] = mapped_column(String(36))
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[dt.datetime | None]
    answer: Mapped[str | None] = mapped_column(String(1000))


class OldPart(TenantBase, Base):
    """An old or defective part on its way back, under its tag. `id` is that of the entry by which it was taken out."""

    __tablename__ = "old_parts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "tag"),
        ForeignKeyConstraint(["organisation_id", "part_id"], ["parts.organisation_id", "parts.id"]),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        Index("ix_old_parts_waiting", "organisation_id", "received_at"),
        Index("ix_old_parts_order", "organisation_id", "order_id"),
    )

    tag: Mapped[str] = mapped_column(String(20))
    order_id: Mapped[str] = mapped_column(String(36))
    part_id: Mapped[str] = mapped_column(String(36))
    milli: Mapped[int] = mapped_column(BigInteger)
    serial: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str] = mapped_column(String(60))
    defective: Mapped[bool]
    taken_at: Mapped[dt.datetime]
    received_by: Mapped[str | None] = mapped_column(String(36))
    received_at: Mapped[dt.datetime | None]
    target: Mapped[str | None] = mapped_column(String(60))


class OrderPartRequest(TenantBase, Base):
    """Somebody has asked for what an order misses: to be brought by a transfer, or, without one, to be bought.

    What of it still matters is worked out from what is missing now. `ordered_at`: the supplier has been asked.
    """

    __tablename__ = "order_part_requests"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "transfer_id"], ["stock_transfers.organisation_id", "stock_transfers.id"]
        ),
        UniqueConstraint("organisation_id", "transfer_id"),
        CheckConstraint("milli > 0", name="asks_for_something"),
        Index("ix_order_part_requests_order", "organisation_id", "order_id", "number"),
    )

    order_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[str] = mapped_column(String(100))
    milli: Mapped[int] = mapped_column(BigInteger)
    transfer_id: Mapped[str | None] = mapped_column(String(36))
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[dt.datetime]
    ordered_by: Mapped[str | None] = mapped_column(String(36))
    ordered_at: Mapped[dt.datetime | None]


class OrderPartAct(Base):
    """What was asked for under a key of the asker's own: the same key again is the same act asked for twice."""

    __tablename__ = "order_part_acts"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]), immutable())

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime]

"""Tables of work orders. Events are the truth; every other column here can be made again from them.

JSON that the engine made is kept as canonical text, so that both databases give back the very bytes that were hashed.
"""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable


class WorkOrder(TenantBase, Base):
    """One job on one asset, running one template version. Its row is all that deciding a command needs to load."""

    __tablename__ = "work_orders"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_work_orders_list", "organisation_id", "status", "created_at"),
        Index("ix_work_orders_assigned", "organisation_id", "assigned_to", "status"),
        Index("ix_work_orders_ended", "organisation_id", "status", "ended_at"),
    )

    number: Mapped[str] = mapped_column(String(40))
    plan_hash: Mapped[str] = mapped_column(String(64))
    template_version_id: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(36))
    priority: Mapped[str] = mapped_column(String(20), default="normal")
    due_at: Mapped[dt.datetime | None]
    customer: Mapped[str] = mapped_column(String(200), default="")
    product: Mapped[str] = mapped_column(String(200))
    asset: Mapped[str] = mapped_column(String(200), default="")

    revision: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), default="new")
    outcome: Mapped[str | None] = mapped_column(String(64))
    assigned_to: Mapped[str | None] = mapped_column(String(36))
    steps_done: Mapped[int] = mapped_column(default=0)
    worked_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    ended_at: Mapped[str | None] = mapped_column(String(30))
    changed_at: Mapped[str | None] = mapped_column(String(30))
    discrepancies: Mapped[int] = mapped_column(default=0)


class SubOrderLink(Base):
    """An order is a part of another one, since it was opened and for good; `position` is its address in that one's BOM.

    The order's first event says the same. This row is what finds the sub-orders of an order.
    """

    __tablename__ = "sub_orders"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        ForeignKeyConstraint(["organisation_id", "parent_id"], ["work_orders.organisation_id", "work_orders.id"]),
        CheckConstraint("parent_id <> order_id", name="not_its_own"),
        Index("ix_sub_orders_parent", "organisation_id", "parent_id"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    parent_id: Mapped[str] = mapped_column(String(36))
    position: Mapped[str | None] = mapped_column(String(500))


class OrderEvent(Base):
    """What happened, once and for ever, linked to what happened before by its hash."""

    __tablename__ = "order_events"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(44))
    command_id: Mapped[str] = mapped_column(String(36))
    type: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Visit(Base):
    """One pass through a step: who, when, for how long, and what was answered."""

    __tablename__ = "visits"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        Index("ix_visits_waiting", "organisation_id", "status", "role"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[str] = mapped_column(String(30))
    opened_sequence: Mapped[int]
    started_at: Mapped[str | None] = mapped_column(String(30))
    completed_at: Mapped[str | None] = mapped_column(String(30))
    by: Mapped[str | None] = mapped_column(String(36))
    worked_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    draft: Mapped[str] = mapped_column(Text, default="{}")
    answers: Mapped[str] = mapped_column(Text, default="{}")
    reasons: Mapped[str] = mapped_column(Text, default="{}")
    rework: Mapped[str | None] = mapped_column(Text)
    edge: Mapped[str | None] = mapped_column(String(80))


class OrderCounter(Base):
    """The last order number given out in a year."""

    __tablename__ = "order_counters"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]

"""Tables of costing. What was said about costs is kept for ever as facts; sheets and quotes are never changed either.

Money is whole minor units of the organisation's currency. JSON is kept as canonical text, so that what was computed
again can be compared with what is stored byte by byte.
"""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, immutable


class CostFact(TenantBase, Base):
    """What somebody said about costs: the newest word about a `kind` and `key` holds; `data` is null where it was
    taken back. Numbered in the order of saying. Facts about one order name it; all others hold for every order that is
    open then or comes later, and where they say `why`, for those that were closed, too."""

    __tablename__ = "cost_facts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "sequence"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        Index("ix_cost_facts_order", "organisation_id", "order_id"),
        immutable(),
    )

    sequence: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(100))
    order_id: Mapped[str | None] = mapped_column(String(36))
    data: Mapped[str] = mapped_column(Text)
    said_at: Mapped[dt.datetime]
    said_by: Mapped[str] = mapped_column(String(36))
    why: Mapped[str] = mapped_column(String(1000), default="")


class CostSheet(Base):
    """What an order cost as far as it was known then. `document` has the lines and sums, `changes` what is other than
    in the revision before and why; `inputs` says which facts it was made from, so that it can be made again."""

    __tablename__ = "cost_sheets"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        Index("ix_cost_sheets_made", "organisation_id", "made_at"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[dt.datetime]
    inputs: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)
    cost: Mapped[int] = mapped_column(BigInteger)
    revenue: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20))
    template: Mapped[str] = mapped_column(String(120))
    product: Mapped[str] = mapped_column(String(200))
    customer: Mapped[str] = mapped_column(String(200))
    faults: Mapped[list[str]]


class CostStand(Base):
    """Where the costs of an order stand: its newest revision, and what was looked at when that was found to hold still.

    `facts` is the last fact that was looked at, `first_day` to `last_day` the days that rates, prices and special days
    can matter on; `sub_*` is what its sub-orders come to, through all levels. All of it can be made again by
    looking."""

    __tablename__ = "cost_stands"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        Index("ix_cost_stands_facts", "organisation_id", "facts"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    revision: Mapped[int]
    inputs: Mapped[str] = mapped_column(Text)
    facts: Mapped[int] = mapped_column(BigInteger)
    zone: Mapped[str] = mapped_column(String(60))
    first_day: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[str] = mapped_column(String(10))
    is_sub: Mapped[bool] = mapped_column(default=False)
    is_provisional: Mapped[bool] = mapped_column(default=False)
    sub_cost: Mapped[int] = mapped_column(BigInteger, default=0)
    sub_revenue: Mapped[int] = mapped_column(BigInteger, default=0)


class CostFeedEntry(Base):
    """Revisions as others are told of them: numbered once they are committed, without gaps."""

    __tablename__ = "cost_feed"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "order_id", "revision"],
            ["cost_sheets.organisation_id", "cost_sheets.order_id", "cost_sheets.revision"],
        ),
        UniqueConstraint("organisation_id", "order_id", "revision"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Mapped[str] = mapped_column(String(36))
    revision: Mapped[int]


class CostQuote(TenantBase, Base):
    """An offer to a customer, frozen as it was sent."""

    __tablename__ = "cost_quotes"
    __table_args__ = (
        UniqueConstraint("organisation_id", "order_id", "number"),
        ForeignKeyConstraint(["organisation_id", "order_id"], ["work_orders.organisation_id", "work_orders.id"]),
        immutable(),
    )

    order_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(36))
    expires_at: Mapped[dt.datetime]
    total: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class CostQuoteDecision(Base):
    """The one answer to a quote: approved or refused by the customer, or withdrawn by one of us (`decided_by`)."""

    __tablename__ = "cost_quote_decisions"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "quote_id"], ["cost_quotes.organisation_id", "cost_quotes.id"]),
        Index("ix_cost_quote_decisions_at", "organisation_id", "decided_at"),
        immutable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    quote_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    decision: Mapped[str] = mapped_column(String(20))
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str | None] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(100), default="")
    remark: Mapped[str] = mapped_column(String(1000), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    digest: Mapped[str] = mapped_column(String(64))


Json = dict[str, Any]

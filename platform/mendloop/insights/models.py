"""Facts about orders that are over, read from their events. All of it can be made again: `mendloop insights rebuild`.

Times are milliseconds, moments milliseconds since 1970. Lists that are searched for one of their members are texts
between bars: `|A|B|`.
"""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base

_ORDER = ("organisation_id", "order_id")


def _of_order() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(_ORDER, ["work_orders.organisation_id", "work_orders.id"])


class InsightOrder(Base):
    """One order that is over, as its first `revision` events tell it. `person` is who worked on it longest, `team` in
    which skill; `again` is what a second repair of the same would have in common with it, "" where nothing tells.

    `*_ms` up to idle add up to the time it was open. `*_due` is evidence that was called for, `*_kept` what is there.
    """

    __tablename__ = "insight_orders"
    __table_args__ = (
        _of_order(),
        Index("ix_insight_orders_ended", "organisation_id", "ended_at"),
        Index("ix_insight_orders_again", "organisation_id", "is_corrective", "again", "opened_at"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    revision: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(64))
    template: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(36))
    product: Mapped[str] = mapped_column(String(200))
    asset: Mapped[str] = mapped_column(String(200))
    customer: Mapped[str] = mapped_column(String(200))
    faults: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(36))
    team: Mapped[str] = mapped_column(String(64))
    people: Mapped[str] = mapped_column(Text)
    again: Mapped[str] = mapped_column(String(410))
    is_corrective: Mapped[bool]
    is_sub: Mapped[bool]
    opened_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int] = mapped_column(BigInteger)
    work_ms: Mapped[int] = mapped_column(BigInteger)
    travel_ms: Mapped[int] = mapped_column(BigInteger)
    waiting_ms: Mapped[int] = mapped_column(BigInteger)
    idle_ms: Mapped[int] = mapped_column(BigInteger)
    planned_ms: Mapped[int] = mapped_column(BigInteger)
    actual_ms: Mapped[int] = mapped_column(BigInteger)
    visits: Mapped[int]
    reworks: Mapped[int]
    photos_due: Mapped[int]
    photos_kept: Mapped[int]
    dwell_due: Mapped[int]
    dwell_kept: Mapped[int]
    flow_due: Mapped[int]
    flow_kept: Mapped[int]
    parts_used: Mapped[int] = mapped_column(BigInteger)
    parts_returned: Mapped[int] = mapped_column(BigInteger)


class InsightVisit(Base):
    """One completed visit of a step. `standard_ms` is null where no time is planned; `missing` is JSON: evidence that
    was called for and is not there, piece by piece."""

    __tablename__ = "insight_visits"
    __table_args__ = (_of_order(),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[int] = mapped_column(BigInteger)
    completed_at: Mapped[int] = mapped_column(BigInteger)
    work_ms: Mapped[int] = mapped_column(BigInteger)
    travel_ms: Mapped[int] = mapped_column(BigInteger)
    waiting_ms: Mapped[int] = mapped_column(BigInteger)
    standard_ms: Mapped[int | None] = mapped_column(BigInteger)
    missing: Mapped[str] = mapped_column(Text)


class InsightRework(Base):
    """The flow went back from one step to another, for a reason."""

    __tablename__ = "insight_reworks"
    __table_args__ = (_of_order(),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edge: Mapped[str] = mapped_column(String(80))
    from_node: Mapped[str] = mapped_column(String(64))
    to_node: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)


class InsightReading(Base):
    """A reading fine enough that the same value again is no accident. `place` is template, step and field; `same_here`:
    others of its visit have the same value."""

    __tablename__ = "insight_readings"
    __table_args__ = (
        _of_order(),
        Index(
            "ix_insight_readings_again",
            "organisation_id",
            "person",
            "place",
            "at",
            "order_id",
            "number",
            "value",
            "same_here",
        ),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(300), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(String(36))
    value: Mapped[str] = mapped_column(String(40))
    at: Mapped[int] = mapped_column(BigInteger)
    same_here: Mapped[bool]


class InsightPart(Base):
    """What became of one part in one visit, in thousandths of the unit that was written down."""

    __tablename__ = "insight_parts"
    __table_args__ = (_of_order(),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    visit: Mapped[str] = mapped_column(String(80), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(20))
    milli: Mapped[int] = mapped_column(BigInteger)

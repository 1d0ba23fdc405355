"""Counts of what repairs used, which follow from the records of work orders and can be made again from them; and the
parts that people listed for a fault code, from which an organisation begins.

A count stands at a place: a step of a template, a product or a family of products, and a fault. `*` is any product or
any fault; several faults that were there together are also counted as one, with `+` between them.
"""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base

_BY_KEY = {"sqlite_with_rowid": False}
"""Rows lie in the order of their keys, so that those of a place are read in one go."""


class RepairCount(Base):
    """How many repairs completed a step that asks for parts. A step that was done again in one repair counts once."""

    __tablename__ = "repair_counts"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("repairs > 0", name="counts_something"),
        _BY_KEY,
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template: Mapped[str] = mapped_column(String(120), primary_key=True)
    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    product: Mapped[str] = mapped_column(String(200), primary_key=True)
    fault: Mapped[str] = mapped_column(String(250), primary_key=True)
    repairs: Mapped[int] = mapped_column(BigInteger)


class PartUseCount(Base):
    """How many of those repairs used a part there, and which was the latest of them: its order and when it ended."""

    __tablename__ = "part_use_counts"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("used > 0", name="counts_something"),
        _BY_KEY,
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template: Mapped[str] = mapped_column(String(120), primary_key=True)
    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    product: Mapped[str] = mapped_column(String(200), primary_key=True)
    fault: Mapped[str] = mapped_column(String(250), primary_key=True)
    part: Mapped[str] = mapped_column(String(100), primary_key=True)
    used: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[str] = mapped_column(String(30))
    last_number: Mapped[str] = mapped_column(String(40))


class LearningState(Base):
    """How many orders were counted, and when all of them were last counted again. Whoever counts locks it first."""

    __tablename__ = "learning_states"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint("orders >= 0", name="counts_orders"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    orders: Mapped[int] = mapped_column(BigInteger)
    rebuilt_at: Mapped[dt.datetime | None]


class FaultPart(Base):
    """Somebody who knows says that repairs of this fault, or of one below it, often need this part."""

    __tablename__ = "fault_parts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "fault"], ["fault_codes.organisation_id", "fault_codes.code"], onupdate="CASCADE"
        ),
        ForeignKeyConstraint(
            ["organisation_id", "part"], ["parts.organisation_id", "parts.number"], onupdate="CASCADE"
        ),
        Index("ix_fault_parts_part", "organisation_id", "part"),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    fault: Mapped[str] = mapped_column(String(60), primary_key=True)
    part: Mapped[str] = mapped_column(String(100), primary_key=True)
    listed_at: Mapped[dt.datetime]
    listed_by: Mapped[str] = mapped_column(String(36))

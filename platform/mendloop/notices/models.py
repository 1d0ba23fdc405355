"""Tables of notices. What waits is in none of them: it follows from the state of orders, stock and all the rest.

Kept is what people said about it (seen, later, I take it), how they want to be told, and what they were told.
"""

import datetime as dt

from sqlalchemy import ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase

PEOPLE = ["people.organisation_id", "people.id"]
LONGEST_ID = 200


class NoticeSettings(Base):
    """Whether an organisation's people are told of what waits by anything but the inbox."""

    __tablename__ = "notice_settings"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    is_on: Mapped[bool]
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[str] = mapped_column(String(36))


class NoticeMark(Base):
    """One person has seen something that waits, or wants to see it later. It holds for what waited at that moment."""

    __tablename__ = "notice_marks"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "person_id"], PEOPLE),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    notice: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    marked_at: Mapped[dt.datetime]
    later_until: Mapped[dt.datetime | None]


class NoticeTaking(Base):
    """Somebody does it, so that nobody else has to. It holds for what waited at that moment."""

    __tablename__ = "notice_takings"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "person_id"], PEOPLE),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    notice: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))
    taken_at: Mapped[dt.datetime]


class NoticeAddress(Base):
    """Where and how a person wants to be told over one channel. `kinds` holds what they chose other than the usual."""

    __tablename__ = "notice_addresses"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "person_id"], PEOPLE),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    address: Mapped[str] = mapped_column(String(254), default="")
    confirmed_at: Mapped[dt.datetime | None]
    problem: Mapped[str | None] = mapped_column(String(300))
    daily_at: Mapped[str] = mapped_column(String(5))
    daily_on: Mapped[str | None] = mapped_column(String(10))
    kinds: Mapped[dict[str, str]] = mapped_column(default=dict)


class NoticeTold(Base):
    """A person was told of something that waits since then; it is not said again while it waits."""

    __tablename__ = "notice_told"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "person_id"], PEOPLE),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    notice: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    since: Mapped[dt.datetime | None]
    told_at: Mapped[dt.datetime]


class NoticeMessage(TenantBase, Base):
    """A message as it goes out. Its id follows from the person and what is told: made twice, it is the same one.

    `handed` says that the other side may have it already; then nothing but this very message is sent again.
    """

    __tablename__ = "notice_messages"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "person_id"], PEOPLE),
        Index("ix_notice_messages_state", "organisation_id", "channel", "state", "made_at"),
    )

    person_id: Mapped[str] = mapped_column(String(36))
    channel: Mapped[str] = mapped_column(String(40))
    occasion: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    notices: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(10))
    handed: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[dt.datetime]
    try_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    problem: Mapped[str | None] = mapped_column(String(300))


class NoticeSender(Base):
    """Which process sends over a channel now, and how the other side is: one row for the whole installation."""

    __tablename__ = "notice_senders"

    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(36), default="")
    held_until: Mapped[dt.datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[dt.datetime | None]
    try_at: Mapped[dt.datetime | None]
    problem: Mapped[str | None] = mapped_column(String(300))
    sent_at: Mapped[dt.datetime | None]

"""Tables of what devices sent. Every command is here once, with the answer it was given."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase

IS_HELD = text("status = 'held'")
"""As it stands in the partial index: a query finds that only by the same words."""


class StoredCommand(TenantBase, Base):
    """A command as it came (`body`), by its own id, and the answer that is given again when it comes again."""

    __tablename__ = "commands"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_commands_device", "organisation_id", "device_id", "incarnation", "person_id", "status", "sequence"),
        Index("ix_commands_held", "organisation_id", "received_at", sqlite_where=IS_HELD, postgresql_where=IS_HELD),
    )

    order_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    type: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str] = mapped_column(Text)
    device_id: Mapped[str] = mapped_column(String(64))
    incarnation: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int]
    base_revision: Mapped[int | None]
    device_at: Mapped[str] = mapped_column(String(30))
    monotonic_ms: Mapped[float | None]
    received_at: Mapped[dt.datetime]
    clock_offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    clock_flagged: Mapped[bool] = mapped_column(default=False)


class DeviceQueue(Base):
    """How far the gap-free numbering of one person's commands on one device has arrived."""

    __tablename__ = "device_queues"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    incarnation: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    high_water: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[dt.datetime]


class ParkedCommand(TenantBase, Base):
    """What could not be applied and must not be lost: a person with an owner's eye decides what becomes of it."""

    __tablename__ = "parked_commands"
    __table_args__ = (
        UniqueConstraint("organisation_id", "command_id", "content_hash"),
        Index("ix_parked_commands_settled", "organisation_id", "settled_at"),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
    )

    command_id: Mapped[str] = mapped_column(String(36))
    content_hash: Mapped[str] = mapped_column(String(64))
    order_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(String(36))
    device_id: Mapped[str | None] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    problems: Mapped[str] = mapped_column(Text)
    parked_at: Mapped[dt.datetime]
    settled_by: Mapped[str | None] = mapped_column(String(36))
    settled_at: Mapped[dt.datetime | None]
    settled_note: Mapped[str | None] = mapped_column(Text)


class AwaitedPhoto(Base):
    """A held command names a photo that has not arrived yet."""

    __tablename__ = "awaited_photos"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "command_id"], ["commands.organisation_id", "commands.id"]),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    command_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class SyncEpoch(Base):
    """Which life of the database this is. A restored backup gets a new one, and devices offer again what they keep."""

    __tablename__ = "sync_epochs"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),)

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(36))

"""Tables of imported event logs. The file is kept as it came, packed, apart from what lists say about it."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mendloop.database import Base, TenantBase, unchangeable


class ImportedLog(TenantBase, Base):
    """An event log that somebody imported. `meaning` is what its words mean (meaning.py), `steps` by template which of
    its activities is which step."""

    __tablename__ = "imported_logs"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        Index("ix_imported_logs_sha256", "organisation_id", "sha256"),
    )

    name: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    cases: Mapped[int]
    events: Mapped[int]
    activities: Mapped[int]
    left_out: Mapped[int]
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    meaning: Mapped[dict[str, str]]
    steps: Mapped[dict[str, Any]]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(36))


class ImportedLogFile(Base):
    """The file of an imported log, packed with gzip."""

    __tablename__ = "imported_log_files"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "log_id"], ["imported_logs.organisation_id", "imported_logs.id"]),
        unchangeable(),
    )

    organisation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    log_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

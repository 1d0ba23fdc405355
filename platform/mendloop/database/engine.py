"""Opening a database, SQLite or PostgreSQL, with the settings that make it safe."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from mendloop.database.queue import FairLock
from mendloop.database.tenancy import watch_engine

WRITING = "mendloop_writing"
BUSY_SECONDS = 10


class HostSession(Session):
    """The host's sessions: the tenancy and writing rules listen to this class."""


@dataclass(frozen=True)
class Database:
    """An open database: its engine, its sessions, and the queue in which this process's writers stand."""

    engine: Engine
    sessions: sessionmaker[HostSession]
    writers: FairLock = field(default_factory=FairLock)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give every pooled connection back to the system."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open `url` (sqlite:///FILE or postgresql://…). The folder of an SQLite file is made when it is missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _open_sqlite(url, parsed.database)
    else:
        engine = create_engine(with_psycopg(url), pool_size=20, max_overflow=20, pool_pre_ping=True)
    watch_engine(engine)
    return Database(engine, sessionmaker(engine, class_=HostSession, expire_on_commit=False))


def with_psycopg(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _open_sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=64, max_overflow=64, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions by itself: it would begin them deferred and only before a write.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when somebody wrote in between.
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

"""One run at a time, in whatever process; a run that was killed holds nobody up."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from mendloop.database import Database

_TAKE = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_GIVE = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")


class RunsAlready(Exception):
    """Another process is at it."""


@contextmanager
def only_run(database: Database, name: str) -> Iterator[None]:
    """Hold `name`, or raise RunsAlready. The system lets go of it when the process ends, however it ends."""
    with _on_sqlite(database, name) if database.is_sqlite else _on_postgresql(database, name):
        yield


@contextmanager
def _on_sqlite(database: Database, name: str) -> Iterator[None]:
    """A file beside the database, locked as SQLite locks: on every platform, and given up by the system."""
    file = Path(f"{database.engine.url.database}.{name}.lock")
    lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        _lock(lock, name)
        yield
    finally:
        lock.close()


def _lock(lock: sqlite3.Connection, name: str) -> None:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise RunsAlready(name) from error


@contextmanager
def _on_postgresql(database: Database, name: str) -> Iterator[None]:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(_TAKE, {"name": name}).scalar_one():
            raise RunsAlready(name)
        try:
            yield
        finally:
            connection.execute(_GIVE, {"name": name})

"""One short write transaction per command."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mendloop.database.engine import BUSY_SECONDS, WRITING, Database

T = TypeVar("T")
ATTEMPTS = 5
# Serialization failure, deadlock, and a row that somebody else inserted first: run again, the command finds that row.
RETRYABLE = {"40001", "40P01", "23505"}
_BEFORE_COMMIT = "mendloop_before_commit"


class DatabaseBusy(Exception):
    """No turn to write came within ten seconds."""


@contextmanager
def write_transaction(session: Session) -> Iterator[Session]:
    """Write inside; it is committed at the end, or rolled back when an exception leaves.

    What was read before is forgotten and read again inside, so that nothing is decided on stale rows.
    A write transaction inside another one joins it: the outermost commits.
    """
    if session.info.get(WRITING):
        yield session
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("data was changed before write_transaction began")
    session.rollback()
    database: Database = session.info["database"]
    with _turn_to_write(database), _committing(session):
        yield session


@contextmanager
def _committing(session: Session) -> Iterator[None]:
    session.info[WRITING] = True
    try:
        session.connection(execution_options={WRITING: True})
        yield
        _finish(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info[WRITING] = False
        session.info.pop(_BEFORE_COMMIT, None)


def before_commit(session: Session, key: Hashable, work: Callable[[], object]) -> None:
    """Do `work` at the end of the write transaction that is open, as a part of it; of one `key` once, the first."""
    if not session.info.get(WRITING):
        raise RuntimeError("there is no write transaction whose end could be waited for")
    session.info.setdefault(_BEFORE_COMMIT, {}).setdefault(key, work)


def _finish(session: Session) -> None:
    """What waits for the end, and what that makes wait in its turn."""
    while waiting := session.info.get(_BEFORE_COMMIT):
        session.flush()
        waiting.pop(next(iter(waiting)))()


@contextmanager
def _turn_to_write(database: Database) -> Iterator[None]:
    if not database.is_sqlite:
        yield
        return
    if not database.writers.acquire(timeout=BUSY_SECONDS):
        raise DatabaseBusy
    try:
        yield
    finally:
        database.writers.release()


def is_retryable(error: DBAPIError) -> bool:
    """True when PostgreSQL says that the same command, run again from its start, may succeed."""
    return getattr(error.orig, "sqlstate", None) in RETRYABLE


def run_write(session: Session, work: Callable[[], T]) -> T:
    """Run `work` in a write transaction; the whole of it again, up to five times, when PostgreSQL asks for that."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with write_transaction(session):
                return work()
        except DBAPIError as error:
            if attempt == ATTEMPTS or not is_retryable(error):
                raise
    raise AssertionError("unreachable")

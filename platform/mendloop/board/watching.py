"""Who watches a board: one thread an organisation reads it for all of them, and only while somebody watches."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.board.board import Board, Shown
from mendloop.board.telling import Telling
from mendloop.clock import utc_now
from mendloop.database import Database, session_for
from mendloop.database.engine import WRITING
from mendloop.database.tenancy import ORGANISATION
from mendloop.problems import Refusal

POLL = 0.35
"""So often, in seconds, is looked for what another process wrote. What this one writes is looked for at once."""
GAP, SHARE = 0.15, 4
"""Between two looks: at least so many seconds, and so many times as long as the look before took."""
WRITTEN, IDLE = 0.5, 5.0
"""How old, in seconds, what seldom changes may be: after something was written here, and otherwise."""
MOST_STREAMS = 64
"""So many may watch at once; the server has a thread for each besides those that answer (`serving.py`)."""
KEPT = 50
log = structlog.get_logger()


class Watcher:
    """Keeps one board up to date for everybody who watches it."""

    def __init__(self, board: Board, database: Database, closing: threading.Event) -> None:
        self.board = board
        self.seen_at = utc_now()
        """When the board was last compared with what there is."""
        self.streams = 0
        self._database = database
        self._closing = closing
        self._written = threading.Event()
        self._news = threading.Condition()

    def wake(self) -> None:
        """Something was written, or the end is near: look now."""
        self._written.set()

    def wait_beyond(self, version: int, seconds: float) -> Shown:
        """The board once it is newer than `version`, or after so many seconds as it is."""
        with self._news:
            self._news.wait_for(lambda: self.board.shown.version > version or self._closing.is_set(), seconds)
        return self.board.shown

    def tell_all(self) -> None:
        """Whoever waits goes on."""
        with self._news:
            self._news.notify_all()

    def look(self) -> None:
        """Look once, then rest for as long as that deserves, unless something is written."""
        patience = WRITTEN if self._written.is_set() else IDLE
        self._written.clear()
        start = time.monotonic()
        try:
            with session_for(self._database, self.board.actor) as session:
                self.board.refresh(session, utc_now(), patience)
            self.seen_at = utc_now()
        except (SQLAlchemyError, Refusal) as failure:  # the database is away: watchers see how old what they see is
            log.warning("board_not_read", error=type(failure).__name__)
        except Exception:  # nobody starts this thread again: what is wrong now may be mended in a minute
            log.exception("board_not_read")
        self.tell_all()
        self._closing.wait(max(GAP, SHARE * (time.monotonic() - start)))
        self._written.wait(POLL)


class Boards:
    """Every board of this process. `close` ends all streams, so that the server can stop."""

    def __init__(self, database: Database) -> None:
        self.closing = threading.Event()
        self._database = database
        self._guard = threading.Lock()
        self._boards: dict[str, Board] = {}
        self._watchers: dict[str, Watcher] = {}
        self._tellings: WeakKeyDictionary[Board, Telling] = WeakKeyDictionary()
        event.listen(database.sessions, "after_commit", self._wake)

    def look(self, session: Session, actor: Actor, now: dt.datetime) -> tuple[Board, Shown]:
        """The organisation's board as it is this moment."""
        board = self.board(actor.organisation_id)
        return board, board.refresh(session, now)

    @contextmanager
    def watching(self, organisation_id: str) -> Iterator[Watcher | None]:
        """Inside, the board is kept up to date; None when as many watch as may."""
        watcher = self._join(organisation_id)
        try:
            yield watcher
        finally:
            if watcher is not None:
                self._leave(watcher)

    def telling(self, board: Board) -> Telling:
        """What makes messages about this board."""
        return self._tellings.setdefault(board, Telling(board.epoch))

    @property
    def streams(self) -> int:
        """How many watch now."""
        return sum(watcher.streams for watcher in list(self._watchers.values()))

    def close(self) -> None:
        """End every stream."""
        self.closing.set()
        for watcher in list(self._watchers.values()):
            watcher.wake()
            watcher.tell_all()

    def board(self, organisation_id: str) -> Board:
        """The organisation's board as it was left."""
        with self._guard:
            board = self._boards.pop(organisation_id, None) or Board(organisation_id)
            self._boards[organisation_id] = board  # the last one is the one that was wanted last
            for other in list(self._boards)[:-KEPT]:
                if other not in self._watchers:
                    del self._boards[other]
            return board

    def _join(self, organisation_id: str) -> Watcher | None:
        board = self.board(organisation_id)
        with self._guard:
            if self.streams >= MOST_STREAMS or self.closing.is_set():
                return None
            watcher = self._watchers.get(organisation_id)
            if watcher is None:
                watcher = self._watchers[organisation_id] = Watcher(board, self._database, self.closing)
                threading.Thread(target=self._keep, args=(watcher,), name="board", daemon=True).start()
            watcher.streams += 1
            return watcher

    def _leave(self, watcher: Watcher) -> None:
        with self._guard:
            watcher.streams -= 1
        watcher.wake()

    def _keep(self, watcher: Watcher) -> None:
        while not self._is_over(watcher):
            watcher.look()

    def _is_over(self, watcher: Watcher) -> bool:
        """True when nobody watches any more; whoever comes later gets another watcher."""
        with self._guard:
            if watcher.streams and not self.closing.is_set():
                return False
            self._watchers.pop(watcher.board.actor.organisation_id, None)
            return True

    def _wake(self, session: Session) -> None:
        """Somebody's transaction is committed in this process."""
        written: Any = session.info
        watcher = self._watchers.get(written.get(ORGANISATION, "")) if written.get(WRITING) else None
        if watcher is not None:
            watcher.wake()

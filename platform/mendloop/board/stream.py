"""The board as server-sent events: a message whenever it changes, a beat in between, a word before the end.

While it waits it holds a thread and nothing else: no session, no connection, no transaction.
"""

import json
import time
from collections.abc import Callable, Iterator

from mendloop.board.board import Shown
from mendloop.board.telling import Told
from mendloop.board.watching import Boards, Watcher

BEAT = 5.0
"""Seconds between two signs of life: proxies and browsers see that the line is up, and we that somebody listens."""
LONGEST = 1800.0
"""Seconds after which the browser asks anew, which prolongs its session."""
FULL, RESTART, SIGNED_OUT, AGAIN = "full", "restart", "signed_out", "again"
Tell = Callable[[Shown, str], Told | None]


def follow(
    boards: Boards, organisation_id: str, last: str, tell: Tell, may_go_on: Callable[[], bool]
) -> Iterator[bytes]:
    """Everything since the message `last`, then whatever comes. `may_go_on` is asked at each beat."""
    with boards.watching(organisation_id) as watcher:
        if watcher is None:
            yield _bye(RESTART if boards.closing.is_set() else FULL)
            return
        yield _beat(watcher)
        yield from _follow(boards, watcher, last, tell, may_go_on)


def _follow(boards: Boards, watcher: Watcher, last: str, tell: Tell, may_go_on: Callable[[], bool]) -> Iterator[bytes]:
    version, start = 0, time.monotonic()
    beat_at = start + BEAT
    while not boards.closing.is_set():
        shown = watcher.wait_beyond(version, max(0.0, beat_at - time.monotonic()))
        if shown.version > version:
            version = shown.version
            if told := tell(shown, last):
                last = told.id
                yield _message(told)
        if time.monotonic() >= beat_at:
            if time.monotonic() - start > LONGEST:
                yield _bye(AGAIN)
                return
            if not may_go_on():
                yield _bye(SIGNED_OUT)
                return
            beat_at = time.monotonic() + BEAT
            yield _beat(watcher)
    yield _bye(RESTART)


def _message(told: Told) -> bytes:
    return f"id: {told.id}\nevent: board\ndata: {told.text}\n\n".encode()


def _beat(watcher: Watcher) -> bytes:
    return f"event: beat\ndata: {json.dumps({'at': watcher.seen_at.isoformat()})}\n\n".encode()


def _bye(why: str) -> bytes:
    return f"event: bye\ndata: {json.dumps({'why': why})}\n\n".encode()

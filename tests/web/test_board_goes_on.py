"""A board that could not be read once is read again: nobody sits beside the thread that does it."""

import threading
from collections.abc import Callable

import pytest
from mendloop.board.board import Board
from mendloop.board.watching import Watcher
from mendloop.database import Database
from mendloop.testing.cast import Cast
from sqlalchemy.exc import OperationalError

AWAY = OperationalError("SELECT 1", {}, OSError("away"))


@pytest.mark.parametrize("failure", [AWAY, KeyError("a card of an order that nobody foresaw")])
def test_a_look_that_fails_is_followed_by_one_that_does_not(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    watcher = Watcher(Board(cast.sue.organisation_id), database, threading.Event())
    before = watcher.seen_at
    with monkeypatch.context() as broken:
        broken.setattr(watcher.board, "refresh", _raising(failure))
        watcher.look()
    assert watcher.seen_at == before
    watcher.look()
    assert watcher.seen_at > before


def _raising(failure: Exception) -> Callable[..., None]:
    def refresh(*_: object) -> None:
        raise failure

    return refresh

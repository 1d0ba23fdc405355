"""Everything that waits for one person. What all of the same roles are told alike is found once for all of them."""

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import Database
from mendloop.notices.sources import MOST, URGENCIES, Source, Waiting, sources_for

KEPT_LONGEST = 300.0
"""Seconds. What nobody has asked for in that time is forgotten."""


@dataclass(slots=True)
class _Found:
    waiting: list[Waiting]
    at: float
    is_being_renewed: bool = False


@dataclass(slots=True)
class _Shelf:
    """What was found in one database a moment ago."""

    guard: threading.Lock = field(default_factory=threading.Lock)
    found: dict[Hashable, _Found] = field(default_factory=dict)


_shelves: WeakKeyDictionary[Database, _Shelf] = WeakKeyDictionary()


def everything_waiting(session: Session, actor: Actor, at_most: float = 0.0) -> list[Waiting]:
    """What concerns the actor: the most urgent first, then what has waited longest.

    It may have been found up to `at_most` seconds ago; while somebody looks anew, others take what was found before.
    """
    found = [
        each
        for source in sources_for(actor)
        for each in _waiting_at(session, actor, source, at_most)
        if each.concerns(actor)
    ]
    return sorted(found, key=_turn)


def forget_all() -> None:
    """Nothing was found a moment ago."""
    _shelves.clear()


def _turn(waiting: Waiting) -> tuple[int, bool, float, str]:
    since = waiting.since
    return URGENCIES.index(waiting.urgency), since is None, since.timestamp() if since else 0.0, waiting.id


def _waiting_at(session: Session, actor: Actor, source: Source, at_most: float) -> list[Waiting]:
    shelf = _shelf_of(session.info["database"])
    key = (actor.organisation_id, source.key, actor.person_id if source.personal else actor.roles)
    with shelf.guard:
        known = shelf.found.get(key)
        if known is not None and at_most:
            if known.is_being_renewed or time.monotonic() - known.at < at_most:
                return known.waiting
            known.is_being_renewed = True
    try:
        waiting = source.find(session, actor)[:MOST]
    except BaseException:
        with shelf.guard:
            shelf.found.pop(key, None)
        raise
    with shelf.guard:
        shelf.found[key] = _Found(waiting, time.monotonic())
        _forget_old(shelf)
    return waiting


def _shelf_of(database: Database) -> _Shelf:
    return _shelves.setdefault(database, _Shelf())


def _forget_old(shelf: _Shelf) -> None:
    oldest = time.monotonic() - KEPT_LONGEST
    for key in [key for key, found in shelf.found.items() if found.at < oldest]:
        del shelf.found[key]

"""Parts have come to a shelf: whoever waits for such is told, in the very transaction in which they came."""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.locations import VAN, WAREHOUSE, kind_of

Watcher = Callable[[Session, Actor, str, str, str], None]
"""Asked with the movement's key, the part and the place. The part is locked."""
_WATCHERS: list[Watcher] = []
SHELVES = frozenset({WAREHOUSE, VAN})


def watch_arrivals(watcher: Watcher) -> Watcher:
    """From now on it is told of every part that comes to a warehouse or a van."""
    if watcher not in _WATCHERS:
        _WATCHERS.append(watcher)
    return watcher


def tell_of_arrivals(session: Session, actor: Actor, key: str, arrived: Iterable[tuple[str, str]]) -> None:
    """`arrived` are parts and where they are now, all of them locked."""
    for part_id, place in sorted({each for each in arrived if kind_of(each[1]) in SHELVES}):
        for watcher in _WATCHERS:
            watcher(session, actor, key, part_id, place)

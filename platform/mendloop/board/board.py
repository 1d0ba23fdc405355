"""One organisation's board: kept in memory, brought up to date by what changed, and shown as versions of itself."""

import datetime as dt
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.board.items import Item, order_item, people_items
from mendloop.board.lanes import card_of
from mendloop.board.reading import Surroundings, read_around, read_facts, read_surroundings
from mendloop.board.shapes import Around, Card, Facts
from mendloop.work_orders.watched import watched_revisions

SHARE = 10
"""Looking around takes at most one part in so many of the time."""
REMEMBERED = 2_000
"""So many cards that are gone are remembered. Who last looked before that is told everything anew."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The board at one version: every card, in which version it changed last, and in which others went."""

    version: int
    at: dt.datetime
    zone: dt.tzinfo
    items: Mapping[str, Item] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    oldest: int = 0
    """The first version from which on everything that went is remembered."""


class Board:
    """Whoever wants to see it calls `refresh`; one at a time reads, and all see what it read."""

    def __init__(self, organisation_id: str) -> None:
        self.epoch = uuid.uuid4().hex[:12]
        """Names this board: one that was made anew counts its versions from the beginning."""
        self.shown = Shown(0, dt.datetime.fromtimestamp(0, dt.UTC), dt.UTC)
        self.actor = Actor("", organisation_id, "", frozenset(), "en")
        self._turn = threading.Lock()
        self._surroundings = Surroundings()
        self._looked = self._took = 0.0
        self._around: Mapping[str, Around] = {}
        self._facts: dict[str, Facts] = {}
        self._cards: dict[str, Card] = {}
        self._items: dict[str, Item] = {}

    def refresh(self, session: Session, now: dt.datetime, patience: float = 0.0) -> Shown:
        """Bring it up to date. What seldom changes is read again once it is older than `patience` seconds."""
        with self._turn:
            before, around_before = self._surroundings, self._around
            self._look_around(session, patience)
            touched = self._read_changed(session, _midnight(now, self._surroundings.zone))
            self._around = read_around(session, self.actor, self._surroundings.lacking)
            differing = {order_id for order_id, _ in self._around.items() ^ around_before.items()}
            is_other = self._surroundings is not before
            for order_id in list(self._facts) if is_other else {*touched, *differing, *self._due(now)}:
                self._judge(order_id, now)
            for order_id in self._cards.keys() - self._facts.keys():
                del self._cards[order_id], self._items[order_id]
            self._show(now)
            return self.shown

    def _look_around(self, session: Session, patience: float) -> None:
        start = time.monotonic()
        if start - self._looked < (max(patience, self._took * SHARE) if patience else 0):
            return
        fresh = read_surroundings(session, self.actor)
        self._looked, self._took = start, time.monotonic() - start
        if fresh.people != self._surroundings.people:
            self._facts.clear()  # names and skills stand in them
        if fresh != self._surroundings:
            self._surroundings = fresh

    def _read_changed(self, session: Session, midnight: dt.datetime) -> set[str]:
        """The ids of orders that came, changed or went; the facts of those that are there are read."""
        revisions = watched_revisions(session, self.actor, midnight)
        known = {id_: facts.card.revision for id_, facts in self._facts.items()}
        touched = {id_ for id_, _ in revisions.items() ^ known.items()}
        for order_id in touched:
            self._facts.pop(order_id, None)
        there = touched & revisions.keys()
        self._facts.update(read_facts(session, self.actor, self._surroundings.people, there))
        return touched

    def _due(self, now: dt.datetime) -> Iterable[str]:
        """Those that time alone changes."""
        return [id_ for id_, card in self._cards.items() if card.until is not None and card.until <= now]

    def _judge(self, order_id: str, now: dt.datetime) -> None:
        facts = self._facts.get(order_id)
        if facts is not None:
            card = card_of(facts, self._around.get(order_id, Around()), self._surroundings.limits, now)
            if card != self._cards.get(order_id):
                self._cards[order_id] = card
                self._items[order_id] = order_item(card)

    def _show(self, now: dt.datetime) -> None:
        """The next version, where anything looks other than in this one."""
        before, version, zone = self.shown, self.shown.version + 1, self._surroundings.zone
        people = people_items(self._cards.values(), self._surroundings.people)
        items = {item.id: _kept(before.items.get(item.id), item) for item in (*self._items.values(), *people)}
        is_new_day = (now.astimezone(zone).date(), zone) != (before.at.astimezone(before.zone).date(), before.zone)
        other = {id_ for id_, item in items.items() if is_new_day or before.items.get(id_) is not item}
        went = before.items.keys() - items.keys()
        if other or went or is_new_day:
            changed = {id_: version if id_ in other else before.changed[id_] for id_ in items}
            gone = {**{id_: at for id_, at in before.gone.items() if id_ not in items}, **dict.fromkeys(went, version)}
            is_much = len(gone) > REMEMBERED
            oldest = version if is_much else before.oldest
            self.shown = Shown(version, now, zone, items, changed, {} if is_much else gone, oldest)


def _kept(before: Item | None, item: Item) -> Item:
    """What looks the same is the same: what was made of it once need not be made again."""
    return before if before is not None and before == item else item


def _midnight(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)

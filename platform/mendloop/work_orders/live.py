"""Who is where, since when: what the supervisor's list and an order's page show of open steps."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.shapes import ActiveOut, CardOut

MINUTE = 60.0
"""Seconds in a minute."""
WIDE = 100.0


@dataclass(frozen=True, slots=True)
class Position:
    """An open step as it stands now. `minutes` are worked ones; `waiting` those since it became ready or was paused."""

    active: ActiveOut
    minutes: int
    waiting: int
    share: float
    since: dt.datetime
    """When it came to be as it is: begun or resumed, paused, or ready."""

    @property
    def is_over(self) -> bool:
        """True when more was worked than the template's standard."""
        standard = self.active.standard_minutes
        return standard is not None and self.minutes > standard

    @property
    def bar(self) -> float:
        """The filled part of the bar, of 100; over the standard it is full."""
        return min(WIDE, round(self.share * WIDE, 1))


@dataclass(frozen=True, slots=True)
class LiveOrder:
    """An order with where it stands now."""

    card: CardOut
    positions: tuple[Position, ...]
    is_overdue: bool
    parked: int = 0
    """Entries from the field that could not be applied and that nobody has settled."""
    locks: int = 0
    """Isolation points on which somebody's lock hangs."""
    explanations: int = 0
    """Of parts that are neither built in nor back; a supervisor has to say a word."""


def live(card: CardOut, now: dt.datetime, parked: int = 0, locks: int = 0, explanations: int = 0) -> LiveOrder:
    """The order at this moment."""
    is_overdue = card.status == "open" and card.due is not None and card.due < now
    return LiveOrder(card, tuple(_positions(card.active, now)), is_overdue, parked, locks, explanations)


def standing_locks(order: WorkOrder) -> int:
    """On how many isolation points a lock hangs."""
    return len(json.loads(order.state)["locks"])


def whole_minutes(milliseconds: float) -> int:
    """Worked time as it is told everywhere, on the engineer's phone too: whole minutes, half ones up."""
    return int(milliseconds / 1000 / MINUTE + 0.5)


def worked_until(active: ActiveOut, now: dt.datetime) -> float:
    """Milliseconds worked on an open step up to this moment, what is running now included."""
    running = now - dt.datetime.fromisoformat(active.since) if active.status == "running" else dt.timedelta()
    return active.worked_ms + max(0.0, running.total_seconds() * 1000)


def _positions(active: Iterable[ActiveOut], now: dt.datetime) -> Iterable[Position]:
    order = {"running": 0, "paused": 1, "ready": 2}
    for each in sorted(active, key=lambda each: (order[each.status], each.since)):
        since = dt.datetime.fromisoformat(each.since)
        passed = max(0.0, (now - since).total_seconds())
        worked = worked_until(each, now) / 1000
        standard = (each.standard_minutes or 0) * MINUTE
        yield Position(
            active=each,
            minutes=whole_minutes(worked * 1000),
            waiting=0 if each.status == "running" else round(passed / MINUTE),
            share=worked / standard if standard else 0.0,
            since=since,
        )

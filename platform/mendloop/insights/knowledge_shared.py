"""What people gave others: cases published, how often these helped, and the time that this saved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.found import find_facts, zone
from mendloop.knowledge.push.helped_orders import helped_orders
from mendloop.knowledge.services import contributions

FEWEST = 5
"""So many repairs without help are needed to know how long one takes."""
LONG_AGO = dt.datetime(1970, 1, 2, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Shared:
    """One person's; `saved_ms` is what their cases saved others."""

    person: str
    published: int
    helped: int
    saved_ms: float
    points: int


def shared(session: Session, actor: Actor, filters: Filters) -> list[Shared]:
    """Everybody who gave something in the filters' days, by person id."""
    here = zone(session, actor)
    since = dt.datetime.combine(filters.since, dt.time(), here) if filters.since else LONG_AGO
    last = filters.until or dt.datetime.now(here).date()
    given = contributions(session, actor, since, dt.datetime.combine(last, dt.time.max, here))
    saved = saved_by(session, actor, filters)
    made = {each.person_id: Shared(each.person_id, each.published, each.helped, 0, each.points) for each in given}
    people = {**{person: Shared(person, 0, 0, 0, 0) for person in saved}, **made}
    return [
        Shared(each.person, each.published, each.helped, saved.get(each.person, 0), each.points)
        for each in sorted(people.values(), key=lambda it: it.person)
        if each.published or each.helped or saved.get(each.person)
    ]


def saved_by(session: Session, actor: Actor, filters: Filters) -> dict[str, float]:
    """Milliseconds by author: of every helped repair what it took less than the median of its template without help,
    never below nothing, shared by the authors who helped in it."""
    columns = ("is_corrective", "work_ms", "travel_ms")
    rows = [row for row in find_facts(session, actor, filters, columns) if row.is_corrective]
    return savings(rows, helped_orders(session, actor))


def savings(rows: Sequence[Any], authors: Mapping[str, set[str]]) -> dict[str, float]:
    """The same, of these repairs."""
    alone: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.order_id not in authors:
            alone[row.template].append(row.work_ms + row.travel_ms)
    usual = {template: median(times) for template, times in alone.items() if len(times) >= FEWEST}
    saved: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        less = usual.get(row.template, 0) - row.work_ms - row.travel_ms
        for author in authors.get(row.order_id, ()):
            saved[author] += max(0.0, less) / len(authors[row.order_id])
    return dict(saved)

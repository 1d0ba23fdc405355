"""Figures as pages and files ask for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights import found, naming, sums
from mendloop.insights.filters import Filters
from mendloop.insights.measures import evidence_share, first_fix, parts, planned, repair_time, rework
from mendloop.insights.measures.kind import Kind
from mendloop.insights.sums import Measured, Sum
from mendloop.problems import Missing

KINDS: dict[str, Kind] = {
    each.KIND.name: each.KIND for each in (first_fix, evidence_share, repair_time, rework, planned, parts)
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over what the filters let through: as a whole, split as they say, and month by month."""

    kind: Kind
    total: Sum
    lines: Sequence[Sum]
    months: Sequence[Sum]
    names: dict[str, str]

    def name(self, key: str) -> str:
        """Of one line; "" where nothing is stated."""
        return self.names.get(key, key)


def kind_of(name: str) -> Kind:
    """The figure with this name, or `Missing`."""
    if name not in KINDS:
        raise Missing
    return KINDS[name]


def figure(session: Session, actor: Actor, name: str, filters: Filters, language: str) -> Figure:
    """One figure with its own facts."""
    kind = kind_of(name)
    return _figure(session, actor, kind, measured(session, actor, kind, filters), filters, language)


def overview(session: Session, actor: Actor, filters: Filters) -> list[Figure]:
    """All figures from one reading of the facts."""
    columns = [column for kind in KINDS.values() for column in kind.columns]
    rows = found.find_facts(session, actor, filters, columns, found.LEAST)
    months = sums.keys_of("month", found.zone(session, actor), rows)
    made = []
    for kind in KINDS.values():
        given = kind.measure(session, actor, filters, rows)
        lines = sums.split(given, months)
        made.append(Figure(kind, sums.together("", lines.values()), [], _in_time(lines.values()), {}))
    return made


def measured(session: Session, actor: Actor, kind: Kind, filters: Filters) -> list[Measured]:
    """What each order gives to the figure."""
    rows = found.find_facts(session, actor, filters, kind.columns)
    return kind.measure(session, actor, filters, rows)


def in_order(given: Iterable[Measured]) -> list[Measured]:
    """Those of them that say anything, the orders that ended last first."""
    telling = [each for each in given if each.lower or any(each.inputs)]
    return sorted(telling, key=lambda each: (-each.row.ended_at, each.row.order_id))


def of_line(measured_: Iterable[Measured], filters: Filters, key: str, zone: Any) -> list[Measured]:
    """Those behind one line of the split."""
    given = list(measured_)
    keys = sums.keys_of(filters.split, zone, [each.row for each in given])
    return [each for each, own in zip(given, keys, strict=True) if key in own]


def _figure(
    session: Session, actor: Actor, kind: Kind, given: list[Measured], filters: Filters, language: str
) -> Figure:
    here, rows = found.zone(session, actor), [each.row for each in given]
    months = sums.split(given, sums.keys_of("month", here, rows))
    lines = sums.split(given, sums.keys_of(filters.split, here, rows))
    names = naming.names(session, actor, filters.split, language)
    shown = _sorted(lines.values(), filters, names)
    return Figure(kind, sums.together("", months.values()), shown, _in_time(months.values()), names)


def _sorted(lines: Iterable[Sum], filters: Filters, names: dict[str, str]) -> list[Sum]:
    """People by name, so that nobody is ranked; months as they come; all else with the most orders first."""
    if filters.split == "month":
        return _in_time(lines)
    if filters.split == "person":
        return sorted(lines, key=lambda it: (names.get(it.key, it.key), it.key))
    return sorted(lines, key=lambda it: (-it.n, names.get(it.key, it.key), it.key))


def _in_time(lines: Iterable[Sum]) -> list[Sum]:
    return sorted(lines, key=lambda it: it.key)

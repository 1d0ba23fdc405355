"""What a cost sheet is made from: an order's clocked time, the parts it took, what was said about its costs."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.costing import facts
from mendloop.costing.book import Book, read_book
from mendloop.costing.facts import Fact, general, standing_of
from mendloop.costing.inputs import Inputs, Seen, see
from mendloop.costing.intervals import LATEST, day_of
from mendloop.costing.sub_orders import SubCosts, costs_of_subs
from mendloop.costing.worth import PlannedByStep, plan_with_worth
from mendloop.inventory.locations import CUSTOMER, SCRAP, kind_of, order_location
from mendloop.library.services import load_plan
from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.chain import StoredEvent, events_of
from mendloop.work_orders.clocked import Clocked, clocked_intervals

LEAVING = {CUSTOMER: "used", SCRAP: "explained"}
"""Where parts go for good: built in, or lost or broken with an explanation that somebody accepted."""


@dataclass(frozen=True, slots=True)
class PartUse:
    """What one visit took of a part for good: thousandths of its unit, and their ledger cost in minor units."""

    visit: str
    number: str
    name: Mapping[str, str]
    unit: str
    how: str
    milli: int
    value: int
    day: dt.date
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Material:
    """All of it. `facts` are those about this order; `day_sources` name the facts that made days special; `planned` are
    the parts of the plan, which stays what it was."""

    number: str
    customer: str
    status: str
    opened: dt.date
    order: Mapping[str, Any]
    plan: Plan
    book: Book
    zone: dt.tzinfo
    clocked: tuple[Clocked, ...]
    parts: tuple[PartUse, ...]
    facts: tuple[Fact, ...]
    day_sources: Mapping[dt.date, str]
    subs: tuple[SubCosts, ...] = ()
    order_id: str = ""
    planned: PlannedByStep = field(default_factory=dict)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that rates, prices and special days can matter on."""
        ends = (instant for each in self.clocked for instant in (each.start, each.end) if instant is not None)
        clocked = (day_of(min(max(0, instant), LATEST), self.zone) for instant in ends)
        days = {self.opened, *clocked, *(use.day for use in self.parts)}
        return min(days), max(days)

    @property
    def terms(self) -> Fact | None:
        """What was agreed with the customer for this order."""
        return next((fact for fact in self.facts if fact.kind == facts.TERMS), None)


def gather(session: Session, actor: Actor, order_id: str, inputs: Inputs, seen: Seen | None = None) -> Material:
    """Everything that these inputs name, and nothing that came later."""
    seen = seen or see(session, actor, order_id)
    order = access_work_order(session, actor, order_id)
    events = [event for event in events_of(session, actor, order_id) if event.sequence <= inputs.events]
    laid_down = general(session, actor, inputs.facts, inputs.over)
    zone = _zone(session, actor, inputs.zone)
    plan, opened = load_plan(session, actor, order.plan_hash), _order_facts(events)
    return Material(
        number=order.number,
        customer=order.customer,
        status=_status(events),
        opened=order.created_at.astimezone(zone).date(),
        order=opened,
        plan=plan,
        book=read_book(laid_down),
        zone=zone,
        clocked=tuple(clocked_intervals(((each.sequence, each.event) for each in events), plan)),
        parts=tuple(_parts(seen, order_id, inputs, zone)),
        facts=tuple(standing_of(fact for fact in seen.said if fact.sequence <= inputs.facts)),
        day_sources=_day_sources(laid_down),
        subs=tuple(costs_of_subs(session, actor, order_id, dict(inputs.subs))),
        order_id=order_id,
        planned=plan_with_worth(session, actor, order_id, plan, opened),
    )


def as_said(session: Session, actor: Actor, material: Material, inputs: Inputs, seen: Seen) -> Material:
    """The same with what was said up to the last fact of these inputs."""
    laid_down = general(session, actor, inputs.facts, inputs.over)
    return replace(
        material,
        book=read_book(laid_down),
        facts=tuple(standing_of(fact for fact in seen.said if fact.sequence <= inputs.facts)),
        day_sources=_day_sources(laid_down),
    )


def _day_sources(laid_down: Iterable[Fact]) -> dict[dt.date, str]:
    return {dt.date.fromisoformat(fact.key): fact.source for fact in laid_down if fact.kind == facts.DAY}


def _zone(session: Session, actor: Actor, name: str) -> dt.tzinfo:
    organisation = access_organisation(session, actor)
    return zone_of(organisation) if organisation.time_zone == name else ZoneInfo(name)


def _order_facts(events: Iterable[StoredEvent]) -> Mapping[str, Any]:
    found = (stored.event.get("order") for stored in events if stored.event.get("type") == "OrderOpened")
    opened = next(found, None)
    return opened if isinstance(opened, dict) else {}


def _status(events: Iterable[StoredEvent]) -> str:
    ends = {"OrderEnded": "ended", "OrderCancelled": "cancelled"}
    return next((ends[it.event["type"]] for it in events if it.event.get("type") in ends), "open")


def _parts(seen: Seen, order_id: str, inputs: Inputs, zone: dt.tzinfo) -> list[PartUse]:
    """By visit, part, and what became of it. What came back to the order from there counts the other way."""
    here, known = order_location(order_id), frozenset(inputs.movements)
    found: dict[tuple[str, str, str], PartUse] = {}
    for entry, movement, part in seen.entries:
        leaves, enters = entry.from_location == here, entry.to_location == here
        how = LEAVING.get(kind_of(entry.to_location if leaves else entry.from_location))
        if movement.id not in known or how is None or not (leaves or enters):
            continue
        sign, key = (1 if leaves else -1), (movement.visit or "", part.number, how)
        day, source = movement.at.astimezone(zone).date(), frozenset({f"movement:{movement.id}"})
        before = found.get(key)
        milli, value = sign * entry.milli, sign * entry.value
        if before is not None:
            milli, value, source = before.milli + milli, before.value + value, before.sources | source
            day = max(before.day, day)
        found[key] = PartUse(key[0], part.number, part.name, part.unit, how, milli, value, day, source)
    return [found[key] for key in sorted(found)]

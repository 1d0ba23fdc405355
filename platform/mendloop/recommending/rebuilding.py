"""Counting again from the records. What comes out must be, byte for byte, what was counted as each order ended."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.library.services import load_plan
from mendloop.recommending import rows
from mendloop.recommending.repairs import Repair, Tally, parts_used
from mendloop.work_orders.listing import MOST, Filters, find_orders
from mendloop.work_orders.services import events_of


def rebuild_counts(session: Session, actor: Actor) -> int:
    """Throw the organisation's counts away and make them again, in a write transaction. How many orders count."""
    rows.take_turn(session, actor.organisation_id)  # orders that end meanwhile wait, and count themselves then
    tally = Tally()
    for order_id, plan_hash in _ended(session, actor):
        plan = load_plan(session, actor, plan_hash)
        repair = repair_of(plan, (stored.event for stored in events_of(session, actor, order_id)))
        if repair is not None:
            tally.add(repair)
    rows.forget_counts(session, actor.organisation_id)
    rows.add_counts(session, actor.organisation_id, tally)
    rows.counted_again(session, actor.organisation_id, utc_now())
    return tally.orders


def _ended(session: Session, actor: Actor) -> Iterator[tuple[str, str]]:
    """Every order that arrived at an end and its plan's hash, a page at a time: there may be very many."""
    before = ""
    while page := find_orders(session, actor, Filters(status="ended", before=before, limit=MOST)):
        found = [(order.id, order.plan_hash) for order in page]
        for order in page:
            session.expunge(order)
        yield from found
        before = found[-1][0]


def repair_of(plan: Plan, events: Iterable[Mapping[str, Any]]) -> Repair | None:
    """What an order's events, all of them, say about parts; None when it did not arrive at an end."""
    facts: Mapping[str, Any] = {}
    completed: list[tuple[str, Mapping[str, Any]]] = []
    for event in events:
        if event["type"] == "OrderOpened":
            facts = event["order"]
        elif event["type"] == "StepCompleted":
            completed.append((event["visit"].rpartition("#")[0], event["answers"]))
        elif event["type"] == "OrderEnded":
            return Repair(
                number=facts["number"],
                ended_at=event["at"],
                template=plan.key,
                product=facts["product"],
                faults=tuple(facts.get("fault_codes") or ()),
                used=parts_used(plan, completed),
            )
    return None


def counts_as_bytes(session: Session, actor: Actor) -> bytes:
    """Everything that was counted, as bytes to compare."""
    orders, _ = rows.state_of(session, actor.organisation_id)
    counts = rows.all_counts(session, actor.organisation_id)
    return json.dumps([orders, counts], sort_keys=True, ensure_ascii=False).encode()

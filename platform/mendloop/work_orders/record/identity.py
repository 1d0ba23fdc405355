"""What an order is, who gave it up, and what it consists of."""

import json
from collections.abc import Iterator, Sequence

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.work_orders.chain import StoredEvent
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.asset import outcome_of
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.sections import Cancellation, Fact, SubPart
from mendloop.work_orders.record.shapes import StepPart
from mendloop.work_orders.record.speech import Speech
from mendloop.work_orders.shapes import CardOut
from mendloop.work_orders.sub_orders import sub_orders

OURS = frozenset({"priority", "due", "assignee"})
"""Facts that are no customer's business."""


def facts_of(order: WorkOrder, card: CardOut, speech: Speech, plan: Plan, copy: Copy) -> Iterator[Fact]:
    """Its identity, line by line."""
    faults = speech.listed(f"{fault.code} {speech.local(fault.title)}" for fault in card.fault_codes)
    under_warranty = json.loads(order.state)["order"].get("warranty")
    lines = {
        "product": speech.local(card.product.name),
        "asset": order.asset,
        "parent": card.parent.number if card.parent is not None else "",
        "position": card.parent.position if card.parent is not None else "",
        "customer": order.customer,
        "fault": speech.listed(text for text in (faults, card.fault_text) if text),
        "warranty": speech.say("record.yes") if under_warranty else "",
        "priority": speech.say(f"order.priority.{order.priority}"),
        "assignee": speech.person(order.assigned_to),
        "created": speech.instant(order.created_at.isoformat()),
        "due": speech.instant(order.due_at.isoformat() if order.due_at else None),
        "ended": speech.instant(order.ended_at),
        "outcome": outcome_of(order, plan, speech),
    }
    hidden = OURS if copy.is_customers else frozenset()
    return (Fact(speech.say(f"order.fact.{name}"), text) for name, text in lines.items() if text and name not in hidden)


def cancellation_of(
    events: Sequence[StoredEvent], steps: Sequence[StepPart], speech: Speech, copy: Copy
) -> Cancellation | None:
    """Who cancelled it and why is ours to know."""
    event = next((stored.event for stored in events if stored.event["type"] == "OrderCancelled"), None)
    if event is None:
        return None
    done = tuple(step.title for step in steps if any(visit.status == "completed" for visit in step.visits))
    by, reason = ("", "") if copy.is_customers else (speech.person(event["by"]), str(event["reason"]))
    return Cancellation(by, speech.instant(event["at"]), reason, done)


def subs_of(session: Session, actor: Actor, order: WorkOrder, speech: Speech) -> Iterator[SubPart]:
    """The orders that are parts of it."""
    for each in sub_orders(session, actor, order.id):
        status = speech.say(f"order.status.{each.status}")
        yield SubPart(each.id, each.number, speech.local(each.title), each.position, status)

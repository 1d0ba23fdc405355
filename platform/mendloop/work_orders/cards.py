"""Work orders as programs and lists see them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.library.services import list_fault_codes, list_products, load_plan
from mendloop.work_orders.chain import events_of
from mendloop.work_orders.listing import Filters, find_orders, my_orders
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.progress import progress_of
from mendloop.work_orders.shapes import (
    ActiveOut,
    CancelledOut,
    CardOut,
    FaultOut,
    OrderOut,
    ParentOut,
    ProductOut,
    SubOrderOut,
    VisitOut,
)
from mendloop.work_orders.store import VISITS
from mendloop.work_orders.sub_orders import sub_orders
from mendloop.work_orders.turns import turn_of
from mendloop.work_orders.unlocking import only_for

URGENCY = {"urgent": 0, "high": 1, "normal": 2, "low": 3}


class Cards:
    """Makes cards. What many orders share (names, products, fault codes, plans) is read once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor
        self.people = names_of_people(session, actor)
        self._products = {product.key: product.title for product in list_products(session, actor)}
        self._faults = {fault.code: fault.title for fault in list_fault_codes(session, actor)}

    def plan(self, order: WorkOrder) -> Plan:
        """The plan the order is pinned to."""
        return load_plan(self._session, self._actor, order.plan_hash)

    def card(self, order: WorkOrder) -> CardOut:
        """One order's card."""
        return self.cards([order])[0]

    def cards(self, orders: Sequence[WorkOrder]) -> list[CardOut]:
        """Each order's card."""
        done = _done_nodes(self._session, self._actor, [order.id for order in orders])
        return [CardOut(**self.members(order, json.loads(order.state), done[order.id])) for order in orders]

    def members(self, order: WorkOrder, state: dict[str, Any], done: AbstractSet[str]) -> dict[str, Any]:
        """What a card says; `done`: nodes that were completed."""
        plan, facts = self.plan(order), state["order"]
        return {
            "id": order.id,
            "number": order.number,
            "title": dict(plan.title),
            "product": ProductOut(key=order.product, name=self._products.get(order.product) or {"en": order.product}),
            "asset": order.asset,
            "customer": order.customer,
            "fault_codes": [self._fault(code) for code in facts.get("fault_codes", [])],
            "fault_text": facts.get("fault_text", ""),
            "priority": order.priority,
            "due": order.due_at,
            "status": order.status,
            "outcome": order.outcome,
            "revision": order.revision,
            "plan_hash": order.plan_hash,
            "assigned_to": order.assigned_to,
            "assigned_to_name": self.people.get(order.assigned_to or ""),
            "mine": order.assigned_to == self._actor.person_id,
            "active": [self._active(plan, state, visit) for visit in state["active"]],
            "progress": progress_of(plan, state, done),
            "parent": _parent(facts),
        }

    def _fault(self, code: str) -> FaultOut:
        return FaultOut(code=code, title=self._faults.get(code) or {"en": code})

    def _active(self, plan: Plan, state: dict[str, Any], visit: str) -> ActiveOut:
        given = state["active"][visit]
        node, people = plan.step(given["node"]), only_for(plan, state, given["node"])
        return ActiveOut(
            visit=visit,
            node=given["node"],
            title=dict(node.title),
            role=node.role,
            role_title=role_title(plan, node.role),
            status=given["status"],
            by=given["by"],
            by_name=self.people.get(given["by"] or ""),
            since=given["since"],
            worked_ms=given["worked_ms"],
            standard_minutes=node.standard_minutes,
            only_for=people,
            only_for_names=[self.people.get(each, "–") for each in people],
        )


def _parent(facts: Mapping[str, Any]) -> ParentOut | None:
    if "parent" not in facts:
        return None
    return ParentOut(id=facts["parent"], number=facts["parent_number"], position=facts.get("position", ""))


def role_title(plan: Plan, role: str) -> dict[str, str]:
    """What a plan calls one of its roles."""
    title = plan.roles[role].get("title")
    return {tongue: str(said) for tongue, said in title.items()} if isinstance(title, Mapping) else {}


def my_cards(session: Session, actor: Actor) -> list[CardOut]:
    """The actor's open orders: by whose turn it is, then their own first, then by urgency, due date and age."""
    found = Cards(session, actor).cards(my_orders(session, actor))
    return sorted(found, key=lambda card: (turn_of(card, actor), *_urgency(card)))


def list_cards(session: Session, actor: Actor, filters: Filters) -> list[CardOut]:
    """A page of the organisation's orders."""
    return Cards(session, actor).cards(find_orders(session, actor, filters))


def full_order(session: Session, actor: Actor, order: WorkOrder) -> OrderOut:
    """An order with everything that is needed to go on with it."""
    cards, state = Cards(session, actor), json.loads(order.state)
    visits = [_visit(row, cards.people) for row in visits_of(session, actor, order.id)]
    events = [found.event for found in events_of(session, actor, order.id)]
    findings = [event for event in events if event["type"] == "FindingReported"]
    return OrderOut(
        **cards.members(order, state, {visit.node for visit in visits if visit.status == "completed"}),
        facts=state["order"],
        state=state,
        visits=visits,
        findings=findings,
        people=cards.people,
        cancelled=_cancelled(events, cards.people),
        sub_orders=sub_orders_out(session, actor, order.id),
    )


def sub_orders_out(session: Session, actor: Actor, order_id: str) -> list[SubOrderOut]:
    """The order's direct sub-orders as they stand now."""
    return [SubOrderOut(**asdict(each)) for each in sub_orders(session, actor, order_id)]


def mark_of_sub_orders(session: Session, actor: Actor, order_id: str) -> str:
    """Changes when one is opened, given to somebody or closed; empty when there are none."""
    told = [(each.id, each.status, each.assigned_to) for each in sub_orders(session, actor, order_id)]
    return f"-{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}" if told else ""


def _cancelled(events: Sequence[dict[str, Any]], people: Mapping[str, str]) -> CancelledOut | None:
    event = next((each for each in events if each["type"] == "OrderCancelled"), None)
    if event is None:
        return None
    return CancelledOut(by=event["by"], by_name=people.get(event["by"]), at=event["at"], reason=event["reason"])


def visits_of(session: Session, actor: Actor, order_id: str) -> list[Any]:
    """The order's visits in the order in which they were opened."""
    statement = (
        select(VISITS)
        .where(VISITS.c.organisation_id == actor.organisation_id, VISITS.c.order_id == order_id)
        .order_by(VISITS.c.opened_sequence)
    )
    return list(session.execute(statement))


def _done_nodes(session: Session, actor: Actor, order_ids: Sequence[str]) -> Mapping[str, AbstractSet[str]]:
    """The nodes that were completed, by order."""
    statement = select(VISITS.c.order_id, VISITS.c.node).where(
        VISITS.c.organisation_id == actor.organisation_id,
        VISITS.c.order_id.in_(order_ids),
        VISITS.c.status == "completed",
    )
    found: dict[str, set[str]] = {order_id: set() for order_id in order_ids}
    for order_id, node in session.execute(statement):
        found[order_id].add(node)
    return found


def _visit(row: Any, people: dict[str, str]) -> VisitOut:
    is_open = row.status != "completed"
    return VisitOut(
        visit=f"{row.node}#{row.number}",
        node=row.node,
        number=row.number,
        by=row.by,
        by_name=people.get(row.by or ""),
        status=row.status,
        opened_at=row.opened_at,
        started_at=row.started_at,
        completed_at=row.completed_at,
        worked_ms=row.worked_ms,
        answers=json.loads(row.draft if is_open else row.answers),
        reasons=json.loads(row.reasons),
        rework=json.loads(row.rework) if row.rework else None,
    )


def _urgency(card: CardOut) -> tuple[bool, int, bool, str, str]:
    due = card.due.isoformat() if card.due is not None else ""
    return (not card.mine, URGENCY.get(card.priority, 2), card.due is None, due, card.id)

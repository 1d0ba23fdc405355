"""What an organisation has learned in all, and the orders that a proposal comes from."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import load_plan, parents_of_fault_codes
from mendloop.recommending import rows
from mendloop.recommending.fault_tree import codes_above
from mendloop.recommending.repairs import ANY, TOGETHER, parts_used
from mendloop.work_orders import store
from mendloop.work_orders.listing import Filters, find_orders
from mendloop.work_orders.services import WorkOrder
from mendloop.work_orders.store import OrderKey

MOST_READ = 200
"""Orders that are read to find those that used a part, the newest first."""


@dataclass(frozen=True, slots=True)
class Learned:
    """How many orders count, and when all were last counted again from their records; None: never."""

    orders: int
    rebuilt_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Where:
    """A step of a template, a product with all below it (`*`: any), and a fault (`*`: any; `A+B`: both together)."""

    template: str
    node: str
    product: str
    fault: str


def what_was_learned(session: Session, actor: Actor) -> Learned:
    """Of the actor's organisation."""
    return Learned(*rows.state_of(session, actor.organisation_id))


def orders_that_used(session: Session, actor: Actor, where: Where, part: str) -> list[WorkOrder]:
    """Orders that ended and used the part there, the newest first, among the last `MOST_READ` of the product."""
    product = "" if where.product == ANY else where.product
    ended = find_orders(session, actor, Filters(status="ended", product=product, limit=MOST_READ))
    parents = parents_of_fault_codes(session, actor)
    there = [order for order in ended if _is_of(order, where.product) and _had(order, where.fault, parents)]
    return [order for order in there if part in _parts_used(session, actor, order, where)]


def _is_of(order: WorkOrder, product: str) -> bool:
    return product in (ANY, order.product) or order.product.startswith(f"{product}/")


def _had(order: WorkOrder, fault: str, parents: Mapping[str, str | None]) -> bool:
    """Whether the order had this fault, one below it, or exactly these together."""
    faults = set(json.loads(order.state)["order"].get("fault_codes") or ())
    if fault == ANY or fault in faults or faults == set(fault.split(TOGETHER)):
        return True
    return any(fault in codes_above(each, parents) for each in faults)


def _parts_used(session: Session, actor: Actor, order: WorkOrder, where: Where) -> frozenset[str]:
    plan = load_plan(session, actor, order.plan_hash)
    if plan.key != where.template:
        return frozenset()
    visits = store.completed_visits(session, OrderKey(actor.organisation_id, order.id), where.node)
    used = parts_used(plan, [(where.node, json.loads(visit.answers)) for visit in visits])
    return used.get(where.node, frozenset())

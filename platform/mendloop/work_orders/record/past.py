"""What was repaired of the same asset before, and what was measured then."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mendloop_engine.plan import Plan, PlanField, StepNode
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets import services as assets
from mendloop.clock import utc_now
from mendloop.library.services import load_plan
from mendloop.work_orders.listing import orders_by_id
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.gauges import is_within
from mendloop.work_orders.store import VISITS

MOST = 50
"""Earlier orders that are looked at."""

Place = tuple[str, str]
"""Step and field."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A reading of then, judged by the tolerance of then. `order` is its number."""

    value: float
    inside: bool
    at: str
    order: str


@dataclass(frozen=True, slots=True)
class Past:
    """The order's asset, if it is one that is kept; its earlier orders, newest first; readings, oldest first."""

    asset: Any = None
    orders: Sequence[WorkOrder] = ()
    readings: Mapping[Place, Sequence[Measured]] = field(default_factory=dict)


def past_of(session: Session, actor: Actor, order: WorkOrder, plan: Plan, copy: Copy) -> Past:
    """In as many statements for fifty earlier orders as for one. A customer is shown only what was done for them."""
    asset = assets.asset_of_order(session, actor, order.id)
    if asset is None:
        return Past()
    ids = assets.orders_of_asset(session, actor, asset.id)
    known = orders_by_id(session, actor, [each for each in ids if each < order.id][:MOST])
    told = [each for each in known.values() if not copy.is_customers or _was_for(each, order.customer)]
    earlier = sorted(told, key=lambda each: each.id, reverse=True)
    return Past(asset, earlier, _readings(session, actor, plan, earlier))


def _was_for(earlier: WorkOrder, customer: str) -> bool:
    """Whose repair it was that nobody is named for, nobody knows."""
    return bool(customer) and earlier.customer == customer


def _readings(
    session: Session, actor: Actor, plan: Plan, earlier: Sequence[WorkOrder]
) -> dict[Place, Sequence[Measured]]:
    wanted = {node.id: fields for node in plan.nodes.values() if (fields := readings_in(node))}
    plans = {each.id: (each, load_plan(session, actor, each.plan_hash)) for each in earlier}
    alike = {order_id: pair for order_id, pair in plans.items() if pair[1].key == plan.key}
    found: dict[Place, list[Measured]] = {}
    for row in _visits(session, actor, alike, list(wanted)) if wanted and alike else ():
        then, then_plan = alike[row.order_id]
        for asked in wanted[row.node]:
            measured = _measured(then_plan, then.number, row, asked)
            if measured is not None:
                found.setdefault((row.node, asked.id), []).append(measured)
    return {place: sorted(each, key=lambda one: one.at) for place, each in found.items()}


def readings_in(node: object) -> list[PlanField]:
    """The step's fields in which something is measured."""
    return [each for each in node.fields if each.type == "reading"] if isinstance(node, StepNode) else []


def _visits(session: Session, actor: Actor, orders: Iterable[str], nodes: Sequence[str]) -> Iterable[Any]:
    statement = select(VISITS.c.order_id, VISITS.c.node, VISITS.c.answers, VISITS.c.completed_at).where(
        VISITS.c.organisation_id == actor.organisation_id,
        VISITS.c.order_id.in_(list(orders)),
        VISITS.c.node.in_(nodes),
        VISITS.c.status == "completed",
    )
    return session.execute(statement)


def _measured(plan: Plan, number: str, row: Any, asked: PlanField) -> Measured | None:
    """The same field's answer; none where it measured something else then."""
    fields = readings_in(plan.nodes.get(row.node))
    then = next((each for each in fields if each.id == asked.id), None)
    answer = json.loads(row.answers).get(asked.id)
    if then is None or answer is None or then.settings.get("unit") != asked.settings.get("unit"):
        return None
    return measured(then, answer, row.completed_at, number)


def measured(asked: PlanField, answer: Mapping[str, Any], at: str | None, order: str = "") -> Measured:
    """An answer to a reading, as a point of its trend."""
    inside = bool(answer.get("in_tolerance", is_within(asked.settings, answer["value"])))
    return Measured(float(answer["value"]), inside, at or utc_now().isoformat(), order)

"""What an order that has ended says about parts, for who learns from it."""

import json

from mendloop_engine.events import OrderEnded
from mendloop_engine.plan import Plan
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.recommending.services import Repair, parts_used, steps_with_parts
from mendloop.work_orders import store
from mendloop.work_orders.store import ORDERS, OrderKey


def repair_that_ended(session: Session, key: OrderKey, plan: Plan, event: OrderEnded) -> Repair:
    """Every completed visit counts, also one that rework has done again."""
    mine = (ORDERS.c.organisation_id == key.organisation_id, ORDERS.c.id == key.order_id)
    facts = json.loads(session.connection().execute(select(ORDERS.c.state).where(*mine)).scalar_one())["order"]
    completed = [
        (step.id, json.loads(visit.answers))
        for step in steps_with_parts(plan)
        for visit in store.completed_visits(session, key, step.id)
    ]
    return Repair(
        number=facts["number"],
        ended_at=event.at,
        template=plan.key,
        product=facts["product"],
        faults=tuple(facts.get("fault_codes") or ()),
        used=parts_used(plan, completed),
    )

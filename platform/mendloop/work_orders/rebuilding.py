"""Making an order's read models again from its events. What comes out must be, byte for byte, what was there."""

import json

from mendloop_engine.canonical import canonical_text
from mendloop_engine.chain import GENESIS
from mendloop_engine.events import event_from_json
from mendloop_engine.evolve import evolve
from mendloop_engine.state import initial_state
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.library.services import load_plan
from mendloop.work_orders import store
from mendloop.work_orders.chain import events_of
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.projection import Projection, order_columns
from mendloop.work_orders.store import ORDERS, VISITS, OrderKey

_MADE_FROM_EVENTS = [
    "revision",
    "head",
    "state",
    "status",
    "outcome",
    "assigned_to",
    "changed_at",
    "steps_done",
    "worked_ms",
    "ended_at",
    "discrepancies",
]


def rebuild_read_models(session: Session, actor: Actor, order: WorkOrder) -> None:
    """Throw away the order's visits and derived columns and make them from its events, in a write transaction."""
    key = OrderKey(actor.organisation_id, order.id)
    plan = load_plan(session, actor, order.plan_hash)
    session.execute(
        delete(VISITS).where(VISITS.c.organisation_id == key.organisation_id, VISITS.c.order_id == order.id)
    )
    projection = Projection(session, key, plan, 0)
    state, last, head = initial_state(), None, GENESIS
    for stored in events_of(session, actor, order.id):
        last = event_from_json(stored.event)
        state, head = evolve(state, last), stored.hash
        projection.apply(last)
    if last is None:
        return
    columns = order_columns(state, canonical_text(state.to_json()), head, last)
    columns |= {"steps_done": projection.steps_done, "worked_ms": projection.worked_ms, "ended_at": projection.ended_at}
    columns["discrepancies"] = inventory.count_of_order(session, actor, order.id)
    store.change_order(session, key, columns)


def read_model_bytes(session: Session, actor: Actor, order: WorkOrder) -> bytes:
    """Everything derived from the order's events, as bytes to compare."""
    mine = (ORDERS.c.organisation_id == actor.organisation_id, ORDERS.c.id == order.id)
    columns = [ORDERS.c[name] for name in _MADE_FROM_EVENTS]
    row = session.execute(select(*columns).where(*mine)).one()
    visits = session.execute(
        select(VISITS)
        .where(VISITS.c.organisation_id == actor.organisation_id, VISITS.c.order_id == order.id)
        .order_by(VISITS.c.node, VISITS.c.number)
    )
    made = {"order": dict(row._mapping), "visits": [dict(visit._mapping) for visit in visits]}  # noqa: SLF001 - its name
    return json.dumps(made, sort_keys=True, ensure_ascii=False).encode()

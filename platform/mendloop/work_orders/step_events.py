"""What happened to the steps of many orders: for those who look at how work goes, not at one order."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.store import EVENTS

AT_ONCE = 200
TYPES = (
    *("StepOpened", "StepStarted", "StepPaused", "StepResumed", "StepCompleted"),
    *("ReworkTaken", "OrderEnded", "OrderCancelled"),
)


def orders_of_versions(
    session: Session,
    actor: Actor,
    versions: Collection[str],
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    limit: int | None = None,
) -> list[WorkOrder]:
    """The orders that run these template versions and were opened from `since` on and before `until`, newest first."""
    conditions: list[ColumnElement[bool]] = [
        WorkOrder.organisation_id == actor.organisation_id,
        WorkOrder.template_version_id.in_(sorted(versions)),
    ]
    if since is not None:
        conditions.append(WorkOrder.created_at >= since)
    if until is not None:
        conditions.append(WorkOrder.created_at < until)
    statement = select(WorkOrder).where(*conditions).order_by(WorkOrder.id.desc())
    return list(session.execute(statement.limit(limit)).scalars())


def step_events(session: Session, actor: Actor, order_ids: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """For each of these orders its events about steps and about its end, in order; a few hundred orders at a time."""
    for start in range(0, len(order_ids), AT_ONCE):
        some = order_ids[start : start + AT_ONCE]
        statement = (
            select(EVENTS.c.order_id, EVENTS.c.event)
            .where(EVENTS.c.organisation_id == actor.organisation_id, EVENTS.c.order_id.in_(some))
            .where(EVENTS.c.type.in_(TYPES))
            .order_by(EVENTS.c.order_id, EVENTS.c.sequence)
        )
        found: dict[str, list[dict[str, Any]]] = {order_id: [] for order_id in some}
        for order_id, text in session.connection().execute(statement):
            found[order_id].append(json.loads(text))
        yield from found.items()

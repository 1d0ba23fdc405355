"""How orders began: their first events, without reading the others."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.work_orders.store import EVENTS

ASKED_AT_ONCE = 500


def first_events(session: Session, actor: Actor, order_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The first event of each of these orders, by the order's id."""
    found: dict[str, dict[str, Any]] = {}
    for first in range(0, len(order_ids), ASKED_AT_ONCE):
        statement = select(EVENTS.c.order_id, EVENTS.c.event).where(
            EVENTS.c.organisation_id == actor.organisation_id,
            EVENTS.c.order_id.in_(order_ids[first : first + ASKED_AT_ONCE]),
            EVENTS.c.sequence == 1,
        )
        found |= {row[0]: json.loads(row[1]) for row in session.execute(statement)}
    return found

"""Open orders as others are told of them: looked at when somebody asks what has changed, not when it happens.

What an open order has cost so far is other with every step. Whoever follows the changes is told of it as often as they
ask, at most once each time: what was clocked (once the clock has ended), what was moved, what was laid down since.
"""

import time

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.facts import last_general
from mendloop.costing.inputs import Inputs
from mendloop.costing.keeping import SECONDS, keep_up, waiting
from mendloop.costing.models import CostStand
from mendloop.costing.revisions import revise
from mendloop.inventory.services import count_movements
from mendloop.work_orders.access import CLOSED, WorkOrder
from mendloop.work_orders.clocked import last_ends

NOTHING = Inputs(0, 0, (), "")


def catch_up(session: Session, actor: Actor, seconds: float = SECONDS) -> None:
    """Look for so long at orders that others are to be told of: the open ones first, for half of the time at most."""
    until = time.monotonic() + seconds
    look_at_open(session, actor, seconds / 2)
    keep_up(session, actor, until - time.monotonic())


def left_to_tell(session: Session, actor: Actor) -> int:
    """How many orders have not been looked at since something changed for them."""
    return len(changed_open(session, actor)) + waiting(session, actor)


def look_at_open(session: Session, actor: Actor, seconds: float) -> None:
    """Look for so long at open orders for which something changed, those that were opened first first."""
    until = time.monotonic() + seconds
    for order_id in changed_open(session, actor):
        revise(session, actor, order_id)
        if time.monotonic() > until:
            return


def changed_open(session: Session, actor: Actor) -> list[str]:
    """Open orders for which something changed since they were looked at; of one that nobody has looked at, since it was
    opened. A clock that was only started changes nothing yet."""
    found = _open(session, actor)
    last, known = last_general(session, actor), {row.id: _known(row) for row in found}
    moved = count_movements(session, actor, list(known))
    ended = last_ends(session, actor, [row.id for row in found if row.revision > known[row.id].events])
    return [
        row.id
        for row in found
        if ended.get(row.id, 0) > known[row.id].events
        or moved.get(row.id, 0) != len(known[row.id].movements)
        or (row.facts is not None and row.facts < last)
    ]


def _known(row: Row[str, int, str | None, int | None]) -> Inputs:
    return Inputs.from_json(row.inputs) if row.inputs is not None else NOTHING


def _open(session: Session, actor: Actor) -> list[Row[str, int, str | None, int | None]]:
    looked_at = and_(
        CostStand.organisation_id == WorkOrder.organisation_id,
        CostStand.order_id == WorkOrder.id,
        CostStand.organisation_id == actor.organisation_id,
    )
    statement = (
        select(WorkOrder.id, WorkOrder.revision, CostStand.inputs, CostStand.facts)
        .outerjoin(CostStand, looked_at)
        .where(WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status.not_in(CLOSED))
        .order_by(WorkOrder.id)
    )
    return list(session.execute(statement))

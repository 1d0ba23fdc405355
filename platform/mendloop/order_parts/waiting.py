"""Who waits for a part: what comes in, or is let go of by others, is held for them at once, in their turn.

The most urgent comes first, then what is due first, then who was there first; but what was sent for an order is that
order's. Nobody's order is locked for it: one that is just being changed is left alone, and looks for itself.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.arriving import watch_arrivals
from mendloop.inventory.locations import VAN, kind_of, van_of
from mendloop.order_parts.models import OrderPartLine, OrderPartRequest
from mendloop.work_orders.access import WorkOrder
from mendloop.work_orders.cards import URGENCY
from mendloop.work_orders.listing import orders_by_id

ARRIVE = "arrive:"
"""So begins the key of a transfer's arrival; its id follows."""
Turn = tuple[int, bool, dt.datetime | None, dt.datetime, str]


def turn_of(order: WorkOrder) -> Turn:
    """To sort by: who is served first."""
    return (URGENCY.get(order.priority, len(URGENCY)), order.due_at is None, order.due_at, order.created_at, order.id)


@watch_arrivals
def hold_what_came(session: Session, actor: Actor, key: str, part_id: str, place: str) -> None:
    """A part has come to a shelf: hold it there for those who wait for it."""
    waiting = _waiting(session, actor, part_id)
    if waiting:
        first = _sent_for(session, actor, key.removeprefix(ARRIVE)) if key.startswith(ARRIVE) else None
        _hold(session, actor, part_id, [place], waiting, first)


def offer(session: Session, actor: Actor, part_ids: Iterable[str]) -> None:
    """Something of these parts is free again. The caller has locked them."""
    for part_id in sorted(set(part_ids)):
        waiting = _waiting(session, actor, part_id)
        if waiting:
            places = [line.location for line in inventory.shelves_of(session, actor, [part_id])]
            _hold(session, actor, part_id, places, waiting, None)


def _waiting(session: Session, actor: Actor, part_id: str) -> dict[str, str]:
    """The orders that want some of it, or have all of it held, each with the number of its line."""
    part = inventory.parts_by_id(session, actor, [part_id])[part_id]
    line = OrderPartLine
    mine = (line.organisation_id == actor.organisation_id, line.number == part.number, line.wanted > 0)
    return dict.fromkeys(session.execute(select(line.order_id).where(*mine)).scalars(), part.number)


def _hold(
    session: Session, actor: Actor, part_id: str, places: Iterable[str], waiting: Mapping[str, str], first: str | None
) -> None:
    found = orders_by_id(session, actor, waiting).values()
    orders = sorted((each for each in found if each.status == "open"), key=turn_of)
    held: dict[str, int] = {}
    for each in inventory.held_for_orders(session, actor, waiting):
        held[each.order_id] = held.get(each.order_id, 0) + (each.milli if each.part_id == part_id else 0)
    for order in sorted(orders, key=lambda each: each.id != first):
        missing = _wanted(session, actor, order.id, waiting[order.id]) - held.get(order.id, 0)
        near = [place for place in places if kind_of(place) != VAN or place == van_of(order.assigned_to or "")]
        if missing > 0 and near:
            inventory.reserve_part(session, actor, order.id, part_id, missing, near)


def _wanted(session: Session, actor: Actor, order_id: str, number: str) -> int:
    """As it is now; nothing where somebody else is just changing it."""
    line = OrderPartLine
    statement = (
        select(line)
        .where(line.organisation_id == actor.organisation_id, line.order_id == order_id, line.number == number)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    found = session.execute(statement).scalar_one_or_none()
    return found.wanted if found is not None else 0


def _sent_for(session: Session, actor: Actor, transfer_id: str) -> str | None:
    """The order for which this transfer was asked."""
    request = OrderPartRequest
    mine = (request.organisation_id == actor.organisation_id, request.transfer_id == transfer_id)
    return session.execute(select(request.order_id).where(*mine).limit(1)).scalar()

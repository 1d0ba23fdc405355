"""Who waits for a part: what comes in, or is let go of by others, is held for them at once, in their turn.

The most urgent comes first, then what is due first, then who was there first; but what was sent for an order is that
order's. Nobody's order is locked for it: one that is just being changed is left alone, and looks for itself.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.arriving import watch_arrivals
from mendloop.inventory.locations import WAREHOUSE, kind_of, van_of
from mendloop.inventory.services import Part
from mendloop.order_parts.lacking import held_instead, lacking
from mendloop.order_parts.models import IS_WANTED, OrderPartLine, OrderPartRequest
from mendloop.order_parts.stand_ins import stand_ins_for
from mendloop.work_orders.access import WorkOrder
from mendloop.work_orders.cards import URGENCY
from mendloop.work_orders.listing import orders_by_id

ARRIVE = "arrive:"
"""So begins the key of a transfer's arrival; its id follows."""
Turn = tuple[int, bool, dt.datetime | None, dt.datetime, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The line of an order by its number: what it wants, and what of it is held."""

    number: str
    wanted: int
    held: int = 0

    def less(self, milli: int) -> "Waiting":
        """So much more of it is held."""
        return replace(self, held=self.held + milli)


def turn_of(order: WorkOrder) -> Turn:
    """To sort by: who is served first."""
    return (URGENCY.get(order.priority, len(URGENCY)), order.due_at is None, order.due_at, order.created_at, order.id)


@watch_arrivals
def hold_what_came(session: Session, actor: Actor, key: str, part_id: str, place: str) -> None:
    """A part has come to a shelf: hold it there for those who wait for it."""
    asked = _sent_for(session, actor, key.removeprefix(ARRIVE)) if key.startswith(ARRIVE) else None
    if asked is not None:
        _hold_instead(session, actor, asked, part_id, place)
    waiting = _waiting(session, actor, part_id)
    if waiting:
        _hold(session, actor, part_id, [place], waiting, asked.order_id if asked is not None else None)


def _hold_instead(session: Session, actor: Actor, asked: OrderPartRequest, part_id: str, place: str) -> None:
    """A part that was asked for in the place of another is held for the order, as far as that lacks the other one."""
    line = _line(session, actor, asked.order_id, asked.number)
    order = orders_by_id(session, actor, [asked.order_id]).get(asked.order_id)
    if line is None or order is None or order.status != "open" or not _near(order, [place]):
        return
    for _, part, milli in lacking(session, actor, [line]):
        others = stand_ins_for(session, actor, [part.id]).get(part.id, []) if part is not None else []
        if part_id in {other.id for other in others}:
            inventory.reserve_part(session, actor, order.id, part_id, milli, [place])


def offer(session: Session, actor: Actor, part_ids: Iterable[str]) -> None:
    """Something of these parts is free again. The caller has locked them."""
    for part_id in sorted(set(part_ids)):
        waiting = _waiting(session, actor, part_id)
        if waiting:
            lines = inventory.shelves_of(session, actor, [part_id])
            _hold(
                session, actor, part_id, [line.location for line in lines if line.milli > line.reserved], waiting, None
            )


def _waiting(session: Session, actor: Actor, part_id: str) -> dict[str, Waiting]:
    """By order: what is wanted of the part, and not held."""
    line = OrderPartLine
    mine = (line.organisation_id == actor.organisation_id, IS_WANTED, Part.id == part_id)
    both = (Part.organisation_id == line.organisation_id) & (Part.number == line.number)
    statement = select(line.order_id, line.number, line.wanted).join(Part, both).where(*mine)
    found = {order: Waiting(number, wanted) for order, number, wanted in session.execute(statement)}
    held = inventory.held_for_orders(session, actor, found) if found else []
    others = {part.id for part in stand_ins_for(session, actor, [part_id]).get(part_id, ())} if held else set()
    instead = held_instead(session, actor, [each for each in held if each.part_id in others]) if others else []
    for each in (*(each for each in held if each.part_id == part_id), *instead):
        found[each.order_id] = found[each.order_id].less(each.milli)
    return {order: each for order, each in found.items() if each.wanted > each.held}


def _hold(
    session: Session,
    actor: Actor,
    part_id: str,
    places: Sequence[str],
    waiting: Mapping[str, Waiting],
    first: str | None,
) -> None:
    found = orders_by_id(session, actor, waiting).values()
    orders = sorted(
        (each for each in found if each.status == "open"), key=lambda each: (each.id != first, turn_of(each))
    )
    for order in orders:
        near = _near(order, places)
        each = waiting[order.id]
        missing = _wanted(session, actor, order.id, each.number) - each.held if near else 0
        held = inventory.reserve_part(session, actor, order.id, part_id, missing, near) if missing > 0 else []
        if near == list(places) and sum(some.milli for some in held) < missing:
            return  # all of it is held


def _near(order: WorkOrder, places: Sequence[str]) -> list[str]:
    """Those of them from which the order's parts are taken."""
    own = van_of(order.assigned_to or "")
    return [place for place in places if kind_of(place) == WAREHOUSE or place == own]


def _wanted(session: Session, actor: Actor, order_id: str, number: str) -> int:
    """As it is now; nothing where somebody else is just changing it."""
    found = _line(session, actor, order_id, number)
    return found.wanted if found is not None else 0


def _line(session: Session, actor: Actor, order_id: str, number: str) -> OrderPartLine | None:
    """Locked, as it is now; None where somebody else is just changing it."""
    line = OrderPartLine
    statement = (
        select(line)
        .where(line.organisation_id == actor.organisation_id, line.order_id == order_id, line.number == number)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.execute(statement).scalar_one_or_none()


def _sent_for(session: Session, actor: Actor, transfer_id: str) -> OrderPartRequest | None:
    """For what this transfer was asked."""
    request = OrderPartRequest
    mine = (request.organisation_id == actor.organisation_id, request.transfer_id == transfer_id)
    return session.execute(select(request).where(*mine)).scalar_one_or_none()

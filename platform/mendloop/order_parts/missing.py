"""What open orders want and nobody could hold for them: where it lies, what was asked for, what is to be bought."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.on_the_way import asked_from
from mendloop.inventory.services import Part
from mendloop.order_parts.coming import Coming, coming_for
from mendloop.order_parts.holding import hold_again
from mendloop.order_parts.lacking import Missed, lacking
from mendloop.order_parts.models import IS_WANTED, OrderPartLine
from mendloop.order_parts.stand_ins import stand_ins_for
from mendloop.order_parts.waiting import turn_of
from mendloop.work_orders.access import lock_work_order
from mendloop.work_orders.listing import orders_by_id

MOST, AT_ONCE = 500, 500


@dataclass(frozen=True, slots=True)
class Move:
    """So much of a part is free at another place."""

    number: str
    source: str
    milli: int


@dataclass(frozen=True, slots=True)
class Short:
    """`milli` of a part is missing for an order, and `coming` is what of it was asked for. Of the rest, `moves` says
    where it lies, `buy` what lies nowhere; `instead` is where parts lie that may stand in. `target` is where what is
    asked for goes: to whoever has the order."""

    order_id: str
    number: str
    part: Part | None
    milli: int
    moves: tuple[Move, ...]
    buy: int
    instead: tuple[Move, ...]
    coming: tuple[Coming, ...] = ()
    target: str = WAREHOUSE


def missing_parts(session: Session, actor: Actor, order_id: str | None = None) -> list[Short]:
    """What is missing for all open orders, or for one: the order that is served first comes first, and what lies
    somewhere is proposed to it and to nobody after it."""
    found = list(islice(_all_missing(session, actor, order_id), MOST))
    orders = orders_by_id(session, actor, {line.order_id for line, _, _ in found})
    found.sort(key=lambda each: turn_of(orders[each[0].order_id]))
    targets = {order.id: place_of(order.assigned_to) for order in orders.values()}
    return [replace(each, target=targets[each.order_id]) for each in _proposals(session, actor, found)] if found else []


def place_of(person: str | None) -> str:
    """Where parts for an order go: to the van of whoever has it, to the warehouse while nobody has."""
    return van_of(person) if person else WAREHOUSE


def reserve_waiting(session: Session, actor: Actor) -> None:
    """Look once more for everything that is missing, for each order in its turn."""
    for order_id in dict.fromkeys(short.order_id for short in missing_parts(session, actor)):
        order = lock_work_order(session, actor, order_id)
        if order.status == "open":
            hold_again(session, actor, order_id, order.assigned_to)


def lacking_by_order(session: Session, actor: Actor) -> dict[str, int]:
    """How many of its lines each open order lacks something of; those that lack nothing are left out."""
    found: dict[str, int] = {}
    for line, _, _ in _all_missing(session, actor, None):
        found[line.order_id] = found.get(line.order_id, 0) + 1
    return found


def _all_missing(session: Session, actor: Actor, order_id: str | None) -> Iterator[Missed]:
    """Some lines at a time: most of what is wanted is held."""
    line = OrderPartLine
    statement = select(line).where(line.organisation_id == actor.organisation_id, IS_WANTED)
    if order_id is not None:
        statement = statement.where(line.order_id == order_id)
    place = tuple_(line.order_id, line.number)
    statement, last = statement.order_by(line.order_id, line.number).limit(AT_ONCE), ("", "")
    while lines := list(session.execute(statement.where(place > last)).scalars()):
        yield from lacking(session, actor, lines)
        last = (lines[-1].order_id, lines[-1].number)


def _proposals(session: Session, actor: Actor, missing: Sequence[Missed]) -> list[Short]:
    short = [part.id for _, part, _ in missing if part is not None]
    instead = stand_ins_for(session, actor, short)
    free = _free(session, actor, [*short, *(part.id for found in instead.values() for part in found)])
    amounts = {(line.order_id, line.number): milli for line, _, milli in missing}
    coming = coming_for(session, actor, amounts)
    return [
        _proposal(line, part, milli, coming[line.order_id, line.number], free, instead) for line, part, milli in missing
    ]


def _proposal(
    line: OrderPartLine,
    part: Part | None,
    milli: int,
    coming: Sequence[Coming],
    free: dict[str, list[Move]],
    instead: dict[str, list[Part]],
) -> Short:
    left = milli - sum(each.milli for each in coming)
    moves = tuple(_as_much(free.get(part.id, []) if part is not None else [], left))
    if part is not None:
        free[part.id] = _less(free.get(part.id, []), moves)
    others = [move for each in instead.get(part.id, []) for move in free.get(each.id, [])] if part is not None else []
    buy = left - sum(move.milli for move in moves)
    return Short(line.order_id, line.number, part, milli, moves, buy, tuple(_as_much(others, left)), tuple(coming))


def _as_much(places: Iterable[Move], milli: int) -> Iterable[Move]:
    for place in places:
        if milli > 0:
            yield Move(place.number, place.source, min(place.milli, milli))
            milli -= place.milli


def _less(places: Iterable[Move], moves: Iterable[Move]) -> list[Move]:
    """What is free of them after these moves."""
    taken = {move.source: move.milli for move in moves}
    left = [replace(place, milli=place.milli - taken.get(place.source, 0)) for place in places]
    return [place for place in left if place.milli > 0]


def _free(session: Session, actor: Actor, part_ids: Sequence[str]) -> dict[str, list[Move]]:
    """By part, the places that have most of it first; what somebody has asked for there is not free any more."""
    asked = asked_from(session, actor, part_ids)
    found: dict[str, list[Move]] = {}
    for line in inventory.shelves_of(session, actor, part_ids):
        milli = line.milli - line.reserved - asked.get((line.part.id, line.location), 0)
        if milli > 0:
            found.setdefault(line.part.id, []).append(Move(line.part.number, line.location, milli))
    for moves in found.values():
        moves.sort(key=lambda move: (-move.milli, move.source))
    return found

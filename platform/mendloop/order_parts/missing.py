"""What open orders want and nobody could hold for them: what a storekeeper buys, or has brought from where it lies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.services import Part
from mendloop.order_parts.holding import hold_again
from mendloop.order_parts.models import OrderPartLine
from mendloop.order_parts.stand_ins import stand_ins_for
from mendloop.work_orders.access import lock_work_order

MOST = 500


@dataclass(frozen=True, slots=True)
class Move:
    """So much of a part is free at another place."""

    number: str
    source: str
    milli: int


@dataclass(frozen=True, slots=True)
class Short:
    """`milli` of a part is missing for an order. `moves` says where it lies, `buy` what lies nowhere; `instead` is
    where parts lie that may stand in."""

    order_id: str
    number: str
    part: Part | None
    milli: int
    moves: tuple[Move, ...]
    buy: int
    instead: tuple[Move, ...]


def missing_parts(session: Session, actor: Actor, order_id: str | None = None) -> list[Short]:
    """What is missing for all open orders, or for one: the order that waits longest comes first."""
    statement = select(OrderPartLine).where(
        OrderPartLine.organisation_id == actor.organisation_id, OrderPartLine.wanted > 0
    )
    if order_id is not None:
        statement = statement.where(OrderPartLine.order_id == order_id)
    statement = statement.order_by(OrderPartLine.order_id, OrderPartLine.number).limit(MOST)
    return _short(session, actor, list(session.execute(statement).scalars()))


def reserve_waiting(session: Session, actor: Actor) -> None:
    """Look once more for everything that is missing; who waits longest is served first."""
    for order_id in dict.fromkeys(short.order_id for short in missing_parts(session, actor)):
        order = lock_work_order(session, actor, order_id)
        if order.status == "open":
            hold_again(session, actor, order_id, order.assigned_to)


def _short(session: Session, actor: Actor, lines: Sequence[OrderPartLine]) -> list[Short]:
    parts = inventory.parts_by_number(session, actor, [line.number for line in lines])
    instead = stand_ins_for(session, actor, [part.id for part in parts.values()])
    held: dict[tuple[str, str], int] = {}
    for each in inventory.held_for_orders(session, actor, [line.order_id for line in lines]):
        held[each.order_id, each.part_id] = held.get((each.order_id, each.part_id), 0) + each.milli
    others = [part.id for found in instead.values() for part in found]
    free = _free(session, actor, [*(part.id for part in parts.values()), *others])
    found = []
    for line in lines:
        part = parts.get(line.number)
        milli = line.wanted - (held.get((line.order_id, part.id), 0) if part is not None else 0)
        if milli > 0:
            found.append(_proposal(line, part, milli, free, instead))
    return found


def _proposal(
    line: OrderPartLine, part: Part | None, milli: int, free: dict[str, list[Move]], instead: dict[str, list[Part]]
) -> Short:
    moves = tuple(_as_much(free.get(part.id, []) if part is not None else [], milli))
    buy = milli - sum(move.milli for move in moves)
    others = [move for each in instead.get(part.id, []) for move in free.get(each.id, [])] if part is not None else []
    return Short(line.order_id, line.number, part, milli, moves, buy, tuple(_as_much(others, milli)))


def _as_much(places: Iterable[Move], milli: int) -> Iterable[Move]:
    for place in places:
        if milli > 0:
            yield Move(place.number, place.source, min(place.milli, milli))
            milli -= place.milli


def _free(session: Session, actor: Actor, part_ids: Iterable[str]) -> dict[str, list[Move]]:
    """By part, the places that have most of it first."""
    found: dict[str, list[Move]] = {}
    for line in inventory.shelves_of(session, actor, part_ids):
        if line.milli > line.reserved:
            moves = found.setdefault(line.part.id, [])
            moves.append(Move(line.part.number, line.location, line.milli - line.reserved))
    for moves in found.values():
        moves.sort(key=lambda move: (-move.milli, move.source))
    return found

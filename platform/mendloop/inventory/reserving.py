"""Holding parts for an order. Nothing moves: who holds a part may take it, and nobody else is promised it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows
from mendloop.inventory.models import StockReservation
from mendloop.inventory.rows import PartKey


@dataclass(frozen=True, slots=True)
class Held:
    """So much of a part is held for an order at a place."""

    order_id: str
    part_id: str
    location: str
    milli: int


def reserve_part(
    session: Session, actor: Actor, order_id: str, part_id: str, milli: int, places: Iterable[str]
) -> list[Held]:
    """Hold `milli` of the part, from the first place that has it on; answers what could be held, which may be less."""
    part = PartKey(actor.organisation_id, part_id)
    rows.lock_part(session, part)
    found = []
    for place in places:
        while wanted := min(rows.available(session, part, place), milli):
            if not rows.hold(session, part, order_id, place, wanted):
                continue
            found.append(Held(order_id, part_id, place, wanted))
            milli -= wanted
    return found


def lock_parts(session: Session, actor: Actor, part_ids: Iterable[str]) -> None:
    """Before several parts are held in one transaction: locked in the order in which everybody locks parts."""
    for part_id in sorted(set(part_ids)):
        rows.lock_part(session, PartKey(actor.organisation_id, part_id))


def release_order(session: Session, actor: Actor, order_id: str) -> None:
    """Nothing is held for the order any more."""
    _lock_held(session, actor, order_id)
    for held in held_for(session, actor, order_id):
        _let_go(session, actor, held, held.milli)


def _lock_held(session: Session, actor: Actor, order_id: str) -> None:
    """Every part that is held for the order. More may be held by the time these are locked: then all are locked anew,
    for to lock one more out of turn could have two wait for each other."""
    while True:
        wanted = _parts_held(session, actor, order_id)
        attempt = session.begin_nested()
        lock_parts(session, actor, wanted)
        if _parts_held(session, actor, order_id) <= wanted:
            attempt.commit()
            return
        attempt.rollback()


def _parts_held(session: Session, actor: Actor, order_id: str) -> set[str]:
    return {held.part_id for held in held_for(session, actor, order_id)}


def release_part(session: Session, actor: Actor, order_id: str, part_id: str, milli: int) -> int:
    """Hold so much less of a part for an order; answers what is left to release."""
    lock_parts(session, actor, [part_id])
    for held in held_for(session, actor, order_id):
        if held.part_id == part_id and milli > 0:
            fewer = min(milli, held.milli)
            _let_go(session, actor, held, fewer)
            milli -= fewer
    return milli


def held_for(session: Session, actor: Actor, order_id: str) -> list[Held]:
    """What is held for an order, in the order in which parts are locked."""
    mine = (StockReservation.organisation_id == actor.organisation_id, StockReservation.order_id == order_id)
    return _held(session, mine)


def held_at(session: Session, actor: Actor, part_id: str, place: str) -> list[Held]:
    """Who holds a part at a place, whoever came last first."""
    there = (
        StockReservation.organisation_id == actor.organisation_id,
        StockReservation.part_id == part_id,
        StockReservation.location == place,
    )
    return _held(session, there, StockReservation.since.desc(), StockReservation.order_id)


def make_room(session: Session, actor: Actor, part_id: str, place: str, milli: int, order_id: str | None) -> None:
    """Let go of what others hold at a place, the latest first, until `milli` can be taken for `order_id`.

    The caller has locked the part.
    """
    part = PartKey(actor.organisation_id, part_id)
    own = 0
    others = []
    for held in held_at(session, actor, part_id, place):
        if held.order_id == order_id:
            own = held.milli
        else:
            others.append(held)
    short = milli - rows.available(session, part, place) - own
    for held in others:
        if short <= 0:
            return
        fewer = min(short, held.milli)
        _let_go(session, actor, held, fewer)
        short -= fewer


def _held(session: Session, where: tuple[object, ...], *order: object) -> list[Held]:
    columns = (
        StockReservation.order_id,
        StockReservation.part_id,
        StockReservation.location,
        StockReservation.milli,
    )
    sorting = order or (StockReservation.part_id, StockReservation.location)
    statement = select(*columns).where(*where).order_by(*sorting)  # type: ignore[arg-type]
    return [Held(*row) for row in session.execute(statement)]


def _let_go(session: Session, actor: Actor, held: Held, milli: int) -> None:
    part = PartKey(actor.organisation_id, held.part_id)
    rows.lock_part(session, part)
    rows.free_balance(session, part, held.location, milli)
    rows.use_reservation(session, part, held.order_id, held.location, milli)

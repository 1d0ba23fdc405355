"""Parts and stock. What the field says it used is a fact: where stock disagrees, the difference is booked and shown."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory.ledger import Movement, book, on_hand, take
from mendloop.inventory.locations import (
    CUSTOMER,
    DISCREPANCY,
    RECYCLING,
    REMOVED,
    SUPPLIER,
    WAREHOUSE,
    order_location,
    van_of,
)
from mendloop.inventory.models import Location, Part, StockBalance, StockEntry
from mendloop.problems import BadRequest, Conflict, Problem, Refusal

MILLI = 1000
MOST_PARTS = 50
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class PartFact:
    """What a completed step says about one part: `action` is used, returned, removed or recycled."""

    number: str
    milli: int
    action: str
    serial: str | None = None
    lot: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Shortage:
    """A part that was used although stock knew nothing of it."""

    number: str
    milli: int


@dataclass(frozen=True, slots=True)
class StockLine:
    """How much of a part is where."""

    part: Part
    location: str
    milli: int


def create_part(
    session: Session,
    actor: Actor,
    number: str,
    name: Mapping[str, str],
    unit: str = "pcs",
    *,
    fits: Iterable[str] = (),
    serial_tracked: bool = False,
) -> Part:
    """Enter a part under a number that no other part has."""
    if not number.strip():
        raise Refusal(Problem("part.number_missing", at="/number"))
    known = _by_number(session, actor, number)
    if known is not None and known.known:
        raise Conflict(Problem("part.number_taken", at="/number", params={"number": number}))
    part = known or Part(organisation_id=actor.organisation_id, id=new_id(), number=number.strip())
    part.name, part.unit, part.known = dict(name), unit, True
    part.fits, part.serial_tracked = list(fits), serial_tracked
    session.add(part)
    session.flush()
    return part


def receive_stock(session: Session, actor: Actor, part: Part, quantity: float, location: str = WAREHOUSE) -> None:
    """Take in what a supplier delivered."""
    book(session, actor, Movement(part.id, thousandths(quantity), utc_now(), "received"), SUPPLIER, location)


def move_stock(session: Session, actor: Actor, part: Part, quantity: float, source: str, target: str) -> None:
    """Move parts between two locations; refused when the source does not hold them."""
    movement = Movement(part.id, thousandths(quantity), utc_now(), "moved")
    if not take(session, actor, movement, source, target):
        raise Conflict(Problem("stock.not_there", params={"part": part.number, "quantity": quantity}))


def book_parts(
    session: Session, actor: Actor, by: str, order_id: str, visit: str, at: dt.datetime, facts: Iterable[PartFact]
) -> list[Shortage]:
    """Book what a completed step used, gave back, took out or recycled. Never refuses; answers what stock denied."""
    shortages = []
    for fact in sorted(facts, key=lambda fact: fact.number):
        part = _by_number(session, actor, fact.number) or _unknown_part(session, actor, fact.number)
        movement = Movement(part.id, fact.milli, at, fact.action, order_id, visit, fact.serial, fact.lot, fact.note)
        missing = _BOOKINGS[fact.action](session, actor, movement, by)
        if missing:
            shortages.append(Shortage(fact.number, missing))
    return shortages


def thousandths(quantity: float) -> int:
    """A quantity as whole thousandths of its unit; at least one, for what is counted is not nothing."""
    return max(1, round(quantity * MILLI))


def list_parts(session: Session, actor: Actor) -> list[Part]:
    """All parts in the order of their numbers."""
    statement = select(Part).where(Part.organisation_id == actor.organisation_id).order_by(Part.number)
    return list(session.execute(statement).scalars())


def find_parts(session: Session, actor: Actor, query: str) -> list[Part]:
    """Parts whose number or name contains the query, in the order of their numbers; refused when it is too long."""
    if len(query) > LONGEST_QUERY:
        raise BadRequest(Problem("part.query_too_long", at="/query", params={"limit": LONGEST_QUERY}))
    wanted = query.strip().casefold()
    found = (
        part for part in list_parts(session, actor) if wanted in " ".join([part.number, *part.name.values()]).casefold()
    )
    return [part for part, _ in zip(found, range(MOST_PARTS), strict=False)]


def parts_by_number(session: Session, actor: Actor, numbers: Iterable[str]) -> dict[str, Part]:
    """The parts with these numbers, as far as they are known."""
    statement = select(Part).where(Part.organisation_id == actor.organisation_id, Part.number.in_(sorted(set(numbers))))
    return {part.number: part for part in session.execute(statement).scalars()}


def stock_lines(session: Session, actor: Actor) -> list[StockLine]:
    """All balances that are not zero, by part and location."""
    statement = (
        select(Part, StockBalance.location, StockBalance.milli)
        .join(
            StockBalance,
            (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id),
        )
        .where(Part.organisation_id == actor.organisation_id, StockBalance.milli != 0)
        .order_by(Part.number, StockBalance.location)
    )
    return [StockLine(part, location, milli) for part, location, milli in session.execute(statement)]


def order_entries(session: Session, actor: Actor, order_id: str) -> list[tuple[StockEntry, Part]]:
    """Everything that moved for a work order, in order of booking."""
    statement = (
        select(StockEntry, Part)
        .join(Part, (Part.organisation_id == StockEntry.organisation_id) & (Part.id == StockEntry.part_id))
        .where(StockEntry.organisation_id == actor.organisation_id, StockEntry.order_id == order_id)
        .order_by(StockEntry.id)
    )
    return [(entry, part) for entry, part in session.execute(statement)]


def rebuild_balances(session: Session, actor: Actor) -> dict[tuple[str, str], int]:
    """What the balances must be by the entries alone: (part, location) → thousandths."""
    sums: dict[tuple[str, str], int] = {}
    statement = select(StockEntry).where(StockEntry.organisation_id == actor.organisation_id)
    for entry in session.execute(statement).scalars():
        for location, milli in ((entry.from_location, -entry.milli), (entry.to_location, entry.milli)):
            key = (entry.part_id, location)
            sums[key] = sums.get(key, 0) + milli
    return sums


def discrepancies(session: Session, actor: Actor, order_id: str) -> int:
    """How many entries of a work order came from nowhere that stock knows."""
    statement = select(func.count()).where(
        StockEntry.organisation_id == actor.organisation_id,
        StockEntry.order_id == order_id,
        StockEntry.from_location == DISCREPANCY,
    )
    return session.execute(statement.select_from(StockEntry)).scalar_one()


def locations(session: Session, actor: Actor) -> list[Location]:
    """All places where parts have ever been."""
    statement = select(Location).where(Location.organisation_id == actor.organisation_id).order_by(Location.key)
    return list(session.execute(statement).scalars())


def _use(session: Session, actor: Actor, movement: Movement, by: str) -> int:
    """From the van, then from the warehouse, the rest from nowhere; answers the rest."""
    target, wanted = order_location(movement.order_id or ""), movement.milli
    for source in (van_of(by), WAREHOUSE):
        wanted -= _take_up_to(session, actor, _part_of(movement, wanted), source, target)
        if not wanted:
            return 0
    book(session, actor, _part_of(movement, wanted), DISCREPANCY, target)
    return wanted


def _return(session: Session, actor: Actor, movement: Movement, by: str) -> int:
    source, target = order_location(movement.order_id or ""), van_of(by)
    wanted = movement.milli - _take_up_to(session, actor, movement, source, target)
    if wanted:
        book(session, actor, _part_of(movement, wanted), DISCREPANCY, target)
    return wanted


def _remove(session: Session, actor: Actor, movement: Movement, _by: str) -> int:
    book(session, actor, movement, CUSTOMER, REMOVED)
    return 0


def _recycle(session: Session, actor: Actor, movement: Movement, _by: str) -> int:
    book(session, actor, movement, CUSTOMER, RECYCLING)
    return 0


_BOOKINGS: Mapping[str, Any] = {"used": _use, "returned": _return, "removed": _remove, "recycled": _recycle}


def _take_up_to(session: Session, actor: Actor, movement: Movement, source: str, target: str) -> int:
    """Take as much as is there, at most what is wanted. Somebody may take the rest meanwhile: then look again."""
    while available := min(on_hand(session, actor, movement.part_id, source), movement.milli):
        if available < 0:
            return 0
        if take(session, actor, _part_of(movement, available), source, target):
            return available
    return 0


def _part_of(movement: Movement, milli: int) -> Movement:
    return replace(movement, milli=milli)


def _by_number(session: Session, actor: Actor, number: str) -> Part | None:
    statement = select(Part).where(Part.organisation_id == actor.organisation_id, Part.number == number.strip())
    return session.execute(statement).scalar_one_or_none()


def _unknown_part(session: Session, actor: Actor, number: str) -> Part:
    part = Part(
        organisation_id=actor.organisation_id, id=new_id(), number=number.strip(), name={"en": number}, known=False
    )
    session.add(part)
    session.flush()
    return part

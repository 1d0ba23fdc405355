"""Where a part went: its entries, one page after the other, and the way of one serial number or lot.

Every page costs the same, however much there is: entries of a part are numbered, and a page begins at a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows
from mendloop.inventory.locations import CUSTOMER, OUTSIDE, kind_of
from mendloop.inventory.models import Part, StockEntry, StockMovement, StockReservation, StockSerial
from mendloop.inventory.rows import PartKey
from mendloop.inventory.spelling import folded
from mendloop.problems import Missing

PAGE = 50
MOST_SERIALS, MOST_LOTS, MOST_OF_LOT = 200, 24, 5000


@dataclass(frozen=True, slots=True)
class Gone:
    """One entry with the movement it belongs to."""

    entry: StockEntry
    movement: StockMovement


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """Entries, the newest first; `before` is where the next page begins."""

    entries: list[Gone]
    before: int | None


@dataclass(frozen=True, slots=True)
class LotUse:
    """How much of a lot an order took and built in."""

    order_id: str
    used: int


@dataclass(frozen=True, slots=True)
class LotRecall:
    """Where a lot went: which orders used it, and where what is told of it lies now."""

    lot: str
    orders: list[LotUse]
    places: list[tuple[str, int]]
    entries: list[Gone]
    is_whole: bool


def entries_of_part(
    session: Session, actor: Actor, part_id: str, before: int | None = None, limit: int = PAGE
) -> EntriesPage:
    """A page of what happened to a part."""
    conditions = [StockEntry.part_id == part_id]
    if before is not None:
        conditions.append(StockEntry.sequence < before)
    found = _gone(session, actor, conditions, limit + 1)
    return EntriesPage(found[:limit], found[limit - 1].entry.sequence if len(found) > limit else None)


def way_of_serial(session: Session, actor: Actor, part_id: str, serial: str) -> list[Gone]:
    """All that happened to the one part with this serial number, the newest first."""
    found = rows.serial(session, PartKey(actor.organisation_id, part_id), serial)
    known = found.serial if found is not None else serial
    return _gone(session, actor, [StockEntry.part_id == part_id, StockEntry.serial == known], MOST_OF_LOT)


def recall(session: Session, actor: Actor, part_id: str, lot: str) -> LotRecall:
    """Where a lot went, as far as it was told which parts were of it."""
    found = _gone(session, actor, [StockEntry.part_id == part_id, StockEntry.lot == lot], MOST_OF_LOT + 1)
    used: dict[str, int] = {}
    lies: dict[str, int] = {}
    for gone in found:
        entry = gone.entry
        lies[entry.to_location] = lies.get(entry.to_location, 0) + entry.milli
        lies[entry.from_location] = lies.get(entry.from_location, 0) - entry.milli
        if entry.order_id is not None:
            used[entry.order_id] = used.get(entry.order_id, 0) + _used(entry)
    places = sorted((place, milli) for place, milli in lies.items() if milli > 0 and place not in OUTSIDE)
    orders = [LotUse(order_id, milli) for order_id, milli in used.items()]
    return LotRecall(lot, orders, places, found[:MOST_OF_LOT], len(found) <= MOST_OF_LOT)


def serials_of(session: Session, actor: Actor, part_id: str, places: Iterable[str]) -> list[StockSerial]:
    """The serial numbers that lie at these places; the first of them, where there are very many."""
    statement = (
        select(StockSerial)
        .where(
            StockSerial.organisation_id == actor.organisation_id,
            StockSerial.part_id == part_id,
            StockSerial.location.in_(sorted(set(places))),
        )
        .order_by(StockSerial.location)
        .limit(MOST_SERIALS)
    )
    return list(session.execute(statement).scalars())


def part_of_serial(session: Session, actor: Actor, serial: str) -> list[tuple[Part, StockSerial]]:
    """The parts of which one has this serial number; usually one."""
    statement = (
        select(Part, StockSerial)
        .join(StockSerial, and_(StockSerial.organisation_id == Part.organisation_id, StockSerial.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockSerial.organisation_id == actor.organisation_id,
            StockSerial.serial_key == folded(serial),
        )
        .order_by(StockSerial.serial != serial, Part.number)
        .limit(10)
    )
    return [(part, found) for part, found in session.execute(statement)]


def lots_of(session: Session, actor: Actor, part_id: str) -> list[str]:
    """Lots that were told, the last by their letters first: each is one step in an index, however much moved of it."""
    found: list[str] = []
    mine = (StockEntry.organisation_id == actor.organisation_id, StockEntry.part_id == part_id)
    statement = (
        select(StockEntry.lot).where(*mine, StockEntry.lot.is_not(None)).order_by(StockEntry.lot.desc()).limit(1)
    )
    while len(found) < MOST_LOTS:
        lower = statement.where(StockEntry.lot < found[-1]) if found else statement
        lot = session.execute(lower).scalar()
        if lot is None:
            break
        found.append(lot)
    return found


def held_of_part(session: Session, actor: Actor, part_id: str) -> list[StockReservation]:
    """Who holds a part, wherever it is; whoever came first first."""
    statement = (
        select(StockReservation)
        .where(StockReservation.organisation_id == actor.organisation_id, StockReservation.part_id == part_id)
        .order_by(StockReservation.since, StockReservation.order_id)
        .limit(MOST_SERIALS)
    )
    return list(session.execute(statement).scalars())


def held_at_places(
    session: Session, actor: Actor, part_ids: Iterable[str], places: Iterable[str]
) -> list[tuple[StockReservation, Part]]:
    """Who holds these parts at these places, by part; whoever came first first."""
    statement = (
        select(StockReservation, Part)
        .join(Part, and_(Part.organisation_id == StockReservation.organisation_id, Part.id == StockReservation.part_id))
        .where(
            StockReservation.organisation_id == actor.organisation_id,
            StockReservation.part_id.in_(sorted(set(part_ids))),
            StockReservation.location.in_(sorted(set(places))),
        )
        .order_by(Part.number, StockReservation.since, StockReservation.order_id)
        .limit(MOST_SERIALS)
    )
    return [(held, part) for held, part in session.execute(statement)]


def access_movement(session: Session, actor: Actor, movement_id: str) -> StockMovement:
    """A movement of the actor's organisation, or `Missing`."""
    movement = session.get(StockMovement, (actor.organisation_id, movement_id))
    if movement is None:
        raise Missing
    return movement


def entries_of_movement(session: Session, actor: Actor, movement_id: str) -> list[tuple[StockEntry, Part]]:
    """What one movement moved."""
    statement = (
        select(StockEntry, Part)
        .join(Part, and_(Part.organisation_id == StockEntry.organisation_id, Part.id == StockEntry.part_id))
        .where(StockEntry.organisation_id == actor.organisation_id, StockEntry.movement_id == movement_id)
        .order_by(Part.number, StockEntry.sequence)
    )
    return [(entry, part) for entry, part in session.execute(statement)]


def _used(entry: StockEntry) -> int:
    if entry.to_location == CUSTOMER:
        return entry.milli
    return -entry.milli if entry.from_location == CUSTOMER and kind_of(entry.to_location) == "order" else 0


def _gone(session: Session, actor: Actor, conditions: Iterable[object], limit: int) -> list[Gone]:
    statement = (
        select(StockEntry, StockMovement)
        .join(
            StockMovement,
            and_(
                StockMovement.organisation_id == StockEntry.organisation_id,
                StockMovement.id == StockEntry.movement_id,
            ),
        )
        .where(StockEntry.organisation_id == actor.organisation_id, *conditions)  # type: ignore[arg-type]
        .order_by(StockEntry.sequence.desc())
        .limit(limit)
    )
    return [Gone(entry, movement) for entry, movement in session.execute(statement)]

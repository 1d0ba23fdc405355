"""Where parts are to be had: shelves and what is free on them, one serial number, what is held for orders."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows
from mendloop.inventory.balances import IS_THERE, StockLine
from mendloop.inventory.locations import SHELVES
from mendloop.inventory.models import Location, Part, StockBalance, StockReservation, StockSerial
from mendloop.inventory.reserving import Held
from mendloop.inventory.rows import PartKey
from mendloop.inventory.spelling import folded

__all__ = [
    "Held",
    "held_for_orders",
    "parts_by_id",
    "parts_with_serial",
    "places_of_kind",
    "quantity_of",
    "serial_place",
    "serials_by_place",
    "shelves_of",
    "spelled_serial",
    "stocked_with_serial",
]


def places_of_kind(session: Session, actor: Actor, kind: str) -> list[str]:
    """The keys of all places of a kind where parts have ever been, in their order."""
    statement = (
        select(Location.key)
        .where(Location.organisation_id == actor.organisation_id, _is_of(Location.key, kind))
        .order_by(Location.key)
    )
    return list(session.execute(statement).scalars())


def shelves_of(session: Session, actor: Actor, part_ids: Iterable[str]) -> list[StockLine]:
    """What lies of these parts in warehouses and vans and with people, by number and place."""
    statement = (
        select(Part, StockBalance.location, StockBalance.milli, StockBalance.value, StockBalance.reserved)
        .join(
            StockBalance,
            (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id),
        )
        .where(
            Part.organisation_id == actor.organisation_id,
            Part.id.in_(sorted(set(part_ids))),
            or_(*(_is_of(StockBalance.location, kind) for kind in SHELVES)),
            IS_THERE,
            StockBalance.milli > 0,
        )
        .order_by(Part.number, StockBalance.location)
    )
    return [StockLine(*row) for row in session.execute(statement)]


def serial_place(session: Session, actor: Actor, part_id: str, serial: str) -> str | None:
    """Where the part with this serial number is; None when nobody has told of it."""
    found = rows.serial(session, PartKey(actor.organisation_id, part_id), serial)
    return str(found.location) if found is not None else None


def spelled_serial(session: Session, actor: Actor, part_id: str, serial: str) -> str:
    """The serial number as it is known; as it is written here, when nobody has told of it."""
    found = rows.serial(session, PartKey(actor.organisation_id, part_id), serial)
    return str(found.serial) if found is not None else serial


def parts_with_serial(session: Session, actor: Actor, serial: str) -> list[Part]:
    """Parts of which one has this serial number."""
    statement = (
        select(Part)
        .join(StockSerial, (StockSerial.organisation_id == Part.organisation_id) & (StockSerial.part_id == Part.id))
        .where(Part.organisation_id == actor.organisation_id, StockSerial.serial_key == folded(serial))
        .order_by(Part.number)
    )
    return list(session.execute(statement).scalars())


def stocked_with_serial(session: Session, actor: Actor, serial: str) -> list[tuple[Part, str]]:
    """Parts of which the piece with this serial number lies in a warehouse, a van or with somebody, and how it is
    spelled."""
    statement = (
        select(Part, StockSerial.serial)
        .join(StockSerial, (StockSerial.organisation_id == Part.organisation_id) & (StockSerial.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockSerial.serial_key == folded(serial),
            or_(*(_is_of(StockSerial.location, kind) for kind in SHELVES)),
        )
        .order_by(Part.number, StockSerial.serial)
    )
    return [(part, spelled) for part, spelled in session.execute(statement)]


def serials_by_place(
    session: Session, actor: Actor, part_ids: Iterable[str], places: Iterable[str]
) -> dict[tuple[str, str], list[str]]:
    """By part and place: the serial numbers that are known to be there, in the order in which they came."""
    statement = (
        select(StockSerial.part_id, StockSerial.location, StockSerial.serial)
        .where(
            StockSerial.organisation_id == actor.organisation_id,
            StockSerial.part_id.in_(sorted(set(part_ids))),
            StockSerial.location.in_(sorted(set(places))),
        )
        .order_by(StockSerial.sequence, StockSerial.serial)
    )
    found: dict[tuple[str, str], list[str]] = {}
    for part_id, place, serial in session.execute(statement):
        found.setdefault((part_id, place), []).append(serial)
    return found


def held_for_orders(session: Session, actor: Actor, order_ids: Iterable[str]) -> list[Held]:
    """What is held for these orders, by order, part and place."""
    held = StockReservation
    statement = (
        select(held.order_id, held.part_id, held.location, held.milli)
        .where(held.organisation_id == actor.organisation_id, held.order_id.in_(sorted(set(order_ids))))
        .order_by(held.order_id, held.part_id, held.location)
    )
    return [Held(*row) for row in session.execute(statement)]


def parts_by_id(session: Session, actor: Actor, part_ids: Iterable[str]) -> dict[str, Part]:
    """These parts."""
    wanted = sorted(set(part_ids))
    statement = select(Part).where(Part.organisation_id == actor.organisation_id, Part.id.in_(wanted))
    return {part.id: part for part in session.execute(statement).scalars()} if wanted else {}


def quantity_of(milli: int) -> int | float:
    """Thousandths as people count: whole where they are whole."""
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def _is_of(key: InstrumentedAttribute[str], kind: str) -> ColumnElement[bool]:
    """By ranges that an index answers: `van` itself, and everything from `van:` on."""
    return or_(key == kind, (key >= f"{kind}:") & (key < f"{kind};"))

"""Which pieces of an order's parts are known by their serial numbers to lie near whoever takes them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.services import Part
from mendloop.order_parts.sheet import PartsSheet
from mendloop.order_parts.taking import near_places
from mendloop.work_orders.access import WorkOrder

MOST_PIECES = 200
"""So many pieces of a part are told to a phone; it asks for any other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One of a part lies there under this serial number."""

    number: str
    serial: str
    location: str


def pieces_near(session: Session, actor: Actor, order: WorkOrder, sheet: PartsSheet) -> list[Piece]:
    """What may be taken for the order by its serial number, of what is planned and what stands in; nearest first."""
    meant = {part.id: part for line in sheet.lines if line.planned for part in (line.part, *line.stand_ins) if part}
    tracked = [part for part in meant.values() if part.serial_tracked]
    if order.status != "open" or not tracked:
        return []
    where = near_places(session, actor, order, tracked)
    known = inventory.serials_by_place(session, actor, meant, {place for some in where.values() for place in some})
    return [piece for part in tracked for piece in _pieces(part, where[part.number], known)]


def _pieces(part: Part, places: Sequence[str], known: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[Piece]:
    found = ((serial, place) for place in places for serial in known.get((part.id, place), ()))
    for (serial, place), _ in zip(found, range(MOST_PIECES), strict=False):
        yield Piece(part.number, serial, place)

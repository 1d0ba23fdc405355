"""What other features may ask of stock. What the field says it used is a fact: where stock disagrees, both are kept."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id
from mendloop.inventory import desk, rows
from mendloop.inventory.balances import (
    OrderAct,
    OrderEntry,
    OrderPart,
    StockLine,
    count_movements,
    locations,
    order_cost,
    order_entries,
    order_parts,
    stock_lines,
    stock_of_part,
    unsettled,
)
from mendloop.inventory.desk import Portion
from mendloop.inventory.discrepancies import (
    count_of_order,
    open_discrepancies,
    raise_discrepancy,
    settle_discrepancy,
)
from mendloop.inventory.estimates import doubtful_costs
from mendloop.inventory.field_facts import PartFact, Scene, in_own_unit, kept_fact, milli_in_own_unit, places_of
from mendloop.inventory.locations import WAREHOUSE
from mendloop.inventory.models import Part
from mendloop.inventory.reserving import lock_parts, release_order, release_part, reserve_part
from mendloop.inventory.spelling import folded
from mendloop.inventory.told_again import book_told
from mendloop.inventory.undoing import acts_of_order as order_acts
from mendloop.inventory.whereabouts import (
    Held,
    held_for_orders,
    parts_by_id,
    parts_with_serial,
    places_of_kind,
    quantity_of,
    serial_place,
    serials_by_place,
    shelves_of,
    spelled_serial,
    stocked_with_serial,
)
from mendloop.problems import BadRequest, Conflict, Problem, Refusal

__all__ = [
    "Held",
    "OrderAct",
    "OrderEntry",
    "OrderPart",
    "Part",
    "PartFact",
    "Portion",
    "Shortage",
    "StockLine",
    "book_parts",
    "count_movements",
    "count_of_order",
    "create_part",
    "doubtful_costs",
    "find_pieces",
    "held_for_orders",
    "list_parts",
    "locations",
    "lock_parts",
    "milli_in_own_unit",
    "move_stock",
    "open_discrepancies",
    "order_acts",
    "order_cost",
    "order_entries",
    "order_parts",
    "parts_by_id",
    "parts_by_number",
    "parts_with_serial",
    "places_of_kind",
    "quantity_of",
    "receive_stock",
    "release_order",
    "release_part",
    "reserve_part",
    "serial_place",
    "serials_by_place",
    "settle_discrepancy",
    "shelves_of",
    "spelled_serial",
    "stock_lines",
    "stock_of_part",
    "stocked_with_serial",
    "thousandths",
    "unsettled",
]

MILLI = 1000
MOST_PARTS = 50
LONGEST_QUERY = 200
COSTINGS = ("average", "fifo")


@dataclass(frozen=True, slots=True)
class Shortage:
    """A part that was used although stock knew nothing of it."""

    number: str
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
    costing: str = "average",
    packs: Mapping[str, float] | None = None,
) -> Part:
    """Enter a part under a number that no other part has."""
    if not number.strip():
        raise Refusal(Problem("part.number_missing", at="/number"))
    if costing not in COSTINGS:
        raise Refusal(Problem("part.costing_unknown", at="/costing"))
    known = _by_number(session, actor, number)
    if known is not None and known.known:
        raise Conflict(Problem("part.number_taken", at="/number", params={"number": number}))
    part = known or Part(organisation_id=actor.organisation_id, id=new_id(), number=number.strip())
    part.number, part.name, part.unit, part.known = number.strip(), dict(name), unit, True
    part.fits, part.serial_tracked = list(fits), serial_tracked
    part.packs = dict(packs or {})
    part.costing = part.costing if known else costing
    session.add(part)
    session.flush()
    return part


def receive_stock(
    session: Session, actor: Actor, part: Part, quantity: float, location: str = WAREHOUSE, *, value: int = 0
) -> None:
    """Take in what a supplier delivered; `value` is what all of it cost, in minor units."""
    desk.receive(session, actor, Portion(part, thousandths(quantity)), value, location)


def move_stock(session: Session, actor: Actor, part: Part, quantity: float, source: str, target: str) -> None:
    """Move parts between two locations; refused when the source does not hold them."""
    desk.move(session, actor, [Portion(part, thousandths(quantity))], source, target)


def book_parts(
    session: Session, actor: Actor, by: str, order_id: str, visit: str, at: dt.datetime, facts: Sequence[PartFact]
) -> list[Shortage]:
    """Book what a completed step used, gave back, took out or recycled. Never refuses; answers what stock denied."""
    scene = Scene(order_id, visit, at, by)
    found = [_by_number(session, actor, fact.number) or _unknown_part(session, actor, fact.number) for fact in facts]
    known = [(part, _as_known(session, actor, part, fact)) for part, fact in zip(found, facts, strict=True)]
    rows.add_places(session, actor.organisation_id, places_of(scene, {fact.action for fact in facts}))
    shortages = []
    for part, fact in sorted(known, key=lambda each: each[0].id):
        denied = book_told(session, actor, scene, part, fact)
        if denied is not None:
            raise_discrepancy(session, actor, scene, part, fact, denied)
            shortages.append(Shortage(fact.number, denied.milli))
    return shortages


def _as_known(session: Session, actor: Actor, part: Part, fact: PartFact) -> PartFact:
    """As stock can keep it, in the part's own unit, with the serial number as it is known."""
    kept = in_own_unit(kept_fact(fact), part)
    return replace(kept, serial=spelled_serial(session, actor, part.id, kept.serial)) if kept.serial else kept


def thousandths(quantity: float) -> int:
    """A quantity as whole thousandths of its unit; at least one, for what is counted is not nothing."""
    return max(1, round(quantity * MILLI))


def list_parts(session: Session, actor: Actor) -> list[Part]:
    """All parts in the order of their numbers."""
    statement = select(Part).where(Part.organisation_id == actor.organisation_id).order_by(Part.number)
    return list(session.execute(statement).scalars())


def find_pieces(session: Session, actor: Actor, query: str) -> list[tuple[Part, str | None]]:
    """First the parts of which a piece in stock has just this serial number, each with that; then those whose number or
    name contains the query, in the order of their numbers. Refused when it is too long."""
    if len(query) > LONGEST_QUERY:
        raise BadRequest(Problem("part.query_too_long", at="/query", params={"limit": LONGEST_QUERY}))
    wanted = query.strip().casefold()
    pieces = stocked_with_serial(session, actor, query) if wanted else []
    told = {part.id for part, _ in pieces}
    alike = (
        (part, None)
        for part in list_parts(session, actor)
        if part.id not in told and wanted in " ".join([part.number, *part.name.values()]).casefold()
    )
    return [*islice(chain(pieces, alike), MOST_PARTS)]


def parts_by_number(session: Session, actor: Actor, numbers: Iterable[str]) -> dict[str, Part]:
    """The parts with these numbers as they are written here, in whatever letters, as far as they are known."""
    wanted = {number: number.strip() for number in numbers}
    meant = or_(
        Part.number.in_(sorted(set(wanted.values()))),
        Part.number_key.in_(sorted({folded(number) for number in wanted.values()})),
    )
    statement = select(Part).where(Part.organisation_id == actor.organisation_id, meant)
    found = list(session.execute(statement).scalars()) if wanted else []
    exact, alike = ({getattr(part, name): part for part in found} for name in ("number", "number_key"))
    parts = {asked: exact.get(number) or alike.get(folded(number)) for asked, number in wanted.items()}
    return {asked: part for asked, part in parts.items() if part is not None}


def _by_number(session: Session, actor: Actor, number: str) -> Part | None:
    return parts_by_number(session, actor, [number]).get(number)


def _unknown_part(session: Session, actor: Actor, number: str) -> Part:
    part = Part(
        organisation_id=actor.organisation_id, id=new_id(), number=number.strip(), name={"en": number}, known=False
    )
    session.add(part)
    session.flush()
    return part

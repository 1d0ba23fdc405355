"""What somebody does with parts on purpose, at a desk or a van. What is not there is refused, with what there is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mendloop_engine.json_values import JsonObject
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory import rows
from mendloop.inventory.ledger import Act, Line, NotThere, Posted, post
from mendloop.inventory.locations import (
    ADJUSTMENT,
    CUSTOMER,
    DISCREPANCY,
    OLD,
    RECYCLING,
    SCRAP,
    SUPPLIER,
    WAREHOUSE,
    kind_of,
    order_location,
    transit_of,
)
from mendloop.inventory.models import Part
from mendloop.inventory.rows import PartKey
from mendloop.inventory.whereabouts import quantity_of
from mendloop.problems import Conflict, Problem, Refusal


@dataclass(frozen=True, slots=True)
class Portion:
    """So much of a part, or the one with this serial number."""

    part: Part
    milli: int
    serial: str | None = None
    lot: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes with a movement: the asker's key, when it was, and what there is to say about it."""

    key: str = ""
    at: dt.datetime | None = None
    reason: str | None = None
    note: str | None = None

    def act(self, action: str, order_id: str | None = None, visit: str | None = None) -> Act:
        """The act that it goes with."""
        return Act(action, self.at or utc_now(), self.key, order_id, visit, self.reason, self.note)


NO_SLIP = Slip()


def receive(
    session: Session, actor: Actor, portion: Portion, value: int, place: str = WAREHOUSE, slip: Slip = NO_SLIP
) -> Posted:
    """A supplier delivered it; `value` is what all of it cost, in minor units."""
    if value < 0:
        raise Refusal(Problem("stock.value_negative", at="/value"))
    line = replace(_line(portion, SUPPLIER, place), value=value)
    return _post(session, actor, slip.act("received"), [line], [portion])


def move(
    session: Session, actor: Actor, portions: Sequence[Portion], source: str, target: str, slip: Slip = NO_SLIP
) -> Posted:
    """From one of our places to another, at once."""
    lines = [_line(portion, source, target) for portion in portions]
    return _post(session, actor, slip.act(_MOVES.get(kind_of(target), "moved")), lines, portions)


def send(
    session: Session, actor: Actor, portions: Sequence[Portion], source: str, transfer_id: str, slip: Slip = NO_SLIP
) -> Posted:
    """The first half of a transfer: it has left, and nobody has it yet."""
    lines = [_line(portion, source, transit_of(transfer_id)) for portion in portions]
    return _post(session, actor, slip.act("sent"), lines, portions)


def arrive(
    session: Session, actor: Actor, portions: Sequence[Portion], transfer_id: str, target: str, slip: Slip = NO_SLIP
) -> Posted:
    """The second half: it has come."""
    lines = [_line(portion, transit_of(transfer_id), target) for portion in portions]
    return _post(session, actor, slip.act("arrived"), lines, portions)


def lost_on_the_way(
    session: Session, actor: Actor, portions: Sequence[Portion], transfer_id: str, slip: Slip
) -> Posted:
    """What was sent and never came."""
    lines = [_line(portion, transit_of(transfer_id), DISCREPANCY) for portion in portions]
    return _post(session, actor, slip.act("lost"), lines, portions)


def issue(
    session: Session, actor: Actor, order_id: str, portions: Sequence[Portion], source: str, slip: Slip = NO_SLIP
) -> Posted:
    """Hand parts out to a work order; what is held for it there is used up first."""
    lines = [_line(portion, source, order_location(order_id)) for portion in portions]
    return _post(session, actor, slip.act("issued", order_id), lines, portions)


def use(
    session: Session,
    actor: Actor,
    order_id: str,
    portions: Sequence[Portion],
    visit: str | None = None,
    slip: Slip = NO_SLIP,
) -> Posted:
    """Issued parts were built in."""
    lines = [_line(portion, order_location(order_id), CUSTOMER) for portion in portions]
    return _post(session, actor, slip.act("used", order_id, visit), lines, portions)


def give_back(
    session: Session, actor: Actor, order_id: str, portions: Sequence[Portion], target: str, slip: Slip = NO_SLIP
) -> Posted:
    """Issued parts were not needed: they go back to a shelf, for what they left it with."""
    lines = [_line(portion, order_location(order_id), target) for portion in portions]
    return _post(session, actor, slip.act("returned", order_id), lines, portions)


def write_off(session: Session, actor: Actor, order_id: str, portions: Sequence[Portion], slip: Slip) -> Posted:
    """Issued parts are neither built in nor back, for a reason; the order bears what they cost."""
    if not slip.reason:
        raise Refusal(Problem("stock.reason_missing", at="/reason"))
    lines = [_line(portion, order_location(order_id), SCRAP) for portion in portions]
    return _post(session, actor, slip.act("explained", order_id), lines, portions)


def adjust(session: Session, actor: Actor, portion: Portion, place: str, more: bool, slip: Slip) -> Posted:
    """The shelf holds more, or less, than stock says; always for a reason."""
    if not slip.reason:
        raise Refusal(Problem("stock.reason_missing", at="/reason"))
    source, target = (ADJUSTMENT, place) if more else (place, ADJUSTMENT)
    return _post(session, actor, slip.act("adjusted"), [_line(portion, source, target)], [portion])


_MOVES = {kind: "scrapped" if kind == SCRAP else "recycled" if kind == RECYCLING else "moved" for kind in OLD}


def _line(portion: Portion, source: str, target: str) -> Line:
    if portion.milli <= 0:
        raise Refusal(Problem("stock.quantity_not_positive", at="/quantity"))
    return Line(portion.part.id, portion.milli, source, target, None, portion.serial, portion.lot, portion.unit)


def _post(session: Session, actor: Actor, act: Act, lines: Sequence[Line], portions: Iterable[Portion]) -> Posted:
    try:
        return post(session, actor, act, lines)
    except NotThere as error:
        part = next(portion.part for portion in portions if portion.part.id == error.line.part_id)
        raise Conflict(_told(session, actor, part, act, error.line)) from error


def _told(session: Session, actor: Actor, part: Part, act: Act, line: Line) -> Problem:
    key = PartKey(actor.organisation_id, part.id)
    held = rows.held_for(session, key, act.order_id, line.source) if act.order_id else 0
    there = rows.available(session, key, line.source) + held
    params: JsonObject = {
        "part": part.number,
        "quantity": quantity_of(line.milli),
        "available": quantity_of(there),
        "location": line.source,
    }
    if line.serial is None:
        return Problem("stock.not_there", params=params)
    found = rows.serial(session, key, line.serial)
    at = found.location if found is not None else ""
    return Problem("stock.serial_not_there", params={**params, "serial": line.serial, "found": at})

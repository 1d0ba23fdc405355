"""Taking back that a part was built in: it comes out of the machine again, to its order, for what it was used for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows
from mendloop.inventory.balances import OrderAct, order_acts, order_entries
from mendloop.inventory.layers import share
from mendloop.inventory.ledger import Act, Line, post
from mendloop.inventory.locations import CUSTOMER, is_outside, order_location
from mendloop.inventory.models import Part, StockEntry, StockMovement, StockSerial
from mendloop.inventory.rows import PartKey

UNUSED = "unused"
"""The action of such a movement."""
TOLD_AGAIN = "told_again"
"""Why a use is taken back that a step says once more; `stock_reason.*` are the words."""

Booked = tuple[StockEntry, StockMovement, Part]


@dataclass(frozen=True, slots=True)
class Use:
    """So much of a part that an order has built in and not taken back, for `value`.

    `visit` is the step that said so; None where it was said on the order's own sheet. `layer` is the one at the order
    that it was taken from.
    """

    milli: int
    value: int
    visit: str | None
    serial: str | None
    lot: str | None
    layer: int | None

    def cut(self, milli: int) -> "Use":
        """So much of it, with its share of the value."""
        return replace(self, milli=milli, value=self.value - share(self.value, self.milli - milli, self.milli))


def uses_of(session: Session, actor: Actor, order_id: str, part_id: str) -> list[Use]:
    """What the order has built in of the part, the oldest first; nobody else moves the part meanwhile.

    One with a serial number that has gone on since, for another order, is not to be had any more.
    """
    part = PartKey(actor.organisation_id, part_id)
    rows.lock_part(session, part)
    found = uses_by_part(order_id, order_entries(session, actor, order_id)).get(part_id, [])
    return [use for use in found if use.serial is None or _is_built_in(session, part, use.serial)]


def uses_by_part(order_id: str, booked: Iterable[Booked]) -> dict[str, list[Use]]:
    """By the parts' ids: what the order has built in and not taken back, of all that was booked for it."""
    here, found = order_location(order_id), dict[str, list[Use]]()
    for entry, movement, _ in sorted(booked, key=lambda each: each[0].sequence):
        uses, way = found.setdefault(entry.part_id, []), (entry.from_location, entry.to_location)
        if way == (here, CUSTOMER):
            uses.append(Use(entry.milli, entry.value, movement.visit, entry.serial, entry.lot, entry.from_layer))
        elif way == (CUSTOMER, here):
            found[entry.part_id] = _without(uses, entry, movement.visit)
    return found


def latest(uses: Sequence[Use], milli: int) -> list[Use]:
    """As much of them as `milli`, the latest first. What has a serial number is taken whole or not at all."""
    found: list[Use] = []
    for use in _whole(uses)[::-1]:
        if use.serial is None or use.milli <= milli:
            found += [use.cut(min(milli, use.milli))] if milli else []
            milli -= min(milli, use.milli)
    return found


def take_back(session: Session, actor: Actor, part_id: str, uses: Iterable[Use], act: Act) -> None:
    """These uses did not happen after all: the parts lie at the order again, as old as they were.

    A movement for each step that had said so, so that what the step cost is less by it.
    """
    pieces = list(uses)
    here = order_location(act.order_id or "")
    for number, visit in enumerate(dict.fromkeys(use.visit for use in pieces)):
        lines = [
            replace(_line(part_id, use, here), since=_age(session, actor, part_id, use))
            for use in pieces
            if use.visit == visit
        ]
        post(session, actor, replace(act, visit=visit, key=f"{act.key}:{number}" if act.key else ""), lines)


def acts_of_order(session: Session, actor: Actor, order_id: str) -> list[OrderAct]:
    """What was done with parts for a work order, act by act. What was told twice is the act of the step."""
    found: list[OrderAct] = []
    for act in order_acts(session, actor, order_id):
        if act.movement.reason == TOLD_AGAIN:
            found = _told_once(found, act)
        else:
            found.append(act)
    return found


def serials_at(session: Session, actor: Actor, part_id: str, place: str) -> list[str]:
    """The serial numbers of a part that are known to be at a place, in the order in which they came."""
    statement = (
        select(StockSerial.serial)
        .where(
            StockSerial.organisation_id == actor.organisation_id,
            StockSerial.part_id == part_id,
            StockSerial.location == place,
        )
        .order_by(StockSerial.sequence, StockSerial.serial)
    )
    return list(session.execute(statement).scalars())


def _without(uses: Sequence[Use], back: StockEntry, visit: str | None) -> list[Use]:
    """What is left when so much of what this step had used came back, the latest first."""
    milli, value, found = back.milli, back.value, list[Use]()
    for use in reversed(uses):
        less = min(milli, use.milli) if (use.visit, use.serial) == (visit, back.serial) else 0
        cost = value if less == milli else use.cut(less).value
        milli, value = milli - less, value - (cost if less else 0)
        found.append(replace(use, milli=use.milli - less, value=use.value - cost) if less else use)
    return [use for use in reversed(found) if use.milli]


def _line(part_id: str, use: Use, here: str) -> Line:
    return Line(part_id, use.milli, CUSTOMER, here, use.value, use.serial, use.lot)


def _told_once(acts: Sequence[OrderAct], back: OrderAct) -> list[OrderAct]:
    """Less what was taken back of them, the latest first."""
    milli, value, found = back.milli, back.value, list[OrderAct]()
    for act in reversed(acts):
        is_this = act.target == CUSTOMER and (act.part.id, act.movement.visit) == (back.part.id, back.movement.visit)
        less = min(milli, act.milli) if is_this else 0
        cost = min(value, act.value) if less == act.milli else share(act.value, less, act.milli)
        milli, value = milli - less, value - cost
        found.append(replace(act, milli=act.milli - less, value=act.value - cost) if less else act)
    return [act for act in reversed(found) if act.milli]


def _is_built_in(session: Session, part: PartKey, serial: str) -> bool:
    found = rows.serial(session, part, serial)
    return found is not None and found.location == CUSTOMER


def _whole(uses: Sequence[Use]) -> list[Use]:
    """One piece for each serial number, however many cost layers it had come from."""
    found: dict[object, Use] = {}
    for number, use in enumerate(uses):
        known = found.get(use.serial or number)
        together = (known.milli + use.milli, known.value + use.value) if known is not None else (use.milli, use.value)
        found[use.serial or number] = replace(use, milli=together[0], value=together[1])
    return list(found.values())


def _age(session: Session, actor: Actor, part_id: str, use: Use) -> int | None:
    """Since which entry of the part it is ours: the one that brought it in, before it went from place to place."""
    layer, age = use.layer, None
    while layer:
        entry = session.execute(
            select(StockEntry).where(
                StockEntry.organisation_id == actor.organisation_id,
                StockEntry.part_id == part_id,
                StockEntry.sequence == layer,
            )
        ).scalar_one()
        age = entry.sequence
        if is_outside(entry.from_location):
            return entry.from_layer or age
        layer = entry.from_layer
    return age

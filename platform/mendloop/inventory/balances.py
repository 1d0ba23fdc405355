"""Asking what is where, and what an order has taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.layers import share
from mendloop.inventory.locations import CUSTOMER, DISCREPANCY, SCRAP, kind_of, order_location
from mendloop.inventory.models import Location, Part, StockBalance, StockEntry, StockMovement

IS_THERE = StockBalance.milli != literal_column("0")
"""Written out, so that SQLite sees that its index of what is somewhere will do: most balances are orders' of long ago,
and nothing."""

OrderEntry: TypeAlias = tuple[StockEntry, StockMovement, Part]
ASKED_AT_ONCE = 500
"""Orders that one statement names."""


@dataclass(frozen=True, slots=True)
class StockLine:
    """How much of a part is where, what it is worth, and how much of it is held for orders."""

    part: Part
    location: str
    milli: int
    value: int = 0
    reserved: int = 0


@dataclass(frozen=True, slots=True)
class OrderPart:
    """What became of a part that an order took: `issued` is `used`, `returned`, `explained`, or `open` still.

    `cost` is what the order bears for it, in minor units. `unplanned` came from nowhere that stock knew.
    """

    part: Part
    issued: int
    used: int
    returned: int
    explained: int
    open: int
    cost: int
    unplanned: int


@dataclass(frozen=True, slots=True)
class OrderAct:
    """One movement of one part for an order. `sources` are where it came from before it passed through the order."""

    movement: StockMovement
    part: Part
    milli: int
    value: int
    sources: tuple[str, ...]
    target: str
    serial: str | None
    lot: str | None


def stock_lines(session: Session, actor: Actor) -> list[StockLine]:
    """All balances that are not zero, by part and location."""
    return _lines(session, actor)


def stock_of_part(session: Session, actor: Actor, part_id: str) -> list[StockLine]:
    """Where a part is, by location."""
    return _lines(session, actor, StockBalance.part_id == part_id)


def _lines(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> list[StockLine]:
    statement = (
        select(Part, StockBalance.location, StockBalance.milli, StockBalance.value, StockBalance.reserved)
        .join(
            StockBalance,
            (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id),
        )
        .where(Part.organisation_id == actor.organisation_id, IS_THERE, *conditions)
        .order_by(Part.number, StockBalance.location)
    )
    return [StockLine(*row) for row in session.execute(statement)]


def order_entries(session: Session, actor: Actor, order_id: str) -> list[OrderEntry]:
    """Everything that moved for a work order, in the order it was booked."""
    statement = (
        select(StockEntry, StockMovement, Part)
        .join(
            StockMovement,
            (StockMovement.organisation_id == StockEntry.organisation_id)
            & (StockMovement.id == StockEntry.movement_id),
        )
        .join(Part, (Part.organisation_id == StockEntry.organisation_id) & (Part.id == StockEntry.part_id))
        .where(StockEntry.organisation_id == actor.organisation_id, StockEntry.order_id == order_id)
        .order_by(StockMovement.booked_at, StockMovement.id, Part.number, StockEntry.sequence)
    )
    return [(entry, movement, part) for entry, movement, part in session.execute(statement)]


def count_movements(session: Session, actor: Actor, order_ids: Sequence[str]) -> dict[str, int]:
    """How many movements each of these orders had; those without any are left out."""
    found: dict[str, int] = {}
    for first in range(0, len(order_ids), ASKED_AT_ONCE):
        statement = select(StockEntry.order_id, func.count(StockEntry.movement_id.distinct())).where(
            StockEntry.organisation_id == actor.organisation_id,
            StockEntry.order_id.in_(order_ids[first : first + ASKED_AT_ONCE]),
        )
        found |= {order_id or "": count for order_id, count in session.execute(statement.group_by(StockEntry.order_id))}
    return found


def order_acts(session: Session, actor: Actor, order_id: str) -> list[OrderAct]:
    """What was done with parts for a work order, act by act."""
    found: dict[tuple[str, str], tuple[StockMovement, Part, list[StockEntry]]] = {}
    for entry, movement, part in order_entries(session, actor, order_id):
        found.setdefault((movement.id, part.id), (movement, part, []))[2].append(entry)
    return [_act(*each, order_location(order_id)) for each in found.values()]


def order_parts(session: Session, actor: Actor, order_id: str) -> list[OrderPart]:
    """What an order took of each part, and what became of it, in the order of their numbers."""
    found: dict[str, tuple[Part, list[StockEntry]]] = {}
    for entry, _, part in order_entries(session, actor, order_id):
        found.setdefault(part.id, (part, []))[1].append(entry)
    return [
        _order_part(part, entries, order_id) for part, entries in sorted(found.values(), key=lambda it: it[0].number)
    ]


def order_cost(session: Session, actor: Actor, order_id: str) -> int:
    """What an order's parts have cost, in minor units: what went out of it for good, less what came back."""
    return sum(part.cost for part in order_parts(session, actor, order_id))


def unsettled(session: Session, actor: Actor, order_id: str) -> list[StockLine]:
    """What was issued to an order and is neither used nor back nor explained. Nothing, once it may be closed."""
    balance = StockBalance
    at_order = (balance.organisation_id == actor.organisation_id, balance.location == order_location(order_id))
    statement = select(balance.part_id, balance.location, balance.milli, balance.value, balance.reserved)
    found = session.execute(statement.where(*at_order, IS_THERE)).all()
    # The parts apart: joined, SQLite would rather go through all parts than through what lies at the order.
    ids = [row.part_id for row in found]
    wanted = select(Part).where(Part.organisation_id == actor.organisation_id, Part.id.in_(ids))
    parts = {part.id: part for part in session.execute(wanted).scalars()} if found else {}
    lines = [StockLine(parts[row.part_id], row.location, row.milli, row.value, row.reserved) for row in found]
    return sorted(lines, key=lambda line: line.part.number)


def locations(session: Session, actor: Actor) -> list[Location]:
    """All places where parts have ever been."""
    statement = select(Location).where(Location.organisation_id == actor.organisation_id).order_by(Location.key)
    return list(session.execute(statement).scalars())


def _act(movement: StockMovement, part: Part, entries: list[StockEntry], here: str) -> OrderAct:
    """Parts that come to the order and leave it in the same movement only pass through it."""
    last = [entry for entry in entries if entry.to_location != here] or entries
    first = [entry for entry in entries if entry.from_location != here]
    return OrderAct(
        movement,
        part,
        sum(entry.milli for entry in last),
        sum(entry.value for entry in last),
        tuple(dict.fromkeys(entry.from_location for entry in first)) or (here,),
        last[-1].to_location,
        last[-1].serial,
        last[-1].lot,
    )


def _order_part(part: Part, entries: Iterable[StockEntry], order_id: str) -> OrderPart:
    here = order_location(order_id)
    sums = dict.fromkeys(("issued", "used", "returned", "explained", "unplanned", "cost"), 0)
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        if entry.to_location == here:
            undone = _undo(sums, entry)
            sums["issued"] += entry.milli - undone
            sums["unplanned"] += entry.milli if entry.from_location == DISCREPANCY else 0
        elif entry.from_location == here:
            sums[_LEAVING.get(kind_of(entry.to_location), "returned")] += entry.milli
            sums["cost"] += entry.value if kind_of(entry.to_location) in _LEAVING else 0
    left = sums["used"] + sums["returned"] + sums["explained"]
    return OrderPart(part, open=sums["issued"] - left, **sums)


def _undo(sums: dict[str, int], entry: StockEntry) -> int:
    """What comes back to the order from where it had gone for good had not gone; more than that is issued anew."""
    became = _LEAVING.get(kind_of(entry.from_location))
    undone = min(entry.milli, sums[became]) if became else 0
    if became and undone:
        sums[became] -= undone
        sums["cost"] -= share(entry.value, undone, entry.milli)
    return undone


_LEAVING = {CUSTOMER: "used", SCRAP: "explained"}
"""What leaves an order for good. Anywhere else it has come back."""

"""What every balance must be by the entries alone. Made again from them, it is what is kept, byte for byte."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Any

from mendloop_engine.canonical import canonical
from sqlalchemy import Table, delete, insert, select, text
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.layers import POOL, Layer, joined, without
from mendloop.inventory.locations import SUPPLIER, is_outside
from mendloop.inventory.models import StockEntry, StockMovement
from mendloop.inventory.receipts import TAKEN_BACK, undone
from mendloop.inventory.rows import BALANCES, LAYERS, RESERVATIONS, SERIALS, STOCKS
from mendloop.inventory.spelling import folded

Row = dict[str, Any]
_LOCK = text("LOCK TABLE part_stocks IN EXCLUSIVE MODE")  # whoever moves a part writes its row there first
PROJECTED: tuple[Table, ...] = (BALANCES, LAYERS, SERIALS, STOCKS)


class _Fold:
    """All that follows from the entries, taken in one after the other in the order they were booked."""

    def __init__(self, undone: Mapping[str, str]) -> None:
        """`undone`: the movements that take others back, each with the one that it takes back."""
        self._undone = undone
        self._receipts: dict[str, dict[str, tuple[int, int]]] = {}
        self.balances: dict[tuple[str, str], list[int]] = {}
        self.layers: dict[tuple[str, str, int], Layer] = {}
        self.serials: dict[tuple[str, str], tuple[str, str | None, int]] = {}
        self.stocks: dict[str, list[int]] = {}

    def take_in(self, entry: StockEntry) -> None:
        """One entry."""
        part = entry.part_id
        since = self._leave(entry)
        self._arrive(entry, since)
        for place, sign in ((entry.from_location, -1), (entry.to_location, 1)):
            balance = self.balances.setdefault((part, place), [0, 0])
            balance[0] += sign * entry.milli
            balance[1] += sign * entry.value
        self.stocks[part] = [entry.sequence, *self._last_cost(entry)]
        if entry.serial is not None:
            self.serials[part, entry.serial] = (entry.to_location, entry.order_id, entry.sequence)

    def _last_cost(self, entry: StockEntry) -> tuple[int, int]:
        """By the latest receipt that nobody has taken back so far."""
        receipts = self._receipts.setdefault(entry.part_id, {})
        if entry.movement_id in self._undone:
            receipts.pop(self._undone[entry.movement_id], None)
        elif entry.from_location == SUPPLIER:
            receipts[entry.movement_id] = (entry.milli, entry.value)
        return next(reversed(receipts.values()), (0, 0))

    def _leave(self, entry: StockEntry) -> int:
        if entry.from_layer is None:
            return entry.sequence
        if is_outside(entry.from_location):
            return entry.from_layer
        key = (entry.part_id, entry.from_location, entry.from_layer)
        layer = self.layers[key]
        rest = without(layer, entry.milli, entry.value)
        if rest.milli:
            self.layers[key] = rest
        else:
            del self.layers[key]
        return layer.since or entry.sequence

    def _arrive(self, entry: StockEntry, since: int) -> None:
        if entry.to_layer is None:
            return
        key = (entry.part_id, entry.to_location, entry.to_layer)
        if entry.to_layer == POOL:
            self.layers[key] = joined(self.layers.get(key), entry.milli, entry.value)
        else:
            self.layers[key] = Layer(entry.to_layer, since, entry.milli, entry.value, entry.milli)


def rebuilt(session: Session, actor: Actor, part_ids: Sequence[str] | None = None) -> dict[str, list[Row]]:
    """The rows of each projected table, by the entries and by what is held for orders; of all parts, or of some."""
    fold = _Fold(_undone(session, actor))
    for entry in _entries(session, actor, part_ids):
        fold.take_in(entry)
    reserved = _reserved(session, actor)
    own = {"organisation_id": actor.organisation_id}
    return {
        "stock_balances": [
            own
            | {
                "part_id": part,
                "location": place,
                "milli": milli,
                "value": value,
                "reserved": reserved.get((part, place), 0),
            }
            for (part, place), (milli, value) in sorted(fold.balances.items())
        ],
        "cost_layers": [
            own | {"part_id": part, "location": place} | asdict(layer)
            for (part, place, _), layer in sorted(fold.layers.items(), key=lambda item: item[0])
        ],
        "stock_serials": [
            own
            | {"part_id": part, "serial": serial, "serial_key": folded(serial)}
            | {"location": place, "order_id": order, "sequence": sequence}
            for (part, serial), (place, order, sequence) in sorted(fold.serials.items())
        ],
        "part_stocks": [
            own | {"part_id": part, "last_sequence": last, "last_milli": milli, "last_value": value}
            for part, (last, milli, value) in sorted(fold.stocks.items())
        ],
    }


def live(session: Session, actor: Actor, part_ids: Sequence[str] | None = None) -> dict[str, list[Row]]:
    """The rows that are kept, of all parts or some. Places and parts where nothing has been yet do not count."""
    found: dict[str, list[Row]] = {}
    for table in PROJECTED:
        keys = [column.name for column in table.primary_key]
        statement = select(table).where(table.c.organisation_id == actor.organisation_id)
        if part_ids is not None:
            statement = statement.where(table.c.part_id.in_(part_ids))
        kept = [dict(row) for row in session.execute(statement).mappings()]
        found[table.name] = sorted(kept, key=itemgetter(*keys))
    found["part_stocks"] = [row for row in found["part_stocks"] if row["last_sequence"]]
    return found


def as_bytes(tables: dict[str, list[Row]]) -> bytes:
    """To compare."""
    return canonical(tables)


def rebuild(session: Session, actor: Actor) -> None:
    """Throw away what is kept, and make it again; in a write transaction, while nobody else moves anything."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK)
    made = rebuilt(session, actor)
    for table in PROJECTED:
        session.execute(delete(table).where(table.c.organisation_id == actor.organisation_id))
        if made[table.name]:
            session.execute(insert(table), made[table.name])


def _entries(session: Session, actor: Actor, part_ids: Sequence[str] | None) -> Iterator[StockEntry]:
    statement = (
        select(StockEntry)
        .where(StockEntry.organisation_id == actor.organisation_id)
        .order_by(StockEntry.part_id, StockEntry.sequence)
        .execution_options(yield_per=1000)
    )
    if part_ids is not None:
        statement = statement.where(StockEntry.part_id.in_(part_ids))
    yield from session.execute(statement).scalars()


def _undone(session: Session, actor: Actor) -> dict[str, str]:
    statement = select(StockMovement).where(
        StockMovement.organisation_id == actor.organisation_id, StockMovement.action == TAKEN_BACK
    )
    return {movement.id: undone(movement) for movement in session.execute(statement).scalars()}


def _reserved(session: Session, actor: Actor) -> dict[tuple[str, str], int]:
    statement = select(RESERVATIONS.c.part_id, RESERVATIONS.c.location, RESERVATIONS.c.milli)
    found: dict[tuple[str, str], int] = {}
    for part, place, milli in session.execute(statement.where(RESERVATIONS.c.organisation_id == actor.organisation_id)):
        found[part, place] = found.get((part, place), 0) + milli
    return found

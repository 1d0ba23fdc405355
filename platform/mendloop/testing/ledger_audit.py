"""What must be true of a stock ledger at every moment, looked at from outside: by its rows, not by its code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.layers import share
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.inventory.services import order_parts

OUTSIDE = {"supplier", "customer", "discrepancy", "adjustment"}
_FOR_GOOD = {"customer", "scrap"}
_WAY = ("movement_id", "part_id", "serial", "from_location", "to_location")
Row = dict[str, Any]
Place = tuple[str, str]


def audit(session: Session, actor: Actor) -> list[str]:
    """Everything that is wrong with an organisation's stock; nothing, whatever happened to it."""
    kept = live(session, actor)
    entries = rows_of(session, actor, "stock_entries", "part_id, sequence")
    faults = [] if as_bytes(kept) == as_bytes(rebuilt(session, actor)) else ["what is kept is not what the entries say"]
    return [
        *faults,
        *_unbalanced(kept["stock_balances"], entries),
        *_worth(kept["stock_balances"], kept["cost_layers"]),
        *_held(kept["stock_balances"], rows_of(session, actor, "stock_reservations")),
        *_serials(kept["stock_balances"], kept["stock_serials"], entries),
        *_numbered(entries),
        *_movements(rows_of(session, actor, "stock_movements"), entries),
        *_orders(session, actor, kept["stock_balances"], entries),
    ]


def rows_of(session: Session, actor: Actor, table: str, order: str = "1") -> list[Row]:
    """The organisation's rows, as they are in the table."""
    statement = text(f"SELECT * FROM {table} WHERE organisation_id = :own ORDER BY {order}")  # noqa: S608 - our names
    found = session.connection().execute(statement, {"own": actor.organisation_id})
    return [dict(row) for row in found.mappings()]


def _unbalanced(balances: Iterable[Row], entries: Iterable[Row]) -> Iterator[str]:
    """Quantity and value: as much as one place has more, another has less; no place of ours has less than nothing."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in balances:
        sums[row["part_id"]][0] += row["milli"]
        sums[row["part_id"]][1] += row["value"]
        if row["location"] not in OUTSIDE and (row["milli"] < 0 or row["value"] < 0):
            yield f"less than nothing at {row['location']}: {row['milli']}, worth {row['value']}"
    yield from (f"part {part} does not sum to nothing: {both}" for part, both in sums.items() if both != [0, 0])
    for entry in entries:
        if entry["milli"] <= 0 or entry["value"] < 0 or entry["from_location"] == entry["to_location"]:
            yield f"an entry that moves nothing: {entry}"


def _worth(balances: Iterable[Row], layers: Iterable[Row]) -> Iterator[str]:
    """The layers of a place are what lies there, in quantity and in value."""
    found: dict[Place, list[int]] = defaultdict(lambda: [0, 0])
    for row in layers:
        both = found[row["part_id"], row["location"]]
        both[0] += row["milli"]
        both[1] += share(row["opened_value"], row["milli"], row["opened_milli"])
    for row in balances:
        both = found[row["part_id"], row["location"]]
        if row["location"] not in OUTSIDE and both != [row["milli"], row["value"]]:
            yield f"layers of {row['location']} hold {both}, the balance {row['milli']} worth {row['value']}"


def _held(balances: Iterable[Row], reservations: Iterable[Row]) -> Iterator[str]:
    held: Counter[Place] = Counter()
    for row in reservations:
        held[row["part_id"], row["location"]] += row["milli"]
    there = {(row["part_id"], row["location"]): row for row in balances}
    for place, row in there.items():
        if not 0 <= row["reserved"] == held[place] or row["reserved"] > max(row["milli"], 0):
            yield f"held at {place[1]}: {row['reserved']} of {row['milli']}, promised {held[place]}"
    yield from (f"held where nothing ever was: {place}" for place in held if place not in there)


def _serials(balances: Iterable[Row], serials: Iterable[Row], entries: Iterable[Row]) -> Iterator[str]:
    """One is where its last entry took it, and each entry took it from where it was."""
    last: dict[Place, str] = {}
    way: object = None
    for entry in entries:
        way, way_before = [entry[name] for name in _WAY], way
        if entry["serial"] is None or way == way_before:
            continue  # or the rest of the same one, from another cost layer
        key = (entry["part_id"], entry["serial"])
        before, came = last.get(key), entry["from_location"]
        if before is not None and before != came and not (before in OUTSIDE and came in OUTSIDE):
            yield f"serial {key[1]} left {came} but was at {before}"
        last[key] = entry["to_location"]
    named: Counter[Place] = Counter()
    for row in serials:
        named[row["part_id"], row["location"]] += 1
        if last.get((row["part_id"], row["serial"])) != row["location"]:
            yield f"serial {row['serial']} is not at {row['location']}"
    for row in balances:
        if row["location"] not in OUTSIDE and named[row["part_id"], row["location"]] * 1000 > row["milli"]:
            yield f"more serials than parts at {row['location']}"


def _numbered(entries: Iterable[Row]) -> Iterator[str]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        numbers[entry["part_id"]].append(entry["sequence"])
    for part, found in numbers.items():
        if found != list(range(1, len(found) + 1)):
            yield f"entries of {part} are numbered {found}"


def _movements(movements: Iterable[Row], entries: Iterable[Row]) -> Iterator[str]:
    with_entries = {entry["movement_id"] for entry in entries}
    keys: Counter[str] = Counter()
    for row in movements:
        keys[row["key"]] += 1
        if row["id"] not in with_entries:
            yield f"movement {row['key']} moves nothing"
    yield from (f"key {key} was booked {count} times" for key, count in keys.items() if count > 1)


def _orders(session: Session, actor: Actor, balances: Iterable[Row], entries: Iterable[Row]) -> Iterator[str]:
    """Used, returned, explained and open are what was issued; the cost is what its entries say."""
    open_now = {(row["part_id"], row["location"]): row["milli"] for row in balances}
    costs: Counter[str] = Counter()
    gone: Counter[tuple[str, ...]] = Counter()
    orders = {entry["order_id"] for entry in entries} - {None}
    for entry in entries:
        order, came, went = entry["order_id"], entry["from_location"], entry["to_location"]
        if came == f"order:{order}" and went in _FOR_GOOD:
            costs[order] += entry["value"]
            gone[order, entry["part_id"], went] += entry["milli"]
        elif went == f"order:{order}" and came in _FOR_GOOD:
            back = min(entry["milli"], gone[order, entry["part_id"], came])
            gone[order, entry["part_id"], came] -= back
            costs[order] -= share(entry["value"], back, entry["milli"])
    for order in sorted(orders):
        lines = order_parts(session, actor, order)
        for line in lines:
            parts = (line.used, line.returned, line.explained, line.open)
            if sum(parts) != line.issued or min(parts) < 0:
                yield f"order {order} does not add up: {line}"
            there = open_now.get((line.part.id, f"order:{order}"), 0)
            if line.open != there:
                yield f"order {order} has {line.open} open, but {there} lie there"
        if sum(line.cost for line in lines) != costs[order]:
            yield f"order {order} costs {sum(line.cost for line in lines)}, its entries {costs[order]}"

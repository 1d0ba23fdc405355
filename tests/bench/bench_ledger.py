"""A ledger of 10,000 and of 1,000,000 entries: an order's parts, where a part is, and booking a movement."""

from __future__ import annotations

import datetime as dt
import logging
import os
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from measure import fetch, interleave, processor
from mendloop.accounts.actor import Actor
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.database import Database, new_id, open_database, run_write, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.straight import open_straight_orders
from mendloop.testing.visitor import Visitor

SIZES = (10_000, int(os.environ.get("MENDLOOP_BENCH_ENTRIES", "1000000")))
PARTS, SAMPLE = 500, 25
LIMIT_MS = 50.0
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
PRICE = 7  # cents for one: nothing to round, so that the entries can be written without the ledger's own arithmetic
BOUGHT = 1_000_000_000


@dataclass
class Made:
    """A ledger with so many entries, and a part that a tenth of all orders need."""

    database: Database
    cast: Cast
    parts: list[Part]
    order: str
    number: str
    middle: str
    app: object


def main() -> None:
    """Print the times side by side, and which are too long."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        made = {size: _make(Path(folder) / str(size), size) for size in SIZES}
        for size, one in made.items():
            _check(one, size)
        actions = {f"{name} {size}": act for size, one in made.items() for name, act in _actions(one).items()}
        medians = interleave(actions, seconds=30, least_rounds=20)
        busy = {name: processor(act) for name, act in _actions(made[SIZES[1]]).items()}
        for one in made.values():
            one.database.close()
    _report(busy, medians)


def _report(busy: dict[str, float], medians: dict[str, float]) -> None:
    small, large = SIZES
    print(f"{'median, ms':44} {small:>10,} {large:>12,} {'ratio':>7} {'processor':>10}")
    late = []
    for name, work in busy.items():
        first, second = (medians[f"{name} {size}"] * 1000 for size in SIZES)
        print(f"{name:44} {first:>10.2f} {second:>12.2f} {second / first:>7.2f} {work * 1000:>10.2f}")
        late += [name] if second > LIMIT_MS else []
    print("over 50 ms: " + ", ".join(late) if late else "all under 50 ms")


def _actions(made: Made) -> dict[str, Callable[[], object]]:
    stan, hot, order = made.cast.stan, made.parts[0], made.order
    keeper, supervisor = Visitor(made.app, stan), Visitor(made.app, made.cast.sue)  # type: ignore[arg-type]

    def ask(work: Callable[..., object], *arguments: object) -> Callable[[], object]:
        def asked() -> object:
            with session_for(made.database, stan) as session:
                return work(session, stan, *arguments)

        return asked

    def book() -> object:
        with session_for(made.database, stan) as session:
            portions = [Portion(part, 1000) for part in made.parts[:2]]
            return run_write(session, lambda: desk.issue(session, stan, new_id(), portions, "warehouse"))

    return {
        "the page of an order's parts": lambda: fetch(supervisor, f"/orders/{order}/parts"),
        "the page of a part that all need": lambda: fetch(keeper, f"/stock/parts/{hot.id}"),
        "the page of all stock": lambda: fetch(keeper, "/stock/"),
        **{f"movements: {said}": partial(fetch, keeper, f"/stock/movements?{query}") for said, query in _asked(made)},
        "an order's parts and what they cost": ask(services.order_parts, order),
        "what an order has not settled": ask(services.unsettled, order),
        "where a part is that all need": ask(services.stock_of_part, hot.id),
        "where a part is that few need": ask(services.stock_of_part, made.parts[-1].id),
        "issue two parts, committed": book,
    }


def _asked(made: Made) -> Iterator[tuple[str, str]]:
    """All of them; what is common and what is rare, of each filter; and a page from the middle."""
    middle = made.middle
    yield from (("all", ""), ("of a part that all need", "part=P0000"), ("of a part that few need", "part=P0400"))
    yield from (("of the warehouse", "place=warehouse"), ("of a van that was never used", "place=van:nobody"))
    yield from (("received", "action=received"), ("of somebody", f"person={made.cast.stan.person_id}"))
    yield from (("of nobody", "person=nobody"), ("of one order", f"order={made.number}"))
    yield from (("long ago", "from=2025-06-01&to=2025-06-30"), ("before all", "to=2025-01-01"))
    yield from (
        ("from the middle on", f"before={middle}"),
        ("of a place, from the middle", f"place=customer&before={middle}"),
    )


def _make(folder: Path, size: int) -> Made:
    """A workshop with a bulk of entries, written past the ledger but as it would have written them."""
    folder.mkdir()
    file = folder / "mendloop.db"
    cast = prepare_database(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    (order,) = open_straight_orders(database, cast.sue, 3, 1)
    with session_for(database, cast.stan) as session, write_transaction(session):
        parts = [_part(session, cast.stan, number) for number in range(PARTS)]
    start = time.perf_counter()
    with closing(sqlite3.connect(file)) as raw:
        bulk = _Bulk(raw, cast.stan, [part.id for part in parts], order, size)
        bulk.write()
        (number,) = raw.execute("SELECT number FROM work_orders WHERE id = ?", (order,)).fetchone()
    print(f"{size:,} entries written in {time.perf_counter() - start:.0f} s, ", end="")
    print(f"{file.stat().st_size / 2**20:,.0f} MiB")
    app = create_app(Config(folder, f"sqlite:///{file}", "a secret of the bench, long enough", testing=True), database)
    return Made(database, cast, parts, order, number, bulk.middle, app)


def _part(session: object, actor: Actor, number: int) -> Part:
    costing = ("fifo", "average")[number % 2]
    return services.create_part(session, actor, f"P{number:04}", {"en": f"Part {number}"}, costing=costing)  # type: ignore[arg-type]


def _check(made: Made, size: int) -> None:
    """What was written is what the ledger makes of it, on a sample of the parts."""
    stan = made.cast.stan
    sample = [part.id for part in (made.parts[1:] if size == SIZES[0] else made.parts[1 :: PARTS // SAMPLE])]
    with session_for(made.database, stan) as session:
        if as_bytes(live(session, stan, sample)) != as_bytes(rebuilt(session, stan, sample)):
            raise RuntimeError("the bulk of entries is no ledger")


class _Bulk:
    """Each order has two parts issued and used: four entries, two movements. The first part goes to every tenth."""

    def __init__(self, raw: sqlite3.Connection, actor: Actor, parts: list[str], order: str, size: int) -> None:
        self._raw = raw
        self._own = actor.organisation_id
        self._by = actor.person_id
        self._parts = parts
        self._order = order
        self._orders = (size - len(parts)) // 4
        self._sequences = dict.fromkeys(parts, 1)
        self._used = dict.fromkeys(parts, 0)
        self._millisecond = 1_750_000_000_000

    @property
    def middle(self) -> str:
        """Where a page from the middle of all movements begins."""
        return f"{self._id(3, self._orders // 2)}~{self._parts[0]}~1"

    def write(self) -> None:
        self._raw.execute("PRAGMA synchronous=OFF")
        self._raw.execute("PRAGMA cache_size=-400000")
        for table, rows in (
            ("stock_movements", self._movements()),
            ("stock_entries", self._entries()),
            ("stock_balances", self._balances()),
            ("locations", self._locations()),
            ("cost_layers", self._layers()),
            ("part_stocks", self._stocks()),
        ):
            self._insert(table, rows)
        self._raw.commit()
        self._raw.execute("ANALYZE")
        self._raw.commit()

    def _insert(self, table: str, rows: Iterator[dict[str, object]]) -> None:
        first = next(rows)
        names = ", ".join(first)
        marks = ", ".join("?" * len(first))
        statement = f"INSERT INTO {table} (organisation_id, {names}) VALUES (?, {marks})"
        self._raw.execute(statement, (self._own, *first.values()))
        self._raw.executemany(statement, ((self._own, *row.values()) for row in rows))

    def _id(self, kind: int, number: int) -> str:
        """As the ledger's own: in the order of time."""
        return str(uuid.UUID(int=(self._millisecond + number) << 80 | 0x7 << 76 | 0x2 << 62 | kind))

    def _order_id(self, number: int) -> str:
        return self._order if number == self._orders // 2 else self._id(9, number)

    def _of_order(self, number: int) -> tuple[int, int]:
        first = 0 if number % 10 == 0 else 1 + number * 7 % (PARTS - 1)
        second = 1 + number * 13 % (PARTS - 1)
        return first, second if second != first else 1 + second % (PARTS - 1)

    def _movements(self) -> Iterator[dict[str, object]]:
        for number in range(len(self._parts)):
            yield self._movement(self._id(1, number), "received", None)
        for number in range(self._orders):
            order = self._order_id(number)
            yield self._movement(self._id(2, number), "issued", order)
            yield self._movement(self._id(3, number), "used", order)

    def _movement(self, identity: str, action: str, order: str | None) -> dict[str, object]:
        at = NOW.replace(tzinfo=None).isoformat(" ")
        row: dict[str, object] = {"id": identity, "key": identity, "digest": "", "action": action, "order_id": order}
        return row | {"at": at, "booked_at": at, "by": self._by}

    def _entries(self) -> Iterator[dict[str, object]]:
        for number, part in enumerate(self._parts):
            layer = 0 if number % 2 else 1
            worth = BOUGHT // 1000 * PRICE
            movement = self._id(1, number)
            yield self._entry(movement, part, 1, ("supplier", "warehouse"), (None, layer), (BOUGHT, worth), None, 4)
        for number in range(self._orders):
            order = self._order_id(number)
            taken = [(self._parts[index], 0 if index % 2 else 1) for index in self._of_order(number)]
            issued = []
            for place, (part, layer) in enumerate(taken):
                sequence = self._next(part)
                issued.append(sequence)
                way = ("warehouse", f"order:{order}")
                yield self._entry(
                    self._id(2, number), part, sequence, way, (layer, sequence), (1000, PRICE), order, 5 + place
                )
            for place, ((part, _), layer) in enumerate(zip(taken, issued, strict=True)):
                way = (f"order:{order}", "customer")
                self._used[part] += 1000
                yield self._entry(
                    self._id(3, number), part, self._next(part), way, (layer, None), (1000, PRICE), order, 7 + place
                )

    def _next(self, part: str) -> int:
        self._sequences[part] += 1
        return self._sequences[part]

    def _entry(
        self,
        movement: str,
        part: str,
        sequence: int,
        way: tuple[str, str],
        layers: tuple[int | None, int | None],
        how_much: tuple[int, int],
        order: str | None,
        kind: int,
    ) -> dict[str, object]:
        return {
            "id": f"{movement[:-2]}{kind:02}",
            "movement_id": movement,
            "part_id": part,
            "sequence": sequence,
            "from_location": way[0],
            "to_location": way[1],
            "milli": how_much[0],
            "value": how_much[1],
            "from_layer": layers[0],
            "to_layer": layers[1],
            "order_id": order,
        }

    def _balances(self) -> Iterator[dict[str, object]]:
        worth = BOUGHT // 1000 * PRICE
        for part, used in self._used.items():
            spent = used // 1000 * PRICE
            yield {"part_id": part, "location": "supplier", "milli": -BOUGHT, "value": -worth}
            yield {"part_id": part, "location": "warehouse", "milli": BOUGHT - used, "value": worth - spent}
            if used:
                yield {"part_id": part, "location": "customer", "milli": used, "value": spent}
        for number in range(self._orders):
            for index in self._of_order(number):
                place = f"order:{self._order_id(number)}"
                yield {"part_id": self._parts[index], "location": place, "milli": 0, "value": 0}

    def _locations(self) -> Iterator[dict[str, object]]:
        for place in ("supplier", "warehouse", "customer"):
            yield {"key": place, "kind": place, "owner_id": None}
        for number in range(self._orders):
            order = self._order_id(number)
            yield {"key": f"order:{order}", "kind": "order", "owner_id": order}

    def _layers(self) -> Iterator[dict[str, object]]:
        for index, (part, used) in enumerate(self._used.items()):
            number = 0 if index % 2 else 1
            opened = {"opened_milli": BOUGHT, "opened_value": BOUGHT // 1000 * PRICE, "milli": BOUGHT - used}
            yield {"part_id": part, "location": "warehouse", "number": number, "since": number} | opened

    def _stocks(self) -> Iterator[dict[str, object]]:
        for part, last in self._sequences.items():
            worth = BOUGHT // 1000 * PRICE
            yield {"part_id": part, "last_sequence": last, "last_milli": BOUGHT, "last_value": worth}


if __name__ == "__main__":
    main()

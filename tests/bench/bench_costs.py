"""5,000 closed orders: the comparison of margins, a rate that is laid down, and looking at all of them again."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from measure import interleave
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.costing import services
from mendloop.database import Base, Database, new_id, open_database, run_write, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import put_up_costs
from mendloop.testing.databases import prepare_database
from mendloop.testing.visitor import Visitor
from sqlalchemy import Table, func, insert, select

ORDERS = int(os.environ.get("MENDLOOP_BENCH_CLOSED", "5000"))
AT_ONCE = 500
LIMIT = 2.0
COPIED = ("work_orders", "order_events", "stock_movements", "stock_entries")


def main() -> None:
    """Print how long each takes, and which is too long for one request."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/mendloop.db"
        cast = prepare_database(url)
        database = open_database(url)
        _finish_many(database, cast)
        app = create_app(Config(Path(folder), url, "a secret for measuring, long enough", testing=True), database)
        _measure(database, cast, Visitor(app, cast.sue))
        database.close()


def _measure(database: Database, cast: Cast, sue: Visitor) -> None:
    print(f"{ORDERS:,} closed orders")
    _look_at_all(database, cast, "looking at them for the first time")
    pages = {f"margins by {group}": partial(_get, sue, f"/costs/?by={group}") for group in services.GROUPS}
    reads: dict[str, Callable[[], object]] = {
        **pages,
        "100 events": lambda: _get(sue, "/api/v1/costs/events?after=200"),
    }
    _get(sue, "/api/v1/costs/events")  # they get their numbers
    for name, seconds in interleave(reads, seconds=10, least_rounds=5).items():
        _report(name, seconds)
    _report("a rate from today on", _timed(lambda: _lay_down(database, cast, "2026-11-23")))
    with session_for(database, cast.sue) as session:
        assert services.waiting(session, cast.sue) == 0
    _report("a rate that concerns all of them", _timed(lambda: _lay_down(database, cast, "2026-11-02")))
    with session_for(database, cast.sue) as session:
        print(f"{'  are left for later':44} {services.waiting(session, cast.sue):>8}")
    _report("  the page of margins meanwhile", _timed(lambda: _get(sue, "/costs/")))
    _report("  what it goes on to, taking its second", _timed(lambda: _get(sue, "/costs/?go_on=1")))
    _look_at_all(database, cast, "  all of them, each with another revision")
    _report("working out again: the request", _timed(lambda: sue.submit("/costs/work-out")))
    _look_at_all(database, cast, "  all of them, nothing being other")


def _look_at_all(database: Database, cast: Cast, name: str) -> None:
    with session_for(database, cast.sue) as session:
        count, start = services.waiting(session, cast.sue), time.perf_counter()
        services.keep_up(session, cast.sue, seconds=3600)
        took = time.perf_counter() - start
    print(f"{name:44} {took:>8.1f} s, {took / max(1, count) * 1000:.1f} ms each")


def _lay_down(database: Database, cast: Cast, since: str) -> object:
    rate = services.RateDetails("cost", "150", since, skill="engineer")
    with session_for(database, cast.sue) as session:
        return run_write(
            session, lambda: services.add_rate(session, cast.sue, rate, reach=services.Reach(True, "Forgotten"))
        )


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _report(name: str, seconds: float) -> None:
    print(f"{name:44} {seconds * 1000:>8.0f} ms{'  TOO LONG' if seconds > LIMIT else ''}")


def _get(visitor: Visitor, path: str) -> object:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def _finish_many(database: Database, cast: Cast) -> None:
    """One order is really repaired; the others are copies of its rows, for 5,000 repairs would take an hour."""
    shop = put_up_costs(database, cast)
    order = shop.open_order()
    shop.travel(order)
    shop.repair(order)
    with session_for(database, cast.sue) as session:
        rows = {name: _rows(session, cast, name, order) for name in COPIED}
        for first in range(0, ORDERS - 1, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, ORDERS - 1))
            run_write(session, partial(_copy, session, rows, order, numbers))


def _rows(session: Any, cast: Cast, name: str, order: str) -> list[dict[str, Any]]:
    table: Table = Base.metadata.tables[name]
    own = table.c.id if name == "work_orders" else table.c.order_id
    found = select(table).where(table.c.organisation_id == cast.sue.organisation_id, own == order)
    return [dict(row._mapping) for row in session.execute(found)]


def _copy(session: Any, rows: dict[str, list[dict[str, Any]]], order: str, numbers: range) -> None:
    entries = Base.metadata.tables["stock_entries"]
    organisation = rows["work_orders"][0]["organisation_id"]
    last = select(func.max(entries.c.sequence)).where(entries.c.organisation_id == organisation)
    sequence = session.execute(last).scalar_one()
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in COPIED}
    for number in numbers:
        new, named = new_id(), {row["id"]: new_id() for row in rows["stock_movements"]}
        made["work_orders"] += [{**row, "id": new, "number": f"C-{number:06}"} for row in rows["work_orders"]]
        made["order_events"] += [{**row, "order_id": new, "id": new_id()} for row in rows["order_events"]]
        made["stock_movements"] += [
            {**row, "order_id": new, "id": named[row["id"]], "key": named[row["id"]]} for row in rows["stock_movements"]
        ]
        for row in rows["stock_entries"]:
            sequence += 1
            places = {end: row[end].replace(order, new) for end in ("from_location", "to_location")}
            own = {"id": new_id(), "movement_id": named[row["movement_id"]], "order_id": new, "sequence": sequence}
            made["stock_entries"].append(row | places | own)
    for name, found in made.items():
        session.execute(insert(Base.metadata.tables[name]), found)


if __name__ == "__main__":
    main()

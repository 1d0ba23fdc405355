"""10,000 closed orders: the pages of figures, as they are worked out and as they are remembered, and reading orders.

Sixty orders are really played; the others are copies of their rows and facts at other times and on other assets, for
10,000 repairs would take a quarter of an hour.
"""

from __future__ import annotations

import gc
import logging
import os
import random
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from measure import interleave
from mendloop.app import create_app
from mendloop.config import Config
from mendloop.database import Base, Database, new_id, open_database, run_write, session_for
from mendloop.insights import keeping
from mendloop.insights import remembered as memory
from mendloop.insights.figures import KINDS
from mendloop.testing.cast import Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.random_histories import put_up_histories
from mendloop.testing.visitor import Visitor
from sqlalchemy import insert, select

ORDERS = int(os.environ.get("MENDLOOP_BENCH_CLOSED", "10000"))
PLAYED, AT_ONCE, LIMIT = 60, 500, 0.2
COPIED = ("work_orders", *(table.name for table in reversed(keeping.TABLES)))
MOMENTS = ("opened_at", "ended_at", "started_at", "completed_at", "at")
HALF_A_YEAR_MS = 180 * 86_400_000


def main() -> None:
    """Print how long each page takes, and which takes too long."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/mendloop.db"
        cast = prepare_database(url)
        database = open_database(url)
        _close_many(database, cast, Path(folder))
        app = create_app(Config(Path(folder), url, "a secret for measuring, long enough", testing=True), database)
        _measure(Visitor(app, cast.sue))
        database.close()


def _measure(sue: Visitor) -> None:
    print(f"{ORDERS:,} closed orders")
    paths = ("/insights/", *(f"/insights/{name}?split=person" for name in KINDS), "/insights/rework/orders")
    for path in paths:
        _get(sue, path)
    gc.freeze()  # as a server does when it has started
    for name, forget in (("worked out", True), ("remembered", False)):
        reads = {path: partial(_get, sue, path, forget) for path in paths}
        for path, seconds in interleave(reads, seconds=10, least_rounds=3).items():
            print(f"{path:44} {name} {seconds * 1000:>6.0f} ms{'  TOO LONG' if seconds > LIMIT else ''}")


def _get(sue: Visitor, path: str, forget: bool = False) -> None:
    if forget:
        memory._kept.clear()  # as another process finds it
    assert sue.get(path).status_code == 200


def _close_many(database: Database, cast: Cast, folder: Path) -> None:
    shop, chance = put_up_histories(database, cast, folder), random.Random(1)
    shop.play(chance, PLAYED)
    with session_for(database, cast.sue) as session:
        start = time.perf_counter()
        keeping.read_all(session, cast.sue)
        count, took = keeping.count_over(session, cast.sue), time.perf_counter() - start
        print(f"{'reading an order for the first time':44} {took / count * 1000:>6.1f} ms each")
        rows = {name: _rows(session, cast, name) for name in COPIED}
        orders = [row["order_id"] for row in rows["insight_orders"]]
        for first in range(0, ORDERS - count, AT_ONCE):
            wanted = [chance.choice(orders) for _ in range(first, min(first + AT_ONCE, ORDERS - count))]
            run_write(session, partial(_copy, session, rows, wanted, chance))


def _rows(session: Any, cast: Cast, name: str) -> list[dict[str, Any]]:
    table = Base.metadata.tables[name]
    found = session.execute(select(table).where(table.c.organisation_id == cast.sue.organisation_id))
    return [dict(row) for row in found.mappings()]


def _copy(session: Any, rows: dict[str, list[dict[str, Any]]], wanted: list[str], chance: random.Random) -> None:
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in COPIED}
    for order in wanted:
        new, moved = new_id(), chance.randrange(HALF_A_YEAR_MS)
        asset = f"A-{chance.randrange(3000)}"
        for name in COPIED:
            key = "id" if name == "work_orders" else "order_id"
            for row in (each for each in rows[name] if each[key] == order):
                later = {moment: row[moment] - moved for moment in MOMENTS if name != "work_orders" and moment in row}
                own = {"number": new} if name == "work_orders" else {}
                own |= {"asset": asset, "again": f"asset:{asset}"} if name == "insight_orders" else {}
                made[name].append({**row, key: new, **own, **later})
    for name, found in made.items():
        if found:
            session.execute(insert(Base.metadata.tables[name]), found)


if __name__ == "__main__":
    main()

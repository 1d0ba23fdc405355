"""Two hundred ask a real server at once for one of twenty: twenty have it, all get an answer, none of them 5xx."""

import os
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mendloop.database import open_database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.testing.cast import PASSWORD, Cast
from mendloop.testing.databases import prepare_database
from mendloop.testing.ledger_audit import audit
from mendloop.testing.live import Browser, LiveServer
from mendloop.testing.straight import open_straight_orders

ROUNDS = int(os.environ.get("MENDLOOP_LEDGER_ROUNDS", "1"))
ATTEMPTS, STOCK, ORDERS = 200, 20, 10


@dataclass
class Shop:
    """A server over a database with orders in it, and a key that opens it for everybody."""

    url: str
    cast: Cast
    orders: list[str]
    server: LiveServer


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    url = f"sqlite:///{tmp_path / 'mendloop.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    cast = prepare_database(url)
    database = open_database(url)
    orders = open_straight_orders(database, cast.sue, 1, ORDERS)
    database.close()
    server = LiveServer(tmp_path, url).start()
    yield Shop(url, cast, orders, server)
    server.kill()


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_twenty_of_two_hundred_are_granted_and_nobody_is_left_without_an_answer(shop: Shop) -> None:
    database = open_database(shop.url)
    stan = shop.cast.stan
    with Browser(shop.server.port).sign_in("stan", PASSWORD) as first, session_for(database, stan) as session:
        for number in range(ROUNDS):
            with write_transaction(session):
                part = services.create_part(session, stan, f"P{number}", {"en": "Part"})
                desk.receive(session, stan, Portion(part, STOCK * 1000), 9_999)
            statuses = _rush(shop, first, part.number)
            assert statuses == {200: STOCK, 409: ATTEMPTS - STOCK}
        assert audit(session, stan) == []
    database.close()
    print(f"\n{ROUNDS} rounds of {ATTEMPTS} requests on {shop.url.partition(':')[0]}: {STOCK} granted each time")


def _rush(shop: Shop, first: Browser, number: str) -> Counter[int]:
    statuses: Counter[int] = Counter()
    gate = threading.Barrier(ATTEMPTS)

    def ask(order: str) -> None:
        with first.again() as browser:
            gate.wait()
            body = {"key": uuid.uuid4().hex, "lines": [{"number": number, "quantity": 1}], "extra": True}
            status, _ = browser.post_json(f"/api/v1/orders/{order}/parts/issue", body | {"source": "warehouse"})
            statuses[status] += 1

    threads = [threading.Thread(target=ask, args=(shop.orders[each % ORDERS],)) for each in range(ATTEMPTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses

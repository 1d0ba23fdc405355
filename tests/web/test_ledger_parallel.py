"""Two hundred people want one of twenty: twenty get it, every time, from whatever processes they ask."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion
from mendloop.testing.cast import Cast
from mendloop.testing.ledger_audit import audit
from mendloop.testing.stock_hands import Outcome, bustle, hands, rush

ROUNDS = int(os.environ.get("MENDLOOP_LEDGER_ROUNDS", "2"))
SECONDS = float(os.environ.get("MENDLOOP_LEDGER_SECONDS", "3"))
ATTEMPTS, STOCK = 200, 20


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with hands() as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("what", ["reserve", "issue"])
def test_of_two_hundred_who_want_one_of_twenty_just_twenty_get_it(
    pool: ProcessPoolExecutor, database: Database, database_url: str, cast: Cast, what: str
) -> None:
    stan = cast.stan
    with session_for(database, stan) as session:
        for number in range(ROUNDS):
            with write_transaction(session):
                part = services.create_part(session, stan, f"{what}-{number}", {"en": "Part"}, costing="fifo")
                desk.receive(session, stan, Portion(part, STOCK * 1000), 9_999)
            outcome = rush(pool, database_url, stan, part.id, ATTEMPTS, what)
            assert outcome == Outcome(STOCK, ATTEMPTS - STOCK)
        assert audit(session, stan) == []
    print(f"\n{what}: {ROUNDS} rounds of {ATTEMPTS} on {database.engine.dialect.name}, {STOCK} granted each time")


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_nobody_waits_for_somebody_who_waits_for_him(
    pool: ProcessPoolExecutor, database: Database, database_url: str, cast: Cast
) -> None:
    """Movements and reservations of many parts, each in any order, on places that nobody has used before."""
    stan = cast.stan
    with session_for(database, stan) as session:
        with write_transaction(session):
            parts = [
                services.create_part(
                    session, stan, f"P{number}", {"en": "Part"}, costing=("fifo", "average")[number % 2]
                )
                for number in range(8)
            ]
        outcome = bustle(pool, database_url, stan, [part.id for part in parts], SECONDS)
        assert outcome.failures == []
        assert audit(session, stan) == []
    print(f"\n{outcome.granted} granted, {outcome.refused} refused on {database.engine.dialect.name}, none blocked")
    assert outcome.granted

"""Stock: every movement has two ends, the warehouse is never oversold, and what the field used is believed."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.inventory import services
from mendloop.inventory.locations import (
    CUSTOMER,
    DISCREPANCY,
    RECYCLING,
    SUPPLIER,
    WAREHOUSE,
    removed_by,
    van_of,
)
from mendloop.inventory.models import Part, StockEntry
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.inventory.services import PartFact
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.ada) as opened:
        yield opened


@pytest.fixture
def screen(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SCR-15", {"en": "Screen"})
        services.receive_stock(session, cast.stan, part, 20)
    return part


def use(
    session: Session, actor: Actor, quantity: float, action: str = "used", number: str = "SCR-15"
) -> list[services.Shortage]:
    fact = PartFact(number, services.thousandths(quantity), action)
    return run_write(
        session, lambda: services.book_parts(session, actor, actor.person_id, "order-1", "repair#1", NOW, [fact])
    )


def balances(session: Session, actor: Actor) -> dict[str, int]:
    return {line.location: line.milli for line in services.stock_lines(session, actor)}


def test_what_is_in_the_van_is_used_before_the_warehouse(session: Session, cast: Cast, screen: Part) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        services.move_stock(session, cast.stan, screen, 2, WAREHOUSE, van)
    assert use(session, cast.ada, 3) == []
    assert balances(session, cast.ada) == {SUPPLIER: -20_000, WAREHOUSE: 17_000, CUSTOMER: 3_000}


def test_what_stock_denies_is_booked_as_a_discrepancy(session: Session, cast: Cast, screen: Part) -> None:
    assert use(session, cast.ada, 25) == [services.Shortage("SCR-15", 5_000)]
    assert balances(session, cast.ada)[DISCREPANCY] == -5_000
    assert services.count_of_order(session, cast.ada, "order-1") == 1


def test_a_part_that_nobody_entered_is_recorded_all_the_same(session: Session, cast: Cast) -> None:
    assert use(session, cast.ada, 1, number="MYSTERY") == [services.Shortage("MYSTERY", 1_000)]
    assert [part.known for part, _ in services.find_pieces(session, cast.ada, "MYST")] == [False]


@pytest.mark.parametrize("action", ["used", "returned", "removed", "recycled"])
def test_every_movement_sums_to_zero(session: Session, cast: Cast, screen: Part, action: str) -> None:
    use(session, cast.ada, 2)
    use(session, cast.ada, 1.5, action)
    assert sum(balances(session, cast.ada).values()) == 0


def test_balances_are_what_the_entries_say(session: Session, cast: Cast, screen: Part) -> None:
    use(session, cast.ada, 25)
    use(session, cast.ada, 1, "returned")
    assert as_bytes(rebuilt(session, cast.ada)) == as_bytes(live(session, cast.ada))


def test_what_is_taken_out_of_a_machine_costs_nothing(session: Session, cast: Cast, screen: Part) -> None:
    with write_transaction(session):
        services.receive_stock(session, cast.stan, screen, 2, value=999)
    use(session, cast.ada, 1, "removed")
    use(session, cast.ada, 1, "recycled")
    worth = {line.location: line.value for line in services.stock_lines(session, cast.ada)}
    assert worth[removed_by(cast.ada.person_id)] == worth[RECYCLING] == worth[CUSTOMER] == 0


def test_what_is_told_in_packs_is_counted_one_by_one(session: Session, cast: Cast) -> None:
    with write_transaction(session):
        gasket = services.create_part(session, cast.stan, "GSK-1", {"en": "Gasket"}, packs={"box": 10, "half": 0.5})
        services.receive_stock(session, cast.stan, gasket, 30)
    facts = [
        PartFact("GSK-1", milli, "used", unit=unit) for milli, unit in ((2_000, "box"), (1_000, "half"), (500, "kg"))
    ]
    run_write(session, lambda: services.book_parts(session, cast.ada, "", "order-1", "repair#1", NOW, facts))
    assert balances(session, cast.ada)[CUSTOMER] == 20_000 + 500 + 500


def test_parts_cannot_be_moved_from_where_they_are_not(session: Session, cast: Cast, screen: Part) -> None:
    with pytest.raises(Conflict), write_transaction(session):
        services.move_stock(session, cast.stan, screen, 21, WAREHOUSE, van_of(cast.ada.person_id))


def test_an_entry_can_never_be_changed(session: Session, cast: Cast, screen: Part) -> None:
    statement = update(StockEntry).where(StockEntry.organisation_id == cast.ada.organisation_id).values(milli=1)
    with pytest.raises(DBAPIError), write_transaction(session):
        session.execute(statement)


def test_the_warehouse_is_never_oversold_however_many_take_at_once(
    database: Database, session: Session, cast: Cast, screen: Part
) -> None:
    failures: list[BaseException] = []

    def take(number: int) -> None:
        try:
            with session_for(database, cast.ada) as mine:
                for _ in range(3):
                    use(mine, cast.ada, 1)
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    found = balances(session, cast.ada)
    assert WAREHOUSE not in found
    assert found[DISCREPANCY] == -10_000
    assert found[CUSTOMER] == 30_000

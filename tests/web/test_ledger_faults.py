"""Where a ledger goes wrong: two at once, parts that another order has, serial numbers in places they should not be."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import CUSTOMER, SCRAP, WAREHOUSE, order_location, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import rebuild
from mendloop.inventory.services import PartFact
from mendloop.problems import Conflict, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.ledger_audit import audit
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def screen(session: Session, cast: Cast) -> Part:
    """Five of them in the warehouse, for 10.00."""
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SCR-15", {"en": "Screen"}, costing="fifo")
        desk.receive(session, cast.stan, Portion(part, 5000), 1000)
    return part


def tell(
    session: Session, actor: Actor, order: str, action: str, milli: int = 1000, serial: str | None = None
) -> list[services.Shortage]:
    fact = PartFact("SCR-15", milli, action, serial)
    return run_write(session, lambda: services.book_parts(session, actor, actor.person_id, order, "v#1", NOW, [fact]))


def act(session: Session, work: Callable[[], object]) -> None:
    run_write(session, work)


def meanwhile(database: Database, actor: Actor, work: Callable[[Session], object]) -> Callable[[], list[Exception]]:
    """Begin `work` on a connection of its own; the answer waits for it, and says how it failed."""
    failures: list[Exception] = []

    def run() -> None:
        with session_for(database, actor) as mine:
            try:
                run_write(mine, lambda: work(mine))
            except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
                failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()

    def wait() -> list[Exception]:
        thread.join()
        return failures

    return wait


def test_what_was_issued_meanwhile_is_not_released_again(
    database: Database, session: Session, cast: Cast, screen: Part
) -> None:
    stan = cast.stan
    act(session, lambda: services.reserve_part(session, stan, "order-1", screen.id, 2000, [WAREHOUSE]))
    act(session, lambda: services.reserve_part(session, stan, "order-2", screen.id, 2000, [WAREHOUSE]))
    with write_transaction(session):
        desk.issue(session, stan, "order-1", [Portion(screen, 2000)], WAREHOUSE)
        released = meanwhile(database, stan, lambda mine: services.release_order(mine, stan, "order-1"))
        time.sleep(0.3)
    assert released() == []
    assert audit(session, stan) == []


def test_what_was_released_meanwhile_is_not_taken_from_who_holds_it_now(
    database: Database, session: Session, cast: Cast, screen: Part
) -> None:
    stan = cast.stan
    act(session, lambda: services.reserve_part(session, stan, "order-1", screen.id, 2000, [WAREHOUSE]))
    act(session, lambda: services.reserve_part(session, stan, "order-2", screen.id, 3000, [WAREHOUSE]))
    with write_transaction(session):
        services.release_part(session, stan, "order-1", screen.id, 2000)
        services.reserve_part(session, stan, "order-2", screen.id, 2000, [WAREHOUSE])
        issue = meanwhile(
            database, stan, lambda mine: desk.issue(mine, stan, "order-1", [Portion(screen, 2000)], WAREHOUSE)
        )
        time.sleep(0.3)
    (refused,) = issue()
    assert isinstance(refused, Conflict)
    assert audit(session, stan) == []


def test_what_another_order_had_leaves_that_order(session: Session, cast: Cast, screen: Part) -> None:
    portion = Portion(screen, 1000, "S1")
    act(session, lambda: desk.issue(session, cast.stan, "order-1", [portion], WAREHOUSE))
    assert len(tell(session, cast.ada, "order-2", "used", serial="S1")) == 1
    assert audit(session, cast.stan) == []
    (first,) = services.order_parts(session, cast.stan, "order-1")
    (second,) = services.order_parts(session, cast.stan, "order-2")
    assert (first.issued, first.returned, first.open, first.cost) == (1000, 1000, 0, 0)
    assert (second.issued, second.used, second.open, second.cost) == (1000, 1000, 0, 200)


def test_what_another_order_had_may_have_come_out_of_a_machine(session: Session, cast: Cast, screen: Part) -> None:
    act(session, lambda: desk.issue(session, cast.stan, "order-1", [Portion(screen, 1000, "S1")], WAREHOUSE))
    tell(session, cast.ada, "order-2", "removed", serial="S1")
    assert audit(session, cast.stan) == []
    assert services.unsettled(session, cast.stan, "order-1") == []


def test_a_part_is_back_in_the_van_although_another_order_holds_it_there(
    session: Session, cast: Cast, screen: Part
) -> None:
    van = van_of(cast.ada.person_id)
    act(session, lambda: desk.move(session, cast.stan, [Portion(screen, 1000, "S1")], WAREHOUSE, van))
    act(session, lambda: services.reserve_part(session, cast.stan, "order-2", screen.id, 1000, [van]))
    tell(session, cast.ada, "order-1", "returned", serial="S1")
    assert audit(session, cast.stan) == []


def test_one_slip_that_many_hand_in_at_once_is_booked_once(
    database: Database, session: Session, cast: Cast, screen: Part
) -> None:
    stan, slip = cast.stan, Slip("slip-1", NOW)

    def hand_in(mine: Session) -> None:
        desk.issue(mine, stan, "order-1", [Portion(screen, 1000)], WAREHOUSE, slip)

    waits = [meanwhile(database, stan, hand_in) for _ in range(12)]
    assert [wait() for wait in waits] == [[]] * 12
    (line,) = services.order_parts(session, stan, "order-1")
    assert line.issued == 1000
    assert audit(session, stan) == []


@pytest.mark.parametrize(
    "wrong",
    ["milli = -1", "reserved = -1", "reserved = milli + 1"],
    ids=["owes", "holds less than nothing", "holds more"],
)
def test_the_database_itself_refuses_what_cannot_be(session: Session, cast: Cast, screen: Part, wrong: str) -> None:
    statement = text(f"UPDATE stock_balances SET {wrong} WHERE organisation_id = :own AND location = 'warehouse'")
    with pytest.raises(IntegrityError), write_transaction(session):
        session.execute(statement, {"own": cast.stan.organisation_id})


def test_every_place_is_known_by_its_kind(session: Session, cast: Cast, screen: Part) -> None:
    act(session, lambda: desk.issue(session, cast.stan, "order-1", [Portion(screen, 1000)], WAREHOUSE))
    tell(session, cast.ada, "order-1", "removed")
    found = {place.key: (place.kind, place.owner_id) for place in services.locations(session, cast.stan)}
    used = {line.location for line in services.stock_lines(session, cast.stan)}
    assert used <= found.keys()
    assert found["order:order-1"] == ("order", "order-1")


def test_what_lies_at_an_order_moves_for_that_order_only(session: Session, cast: Cast, screen: Part) -> None:
    act(session, lambda: desk.issue(session, cast.stan, "order-1", [Portion(screen, 1000)], WAREHOUSE))
    with pytest.raises(Refusal, match=r"stock\.order_place"), write_transaction(session):
        desk.move(session, cast.stan, [Portion(screen, 1000)], order_location("order-1"), WAREHOUSE)
    assert audit(session, cast.stan) == []


def test_one_cannot_take_the_same_parts_twice_in_one_movement(session: Session, cast: Cast, screen: Part) -> None:
    act(session, lambda: services.reserve_part(session, cast.stan, "order-1", screen.id, 4000, [WAREHOUSE]))
    twice = [Portion(screen, 3000), Portion(screen, 3000)]
    with pytest.raises(Conflict), write_transaction(session):
        desk.issue(session, cast.stan, "order-1", twice, WAREHOUSE)
    act(
        session,
        lambda: desk.issue(session, cast.stan, "order-1", [Portion(screen, 3000), Portion(screen, 2000)], WAREHOUSE),
    )
    assert audit(session, cast.stan) == []


def test_a_movement_booked_while_balances_are_made_again_is_in_them(
    database: Database, session: Session, cast: Cast, screen: Part
) -> None:
    stan = cast.stan
    with write_transaction(session):
        desk.move(session, stan, [Portion(screen, 1000)], WAREHOUSE, van_of(stan.person_id))
        rebuilding = meanwhile(database, stan, lambda mine: rebuild(mine, stan))
        time.sleep(0.3)
        desk.move(session, stan, [Portion(screen, 1000)], WAREHOUSE, van_of(stan.person_id))
    assert rebuilding() == []
    assert audit(session, stan) == []


def test_a_key_that_is_too_long_is_refused(session: Session, cast: Cast, screen: Part) -> None:
    with pytest.raises(Refusal, match=r"stock\.text_too_long"), write_transaction(session):
        desk.receive(session, cast.stan, Portion(screen, 1000), 1, slip=Slip("k" * 81))


def test_a_serial_number_that_is_too_long_to_keep_is_recorded_all_the_same(
    session: Session, cast: Cast, screen: Part
) -> None:
    for ending in "ab":
        assert tell(session, cast.ada, "order-1", "used", serial="9" * 400 + ending) == []
    assert audit(session, cast.stan) == []
    assert len({act.serial for act in services.order_acts(session, cast.stan, "order-1")}) == 2


def test_one_with_a_serial_number_may_have_come_from_two_deliveries(session: Session, cast: Cast, screen: Part) -> None:
    act(session, lambda: desk.issue(session, cast.stan, "order-1", [Portion(screen, 4400)], WAREHOUSE))
    act(session, lambda: desk.receive(session, cast.stan, Portion(screen, 1000), 500))
    tell(session, cast.ada, "order-2", "used", serial="S1")
    assert audit(session, cast.stan) == []
    assert services.order_cost(session, cast.stan, "order-2") == 120 + 200


def test_what_was_written_off_and_is_used_after_all_costs_once(session: Session, cast: Cast, screen: Part) -> None:
    portion = Portion(screen, 1000, "S1")
    act(session, lambda: desk.issue(session, cast.stan, "order-1", [portion], WAREHOUSE))
    act(session, lambda: desk.write_off(session, cast.stan, "order-1", [portion], Slip(reason="lost")))
    tell(session, cast.ada, "order-1", "used", serial="S1")
    (line,) = services.order_parts(session, cast.stan, "order-1")
    assert (line.issued, line.used, line.explained, line.open, line.cost) == (1000, 1000, 0, 0, 200)
    assert audit(session, cast.stan) == []


def test_what_another_order_had_scrapped_is_issued_anew(session: Session, cast: Cast, screen: Part) -> None:
    act(session, lambda: desk.move(session, cast.stan, [Portion(screen, 1000, "S1")], WAREHOUSE, SCRAP))
    tell(session, cast.ada, "order-1", "used", serial="S1")
    (line,) = services.order_parts(session, cast.stan, "order-1")
    assert (line.issued, line.used, line.explained, line.open, line.cost) == (1000, 1000, 0, 0, 200)
    assert audit(session, cast.stan) == []


def test_what_was_built_in_costs_until_it_comes_back(session: Session, cast: Cast, screen: Part) -> None:
    tell(session, cast.ada, "order-1", "used", 3000)
    assert services.order_cost(session, cast.stan, "order-1") == 600
    assert [line.location for line in services.stock_lines(session, cast.stan) if line.milli > 0] == [
        CUSTOMER,
        WAREHOUSE,
    ]

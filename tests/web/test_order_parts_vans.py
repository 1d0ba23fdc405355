"""From which van an engineer takes: the own one first, and nobody else's without a word."""

from collections.abc import Iterator
from functools import partial

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


def take_one(session: Session, actor: Actor, order: str) -> None:
    asked = [Asked(BEARING, 1000)]
    run_write(session, lambda: parts.issue_parts(session, actor, order, asked, new_id()))


def lying(session: Session, actor: Actor) -> dict[str, int]:
    session.rollback()
    return {line.location: line.milli for line in inventory.stock_lines(session, actor) if line.milli > 0}


def in_vans(session: Session, cast: Cast, quantity: float, *people: Actor) -> None:
    bearing = inventory.parts_by_number(session, cast.sue, [BEARING])[BEARING]
    for person in people:
        move = (session, cast.stan, bearing, quantity, WAREHOUSE, van_of(person.person_id))
        run_write(session, partial(inventory.move_stock, *move))


def test_an_engineer_takes_from_the_own_van_though_the_order_has_changed_hands(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    in_vans(session, cast, 1, cast.ada, cast.bo)
    order = workshop.open_order(cast.bo)
    run_write(session, lambda: orders.assign_work_order(session, cast.sue, order, cast.ada.person_id))
    take_one(session, cast.bo, order)
    assert lying(session, cast.sue) == {WAREHOUSE: 8_000, van_of(cast.ada.person_id): 1_000, f"order:{order}": 1_000}
    assert inventory.held_for_orders(session, cast.sue, [order]) == []


def test_who_helps_does_not_empty_the_van_of_whoever_has_the_order(
    workshop: Workshop, session: Session, cast: Cast
) -> None:
    in_vans(session, cast, 10, cast.ada)
    order = workshop.open_order(cast.ada)
    with pytest.raises(Conflict) as refused:
        take_one(session, cast.bo, order)
    assert [problem.code for problem in refused.value.problems] == ["stock.not_there"]
    take_one(session, cast.ada, order)
    assert lying(session, cast.sue)[van_of(cast.ada.person_id)] == 9_000

"""Somebody opens a sub-order in the moment in which somebody else closes the order."""

import threading
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, run_write, session_for
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, Workshop, put_up
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session

ROUNDS = 6


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


def open_sub(session: Session, sue: Actor, workshop: Workshop, main: str) -> None:
    new = orders.NewOrder(product=PUMP, template_version=workshop.version_id, parent=main)
    run_write(session, lambda: orders.open_work_order(session, sue, new))


def cancel(session: Session, sue: Actor, main: str) -> None:
    run_write(session, lambda: orders.cancel_work_order(session, sue, main, "not needed"))


def test_a_sub_order_is_opened_or_its_order_closed_never_both(
    database: Database, workshop: Workshop, cast: Cast
) -> None:
    for _ in range(ROUNDS):
        main = workshop.open_order()
        refused = race(database, cast.sue, workshop, main)
        with session_for(database, cast.sue) as session:
            status, below = (
                orders.access_work_order(session, cast.sue, main).status,
                orders.sub_orders(session, cast.sue, main),
            )
        assert (status, len(below), refused) in [
            ("open", 1, ["order.sub_orders_open"]),
            ("cancelled", 0, ["order.parent_closed"]),
        ]


def race(database: Database, sue: Actor, workshop: Workshop, main: str) -> list[str]:
    """What was refused while one opened a sub-order and the other closed its order."""
    found: list[str] = []
    ready = threading.Barrier(2)

    def act(what: Any) -> None:
        with session_for(database, sue) as session:
            ready.wait(10)
            try:
                what(session)
            except Refusal as refusal:
                found.extend(problem.code for problem in refusal.problems)

    acts = (lambda session: open_sub(session, sue, workshop, main), lambda session: cancel(session, sue, main))
    threads = [threading.Thread(target=act, args=[each]) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found

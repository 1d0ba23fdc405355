"""A step that only takes locks off is for whoever set them; the lists say so."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, Phone, put_up
from mendloop.testing.unlocking import REMARK, UNLOCK, locking_process
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders

Visit = Callable[..., Visitor]


def locked_order(database: Database, cast: Cast, ada: Phone, *fields: Any) -> str:
    """An order in which Ada has locked, and a step with these fields is next."""
    document = locking_process("pump.locked", "pump/*", *fields)
    with session_for(database, cast.sue) as session, write_transaction(session):
        version = library.publish_template(session, cast.sue, document)
        order = orders.open_work_order(session, cast.sue, orders.NewOrder(PUMP, version.id)).id
    ada.do("StartStep", order, visit="isolate#1")
    ada.do("LockPoint", order, visit="isolate#1", field="loto", point="breaker")
    ada.do("CompleteStep", order, visit="isolate#1", answers={})
    return order


@pytest.fixture
def ada(database: Database, visit: Visit, cast: Cast) -> Phone:
    put_up(database, cast)
    return Phone(visit(cast.ada))


def card_of(visitor: Visitor, order: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = (visitor.get("/api/v1/my/orders").json or {})["orders"]
    return next(card for card in found if card["id"] == order)


def test_the_lists_name_who_alone_can_unlock(database: Database, visit: Visit, cast: Cast, ada: Phone) -> None:
    order = locked_order(database, cast, ada, UNLOCK)
    (active,) = card_of(visit(cast.bo), order)["active"]
    assert (active["node"], active["only_for"], active["only_for_names"]) == ("release", [cast.ada.person_id], ["Ada"])
    assert "Waits for Ada: only who set a lock takes it off" in visit(cast.sue).get("/orders/").text


def test_an_order_that_waits_for_anothers_lock_is_not_the_next_one(
    database: Database, visit: Visit, cast: Cast, ada: Phone
) -> None:
    order = locked_order(database, cast, ada, UNLOCK)
    with session_for(database, cast.sue) as session, write_transaction(session):
        (version,) = [
            found.version.id
            for found in library.list_templates(session, cast.sue)
            if found.template.key == "pump.quick"
        ]
        free = orders.open_work_order(session, cast.sue, orders.NewOrder(PUMP, version, fault_codes=("P-11",))).id
    turns = {
        name: [card["id"] for card in (visit(person).get("/api/v1/my/orders").json or {})["orders"]]
        for name, person in (("ada", cast.ada), ("bo", cast.bo))
    }
    assert turns == {"ada": [order, free], "bo": [free, order]}


def test_where_there_is_more_to_do_in_the_step_anybody_may_begin_it(
    database: Database, visit: Visit, cast: Cast, ada: Phone
) -> None:
    order = locked_order(database, cast, ada, UNLOCK, REMARK)
    (active,) = card_of(visit(cast.bo), order)["active"]
    assert active["only_for"] == []
    assert "Waits for: Engineer" in visit(cast.sue).get("/orders/").text

"""What was worked beside what a template gives for it: only what has a standard is held against one."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from mendloop.clock import utc_now
from mendloop.database import Database, session_for, write_transaction
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, TEMPLATE, Phone, Workshop, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.opening import moment

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def timed(workshop: Workshop, cast: Cast, *untimed: str) -> str:
    """An order on a process in which these steps have no standard time."""
    nodes = {name: dict(node) for name, node in TEMPLATE["nodes"].items()}
    for name in untimed:
        nodes[name].pop("standard_minutes", None)
    with session_for(workshop.database, cast.sue) as session, write_transaction(session):
        version = library.publish_template(session, cast.sue, {**TEMPLATE, "key": "pump.untimed", "nodes": nodes})
        new = orders.NewOrder(PUMP, version.id, fault_codes=("P-11",), assignee=cast.ada.person_id)
        return orders.open_work_order(session, cast.sue, new).id


def work_on_the_first_step_for(minutes: int, phone: Phone, order: str) -> None:
    begun = moment(utc_now() - dt.timedelta(minutes=minutes))
    phone.send({**phone.make("StartStep", order, visit="isolate#1"), "at": begun})


def test_where_no_step_has_a_standard_nothing_is_compared_and_nothing_is_red(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    order = timed(workshop, cast, *TEMPLATE["nodes"])
    work_on_the_first_step_for(25, Phone(visit(cast.ada)), order)
    record = sue.get(f"/orders/{order}").text
    assert re.search(r'record-total quiet">.*Worked 25 min so far</p>', record)
    assert "over-text" not in record
    assert "standard" not in record[record.index('<div class="record">') :]
    assert "over-text" not in sue.get("/orders/").text


def test_minutes_in_steps_without_a_standard_are_told_and_not_held_against_anybody(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    order = timed(workshop, cast, "isolate")
    work_on_the_first_step_for(45, Phone(visit(cast.ada)), order)
    record = sue.get(f"/orders/{order}").text
    words = "Worked 45 min so far; 20 standard minutes in all on the usual route; 45 min of it in steps without a"
    assert re.search(rf'record-total quiet">.*{words}', record)


def test_what_took_longer_than_its_standard_is_red(workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast) -> None:
    order = timed(workshop, cast, "repair")
    work_on_the_first_step_for(45, Phone(visit(cast.ada)), order)
    assert re.search(r'record-total over-text">.*Worked 45 min', sue.get(f"/orders/{order}").text)

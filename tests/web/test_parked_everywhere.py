"""Parked work of the whole organisation on one page: what names no order that is here is found there, too."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, new_id, session_for
from mendloop.sync.models import ParkedCommand
from mendloop.sync.parked import PAGE
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, Workshop, photo_bytes, put_up, shot
from mendloop.testing.visitor import Visitor
from sqlalchemy import select

Visit = Callable[..., Visitor]
NOWHERE = "01900000-0000-7000-8000-00000000beef"
NOTE = "Written down by hand in order 12"


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def ada(visit: Visit, cast: Cast, workshop: Workshop) -> Phone:
    return Phone(visit(cast.ada))


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def refuse(phone: Phone, order: str = NOWHERE, **payload: Any) -> dict[str, Any]:
    given = {"visit": "measure#2", "answers": {"runout": {"value": 0.12}}, "reasons": {"runout": "worn"}, **payload}
    answer = phone.send(phone.make("CompleteStep", order, **given))[-1]
    assert answer["status"] in {"rejected", "conflict"}
    return answer


def items(database: Database, cast: Cast) -> list[ParkedCommand]:
    with session_for(database, cast.sue) as session:
        statement = select(ParkedCommand).where(ParkedCommand.organisation_id == cast.sue.organisation_id)
        return list(session.execute(statement.order_by(ParkedCommand.id)).scalars())


def test_what_names_no_order_here_is_told_with_who_when_which_device_and_what_was_wanted(
    ada: Phone, sue: Visitor
) -> None:
    problem = refuse(ada)["problems"][0]
    page = sue.get("/orders/parked").text
    wanted = (
        "No such work order here",
        NOWHERE,
        "Finish the step",
        "measure",
        "Ada",
        ada.device["id"],
        "runout",
        "0.12",
    )
    assert [words for words in (*wanted, "worn", problem["message"]) if words not in page] == []


def test_the_photos_of_an_unknown_order_are_shown(ada: Phone, sue: Visitor) -> None:
    sha256 = ada.upload(photo_bytes())
    refuse(ada, answers={"before": shot(sha256)})
    assert f"/api/v1/photos/{sha256}" in sue.get("/orders/parked").text


def test_somebody_elses_order_is_no_order_here(
    ada: Phone, sue: Visitor, visit: Visit, cast: Cast, workshop: Workshop
) -> None:
    order = workshop.open_order(cast.ada)
    refuse(Phone(visit(cast.cy)), order)
    assert "Nothing is parked" in sue.get("/orders/parked").text
    page = visit(cast.cy).get("/orders/parked").text
    assert "No such work order here" in page
    assert "Measure runout" not in page


def test_known_orders_stand_on_the_same_page_with_the_words_of_their_template(
    ada: Phone, sue: Visitor, workshop: Workshop, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    refuse(ada, order)
    page = sue.get("/orders/parked").text
    assert f'href="/orders/{order}"' in page
    assert "Shaft runout" in page
    assert "No such work order here" not in page


def test_the_list_of_orders_leads_to_it_as_long_as_something_waits(
    ada: Phone, sue: Visitor, workshop: Workshop, cast: Cast, database: Database
) -> None:
    order = workshop.open_order(cast.ada)
    calm = sue.get("/orders/live?status=open")
    assert "/orders/parked" not in calm.text
    refuse(ada)
    refuse(ada, order)
    refuse(ada, order)
    shown = sue.get("/orders/live?status=open", headers={"If-None-Match": calm.headers["ETag"]}).text
    assert "wait to be settled: 3" in shown
    assert "of which 1 name a work order that does not exist here" in shown
    assert 'href="/orders/parked"' in shown
    assert 'Parked work<span class="count warn">1<' in sue.get("/orders/?status=parked").text
    for item in items(database, cast):
        sue.submit(f"/orders/parked/{item.id}", {"note": NOTE})
    assert "/orders/parked" not in sue.get("/orders/live?status=open").text


def test_a_settled_entry_stays_with_its_note(ada: Phone, sue: Visitor, database: Database, cast: Cast) -> None:
    refuse(ada)
    (item,) = items(database, cast)
    assert sue.submit(f"/orders/parked/{item.id}", {"note": NOTE}).location == "/orders/parked"
    assert NOWHERE not in sue.get("/orders/parked").text
    settled = sue.get("/orders/parked?show=settled").text
    assert [words for words in (NOWHERE, NOTE, "Sue", "0.12") if words not in settled] == []
    assert sue.submit(f"/orders/parked/{item.id}", {"note": "again"}).status_code == 409
    (kept,) = items(database, cast)
    assert (kept.settled_note, kept.body) == (NOTE, item.body)


@pytest.mark.parametrize("note", ["", "  ", "x" * 1001])
def test_settling_needs_a_note(ada: Phone, sue: Visitor, database: Database, cast: Cast, note: str) -> None:
    refuse(ada)
    (item,) = items(database, cast)
    assert sue.submit(f"/orders/parked/{item.id}", {"note": note}).status_code == 422
    assert items(database, cast)[0].settled_at is None


def test_who_may_not_settle_reads_at_most(ada: Phone, visit: Visit, database: Database, cast: Cast) -> None:
    refuse(ada)
    (item,) = items(database, cast)
    assert "Mark as settled" not in visit(cast.vera).get("/orders/parked").text
    path = f"/orders/parked/{item.id}"
    answers = [visit(who).submit(path, {"note": NOTE}).status_code for who in (cast.vera, cast.ada, cast.cy)]
    assert answers == [403, 403, 404]
    assert visit(cast.sue).submit(f"/orders/parked/{new_id()}", {"note": NOTE}).status_code == 404


def test_more_than_a_page_is_reached_page_by_page(ada: Phone, sue: Visitor, database: Database, cast: Cast) -> None:
    commands = [ada.make("StartStep", NOWHERE, visit=f"step{number:03d}#1") for number in range(PAGE + 5)]
    ada.send(*commands)
    first = sue.get("/orders/parked").text
    beyond = items(database, cast)[PAGE - 1].id
    assert f"/orders/parked?beyond={beyond}" in first
    second = sue.get(f"/orders/parked?beyond={beyond}").text
    shown = [[f"step{number:03d}" in page for page in (first, second)] for number in range(PAGE + 5)]
    assert shown == [[True, False]] * PAGE + [[False, True]] * 5


@pytest.mark.parametrize(
    "payload",
    [
        {"answers": {"a": {"b": [1, True, None, {"c": [[[[["deep"]]]]]}]}}},
        {"answers": ["no object"], "reasons": 4},
        {"visit": 7, "reason": {"a": 1}},
        {"visit": "nowhere#x", "photos": ["../../etc", 3], "text": ["a"]},
        {"answers": {"<script>": "<script>alert(1)</script>"}},
        {"answers": {str(number): "x" * 500 for number in range(200)}},
    ],
)
def test_an_entry_of_any_shape_is_readable(ada: Phone, sue: Visitor, payload: dict[str, Any]) -> None:
    refuse(ada, **payload)
    page = sue.get("/orders/parked")
    assert page.status_code == 200
    assert "photos/../" not in page.text
    assert "<script>alert" not in page.text


def test_an_open_order_page_says_that_work_was_parked_meanwhile(
    ada: Phone, sue: Visitor, workshop: Workshop, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    address = f"/orders/{order}/live?parked=0"
    before = sue.get(address)
    assert "New parked work" not in before.text
    refuse(ada, order)
    after = sue.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert "New parked work for this order: 1" in after.text
    assert f"/orders/{order}/live?parked=1" in sue.get(f"/orders/{order}").text

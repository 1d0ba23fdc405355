"""Parked field work: the supervisor sees it with its reasons, settles it with a note, and nothing of it goes away."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, new_id, session_for
from mendloop.sync.models import ParkedCommand
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, Workshop, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from sqlalchemy import select

Visit = Callable[..., Visitor]
NOTE = "Measured again with Ada, 0.06 mm"


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ada))


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def refuse(ada: Phone, order: str, **payload: Any) -> dict[str, Any]:
    """Finish a step that is not open: it is refused and parked."""
    given = {"visit": "measure#1", "answers": {"runout": {"value": 0.12}}, "reasons": {"runout": "worn"}, **payload}
    answer = ada.send(ada.make("CompleteStep", order, **given))[-1]
    assert answer["status"] in {"rejected", "conflict"}
    return answer


def items(database: Database, cast: Cast) -> list[ParkedCommand]:
    with session_for(database, cast.sue) as session:
        statement = select(ParkedCommand).where(ParkedCommand.organisation_id == cast.sue.organisation_id)
        return list(session.execute(statement).scalars())


def settle(visitor: Visitor, order: str, item: str, note: str = NOTE) -> Any:
    return visitor.submit(f"/orders/{order}/parked/{item}", {"note": note})


def test_the_supervisor_reads_what_was_refused_and_why(order: str, ada: Phone, sue: Visitor) -> None:
    problem = refuse(ada, order)["problems"][0]
    page = sue.get(f"/orders/{order}").text
    section = page[page.index('id="parked"') : page.index("<live-part")]
    for words in ("Parked work", "Finish the step", "Measure runout", "Ada", "Shaft runout", "0.12 mm", "worn"):
        assert words in section, words
    assert problem["message"].replace("'", "&#39;") in section


def test_an_order_without_parked_work_has_no_such_section(order: str, sue: Visitor) -> None:
    assert 'id="parked"' not in sue.get(f"/orders/{order}").text


@pytest.mark.parametrize(
    "payload",
    [
        {"answers": {"runout": "much"}},
        {"answers": {"runout": {"value": {}}, "nothing": [1, {"a": None}]}},
        {"answers": ["no object"], "reasons": 4},
        {"visit": 7},
        {"visit": "nowhere#x", "photos": ["../../etc", 3], "reason": {"a": 1}},
    ],
)
def test_parked_work_of_any_shape_is_readable(order: str, ada: Phone, sue: Visitor, payload: dict[str, Any]) -> None:
    refuse(ada, order, **payload)
    page = sue.get(f"/orders/{order}")
    assert page.status_code == 200
    assert "photos/../" not in page.text


def test_a_settled_item_stays_with_its_note_and_its_author(
    order: str, ada: Phone, sue: Visitor, database: Database, cast: Cast
) -> None:
    refuse(ada, order)
    (item,) = items(database, cast)
    answer = settle(sue, order, item.id)
    assert (answer.status_code, answer.location) == (302, f"/orders/{order}#parked")
    page = sue.get(f"/orders/{order}").text
    folded = page[page.index('id="parked-settled"') : page.index("<live-part")]
    assert NOTE in folded
    assert "Sue" in folded
    assert "0.12 mm" in folded
    assert "Mark as settled" not in page
    (kept,) = items(database, cast)
    assert (kept.settled_by, kept.settled_note) == (cast.sue.person_id, NOTE)
    assert (kept.body, kept.problems) == (item.body, item.problems)


def test_the_first_settlement_stands(order: str, ada: Phone, sue: Visitor, database: Database, cast: Cast) -> None:
    refuse(ada, order)
    (item,) = items(database, cast)
    settle(sue, order, item.id)
    assert settle(sue, order, item.id, "something else").status_code == 409
    assert items(database, cast)[0].settled_note == NOTE


@pytest.mark.parametrize("note", ["", "   ", "x" * 1001])
def test_a_settlement_needs_a_note(
    order: str, ada: Phone, sue: Visitor, database: Database, cast: Cast, note: str
) -> None:
    refuse(ada, order)
    (item,) = items(database, cast)
    assert settle(sue, order, item.id, note).status_code == 422
    assert items(database, cast)[0].settled_at is None


def test_only_the_own_organisation_sees_and_settles(
    order: str, ada: Phone, visit: Visit, database: Database, cast: Cast, workshop: Workshop
) -> None:
    refuse(ada, order)
    (item,) = items(database, cast)
    stranger = visit(cast.cy)
    assert stranger.get(f"/orders/{order}").status_code == 404
    assert settle(stranger, order, item.id).status_code == 404
    assert settle(visit(cast.sue), workshop.open_order(cast.ada), item.id).status_code == 404
    assert settle(visit(cast.sue), order, new_id()).status_code == 404
    assert items(database, cast)[0].settled_at is None


def test_an_engineer_settles_nothing(order: str, ada: Phone, database: Database, cast: Cast) -> None:
    refuse(ada, order)
    (item,) = items(database, cast)
    assert settle(ada.visitor, order, item.id).status_code == 403


def test_the_list_counts_what_waits_and_has_a_tab_for_it(
    order: str, ada: Phone, sue: Visitor, database: Database, cast: Cast, workshop: Workshop
) -> None:
    quiet = workshop.open_order(cast.ada)
    before = sue.get("/orders/live?status=open").headers["ETag"]
    refuse(ada, order)
    refuse(ada, order)
    assert sue.get("/orders/live?status=open", headers={"If-None-Match": before}).status_code == 200
    shown = sue.get("/orders/?status=parked").text
    assert "2 parked" in shown
    assert order in shown
    assert quiet not in shown
    assert re.search(r'aria-current="page">Parked work<span class="count warn">1<', shown)
    for item in items(database, cast):
        settle(sue, order, item.id)
    assert "Nothing is parked" in sue.get("/orders/?status=parked").text
    assert "2 parked" not in sue.get("/orders/").text


def test_settling_leaves_the_queue_of_the_phone_alone(
    order: str, ada: Phone, sue: Visitor, database: Database, cast: Cast
) -> None:
    refuse(ada, order)
    (item,) = items(database, cast)
    settle(sue, order, item.id)
    work_to_repair(ada, order)
    found = sue.get(f"/api/v1/orders/{order}").json
    assert found is not None
    assert [active["visit"] for active in found["active"]] == ["repair#1"]
    assert len(items(database, cast)) == 1

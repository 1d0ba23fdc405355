"""An order's parts over the API, as a phone and a desk use them."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, new_id
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


def act(visitor: Visitor, order: str, verb: str, **body: Any) -> tuple[int, dict[str, Any]]:
    sent = {"key": new_id(), **body} if "accept" not in body else body
    answer = visitor.send("POST", f"/api/v1/orders/{order}/parts/{verb}", json=sent)
    return answer.status_code, answer.json or {}


def line(sheet: dict[str, Any], number: str = BEARING) -> dict[str, Any]:
    return next(dict(part) for part in sheet["parts"] if part["number"] == number)


def test_a_phone_takes_gives_back_explains_and_a_supervisor_accepts(order: str, visit: Visit, cast: Cast) -> None:
    ada, sue = visit(cast.ada), visit(cast.sue)
    sheet: dict[str, Any] = ada.get(f"/api/v1/orders/{order}/parts").json or {}
    assert line(sheet)["planned"] == 1
    assert [(place["kind"], place["quantity"]) for place in line(sheet)["reserved"]] == [("warehouse", 1)]
    status, sheet = act(ada, order, "issue", lines=[{"number": BEARING, "quantity": 2}], extra=True)
    assert (status, line(sheet)["open"], line(sheet)["reserved"], sheet["settled"]) == (200, 2, [], False)
    _, sheet = act(ada, order, "give-back", lines=[{"number": BEARING, "quantity": 1}])
    assert (line(sheet)["open"], line(sheet)["returned"]) == (1, 1)
    _, sheet = act(ada, order, "explain", number=BEARING, reason="broken", note="cracked when it was pressed in")
    said = sheet["explanations"][0]
    assert (line(sheet)["explained_open"], said["state"]) == (1, "proposed")
    _, sheet = act(sue, order, f"explanations/{said['id']}", accept=True)
    assert (sheet["settled"], line(sheet)["explained"]) == (True, 1)


def test_only_who_may_know_is_told_what_parts_cost(order: str, visit: Visit, cast: Cast) -> None:
    ada, stan = visit(cast.ada), visit(cast.stan)
    _, by_ada = act(ada, order, "issue", lines=[{"number": BEARING, "quantity": 1}])
    by_stan: dict[str, Any] = stan.get(f"/api/v1/orders/{order}/parts").json or {}
    told = [(sheet["cost"], line(sheet)["cost"]) for sheet in (by_ada, by_stan)]
    assert told == [(None, None), (0, 0)]


def test_a_wrong_part_is_answered_with_what_was_expected(order: str, visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    status, answer = act(stan, order, "issue", lines=[{"number": "NO-SUCH", "quantity": 1}])
    assert (status, answer["problems"][0]["code"]) == (422, "part.unknown")
    assert act(visit(cast.ada), order, "plan", number="EXTRA-1", quantity=1)[0] == 200
    status, answer = act(stan, order, "issue", lines=[{"number": BEARING, "quantity": 3}])
    assert (status, answer["problems"][0]["code"]) == (422, "order_parts.more_than_planned")


def test_what_was_sent_twice_is_done_once(order: str, visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    for _ in range(2):
        status, sheet = act(ada, order, "issue", key="once", lines=[{"number": BEARING, "quantity": 1}])
        assert (status, line(sheet)["issued"]) == (200, 1)


def test_a_storekeeper_sees_what_is_missing_and_what_comes_back(order: str, visit: Visit, cast: Cast) -> None:
    stan, ada = visit(cast.stan), visit(cast.ada)
    act(visit(cast.sue), order, "plan", number=BEARING, quantity=12)
    missing = (stan.get("/api/v1/missing-parts").json or {})["missing"]
    assert [(each["number"], each["quantity"], each["buy"]) for each in missing] == [(BEARING, 2, 2)]
    act(ada, order, "issue", lines=[{"number": BEARING}])
    act(ada, order, "give-back", lines=[{"number": BEARING}], defective=True)
    [old] = (stan.get("/api/v1/old-parts").json or {})["old_parts"]
    answer = stan.send("POST", f"/api/v1/old-parts/{old['tag']}/receive", json={"target": "quarantine"})
    assert (answer.status_code, (answer.json or {})["target"]) == (200, "quarantine")
    assert (stan.get("/api/v1/old-parts").json or {})["old_parts"] == []


def test_an_order_of_another_organisation_is_missing(order: str, visit: Visit, cast: Cast) -> None:
    cy = visit(cast.cy)
    assert cy.get(f"/api/v1/orders/{order}/parts").status_code == 404
    assert act(cy, order, "issue", lines=[{"number": BEARING}])[0] == 404
    assert act(cy, order, "plan", number=BEARING, quantity=1)[0] == 404


def test_an_engineer_decides_no_explanation(order: str, visit: Visit, cast: Cast) -> None:
    assert act(visit(cast.ada), order, f"explanations/{new_id()}", accept=True)[0] == 403


def test_parts_that_stand_in_are_named_by_a_desk(order: str, visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    wrong = stan.send("POST", "/api/v1/stand-ins", json={"part": BEARING, "stand_ins": [BEARING]})
    assert [problem["code"] for problem in (wrong.json or {})["problems"]] == ["part.stands_in_for_itself"]

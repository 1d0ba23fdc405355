"""What has serial numbers is taken by them: a phone is told which lie near, and any other finds its part."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, put_up
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def order(database: Database, cast: Cast) -> str:
    """Two power supplies are planned: in Ada's van are sn 2 and SN-3, in the store SN-4 and one that nobody has named,
    in Bo's van SN-5."""
    order = put_up(database, cast).open_order(cast.ada)
    with session_for(database, cast.sue) as session, write_transaction(session):
        part = inventory.create_part(session, cast.sue, "NPS", {"en": "Power supply"}, serial_tracked=True)
        mine, bos = van_of(cast.ada.person_id), van_of(cast.bo.person_id)
        for serial, place in (("sn 2", mine), ("SN-3", mine), ("SN-4", WAREHOUSE), ("SN-5", bos)):
            desk.receive(session, cast.sue, Portion(part, 1000, serial), 500, place)
        inventory.receive_stock(session, cast.sue, part, 1, value=500)
    return order


@pytest.fixture
def ada(order: str, visit: Visit, cast: Cast) -> Visitor:
    visit(cast.sue).send(
        "POST", f"/api/v1/orders/{order}/parts/plan", json={"key": "p", "number": "NPS", "quantity": 3}
    )
    return visit(cast.ada)


def issue(visitor: Visitor, order: str, **line: Any) -> tuple[int, dict[str, Any]]:
    body = {"key": new_id(), "lines": [{"number": "NPS", **line}]}
    answer = visitor.send("POST", f"/api/v1/orders/{order}/parts/issue", json=body)
    return answer.status_code, answer.json or {}


def test_a_phone_is_told_which_pieces_may_be_taken_nearest_first(ada: Visitor, order: str, cast: Cast) -> None:
    sheet: dict[str, Any] = ada.get(f"/api/v1/orders/{order}/parts").json or {}
    tracked = {part["number"]: part["serial_tracked"] for part in sheet["parts"]}
    assert tracked == {BEARING: False, "NPS": True}
    assert [(each["number"], each["serial"], each["kind"], each["owner"]) for each in sheet["pieces"]] == [
        ("NPS", "sn 2", "van", cast.ada.person_id),
        ("NPS", "SN-3", "van", cast.ada.person_id),
        ("NPS", "SN-4", "warehouse", None),
    ]
    status, sheet = issue(ada, order, serial="sn-3")
    assert (status, [each["serial"] for each in sheet["pieces"]]) == (200, ["sn 2", "SN-4"])


def test_a_piece_whose_number_nobody_has_told_gets_the_one_that_is_read_off_it(ada: Visitor, order: str) -> None:
    status, sheet = issue(ada, order, serial="NEW 1")
    assert (status, [part["serials"] for part in sheet["parts"] if part["number"] == "NPS"]) == (200, [["NEW 1"]])
    assert len(sheet["pieces"]) == 3
    status, answer = issue(ada, order, serial="NEW 2")
    assert (status, [problem["code"] for problem in answer["problems"]]) == (409, ["stock.serial_not_there"])


def test_the_label_of_another_part_is_no_serial_number(
    ada: Visitor, order: str, database: Database, cast: Cast
) -> None:
    with session_for(database, cast.sue) as session, write_transaction(session):
        part = inventory.create_part(session, cast.sue, "FAN", {"en": "Fan"}, serial_tracked=True)
        desk.receive(session, cast.sue, Portion(part, 1000, "F-77"), 500, van_of(cast.ada.person_id))
    for label in ("fan", "f-77"):
        status, answer = issue(ada, order, serial=label)
        assert (status, [problem["code"] for problem in answer["problems"]]) == (422, ["order_parts.serial_of_another"])
        assert answer["problems"][0]["params"]["other"] == "FAN"
    assert issue(ada, order, serial="F-78")[0] == 200


@pytest.mark.parametrize(("query", "serial"), [("SN 2", "sn 2"), ("sn-5", "SN-5"), ("SN", None)])
def test_a_serial_number_finds_the_part_that_has_it_in_stock(ada: Visitor, query: str, serial: str | None) -> None:
    found = (ada.get(f"/api/v1/parts?query={query}").json or {})["parts"]
    assert [(part["number"], part["serial"]) for part in found] == ([("NPS", serial)] if serial else [])

"""Recommended parts of an order: what a phone gets, in words of both languages, for its own organisation only."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from mendloop.database import Database, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.recommending import services
from mendloop.recommending.services import Repair
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, PUMP, Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
NODE = "repair"


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


def learn(database: Database, cast: Cast, *parts: Iterable[str], faults: tuple[str, ...] = ("P-11",)) -> None:
    """One repair for each, the last one the latest."""
    with session_for(database, cast.sue) as session:
        for number, used in enumerate(parts, start=1):
            at = f"2026-10-{number:02}T16:30:00.000Z"
            repair = Repair(f"2026-{number:05}", at, "pump.quick", PUMP, faults, {NODE: frozenset(used)})
            run_write(session, lambda repair=repair: services.count_repair(session, cast.sue, repair))  # type: ignore[misc]


def proposed(visitor: Visitor, order: str) -> list[dict[str, Any]]:
    answer = visitor.get(f"/api/v1/orders/{order}/recommended-parts")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = (answer.json or {})["orders"][order][NODE]
    return found


def test_a_new_organisation_is_proposed_what_the_template_plans(visit: Visit, cast: Cast, order: str) -> None:
    assert proposed(visit(cast.ada), order) == [
        {
            "part": BEARING, "field": "used", "probability": 0.5, "planned": True, "required": False, "quantity": 1.0,
            "why": {"zh-CN": "模板计划用料。", "en": "Planned by the template."},
        }
    ]  # fmt: skip


def test_what_earlier_repairs_used_is_proposed_with_the_latest_of_them(
    visit: Visit, cast: Cast, database: Database, order: str
) -> None:
    learn(database, cast, [BEARING], [BEARING, "SEAL-1"], *(["SEAL-1"] for _ in range(8)))
    seal, bearing = proposed(visit(cast.ada), order)
    assert (seal["part"], seal["planned"], bearing["part"]) == ("SEAL-1", False, BEARING)
    assert seal["probability"] > bearing["probability"] > 0.2
    assert seal["why"] == {
        "zh-CN": "同类维修 10 单，9 单用到，最近一次是 2026-10-11（工单 2026-00010）。",
        "en": "Used in 9 of 10 such repairs, most recently on 2026-10-11 (order 2026-00010).",
    }
    assert bearing["why"]["en"].endswith("(order 2026-00002). Planned by the template.")


def test_days_are_those_of_the_organisation(visit: Visit, cast: Cast, database: Database, order: str) -> None:
    """Half past four in the afternoon in Greenwich is past midnight in Shanghai."""
    learn(database, cast, ["SEAL-1"])
    seal = next(each for each in proposed(visit(cast.ada), order) if each["part"] == "SEAL-1")
    assert seal["why"]["en"] == "Used in the only such repair so far, on 2026-10-02 (order 2026-00001)."


def test_an_order_that_has_ended_teaches_the_next_one(visit: Visit, cast: Cast, workshop: Workshop) -> None:
    first, second = workshop.open_order(cast.ada), workshop.open_order(cast.ada)
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    before = proposed(ada.visitor, second)[0]["probability"]
    work_to_repair(ada, first)
    finish_repair(ada, first)
    assert proposed(ada.visitor, second)[0]["probability"] == before
    inspect(ivy, first, "inspect#1", "accepted")
    bearing = proposed(ada.visitor, second)[0]
    assert bearing["probability"] > before
    assert bearing["why"]["en"].startswith("Used in the only such repair so far, on 20")


def test_codes_below_the_same_code_teach_each_other(visit: Visit, cast: Cast, database: Database, order: str) -> None:
    with session_for(database, cast.sue) as session:
        run_write(session, lambda: _branch(session, cast))
    learn(database, cast, *(["SEAL-1"] for _ in range(9)), faults=("P-12",))
    learn(database, cast, *([] for _ in range(9)), faults=("Q-1",))
    seal = next(each for each in proposed(visit(cast.ada), order) if each["part"] == "SEAL-1")
    assert seal["why"]["zh-CN"].startswith("本产品相近故障的维修 9 单，9 单用到")


def _branch(session: Any, cast: Cast) -> None:
    add, details = library.add_fault_code, library.FaultCodeDetails
    add(session, cast.sue, details("P", "problem", {"en": "Mechanics"}))
    known = library.fault_code_by_code(session, cast.sue, "P-11")
    assert known is not None
    library.change_fault_code(session, cast.sue, known.id, details("P-11", "problem", {"en": "Noise"}, "P"))
    add(session, cast.sue, details("P-12", "problem", {"en": "Leak"}, "P"))


def test_the_answer_says_what_is_known_of_each_part(visit: Visit, cast: Cast, database: Database, order: str) -> None:
    with session_for(database, cast.stan) as session:
        run_write(
            session,
            lambda: inventory.create_part(
                session, cast.stan, "SEAL-1", {"en": "Seal"}, fits=["pump/*"], serial_tracked=True
            ),
        )
    learn(database, cast, ["SEAL-1", "NEVER-ENTERED"])
    answer = visit(cast.ada).get(f"/api/v1/orders/{order}/recommended-parts").json or {}
    assert answer["parts"] == {
        BEARING: {
            "name": {"en": "Bearing 6205", "zh-CN": "轴承 6205"}, "unit": "pcs", "fits": [], "serial_tracked": False,
        },
        "SEAL-1": {"name": {"en": "Seal"}, "unit": "pcs", "fits": ["pump/*"], "serial_tracked": True},
    }  # fmt: skip
    assert {each["part"] for each in answer["orders"][order][NODE]} == {BEARING, "SEAL-1", "NEVER-ENTERED"}


def test_the_table_of_a_phone_holds_every_order_of_its_list(visit: Visit, cast: Cast, workshop: Workshop) -> None:
    mine = {workshop.open_order(cast.ada), workshop.open_order(cast.ada)}
    ada = visit(cast.ada)
    table = ada.get("/api/v1/my/recommended-parts")
    listed = {card["id"] for card in (ada.get("/api/v1/my/orders").json or {})["orders"]}
    assert mine <= listed == set((table.json or {})["orders"])
    again = ada.get("/api/v1/my/recommended-parts", headers={"If-None-Match": table.headers["ETag"]})
    assert again.status_code == 304


def test_orders_of_others_are_as_missing_as_none(visit: Visit, cast: Cast, order: str) -> None:
    answers = [visit(cast.cy).get(f"/api/v1/orders/{each}/recommended-parts") for each in (order, "nothing")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (visit(cast.cy).get("/api/v1/my/recommended-parts").json or {}) == {"orders": {}, "parts": {}}
    assert visit().get(f"/api/v1/orders/{order}/recommended-parts").status_code == 401


def test_what_others_used_is_never_told(visit: Visit, cast: Cast, database: Database, order: str) -> None:
    with session_for(database, cast.cy) as session:
        repair = Repair("2026-00001", "2026-10-01T08:00:00.000Z", "pump.quick", PUMP, ("P-11",), {NODE: {"SPY-1"}})
        run_write(session, lambda: services.count_repair(session, cast.cy, repair))
    assert [each["part"] for each in proposed(visit(cast.ada), order)] == [BEARING]

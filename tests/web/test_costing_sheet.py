"""The cost sheet of an order equals what is worked out by hand; what comes late makes a revision that says why."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from mendloop.costing import extras, services
from mendloop.costing.models import CostSheet
from mendloop.costing.revisions import rebuilt, revise, revisions
from mendloop.database import Database, run_write, session_for
from mendloop.inventory.services import PartFact, book_parts, order_cost
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import CostShop, friday, put_up_costs
from mendloop.testing.pump_shop import BEARING
from sqlalchemy.orm import Session

Json = dict[str, Any]

CLOSED_TOO = services.Reach(True, "Forgotten")


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


@pytest.fixture
def finished(shop: CostShop) -> str:
    order = shop.open_order()
    shop.travel(order)
    shop.repair(order)
    shop.add_extra(order, "freight", "30", "Bearings sent by express")
    return order


def sheet_of(session: Session, cast: Cast, order: str) -> tuple[CostSheet, Json, list[Json]]:
    session.rollback()  # what others have written since is to be seen
    sheet = revise(session, cast.sue, order)
    return sheet, json.loads(sheet.document), json.loads(sheet.changes)


def test_a_finished_order_costs_what_is_worked_out_by_hand(
    finished: str, shop: CostShop, session: Session, cast: Cast
) -> None:
    """Labour (minutes x rate x factor), cost and price at 200.00 an hour:

        travel  16:00-16:45           45 min x  60        =  45.00    150.00
        work    16:45-17:00, -18:00   55 min x 120        = 110.00    183.33  (183.333...)
        waiting 17:00-17:20           20 min x 120        =  40.00     66.67  (66.666...)
        work    18:00-18:40 overtime  40 min x 120 x 1.5  = 120.00    200.00
                                                            315.00    600.00
    Parts       2 x 25.00                                 =  50.00     90.00  (2 x 45.00)
    Freight     30.00, no price of its own: + 20 %        =  30.00     36.00
    Overhead    10 % of 315.00 + 5.00                     =  36.50      0.00
                                                            431.50    726.00
    Maker 80 % of parts 72.00; we bear travel 150.00; customer 726.00 - 72.00 - 150.00 = 504.00
    Discount 5 % of 504.00 + 3.80 = 29.00; customer pays 475.00 + 13 % 61.75; maker 72.00 + 9.36
    Revenue 547.00, margin 547.00 - 431.50 = 115.50
    """
    run_write(session, lambda: extras.agree_discount(session, cast.sue, finished, "5", "3.80", "Old customer"))
    sheet, document, _ = sheet_of(session, cast, finished)
    ada = cast.ada.person_id
    found = {line["key"]: (line["cost"], line["price"]) for line in document["lines"]}
    (freight,) = [key for key in found if key.startswith("extra:")]
    assert found == {
        f"labour:travel_out#1:{ada}:travel:regular": (4_500, 15_000),
        f"labour:repair#1:{ada}:work:regular": (11_000, 18_333),
        f"labour:repair#1:{ada}:waiting:regular": (4_000, 6_667),
        f"labour:repair#1:{ada}:work:overtime": (12_000, 20_000),
        f"part:repair#1:{BEARING}:used": (5_000, 9_000),
        freight: (3_000, 3_600),
        "overhead": (3_650, 0),
    }
    assert document["totals"] == {
        "cost": 43_150, "price": 72_600, "manufacturer": 7_200, "us": 15_000,
        "cost_labour": 31_500, "cost_part": 5_000, "cost_extra": 3_000, "cost_overhead": 3_650,
        "gross": 50_400, "discount": 2_900, "customer": 47_500, "revenue": 54_700,
        "tax_customer": 6_175, "tax_manufacturer": 936, "margin": 11_550,
    }  # fmt: skip
    assert (sheet.cost, sheet.revenue, sheet.status, sheet.template) == (43_150, 54_700, "ended", "pump.call_out")
    assert document["totals"]["cost_part"] == order_cost(session, cast.sue, finished)


def test_planned_stands_beside_actual_by_step(finished: str, session: Session, cast: Cast) -> None:
    """Travel: planned 30 min on the way at 60 = 30.00. Repair: 90 min = 180.00, and two bearings."""
    _, document, _ = sheet_of(session, cast, finished)
    travel, repair = document["steps"]
    assert (travel["planned_labour"], travel["ms"], travel["labour"]) == (3_000, 45 * 60_000, 4_500)
    assert (repair["planned_labour"], repair["ms"], repair["labour"], repair["parts"]) == (
        18_000, 115 * 60_000, 27_000, 5_000
    )  # fmt: skip
    assert repair["planned_parts"] == [{"part": BEARING, "milli": 2_000, "worth": 5_000}]


def test_nothing_new_makes_no_new_revision(finished: str, session: Session, cast: Cast) -> None:
    first, *_ = sheet_of(session, cast, finished)
    again, *_ = sheet_of(session, cast, finished)
    assert (first.revision, again.revision) == (2, 2)  # when it ended, and when the freight was billed


def test_a_late_cost_makes_a_revision_that_says_why(
    finished: str, shop: CostShop, session: Session, cast: Cast
) -> None:
    sheet_of(session, cast, finished)
    key = shop.add_extra(finished, "subcontractor", "80", "Balancing, billed two weeks later")
    sheet, document, (change,) = sheet_of(session, cast, finished)
    assert sheet.revision == 3
    assert document["totals"]["cost"] == 43_150 + 8_000
    assert change["key"] == f"extra:{key}"
    assert change["amounts"]["cost"] == [None, 8_000]
    assert change["about"]["why"] == "Balancing, billed two weeks later"
    assert len(change["came"]) == 1  # the settings that the line follows from, too, are nothing new
    run_write(session, lambda: extras.take_back_extra(session, cast.sue, finished, key, "Billed by mistake"))
    sheet, document, (change,) = sheet_of(session, cast, finished)
    assert (sheet.revision, document["totals"]["cost"]) == (4, 43_150)
    assert change["amounts"]["cost"] == [8_000, None]
    assert (change["came"], len(change["went"])) == ([], 1)


def test_a_part_that_was_told_late_is_the_reason_of_its_revision(finished: str, session: Session, cast: Cast) -> None:
    sheet_of(session, cast, finished)
    ada, late = cast.ada, [PartFact(BEARING, 1_000, "used")]
    run_write(
        session,
        lambda: book_parts(session, cast.sue, ada.person_id, finished, "repair#1", friday("19:00"), late),
    )
    sheet, document, (change,) = sheet_of(session, cast, finished)
    assert (sheet.revision, document["totals"]["cost_part"]) == (3, 7_500)
    assert change["amounts"]["cost"] == [5_000, 7_500]
    assert [source.partition(":")[0] for source in change["came"]] == ["movement"]
    assert document["totals"]["cost_part"] == order_cost(session, cast.sue, finished)


def test_what_is_clocked_later_is_the_reason_of_its_revision(shop: CostShop, session: Session, cast: Cast) -> None:
    order = shop.open_order()
    shop.travel(order)
    sheet, document, changes = sheet_of(session, cast, order)
    assert (sheet.status, changes, document["totals"]["cost_labour"]) == ("open", [], 4_500)
    shop.do(order, "16:45", "StartStep", "repair#1")
    _, document, _ = sheet_of(session, cast, order)
    assert (document["running"], document["totals"]["cost_labour"]) == (1, 4_500)
    shop.do(order, "17:45", "CompleteStep", "repair#1", answers={"used": []})
    sheet, document, changes = sheet_of(session, cast, order)
    assert document["totals"]["cost_labour"] == 4_500 + 12_000
    assert {source.partition(":")[0] for source in changes[0]["came"]} >= {"event"}


def test_a_rate_that_was_forgotten_changes_every_line_it_belongs_to(
    finished: str, session: Session, cast: Cast
) -> None:
    sheet_of(session, cast, finished)
    details = services.RateDetails("cost", "150", "2026-11-01", person=cast.ada.person_id, kind="work")
    fact = run_write(session, lambda: services.add_rate(session, cast.sue, details, reach=CLOSED_TOO))
    _, document, changes = sheet_of(session, cast, finished)
    changed = [change for change in changes if change["kind"] == "labour.work"]
    assert [change["amounts"]["cost"] for change in changed] == [[11_000, 13_750], [12_000, 15_000]]
    assert all(f"fact:{fact.id}" in change["came"] for change in changed)
    assert [change["key"] for change in changes if change["kind"] != "labour.work"] == ["overhead"]
    assert document["totals"]["cost"] == sum(line["cost"] for line in document["lines"])


def test_a_holiday_that_was_forgotten_is_the_reason_of_its_revision(
    finished: str, session: Session, cast: Cast
) -> None:
    sheet_of(session, cast, finished)
    details = services.DayDetails("2026-11-20", "holiday", "Founders' day")
    run_write(session, lambda: services.set_days(session, cast.sue, details, CLOSED_TOO))
    _, document, _ = sheet_of(session, cast, finished)
    assert document["totals"]["cost_labour"] == 3 * (4_500 + 11_000 + 4_000 + 8_000)


def test_every_revision_can_be_made_again_from_its_facts(
    finished: str, shop: CostShop, session: Session, cast: Cast
) -> None:
    for number in range(3):
        shop.add_extra(finished, "other", str(number + 1), "again")
        rate = services.RateDetails("price", str(201 + number), "2026-11-02")
        run_write(session, lambda rate=rate: services.add_rate(session, cast.sue, rate, reach=CLOSED_TOO))  # type: ignore[misc]
    found = revisions(session, cast.sue, finished)
    assert [sheet.revision for sheet in found] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert all(rebuilt(session, cast.sue, sheet) == sheet.document for sheet in found)


def test_time_without_a_rate_is_said_to_be_missing(database: Database, cast: Cast, session: Session) -> None:
    shop = put_up_costs(database, cast)
    for fact in services.register_of(session, cast.sue, "rate"):
        run_write(session, lambda key=fact.key: services.take_back(session, cast.sue, "rate", key))  # type: ignore[misc]
    order = shop.open_order()
    shop.travel(order)
    _, document, _ = sheet_of(session, cast, order)
    assert (document["unpriced"], document["totals"]["cost_labour"]) == (1, 0)


def test_a_wait_is_paid_for_two_hours_at_most(shop: CostShop, session: Session, cast: Cast) -> None:
    order = shop.open_order(warranty=False)
    shop.do(order, "13:00", "StartStep", "travel_out#1")
    shop.do(order, "13:30", "PauseStep", "travel_out#1", reason="waiting_customer", note=None)
    shop.do(order, "17:30", "ResumeStep", "travel_out#1")
    shop.do(order, "18:00", "CompleteStep", "travel_out#1", answers={})
    _, document, _ = sheet_of(session, cast, order)
    assert {line["about"]["time"]: line["cost"] for line in document["lines"] if "time" in line["about"]} == {
        "travel": 6_000, "waiting": 24_000
    }  # fmt: skip

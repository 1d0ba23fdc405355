"""What is planned is the usual route, and stays what it was; sums of a sheet can be checked with what it says."""

import copy
import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from mendloop.clock import utc_now
from mendloop.costing import quotes, services
from mendloop.costing.basis import exact_time, write_factor
from mendloop.costing.models import CostSheet
from mendloop.costing.planned import steps_in_order, usual_steps
from mendloop.costing.revisions import revise, revisions
from mendloop.costing.worth import Worth
from mendloop.database import Database, new_id, run_write, session_for, write_transaction
from mendloop.inventory.services import Part, StockLine, create_part, parts_by_number, receive_stock
from mendloop.library.services import publish_template
from mendloop.order_parts.services import needs_of
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import TEMPLATE, CostShop, put_up_costs
from mendloop.testing.pump_shop import BEARING
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.opening import moment
from mendloop.work_orders.services import cancel_work_order, decide_command
from mendloop_engine.canonical import canonical_text
from mendloop_engine.template import Template, compile_plan, parse_template
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
Json = dict[str, Any]


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def with_detour() -> Json:
    """On site somebody may find that nothing is to be repaired: a way that is written first and taken seldom."""
    template = copy.deepcopy(TEMPLATE)
    nodes = template["nodes"]
    back = copy.deepcopy(nodes["repair"]) | {"title": {"en": "Hand back", "zh-CN": "原样交还"}, "standard_minutes": 15}
    nodes["test_run"] = nodes["travel_out"] | {"standard_minutes": 10, "next": [{"to": "done"}]}
    nodes["repair"] = nodes["repair"] | {"next": [{"to": "test_run"}]}
    nodes["hand_back"] = back | {"next": [{"to": "done"}]}
    way = {
        "when": "size(visits.travel_out) > 5",
        "to": "hand_back",
        "label": {"en": "beyond repair", "zh-CN": "修不了"},
    }
    nodes["travel_out"] = nodes["travel_out"] | {"next": [way, {"to": "repair"}]}
    return template


def sheet_of(session: Session, cast: Cast, order: str) -> Json:
    session.rollback()
    document: Json = json.loads(revise(session, cast.sue, order).document)
    return document


def test_steps_are_read_along_the_usual_way_and_detours_come_after_it() -> None:
    template = parse_template(with_detour())
    assert isinstance(template, Template)
    plan = compile_plan(template)
    assert [node.id for node in steps_in_order(plan)] == ["travel_out", "repair", "test_run", "hand_back"]
    assert [node.id for node in usual_steps(plan)] == ["travel_out", "repair", "test_run"]


def test_neither_quote_nor_plan_counts_steps_that_exclude_the_usual_ones(
    shop: CostShop, session: Session, cast: Cast, sue: Visitor
) -> None:
    """30, 90 and 10 minutes at 200.00; two bearings, though the detour would take two as well."""
    version = run_write(session, lambda: publish_template(session, cast.sue, with_detour())).id
    order = replace(shop, version_id=version).open_order(warranty=False)
    assert [need.line.milli for need in needs_of(session, cast.sue, order)] == [4_000]
    quote = run_write(session, lambda: quotes.make_quote(session, cast.sue, order, "14", ""))
    lines = json.loads(quote.document)["lines"]
    assert [(line["quantity"], line["price"], line["each"]) for line in lines] == [
        (30, 10_000, 20_000), (90, 30_000, 20_000), (10, 3_333, 20_000), (2_000, 9_000, 4_500)
    ]  # fmt: skip
    steps = {step["node"]: step for step in sheet_of(session, cast, order)["steps"]}
    assert (steps["hand_back"]["planned_ms"], steps["hand_back"]["planned_parts"]) == (0, [])
    page = words(sue.get(f"/orders/{order}/costs").text)
    assert "Replace bearings" in page
    assert "Hand back" not in page


def test_the_plan_stays_the_plan_when_stock_is_bought_dearer(shop: CostShop, session: Session, cast: Cast) -> None:
    order = shop.open_order()
    assert sheet_of(session, cast, order)["steps"][1]["planned_parts"][0]["worth"] == 5_000
    part = parts_by_number(session, cast.sue, [BEARING])[BEARING]
    run_write(session, lambda: receive_stock(session, cast.sue, part, 10, value=100_000))
    shop.travel(order)
    shop.repair(order)
    assert sheet_of(session, cast, order)["steps"][1]["planned_parts"][0]["worth"] == 5_000


def test_a_box_that_is_planned_is_worth_what_is_in_it_whatever_a_box_holds_later(
    shop: CostShop, session: Session, cast: Cast
) -> None:
    """Ten screws at 2.00 on the usual route; the box of the detour is not offered."""
    screw = run_write(session, lambda: create_part(session, cast.sue, "SCR-M4", {"en": "Screw M4"}, packs={"box": 10}))
    run_write(session, lambda: receive_stock(session, cast.sue, screw, 50, value=10_000))
    template = with_detour()
    for name in ("repair", "hand_back"):
        fields = copy.deepcopy(template["nodes"][name]["fields"])
        parts = next(field for field in fields if field["type"] == "parts")
        parts["lines"].append({"part": "SCR-M4", "quantity": 1, "unit": "box"})
        template["nodes"][name]["fields"] = fields
    version = run_write(session, lambda: publish_template(session, cast.sue, template)).id
    order = replace(shop, version_id=version).open_order(warranty=False)
    planned = {"part": "SCR-M4", "milli": 10_000, "worth": 2_000}
    assert sheet_of(session, cast, order)["steps"][1]["planned_parts"][1] == planned
    quote = json.loads(run_write(session, lambda: quotes.make_quote(session, cast.sue, order, "14", "")).document)
    assert [(line["quantity"], line["unit"]) for line in quote["lines"] if line["kind"] == "part"] == [
        (2_000, "pcs"),
        (10_000, "pcs"),
    ]
    with write_transaction(session):
        screw.packs = {"box": 25}
    shop.travel(order)
    assert sheet_of(session, cast, order)["steps"][1]["planned_parts"][1] == planned


def test_a_sheet_of_an_earlier_release_learns_once_what_its_plan_is_worth(
    shop: CostShop, session: Session, cast: Cast
) -> None:
    """Its first revision names the planned parts alone."""
    order = shop.open_order()
    document = sheet_of(session, cast, order)
    for step in document["steps"]:
        for line in step["planned_parts"]:
            del line["worth"]
    old = revisions(session, cast.sue, order)[0]
    copied = {column.name: getattr(old, column.name) for column in CostSheet.__table__.columns}
    other = shop.open_order()
    row = CostSheet(**copied | {"order_id": other, "document": canonical_text(document)})
    run_write(session, lambda: session.add(row))
    assert sheet_of(session, cast, other)["steps"][1]["planned_parts"][0]["worth"] == 5_000
    part = parts_by_number(session, cast.sue, [BEARING])[BEARING]
    run_write(session, lambda: receive_stock(session, cast.sue, part, 10, value=100_000))
    shop.travel(other)
    assert sheet_of(session, cast, other)["steps"][1]["planned_parts"][0]["worth"] == 5_000


def test_only_what_lies_on_a_shelf_says_what_a_part_is_worth() -> None:
    part = Part(number="P-1")
    places = {"warehouse": 1_000, "van:ada": 1_000, "customer": 90_000, "order:1": 90_000, "removed": 90_000}
    worth = Worth([StockLine(part, place, 1_000, value) for place, value in places.items()])
    assert worth.of("P-1", 3_000) == 3_000


def test_every_line_of_labour_can_be_reckoned_again_from_its_file(
    shop: CostShop, session: Session, cast: Cast, sue: Visitor
) -> None:
    """Work of 55 minutes at two rates: of the whole time first, then of each rate; to the cent, rounded once."""
    order = shop.open_order()
    shop.travel(order)
    shop.repair(order)
    rows = table(sue.get(f"/orders/{order}/costs.csv").data)
    hours = [row for row in rows if row["Kind"] == "Labour"]
    assert len(hours) == 4
    for row in hours:
        for side, amount in (("Cost", row["Cost"]), ("Price", row["Price"])):
            each = Fraction(row[f"{side} per hour or piece"]) * Fraction(row["Factor"]) * Fraction(row["Seconds"])
            assert round(each * 100 / 3600) == Fraction(amount) * 100, row
    (parts,) = [row for row in rows if row["Kind"] == "Parts"]
    assert (parts["Quantity"], parts["Cost per hour or piece"], parts["Price per hour or piece"]) == (
        "2.000", "25.00", "45.00"
    )  # fmt: skip
    (overhead,) = [row for row in rows if row["Kind"] == "Overhead"]
    assert (overhead["Overhead (%)"], overhead["Overhead of"], overhead["Overhead per order"]) == (
        "10.00", "315.00", "5.00"
    )  # fmt: skip


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_sheet_says_exact_time_rate_and_factor_under_every_line(shop: CostShop, sue: Visitor) -> None:
    order = shop.open_order()
    shop.travel(order)
    shop.repair(order)
    page = words(sue.get(f"/orders/{order}/costs").text)
    assert "0:40:00 × 1.5 · cost 120.00/h · price 200.00/h" in page
    assert "0:45:00 × 1 · cost 60.00/h · price 200.00/h" in page
    assert "cost 2 × 25.00 · price 2 × 45.00" in page
    assert "10 % of 315.00 + 5.00" in page


def test_time_at_two_rates_in_one_line_is_listed_rate_by_rate(
    shop: CostShop, session: Session, cast: Cast, sue: Visitor
) -> None:
    """A journey from Friday evening to Monday evening, dearer from Saturday on."""
    order = shop.open_order(warranty=False)
    rate = services.RateDetails("cost", "150", "2026-11-21", skill="engineer", kind="travel")
    run_write(session, lambda: services.add_rate(session, cast.sue, rate))
    shop.do(order, "18:00", "StartStep", "travel_out#1")
    shop.do(order, "18:30", "PauseStep", "travel_out#1", reason="waiting_customer", note=None)
    shop.do(order, "19:00", "ResumeStep", "travel_out#1")
    night = {"type": "CompleteStep", "visit": "travel_out#1", "answers": {}}
    finish_at(shop, order, "2026-11-23T18:30:00+08:00", night)
    (line,) = [
        line
        for line in sheet_of(session, cast, order)["lines"]
        if line["kind"] == "labour.travel" and line["about"]["class"] == "overtime"
    ]
    assert [rate["cost"] for rate in line["basis"]["rates"]] == [6_000, 15_000]
    assert sum(rate["ms"] for rate in line["basis"]["rates"]) == line["about"]["ms"]
    exact = sum(Fraction(rate["ms"] * rate["cost"], 3_600_000) for rate in line["basis"]["rates"]) * Fraction(3, 2)
    assert round(exact) == line["cost"]
    rows = table(sue.get(f"/orders/{order}/costs.csv").data)
    place = next(number for number, row in enumerate(rows) if row["Details"].startswith("Travel · overtime"))
    assert [row["Kind"] for row in rows[place : place + 3]] == ["Labour", "of which", "of which"]
    assert sum(Decimal(row["Seconds"]) for row in rows[place + 1 : place + 3]) == Decimal(rows[place]["Seconds"])


def finish_at(shop: CostShop, order: str, at: str, command: Json) -> None:
    ada, asked = shop.cast.ada, command | {"at": moment(dt.datetime.fromisoformat(at))}
    with session_for(shop.database, ada) as session:
        assert run_write(session, lambda: decide_command(session, ada, order, new_id(), asked)).accepted


def test_times_and_factors_are_written_exactly() -> None:
    assert [exact_time(ms) for ms in (0, 59_999, 3_600_000, 2_400_500)] == [
        "0:00:00",
        "0:00:59.999",
        "1:00:00",
        "0:40:00.500",
    ]
    assert [write_factor(text) for text in ("1", "3/2", "4/3", "2")] == ["1", "1.5", "4/3", "2"]


def test_a_cost_of_a_day_far_ahead_is_refused_with_the_reason(shop: CostShop, sue: Visitor) -> None:
    order = shop.open_order()
    extra = {"kind": "other", "name": "Crane", "amount": "80", "why": "Booked", "day": "2099-01-01"}
    answer = sue.submit(f"/orders/{order}/costs/extras", extra)
    assert answer.status_code == 422
    assert "what has not been spent yet is no cost" in words(answer.text)
    assert sue.submit(f"/orders/{order}/costs/extras", extra | {"day": utc_now().date().isoformat()}).status_code == 302


@pytest.mark.parametrize("address", ["costs/extras", "costs/discount", "costs/extras/x/take-back"])
def test_an_address_that_a_refusal_left_behind_leads_to_the_sheet(shop: CostShop, sue: Visitor, address: str) -> None:
    order = shop.open_order()
    answer = sue.get(f"/orders/{order}/{address}")
    assert (answer.status_code, answer.location) == (302, f"/orders/{order}/costs")


def test_a_price_is_for_a_part_that_there_is_as_its_number_is_written(
    shop: CostShop, session: Session, cast: Cast, sue: Visitor
) -> None:
    order = shop.open_order()
    assert sue.get(f"/orders/{order}/costs").status_code == 200
    answer = sue.submit("/costs/prices", {"part": "NOPE", "amount": "9", "since": "2026-01-01"})
    assert answer.status_code == 422
    assert "There is no part NOPE." in words(answer.text)
    assert (
        sue.submit("/costs/prices", {"part": BEARING.lower(), "amount": "9", "since": "2026-01-01"}).status_code == 302
    )
    assert {fact.data["part"] for fact in services.register_of(session, cast.sue, "price")} == {BEARING}


@pytest.mark.parametrize("days", ["0", "91", "", "x"])
def test_a_quote_is_open_for_one_to_ninety_days(shop: CostShop, sue: Visitor, days: str) -> None:
    order = shop.open_order()
    answer = sue.submit(f"/orders/{order}/quotes", {"days": days, "remark": ""})
    assert answer.status_code == 422
    assert "whole number of days from 1 to 90" in words(answer.text)


def test_the_approved_quote_stays_in_sight_and_is_held_against_the_sheet(
    shop: CostShop, session: Session, cast: Cast, sue: Visitor
) -> None:
    """Agreed: 300.00 and 90.00 (travel is ours). Worked: 183.33, 66.67 and 200.00, and 90.00 for the parts."""
    order = shop.open_order(warranty=False)
    first = run_write(session, lambda: quotes.make_quote(session, cast.sue, order, "14", ""))
    holder = quotes.QuoteHolder(cast.sue.organisation_id, first.id)
    said = quotes.Answer("approved", "Mr Miller", "", "en")
    run_write(session, lambda: quotes.answer_quote(session, holder, said))
    second = run_write(session, lambda: quotes.make_quote(session, cast.sue, order, "14", ""))
    run_write(session, lambda: quotes.withdraw_quote(session, cast.sue, order, second.id))
    shop.travel(order)
    shop.repair(order)
    page = words(sue.get(f"/orders/{order}/costs").text)
    assert re.search(r"Quote 2026-00001/1 · 440\.70 CNY · approved · Mr Miller · \d{4}-\d\d-\d\d", page)
    assert "2026-00001/2" not in page
    assert "The customer agreed to 390.00 CNY without tax; by this sheet it is 540.00 CNY (+150.00)." in page


def test_cancelled_orders_count_only_where_they_cost_something(shop: CostShop, session: Session, cast: Cast) -> None:
    no_order_costs_anything_by_itself(session, cast)
    idle, begun = shop.open_order(customer="Idle"), shop.open_order(customer="Begun")
    shop.travel(begun)
    session.rollback()
    for order in (idle, begun):
        run_write(session, lambda order=order: cancel_work_order(session, cast.sue, order, "Not wanted"))  # type: ignore[misc]
    assert revise(session, cast.sue, idle).status == "cancelled"
    assert [order.customer for order in services.earned(session, cast.sue)] == ["Begun"]


def no_order_costs_anything_by_itself(session: Session, cast: Cast) -> None:
    details = services.SettingsDetails("CNY", {}, "1.5", "2", "3", "120", overhead_percent="10")
    run_write(session, lambda: services.change_settings(session, cast.sue, details))

"""A repair of several orders: what sub-orders cost is on the sheet of the order above them, and counts once."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.costing import services
from mendloop.costing.models import CostSheet
from mendloop.costing.revisions import rebuilt, revise, revisions
from mendloop.database import Database, run_write, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import CUSTOMER, CostShop, friday, put_up_costs
from mendloop.testing.pump_shop import PUMP
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
Json = dict[str, Any]
COST, REVENUE = 40_150, 54_000
"""Of each order that is finished here: see the sheet that is worked out by hand."""


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


def open_below(shop: CostShop, parent: str) -> str:
    ada = shop.cast.ada.person_id
    new = orders.NewOrder(
        product=PUMP, template_version=shop.version_id, asset="P-7", customer=CUSTOMER, fault_codes=("P-11",),
        warranty=True, assignee=ada, created=friday("15:00"), parent=parent,
    )  # fmt: skip
    with session_for(shop.database, shop.cast.sue) as session:
        return run_write(session, lambda: orders.open_work_order(session, shop.cast.sue, new)).id


def finish(shop: CostShop, order: str) -> None:
    shop.travel(order)
    shop.repair(order)


def family(shop: CostShop) -> tuple[str, str, str]:
    """An overhaul, an assembly of it, and a part of that; all are finished."""
    main = shop.open_order()
    middle = open_below(shop, main)
    lowest = open_below(shop, middle)
    for order in (lowest, middle, main):
        finish(shop, order)
    return main, middle, lowest


def newest(session: Session, cast: Cast, order: str) -> tuple[CostSheet, Json, list[Json]]:
    """The newest revision as it is kept: nothing is looked at for it."""
    session.rollback()
    sheet = revisions(session, cast.sue, order)[0]
    return sheet, json.loads(sheet.document), json.loads(sheet.changes)


def test_a_sheet_has_a_line_for_each_sub_order_with_all_below_it(shop: CostShop, session: Session, cast: Cast) -> None:
    main, middle, lowest = family(shop)
    for order, below, depth in ((main, middle, 2), (middle, lowest, 1)):
        sheet, document, _ = newest(session, cast, order)
        (line,) = document["sub_orders"]["lines"]
        assert (sheet.cost, sheet.revenue, document["totals"]["cost"]) == (COST, REVENUE, COST)
        assert (line["order"], line["cost"], line["revenue"]) == (below, depth * COST, depth * REVENUE)
        assert (document["sub_orders"]["cost"], line["provisional"]) == (depth * COST, False)
        assert rebuilt(session, cast.sue, sheet) == sheet.document
    assert "sub_orders" not in newest(session, cast, lowest)[1]


def test_a_late_cost_at_the_bottom_is_a_revision_of_every_order_above(
    shop: CostShop, session: Session, cast: Cast
) -> None:
    main, middle, lowest = family(shop)
    before = {order: newest(session, cast, order)[0].revision for order in (main, middle, lowest)}
    shop.add_extra(lowest, "freight", "30", "Billed late")
    for order, below in ((main, middle), (middle, lowest)):
        sheet, document, (change,) = newest(session, cast, order)
        assert sheet.revision == before[order] + 1
        assert document["totals"]["cost"] == COST
        assert change["amounts"]["cost"][1] - change["amounts"]["cost"][0] == 3_000
        assert change["came"] == [f"order:{below}:{before[below] + 1}"]
        assert rebuilt(session, cast.sue, sheet) == sheet.document
    assert newest(session, cast, main)[1]["sub_orders"]["cost"] == 2 * COST + 3_000


def test_what_an_open_sub_order_has_cost_so_far_is_provisional(shop: CostShop, session: Session, cast: Cast) -> None:
    main = shop.open_order()
    below = open_below(shop, main)
    shop.travel(below)
    document = json.loads(revise(session, cast.sue, main).document)
    (line,) = document["sub_orders"]["lines"]
    assert (line["provisional"], line["cost"]) == (True, 4_500 + 450 + 500)  # travel, 10 % and 5.00 overhead
    shop.repair(below)
    finish(shop, main)
    _, document, _ = newest(session, cast, main)
    assert (document["sub_orders"]["provisional"], document["sub_orders"]["cost"]) == (False, COST)


def test_a_rate_that_concerns_all_levels_leaves_them_in_agreement(shop: CostShop, session: Session, cast: Cast) -> None:
    family_ = family(shop)
    rate = services.RateDetails("cost", "150", "2026-11-02", skill="engineer")
    run_write(session, lambda: services.add_rate(session, cast.sue, rate, reach=services.Reach(True, "Forgotten")))
    costs = [newest(session, cast, order)[0].cost for order in family_]
    assert len(set(costs)) == 1
    assert costs[0] > COST
    assert newest(session, cast, family_[0])[1]["sub_orders"]["cost"] == 2 * costs[0]
    before = [newest(session, cast, order)[0].revision for order in family_]
    for order in family_:
        revise(session, cast.sue, order)
    assert [newest(session, cast, order)[0].revision for order in family_] == before


def test_a_closed_sub_order_keeps_its_rates_while_the_one_above_is_open(
    shop: CostShop, session: Session, cast: Cast
) -> None:
    main = shop.open_order()
    below = open_below(shop, main)
    finish(shop, below)
    rate = services.RateDetails("cost", "150", "2026-11-02", skill="engineer", kind="work")
    with session_for(shop.database, cast.sue) as other:
        run_write(other, lambda: services.add_rate(other, cast.sue, rate))
    finish(shop, main)
    costs = [newest(session, cast, order)[0].cost for order in (below, main)]
    assert costs[0] == COST
    assert costs[1] > COST
    assert newest(session, cast, main)[1]["sub_orders"]["cost"] == COST


def test_a_repair_of_several_orders_counts_once(shop: CostShop, cast: Cast, visit: Visit) -> None:
    family(shop)
    sue = visit(cast.sue)
    for group, orders_counted in (("order", 1), ("customer", 1), ("template", 3), ("fault", 3), ("product", 3)):
        (row,) = (sue.get(f"/api/v1/costs/margins?by={group}").json or {})["margins"]
        assert (row["orders"], row["cost"], row["revenue"]) == (orders_counted, 3 * COST, 3 * REVENUE)
        page = sue.get(f"/costs/?by={group}").text
        assert ("A repair counts once" in page) == (orders_counted == 1)


def test_the_page_shows_sub_orders_and_leads_up_and_down(shop: CostShop, cast: Cast, visit: Visit) -> None:
    main, middle, _ = family(shop)
    sue = visit(cast.sue)
    page = sue.get(f"/orders/{main}/costs").text
    assert f'href="/orders/{middle}/costs"' in page
    assert "1,204.50" in page  # three times 401.50
    assert "803.00" in page
    assert f'href="/orders/{main}/costs"' in sue.get(f"/orders/{middle}/costs").text
    found = sue.get(f"/api/v1/orders/{main}/costs").json
    assert found is not None
    assert found["sub_orders"]["cost"] == 2 * COST
    file = sue.get(f"/orders/{main}/costs.csv").data.decode("utf-8-sig")
    assert "1204.50" in file

"""What pages can do with costs, other systems can: once for each key, for the right roles; changes are events."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mendloop.database import Database, session_for
from mendloop.inventory.connecting import CONNECTORS, exchange
from mendloop.inventory.file_connector import FileConnector
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import CostShop, put_up_costs
from mendloop.testing.pump_shop import BEARING
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
Json = dict[str, Any]
RATE = {"key": "erp-rate-1", "side": "cost", "per_hour": "150", "since": "2026-11-01", "skill": "engineer"}
REACH = {"closed": True, "why": "Forgotten"}
EXTRA = {
    "key": "bill-4711", "kind": "freight", "name": "Express", "amount": "30", "day": "2026-11-21", "why": "Billed late"
}  # fmt: skip
API = "/api/v1"
assert FileConnector.name in CONNECTORS.names()  # importing it has registered it


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


@pytest.fixture
def finished(shop: CostShop) -> str:
    order = shop.open_order()
    shop.travel(order)
    shop.repair(order)
    return order


def ask(visitor: Visitor, path: str) -> Json:
    answer = visitor.get(f"{API}{path}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def send(visitor: Visitor, path: str, body: Json, status: int = 201, method: str = "POST") -> Json:
    answer = visitor.send(method, f"{API}{path}", json=body)
    assert answer.status_code == status, answer.text
    return dict(answer.json or {}) if answer.data else {}


def test_every_change_of_what_an_order_costs_is_told_once(finished: str, sue: Visitor) -> None:
    """401.50 at its end; the freight, then a rate of 150 for 95 minutes of work and waiting at 120, with overhead."""
    first = ask(sue, "/costs/events")
    (ended,) = first["events"]
    assert (ended["number"], ended["order"], ended["revision"], ended["before"]) == (1, finished, 1, None)
    assert ended["after"] == {
        "cost": 40_150, "revenue": 54_000, "cost_with_subs": 40_150, "revenue_with_subs": 54_000
    }  # fmt: skip
    send(sue, f"/orders/{finished}/costs/extras", EXTRA)
    key = send(sue, "/costs/rates", RATE | REACH)["key"]
    more = ask(sue, f"/costs/events?after={first['after']}")
    freight, rate = more["events"]
    assert (freight["number"], rate["number"], more["after"]) == (2, 3, 3)
    assert (freight["before"]["cost"], freight["after"]["cost"]) == (40_150, 43_150)
    assert rate["before"] == freight["after"]
    assert [cause.partition(":")[0] for cause in (*freight["causes"], *rate["causes"])] == ["fact", "fact"]
    send(sue, f"/costs/rates/{key}/take-back", REACH, 204)
    (back,) = ask(sue, "/costs/events?after=3")["events"]
    assert back["causes"] == [f"-{rate['causes'][0]}"]
    assert back["after"]["cost"] == 43_150
    assert ask(sue, "/costs/events?after=4") == {"currency": "CNY", "exponent": 2, "events": [], "after": 4, "left": 0}


def test_closed_orders_are_meant_only_with_a_reason(finished: str, sue: Visitor) -> None:
    said = send(sue, "/costs/rates", RATE)
    assert (said["why"], ask(sue, f"/orders/{finished}/costs")["revision"]) == ("", 1)
    refused = send(sue, "/costs/rates", RATE | {"key": "erp-rate-2", "closed": True}, 422)
    assert [(it["code"], it["at"]) for it in refused["problems"]] == [("cost.text_missing", "/why")]
    assert send(sue, "/costs/rates", RATE | REACH, 409)["problems"][0]["code"] == "cost.key_taken"
    said = send(sue, "/costs/rates", RATE | REACH | {"key": "erp-rate-2"})
    assert (said["why"], ask(sue, f"/orders/{finished}/costs")["revision"]) == ("Forgotten", 2)


def test_what_is_sent_twice_is_said_once(finished: str, sue: Visitor) -> None:
    price = {"key": "erp-price-1", "part": BEARING, "amount": "48", "since": "2026-11-02"}
    rule = {"key": "contract-1", "name": "Contract", "kinds": ["extra"], "payer": "us", "percent": "50"}
    for path, body in (("/costs/rates", RATE), ("/costs/prices", price), ("/costs/coverage", rule)):
        said = [send(sue, path, body) for _ in range(2)]
        assert said[0] == said[1]
        register = path.rpartition("/")[2]
        assert [each["key"] for each in ask(sue, path)[register]].count(body["key"]) == 1
        other = send(sue, path, body | {"customer": "Old Mill"}, 409)
        assert other["problems"][0]["code"] == "cost.key_taken"
    sheets = [send(sue, f"/orders/{finished}/costs/extras", EXTRA) for _ in range(2)]
    assert [sheet["totals"]["cost_extra"] for sheet in sheets] == [3_000, 3_000]
    assert sheets[0]["revision"] == sheets[1]["revision"]
    for _ in range(2):
        back = send(sue, f"/orders/{finished}/costs/extras/bill-4711/take-back", {"why": "Not ours"}, 200)
        assert back["totals"]["cost_extra"] == 0
        send(sue, "/costs/rates/erp-rate-1/take-back", {}, 204)
    send(sue, "/costs/rates/never-said/take-back", {}, 404)
    discount = {"discount_percent": "10", "discount_why": "Old customer"}
    agreed = [send(sue, f"/orders/{finished}/costs/discount", discount, 200, "PUT") for _ in range(2)]
    assert agreed[0] == agreed[1]
    assert agreed[0]["terms"]["points"] == 1_000


def test_settings_and_special_days_are_read_as_they_are_written(finished: str, sue: Visitor) -> None:
    settings = ask(sue, "/costs/settings")
    assert (settings["hours_0"], settings["hours_6"], settings["overhead_fixed"]) == (
        "09:00-12:00, 13:00-18:00", "", "5.00"
    )  # fmt: skip
    other = settings | {"tax_percent": "6"}
    assert send(sue, "/costs/settings", other | REACH, 200, "PUT") == other
    wrong = send(sue, "/costs/settings", settings | {"hours_0": "18-9", "overtime": "much"}, 422, "PUT")
    assert {problem["at"] for problem in wrong["problems"]} == {"/hours_0", "/overtime"}
    days = {"day": "2026-11-19", "until": "2026-11-20", "kind": "holiday", "name": "Founders' days"} | REACH
    for _ in range(2):
        found = send(sue, "/costs/calendar", days, 200, "PUT")["days"]
        assert [(day["key"], day["kind"]) for day in found] == [("2026-11-19", "holiday"), ("2026-11-20", "holiday")]
    send(sue, "/costs/calendar/2026-11-20/take-back", REACH, 204)
    assert [day["key"] for day in ask(sue, "/costs/calendar")["days"]] == ["2026-11-19"]
    causes = [event["causes"] for event in ask(sue, "/costs/events")["events"]]
    assert [len(each) for each in causes] == [0, 1, 1, 1]  # its end, the tax, the holiday, no holiday


def test_a_quote_is_made_sent_read_and_withdrawn(shop: CostShop, sue: Visitor, visit: Visit) -> None:
    order = shop.open_order()
    body = {"key": "offer-2026-1", "days": 7, "remark": "As agreed"}
    quotes = [send(sue, f"/orders/{order}/quotes", body) for _ in range(2)]
    assert quotes[0] == quotes[1]
    quote = quotes[0]
    assert (quote["state"], quote["number"], quote["remark"], quote["decision"]) == ("open", 1, "As agreed", None)
    assert quote["total"] == quote["totals"]["total"] > 0
    assert send(sue, f"/orders/{order}/quotes", body | {"days": 8}, 409)["problems"][0]["code"] == "cost.key_taken"
    link = quote["link"].partition("localhost")[2]
    assert "As agreed" in visit().get(link).text
    for _ in range(2):
        gone = send(sue, f"/orders/{order}/quotes/{quote['id']}/withdraw", {}, 200)
        assert (gone["state"], gone["decision"]["decision"]) == ("withdrawn", "withdrawn")
    assert send(sue, f"/orders/{order}/quotes", body)["state"] == "withdrawn"
    second = send(sue, f"/orders/{order}/quotes", {"days": 7})
    approval = {"decision": "approved", "name": "Mr. Mill", "remark": "Go ahead"}
    link = second["link"].partition("localhost")[2]
    customer = visit()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', customer.get(link).text)
    customer.csrf_token = token[1] if token else ""
    assert customer.submit(link, approval).status_code == 302
    found = ask(sue, f"/orders/{order}/quotes")["quotes"]
    assert [each["state"] for each in found] == ["approved", "withdrawn"]
    assert found[0]["decision"]["name"] == "Mr. Mill"
    late = send(sue, f"/orders/{order}/quotes/{second['id']}/withdraw", {}, 409)
    assert late["problems"][0]["code"] == "quote.approved"
    assert sue.get(f"{API}/orders/{shop.open_order()}/quotes/{second['id']}").status_code == 404


def test_nothing_of_money_is_told_to_others(finished: str, sue: Visitor, visit: Visit, cast: Cast) -> None:
    quote = send(sue, f"/orders/{finished}/quotes", {"days": 7})["id"]
    paths = [f"/costs/{name}" for name in ("events", "settings", "rates", "prices", "coverage", "calendar", "margins")]
    of_order = [f"/orders/{finished}/{rest}" for rest in ("costs", "costs/revisions", "quotes", f"quotes/{quote}")]
    for path in (*paths, *of_order):
        for nobody in (cast.ada, cast.stan, cast.vera, cast.dee):
            assert visit(nobody).get(f"{API}{path}").status_code == 403, path
    for path in of_order:
        assert visit(cast.cy).get(f"{API}{path}").status_code == 404, path
    assert ask(visit(cast.cy), "/costs/events")["events"] == []


def test_a_connector_is_told_of_costs_once(
    finished: str, sue: Visitor, database: Database, cast: Cast, tmp_path: Path
) -> None:
    def exchanged() -> list[Json]:
        with session_for(database, cast.sue) as session:
            exchange(session, cast.sue, CONNECTORS.open("files", {"folder": str(tmp_path)}))
        return [json.loads(line) for line in (tmp_path / "cost_events.jsonl").read_text().splitlines()]

    assert [(told["number"], told["after"]["cost"]) for told in exchanged()] == [(1, 40_150)]
    send(sue, f"/orders/{finished}/costs/extras", EXTRA)
    assert [(told["number"], told["after"]["cost"]) for told in exchanged()] == [(1, 40_150), (2, 43_150)]
    assert exchanged() == ask(sue, "/costs/events")["events"]

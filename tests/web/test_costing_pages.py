"""What an order cost, as a page, as files, over the API; what orders earned."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import openpyxl
import pytest
from mendloop.accounts.services import change_own_language
from mendloop.costing import keeping, services
from mendloop.database import Database, new_id, run_write, session_for, write_transaction
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.tables import harmless, write_csv, write_xlsx
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import CostShop, put_up_costs
from mendloop.testing.pump_shop import BEARING
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
EXTRA = {"kind": "subcontractor", "name": "Balancing", "amount": "80", "day": "2026-11-21", "why": "Billed late"}


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@pytest.fixture
def finished(shop: CostShop) -> str:
    order = shop.open_order()
    shop.travel(order)
    shop.repair(order)
    return order


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_order_page_leads_to_its_costs(finished: str, sue: Visitor, visit: Visit, cast: Cast) -> None:
    link = f"/orders/{finished}/costs"
    assert link in sue.get(f"/orders/{finished}").text
    assert link not in visit(cast.vera).get(f"/orders/{finished}").text
    page = words(sue.get(link).text)
    assert "401.50 CNY" in page  # 315.00 labour, 50.00 parts, 36.50 overhead
    assert "Ada" in page
    assert "Work · overtime · 0 h 40 min" in page
    assert "2 pcs · used" in page


def test_a_late_cost_is_shown_with_its_reason(finished: str, sue: Visitor) -> None:
    sue.get(f"/orders/{finished}/costs")
    assert sue.submit(f"/orders/{finished}/costs/extras", EXTRA).status_code == 302
    page = words(sue.get(f"/orders/{finished}/costs").text)
    assert "Revision 2" in page
    assert "Subcontractor: Balancing" in page
    assert "Cost – → 80.00" in page
    assert re.search(r"Other cost: Sue, \d{4}-\d\d-\d\d \d\d:\d\d\. Billed late", page)
    old = words(sue.get(f"/orders/{finished}/costs?revision=1").text)
    assert "This is revision 1, not the newest." in old
    assert "401.50 CNY" in old


def test_a_long_sheet_folds_and_lists_a_dozen_of_its_revisions(finished: str, shop: CostShop, sue: Visitor) -> None:
    """Fourteen late bills: a line each, and a line for each revision that they made."""
    for number in range(14):
        shop.add_extra(finished, "freight", str(10 + number), f"Bill {number}")
    path = f"/orders/{finished}/costs"
    page = sue.get(path).text
    assert page.count('class="cost-fold"') == 5  # lines, planned and actual, another cost, the discount, revisions
    assert '<details class="cost-fold" open>' not in page
    dozen, _, rest = page.partition('id="all-lines"')
    assert [words(each.partition("</tbody>")[0]).count("Freight: Freight") for each in (dozen, rest)] == [7, 7]
    told = [words(each) for each in re.findall(r"<summary><strong>.*?</summary>", page)]
    assert [re.sub(r" \d{4}-\d\d-\d\d ", " ", each) for each in told[:2]] == [
        "Revision 15 15 Other cost: Bill 13 Cost +23.00",
        "Revision 14 14 Other cost: Bill 12 Cost +22.00",
    ]
    assert len(told) == 12
    more = re.search(r'href="([^"]+revisions=all)#revisions">Show all 15<', page)
    assert more is not None
    everything = sue.get(more[1]).text
    told = [words(each) for each in re.findall(r"<summary><strong>.*?</summary>", everything)]
    assert len(told) == 15
    assert told[-1].endswith("First worked out. 401.50")
    assert '<details class="cost-fold" open><summary><h2>Revisions' in everything


def test_a_form_that_was_refused_is_open(finished: str, sue: Visitor) -> None:
    page = sue.submit(f"/orders/{finished}/costs/extras", EXTRA | {"amount": "much"}).text
    assert re.findall(r'cost-fold" open><summary><h2>([^<]+)<', page) == ["Add another cost"]


def test_what_was_taken_back_says_by_whom_and_why(finished: str, sue: Visitor) -> None:
    sue.submit(f"/orders/{finished}/costs/extras", EXTRA)
    page = sue.get(f"/orders/{finished}/costs").text
    path = re.search(rf'action="(/orders/{finished}/costs/extras/[^"]+/take-back)"', page)
    assert path is not None
    assert sue.submit(path[1], {"why": ""}).status_code == 422
    assert sue.submit(path[1], {"why": "Billed by mistake"}).status_code == 302
    page = words(sue.get(f"/orders/{finished}/costs").text)
    assert "Taken back by Sue" in page
    assert "Billed by mistake" in page
    assert sue.submit(path[1], {"why": "again"}).status_code == 404


def test_a_discount_lowers_what_the_customer_pays(finished: str, sue: Visitor) -> None:
    data = {"discount_percent": "10", "discount_fixed": "", "discount_why": "Old customer"}
    assert sue.submit(f"/orders/{finished}/costs/discount", data).status_code == 302
    found = sue.get(f"/api/v1/orders/{finished}/costs").json
    assert found is not None
    totals = found["totals"]  # customer bears 450.00 of labour and 20 % of 90.00 for parts
    assert (totals["gross"], totals["discount"], totals["customer"]) == (46_800, 4_680, 42_120)
    assert sue.submit(f"/orders/{finished}/costs/discount", data | {"discount_percent": "101"}).status_code == 422


def test_what_makes_no_sense_is_refused_with_words(finished: str, sue: Visitor) -> None:
    answer = sue.submit(f"/orders/{finished}/costs/extras", EXTRA | {"amount": "much", "why": "", "day": "x"})
    assert answer.status_code == 422
    for field in ("amount", "why", "day"):
        assert f'href="#{field}"' in answer.text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_sheet_as_a_file_says_the_same(finished: str, sue: Visitor, form: str) -> None:
    sue.submit(f"/orders/{finished}/costs/extras", EXTRA | {"name": "=1+1", "why": "=cmd()"})
    answer = sue.get(f"/orders/{finished}/costs.{form}")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = rows_of(answer.data, form)
    assert [row[4] for row in rows if row[0] == "Total cost"] == ["481.50"]
    assert sum(float(row[4]) for row in rows[1:] if row[0] in {"Labour", "Parts", "Extra", "Overhead"}) == 481.5
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def rows_of(data: bytes, form: str) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [[shown(cell) for cell in row] for row in sheet.iter_rows()]


def shown(cell: Any) -> str:
    assert cell.data_type != "f"
    return f"{cell.value:.2f}" if isinstance(cell.value, int | float) else str(cell.value or "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    for form, data in (("csv", write_csv([["head"], [text]])), ("xlsx", write_xlsx("x", [["head"], [text]]))):
        assert rows_of(data, form)[1][0].startswith(("'", " "))


def test_margins_by_everything(finished: str, shop: CostShop, sue: Visitor) -> None:
    """Revenue: customer 450.00 + 18.00, maker 72.00 = 540.00; cost 401.50; margin 138.50."""
    for group, key in (
        ("template", "pump.call_out"), ("fault", "P-11"), ("customer", "Mill Lane Farm"),
        ("product", "pump/centrifugal/ns-40"), ("order", "2026-00001"),
    ):  # fmt: skip
        found = sue.get(f"/api/v1/costs/margins?by={group}").json
        assert found is not None
        (row,) = found["margins"]
        assert (row["key"], row["orders"], row["cost"], row["revenue"], row["margin"], row["permille"]) == (
            key, 1, 40_150, 54_000, 13_850, 256
        )  # fmt: skip
        page = words(sue.get(f"/costs/?by={group}").text)
        assert "138.50 CNY · 25.6 %" in page
        assert rows_of(sue.get(f"/costs/margins.csv?by={group}").data, "csv")[1][1:] == [
            "1",
            "401.50",
            "540.00",
            "138.50",
        ]
        assert sue.get(f"/costs/margins.xlsx?by={group}").status_code == 200
    assert sue.send("GET", "/api/v1/costs/margins?by=colour").status_code == 422


def test_open_orders_have_no_margin_yet(shop: CostShop, sue: Visitor) -> None:
    shop.travel(shop.open_order())
    assert sue.get("/api/v1/costs/margins").json["margins"] == []  # type: ignore[index]
    assert "No closed orders yet" in sue.get("/costs/").text


def test_a_corrected_rate_is_in_the_margins_at_once(finished: str, sue: Visitor) -> None:
    sue.get("/costs/")
    reach = {"closed": "y", "why": "Forgotten since the contract"}
    sue.submit("/costs/rates", {"side": "cost", "per_hour": "240", "since": "2026-11-01", "kind": "work"} | reach)
    # the skill's card is more special than the new one, so nothing changes
    assert sue.get("/api/v1/costs/margins").json["margins"][0]["cost"] == 40_150  # type: ignore[index]
    more = {"side": "cost", "per_hour": "240", "since": "2026-11-01", "kind": "work", "skill": "engineer"}
    sue.submit("/costs/rates", more | reach)
    assert "Saved. 1 closed order changed." in words(sue.get("/costs/rates").text)
    assert "Forgotten since the contract" in words(sue.get(f"/orders/{finished}/costs").text)
    # work at 240: 220.00 + 240.00 instead of 110.00 + 120.00, and 10 % overhead on it: 401.50 + 253.00
    assert sue.get("/api/v1/costs/margins").json["margins"][0]["cost"] == 65_450  # type: ignore[index]
    assert sue.submit("/costs/work-out?by=fault").status_code == 302
    assert sue.get("/api/v1/costs/margins").json["margins"][0]["cost"] == 65_450  # type: ignore[index]
    assert len(sue.get(f"/api/v1/orders/{finished}/costs/revisions").json["revisions"]) == 2  # type: ignore[index]


def test_margins_are_there_at_once_and_say_what_is_still_worked_out(
    shop: CostShop, sue: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page that somebody waits for works out next to nothing; the one it goes on to takes its time."""
    for _ in range(3):
        order = shop.open_order()
        shop.travel(order)
        shop.repair(order)
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    monkeypatch.setattr(keeping.look_at_some, "__defaults__", (1,))
    monkeypatch.setattr(keeping, "GLANCE", 0.0)
    monkeypatch.setattr(services, "keep_up", lambda *_: 0)  # what laying down works out itself
    rate = {"side": "cost", "per_hour": "240", "since": "2026-11-01", "kind": "work", "skill": "engineer"}
    sue.submit("/costs/rates", rate | {"closed": "y", "why": "Forgotten"})
    monkeypatch.undo()
    monkeypatch.setattr(keeping, "GLANCE", 0.0)
    page = sue.get("/costs/?by=template").text
    assert "2 closed orders are still being worked out." in words(page)
    going_on = re.search(r'http-equiv="refresh" content="1; url=([^"]+)"', page)
    assert going_on is not None
    done = sue.get(unescape(going_on[1])).text
    assert "still being worked out" not in done
    assert "refresh" not in done
    assert "1,963.50" in words(done)  # three times 654.50


def test_closed_orders_keep_what_held_when_they_ended(finished: str, sue: Visitor) -> None:
    """Another rate from long ago, the price taken back: neither is for closed orders until somebody says so and why."""
    rate = {"side": "cost", "per_hour": "240", "since": "2026-01-02", "kind": "work", "skill": "engineer"}
    assert sue.submit("/costs/rates", rate).status_code == 302
    page = sue.get("/costs/rates").text
    assert "closed order changed" not in words(page)
    back = re.findall(r'action="(/costs/rates/[^"]+/take-back)"', page)
    assert sue.submit(back[-1]).status_code == 302
    assert [row["cost"] for row in sue.get("/api/v1/costs/margins").json["margins"]] == [40_150]  # type: ignore[index]
    for path in ("/costs/rates", back[0]):
        for wrong, said in (({"closed": "y"}, "Please fill this in."), ({"why": "So"}, "closed orders are not ticked")):
            answer = sue.submit(path, rate | wrong)
            assert (answer.status_code, said in answer.text) == (422, True)
    assert len(sue.get(f"/api/v1/orders/{finished}/costs/revisions").json["revisions"]) == 1  # type: ignore[index]
    assert sue.submit(back[1], {"closed": "y", "why": "Never agreed"}).status_code == 302
    assert "1 closed order changed." in words(sue.get("/costs/rates").text)
    page = words(sue.get(f"/orders/{finished}/costs").text)
    assert "Revision 2" in page
    assert "Never agreed" in page


def test_the_api_tells_revisions_and_takes_extras(finished: str, sue: Visitor) -> None:
    body = EXTRA | {"price": "99.90"}
    answer = sue.send("POST", f"/api/v1/orders/{finished}/costs/extras", json=body)
    assert answer.status_code == 201
    assert answer.json["totals"]["cost_extra"] == 8_000  # type: ignore[index]
    found = sue.get(f"/api/v1/orders/{finished}/costs/revisions").json
    assert found is not None
    assert [each["revision"] for each in found["revisions"]] == [2, 1]
    assert found["revisions"][0]["currency"] == "CNY"
    refused = sue.send("POST", f"/api/v1/orders/{finished}/costs/extras", json=body | {"amount": "1.234"})
    assert refused.json["problems"][0]["code"] == "cost.amount_invalid"  # type: ignore[index]


def test_pages_speak_chinese(finished: str, sue: Visitor, database: Database, cast: Cast) -> None:
    with session_for(database, cast.sue) as session, write_transaction(session):
        change_own_language(session, cast.sue, "zh-CN")
    sue.submit(f"/orders/{finished}/costs/extras", EXTRA)
    page = words(sue.get(f"/orders/{finished}/costs").text)
    assert "总成本" in page
    assert "作业 · 加班 · 0 小时 40 分" in page
    assert "毛利" in words(sue.get("/costs/").text)


def test_costs_are_nobody_elses(finished: str, visit: Visit, cast: Cast) -> None:
    assert visit(cast.cy).get(f"/orders/{finished}/costs").status_code == 404
    assert visit(cast.cy).get(f"/api/v1/orders/{finished}/costs").status_code == 404
    assert visit(cast.ada).get(f"/orders/{finished}/costs").status_code == 403
    assert visit(cast.cy).get("/api/v1/costs/margins").json["margins"] == []  # type: ignore[index]


def test_what_no_step_used_is_in_the_sums_and_says_what_was_accepted(
    shop: CostShop, database: Database, cast: Cast, sue: Visitor
) -> None:
    order, asked = shop.open_order(), Asked(BEARING, 1000)
    with session_for(database, cast.sue) as session:
        run_write(session, lambda: parts.issue_parts(session, cast.stan, order, [asked], new_id(), extra=True))
        said = (order, asked, "used_up", "", new_id())
        run_write(session, lambda: parts.explain_part(session, cast.sue, *said))
        explained = parts.explanations_of(session, cast.sue, order)[-1].id
        run_write(session, lambda: parts.decide_explanation(session, cast.olive, order, explained, accept=True))
    shop.travel(order)
    shop.repair(order)
    page = sue.get(f"/orders/{order}/costs").text
    assert "1 pcs · explained: Used up in trials" in words(page)
    steps = words(page.partition('id="steps"')[2].partition("</table>")[0])
    assert "→ 390.00" in steps  # 315.00 labour, 50.00 and 25.00 parts
    assert "At no step – 0 – 0.00 – 25.00" in steps
    assert steps.endswith(" 315.00 50.00 75.00")
    rows = rows_of(sue.get(f"/orders/{order}/costs.csv").data, "csv")
    assert [row[4] for row in rows if row[1] == "At no step"] == ["25.00"]

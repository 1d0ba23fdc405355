"""The pages of orders' parts: what supervisors and storekeepers see and do there."""

import re
from collections.abc import Callable

import pytest
from mendloop.database import Database, run_write, session_for
from mendloop.inventory.services import create_part
from mendloop.order_parts.code128 import bars, codes, width_of
from mendloop.order_parts.services import needs_of
from mendloop.recommending.services import Repair, count_repair
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, PUMP, Workshop, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


def do(visitor: Visitor, order: str, verb: str, **fields: str) -> tuple[int, str]:
    key = f"{verb}-{sorted(fields.items())}"[:64]
    answer = visitor.submit(f"/orders/{order}/parts/{verb}", {"key": key, "number": BEARING, **fields})
    return answer.status_code, answer.text


def shown(visitor: Visitor, order: str) -> str:
    answer = visitor.get(f"/orders/{order}/parts")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_a_storekeeper_issues_and_a_supervisor_sees_it(order: str, visit: Visit, cast: Cast) -> None:
    stan, sue = visit(cast.stan), visit(cast.sue)
    assert "Warehouse <strong>1</strong>" in shown(stan, order)
    assert do(stan, order, "issue", quantity="1")[0] == 302
    assert 'class="over-text">1</strong>' in shown(sue, order)


def test_a_refused_act_is_said_above_the_parts(order: str, visit: Visit, cast: Cast) -> None:
    status, page = do(visit(cast.stan), order, "issue", quantity="7")
    assert status == 422
    assert "1 may still come" in page
    assert do(visit(cast.stan), order, "issue", quantity="seven")[0] == 422


def test_one_explains_and_another_accepts(order: str, visit: Visit, cast: Cast) -> None:
    stan, sue = visit(cast.stan), visit(cast.sue)
    do(stan, order, "issue", quantity="1")
    assert do(stan, order, "explain", quantity="1", reason="lost")[0] == 302
    said = re.search(r"/parts/explanations/([0-9a-f-]{36})", shown(sue, order))
    assert said is not None
    assert sue.submit(f"/orders/{order}/parts/explanations/{said[1]}", {"accept": "yes"}).status_code == 302
    assert 'data-explanation="accepted"' in shown(sue, order)


def test_a_supervisor_sees_everywhere_that_an_explanation_waits(order: str, visit: Visit, cast: Cast) -> None:
    stan, sue = visit(cast.stan), visit(cast.sue)
    do(stan, order, "issue", quantity="1")
    pages = ("/orders/", "/orders/live", f"/orders/{order}", f"/orders/{order}/live")
    marks = [sue.get(page).headers.get("ETag") for page in pages]
    do(stan, order, "explain", quantity="1", reason="lost")
    told = [sue.get(page) for page in pages]
    assert all("1 explanation waits for a word" in page.text for page in told)
    assert [page.headers.get("ETag") == mark for page, mark in zip(told, marks, strict=True)][1::2] == [False, False]
    assert "waits for a word" in sue.get("/templates/").text
    assert "waits for a word" not in stan.get("/templates/").text


def test_only_a_supervisor_changes_the_plan(order: str, visit: Visit, cast: Cast) -> None:
    assert do(visit(cast.stan), order, "plan", quantity="12")[0] == 403
    assert do(visit(cast.sue), order, "plan", quantity="12")[0] == 302
    page = visit(cast.stan).get("/missing-parts").text
    assert BEARING in page
    assert "Buy 2" in page


def likely(visitor: Visitor, order: str) -> str:
    return shown(visitor, order).partition('id="likely"')[2].partition("</details>")[0]


def test_likely_parts_say_why_and_are_planned_with_one_press(
    workshop: Workshop, order: str, visit: Visit, cast: Cast
) -> None:
    with session_for(workshop.database, cast.sue) as session:
        for number in range(1, 10):
            at, used = f"2026-10-{number:02}T08:00:00.000Z", {"repair": frozenset({"seal-1"})}
            repair = Repair(f"2025-{number:05}", at, "pump.quick", PUMP, ("P-11",), used)
            run_write(session, lambda repair=repair: count_repair(session, cast.sue, repair))  # type: ignore[misc]
        run_write(session, lambda: create_part(session, cast.sue, "SEAL-1", {"en": "Shaft seal"}))
    sue, stan = visit(cast.sue), visit(cast.stan)
    before = likely(sue, order)
    assert "Used in 9 of 9 such repairs, most recently on 2026-10-09" in before
    assert (before.count("</svg>planned"), before.count("/parts/plan-likely")) == (1, 1)
    assert "/parts/plan-likely" not in likely(stan, order)
    form = dict(re.findall(r'<input type="hidden" name="(key|number|quantity)" value="([^"]*)"', before))
    assert form["quantity"] == "1"
    assert visit(cast.stan).submit(f"/orders/{order}/parts/plan-likely", form).status_code == 403
    assert do(sue, order, "plan", number="SEAL-1", quantity="3")[0] == 302
    assert sue.submit(f"/orders/{order}/parts/plan-likely", form).status_code == 302
    with session_for(workshop.database, cast.sue) as session:
        assert {need.line.number: need.line.milli for need in needs_of(session, cast.sue, order)}["SEAL-1"] == 3_000
    assert do(sue, order, "plan", number="SEAL-1", quantity="0")[0] == 302
    assert sue.submit(f"/orders/{order}/parts/plan-likely", form | {"key": "again"}).status_code == 302
    with session_for(workshop.database, cast.sue) as session:
        assert {need.line.number: need.line.milli for need in needs_of(session, cast.sue, order)}["SEAL-1"] == 1_000
        run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "not needed"))
    assert likely(sue, order) == ""


def test_a_defective_part_comes_back_by_its_tag(order: str, visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    do(stan, order, "issue", quantity="1")
    do(stan, order, "give-back", quantity="1", defective="1")
    tag = re.search(r"/old-parts/(R-[0-9A-Z]{5}-[0-9A-Z]{5})", shown(stan, order))
    assert tag is not None
    assert "<rect" in stan.get(f"/old-parts/{tag[1]}").text
    assert stan.submit("/old-parts", {"tag": tag[1], "target": "quarantine"}).status_code == 302
    assert tag[1] not in stan.get("/old-parts").text
    assert stan.submit("/old-parts", {"tag": "R-00000-00000", "target": "quarantine"}).status_code == 404


def test_parts_that_stand_in_are_entered_with_commas_of_either_kind(order: str, visit: Visit, cast: Cast) -> None:
    stan = visit(cast.stan)
    assert stan.submit("/missing-parts/stand-ins", {"part": BEARING, "stand_ins": "X-1，X-2"}).status_code == 422
    assert stan.submit("/missing-parts/stand-ins", {"part": BEARING, "stand_ins": ""}).status_code == 302


def test_every_page_is_whole_in_both_languages(order: str, visit: Visit, cast: Cast) -> None:
    sue = visit(cast.sue)
    sue.send("PUT", "/api/v1/session/language", json={"language": "zh-CN"})
    assert "工单备件" in shown(sue, order)
    assert "缺料清单" in sue.get("/missing-parts").text
    assert "待返旧件" in sue.get("/old-parts").text


def test_a_bar_code_has_the_check_character_of_its_standard() -> None:
    assert codes("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]
    assert bars("PJJ123C")[0] == (10, 2)
    assert width_of("PJJ123C") == 20 + 11 * 9 + 13


def test_the_desk_decides_on_old_parts_by_their_tags(order: str, visit: Visit, cast: Cast) -> None:
    stan, slip = visit(cast.stan), {"key": "a-slip-of-old-parts", "source": "quarantine", "target": "scrap"}
    do(visit(cast.sue), order, "plan", quantity="2")
    assert do(stan, order, "issue", quantity="2")[0] == 302
    for key in ("the-first-back", "the-second-back"):
        do(stan, order, "give-back", quantity="1", defective="1", key=key)
    first, second = dict.fromkeys(re.findall(r"/old-parts/(R-[0-9A-Z]{5}-[0-9A-Z]{5})", shown(stan, order)))
    page = stan.submit("/stock/desk/decide", {**slip, "scan": second.lower()}).text
    assert BEARING in page
    place = re.search(r'<option value="(removed:[^"]+)" selected', page)
    part = re.search(r'name="part" value="([^"]+)"', page)
    assert place is not None
    assert part is not None
    line = {"part": part[1], "quantity": "1", "unit": "pcs", "cost": "", "lot": "", "serials": ""}
    filled = {**slip, **line, "source": place[1], "tag": second}
    assert "is on the slip already" in stan.submit("/stock/desk/decide", {**filled, "scan": second}).text
    assert 'name="quantity" value="2"' in stan.submit("/stock/desk/decide", {**filled, "scan": first}).text
    booked = stan.submit("/stock/desk/decide", {**filled, "reason": "defective", "book": "y"})
    assert booked.status_code == 302
    waiting = stan.get("/old-parts").text
    assert first in waiting
    assert second not in waiting
    again = stan.submit("/stock/desk/decide", {**slip, "scan": second})
    assert again.status_code == 409
    assert "decided on already" in again.text

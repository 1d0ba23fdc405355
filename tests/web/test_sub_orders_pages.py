"""Sub-orders as people and programs meet them: the form, the pages of both orders, the list, the API, the phone."""

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from mendloop.accounts.services import change_own_language
from mendloop.clock import utc_now
from mendloop.database import Database, run_write, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.overhaul import MOTOR, give_pump_a_bom, open_sub
from mendloop.testing.pump_shop import PUMP, Phone, Workshop, photo_bytes, put_up, shot
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


@pytest.fixture
def main(workshop: Workshop, session: Session, cast: Cast) -> orders.WorkOrder:
    due = utc_now() + dt.timedelta(days=2)
    new = orders.NewOrder(PUMP, workshop.version_id, "P-7", "Mill", ("P-11",), priority="high", due=due, warranty=True)
    return run_write(session, lambda: orders.open_work_order(session, cast.sue, new))


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


def chosen(page: str, name: str) -> str:
    """What stands in a select."""
    select = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    found = re.search(r'<option value="([^"]*)" selected', select)
    return found[1] if found else ""


def entered(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    return found[1] if found else ""


def test_the_form_begins_with_what_the_order_says(main: orders.WorkOrder, sue: Visitor) -> None:
    page = sue.get(f"/orders/{main.id}/sub-orders/new").text
    assert f"Sub-order of {main.number}" in page
    assert (chosen(page, "product"), chosen(page, "priority")) == (PUMP, "high")
    assert (entered(page, "asset"), entered(page, "customer")) == ("P-7", "Mill")
    assert re.search(r'name="warranty" value="y" checked', page)
    assert main.due_at is not None
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", entered(page, "due"))
    assert 'name="position"' not in page


def test_what_is_at_the_chosen_position_is_filled_in(
    main: orders.WorkOrder, session: Session, sue: Visitor, cast: Cast
) -> None:
    run_write(session, lambda: give_pump_a_bom(session, cast.sue))
    address = f"/orders/{main.id}/sub-orders/new"
    page = sue.get(f"{address}?position=motor").text
    assert (chosen(page, "position"), chosen(page, "product"), entered(page, "asset")) == ("motor", MOTOR, "")
    assert re.search(r'<option value="motor/fan">\u2003Ns-Fan</option>', page)
    given = {"product": PUMP, "asset": "P-7", "customer": "Smith", "priority": "low", "position": "motor", "take": "1"}
    page = sue.submit(address, given).text
    assert (chosen(page, "product"), entered(page, "asset"), entered(page, "customer")) == (MOTOR, "", "Smith")
    page = sue.submit(address, {**given, "position": "motor/fan"}).text
    assert (chosen(page, "product"), entered(page, "asset")) == (PUMP, "P-7")


def test_a_sub_order_is_opened_and_both_pages_and_the_list_say_so(
    workshop: Workshop, main: orders.WorkOrder, sue: Visitor, cast: Cast, session: Session
) -> None:
    run_write(session, lambda: give_pump_a_bom(session, cast.sue))
    address, form = f"/orders/{main.id}/sub-orders/new", {"product": PUMP, "fault_codes": "P-11", "priority": "normal"}
    proposed = sue.submit(address, {**form, "position": "motor", "propose": "1"}).text
    assert workshop.version_id in proposed
    given = {**form, "position": "motor", "template": workshop.version_id, "open": "1", "assignee": cast.ada.person_id}
    answer = sue.submit(address, given)
    assert answer.status_code == 302
    [below] = orders.sub_orders(session, cast.sue, main.id)
    assert answer.location.endswith(below.id)
    assert (below.position, below.assigned_to) == ("motor", cast.ada.person_id)
    above = sue.get(f"/orders/{main.id}").text
    assert "1 not finished" in above
    assert f'href="/orders/{below.id}">{below.number}</a>' in above
    own = sue.get(f"/orders/{below.id}").text
    assert f'<li><a href="/orders/{main.id}">{main.number}</a></li>' in own
    assert "<dd>motor</dd>" in own
    assert sue.get("/orders/").text.count(f'data-part-of="{main.number}"') == 1


def test_the_printed_records_name_each_other(
    workshop: Workshop, main: orders.WorkOrder, session: Session, sue: Visitor, cast: Cast, tmp_path: Path
) -> None:
    sub = open_sub(session, cast.sue, workshop, main.id)
    for own, said in ((main, f"{sub.number} (Open)"), (sub, main.number)):
        paper = tmp_path / "record.pdf"
        paper.write_bytes(sue.get(f"/orders/{own.id}/record.pdf").data)
        assert said in text_of(paper)


def text_of(paper: Path) -> str:
    tool = shutil.which("pdftotext") or pytest.skip("pdftotext is not installed")
    done = subprocess.run([tool, "-layout", str(paper), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_pages_say_it_in_chinese_too(
    database: Database, workshop: Workshop, main: orders.WorkOrder, session: Session, sue: Visitor, cast: Cast
) -> None:
    sub = open_sub(session, cast.sue, workshop, main.id)
    with session_for(database, cast.sue) as own:
        run_write(own, lambda: change_own_language(own, cast.sue, "zh-CN"))
    assert f"{main.number} 的子工单" in sue.get(f"/orders/{main.id}/sub-orders/new").text
    assert "1 个未完成" in sue.get(f"/orders/{main.id}").text
    assert f"属于 {main.number}" in sue.get("/orders/").text
    refused = sue.submit(f"/orders/{main.id}/cancel", {"reason": "no"})
    assert refused.status_code == 422
    assert f"子工单 {sub.number} 还没有完成，请先完成或取消它。" in refused.text


def test_the_page_of_the_order_changes_when_a_sub_order_does(
    workshop: Workshop, main: orders.WorkOrder, session: Session, sue: Visitor, cast: Cast
) -> None:
    sub = open_sub(session, cast.sue, workshop, main.id)
    for path in (f"/orders/{main.id}/live", f"/api/v1/orders/{main.id}"):
        mark = sue.get(path).headers["ETag"]
        person = cast.ada if path.endswith("live") else cast.bo
        run_write(session, partial(orders.assign_work_order, session, cast.sue, sub.id, person.person_id))
        assert sue.get(path, headers={"If-None-Match": mark}).status_code == 200


def test_no_form_is_shown_for_a_closed_order(
    workshop: Workshop, main: orders.WorkOrder, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    assert "sub-orders/new" in sue.get(f"/orders/{main.id}").text
    assert "sub-orders/new" not in visit(cast.vera).get(f"/orders/{main.id}").text
    assert sue.submit(f"/orders/{main.id}/cancel", {"reason": "no"}).status_code == 302
    assert "sub-orders/new" not in sue.get(f"/orders/{main.id}").text
    for answer in (
        sue.get(f"/orders/{main.id}/sub-orders/new"),
        sue.submit(
            f"/orders/{main.id}/sub-orders/new", {"product": PUMP, "template": workshop.version_id, "open": "1"}
        ),
    ):
        assert answer.status_code == 422
        assert f"Work order {main.number} is closed: it gets no more sub-orders." in answer.text


def test_the_api_opens_a_sub_order_and_tells_of_both(
    main: orders.WorkOrder, session: Session, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    run_write(session, lambda: give_pump_a_bom(session, cast.sue))
    body = {"product": PUMP, "fault_codes": ["P-11"], "parent": main.id, "position": "motor"}
    sub = sue.send("POST", "/api/v1/orders", json=body).json
    assert sub is not None
    assert sub["parent"] == {"id": main.id, "number": main.number, "position": "motor"}
    told = visit(cast.ada).get(f"/api/v1/orders/{main.id}").json
    assert told is not None
    assert (told["parent"], [each["number"] for each in told["sub_orders"]]) == (None, [sub["number"]])
    listed = visit(cast.ada).get(f"/api/v1/orders/{main.id}/sub-orders").json
    assert listed == {"sub_orders": told["sub_orders"]}
    assert visit(cast.cy).get(f"/api/v1/orders/{main.id}/sub-orders").status_code == 404
    foreign = visit(cast.cy).send("POST", "/api/v1/orders", json={**body, "template": "x"})
    assert foreign.status_code in {403, 422}
    refused = sue.send("POST", "/api/v1/orders", json={**body, "position": "wheel"}).json
    assert refused is not None
    assert [problem["code"] for problem in refused["problems"]] == ["order.position_unknown"]


def test_the_last_step_of_the_main_order_waits_for_its_sub_orders(
    workshop: Workshop, main: orders.WorkOrder, session: Session, visit: Visit, cast: Cast
) -> None:
    sub = open_sub(session, cast.sue, workshop, main.id)
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    skip_to_inspection(ada, main.id)
    ivy.do("StartStep", main.id, visit="inspect#1")
    answer = ivy.send(ivy.make("CompleteStep", main.id, visit="inspect#1", answers={"verdict": "accepted"}))[-1]
    assert answer["status"] == "rejected"
    [problem] = answer["problems"]
    assert (problem["code"], problem["params"]["numbers"]) == ("order.sub_orders_open", [sub.number])
    assert sub.number in problem["message"]
    run_write(session, lambda: orders.cancel_work_order(session, cast.sue, sub.id, "not worth it"))
    assert ivy.do("CompleteStep", main.id, visit="inspect#1", answers={"verdict": "accepted"})["status"] == "applied"


def skip_to_inspection(ada: Phone, order: str) -> None:
    """Nothing is found that would have to be repaired."""
    before = ada.upload(photo_bytes())
    for visit, answers in (("isolate#1", {"before": shot(before)}), ("measure#1", {"runout": {"value": 0.01}})):
        ada.do("StartStep", order, visit=visit)
        ada.do("CompleteStep", order, visit=visit, answers=answers)

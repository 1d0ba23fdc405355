"""The supervisor's pages: opening an order, watching it live, reading and printing its record."""

import datetime as dt
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from mendloop.accounts.services import change_own_language
from mendloop.clock import utc_now
from mendloop.database import Database, session_for, write_transaction
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import (
    PUMP,
    TEMPLATE,
    Phone,
    Workshop,
    finish_repair,
    inspect,
    photo_bytes,
    put_up,
    shot,
    work_to_repair,
)
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.listing import Filters, find_orders
from mendloop.work_orders.opening import moment

Visit = Callable[..., Visitor]
FORM = {
    "product": PUMP,
    "asset": "P-2041",
    "fault_codes": "P-11",
    "fault_text": "异响",
    "customer": "Mill",
    "priority": "urgent",
}


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


@pytest.fixture
def finished(workshop: Workshop, visit: Visit, cast: Cast) -> str:
    order = workshop.open_order(cast.ada)
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    work_to_repair(ada, order)
    finish_repair(ada, order, quantity=11)
    inspect(ivy, order, "inspect#1", "rejected")
    ada.do("StartStep", order, visit="repair#2")
    ada.do("ReportFinding", order, visit="repair#2", text="Seal weeps", severity="serious")
    finish_repair(ada, order, "repair#2")
    inspect(ivy, order, "inspect#2", "accepted")
    return order


def test_the_product_proposes_the_template_and_says_why(workshop: Workshop, sue: Visitor) -> None:
    page = sue.submit("/orders/new", {**FORM, "propose": "1"}).text
    assert "Pump quick repair" in page
    assert "all products under “pump / centrifugal”" in page
    assert "usually 3 steps and 30 standard minutes, with every detour 4 steps and 60 min" in page
    assert re.search(rf'value="{workshop.version_id}"\s+checked', page)


def test_a_confirmed_proposal_opens_and_assigns_the_order(workshop: Workshop, sue: Visitor, cast: Cast) -> None:
    data = {**FORM, "template": workshop.version_id, "assignee": cast.ada.person_id, "due": "2199-12-01T17:00"}
    answer = sue.submit("/orders/new", {**data, "open": "1"})
    assert answer.status_code == 302
    found = sue.get(f"/api/v1{answer.location}").json
    assert found is not None
    assert found["assigned_to_name"] == "Ada"
    assert (found["assigned_to"], found["priority"], found["asset"]) == (cast.ada.person_id, "urgent", "P-2041")
    assert [active["visit"] for active in found["active"]] == ["isolate#1"]
    assert found["number"] == f"{dt.datetime.now(dt.UTC).year}-00001"
    assert found["due"].startswith("2199-12-01T09:00")


def test_an_order_for_a_product_that_is_not_there_is_refused(workshop: Workshop, sue: Visitor) -> None:
    assert sue.submit("/orders/new", {**FORM, "product": "no/such", "open": "1"}).status_code == 422


def test_numbers_are_given_once_and_without_gaps_however_many_open_at_once(workshop: Workshop, cast: Cast) -> None:
    threads = [threading.Thread(target=workshop.open_order) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session_for(workshop.database, cast.sue) as session:
        numbers = sorted(order.number[-5:] for order in find_orders(session, cast.sue, Filters()))
    assert numbers == [f"{number:05d}" for number in range(1, 13)]


def test_the_api_opens_an_order_with_the_first_proposal(workshop: Workshop, sue: Visitor) -> None:
    answer = sue.send("POST", "/api/v1/orders", json={"product": PUMP, "fault_codes": ["P-11"]})
    assert answer.status_code == 201
    refused = sue.send("POST", "/api/v1/orders", json={"product": "no/such"})
    assert refused.json["problems"][0]["code"] == "order.no_template_fits"  # type: ignore[index]


def test_the_list_shows_who_is_in_which_step(workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    Phone(visit(cast.ada)).do("StartStep", order, visit="isolate#1")
    page = sue.get("/orders/").text
    assert "Isolate" in page
    assert "Ada · Working" in page
    assert re.search(r"<time [^>]*>since \d\d:\d\d</time>", page)
    assert "0 of 10 min" in page


def test_the_record_counts_the_minutes_that_run_now_as_the_list_does(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    phone = Phone(visit(cast.ada))
    begun = moment(utc_now() - dt.timedelta(minutes=25))
    phone.send({**phone.make("StartStep", order, visit="isolate#1"), "at": begun})
    record = sue.get(f"/orders/{order}").text
    assert record.count("25 of 10 min") == 2
    assert "Worked 25 min so far; 30 standard minutes in all on the usual route" in record


def test_the_live_part_is_304_until_something_happens(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    for path in ("/orders/live?status=open", f"/orders/{order}/live"):
        etag = sue.get(path).headers["ETag"]
        again = sue.get(path, headers={"If-None-Match": etag})
        assert again.status_code in {200, 304}  # at the full minute it may have changed
    etag = sue.get("/orders/live?status=open").headers["ETag"]
    Phone(visit(cast.ada)).do("StartStep", order, visit="isolate#1")
    assert sue.get("/orders/live?status=open", headers={"If-None-Match": etag}).status_code == 200


def test_filters_stand_in_the_address(workshop: Workshop, sue: Visitor, cast: Cast) -> None:
    workshop.open_order(cast.ada, asset="ALPHA-1")
    workshop.open_order(cast.bo, asset="BETA-2")
    assert "BETA-2" not in sue.get("/orders/?text=alpha").text
    assert "ALPHA-1" not in sue.get(f"/orders/?assignee={cast.bo.person_id}").text
    assert "ALPHA-1" not in sue.get("/orders/?status=ended").text


def test_the_record_shows_rework_side_by_side_readings_photos_and_parts(finished: str, sue: Visitor) -> None:
    page = sue.get(f"/orders/{finished}").text
    assert page.count('class="attempt"') == 6
    assert "Sent back: still rattles" in page
    assert 'class="gauge outside"' in page
    assert page.count('class="photo-side"') == 2
    assert "Seal weeps" in page
    assert "Discrepancy" in page
    assert "all 22 events verified" in page or "events verified" in page


def test_the_record_speaks_chinese_too(finished: str, sue: Visitor, visit: Visit, cast: Cast) -> None:
    lin = visit(cast.olive)
    lin.submit("/language", {"language": "zh-CN", "next": "/orders/"})
    page = lin.get(f"/orders/{finished}").text
    assert "更换轴承" in page
    assert "返工原因：still rattles" in page


def test_an_order_can_be_reassigned_and_cancelled_with_a_reason(workshop: Workshop, sue: Visitor, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    assert sue.submit(f"/orders/{order}/assign", {"person": cast.bo.person_id}).status_code == 302
    assert sue.submit(f"/orders/{order}/assign", {"person": cast.cy.person_id}).status_code == 422
    assert sue.submit(f"/orders/{order}/cancel", {"reason": " "}).status_code == 422
    assert sue.submit(f"/orders/{order}/cancel", {"reason": "asset sold"}).status_code == 302
    page = sue.get(f"/orders/{order}").text
    assert "Cancelled: asset sold" in page
    assert "Assigned to Bo" in page


def test_another_organisation_sees_nothing(finished: str, visit: Visit, cast: Cast) -> None:
    cy = visit(cast.cy)
    for path in ("", "/live", "/record.pdf"):
        assert cy.get(f"/orders/{finished}{path}").status_code == 404
    for path in ("assign", "cancel"):
        assert cy.submit(f"/orders/{finished}/{path}", {"reason": "x", "person": ""}).status_code == 404
    assert finished not in cy.get("/orders/?status=all").text


def test_the_record_prints_with_chinese_letters(finished: str, visit: Visit, cast: Cast, tmp_path: Path) -> None:
    lin = visit(cast.olive)
    lin.submit("/language", {"language": "zh-CN", "next": "/orders/"})
    answer = lin.get(f"/orders/{finished}/record.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine to read the print with")
    (tmp_path / "record.pdf").write_bytes(answer.data)
    told = subprocess.run(["pdftotext", str(tmp_path / "record.pdf"), "-"], capture_output=True, text=True, check=True)
    assert "更换轴承" in told.stdout
    assert "电子病历完整" in told.stdout


def test_my_orders_are_mine_and_those_that_wait_for_my_skill(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    mine = workshop.open_order(cast.ada)
    unassigned = workshop.open_order()
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    work_to_repair(ada, mine)
    finish_repair(ada, mine)
    cards = {card["id"]: card for card in ada.visitor.get("/api/v1/my/orders").json["orders"]}  # type: ignore[index]
    assert cards[mine]["mine"] is True
    assert cards[unassigned]["mine"] is False
    waiting = {card["id"]: card for card in ivy.visitor.get("/api/v1/my/orders").json["orders"]}  # type: ignore[index]
    assert waiting[mine]["active"][0]["role"] == "inspector"
    assert visit(cast.vera).get("/api/v1/my/orders").json == {"orders": []}


def test_an_order_is_304_while_its_revision_stays(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    order, ada = workshop.open_order(cast.ada), visit(cast.ada)
    first = ada.get(f"/api/v1/orders/{order}")
    assert ada.get(f"/api/v1/orders/{order}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    plan = ada.get(f"/api/v1/plans/{first.json['plan_hash']}")  # type: ignore[index]
    assert plan.json["key"] == "pump.quick"  # type: ignore[index]
    assert "immutable" in plan.headers["Cache-Control"]
    assert visit(cast.cy).get(f"/api/v1/plans/{first.json['plan_hash']}").status_code == 404  # type: ignore[index]


def test_the_stock_page_shows_where_parts_are(finished: str, sue: Visitor) -> None:
    page = sue.get("/stock/").text
    assert "BRG-6205" in page
    assert "Discrepancy" in page


def test_an_order_of_the_workshop_is_verified_by_the_service(workshop: Workshop, cast: Cast) -> None:
    order = workshop.open_order(cast.ada)
    with session_for(workshop.database, cast.sue) as session:
        found = orders.access_work_order(session, cast.sue, order)
        assert orders.verify_record(session, cast.sue, found).is_whole


def test_a_proposal_without_any_fault_asks_for_one(workshop: Workshop, sue: Visitor) -> None:
    page = sue.submit("/orders/new", {"product": PUMP, "priority": "normal", "propose": "1"}).text
    assert "Choose at least one fault code" in page
    assert "Choose another fault code" not in page


def test_the_form_leads_to_the_proposals(workshop: Workshop, sue: Visitor) -> None:
    page = sue.submit("/orders/new", {**FORM, "propose": "1"}).text
    assert 'action="#proposals"' in page
    assert 'id="proposals" tabindex="-1"' in page
    assert "usually " in page


def test_fault_codes_stand_below_those_they_belong_to(workshop: Workshop, sue: Visitor, cast: Cast) -> None:
    with session_for(workshop.database, cast.sue) as session, write_transaction(session):
        library.add_fault_code(session, cast.sue, library.FaultCodeDetails("A-9", "problem", {"en": "Bearing"}, "P-11"))
        library.add_fault_code(session, cast.sue, library.FaultCodeDetails("Z-1", "problem", {"en": "Leak"}))
    page = sue.get("/orders/new").text
    depths = re.findall(r'depth-(\d)"><input type="checkbox" name="fault_codes" value="([^"]+)"', page)
    assert depths == [("0", "P-11"), ("1", "A-9"), ("0", "Z-1")]
    assert page.count('class="fault-group"') == 2


def test_a_form_speaks_the_readers_language(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    wrong = {**FORM, "due": "22.11.2026"}
    english = visit(cast.sue).submit("/orders/new", wrong).text
    with session_for(workshop.database, cast.sue) as session, write_transaction(session):
        change_own_language(session, cast.sue, "zh-CN")
    chinese = visit(cast.sue).submit("/orders/new", wrong).text
    assert "Not a valid datetime value." in english
    assert "Not a valid datetime value." not in chinese
    assert "不是有效的日期与时间值。" in chinese


def test_the_list_says_how_many_of_the_expected_steps_are_done(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    work_to_repair(Phone(visit(cast.ada)), order)
    page = sue.get("/orders/").text
    assert "2 of 4 steps done" in page


def test_locks_that_hang_now_are_named_until_they_are_taken_off(
    gated: str, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    ada, bo = Phone(visit(cast.ada)), Phone(visit(cast.bo))
    ada.do("StartStep", gated, visit="isolate#1")
    ada.do("LockPoint", gated, visit="isolate#1", field="loto", point="breaker")
    assert "1 locked" in sue.get("/orders/").text
    page = sue.get(f"/orders/{gated}").text
    assert "Locks that hang now" in page
    assert "Main breaker" in page
    assert "Ada’s lock" in page
    bo.do("ConfirmLocks", gated, visit="isolate#1", field="loto")
    assert "confirmed by Bo" in sue.get(f"/orders/{gated}").text
    refused = sue.submit(f"/orders/{gated}/cancel", {"reason": "customer gave up"})
    assert refused.status_code == 422
    assert "Locks that hang now" in refused.text
    ada.do("UnlockPoint", gated, visit="isolate#1", field="loto", point="breaker")
    assert "Locks that hang now" not in sue.get(f"/orders/{gated}").text
    assert "1 locked" not in sue.get("/orders/").text


@pytest.fixture
def gated(workshop: Workshop, cast: Cast) -> str:
    """An order whose first step locks one point, which a second person confirms."""
    gate = {
        "id": "loto",
        "type": "safety_gate",
        "label": {"en": "Lock points", "zh-CN": "锁定点"},
        "points": [{"id": "breaker", "label": {"en": "Main breaker", "zh-CN": "总开关"}}],
        "second_person": True,
    }
    isolate = {**TEMPLATE["nodes"]["isolate"], "fields": [gate]}
    freed = {
        "id": "freed",
        "type": "safety_gate",
        "label": {"en": "Unlock", "zh-CN": "解锁"},
        "removes": "isolate.loto",
    }
    inspect_step = TEMPLATE["nodes"]["inspect"]
    nodes = {**TEMPLATE["nodes"], "isolate": isolate}
    nodes["inspect"] = {**inspect_step, "fields": [*inspect_step["fields"], freed]}
    # The picture before belonged to the step that locks now.
    repair = TEMPLATE["nodes"]["repair"]
    nodes["repair"] = {**repair, "fields": [field for field in repair["fields"] if field["id"] != "after"]}
    with session_for(workshop.database, cast.sue) as session, write_transaction(session):
        version = library.publish_template(session, cast.sue, {**TEMPLATE, "key": "pump.gated", "nodes": nodes})
        new = orders.NewOrder(PUMP, version.id, fault_codes=("P-11",), assignee=cast.ada.person_id)
        return orders.open_work_order(session, cast.sue, new).id


def test_a_view_that_two_ways_of_ending_would_show_again_is_shown_alone_once(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    nodes = dict(TEMPLATE["nodes"])
    late = {**nodes["repair"]["fields"][1], "id": "late"}
    nodes["inspect"] = {**nodes["inspect"], "fields": [*nodes["inspect"]["fields"], late]}
    with session_for(workshop.database, cast.sue) as session, write_transaction(session):
        version = library.publish_template(session, cast.sue, {**TEMPLATE, "key": "pump.twice", "nodes": nodes})
        order = orders.open_work_order(session, cast.sue, orders.NewOrder(PUMP, version.id)).id
    ada = Phone(visit(cast.ada))
    before = ada.upload(photo_bytes("firebrick"))
    ada.do("StartStep", order, visit="isolate#1")
    ada.do("CompleteStep", order, visit="isolate#1", answers={"before": shot(before)})
    assert sue.get(f"/orders/{order}").text.count('class="photo-pair"') == 1


def test_a_due_time_that_is_past_on_the_organisations_clock_is_refused_and_told_first(
    workshop: Workshop, sue: Visitor
) -> None:
    shanghai = utc_now().astimezone(ZoneInfo("Asia/Shanghai"))
    past, ahead = (f"{shanghai + dt.timedelta(minutes=by):%Y-%m-%dT%H:%M}" for by in (-2, 2))
    data = {**FORM, "template": workshop.version_id, "open": "1"}
    refused = sue.submit("/orders/new", {**data, "due": past})
    assert refused.status_code == 422
    assert "This time is past: it is" in refused.text
    assert "(Asia/Shanghai)" in refused.text
    assert re.search(r'role="alert" tabindex="-1".*<a href="#due">Due</a>', refused.text, re.DOTALL)
    assert sue.submit("/orders/new", {**data, "due": ahead}).status_code == 302
    given = {"product": PUMP, "fault_codes": ["P-11"], "due": "2020-01-01T00:00:00Z"}
    answer = sue.send("POST", "/api/v1/orders", json=given)
    assert [each["code"] for each in answer.json["problems"]] == ["order.due_in_past"]  # type: ignore[index]


def test_a_cancelled_order_says_by_whom_why_and_what_had_been_done(
    workshop: Workshop, sue: Visitor, visit: Visit, cast: Cast
) -> None:
    order = workshop.open_order(cast.ada)
    work_to_repair(Phone(visit(cast.ada)), order)
    sue.submit(f"/orders/{order}/cancel", {"reason": "customer gave up"})
    page = sue.get(f"/orders/{order}").text
    told = page[page.index('id="cancelled"') : page.index('id="steps"')]
    assert "Cancelled by Sue" in told
    assert "Reason: customer gave up" in told
    assert "Done before: Isolate" in told
    assert "min before it was cancelled" in page
    listed = sue.get("/orders/?status=cancelled").text
    assert "2 steps done before" in listed
    assert "0 of 0" not in listed
    found = sue.get(f"/api/v1/orders/{order}").json
    assert found is not None
    assert (found["cancelled"]["by_name"], found["cancelled"]["reason"]) == ("Sue", "customer gave up")

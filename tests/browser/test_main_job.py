"""The main job, played in a real browser: from a broken phone at the counter to a finished, recorded repair."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from mendloop.testing.paper import keep_pictures, pages_of
from mendloop.testing.phone import Phone
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

IMEI = "356938035643809"
POINTS = ("esd", "battery")


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_a_broken_phone_becomes_a_finished_recorded_repair(
    language: str, desk: Callable[[str], Page], phone: Callable[..., Phone], pictures: Path
) -> None:
    supervisor = desk(language)
    album = pictures / language / "desk"
    number = open_order_for_ada(supervisor, album)
    ada = phone("ada", language)
    ada.look("orders")
    take_in(ada, number)
    check_before_opening(ada)
    isolate(ada, "isolate#1")
    take_the_old_display_out(ada)
    watch_her(supervisor, number, album)
    fit(ada, "fit_display#1", part="DSP-A5")
    ivy = phone("ivy", language)
    reject(ivy, number)
    isolate(ada, "isolate#2")
    fit(ada, "fit_display#2", part=None)
    accept(ivy)
    close(ada)
    read_record(supervisor, number, album)
    assert ada.errors + ivy.errors == []


def open_order_for_ada(page: Page, album: Path) -> str:
    """The supervisor writes the job down; the product proposes the template by product and fault."""
    page.goto(re.sub(r"(//[^/]+).*", r"\1/orders/new", page.url))
    page.select_option("select[name=product]", "phone/aurora/5")
    page.fill("input[name=asset]", IMEI)
    page.fill("textarea[name=fault_text]", "从口袋滑落，屏幕碎裂，下半部触摸失灵 / dropped, cracked, lower half dead")
    page.locator("input[name=fault_codes][value^='PH-D']").first.check()
    page.select_option("select[name=priority]", "urgent")
    page.select_option("select[name=assignee]", label=page.locator("option", has_text="Ada").inner_text())
    shot(page, album, "order_new")
    page.click("button[name=propose]")
    expect(page.locator("#proposals input[name=template]").first).to_be_checked()
    shot(page, album, "order_proposed")
    page.click("button[name=open]")
    page.wait_for_url(re.compile(r"/orders/[0-9a-f-]{36}"))
    shot(page, album, "order_opened")
    return page.locator("h1").inner_text().split()[0]


def take_in(ada: Phone, number: str) -> None:
    """Scan, consent, the two pictures before; paused for a moment and resumed."""
    ada.open_order(number)
    ada.at("intake#1")
    ada.look("intake_ready")
    ada.start()
    ada.scan_typed("imei", IMEI)
    ada.choose("data_consent", "backed_up")
    ada.shoot("before", "front", "back")
    ada.look("intake_filled")
    ada.pause("waiting_customer")
    ada.look("intake_paused")
    ada.tap("resume")
    ada.finish()


def check_before_opening(ada: Phone) -> None:
    """A line that is not ok demands a note; a charge out of tolerance says so at once."""
    ada.at("precheck#1")
    ada.start()
    ada.tick_all("functions")
    ada.tick("functions", "touch", "not_ok")
    ada.finish()
    ada.at("precheck#1")
    ada.look("precheck_refused")
    ada.card("functions").get_by_test_id("item-note").fill("下半部无反应 / lower half dead")
    ada.choose("battery_state", "normal")
    ada.enter("charge", "45")
    expect(ada.card("charge").get_by_test_id("verdict")).to_have_attribute("data-state", "out")
    ada.look("charge_out_of_tolerance")
    ada.enter("charge", "25")
    expect(ada.card("charge").get_by_test_id("verdict")).to_have_attribute("data-state", "in")
    ada.finish()


def isolate(ada: Phone, visit: str) -> None:
    """No further before both points are locked."""
    ada.at(visit)
    ada.look(visit.replace("#", "_"))
    ada.start()
    ada.enter("plate", "75")
    ada.finish()
    ada.at(visit)
    ada.lock(*POINTS)
    ada.look("isolated")
    ada.finish()


def take_the_old_display_out(ada: Phone) -> None:
    ada.at("remove_display#1")
    ada.start()
    ada.shoot("removed", "old_display", "inside")
    ada.tick_all("inside")
    ada.finish()


def watch_her(page: Page, number: str, album: Path) -> None:
    """The supervisor sees live where she is, without reloading."""
    page.goto(re.sub(r"/orders.*", "/orders", page.url))
    line = page.locator("tr, li, article").filter(has_text=number).first
    expect(line).to_contain_text("Ada", timeout=10_000)
    shot(page, album, "orders_live")


def fit(ada: Phone, visit: str, part: str | None) -> None:
    """The new display with its serial number, or the same one again and no new part; the locks come off by her hand."""
    ada.at(visit)
    ada.start()
    expect(ada.find("part-DSP-A6")).to_have_count(0)
    if part is not None:
        ada.tap(f"use-{part}")
        ada.find(f"part-{part}").locator("input").first.fill("DA5-2026-07719")
    ada.choose("calibrated", "yes")
    ada.unlock(*POINTS)
    ada.look(visit.replace("#", "_"))
    ada.finish()
    ada.handed_over()


def reject(ivy: Phone, number: str) -> None:
    """Another person tests, finds a fault and sends it back with the reason."""
    ivy.look("orders")
    ivy.open_order(number)
    ivy.at("function_test#1")
    ivy.start()
    ivy.tick_all("functions")
    ivy.tick("functions", "touch", "not_ok")
    ivy.card("functions").get_by_test_id("item-note").fill("右上角断触 / a gap at the top right")
    ivy.enter("step_height", "0.05")
    ivy.choose("verdict", "rework")
    ivy.enter("reject_reason", "右上角断触，重新装屏 / touch gap, fit again")
    ivy.look("function_test_rejected")
    ivy.finish()
    ivy.all_sent()


def accept(ivy: Phone) -> None:
    ivy.at("function_test#2")
    ivy.start()
    ivy.tick_all("functions")
    ivy.enter("step_height", "0.04")
    ivy.choose("verdict", "passed")
    ivy.look("function_test_passed")
    ivy.finish()
    ivy.all_sent()


def close(ada: Phone) -> None:
    """Sealed, the pictures after beside those before, and the customer's signature."""
    ada.at("seal#1")
    ada.start()
    ada.enter("clamp_minutes", "30")
    ada.shoot("after", "front", "back")
    ada.look("sealed_pairs")
    ada.finish()
    ada.at("handover#1")
    ada.start()
    ada.sign("customer", "王女士")
    ada.look("signed")
    ada.finish()
    expect(ada.find("summary")).to_be_visible()
    ada.all_sent()
    ada.look("summary")


def read_record(page: Page, number: str, album: Path) -> None:
    """The complete record: both attempts, pairs, parts, signature, a whole chain; and its print."""
    page.goto(re.sub(r"/orders.*", "/orders?status=ended", page.url))
    page.locator("a.row-link", has_text=number).click()
    expect(page.locator("#chain")).to_be_visible()
    expect(page.locator("section[aria-labelledby=pairs] img")).to_have_count(4)
    expect(page.locator("section[aria-labelledby=parts]")).to_contain_text("DSP-A5")
    expect(page.locator("body")).to_contain_text("王女士")
    expect(page.locator("body")).to_contain_text("fit again")
    shot(page, album, "record")
    printed = page.request.get(page.url + "/record.pdf")
    assert printed.status == 200
    assert printed.body().startswith(b"%PDF")
    (album / "record.pdf").write_bytes(printed.body())
    look_at_print(printed.body(), number, album)
    record = page.request.get(re.sub(r"/orders/", "/api/v1/orders/", page.url) + "/events").json()
    assert record["verified"]
    assert record["events"][-1]["event"]["outcome"] == "repaired"


def look_at_print(body: bytes, number: str, album: Path) -> None:
    """Every page has something on it and nothing beyond its margins; all of them say what the record says."""
    pages = pages_of(body)
    keep_pictures(pages, album, "record_page")
    assert 2 <= len(pages) <= 30
    for at, each in enumerate(pages, start=1):
        assert not each.is_blank
        assert min(each.ink) > 9, each.ink
        assert f"{at} / {len(pages)}" in each.words
    told = "".join(page.words for page in pages)
    for said in (number, "DSP-A5", "王女士", "fit again"):
        assert said in told


def shot(page: Page, album: Path, name: str) -> None:
    album.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=album / f"{name}.png", full_page=True)

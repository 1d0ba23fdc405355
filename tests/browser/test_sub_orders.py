"""The demonstration's overhaul: two assemblies of a pump under orders of their own, at the desk and on the phone."""

import re
from collections.abc import Callable

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_an_overhaul_and_its_sub_orders_lead_to_each_other_at_the_desk_and_on_the_phone(
    desk: Callable[[str], Page],
    phone: Callable[..., Phone],
    demonstration: LiveServer,
    faults: Callable[[Page], list[str]],
) -> None:
    page = desk("en")
    page.goto(f"{demonstration.address}/orders/?status=all")
    part_of = page.locator("li.order-line", has=page.locator("[data-part-of]"))
    expect(part_of).to_have_count(2)
    part_of.first.locator("a.row-link").click()
    page.locator(".trail a").click()
    below = page.locator(".below li")
    expect(below).to_have_count(2)
    expect(below.first).to_contain_text("pump/rotor")
    main = page.url
    assert faults(page) == []
    ada = phone("ada", "en")
    ada.page.goto(main.replace("/orders/", "/go/orders/"))
    expect(ada.find("family").locator("button")).to_have_count(2)
    ada.find("family").locator("button").first.tap()
    expect(ada.find("family")).to_contain_text(re.compile(r"Part of \d{4}-\d{5}.*pump/rotor"))


def test_the_form_takes_over_a_position_and_keeps_what_was_typed(
    desk: Callable[[str], Page], demonstration: LiveServer, faults: Callable[[Page], list[str]]
) -> None:
    page = desk("en")
    page.goto(f"{demonstration.address}/orders/?status=all")
    page.locator("li.order-line", has=page.locator("[data-part-of]")).first.locator("a.row-link").click()
    page.locator(".trail a").click()
    page.click("#open-sub-order")
    assert faults(page) == []
    page.fill("#customer", "The waterworks")
    with page.expect_navigation():
        page.select_option("#position", "drive/motor")
    expect(page.locator("#position")).to_have_value("drive/motor")
    expect(page.locator("#customer")).to_have_value("The waterworks")
    expect(page.locator("#asset")).to_have_value("P-2041B")

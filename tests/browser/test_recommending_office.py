"""From an order that ends to what the next one is told: on the phone without a network, and on the office's page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PUMP = "pump/centrifugal/harbour-80"
BEFORE_PARTS, ALL = 6, 10**6


@pytest.mark.long
def test_what_an_order_used_is_on_the_next_ones_phone_when_there_is_no_network(
    phone: Callable[..., Phone], pump_order: Callable[[int], str], desk: Callable[[str], Page]
) -> None:
    def number_of(order: str) -> str:
        asking = "async (order) => (await (await fetch(`/api/v1/orders/${order}`)).json()).number"
        return str(ada.page.evaluate(asking, order))

    ended, following = pump_order(ALL), pump_order(BEFORE_PARTS)
    ada = phone("ada", "zh-CN")
    with ada.page.expect_response("**/api/v1/my/recommended-parts"):
        ada.page.reload()
    last, number = number_of(ended), number_of(following)
    ada.page.wait_for_load_state("networkidle")
    ada.context.set_offline(True)
    ada.open_order(number)
    ada.at("parts#1")
    ada.start()
    ada.tap("chance-BRG-6309C3")
    expect(ada.find("why-BRG-6309C3")).to_contain_text(f"（工单 {last}）。模板计划用料。")
    ada.context.set_offline(False)
    page = desk("en")
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}/stock/recommendations")
    page.get_by_label("Product").select_option(PUMP)
    page.get_by_label("P-12 High vibration").check()
    page.get_by_role("button", name="Show likely parts").click()
    line = page.locator("li", has_text="BRG-6309C3")
    expect(line).to_contain_text(f"(order {last})")
    line.get_by_role("link", name="that used it").click()
    page.get_by_role("link", name=last).click()
    expect(page.get_by_role("heading", name=last)).to_be_visible()


@pytest.mark.parametrize(
    ("language", "scheme"), [("zh-CN", "light"), pytest.param("en", "dark", marks=pytest.mark.long)]
)
def test_the_page_of_likely_parts_is_for_everybody_and_for_a_phone(
    language: str,
    scheme: Literal["light", "dark"],
    desk: Callable[..., Page],
    demonstration: LiveServer,
    faults: Callable[[Page], list[str]],
    pictures: Path,
) -> None:
    page = desk(language, "wen", scheme)
    asked = f"{demonstration.address}/stock/recommendations?product={PUMP}&fault_codes=P-12&fault_codes=P-11"
    found: dict[str, Any] = {}
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(asked)
        found[str(width)] = faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[str(width)].append("wider than the screen")
        page.screenshot(path=pictures / language / f"likely_parts_{width}.png", full_page=True)
    assert found == {"1280": [], "360": []}

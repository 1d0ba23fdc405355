"""The inbox in a real browser: fresh by itself, usable by everybody, on a phone too."""

from collections.abc import Callable

import pytest
from mendloop.testing.live import LiveServer
from playwright.sync_api import Page, ViewportSize, expect

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDTH = "document.documentElement.scrollWidth"


def test_what_is_put_off_in_one_browser_leaves_the_other_by_itself_and_every_page_is_for_everybody(
    desk: Callable[..., Page], demonstration: LiveServer, faults: Callable[[Page], list[str]]
) -> None:
    page = desk("zh-CN", scheme="dark")
    page.goto(f"{demonstration.address}/inbox")
    found = {"/inbox": faults(page)}
    lines = page.locator(".inbox-line")
    many = lines.count()
    assert many > 1
    other = desk("zh-CN")
    other.set_viewport_size(PHONE)
    other.goto(f"{demonstration.address}/inbox")
    assert other.evaluate(WIDTH) <= PHONE["width"]
    first = other.locator(".inbox-line").first
    first.locator("summary").click()
    first.get_by_role("button", name="一小时后").click()
    expect(other.locator(".inbox-line")).to_have_count(many - 1)
    expect(lines).to_have_count(many - 1, timeout=12_000)
    other.goto(f"{demonstration.address}/inbox?show=later")
    other.get_by_role("button", name="现在就看").click()
    expect(lines).to_have_count(many, timeout=12_000)
    for path in ("/account/notices", "/organisation/mail"):
        other.goto(f"{demonstration.address}{path}")
        assert other.evaluate(WIDTH) <= PHONE["width"]
        found[path] = faults(other)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}

"""What is fetched later is there before anybody looks for it."""

import time
from collections.abc import Callable

import pytest
from mendloop.testing.phone import Phone
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser
PIECES = ("answers", "evidence", "more", "signature_pad_box")
# Notes every placeholder that stands where something is still to come.
WATCH = """globalThis.placeholders = [];
new MutationObserver(changes => {
    for (const each of document.querySelectorAll('.until[aria-busy]')) globalThis.placeholders.push(each.outerHTML);
}).observe(document, {childList: true, subtree: true});"""


def test_every_screen_works_without_a_network_once_the_list_was_shown(phone: Callable[..., Phone]) -> None:
    bo = phone("bo", "zh-CN")
    asked: list[str] = []
    bo.page.on("requestfinished", lambda request: asked.append(request.url.rpartition("/")[2]))
    bo.page.reload()
    expect(bo.find("orders")).to_be_visible()
    bo.page.wait_for_load_state("networkidle")
    fetched = {piece for piece in PIECES for name in asked if name.startswith(f"{piece}-")}
    assert fetched == set(PIECES)
    bo.context.set_offline(True)
    bo.page.evaluate(WATCH)
    bo.tap("open-next")
    expect(bo.find("step")).to_be_visible()
    expect(bo.page.locator(".field").first).to_be_visible()
    for opened, sheet in (("finding", "finding-sheet"), ("menu", "menu-sheet")):
        bo.tap(opened)
        expect(bo.find(sheet)).to_be_visible()
        bo.page.keyboard.press("Escape")
    bo.tap("open-flow")
    expect(bo.find("flow")).to_be_visible()
    bo.tap("sync")
    expect(bo.find("outbox")).to_be_visible()
    assert bo.page.evaluate("placeholders") == []


def test_a_step_is_not_shown_before_its_fields_can_be(phone: Callable[..., Phone]) -> None:
    bo = phone("bo", "en")
    bo.tap("open-next")
    expect(bo.find("step")).to_be_visible()
    bo.page.add_init_script(WATCH)
    slow: list[str] = []

    def slowly(route: Route) -> None:
        slow.append(route.request.url)
        time.sleep(0.5)
        route.continue_()

    bo.page.route("**/assets/answers-*.js", slowly)
    bo.page.reload()
    expect(bo.page.locator(".field").first).to_be_visible()
    assert slow
    assert bo.page.evaluate("placeholders") == []

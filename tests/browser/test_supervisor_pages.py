"""The supervisor's pages in a real browser: what stays fresh by itself, and a form that answers at once."""

import time
from collections.abc import Callable, Iterator

import pytest
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.designing import builtin_document
from mendloop.testing.live import LiveServer
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

EVERY_MS = 1500
PARTS = "**/orders/live*"
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => hidden ? "hidden" : "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def orders(desk: Callable[[str], Page], demonstration: LiveServer) -> Page:
    page = desk("en")
    page.goto(f"{demonstration.address}/orders/")
    return page


class Counter:
    """Requests for the live part: how many began, how many were under way at once."""

    def __init__(self, page: Page, answer: Callable[[Route], None]) -> None:
        self.begun = self.under_way = self.most = 0
        self._answer = answer
        page.route(PARTS, self._take)

    def _take(self, route: Route) -> None:
        self.begun += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self._answer(route)


def test_a_hidden_tab_asks_for_nothing_and_asks_at_once_when_it_is_seen_again(orders: Page) -> None:
    counter = Counter(orders, lambda route: route.continue_())
    orders.evaluate(HIDE, True)
    orders.wait_for_timeout(200)
    before = counter.begun
    orders.wait_for_timeout(3 * EVERY_MS)
    assert counter.begun == before
    with orders.expect_request(PARTS, timeout=EVERY_MS / 3):
        orders.evaluate(HIDE, False)


@pytest.mark.long
def test_a_slow_server_is_never_asked_twice_at_once(orders: Page) -> None:
    waiting: list[Route] = []
    counter = Counter(orders, waiting.append)
    deadline = time.monotonic() + 5 * EVERY_MS / 1000
    while time.monotonic() < deadline:
        orders.evaluate(HIDE, True)
        orders.evaluate(HIDE, False)
        orders.wait_for_timeout(150)
    assert (counter.begun, counter.most) == (1, 1)
    counter.under_way -= 1
    waiting[0].continue_()
    orders.wait_for_timeout(2 * EVERY_MS)
    assert (counter.begun, counter.most) == (2, 1)


@pytest.mark.long
def test_an_answer_that_never_comes_is_given_up_and_asked_for_again(orders: Page) -> None:
    orders.locator("live-part").evaluate("part => part.setAttribute('patience', '300')")
    waiting: list[Route] = []
    counter = Counter(orders, waiting.append)
    orders.wait_for_timeout(6 * EVERY_MS)
    assert counter.begun >= 2


def test_a_page_says_when_the_server_does_not_answer_and_is_calm_when_it_does_again(orders: Page) -> None:
    said = "part => getComputedStyle(part, '::before').content"
    orders.route(PARTS, lambda route: route.abort())
    part = orders.locator("live-part")
    expect(part).to_have_attribute("stale", "", timeout=15 * EVERY_MS)
    assert "The server does not answer" in part.evaluate(said)
    orders.unroute(PARTS)
    orders.evaluate(HIDE, False)
    expect(part).not_to_have_attribute("stale", "", timeout=2 * EVERY_MS)


def test_a_part_that_left_the_page_asks_no_more(orders: Page) -> None:
    waiting: list[Route] = []
    counter = Counter(orders, waiting.append)
    orders.wait_for_timeout(2 * EVERY_MS)
    orders.evaluate("document.querySelector('live-part').remove()")
    for route in waiting:
        route.continue_()
    orders.wait_for_timeout(2 * EVERY_MS)
    assert counter.begun == 1


@pytest.fixture
def without_scripts(chromium: Browser, demonstration: LiveServer) -> Iterator[Page]:
    context: BrowserContext = chromium.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{demonstration.address}/sign-in")
    page.fill("input[name=sign_in_name]", "lin")
    page.fill("input[name=password]", "demo-mendloop")
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{demonstration.address}/orders/new")
    yield page
    context.close()


def first_codes(page: Page) -> set[str]:
    """The trees that are shown at once, by the code at their top."""
    boxes = page.locator("#faults .fault-list").first.locator(".depth-0 input").all()
    return {box.get_attribute("value") or "" for box in boxes}


def test_a_product_brings_its_fault_codes_and_a_fault_its_process_at_once(
    desk: Callable[[str], Page], demonstration: LiveServer
) -> None:
    page = desk("en")
    page.goto(f"{demonstration.address}/orders/new")
    assert first_codes(page) == {"PH", "WM", "AC", "P"}
    page.select_option("select[name=product]", "pump/centrifugal/harbour-80")
    expect(page.locator("#other-faults")).to_be_attached()
    assert first_codes(page) == {"P"}
    page.locator("input[name=fault_codes][value=P-12]").check()
    expect(page.locator("#proposals input[name=template]").first).to_be_checked()
    expect(page.locator("button[name=open]")).to_be_enabled()
    pump = page.locator("#proposals strong").first.inner_text()
    page.select_option("select[name=product]", "phone/aurora/5")
    expect(page.locator("#proposals .notice")).to_be_visible()
    assert page.locator("input[value=P-12]").is_checked()
    assert page.locator("#other-faults").get_attribute("open") is not None
    page.locator("input[name=fault_codes][value=PH-D1]").check()
    expect(page.locator("#proposals strong").first).not_to_have_text(pump)


@pytest.fixture
def any_phone(desk: Callable[[str], Page], demonstration: LiveServer) -> Iterator[Page]:
    """The supervisor's browser while a second process is there, for phones whatever is wrong with them."""
    page = desk("en")
    tab = DesignerTab(page.context, demonstration.address, page)
    document = {**builtin_document("phone/screen_replacement"), "applies_to": [{"product": "phone/*"}]}
    template = tab.begin({"document": {**document, "key": "phone.any", "title": {"zh-CN": "手机", "en": "Phone"}}})
    tab.act("POST", f"/templates/{template}/publish", {"expected_revision": 1})
    yield page
    tab.act("PUT", f"/templates/{template}/archived", {"archived": True})


def test_the_best_process_is_chosen_by_itself_until_somebody_chooses_another(
    any_phone: Page, demonstration: LiveServer
) -> None:
    page = any_phone
    page.goto(f"{demonstration.address}/orders/new")
    page.select_option("select[name=product]", "phone/aurora/5")
    choices = page.locator("#proposals input[name=template]")
    expect(choices).to_have_count(1)
    expect(choices.first).to_be_checked()
    page.locator("input[name=fault_codes][value=PH-D1]").check()
    expect(choices).to_have_count(2)
    expect(choices.first).to_be_checked()
    choices.nth(1).check()
    with page.expect_response("**/orders/new/fitting*"):
        page.locator("input[name=fault_codes][value=PH-D2]").check()
    expect(page.locator("button[name=open]")).to_be_enabled()
    expect(choices.nth(1)).to_be_checked()


def test_what_was_proposed_before_cannot_be_opened_while_the_answer_is_under_way(
    desk: Callable[[str], Page], demonstration: LiveServer
) -> None:
    page = desk("en")
    page.goto(f"{demonstration.address}/orders/new?product=phone/aurora/5")
    page.locator("input[name=fault_codes][value=PH-D1]").check()
    expect(page.locator("button[name=open]")).to_be_enabled()
    page.route("**/orders/new/fitting*", lambda route: route.abort())
    page.select_option("select[name=product]", "washing-machine/brook/700")
    expect(page.locator("button[name=open]")).to_be_disabled()
    expect(page.locator("button[name=propose]")).to_be_enabled()


def test_the_same_form_works_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    page.select_option("select[name=product]", "washing-machine/brook/700")
    page.click("button[name=show]")
    assert first_codes(page) == {"WM"}
    page.locator("input[name=fault_codes][value=WM-D1]").check()
    page.click("button[name=propose]")
    assert page.locator("#proposals input[name=template]").first.is_checked()
    page.click("button[name=open]")
    assert "/orders/0" in page.url


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_assigning_and_cancelling_open_inside_the_screen(
    orders: Page, demonstration: LiveServer, width: int, height: int
) -> None:
    orders.set_viewport_size({"width": width, "height": height})
    path = orders.locator(".orders .row-link").first.get_attribute("href")
    for panel, first in (("assign", "person"), ("cancel", "reason")):
        orders.goto(f"{demonstration.address}{path}")
        orders.click(f".page-actions [popovertarget={panel}]")
        box = orders.locator(f"#{panel}").bounding_box()
        assert box is not None
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        expect(orders.locator(f"#{first}")).to_be_focused()
        orders.keyboard.press("Escape")
        expect(orders.locator(f"#{panel}")).to_be_hidden()


def test_what_is_wrong_in_a_form_is_told_at_the_top_and_leads_to_its_field(
    orders: Page, demonstration: LiveServer
) -> None:
    orders.goto(f"{demonstration.address}/orders/new?product=phone/aurora/5")
    orders.locator("input[name=fault_codes][value=PH-D1]").check()
    expect(orders.locator("button[name=open]")).to_be_enabled()
    orders.fill("#due", "2020-01-01T10:00")
    orders.click("button[name=open]")
    told = orders.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told).to_contain_text("This time is past")
    told.get_by_role("link", name="Due").click()
    expect(orders.locator("#due")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_long_names_and_large_text_break_no_page(
    orders: Page, demonstration: LiveServer, width: int, height: int
) -> None:
    orders.set_viewport_size({"width": width, "height": height})
    orders.goto(f"{demonstration.address}/orders/new?product=phone/aurora/5")
    orders.locator("input[name=fault_codes][value=PH-D1]").check()
    expect(orders.locator("button[name=open]")).to_be_enabled()
    orders.fill("#asset", "Q" * 200)
    orders.fill("#customer", "客" * 200)
    orders.click("button[name=open]")
    opened = orders.url
    orders.goto(f"{demonstration.address}/orders/")
    about = orders.locator(".order-about").first
    assert "客" * 200 in (about.get_attribute("title") or "")
    assert about.evaluate("it => it.clientHeight / parseFloat(getComputedStyle(it).lineHeight)") < 2.2
    for address in (orders.url, opened, f"{demonstration.address}/orders/new"):
        orders.goto(address)
        orders.evaluate("document.documentElement.style.fontSize = '200%'")
        assert orders.evaluate("document.documentElement.scrollWidth") <= width
        opener = orders.locator(".places-opener")
        if opener.is_visible():
            opener.click()
        last = orders.locator(".places a").last
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport(ratio=1)

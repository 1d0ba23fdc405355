"""Opening an order by its address on an empty phone: the page, then everything else at once."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from mendloop.testing.live import Browser as Client
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

pytestmark = pytest.mark.browser
ROUND_TRIP_MS = 250
MARK_FIRST_SCREEN = """
const look = () => {
  const shown = document.querySelector("[id^=f-][id$=-card], .next-order");
  if (shown?.checkVisibility()) globalThis.shownAt = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@dataclass
class Traffic:
    """What a page asked for, and when, in seconds."""

    began: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def follow(self, page: Page) -> None:
        """From now on; answers take a round trip of a bad network."""
        cdp = page.context.new_cdp_session(page)
        cdp.on("Network.requestWillBeSent", self._begin)
        cdp.on("Network.loadingFinished", lambda event: self.ended.update({event["requestId"]: event["timestamp"]}))
        cdp.send("Network.enable")
        slow = {"offline": False, "latency": ROUND_TRIP_MS, "downloadThroughput": -1, "uploadThroughput": -1}
        cdp.send("Network.emulateNetworkConditions", slow)

    def _begin(self, event: dict[str, Any]) -> None:
        if "favicon" in event["request"]["url"]:
            return  # the browser's own wish, when it has time for it
        self.began[event["requestId"]] = event["timestamp"]
        self.paths[event["requestId"]] = "/" + event["request"]["url"].split("/", 3)[-1]

    def needed(self, milliseconds: float) -> dict[str, float]:
        """What was answered in the first `milliseconds`, and when it was asked for."""
        last = min(self.began.values()) + milliseconds / 1e3
        return {each: began for each, began in self.began.items() if self.ended.get(each, last + 1) <= last}

    def until(self, milliseconds: float) -> list[str]:
        """The paths of those."""
        return [self.paths[each] for each in self.needed(milliseconds)]

    def rounds(self, milliseconds: float) -> int:
        """The longest row of requests of which each began only after another had ended."""
        depth = dict[str, int]()
        for each, began in sorted(self.needed(milliseconds).items(), key=lambda item: item[1]):
            depth[each] = 1 + max((depth[other] for other in depth if self.ended[other] <= began), default=0)
        return max(depth.values())

    def moments(self, beginning: str) -> tuple[float, float]:
        """When the one request whose path begins so began and ended."""
        found = [each for each, path in self.paths.items() if path.startswith(beginning)]
        assert len(found) == 1, self.paths
        return self.began[found[0]], self.ended[found[0]]


@pytest.fixture
def empty_phone(chromium: Browser, demonstration: LiveServer, phone: Callable[..., Phone]) -> Iterator[BrowserContext]:
    """Bo's browser with nothing in it but that he is signed in."""
    context = chromium.new_context(locale="en", viewport={"width": 390, "height": 844}, base_url=demonstration.address)
    sign_in(context, phone("bo", "en"))
    context.add_init_script(MARK_FIRST_SCREEN)
    yield context
    context.close()


@pytest.fixture
def bos_card(demonstration: LiveServer) -> dict[str, Any]:
    with Client(demonstration.port).sign_in("bo", "demo-mendloop") as bo:
        return dict(bo.get_json("/api/v1/my/orders")["orders"][0])


@pytest.fixture
def bos_order(bos_card: dict[str, Any]) -> str:
    return str(bos_card["id"])


def sign_in(context: BrowserContext, other: Phone) -> None:
    """As whoever is signed in on the other phone."""
    kept = [cookie for cookie in other.context.cookies() if cookie.get("name") == "mendloop"]
    context.add_cookies([{"name": "mendloop", "value": kept[0]["value"], "domain": "127.0.0.1", "path": "/"}])


def opened(page: Page, order: str) -> float:
    """Open the order; the milliseconds until a field of its step was shown."""
    page.goto(f"/go/orders/{order}", wait_until="commit")
    page.wait_for_function("() => globalThis.shownAt !== undefined")
    return float(page.evaluate("globalThis.shownAt"))


def without_answers(route: Route) -> None:
    """The page as a program would keep it for later: it holds nobody's data."""
    route.fulfill(response=route.fetch(headers={**route.request.headers, "sec-fetch-mode": "cors"}))


def test_an_order_opens_on_an_empty_phone_in_two_rounds_without_asking_the_api(
    empty_phone: BrowserContext, bos_order: str
) -> None:
    page, traffic = empty_phone.new_page(), Traffic()
    traffic.follow(page)
    shown = opened(page, bos_order)
    asked = traffic.until(shown)
    assert [path for path in asked if path.startswith("/api/")] == []
    assert traffic.rounds(shown) == 2, asked
    assert len(asked) == len(set(asked))


def test_the_list_opens_in_two_rounds_and_then_fetches_its_orders(
    empty_phone: BrowserContext, bos_card: dict[str, Any]
) -> None:
    page, traffic = empty_phone.new_page(), Traffic()
    traffic.follow(page)
    with page.expect_response(f"**/api/v1/plans/{bos_card['plan_hash']}"):
        page.goto("/go", wait_until="commit")
    shown = float(page.evaluate("globalThis.shownAt"))
    assert [path for path in traffic.until(shown) if path.startswith("/api/")] == []
    assert traffic.rounds(shown) == 2, traffic.until(shown)
    page.wait_for_timeout(1_000)
    page.route("**/api/v1/orders/*", lambda _: None)  # a network that does not answer any more
    page.route("**/api/v1/plans/*", lambda _: None)
    page.get_by_test_id(f"order-{bos_card['number']}").click()
    expect(page.get_by_test_id("step")).to_be_visible(timeout=1_200)


def test_a_page_that_brings_nothing_works_the_same(empty_phone: BrowserContext, bos_order: str) -> None:
    page, traffic = empty_phone.new_page(), Traffic()
    page.route("**/go/orders/*", without_answers)
    traffic.follow(page)
    opened(page, bos_order)
    session, order = traffic.moments("/api/v1/session"), traffic.moments(f"/api/v1/orders/{bos_order}")
    traffic.moments("/api/v1/plans/")
    assert order[0] < session[1], "the order is asked for while the server says who is here"


def test_what_the_page_brought_is_on_the_phone_afterwards(empty_phone: BrowserContext, bos_order: str) -> None:
    page = empty_phone.new_page()
    opened(page, bos_order)
    page.wait_for_timeout(1_000)
    page.route("**/go/orders/*", without_answers)
    page.route("**/api/v1/orders/*", lambda route: route.abort())
    page.route("**/api/v1/plans/*", lambda route: route.abort())
    opened(page, bos_order)


def test_back_after_signing_out_shows_no_order(empty_phone: BrowserContext, bos_order: str) -> None:
    page = empty_phone.new_page()
    opened(page, bos_order)
    title = page.locator("main h2").first.inner_text()
    page.get_by_test_id("menu").click()
    page.get_by_test_id("sign-out").click()
    page.wait_for_url("**/sign-in")
    page.go_back()
    expect(page.get_by_test_id("sign-in")).to_be_visible()
    assert title not in page.content()


def test_the_next_person_at_the_phone_sees_her_own(
    empty_phone: BrowserContext, bos_order: str, phone: Callable[..., Phone]
) -> None:
    page = empty_phone.new_page()
    opened(page, bos_order)
    empty_phone.clear_cookies()
    sign_in(empty_phone, phone("ada", "en"))
    page.goto("/go")
    page.get_by_test_id("menu").click()
    expect(page.get_by_test_id("menu-sheet")).to_contain_text("Ada")
    session = json.loads(str(page.evaluate("localStorage.getItem('mendloop.session')")))
    assert session["csrf_token"] == ""

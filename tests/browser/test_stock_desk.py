"""The stock desk in a real browser: a scanner that does not wait, a van page on a phone, a count."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import PATIENCE_MS
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def stock(desk: Callable[[str], Page], demonstration: LiveServer) -> Callable[[str, str], Page]:
    """`stock(language, path)`: the owner's browser at a page of stock."""

    def open_one(language: str, path: str) -> Page:
        page = desk(language)
        page.goto(f"{demonstration.address}{path}")
        return page

    return open_one


@pytest.fixture
def part(stock: Callable[[str, str], Page]) -> str:
    """The number of a part that is there once in every test."""
    page = stock("en", "/stock/parts/new")
    number = f"TEST-{id(page)}"
    page.fill("#number", number)
    page.fill("#title_en", "Test part")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Test part")
    return number


def scan(page: Page, *codes: str) -> None:
    """As a scanner does it: type fast, Enter, at once the next."""
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Enter")


def test_a_scanner_fills_a_slip_without_waiting_and_enter_never_books_it(
    stock: Callable[[str, str], Page], part: str
) -> None:
    page = stock("en", "/stock/desk/receive")
    expect(page.locator("#scan")).to_be_focused()
    scan(page, part, part, "NOT-THERE", part)
    expect(page.locator("input[name=quantity]")).to_have_value("3")
    page.fill("input[name=cost]", "12.34")
    page.press("input[name=cost]", "Enter")
    expect(page.locator("#scan")).to_be_focused()
    scan(page, "NOT-THERE")
    expect(page.locator("[role=alert]")).to_contain_text("NOT-THERE")
    expect(page.locator("input[name=cost]")).to_have_value("12.34")
    page.locator("button[name=book]").click()
    expect(page.locator("h1")).to_have_text("Received")
    expect(page.locator("main")).to_contain_text("12.34")


def test_what_is_scanned_while_the_network_is_away_waits_and_comes_by_itself(
    stock: Callable[[str, str], Page], part: str
) -> None:
    page = stock("en", "/stock/desk/receive")
    page.route("**/stock/desk/receive", lambda route: route.abort())
    scan(page, part, part, part)
    expect(page.locator("[data-waits]")).to_have_attribute("data-waits", "3")
    page.locator("button[name=book]").click()
    expect(page.locator("#scan")).to_be_visible()
    page.unroute("**/stock/desk/receive")
    expect(page.locator("[role=alert]")).to_contain_text("1.")  # pressed after all three had come: the cost is missing
    expect(page.locator("[data-waits]")).to_have_count(0)
    expect(page.locator("input[name=quantity]")).to_have_value("3")
    page.fill("input[name=cost]", "6")
    page.locator("button[name=book]").click()
    expect(page.locator("h1")).to_have_text("Received")
    expect(page.locator("main tbody .amount")).to_have_text("3 pcs")


def test_a_scan_of_a_count_whose_answer_was_lost_counts_once(stock: Callable[[str, str], Page], part: str) -> None:
    page = stock("en", "/stock/counts")
    page.select_option("#place", "warehouse")
    page.locator("main form button[type=submit]").click()
    lost = []

    def lose(route: Route) -> None:
        """The server gets it; its answer does not arrive."""
        lost.append(route.fetch().status)
        route.abort()

    expect(page.locator("#scan")).to_be_focused()
    page.route("**/stock/counts/*", lose, times=2)
    scan(page, part, part)
    expect(page.locator("input[name^=q_]").first).to_have_value("2")
    expect(page.locator("[data-waits]")).to_have_count(0)
    assert lost == [200, 200]
    page.locator("button[name=abandon]").click()
    expect(page.locator("main .facts .tag").first).to_have_text("dropped")


def test_a_places_label_chooses_the_place_while_scanning(stock: Callable[[str, str], Page], part: str) -> None:
    page = stock("en", "/stock/desk/move")
    scan(page, "place:quarantine")
    expect(page.locator("#source")).to_have_value("quarantine")
    scan(page, part, "place:warehouse")
    expect(page.locator("#target")).to_have_value("warehouse")
    expect(page.locator("#source")).to_have_value("quarantine")


def test_a_count_by_scanning_is_booked_with_a_reason(stock: Callable[[str, str], Page], part: str) -> None:
    page = stock("en", "/stock/counts")
    page.select_option("#place", "quarantine")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#scan")).to_be_focused()
    scan(page, part, part)
    quantity = page.locator("input[name^=q_]").first
    expect(quantity).to_have_value("2")
    quantity.fill("5")
    quantity.press("Enter")
    expect(page.locator(".sheet-line .tag").first).to_have_text("+5")
    page.locator("select[name^=reason_]").first.select_option("found")
    page.locator("button[name=book]").click()
    expect(page.locator("main .facts .tag").first).to_have_text("booked")


LONG = pytest.mark.long


@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        ("zh-CN", "light"),
        pytest.param("zh-CN", "dark", marks=LONG),
        pytest.param("en", "light", marks=LONG),
        pytest.param("en", "dark", marks=LONG),
    ],
)
def test_pages_of_stock_fit_a_phone_and_a_desk(
    stock: Callable[[str, str], Page], part: str, pictures: Path, language: str, scheme: Any
) -> None:
    page = stock(language, "/stock/")
    page.emulate_media(color_scheme=scheme)
    link = page.locator("tbody a.row-link").first.get_attribute("href") or ""
    page.goto(page.url.split("/stock")[0] + "/stock/vans")
    van = (page.locator("h2 a.row-link").first.get_attribute("href") or "").rpartition("/")[2]
    paths = {
        "parts": "/stock/",
        "part": link,
        "edit": f"{link}/edit",
        "desk": "/stock/desk",
        "receive": "/stock/desk/receive",
        "transfers": "/stock/transfers",
        "van": f"/stock/vans/{van}",
        "vans": "/stock/vans",
        "counts": "/stock/counts",
        "files": "/stock/exchange",
        "movements": "/stock/movements",
        "labels": "/stock/labels",
        "labels_a4": "/stock/labels/print?place=warehouse&place=quarantine&skip=1",
        "labels_single": f"/stock/labels/print?numbers={part}&layout=single",
        "discrepancies": "/stock/discrepancies",
    }
    folder = pictures / language / f"stock_{scheme}"
    for name, path in paths.items():
        for width, height in ((1280, 900), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(page.url.split("/stock")[0] + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide at {width}"
            page.screenshot(path=folder / f"{name}_{width}.png", full_page=True)


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=LONG)])
def test_the_own_van_fits_the_phone(
    chromium: Browser, demonstration: LiveServer, pictures: Path, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale=language)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{demonstration.address}/sign-in")
    page.fill("input[name=sign_in_name]", "ada")
    page.fill("input[name=password]", "demo-mendloop")
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{demonstration.address}/van")
    with page.expect_navigation():
        page.locator(f"button[name=language][value='{language}']").click()
    expect(page.locator(".big-list li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = page.eval_on_selector_all("main a, main button", "all => all.map(each => each.offsetHeight)")
    assert min(heights) >= 44
    page.screenshot(path=pictures / language / "phone_ada" / "van.png", full_page=True)
    context.close()

"""The live board in a browser: it follows an engineer's acts within a second, keeps its filters, survives a restart."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mendloop.testing.cast import PASSWORD
from mendloop.testing.live import Browser as Hand
from mendloop.testing.live import Device
from mendloop.testing.workshop import Workshop, open_workshop
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ORDERS = 24


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A server with orders on it, and nobody else."""
    return open_workshop(tmp_path, 4, ORDERS)


def watch(chromium: Browser, workshop: Workshop, path: str) -> Page:
    """A supervisor's browser at the board."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="en")
    page.goto(f"{workshop.server.address}/sign-in")
    page.fill("input[name=sign_in_name]", "sue")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.goto(workshop.server.address + path)
    expect(page.locator(".board-state")).to_have_attribute("data-state", "live")
    return page


def test_the_board_follows_engineers_and_keeps_its_filters(
    chromium: Browser, workshop: Workshop, faults: Callable[[Page], list[str]]
) -> None:
    workshop.server.start()
    try:
        board = watch(chromium, workshop, "/board")
        assert faults(board) == []
        ada = Device(Hand(workshop.server.port).sign_in("ada", PASSWORD))
        assert seconds_until_shown(board, ada, workshop.orders[0]) < 1
        filters_stand_in_the_address(board, workshop.orders[0])
        ada.browser.close()
        board.context.close()
    finally:
        workshop.server.stop()


@pytest.mark.long
def test_board_and_wall_turn_their_pages_and_survive_a_restart(chromium: Browser, workshop: Workshop) -> None:
    workshop.server.start()
    try:
        board, wall = (watch(chromium, workshop, path) for path in ("/board", "/board?wall=1"))
        pages_turn(wall)
        lost_and_back(board, wall, workshop, workshop.orders[1])
        board.context.close()
        wall.context.close()
    finally:
        workshop.server.stop()


def seconds_until_shown(board: Page, ada: Device, order: str) -> float:
    """From the answer to the engineer until the card stands in the other lane; the browser itself looks."""
    board.evaluate(
        """id => { window.seen = new Promise(done => {
            const look = () => document.querySelector(`[data-lane=work] #o-${id}`) && done(Date.now());
            new MutationObserver(look).observe(document.body, { childList: true, subtree: true }); }); }""",
        order,
    )
    (answer,) = ada.send(ada.command("StartStep", order, visit="step_0#1"))
    answered = time.time()
    assert answer["status"] == "applied"
    return float(board.evaluate("() => window.seen")) / 1000 - answered


def filters_stand_in_the_address(board: Page, order: str) -> None:
    board.fill("input[name=text]", "ada")
    board.get_by_role("button", name="Show").click()
    board.wait_for_url("**/board?**text=ada**")
    expect(board.locator(".board-card")).to_have_count(1)
    board.reload()
    expect(board.locator(f"#o-{order}")).to_have_count(1)
    expect(board.locator("input[name=text]")).to_have_value("ada")
    board.goto(board.url.partition("?")[0])
    expect(board.locator(".board-card")).to_have_count(ORDERS)
    board.locator(".bc-link").first.focus()
    board.keyboard.press("ArrowDown")
    assert board.evaluate("document.activeElement.closest('.board-card').previousElementSibling !== null")


def pages_turn(wall: Page) -> None:
    """More orders have not begun than fit."""
    page = wall.locator("[data-lane=new] [data-page]")
    expect(page).to_contain_text("1 of")
    expect(page).to_contain_text("2 of", timeout=15_000)


def lost_and_back(board: Page, wall: Page, workshop: Workshop, order: str) -> None:
    """Nobody touches the browsers while the server goes and comes again."""
    before = time.monotonic()
    workshop.server.stop()
    assert time.monotonic() - before < 5, "the server waits for nobody who watches"
    expect(wall.locator("[data-lost]")).to_be_visible(timeout=25_000)
    expect(board.locator(".board-state")).to_have_attribute("data-state", "lost", timeout=25_000)
    workshop.server.start()
    bo = Device(Hand(workshop.server.port).sign_in("bo", PASSWORD))
    bo.send(bo.command("StartStep", order, visit="step_0#1"))
    for page in (board, wall):
        expect(page.locator(".board-state")).to_have_attribute("data-state", "live", timeout=60_000)
        expect(page.locator(f"[data-lane=work] #o-{order}")).to_have_count(1)
    expect(wall.locator("[data-lost]")).to_be_hidden()
    bo.browser.close()

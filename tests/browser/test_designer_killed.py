"""The browser is killed while somebody edits: opened again, it shows everything that it had shown as saved.

Three times in `make test`, ten times by `make test-designer`.
"""

import itertools
import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafting.killing import KillableBrowser, Seen
from drafting.washer import WASHER
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.live import LiveServer
from playwright.sync_api import Browser, Error, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(600)]
KILLS = int(os.environ.get("MENDLOOP_KILLS", "3"))
SEED = int(os.environ.get("MENDLOOP_KILLS_SEED", str(random.randrange(10**6))))
SOONEST, LATEST = 0.3, 6.0
"""Seconds of editing before the end; a save begins 1.5 s after an edit, or 6 s after the first."""


@pytest.fixture
def killable(chromium: Browser, chromium_path: Path, tmp_path: Path) -> Iterator[KillableBrowser]:
    """A browser with a profile of its own."""
    browser = KillableBrowser(chromium.browser_type, chromium_path, tmp_path / "profile")
    yield browser
    browser.close()


def test_what_was_shown_as_saved_is_there_after_the_browser_was_killed(
    killable: KillableBrowser, demonstration: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    tab = killable.start(demonstration.address).sign_in("lin", DEMO_PASSWORD, "en")
    template = tab.begin(WASHER)
    tab.open(template).show_outline()
    told: list[str] = []
    for kill in range(KILLS):
        offline = kill % 3 == 1
        seconds = chance.uniform(3.0 if offline else SOONEST, LATEST)
        edit_until_killed(tab, killable, seconds, offline)
        shown = killable.shown_as_safe()
        tab = reopened(killable, demonstration.address, template)
        found = tab.document()
        lost = [text for text in shown["texts"] if text not in str(found)]
        told.append(
            f"{seconds:.1f} s {'offline' if offline else 'online'}: {shown['state']}, {len(killable_marks(shown))}"
        )
        assert found["title"]["en"].startswith(shown["title"]), f"seed {SEED}, kill {kill}: {shown}"
        assert lost == [], f"seed {SEED}, kill {kill}"
        tab.saved()
        assert tab.on_server(template)["document"] == tab.document()
    with capsys.disabled():
        print(f"\n  killed, seed {SEED}: {'; '.join(told)}")


def killable_marks(shown: Seen) -> list[str]:
    return [text for text in shown["texts"] if text.startswith("mark ")]


MARKS = itertools.count(1)


def edit_until_killed(tab: DesignerTab, browser: KillableBrowser, seconds: float, offline: bool) -> None:
    """Write the title letter by letter, add steps and fields, until it all ends."""
    tab.saved()
    tab.context.set_offline(offline)
    killed = threading.Event()

    def kill() -> None:
        killed.set()
        browser.kill()

    timer = threading.Timer(seconds, kill)
    timer.start()
    try:
        while True:
            tab.find("template-title").press("End")
            tab.find("template-title").press_sequentially(f" {next(MARKS)} letters", delay=15)
            tab.add_step("arrive", f"mark {next(MARKS)}")
            tab.find("template-title").press("End")
            tab.find("template-title").press_sequentially(" more", delay=60)
            tab.add_field("arrive", "text", f"mark {next(MARKS)}")
            tab.page.wait_for_timeout(700)
    except (Error, AssertionError):
        assert killed.is_set(), "editing ended before the browser was killed"
        timer.join()
    assert browser.seen, "the browser showed nothing before it was killed"


def reopened(browser: KillableBrowser, address: str, template: str) -> DesignerTab:
    """The same browser, started anew. Its cookies reach the disk every half minute: one may have to sign in again."""
    browser.close()
    tab = browser.start(address)
    tab.page.goto(f"{address}/designer/{template}")
    if tab.page.locator("input[name=password]").count():
        tab.sign_in("lin", DEMO_PASSWORD, "en").open(template)
    tab.here()
    expect(tab.save_state).not_to_have_attribute("data-state", "conflict")
    return tab

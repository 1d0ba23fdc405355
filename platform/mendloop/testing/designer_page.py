"""The designer in a browser, as its screens can be read. Nothing here touches it: that is for a hand."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from mendloop.testing.phone import PATIENCE_MS

SCREEN = ViewportSize(width=1280, height=800)
TONGUES = ("zh-CN", "en")
Json = dict[str, Any]

COUNT_POINTERS = """
window.pointersSeen = [];
for (const name of ["pointerdown", "pointermove", "mousedown", "mousemove", "touchstart", "wheel"])
  addEventListener(name, ({ isTrusted }) => { if (isTrusted) window.pointersSeen.push(name); }, { capture: true });
"""

STANDS_STILL = """(css) => new Promise((resolve, reject) => {
  const until = performance.now() + 10000;
  let last = "";
  const look = () => {
    const box = document.querySelector(css)?.getBoundingClientRect() ?? new DOMRect();
    const now = [box.x, box.y, box.width, box.height].join(" ");
    if (now !== "0 0 0 0" && now === last) resolve({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    else if (performance.now() > until) reject(new Error(`${css} is not there, or never stands still`));
    else { last = now; requestAnimationFrame(() => requestAnimationFrame(look)); }
  };
  look();
})"""


class DesignerPage:
    """A desk with the designer on it. Whatever a pointer does to the page is counted, whoever moves it."""

    def __init__(self, browser: Browser, address: str, album: Path) -> None:
        self.context: BrowserContext = browser.new_context(viewport=SCREEN, locale="zh-CN")
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.language = "zh-CN"
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.add_init_script(COUNT_POINTERS)
        self.address = address
        self._album = album

    @property
    def other(self) -> str:
        """The language that is not spoken here."""
        return next(tongue for tongue in TONGUES if tongue != self.language)

    def find(self, name: str) -> Locator:
        """The element with this test id."""
        return self.page.get_by_test_id(name)

    def seen(self, css: str) -> Locator:
        """The first of these that is in sight."""
        return self.page.locator(css).locator("visible=true").first

    def value(self, css: str) -> str:
        """What is written there."""
        return self.seen(css).input_value()

    def middle(self, css: str) -> tuple[float, float]:
        """The middle of it in the window, once it stands still."""
        spot = self.page.evaluate(STANDS_STILL, css)
        return spot["x"], spot["y"]

    def pointers(self) -> list[str]:
        """What pointers have done to this page since it was loaded."""
        seen: list[str] = self.page.evaluate("window.pointersSeen")
        return seen

    @property
    def template_id(self) -> str:
        """Of the template that is open."""
        return self.page.url.split("#")[0].rstrip("/").rsplit("/", 1)[-1]

    def ask(self, path: str) -> Json:
        """The API's answer to whoever is signed in."""
        answer = self.page.request.get(f"{self.address}/api/v1{path}")
        if answer.status != 200:
            raise AssertionError(f"GET {path}: {answer.status} {answer.text()[:300]}")
        found: Json = answer.json()
        return found

    def saved(self) -> None:
        """Wait until the screen says that the server has everything."""
        expect(self.page.locator("[data-testid=save-state][data-state=saved]")).to_be_visible()

    def document(self) -> Json:
        """The draft as the server has it."""
        self.saved()
        found: Json = self.ask(f"/templates/{self.template_id}/draft")["document"]
        return found

    def look(self, name: str) -> None:
        """Keep a picture of what the screen shows."""
        self._album.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self._album / f"{name}.png")


def quoted(name: str) -> str:
    """A name as it stands in a selector."""
    return json.dumps(name, ensure_ascii=False)


def named(name: str) -> str:
    """The selector of a test id."""
    return f"[data-testid={quoted(name)}]"


def at(pointer: str) -> str:
    """The selector of the control for what stands at this pointer of the template."""
    return f"[data-pointer={quoted(pointer)}]"

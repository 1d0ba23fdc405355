"""One visit of a subject's page in a fresh browser context, and what was measured of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page
from playwright.sync_api import TimeoutError as TooLate

PATIENCE_MS = 60_000
KEY_PATIENCE_MS = 15_000
SLOW_PHONE = 4
# What DevTools calls Fast 3G: 1.6 Mbit/s down, 750 kbit/s up, of which nine tenths arrive, and 562.5 ms a round trip.
FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 * 0.9 / 8,
    "uploadThroughput": 0.75e6 * 0.9 / 8,
}
WATCHED = (Path(__file__).parent / "watched.js").read_text(encoding="utf-8")
SETTLE_MS = 300
LONG_MS = 3000


@dataclass(frozen=True, slots=True)
class Target:
    """A page to visit: its last field tells that it is complete."""

    path: str
    last: int
    control: str = ""
    """For a page that does not say itself how to find its fields."""


@dataclass(slots=True)
class Arrived:
    """Bytes by kind of resource, as they came over the wire."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    began: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)

    def program(self) -> int:
        """Scripts and styles."""
        return sum(
            self.sizes.get(request, 0) for request, kind in self.kinds.items() if kind in ("Script", "Stylesheet")
        )

    def all(self) -> int:
        """Those, the page, the form, and whatever else was asked for."""
        return sum(self.sizes.values())

    def before(self, usable: float) -> dict[str, float]:
        """How many answers came within the first `usable` ms, and in how many rounds, one after another."""
        last = min(self.began.values()) + usable / 1e3
        needed = {each: at for each, at in self.began.items() if self.ended.get(each, last + 1) <= last}
        depth: dict[str, int] = {}
        for each, began in sorted(needed.items(), key=lambda item: item[1]):
            depth[each] = 1 + max((depth[other] for other in depth if self.ended[other] <= began), default=0)
        return {"requests": len(depth), "rounds": max(depth.values())}


def usable_on_slow_phone(browser: Browser, address: str, target: Target) -> dict[str, float]:
    """Milliseconds from the start until the form can be used at 4x CPU and Fast 3G, and the bytes until then."""
    with _opened(browser, address, target) as (page, cdp):
        arrived = _follow(cdp)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
        cdp.send("Network.emulateNetworkConditions", FAST_3G)
        usable = _load(page, address, target)
        return {"usable": usable, "program": arrived.program(), "bytes": arrived.all()} | arrived.before(usable)


def cost_of_loading(browser: Browser, address: str, target: Target, probes: tuple[int, ...]) -> dict[str, float]:
    """Main-thread CPU (ms) and memory (MB) of loading; then the ms from a key to the dependent field at 4x CPU."""
    with _opened(browser, address, target) as (page, cdp):
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = _metrics(cdp)
        _load(page, address, target)
        page.wait_for_timeout(SETTLE_MS)
        after = _metrics(cdp)
        cdp.send("HeapProfiler.collectGarbage")
        found = {"task": 1e3 * _since(before, after, "TaskDuration")}
        found["heap"] = _metrics(cdp)["JSHeapUsedSize"] / 1e6
        found["nodes"] = page.evaluate("document.getElementsByTagName('*').length")
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
        took = _keystrokes(page, probes)
        return found | {f"key {number}": time for number, time in enumerate(took)}


def _keystrokes(page: Page, probes: tuple[int, ...]) -> list[float]:
    """One time for each probe; fewer where each takes long."""
    took: list[float] = []
    for probe in probes:
        page.evaluate("([field]) => { watched.await(field, field + 1, true); }", [probe])
        page.wait_for_timeout(SETTLE_MS)
        page.keyboard.press("9")
        took.append(_shown_after(page))
        if took[-1] > LONG_MS:
            break
    return took


def _shown_after(page: Page) -> float:
    """The time of the keystroke; infinite where nobody would wait for it."""
    try:
        return _wait(page, "took", KEY_PATIENCE_MS)
    except TooLate:
        return math.inf


@contextmanager
def _opened(browser: Browser, address: str, target: Target) -> Iterator[tuple[Page, CDPSession]]:
    """A page of the same site with nothing on it, so that the visit starts in a renderer that is running."""
    context = browser.new_context(viewport={"width": 412, "height": 915}, locale="en")
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{address}/nothing")
        page.add_init_script(f"{WATCHED}\n{target.control}")
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def _load(page: Page, address: str, target: Target) -> float:
    page.add_init_script(f"watched.until({target.last});")
    page.goto(f"{address}{target.path}", wait_until="commit")
    return _wait(page, "usable")


def _wait(page: Page, what: str, patience_ms: float = PATIENCE_MS) -> float:
    return float(page.wait_for_function(f"globalThis.watched?.{what}", polling=100, timeout=patience_ms).json_value())


def _follow(cdp: CDPSession) -> Arrived:
    arrived = Arrived()

    def begin(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            arrived.began[event["requestId"]] = event["timestamp"]

    def name(event: dict[str, Any]) -> None:
        arrived.kinds[event["requestId"]] = event["type"]

    def add(event: dict[str, Any]) -> None:
        arrived.sizes[event["requestId"]] = int(event["encodedDataLength"])
        arrived.ended[event["requestId"]] = event["timestamp"]

    cdp.on("Network.requestWillBeSent", begin)
    cdp.on("Network.responseReceived", name)
    cdp.on("Network.loadingFinished", add)
    cdp.send("Network.enable")
    return arrived


def _metrics(cdp: CDPSession) -> dict[str, float]:
    return {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}


def _since(before: dict[str, float], after: dict[str, float], name: str) -> float:
    """What was added; a renderer that was started anew has counted from nothing."""
    return after[name] - before[name] if after[name] >= before[name] else after[name]

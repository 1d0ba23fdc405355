"""The live board on a real server: open orders, supervisors who watch, engineers who work, all at once.

How long after the answer to an engineer the change is with each watcher; how long engineers wait, with watchers and
without; how much of the machine the server takes; and what an update costs a browser that shows every card.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from house.chromium import find_chromium
from measure import percentile
from mendloop.testing.cast import PASSWORD
from mendloop.testing.crowd import Shift, work_together
from mendloop.testing.live import Browser, LiveServer
from mendloop.testing.workshop import Workshop, open_workshop
from playwright.sync_api import CDPSession, sync_playwright

OPEN, WATCHERS, PEOPLE = 500, 30, 50
METRICS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")
WATCH_FRAMES = """() => {
    window.updates = 0; window.longest = 0;
    document.querySelector('live-board').addEventListener('shown', () => { window.updates += 1; });
    let last = performance.now();
    const frame = now => { window.longest = Math.max(window.longest, now - last); last = now;
                           requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
}"""
STEPS = int(os.environ.get("MENDLOOP_BOARD_STEPS", "12"))


class Watcher(threading.Thread):
    """A supervisor's browser: reads the stream and notes when each revision of a card came."""

    def __init__(self, signed_in: Browser, port: int) -> None:
        super().__init__(daemon=True)
        self.came: dict[str, list[float]] = {}
        self.bytes = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        cookie = "; ".join(f"{name}={value}" for name, value in signed_in._cookies.items())
        self._connection.request("GET", "/board/stream", headers={"Cookie": cookie})
        self.answer = self._connection.getresponse()

    def run(self) -> None:
        while line := self.answer.readline():
            now = time.time()
            self.bytes += len(line)
            if line.startswith(b'data: {"id"'):
                for put in json.loads(line[6:])["put"]:
                    self.came.setdefault(put["id"], []).append(now)

    def close(self) -> None:
        self._connection.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workshop = open_workshop(Path(folder), STEPS, OPEN)
        workshop.server.start()
        try:
            work_together(workshop.server, workshop.orders[-PEOPLE:], 2)  # warm
            alone, _ = work(workshop, workshop.orders[:PEOPLE])
            watchers = [Watcher(signed_in(workshop.server), workshop.server.port) for _ in range(WATCHERS)]
            for watcher in watchers:
                watcher.start()
            time.sleep(3)
            watched, share = work(workshop, workshop.orders[PEOPLE : 2 * PEOPLE])
            time.sleep(2)
            tell(alone, watched, share, watchers)
            frames(workshop)
        finally:
            workshop.server.kill()


def work(workshop: Workshop, orders: list[str]) -> tuple[list[Shift], float]:
    """What each did, and the share of one core that the server took."""
    began, cpu = time.time(), server_seconds(workshop.server)
    shifts = work_together(workshop.server, orders, STEPS)
    return shifts, (server_seconds(workshop.server) - cpu) / (time.time() - began)


def tell(alone: list[Shift], watched: list[Shift], share: float, watchers: list[Watcher]) -> None:
    for name, shifts in (("nobody watching", alone), (f"{WATCHERS} watching", watched)):
        seconds = [second for shift in shifts for second in shift.seconds]
        failed = sum(len(shift.failures) + len(shift.refused) for shift in shifts)
        print(f"{PEOPLE} engineers, {name}: {len(seconds)} acts, {failed} failed, ", end="")
        print(f"p50 {percentile(seconds, 0.5) * 1e3:.0f} ms, p95 {percentile(seconds, 0.95) * 1e3:.0f} ms an act")
    late = [delay for shift in watched for watcher in watchers for delay in delays(shift, watcher)]
    figures = ", ".join(f"p{round(part * 100)} {percentile(late, part) * 1e3:.0f} ms" for part in (0.5, 0.95, 0.99))
    print(f"{OPEN} open orders: from the answer to the watcher, {len(late)} times: {figures}")
    megabytes = sum(watcher.bytes for watcher in watchers) / len(watchers) / 1e6
    print(f"server: {share * 100:.0f} % of one core; {megabytes:.1f} MB to each watcher")


def frames(workshop: Workshop) -> None:
    """What an update costs the browser that shows every card: script, layout and style, for ten cards at once."""
    chromium = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{workshop.server.address}/sign-in")
        page.fill("input[name=sign_in_name]", "sue")
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.goto(f"{workshop.server.address}/board")
        page.locator(".board-state[data-state=live]").wait_for()
        page.evaluate(WATCH_FRAMES)
        tools = page.context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        before, cards = metrics(tools), page.locator(".board-card").count()
        work_together(workshop.server, workshop.orders[2 * PEOPLE : 2 * PEOPLE + 10], STEPS)
        page.wait_for_timeout(1000)
        spent = {name: value - before[name] for name, value in metrics(tools).items()}
        updates, longest = page.evaluate("[window.updates, window.longest]")
        browser.close()
    each = ", ".join(f"{name} {spent[name] * 1e3 / max(1, updates):.1f} ms" for name in METRICS)
    print(f"browser with {cards} cards: {updates} updates, each {each}; longest frame {longest:.0f} ms")


def metrics(tools: CDPSession) -> dict[str, float]:
    found = {each["name"]: each["value"] for each in tools.send("Performance.getMetrics")["metrics"]}
    return {name: found[name] for name in METRICS}


def delays(shift: Shift, watcher: Watcher) -> list[float]:
    """For each answer how much later the order was told of next. What came with the commit, before its answer, counts
    as the next message, which is later: the figure is never too good. After the last act it may be that none came."""
    came = sorted(watcher.came.get(f"o-{shift.order}", []))
    next_after = (next((at for at in came if at >= answered), answered) for answered in shift.answered)
    return [at - answered for at, answered in zip(next_after, shift.answered, strict=True)]


def signed_in(server: LiveServer) -> Browser:
    browser = Browser(server.port).sign_in("sue", PASSWORD)
    browser.close()
    return browser


def server_seconds(server: LiveServer) -> float:
    """Processor seconds of the server's processes so far."""
    assert server._process is not None
    told = subprocess.run(["ps", "-eo", "pgid,cputimes"], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in told.splitlines()[1:])
    return float(sum(int(seconds) for group, seconds in rows if int(group) == server._process.pid))


if __name__ == "__main__":
    main()

"""One visit of a canvas: how long until it can be used, and what dragging a node costs."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

WIDE, HIGH = 1280, 860
MOVES = 90
PATIENCE_MS = 120_000
FRAMES = """() => {
  globalThis.frames = [];
  let last = 0;
  const next = (now) => {
    if (last > 0) globalThis.frames.push(now - last);
    last = now;
    globalThis.frame = requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
GRABBED = """() => {
  const boxes = [...document.querySelectorAll(globalThis.nodeSelector)].map((node) => node.getBoundingClientRect());
  const isMiddle = ({ x, y }) => x > 330 && x < 700 && y > 160 && y < 400;
  const box = boxes.find((each) => isMiddle(each) && each.width > 60 && each.height > 40);
  return box === undefined ? null : [box.x + box.width / 2, box.y + box.height / 2 - 12];
}"""


def visit(browser: Browser, address: str) -> dict[str, float]:
    """Load, then drag a node about: ms, main-thread CPU in ms, bytes over the wire."""
    page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
    try:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        sizes = bytes_of(devtools)
        page.goto(address, wait_until="commit")
        page.wait_for_function("globalThis.usableAt !== undefined", timeout=PATIENCE_MS)
        usable = float(page.evaluate("globalThis.usableAt"))
        loaded = _cpu(devtools)
        page.wait_for_timeout(600)
        return {"usable": usable, "load_cpu": loaded, "kb": sum(sizes.values()) / 1e3} | _drag(page, devtools)
    finally:
        page.close()


def _drag(page: Page, devtools: CDPSession) -> dict[str, float]:
    spot = page.evaluate(GRABBED)
    if spot is None:
        raise ValueError("no node to drag in sight")
    x, y = spot
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 8, steps=3)
    page.wait_for_timeout(200)
    page.evaluate(FRAMES)
    before = _cpu(devtools)
    for move in range(MOVES):
        page.mouse.move(x + 12 + (move % 30) * 4, y + 8 + move)
    spent = _cpu(devtools) - before
    frames = sorted(page.evaluate("(cancelAnimationFrame(globalThis.frame), globalThis.frames)"))
    page.mouse.up()
    return {"move_cpu": spent / MOVES, "frame_p95": frames[int(len(frames) * 0.95)] if frames else 0.0}


def bytes_of(devtools: CDPSession) -> dict[str, int]:
    """By request, as they come over the wire, from now on."""
    sizes: dict[str, int] = {}
    devtools.send("Network.enable")

    def ended(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    devtools.on("Network.loadingFinished", ended)
    return sizes


def _cpu(devtools: CDPSession) -> float:
    """Of the main thread since the page began, in ms."""
    metrics = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1e3

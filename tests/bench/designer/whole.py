"""The whole designer, served by the product, beside bpmn-js alone: a template of as many steps is opened."""

from __future__ import annotations

import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from designer.drag import PATIENCE_MS, bytes_of
from designer.subjects import flow
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.designer_pages.bundle import FOLDER, bundle_for
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.live import LiveServer
from playwright.sync_api import Browser, BrowserContext
from runner_forms.visit import FAST_3G, SLOW_PHONE

WHOLE = "whole designer"
STEPS = 30
ROUNDS = 3
SETTLE_MS = 2_500
SLOW = "4x CPU, Fast 3G"
MARKED = """{
  const tell = (at) => { document.documentElement.dataset.usableAt = String(at); };
  const look = () => {
    if (globalThis.usableAt !== undefined) tell(globalThis.usableAt);
    else if (location.pathname.startsWith('/designer/') && document.querySelector('[data-node]') !== null)
      requestAnimationFrame(() => requestAnimationFrame(() => { tell(performance.now()); }));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""The peers' pages tell by themselves. The product's policy lets nobody evaluate text: an attribute is waited for."""
Figures = dict[tuple[str, str], dict[str, list[float]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody who has signed in, and the address of a template of theirs."""

    cookies: Any
    address: str


def program_bytes() -> int:
    """Scripts and styles that the designer's page names, compressed: all that is fetched before any lazy part."""
    bundle = bundle_for("en", "x")
    names = (bundle.script, *bundle.preloads, *bundle.styles)
    return sum(_sent(name) for name in names)


def _sent(name: str) -> int:
    packed = FOLDER / f"{name}.gz"
    return (packed if packed.is_file() else FOLDER / name).stat().st_size


def measured(browser: Browser, peer: str | None) -> Figures:
    """Both in turns, on this machine's network and on a slow phone's; `peer` is the address of bpmn-js's page."""
    figures: Figures = defaultdict(lambda: defaultdict(list))
    with _template(browser) as ours:
        subjects = [(WHOLE, ours.address), *([("bpmn-js", peer)] if peer else [])]
        for _ in range(ROUNDS):
            for name, address in subjects:
                for how in ("", SLOW):
                    context = browser.new_context(storage_state=ours.cookies, locale="en")
                    for key, value in _visit(context, address, how).items():
                        figures[name, how][key].append(value)
                    context.close()
    return figures


def print_figures(figures: Figures) -> None:
    """The middle of each."""
    print(f"\nwhole designer, served by the product: a template of {STEPS} steps is opened; medians")
    print(f"{'':28}{'':>18}{'usable ms':>11}{'kB until then':>15}{'kB in all':>11}")
    for (name, how), found in figures.items():
        row = [statistics.median(found[key]) for key in ("usable", "first_kb", "kb")]
        print(f"{name:28}{how:>18}{row[0]:>11.0f}{row[1]:>15.0f}{row[2]:>11.0f}")
    print(f"whole designer before lazy parts: {program_bytes() / 1e3:.1f} kB of scripts and styles (wanted: 90)")


@contextmanager
def _template(browser: Browser) -> Iterator[Opened]:
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.run("demo")
        server.start()
        context = browser.new_context(locale="en")
        try:
            tab = DesignerTab(context, server.address).sign_in("lin", DEMO_PASSWORD, "en")
            made = tab.act("POST", "/templates", {"document": _document()})
            yield Opened(context.storage_state(), f"{server.address}/designer/{made['template_id']}")
        finally:
            context.close()
            server.stop()


def _visit(context: BrowserContext, address: str, how: str) -> dict[str, float]:
    page = context.new_page()
    page.add_init_script(MARKED)
    devtools = context.new_cdp_session(page)
    sizes = bytes_of(devtools)
    if how == SLOW:
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
        devtools.send("Network.emulateNetworkConditions", FAST_3G)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-usable-at]", state="attached", timeout=PATIENCE_MS)
    first = sum(sizes.values())
    usable = float(page.get_attribute("html", "data-usable-at") or "nan")
    page.wait_for_timeout(SETTLE_MS)
    return {"usable": usable, "first_kb": first / 1e3, "kb": sum(sizes.values()) / 1e3}


def _document() -> dict[str, Any]:
    """The bench's flow as a template: branches go on by a condition."""
    sent: Any = flow(STEPS, placed=False)
    ways = defaultdict(list)
    for one, other in sent["edges"]:
        ways[one].append(other)
    title = {"en": "Bench", "zh-CN": "测量"}
    nodes = {
        each["id"]: {
            "kind": "step",
            "role": "engineer",
            "title": {"en": each["title"], "zh-CN": each["title"]},
            "fields": [],
            "next": [{"to": to, "when": "true"} for to in ways[each["id"]][1:]]
            + [{"to": to} for to in ways[each["id"]][:1] or ["done"]],
        }
        for each in sent["nodes"]
    }
    nodes["done"] = {"kind": "end", "outcome": "repaired", "title": title}
    start = sent["nodes"][0]["id"]
    return {"format": 1, "key": "bench", "title": title, "roles": {"engineer": {}}, "start": start, "nodes": nodes}

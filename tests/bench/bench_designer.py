"""The designer's canvas beside bpmn-js and React Flow, in one interleaved run in Chromium: 30, 500 and 2,000 nodes;
then the whole designer, served by the product, beside bpmn-js.

An empty page is loaded and moved over as well: what the browser itself needs, which no canvas can do without.
Times are printed, never asserted: the machine may be busy, so that only the ratios within one run say something.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict

from designer.drag import visit
from designer.subjects import EMPTY, OURS, PEERS, build, built, flow, install_peers
from playwright.sync_api import Browser, Error, sync_playwright
from runner_forms.pages import HTML, Page, files, page, served
from runner_forms.places import chromium

from designer import whole

SECONDS = 100
COUNTS = (30, 500, 2000)
AUTO = "laid out"
NAMES = {EMPTY: "empty page", OURS: "designer canvas", "bpmnjs": "bpmn-js", "xyflow": "React Flow (visible only)"}
Figures = dict[tuple[str, int], dict[str, list[float]]]


def main() -> None:
    """Build, measure in turns until the time is up, print."""
    failures = prepare()
    subjects = [name for name in (EMPTY, OURS, *PEERS) if name not in failures]
    with served(pages(subjects)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        figures = in_turns(browser, address, subjects, failures)
        opened = whole.measured(browser, f"{address}/bpmnjs/{whole.STEPS}" if "bpmnjs" in subjects else None)
        browser.close()
    print_table(figures)
    print_budgets(figures)
    whole.print_figures(opened)
    for name, reason in failures.items():
        print(f"Not measured: {name}: {reason}")


def prepare() -> dict[str, str]:
    """Install and build all; the peers that could not be, with the reason."""
    for name in (OURS, EMPTY):
        failure = build(name)
        if failure is not None:
            raise SystemExit(failure)
    not_installed = install_peers()
    if not_installed is not None:
        return dict.fromkeys(PEERS, f"npm ci: {not_installed}")
    return {name: reason for name in PEERS if (reason := build(name)) is not None}


def pages(subjects: list[str]) -> dict[str, Page]:
    """Everything that is served."""
    found: dict[str, Page] = {}
    for name in subjects:
        found |= files(built(name).folder, f"/{name}/")
        found |= {f"/{name}/{count}": shown(name, flow(count)) for count in COUNTS}
    return found | {f"/{OURS}/{count}-auto": shown(OURS, flow(count, placed=False)) for count in COUNTS}


def shown(name: str, sent: object) -> Page:
    """A subject's page with the flow in it."""
    bundle = built(name)
    head = [f'<link rel="stylesheet" href="/{name}/{style}">' for style in bundle.styles]
    head += [f'<link rel="modulepreload" href="/{name}/{each}">' for each in bundle.imports]
    text = json.dumps(sent, separators=(",", ":")).replace("<", "\\u003c")
    return page(
        HTML,
        f'<!doctype html><html lang="en"><link rel="icon" href="data:,">{"".join(head)}'
        f'<script type="module" src="/{name}/{bundle.script}"></script><div id="app"></div>'
        f'<script type="application/json" id="form">{text}</script>',
    )


def in_turns(browser: Browser, address: str, subjects: list[str], failures: dict[str, str]) -> Figures:
    """Every subject with every flow again and again until the time is up, at least once."""
    figures: Figures = defaultdict(lambda: defaultdict(list))
    stop, rounds = time.monotonic() + SECONDS, 0
    todo = [(name, count, "") for count in COUNTS for name in subjects] + [(OURS, count, "-auto") for count in COUNTS]
    while rounds == 0 or time.monotonic() < stop:
        for name, count, suffix in todo:
            if name in failures or (rounds > 0 and time.monotonic() > stop):
                continue
            try:
                measured = visit(browser, f"{address}/{name}/{count}{suffix}")
            except (Error, ValueError) as failure:
                failures[name] = f"{count} nodes: {str(failure).splitlines()[0]}"
                continue
            for key, value in measured.items():
                figures[AUTO if suffix else name, count][key].append(value)
        rounds += 1
    return figures


def middle(figures: Figures, name: str, count: int, key: str) -> float:
    """The median of what was measured; not a number when nothing was."""
    found = figures.get((name, count), {}).get(key)
    return statistics.median(found) if found else float("nan")


def print_table(figures: Figures) -> None:
    """All figures side by side."""
    print("\ndesigner canvas: the same flow, one node dragged; medians, cpu is of the main thread")
    print(f"{'':28}{'nodes':>6}{'usable ms':>11}{'load cpu':>10}{'cpu/move':>10}{'frame p95':>11}{'kB':>7}")
    for count in COUNTS:
        for name in (EMPTY, OURS, AUTO, *PEERS):
            row = [middle(figures, name, count, key) for key in ("usable", "load_cpu", "move_cpu", "frame_p95", "kb")]
            if row[0] == row[0]:
                label = "designer canvas, laid out" if name == AUTO else NAMES[name]
                print(f"{label:28}{count:>6}{row[0]:>11.0f}{row[1]:>10.0f}{row[2]:>10.2f}{row[3]:>11.1f}{row[4]:>7.0f}")


def print_budgets(figures: Figures) -> None:
    """What the budgets ask, and what was measured."""
    ours = built(OURS).gzip_bytes(with_styles=True) / 1e3
    print(f"canvas with model, signals, Preact, words: {ours:.1f} kB gzip before lazy parts (whole designer: 90)")
    for count, key, wanted in ((500, "load_cpu", 4), (500, "move_cpu", 2), (2000, "move_cpu", 5)):
        peer, mine, bare = (middle(figures, name, count, key) for name in ("bpmnjs", OURS, EMPTY))
        above = f"{(peer - bare) / (mine - bare):.1f}x above what an empty page needs"
        print(f"{count} nodes, {key}: {peer / mine:.1f}x less than bpmn-js, {above} (wanted: {wanted}x)")
    print(f"2000 nodes, frame p95: {middle(figures, OURS, 2000, 'frame_p95'):.1f} ms (wanted: 17)")


if __name__ == "__main__":
    main()

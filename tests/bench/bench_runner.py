"""The engineer's app beside four form libraries, in one interleaved run in Chromium: one form of 30 and 500 fields.

Times are printed, never asserted: the machine may be busy, so that only the ratios within one run say something.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial

from playwright.sync_api import Browser, Error, sync_playwright
from runner_forms import documents, phone
from runner_forms.app_page import app_page
from runner_forms.bundles import INSTALLED, app, build, built, install_peers
from runner_forms.pages import HTML, Page, data, files, html, page, served
from runner_forms.places import HERE, chromium
from runner_forms.report import Results, print_budgets, print_table
from runner_forms.visit import Target, cost_of_loading, usable_on_slow_phone

SECONDS = 75
SMALL, LARGE, A_STEP = 30, 500, 20
PEERS: Mapping[str, Callable[[int], documents.Json]] = {
    "rjsf": documents.rjsf,
    "jsonforms": documents.jsonforms,
    "formjs": documents.formjs,
    "surveyjs": documents.surveyjs,
}
OURS, APP, BARE = "mendloop", "app", "bare"
ONCE = (("formjs", "large"),)
IN_APP = "globalThis.control = (field) => document.getElementById(`f-f${field}`);"
Task = Callable[[Browser, str], dict[str, float]]


def main() -> None:
    """Build, measure in turns until the time is up, print."""
    missing = prepare()
    subjects = [name for name in PEERS if name not in missing]
    with served(pages(subjects)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        results = in_turns(browser, address, tasks(subjects))
        browser.close()
    print_table(results)
    print_budgets(results, app().gzip_bytes())
    for name, reason in (missing | results.failures).items():
        print(f"Not measured: {name}: {reason}")


def prepare() -> dict[str, str]:
    """Install and build all; the peers that could not be, with the reason."""
    for name in (OURS, BARE):
        failure = build(name, HERE)
        if failure is not None:
            raise SystemExit(failure)
    not_installed = install_peers()
    if not_installed is not None:
        return dict.fromkeys(PEERS, f"npm ci: {not_installed}")
    failures = {name: build(name, INSTALLED) for name in PEERS}
    return {name: reason for name, reason in failures.items() if reason is not None}


def pages(peers: list[str]) -> dict[str, Page]:
    """Everything that is served: the subjects' pages and files, and the API that the app asks."""
    found = {"/nothing": page("text/html", "<!doctype html><title>nothing</title>")}
    for name in (OURS, BARE, *peers):
        found |= files(built(name).folder, f"/{name}/")
    for name in peers:
        found |= {f"/{name}/{count}": form_page(name, PEERS[name](count), count) for count in (SMALL, LARGE)}
    return found | {f"/{BARE}/{SMALL}": form_page(BARE, {}, SMALL)} | our_pages()


def our_pages() -> dict[str, Page]:
    """Our forms alone and in the app. `steps` is the large form as people meet it, one step a screen."""
    plans = {
        f"{SMALL}": (documents.plan(SMALL, SMALL), SMALL),
        f"{LARGE}": (documents.plan_of_one_step(LARGE), LARGE),
        "steps": (documents.plan(LARGE, A_STEP), A_STEP),
    }
    api: dict[str, object] = {"/session": phone.SESSION, "/my/orders": {"orders": []}}
    found = files(app().folder, "/go/")
    for name, (plan, count) in plans.items():
        found[f"/{OURS}/{name}"] = form_page(OURS, plan, count)
        answers = {f"/orders/{name}": phone.order(name, plan, documents.answers(count)), f"/plans/{name}": plan}
        found[f"/go/orders/{name}"] = page(HTML, app_page({"/session": phone.SESSION} | answers))
        api |= answers
    return found | {f"/api/v1{path}": data(answer) for path, answer in api.items()}


def form_page(subject: str, definition: documents.Json, count: int) -> Page:
    """A page with one form and the answers that are there already."""
    return html(built(subject), f"/{subject}/", {"definition": definition, "answers": documents.answers(count)})


def tasks(peers: list[str]) -> dict[tuple[str, str], Task]:
    """What is done in each round, by subject and what it is measured for."""
    found: dict[tuple[str, str], Task] = {}
    found[BARE, "small"] = slow_phone(Target(f"/{BARE}/{SMALL}", SMALL - 1))
    targets = {name: partial(Target, control="") for name in (OURS, *peers)} | {APP: partial(Target, control=IN_APP)}
    for name, target in targets.items():
        base = "/go/orders" if name == APP else f"/{name}"
        found[name, "small"] = slow_phone(target(f"{base}/{SMALL}", SMALL - 1))
        found[name, "large"] = loading(target(f"{base}/{LARGE}", LARGE - 1))
        if name in (OURS, APP):
            found[name, "steps"] = loading(target(f"{base}/steps", A_STEP - 1))
    return found


def slow_phone(target: Target) -> Task:
    return lambda browser, address: usable_on_slow_phone(browser, address, target)


def loading(target: Target) -> Task:
    return lambda browser, address: cost_of_loading(browser, address, target, documents.PROBES)


def in_turns(browser: Browser, address: str, todo: Mapping[tuple[str, str], Task]) -> Results:
    """Every task again and again until the time is up, at least once; at the end, once, what takes minutes."""
    results, stop = Results(), time.monotonic() + SECONDS
    often = {key: task for key, task in todo.items() if key not in ONCE}
    while results.rounds == 0 or time.monotonic() < stop:
        for key, task in often.items():
            if results.rounds == 0 or time.monotonic() < stop:
                measure(browser, address, results, key, task)
        results.rounds += 1
    for key in ONCE:
        if key in todo:
            measure(browser, address, results, key, todo[key])
    return results


def measure(browser: Browser, address: str, results: Results, key: tuple[str, str], task: Task) -> None:
    """Do it and keep the figures; a subject that fails is not tried again."""
    subject, measured = key
    if subject in results.failures:
        return
    try:
        results.add(subject, measured, task(browser, address))
    except Error as failure:
        results.failures[subject] = f"{measured}: {failure.message.splitlines()[0]}"


if __name__ == "__main__":
    main()

"""From the end of an order to a case that everybody reads, on the small screen of whoever did the work."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
ALL = 10**6


def test_who_ends_an_order_has_its_case_ready_in_a_few_taps_and_a_reviewer_publishes_it(
    phone: Callable[..., Phone],
    pump_order: Callable[[int], str],
    desk: Callable[..., Page],
    demonstration: LiveServer,
    pictures: Path,
) -> None:
    pump_order(ALL)
    ada = phone("ada", "zh-CN").page
    began = time.monotonic()
    ada.goto(f"{demonstration.address}/knowledge/?status=mine")
    ada.locator(".case-line .row-link").first.click()
    expect(ada.locator("#symptom")).not_to_be_empty()
    chip = ada.locator("[data-chip=cause]").first
    said = chip.inner_text()
    chip.click()
    assert said in ada.locator("#cause").input_value()
    ada.locator("#title").fill("口环磨大，对中跑偏")
    ada.screenshot(path=pictures / "zh-CN" / "case_edit_390.png", full_page=True)
    ada.get_by_role("button", name="完成，送审").click()
    expect(ada.get_by_text("已送审。")).to_be_visible()
    assert time.monotonic() - began < 60
    lin = desk("en")
    lin.goto(f"{demonstration.address}/knowledge/?status=review")
    lin.get_by_role("link", name="口环磨大，对中跑偏").click()
    expect(lin.locator(".case-similar li").first).to_be_visible()
    lin.get_by_role("button", name="Publish").click()
    expect(lin.get_by_text("Published.", exact=True)).to_be_visible()
    lin.goto(f"{demonstration.address}/knowledge/?product=pump")
    expect(lin.get_by_role("link", name="口环磨大，对中跑偏")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize(("language", "scheme"), [("zh-CN", "light"), ("en", "dark")])
def test_pages_of_knowledge_are_for_everybody_and_for_a_phone(
    language: str,
    scheme: Literal["light", "dark"],
    desk: Callable[..., Page],
    demonstration: LiveServer,
    faults: Callable[[Page], list[str]],
    pictures: Path,
) -> None:
    page = desk(language, "lin", scheme)
    found: dict[str, list[str]] = {}
    for name, path in screens(page, demonstration.address).items():
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(path)
            against = faults(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                against.append("wider than the screen")
            page.screenshot(path=pictures / language / f"knowledge_{name}_{width}.png", full_page=True)
            found |= {f"{name} {width}": against} if against else {}
    assert found == {}


def screens(page: Page, address: str) -> dict[str, str]:
    """Every page of knowledge, with something on it."""

    def first(path: str, line: str) -> str:
        page.goto(f"{address}{path}")
        return f"{address}{page.locator(f'{line} .row-link').first.get_attribute('href')}"

    case, draft = (
        first("/knowledge/?kind=case", ".case-line"),
        first("/knowledge/?status=draft&kind=case", ".case-line"),
    )
    waiting, bulletin = first("/knowledge/?status=review", ".case-line"), first("/knowledge/", ".bulletin")
    page.goto(waiting)
    like = page.locator(".case-similar a").first.get_attribute("href")
    pages = {name: f"{address}/knowledge/{name}" for name in ("synonyms", "points")}
    return pages | {
        "list": f"{address}/knowledge/",
        "nothing": f"{address}/knowledge/?product=fan",
        "case": case,
        "versions": f"{case}/versions",
        "edit": f"{draft}/edit",
        "review": waiting,
        "compare": f"{address}{like}",
        "bulletin": bulletin,
        "write": f"{bulletin}/edit",
    }

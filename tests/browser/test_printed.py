"""A process on paper, as Chromium prints it, and as a page for everybody."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from drafting.judge import STILL
from drafting.paper import headings_of, texts_by_page
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.designing import builtin_document
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Designing = Callable[..., DesignerTab]
LANGUAGES = ["zh-CN", "en"]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAGE_NUMBER = 4
"""The most pieces in which a page's number is written."""


@pytest.fixture
def tab(designing: Designing) -> DesignerTab:
    """Lin's."""
    found: DesignerTab = designing("lin")
    return found


@pytest.fixture
def pump(tab: DesignerTab) -> str:
    return tab.begin({"from": "builtin:pump.overhaul"})


def printed(tab: DesignerTab, template: str, language: str) -> Page:
    tab.page.goto(f"{tab.address}/templates/{template}/printed?language={language}")
    return tab.page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_on_paper_and_no_page_is_blank(tab: DesignerTab, pump: str, language: str) -> None:
    pdf = printed(tab, pump, language).pdf(prefer_css_page_size=True, outline=True, tagged=True)
    headings = {heading.lstrip("0123456789 ") for heading in headings_of(pdf)}
    nodes = builtin_document("pump/overhaul")["nodes"].values()
    titles = [node["title"][language] for node in nodes if node["kind"] == "step"]
    assert [title for title in titles if title not in headings] == []
    pages = texts_by_page(pdf)
    assert 8 <= len(pages) <= 24
    assert [index for index, texts in enumerate(pages, 1) if texts <= PAGE_NUMBER] == []


def test_paper_shows_no_frame_of_the_product_and_is_white_at_night(tab: DesignerTab, pump: str) -> None:
    page = printed(tab, pump, "en")
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("header.frame", ".printed-tools", ".skip"):
        expect(page.locator(part).first).to_be_hidden()
    colour = "each => [getComputedStyle(each).color, getComputedStyle(document.body).getPropertyValue('--surface')]"
    assert page.locator(".procedure").evaluate(colour) == ["rgb(0, 0, 0)", "#fff"]


def test_the_button_prints(tab: DesignerTab, pump: str) -> None:
    page = printed(tab, pump, "en")
    page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")


def test_a_number_leads_to_its_step(tab: DesignerTab, pump: str) -> None:
    page = printed(tab, pump, "en")
    page.locator(".routes a", has_text="Stop, isolate, lock and tag").first.click()
    expect(page.locator("#step-2 h2")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_for_everybody(
    tab: DesignerTab, pump: str, language: str, faults: Callable[[Page], list[str]], pictures: Path
) -> None:
    page = printed(tab, pump, language)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.evaluate(STILL)
        assert faults(page) == [], theme
        tab.picture(pictures / "designer" / f"printed_{language}_{theme}.png")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert tab.errors == [], "nothing that the page's own policy forbids"


def test_the_designers_menu_prints_what_was_edited_just_now(tab: DesignerTab, pump: str) -> None:
    tab.open(pump).saved()
    tab.title("Overhauled differently")
    with tab.context.expect_page() as opened:
        tab.menu("print")
    expect(opened.value.locator(".procedure h1")).to_have_text("Overhauled differently")
    assert "language=en" in opened.value.url
    assert tab.errors == [], "nor anything that the designer's own policy forbids"


def test_the_versions_page_prints_each_version_and_the_draft(tab: DesignerTab, pump: str) -> None:
    tab.page.goto(f"{tab.address}/designer/{pump}/versions")
    with tab.context.expect_page() as opened:
        tab.find("print-draft").click()
    expect(opened.value.locator(".procedure-state")).to_contain_text("Draft")

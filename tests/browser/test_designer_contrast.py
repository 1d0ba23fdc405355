"""With the system's high contrast, which takes all colours away, everything that can be worked with is still seen."""

from collections.abc import Callable

import pytest
from drafting.washer import opened
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.long]
Designing = Callable[..., DesignerTab]
PLUS = """(button) => {
  const [ring, plus] = ["::before", "::after"].map((part) => getComputedStyle(button, part));
  return { line: getComputedStyle(button).color, drawn: plus.backgroundImage, ground: ring.backgroundColor };
}"""
INK = "(element) => { const style = getComputedStyle(element); return [style.color, style.backgroundColor]; }"
EDGE = "(element) => getComputedStyle(element).borderBottomColor"


@pytest.fixture
def contrast(designing: Designing) -> DesignerTab:
    tab = designing("lin", forced_colors="active")
    opened(tab)
    tab.show_outline()
    return tab


def test_the_plus_on_a_way_is_drawn_in_another_colour_than_its_ground(contrast: DesignerTab) -> None:
    plus = contrast.page.locator(".canvas-add:visible").first.evaluate(PLUS)
    assert plus["line"] != plus["ground"]
    assert plus["line"] in plus["drawn"], plus


def test_the_tab_that_is_shown_looks_other_than_the_one_that_is_not(contrast: DesignerTab) -> None:
    contrast.choose("arrive")
    shown, other = contrast.find("tab-fields"), contrast.find("tab-settings")
    expect(shown).to_have_attribute("aria-selected", "true")
    assert shown.evaluate(INK) != other.evaluate(INK)
    assert shown.evaluate(EDGE) != other.evaluate(EDGE)
    assert is_told_apart(shown)


def test_what_is_switched_on_looks_other_than_what_is_off(contrast: DesignerTab) -> None:
    on, off = contrast.find("toggle-outline"), contrast.find("toggle-phone")
    expect(on).to_have_attribute("aria-pressed", "true")
    expect(off).to_have_attribute("aria-pressed", "false")
    assert on.evaluate(INK)[1] != off.evaluate(INK)[1]
    assert is_told_apart(on)


def is_told_apart(element: Locator) -> bool:
    """True where the words are not of the colour of their ground."""
    ink, ground = element.evaluate(INK)
    return bool(ink != ground)

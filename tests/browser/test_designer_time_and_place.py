"""What a step's time counts as, and where in the machine it is about: chosen, searched, told when it is not known."""

from collections.abc import Callable

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]


def with_bom(tab: DesignerTab) -> str:
    """The key of a product whose BOM has a drive with two bearings."""
    tab.page.goto(f"{tab.address}/")
    product = str(tab.act("GET", "/products")["products"][0]["key"])
    label = {"en": "Bearing, drive end", "zh-CN": "驱动端轴承"}
    positions = [
        {"key": "drive", "label": {"en": "Drive", "zh-CN": "传动"}},
        {"key": "bearing-de", "parent": "drive", "label": label},
        {"key": "bearing-nde", "parent": "drive", "label": {"en": "Bearing, other end", "zh-CN": "非驱动端轴承"}},
    ]
    tab.act("POST", "/bom", {"product": product, "positions": positions})
    return product


def test_a_step_is_made_travel_and_a_pause_nobodys_time_and_both_are_undone(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin({"from": "builtin:pump.overhaul"})).saved()
    panel = tab.find("panel-template")
    panel.get_by_test_id("panel-more").locator("> summary").click()
    kinds = panel.get_by_role("group", name="Kind of time")
    expect(kinds.nth(0).get_by_role("radio", name="Waiting")).to_be_checked()
    expect(kinds.nth(4).get_by_role("radio", name="Elsewhere")).to_be_checked()
    kinds.nth(0).get_by_role("radio", name="Travel").check()
    assert tab.document()["pause_reasons"][0]["time"] == "travel"
    tab.undo()
    assert "time" not in tab.document()["pause_reasons"][0]
    step = str(tab.document()["start"])
    tab.show_outline()
    tab.settings(step)
    kind = tab.page.get_by_role("group", name="Kind of time")
    expect(kind.get_by_role("radio", name="Work")).to_be_checked()
    kind.get_by_role("radio", name="Travel").check()
    assert tab.document()["nodes"][step]["time"] == "travel"
    tab.undo()
    assert "time" not in tab.document()["nodes"][step]


def test_a_position_is_found_by_what_people_call_it_and_an_unknown_one_is_told(designing: Designing) -> None:
    tab = designing("lin", "zh-CN")
    product = with_bom(tab)
    tab.open(tab.begin({"from": "blank"})).saved()
    tab.show_outline()
    step = str(tab.document()["start"])
    tab.settings(step)
    more = tab.find(f"panel-node-{step}").get_by_test_id("panel-more").first
    more.locator("> summary").click()
    place = tab.control(f"/nodes/{step}/position")
    place.fill("非驱动端")
    tab.page.locator(".panels-found:popover-open").get_by_role("option", name="drive/bearing-nde").click()
    assert tab.document()["nodes"][step]["position"] == "drive/bearing-nde"
    place.fill("nowhere")
    tab.press("Tab")
    assert tab.document()["nodes"][step]["position"] == "nowhere"
    expect(tab.page.get_by_text("物料清单里没有这个位置")).to_be_visible()
    assert product

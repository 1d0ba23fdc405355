"""Conditions: built by choosing, read back as a sentence, and the same expression as text in CEL."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser
PUMP = {"from": "builtin:pump.overhaul"}
POINTER = "/nodes/isolate/next/0/when"
Designing = Callable[..., DesignerTab]


@pytest.fixture
def route(designing: Designing) -> DesignerTab:
    """A route of the pump's template with its condition, open at the right."""
    tab = designing("lin")
    template = tab.begin(PUMP)
    tab.open(template).saved()
    tab.find("node-isolate").click()
    tab.find("tab-settings").click()
    tab.find("panel-route-0").click()
    expect(condition(tab)).to_be_visible()
    return tab


def condition(tab: DesignerTab) -> Locator:
    return tab.find(f"condition-{POINTER}")


def source(tab: DesignerTab) -> str | None:
    """The expression in the draft that the server has."""
    tab.saved()
    draft = tab.on_server(tab.page.url.rpartition("/")[2])
    when: Any = draft["document"]["nodes"]["isolate"]["next"][0].get("when")
    return None if when is None else str(when)


def test_a_condition_is_rows_and_reads_as_a_sentence(route: DesignerTab) -> None:
    rows = condition(route).get_by_test_id("comparison")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).get_by_test_id("condition-op")).to_have_value("visited")
    expect(rows.nth(1).get_by_test_id("condition-value")).to_have_value("realign")
    expect(condition(route)).to_contain_text("Test run was done before and What the rework covers is “Alignment only”")


def test_what_is_chosen_is_written_and_undone_at_once(route: DesignerTab) -> None:
    before = source(route)
    rows = condition(route).get_by_test_id("comparison")
    rows.nth(1).get_by_test_id("condition-op").select_option("!=")
    assert source(route) == 'size(visits.test_run) > 0 && rework_scope != "realign"'
    rows.nth(0).get_by_test_id("condition-remove").click()
    assert source(route) == 'rework_scope != "realign"'
    route.find("undo").click()
    route.find("undo").click()
    expect(rows).to_have_count(2)
    assert source(route) == before


def test_a_row_is_kept_when_it_is_complete(route: DesignerTab) -> None:
    before = source(route)
    condition(route).get_by_test_id("condition-add").click()
    new = condition(route).get_by_test_id("comparison").nth(2)
    new.get_by_test_id("condition-path").click()
    route.find("path-search").fill("residual")
    route.press("Enter")
    expect(new.get_by_test_id("condition-op")).to_have_value(">")
    assert source(route) == before
    new.get_by_test_id("condition-value").fill("0,5")
    assert source(route) == f"{before} && pressure.value > 0.5"
    expect(condition(route)).to_contain_text("Residual pressure is over 0.5 MPa")


def test_groups_within_groups_keep_their_brackets(route: DesignerTab) -> None:
    before = source(route)
    condition(route).get_by_test_id("condition-add-group").click()
    new = condition(route).get_by_test_id("comparison").nth(2)
    new.get_by_test_id("condition-path").click()
    route.find("path-order.warranty").click()
    inner = condition(route).locator(".group-rows[data-outermost=false]")
    inner.get_by_test_id("condition-add").click()
    inner.get_by_test_id("comparison").nth(1).get_by_test_id("condition-path").click()
    route.find("path-order.product").click()
    inner.get_by_test_id("condition-value").fill("pump/small")
    assert source(route) == f'{before} && (order.warranty || order.product == "pump/small")'
    inner.get_by_role("radio", name="All of these").check()
    assert source(route) == f'{before} && (order.warranty && order.product == "pump/small")'


def test_text_keeps_every_letter_completes_and_says_what_is_wrong(route: DesignerTab) -> None:
    condition(route).get_by_test_id("condition-text").click()
    text = route.find("cel-input")
    text.click()
    route.press("Control+a")
    route.page.keyboard.type("steps.as_f", delay=15)
    suggestion = route.page.locator(".cm-tooltip-autocomplete li").first
    expect(suggestion).to_contain_text("as_found")
    expect(suggestion).to_have_attribute("aria-selected", "true")
    suggestion.click()
    route.page.keyboard.type(".running && pressure.valeu > 1.5", delay=15)
    expect(text).to_have_text("steps.as_found.running && pressure.valeu > 1.5")
    assert source(route) == "steps.as_found.running && pressure.valeu > 1.5"
    expect(route.page.locator(".cm-lintRange-error")).to_have_text("pressure.valeu")
    route.press("Control+z")
    expect(text).not_to_have_text("steps.as_found.running && pressure.valeu > 1.5")


def test_what_rows_cannot_say_stays_as_it_is_written(route: DesignerTab) -> None:
    condition(route).get_by_test_id("condition-text").click()
    route.find("cel-input").click()
    route.press("Control+a")
    route.page.keyboard.insert_text("pressure.value * 2.0 > 1.0 && pressure.in_tolerance")
    condition(route).get_by_test_id("condition-text").click()
    rows = condition(route).get_by_test_id("comparison")
    expect(rows.nth(0).get_by_label("Written as text")).to_have_value("pressure.value * 2.0 > 1.0")
    rows.nth(1).get_by_test_id("condition-op").select_option("is_false")
    assert source(route) == "pressure.value * 2.0 > 1.0 && !pressure.in_tolerance"
    expect(condition(route)).to_contain_text("Residual pressure is out of tolerance")

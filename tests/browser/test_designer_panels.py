"""The panels beside the canvas, as somebody meets them who has never seen them."""

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]
PUMP = {"from": "builtin:pump.overhaul"}
EXPLAINING = "document.activeElement.classList.contains('panels-why')"
IN_PANEL = "document.activeElement.closest('.panels-panel') !== null"


def test_tab_goes_from_input_to_input_and_f1_explains(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    tab.settings(tab.document()["start"])
    role = tab.page.get_by_role("combobox", name="Role", exact=True)
    role.focus()
    for _ in range(6):
        tab.press("Tab")
        assert not tab.page.evaluate(EXPLAINING)
    minutes = tab.page.get_by_label("Standard time", exact=True)
    minutes.focus()
    hint = tab.page.locator(f"[id='{(minutes.get_attribute('aria-describedby') or '').split()[-1]}']")
    expect(hint).to_be_hidden()
    expect(minutes).to_have_accessible_description(hint.text_content() or "nothing")
    expect(minutes).to_have_attribute("aria-keyshortcuts", "F1")
    tab.press("F1")
    expect(hint).to_be_visible()
    expect(minutes).to_be_focused()
    tab.press("F1")
    expect(hint).to_be_hidden()


def test_who_may_only_look_reaches_the_explanations_by_tab(designing: Designing) -> None:
    template = designing("lin").begin(PUMP)
    tab = designing("sue").open(template)
    tab.show_outline()
    start = tab.document()["start"]
    tab.settings(start)
    explaining = tab.find(f"panel-node-{start}").locator(".panels-why").first
    expect(explaining).not_to_have_attribute("tabindex", "-1")


def test_what_is_pasted_into_a_new_checklist_takes_the_place_of_its_sample(designing: Designing) -> None:
    tab = designing("lin")
    template = tab.begin({"from": "blank"})
    tab.open(template).saved()
    step = tab.document()["start"]
    tab.show_outline()
    tab.add_field(step, "checklist", "Before leaving")
    line = tab.find("panel-add-line")
    paste(tab, line, "1. No leaks\n2. Hose is tight\n3. Drum turns")
    expect(tab.find("panel-row")).to_have_count(3)
    items = tab.document()["nodes"][step]["fields"][-1]["items"]
    assert [each["label"] for each in items] == [{"en": "No leaks"}, {"en": "Hose is tight"}, {"en": "Drum turns"}]
    tab.undo()
    expect(tab.find("panel-row")).to_have_count(1)
    assert [each["id"] for each in tab.document()["nodes"][step]["fields"][-1]["items"]] == ["item_1"]
    tab.find("panel-row").locator("textarea:visible").first.fill("No smell")
    paste(tab, line, "No leaks\nHose is tight")
    expect(tab.find("panel-row")).to_have_count(3)


def test_a_condition_begins_with_its_first_row(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    step = tab.document()["start"]
    tab.add_field(step, "text", "Remark")
    field = tab.document()["nodes"][step]["fields"][-1]["id"]
    tab.open_field(step, field)
    tab.find("add-visible").click()
    group = tab.page.get_by_role("group", name="Shown when", exact=True)
    group.get_by_role("radio", name="When…").check()
    expect(group.get_by_test_id("comparison")).to_have_count(1)
    group.get_by_test_id("condition-path").click()
    tab.find("path-search").fill("warranty")
    expect(tab.find("path-order.warranty")).to_have_attribute("aria-selected", "true")
    tab.press("Enter")
    assert tab.document()["nodes"][step]["fields"][-1]["visible"] == "order.warranty"


def test_what_must_be_filled_in_anyway_says_so_instead_of_offering_it(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    step = tab.document()["start"]
    for kind, usual in (("signature", "Always"), ("text", "Never")):
        tab.add_field(step, kind, kind)
        field = tab.document()["nodes"][step]["fields"][-1]["id"]
        tab.open_field(step, field)
        expect(tab.find("add-required")).to_have_count(0)
        group = tab.page.get_by_role("group", name="Required", exact=True)
        expect(group.get_by_role("radio", name=usual)).to_be_checked()
        group.get_by_role("radio", name="Never" if usual == "Always" else "Always").check()
        assert tab.document()["nodes"][step]["fields"][-1]["required"] is (usual == "Never")
        group.get_by_role("radio", name=usual).check()
        assert "required" not in tab.document()["nodes"][step]["fields"][-1]


def test_products_are_chosen_by_their_names(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin({"from": "blank"})).saved()
    products = tab.act("GET", "/products")["products"]
    one = next(each for each in products if "/" in each["key"])
    tab.find("add-applies_to").click()
    tab.find("panel-add").click()
    choice = tab.control("/applies_to/0/product")
    choice.fill(one["title"]["en"])
    tab.page.get_by_role("option", name=one["title"]["en"]).first.click()
    assert tab.document()["applies_to"] == [{"product": one["key"]}]
    expect(choice).to_have_value(one["title"]["en"])
    choice.fill(one["key"].split("/")[0] + "/*")
    tab.press("Enter")
    assert tab.document()["applies_to"] == [{"product": one["key"].split("/")[0] + "/*"}]
    expect(choice).to_have_value(re.compile("^All: "))


def test_a_template_begun_in_english_asks_for_no_chinese_until_it_is_wanted(designing: Designing) -> None:
    tab = designing("lin")
    tab.page.goto(f"{tab.address}/designer/")
    tab.find("blank").click()
    tab.here()
    tab.title("Replace the hot plate")
    tab.show_outline()
    first = tab.document()["start"]
    tab.write(first, "title/en", "Unplug the machine")
    tab.add_step(first, "Open the housing")
    tab.saved()
    expect(tab.find("warning-count")).to_have_count(0)
    assert tab.page.locator(".panels-tongue [lang=zh-CN]").count() == 0
    tab.press("Escape")
    tab.find("canvas").click(position={"x": 8, "y": 8})
    tab.find("written-zh-CN").check()
    assert "languages" not in tab.document()
    expect(tab.find("warning-count")).to_have_text("1 to look at")
    tab.find("open-problems").click()
    row = tab.find("problem").filter(has_text="texts have no Chinese")
    expect(row).to_have_count(1)
    row.get_by_test_id("side-by-side").click()
    expect(tab.find("only-missing")).to_be_checked()
    expect(tab.find("missing-text").first).to_be_visible()
    tab.press("Escape")
    row.get_by_test_id("fix").click()
    expect(tab.find("problem")).to_have_count(0)
    assert tab.document()["languages"] == ["en"]


def test_times_are_told_on_the_organisations_clock(designing: Designing) -> None:
    """The demonstration is in Shanghai; who looks at it from New York reads what the record says."""
    tab = designing("lin", timezone_id="America/New_York")
    template = tab.begin({"from": "blank"})
    tab.open(template).saved()
    saved = dt.datetime.fromisoformat(tab.on_server(template)["saved_at"])
    tab.page.goto(f"{tab.address}/designer/{template}/versions")
    there = saved.astimezone(ZoneInfo("Asia/Shanghai"))
    expect(tab.find("moment-draft")).to_contain_text(f"{there:%b} {there.day}, {there.year}, {there:%H:%M}")
    tab.open(template).saved()
    tab.show_outline()
    tab.add_field("step_1", "datetime", "Due")
    tab.control("/nodes/step_1/fields/0/min").fill("2026-11-24T00:05")
    tab.press("Tab")
    assert tab.document()["nodes"]["step_1"]["fields"][0]["min"] == "2026-11-23T16:05:00.000Z"
    expect(tab.control("/nodes/step_1/fields/0/min")).to_have_value("2026-11-24T00:05")


def paste(tab: DesignerTab, where: Locator, text: str) -> None:
    """As from a sheet."""
    where.focus()
    where.evaluate(
        """(input, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )

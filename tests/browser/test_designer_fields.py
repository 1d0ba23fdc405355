"""Fields of a step, as somebody adds them who writes only Chinese."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]
CHINESE = {"from": "blank", "title": {"zh-CN": "电机检修"}}
PASTED = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const pasted = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(pasted);
}"""


@pytest.fixture
def blank(designing: Designing) -> DesignerTab:
    tab = designing("lin", "zh-CN")
    tab.open(tab.begin(CHINESE)).saved()
    tab.show_outline()
    tab.fields("step_1")
    return tab


def fields_of(tab: DesignerTab) -> list[dict[str, Any]]:
    tab.saved()
    return list(tab.document()["nodes"]["step_1"]["fields"])


def test_typing_takes_the_place_of_the_name_a_field_begins_with(blank: DesignerTab) -> None:
    blank.find("begin-reading").click()
    expect(blank.find("field-label-reading")).to_be_focused()
    blank.page.wait_for_function("document.activeElement.selectionEnd > document.activeElement.selectionStart")
    blank.page.keyboard.type("绕组电阻")
    blank.press("Enter")
    expect(blank.page.locator("[data-face=reading]")).to_be_focused()
    blank.find("close-field-reading").click()
    blank.page.locator("[data-face=reading]").press("F2")
    expect(blank.find("field-label-reading")).to_be_focused()
    blank.press("End")
    blank.page.keyboard.type("（冷态）")
    assert fields_of(blank)[0]["label"] == {"zh-CN": "绕组电阻（冷态）"}


def test_lines_pasted_into_the_ready_made_checklist_take_the_place_of_its_samples(blank: DesignerTab) -> None:
    blank.find("begin-checklist").click()
    blank.find("panel-add-line").focus()
    blank.page.evaluate(PASTED, "接线牢固\n接地完好")
    expect(blank.find("panel-row")).to_have_count(2)
    assert [item["label"] for item in fields_of(blank)[0]["items"]] == [{"zh-CN": "接线牢固"}, {"zh-CN": "接地完好"}]


def test_the_type_that_is_called_so_is_added_by_enter(blank: DesignerTab) -> None:
    blank.find("add-field").click()
    blank.page.keyboard.type("备件")
    blank.press("Enter")
    assert [field["type"] for field in fields_of(blank)] == ["parts"]


def test_undoing_a_field_leaves_the_step_selected(blank: DesignerTab) -> None:
    blank.settings("step_1")
    blank.fields("step_1")
    blank.find("begin-photo").click()
    expect(blank.find("field-label-photo")).to_be_focused()
    blank.press("Escape")
    blank.undo()
    expect(blank.find("fields-empty")).to_be_visible()
    blank.settings("step_1")
    expect(blank.find("panel-node-step_1")).to_be_visible()


def test_a_template_of_one_language_hides_no_words_of_the_other(blank: DesignerTab) -> None:
    for kind in ("photo", "parts", "signature"):
        blank.add_field("step_1", kind, "现场")
    blank.find("add-field").click()
    blank.find("field-type-checklist").click()
    fields_of(blank)
    assert '"en":' not in json.dumps(blank.document()).replace(" ", "").replace('"languages":["zh-CN"]', "")
    expect(blank.page.locator(".canvas-mark.info")).to_have_count(0)

"""What a service manager meets in the panels: units as people say them, names instead of machines', one language."""

import json
from collections.abc import Callable

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]
BLANK = {"from": "blank"}
PUMP = {"from": "builtin:pump.overhaul"}


def begun(tab: DesignerTab, start: dict[str, str]) -> str:
    """Open a new template with its outline; the name of its first step."""
    tab.open(tab.begin(start)).saved()
    tab.show_outline()
    return str(tab.document()["start"])


@pytest.mark.parametrize(
    ("language", "said", "unit"), [("zh-CN", "欧", "Ω"), ("en", "ohm", "Ω"), ("zh-CN", "牛米", "N·m")]
)
def test_a_reading_asks_for_its_unit_and_finds_it_as_people_say_it(
    designing: Designing, language: str, said: str, unit: str
) -> None:
    tab = designing("lin", language)
    step = begun(tab, BLANK)
    tab.add_field(step, "reading", "绕组电阻")
    pointer = f"/nodes/{step}/fields/0/unit"
    assert "unit" not in tab.document()["nodes"][step]["fields"][0]
    expect(tab.find("error-count")).to_be_visible()
    tab.control(pointer).fill(said)
    tab.press("Enter")
    expect(tab.control(pointer)).to_have_value(unit)
    expect(tab.find("error-count")).to_have_count(0)
    assert tab.document()["nodes"][step]["fields"][0]["unit"] == unit


def test_a_unit_in_words_becomes_the_sign_without_enter_too(designing: Designing) -> None:
    tab = designing("lin", "zh-CN")
    step = begun(tab, BLANK)
    tab.add_field(step, "reading", "电压")
    tab.control(f"/nodes/{step}/fields/0/unit").fill("伏")
    tab.press("Tab")
    assert tab.document()["nodes"][step]["fields"][0]["unit"] == "V"


def test_a_field_is_not_offered_as_its_own_condition(designing: Designing) -> None:
    tab = designing("lin")
    step = begun(tab, BLANK)
    tab.add_field(step, "boolean", "Was it leaking")
    tab.add_field(step, "boolean", "Is it dry now")
    tab.open_field(step, "boolean_2")
    tab.find("add-visible").click()
    group = tab.page.get_by_role("group", name="Shown when", exact=True)
    group.get_by_role("radio", name="When…").check()
    group.get_by_test_id("condition-path").click()
    expect(tab.find("path-boolean")).to_be_visible()
    expect(tab.find("path-boolean_2")).to_have_count(0)


def test_a_reason_is_an_answer_in_words(designing: Designing) -> None:
    tab = designing("lin")
    step = begun(tab, BLANK)
    for kind, label in (("reading", "Runout"), ("text", "In a word"), ("long_text", "What was found")):
        tab.add_field(step, kind, label)
    tab.settings(step)
    tab.find("panel-route-0").click()
    tab.find("panel-rework").check()
    reason = tab.control(f"/nodes/{step}/next/0/reason_field")
    reason.click()
    options = tab.page.locator(".panels-found:popover-open").get_by_role("option")
    expect(options).to_have_text(["What was found", "In a word"])


def test_the_boxes_of_a_planned_part_say_what_they_are_and_what_is_asked_for(designing: Designing) -> None:
    tab = designing("lin")
    step = begun(tab, BLANK)
    tab.add_field(step, "parts", "Parts used")
    search = tab.find("part-search").get_by_role("combobox")
    search.fill("NO-SUCH-1")
    tab.press("Enter")
    row = tab.page.locator(".fields-card[data-open=true]")
    for words in ("Quantity", "Unit"):
        expect(row.get_by_text(words, exact=True)).to_be_visible()
        expect(row.get_by_label(words, exact=True)).to_be_visible()
    expect(tab.find("parts-asked-for")).to_have_count(0)
    row.get_by_role("button", name="Must be accounted for").click()
    expect(tab.find("parts-asked-for")).to_be_visible()
    tab.press("Escape")
    expect(tab.find("field-parts").locator(".fields-must")).to_have_class("fields-must sometimes")


def test_nobody_meets_names_for_machines_who_does_not_look_for_them(designing: Designing) -> None:
    tab = designing("lin", "zh-CN")
    step = begun(tab, BLANK)
    tab.add_step(step, "装回")
    tab.add_step(step, "试机")
    tab.settings(step)
    panel = tab.find(f"panel-node-{step}")
    expect(panel.get_by_text(step)).to_have_count(1)
    expect(panel.get_by_text(step)).to_be_hidden()
    tab.find("panel-add-route").click()
    expect(tab.page.locator(".panels-found:popover-open").get_by_role("option")).to_have_text(["完成", "装回"])
    tab.press("Escape")
    panel.get_by_test_id("panel-more").locator("> summary").click()
    expect(panel.get_by_text(step)).to_be_visible()
    tab.find("canvas").click(position={"x": 8, "y": 8})
    expect(tab.find("panel-roles").get_by_text("engineer")).to_have_count(0)


def test_a_language_that_is_given_up_leaves_no_hidden_words_and_no_mark(designing: Designing) -> None:
    tab = designing("lin", "zh-CN")
    step = begun(tab, BLANK)
    tab.add_field(step, "photo", "外观")
    tab.add_field(step, "checklist", "检查")
    tab.find("canvas").click(position={"x": 8, "y": 8})
    before = tab.document()
    assert '"en":' in json.dumps(before)
    tab.find("written-en").uncheck()
    assert '"en":' not in json.dumps(tab.document())
    expect(tab.page.locator(".canvas-mark.info")).to_have_count(0)
    expect(tab.find("panel-missing")).to_have_count(0)
    languages = tab.page.locator(".panels-languages")
    expect(languages.locator(".badge")).to_have_count(0)
    tab.undo()
    assert tab.document() == before


def test_who_speaks_another_language_adds_no_hidden_words(designing: Designing) -> None:
    template = designing("lin").begin({**BLANK, "title": {"zh-CN": "换加热盘"}})
    tab = designing("lin", "en").open(template)
    tab.title("换加热盘 B 型")
    tab.show_outline()
    step = str(tab.document()["start"])
    tab.add_step(step, "拆壳")
    document = tab.document()
    assert document["title"] == {"zh-CN": "换加热盘 B 型"}
    assert '"en":' not in json.dumps(document["nodes"])


def test_a_missing_language_is_called_as_people_here_call_it(designing: Designing) -> None:
    for language, words in (("zh-CN", "缺少英文"), ("en", "Missing in Chinese")):
        tab = designing("lin", language)
        step = begun(tab, BLANK)
        other = "en" if language == "zh-CN" else "zh-CN"
        tab.settings(step)
        tab.control(f"/nodes/{step}/title/{other}").fill("")
        expect(tab.control(f"/nodes/{step}/title/{other}")).to_have_attribute("placeholder", words)


def test_while_no_number_is_written_the_limit_from_before_stays(designing: Designing) -> None:
    tab = designing("lin", "en")
    step = begun(tab, BLANK)
    tab.add_field(step, "reading", "Voltage")
    name = tab.document()["nodes"][step]["fields"][0]["id"]
    limit = tab.control(f"/nodes/{step}/fields/0/tolerance/0")
    limit.press_sequentially("2")
    limit.blur()
    limit.fill("")
    limit.press_sequentially("-9e999")
    expect(limit).to_have_value("-9e999")
    expect(tab.page.get_by_text("This is not a number yet")).to_be_visible()
    assert tab.document()["nodes"][step]["fields"][0]["tolerance"] == [2, None]
    tab.settings(step)
    tab.open_field(step, name)
    expect(tab.control(f"/nodes/{step}/fields/0/tolerance/0")).to_have_value("2")
    expect(tab.page.get_by_text("This is not a number yet")).to_have_count(0)


def test_taking_off_locks_chooses_the_one_gate_before_it_by_itself(designing: Designing) -> None:
    tab = designing("lin", "en")
    lock = begun(tab, BLANK)
    tab.add_field(lock, "safety_gate", "Lock out")
    gate = tab.document()["nodes"][lock]["fields"][0]["id"]
    tab.add_step(lock, "Hand over")
    off = next(name for name, node in tab.document()["nodes"].items() if node["kind"] == "step" and name != lock)
    tab.add_field(off, "safety_gate", "Take off")
    before = tab.document()
    tab.page.get_by_role("radio", name="Take off earlier locks").check()
    assert tab.document()["nodes"][off]["fields"][0]["removes"] == f"{lock}.{gate}"
    expect(tab.control(f"/nodes/{off}/fields/0/removes")).to_have_value("Lock out")
    tab.undo()
    assert tab.document() == before


def test_a_gate_that_takes_off_locks_stays_one_before_it_is_said_whose(designing: Designing) -> None:
    tab = designing("lin", "en")
    step = begun(tab, BLANK)
    tab.add_field(step, "safety_gate", "Take off")
    gate = tab.document()["nodes"][step]["fields"][0]["id"]
    tab.page.get_by_role("radio", name="Take off earlier locks").check()
    tab.settings(step)
    tab.open_field(step, gate)
    expect(tab.page.get_by_role("radio", name="Take off earlier locks")).to_be_checked()
    tab.page.get_by_role("radio", name="Lock here").check()
    assert len(tab.document()["nodes"][step]["fields"][0]["points"]) == 1


def test_nobody_works_with_steps_by_names_for_machines(designing: Designing) -> None:
    tab = designing("lin", "en")
    step = begun(tab, BLANK)
    tab.settings(step)
    for each in (step, "step"):
        tab.choose(each)
        tab.press("n")
        tab.find("add-step").click()
        tab.press("Escape")
    tab.settings(step)
    tab.find(f"panel-node-{step}").get_by_test_id("panel-more").locator("> summary").click()
    tab.control(f"/nodes/{step}/not_same_person_as").click()
    options = tab.page.get_by_role("option")
    expect(options).to_have_text(["New step (no. 2 in the flow)", "New step (no. 3 in the flow)"])

"""What was found, written or opened is what one is at: also without a network, also at the window's edge."""

import pytest
from drafting.washer import opened
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PIECES = """() => performance.getEntriesByType("resource").map(({ name }) => name.match(/assets\\/([a-z_]+)-/)?.[1])"""
RARE = ("conditions", "preview", "publishing", "cel_editor")


def test_what_was_found_is_selected_also_when_a_step_on_the_canvas_had_the_focus(lin: DesignerTab) -> None:
    opened(lin)
    nodes = lin.document()["nodes"]
    first, other = [name for name, node in nodes.items() if node["kind"] == "step"][:2]
    lin.find(f"node-{first}").click()
    expect(lin.find(f"node-{first}")).to_be_focused()
    lin.press("Control+k")
    expect(lin.find("palette-input")).to_be_focused()
    lin.page.keyboard.insert_text(nodes[other]["title"]["en"])
    lin.press("Enter")
    expect(lin.find("palette")).to_have_count(0)
    expect(lin.find(f"node-{other}")).to_have_attribute("aria-pressed", "true")
    lin.page.wait_for_timeout(300)
    expect(lin.page.locator(".canvas-node.selected")).to_have_attribute("data-node", other)


def test_escape_closes_a_field_and_keeps_what_was_written(lin: DesignerTab) -> None:
    opened(lin)
    lin.show_outline()
    start = lin.document()["start"]
    lin.add_field(start, "reading", "Water level")
    label = lin.page.locator(".fields-card[data-open=true] .fields-name").first
    label.fill("Level of the water")
    label.press("Escape")
    expect(lin.page.locator(".fields-card[data-open=true]")).to_have_count(0)
    lin.saved()
    assert lin.document()["nodes"][start]["fields"][-1]["label"]["en"] == "Level of the water"


def test_all_parts_of_the_designer_are_there_when_the_network_goes(lin: DesignerTab) -> None:
    opened(lin)
    lin.page.wait_for_function(f"(names) => names.every((name) => ({PIECES})().includes(name))", arg=list(RARE))
    lin.page.wait_for_timeout(300)
    lin.page.context.set_offline(True)
    lin.find("publish").click()
    expect(lin.page.locator("dialog[open]")).to_be_visible()
    lin.press("Escape")
    lin.find("try-it").click()
    expect(lin.find("trial")).to_be_visible()
    expect(lin.page.get_by_text("Something went wrong")).to_have_count(0)
    lin.page.context.set_offline(False)


def test_a_list_that_drops_down_stays_in_the_window(lin: DesignerTab) -> None:
    opened(lin)
    lin.page.set_viewport_size({"width": 1280, "height": 800})
    lin.show_outline()
    lin.settings(lin.document()["start"])
    lin.page.locator("[data-pointer$='/role']").click()
    found = lin.page.locator(".panels-found")
    found.locator("li").first.evaluate("(row) => { row.append(' and a very long name'.repeat(8)); }")
    lin.page.evaluate("dispatchEvent(new Event('scroll'))")
    box = found.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1280


def test_a_part_that_could_not_be_fetched_comes_with_its_looks_once_it_can(lin: DesignerTab) -> None:
    lin.page.route("**/assets/conditions-*", lambda route: route.abort())
    opened(lin)
    lin.show_outline()
    lin.page.wait_for_function(
        f"(names) => names.every((name) => ({PIECES})().includes(name))", arg=["conditions", "preview"]
    )
    lin.page.unroute("**/assets/conditions-*")
    nodes = lin.document()["nodes"]
    choosing = next(name for name, node in nodes.items() if any("when" in way for way in node.get("next", [])))
    lin.settings(choosing)
    lin.page.wait_for_function(
        "[...document.styleSheets].some(({ href }) => /conditions-/.test(href ?? ''))", timeout=5000
    )
    expect(lin.page.get_by_text("Something went wrong")).to_have_count(0)


def test_control_and_enter_try_the_template_also_from_within_a_label(lin: DesignerTab) -> None:
    opened(lin)
    lin.show_outline()
    lin.add_field(lin.document()["start"], "reading", "Water level")
    lin.page.locator(".fields-card[data-open=true] .fields-name").first.press("Control+Enter")
    expect(lin.find("trial")).to_be_visible()

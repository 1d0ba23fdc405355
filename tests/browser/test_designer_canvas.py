"""The designer's canvas, used with mouse, keys and fingers: every gesture is one edit that can be undone."""

import json

import pytest
from drafting.flow import ROOT, SMALL, Opener
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILTINS = ROOT / "builtin_templates"


def test_from_further_away_one_can_connect_and_add_where_the_hand_is(opened: Opener) -> None:
    flow = opened()
    while int(flow.find("zoom").inner_text().removesuffix("%")) > 40:
        flow.find("zoom-out").click()
        flow.settle()
    handles, pluses = flow.page.locator(".canvas-handle:visible"), flow.page.locator(".canvas-add:visible")
    flow.page.mouse.move(400, 800)
    expect(handles).to_have_count(0)
    expect(pluses).to_have_count(0)
    x, y = flow.middle("node-mend")
    flow.page.mouse.move(x, y)
    expect(flow.find("handle-mend")).to_be_visible()
    handle = flow.find("handle-mend").bounding_box()
    assert handle is not None
    assert handle["width"] >= 20
    flow.drag(flow.middle("handle-mend"), flow.middle("node-look"))
    assert flow.routes()["mend"] == ["look!", "done"]
    flow.undo()
    flow.find("node-mend").click()
    flow.page.mouse.move(400, 800)
    expect(flow.find("handle-mend")).to_be_visible()
    top, bottom = flow.find("node-mend").bounding_box(), flow.find("node-done").bounding_box()
    assert top is not None
    assert bottom is not None
    flow.page.mouse.move(x, top["y"] + top["height"] + 14)
    flow.page.mouse.move(x, bottom["y"] - 10)
    expect(flow.find("add-on-mend-0")).to_be_visible()
    expect(pluses).to_have_count(1)
    flow.find("add-on-mend-0").click()
    flow.page.keyboard.type("Try it")
    flow.press("Enter")
    assert flow.routes()["mend"] == ["step"]


def test_escape_ends_every_gesture_without_an_edit(opened: Opener) -> None:
    flow = opened()
    before = flow.draft()
    flow.drag(flow.middle("node-mend"), (1000, 700), drop=False)
    flow.press("Escape")
    flow.page.mouse.up()
    flow.drag(flow.middle("palette-step"), flow.middle("add-on-look-0"), drop=False)
    flow.press("Escape")
    flow.page.mouse.up()
    flow.find("node-look").hover()
    flow.drag(flow.middle("handle-look"), flow.middle("node-done"), drop=False)
    flow.press("Escape")
    flow.page.mouse.up()
    assert flow.draft() == before
    assert flow.page.evaluate("room.session.editor.undoable.peek()") is None


def test_a_dragged_node_stays_where_it_was_put_and_comes_back_with_one_undo(opened: Opener) -> None:
    flow = opened()
    before = flow.middle("node-mend")
    flow.drag(before, (before[0] + 140, before[1] + 30))
    flow.settle()
    after = flow.middle("node-mend")
    assert after[0] - before[0] == pytest.approx(140, abs=8)
    assert set(flow.draft()["layout"]) == {"mend"}
    flow.undo()
    flow.settle()
    assert flow.middle("node-mend") == before


def test_a_route_drawn_backwards_is_rework(opened: Opener) -> None:
    flow = opened()
    flow.find("node-mend").hover()
    flow.drag(flow.middle("handle-mend"), flow.middle("node-look"))
    assert flow.routes()["mend"] == ["look!", "done"]
    assert flow.selection() == {"kind": "edge", "node": "mend", "index": 0}
    expect(flow.find("edge-mend-0")).to_have_class("canvas-wire rework selected")


def test_a_route_that_cannot_be_says_why_and_is_not_made(opened: Opener) -> None:
    flow = opened()
    flow.find("node-look").hover()
    flow.drag(flow.middle("handle-look"), flow.middle("node-mend"), drop=False)
    expect(flow.page.locator(".canvas-note")).to_have_text("Already connected")
    flow.page.mouse.up()
    assert flow.routes()["look"] == ["mend"]


def test_the_end_of_a_route_can_be_led_to_another_node(opened: Opener) -> None:
    flow = opened()
    x, y = flow.middle("node-mend")
    flow.drag((x, y - 52), flow.middle("node-done"))
    assert flow.routes()["look"] == ["done"]


def test_a_rubber_band_selects_and_delete_heals_the_flow(opened: Opener) -> None:
    flow = opened()
    flow.page.keyboard.down("Shift")
    x, y = flow.middle("node-mend")
    flow.drag((x - 250, y - 60), (x + 250, y + 60))
    flow.page.keyboard.up("Shift")
    assert flow.selection() == {"kind": "nodes", "nodes": ["mend"]}
    flow.find("node-mend").focus()
    flow.press("Delete")
    assert flow.routes() == {"look": ["done"], "done": []}


def test_everything_by_keyboard_alone(opened: Opener) -> None:
    flow = opened()
    flow.find("node-look").focus()
    flow.press("ArrowDown")
    expect(flow.find("node-mend")).to_be_focused()
    flow.press("n")
    expect(flow.find("adder-title")).to_be_focused()
    flow.press("ArrowDown", "Enter")
    flow.page.keyboard.type("Good?")
    flow.press("Enter")
    expect(flow.find("node-choice")).to_be_focused()
    flow.press("c")
    flow.page.keyboard.type("Look")
    flow.press("Enter")
    assert flow.routes()["choice"] == ["look!", "done"]
    flow.press("ArrowUp", "F2")
    flow.page.keyboard.type("Is it good?")
    flow.press("Enter")
    assert flow.draft()["template"]["nodes"]["choice"]["title"]["en"] == "Is it good?"
    flow.press("Alt+ArrowRight", "Control+d")
    assert flow.selection() == {"kind": "nodes", "nodes": ["choice_2"]}
    flow.press("Delete")
    assert "choice_2" not in flow.routes()
    flow.find("node-mend").focus()
    flow.press("Enter")
    assert flow.page.evaluate("room.session.open.peek()") == "mend"
    flow.press("e")
    assert flow.selection() == {"kind": "edge", "node": "mend", "index": 0}
    flow.press("Shift+F10")
    expect(flow.page.get_by_role("menu")).to_be_visible()
    assert flow.failures == []


def test_copied_nodes_are_pasted_with_the_system_clipboard(opened: Opener) -> None:
    flow = opened(permissions=["clipboard-read", "clipboard-write"])
    flow.find("node-mend").click()
    flow.press("Control+c")
    flow.press("Control+v")
    assert flow.selection() == {"kind": "nodes", "nodes": ["step"]} or len(flow.routes()) == 4
    flow.find("node-mend").click()
    flow.press("Control+x")
    assert "mend" not in flow.routes()


def test_the_outline_tells_and_changes_the_same_flow(opened: Opener) -> None:
    flow = opened()
    flow.find("outline-look").focus()
    flow.press("ArrowDown")
    expect(flow.find("outline-mend")).to_be_focused()
    assert flow.selection() == {"kind": "nodes", "nodes": ["mend"]}
    flow.press("Delete")
    assert "mend" not in flow.routes()


def test_who_may_only_look_changes_nothing(opened: Opener) -> None:
    flow = opened(rights=["view"])
    before = flow.draft()
    assert flow.find("add-on-look-0").count() == 0
    flow.drag(flow.middle("node-mend"), (1000, 700))
    flow.find("node-mend").focus()
    flow.press("Delete", "n", "Control+d", "F2")
    assert flow.draft() == before


def test_ways_are_drawn_at_rest_and_while_a_node_is_dragged(opened: Opener) -> None:
    flow = opened()
    looked = """() => {
      const line = document.querySelector('[data-testid="edge-look-0"] .canvas-line');
      const svg = line.ownerSVGElement.getBoundingClientRect();
      const { width, height } = line.getBoundingClientRect();
      return svg.width > 0 && svg.height > 0 && Math.max(width, height) > 20;
    }"""
    assert flow.page.evaluate(looked)
    x, y = flow.middle("node-mend")
    flow.page.mouse.move(x, y)
    flow.page.mouse.down()
    flow.page.mouse.move(x + 80, y + 60, steps=4)
    flow.page.wait_for_function("document.querySelector('.canvas-node.lifted') !== null")
    assert flow.page.evaluate(looked)
    flow.press("Escape")
    flow.page.mouse.up()
    assert flow.page.evaluate(looked)


def test_the_wheel_moves_and_with_ctrl_zooms_at_the_pointer(opened: Opener) -> None:
    flow = opened()
    x, y = flow.middle("node-mend")
    flow.page.mouse.move(x, y)
    flow.page.mouse.wheel(0, 50)
    flow.settle()
    assert flow.middle("node-mend") == pytest.approx((x, y - 50), abs=1)
    flow.page.mouse.move(x, y - 50)
    flow.page.keyboard.down("Control")
    flow.page.mouse.wheel(0, 60)
    flow.page.keyboard.up("Control")
    flow.settle()
    assert flow.middle("node-mend") == pytest.approx((x, y - 50), abs=2)
    assert flow.find("zoom").inner_text() != "100%"


def test_what_is_revealed_comes_into_sight(opened: Opener) -> None:
    flow = opened(json.loads((BUILTINS / "pump" / "overhaul.json").read_text(encoding="utf-8")))
    assert flow.find("node-scrapped").count() == 0
    flow.page.evaluate("room.session.reveal('/nodes/scrapped/title')")
    expect(flow.find("node-scrapped")).to_be_in_viewport()


def test_what_is_selected_stays_in_sight_when_the_canvas_becomes_narrow(opened: Opener) -> None:
    flow = opened()
    flow.find("node-mend").click()
    x, y = flow.middle("canvas")
    flow.page.mouse.move(x, y)
    flow.page.mouse.wheel(-360, 0)
    flow.settle()
    before = flow.find("node-mend").bounding_box()
    assert before is not None
    assert before["x"] + before["width"] > 1000
    flow.page.set_viewport_size({"width": 1000, "height": 860})
    flow.settle()
    after = flow.find("node-mend").bounding_box()
    assert after is not None
    assert after["x"] + after["width"] == pytest.approx(1000 - 24, abs=2)
    assert after["y"] == pytest.approx(before["y"], abs=1)
    flow.page.mouse.wheel(-800, 0)
    flow.settle()
    flow.page.set_viewport_size({"width": 900, "height": 860})
    flow.settle()
    far = flow.page.evaluate("document.querySelector('[data-node=mend]')?.getBoundingClientRect().left ?? 9999")
    assert far > 900, "what somebody has moved away from is not brought back"


def test_the_step_that_an_order_has_come_to_comes_into_sight(opened: Opener) -> None:
    flow = opened(json.loads((BUILTINS / "pump" / "overhaul.json").read_text(encoding="utf-8")))
    assert flow.find("node-scrapped").count() == 0
    flow.page.evaluate("room.session.track.value = { open: ['scrapped'], done: [], routes: [] }")
    expect(flow.find("node-scrapped")).to_be_in_viewport()


def test_the_map_covers_nothing_of_a_narrow_canvas(opened: Opener) -> None:
    flow = opened(json.loads((BUILTINS / "pump" / "overhaul.json").read_text(encoding="utf-8")))
    expect(flow.find("minimap")).to_be_visible()
    flow.page.set_viewport_size({"width": 900, "height": 860})
    expect(flow.find("minimap")).to_be_hidden()


def test_only_what_is_in_sight_is_in_the_page(opened: Opener) -> None:
    nodes = {f"s{number}": {**SMALL["nodes"]["look"], "next": [{"to": f"s{number + 1}"}]} for number in range(600)}
    template = SMALL | {"start": "s0", "nodes": nodes | {"s600": SMALL["nodes"]["done"]}}
    flow = opened(template)
    assert 0 < flow.page.locator(".canvas-node").count() < 40
    flow.find("fit").click()
    flow.settle()
    assert flow.page.locator(".canvas-node").count() < 300


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_canvas_and_outline_have_no_barriers(opened: Opener, theme: str) -> None:
    flow = opened(json.loads((BUILTINS / "pump" / "overhaul.json").read_text(encoding="utf-8")), theme=theme)
    flow.page.add_script_tag(path=AXE)
    found = flow.page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found["violations"]] == []

"""The designer's canvas, used with mouse, keys and fingers: every gesture is one edit that can be undone."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
HARNESS = ROOT / "designer" / "test" / "canvas" / "harness"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ADDRESS = "http://canvas.test/canvas-harness/"
BUILTINS = ROOT / "builtin_templates"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>canvas</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css"></head>
<body><div id="app"></div><script type="application/json" id="sent">{sent}</script>
<script type="module" src="main.js"></script></body></html>"""
TYPED_AT_ONCE = """(keys) => {
  for (const key of keys) {
    const target = document.activeElement ?? document.body;
    const goes = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    if (goes && key.length === 1 && target instanceof HTMLInputElement) {
      target.setRangeText(key, target.selectionStart, target.selectionEnd, "end");
      target.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }
}"""
"""Keys as fast as no page can draw between them."""
SMALL = {
    "format": 1,
    "key": "small",
    "title": {"en": "Small", "zh-CN": "小"},
    "roles": {"engineer": {"title": {"en": "Engineer", "zh-CN": "工程师"}}},
    "start": "look",
    "nodes": {
        "look": {
            "kind": "step",
            "role": "engineer",
            "title": {"en": "Look", "zh-CN": "查看"},
            "fields": [],
            "next": [{"to": "mend"}],
        },
        "mend": {
            "kind": "step",
            "role": "engineer",
            "title": {"en": "Mend", "zh-CN": "修理"},
            "fields": [],
            "next": [{"to": "done"}],
        },
        "done": {"kind": "end", "outcome": "repaired", "title": {"en": "Repaired", "zh-CN": "已修好"}},
    },
}


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The room alone, bundled."""
    folder = tmp_path_factory.mktemp("canvas-harness")
    node = shutil.which("node")
    assert node is not None, "node is needed to bundle the room; `make test` puts one on the path"
    vite = ROOT / "node_modules" / "vite" / "bin" / "vite.js"
    command = [node, str(vite), "build", "--config", str(HARNESS / "vite.config.ts"), "--outDir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


class Flow:
    """A template on the canvas, as somebody uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.failures: list[str] = []
        page.on("pageerror", lambda failure: self.failures.append(str(failure)))

    def find(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def draft(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate("room.session.editor.draft.peek()")
        return found

    def routes(self) -> dict[str, list[str]]:
        """Where every node leads; rework with an exclamation mark."""
        nodes = self.draft()["template"]["nodes"].items()
        return {
            name: [edge["to"] + "!" * edge.get("rework", False) for edge in node.get("next", [])]
            for name, node in nodes
        }

    def selection(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate("room.session.editor.selection.peek()")
        return found

    def undo(self) -> None:
        self.page.evaluate("room.session.editor.undo()")

    def middle(self, name: str) -> tuple[float, float]:
        box = self.find(name).bounding_box()
        assert box is not None, name
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, begin: tuple[float, float], end: tuple[float, float], *, drop: bool = True) -> None:
        mouse = self.page.mouse
        mouse.move(*begin)
        mouse.down()
        mouse.move(begin[0] + 12, begin[1] + 8, steps=3)
        mouse.move(*end, steps=6)
        self.page.wait_for_timeout(60)
        if drop:
            mouse.up()

    def settle(self) -> None:
        """Until what moves has come to rest."""
        self.page.wait_for_timeout(420)


Opener = Callable[..., Flow]


@pytest.fixture
def opened(chromium: Browser, harness: Path) -> Iterator[Opener]:
    """`opened(template)`: a page with this template on the canvas."""
    contexts: list[BrowserContext] = []

    def open_one(template: dict[str, Any] | None = None, **wishes: Any) -> Flow:
        sent = {"rights": ["view", "edit"], "language": "en", "theme": "light", "template": template or SMALL}
        sent |= {key: wishes.pop(key) for key in ("rights", "language", "theme") if key in wishes}
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce", **wishes)
        contexts.append(context)
        flow = Flow(context.new_page())

        def answer(route: Route) -> None:
            name = route.request.url.removeprefix(ADDRESS)
            if name == "":
                text = json.dumps(sent).replace("<", "\\u003c")
                route.fulfill(content_type="text/html", body=PAGE.replace("{sent}", text))
            elif (harness / name).is_file():
                route.fulfill(path=harness / name)
            else:
                route.fulfill(status=404, body="")

        flow.page.route("**/*", answer)
        flow.page.goto(ADDRESS)
        flow.page.locator(".canvas-node").first.wait_for()
        flow.settle()
        return flow

    yield open_one
    for context in contexts:
        context.close()


def test_plus_on_a_route_puts_a_step_into_it_and_lets_its_title_be_written(opened: Opener) -> None:
    flow = opened()
    flow.find("add-on-look-0").click()
    flow.find("add-step").click()
    flow.page.keyboard.type("Measure")
    flow.press("Enter")
    assert flow.routes() == {"look": ["step"], "step": ["mend"], "mend": ["done"], "done": []}
    assert flow.draft()["template"]["nodes"]["step"]["title"]["en"] == "Measure"
    flow.undo()
    flow.undo()
    assert flow.draft() == {"template": SMALL, "layout": {}}
    assert flow.failures == []


def test_what_is_typed_behind_n_is_the_title_of_a_step_however_quickly(opened: Opener) -> None:
    flow = opened()
    for number, title in enumerate(["Earth it", "Check", "cc nn 0"]):
        flow.find("node-look" if number == 0 else f"node-{'step' if number == 1 else 'step_2'}").focus()
        flow.page.evaluate(TYPED_AT_ONCE, ["n", *title, "Enter"])
        expect(flow.find("adder")).to_have_count(0)
    nodes = flow.draft()["template"]["nodes"]
    assert flow.routes()["look"] == ["step"]
    assert [nodes[name]["kind"] for name in ("step", "step_2", "step_3")] == ["step"] * 3
    assert [nodes[name]["title"] for name in ("step", "step_2", "step_3")] == [
        {"en": "Earth it"},
        {"en": "Check"},
        {"en": "cc nn 0"},
    ]
    flow.undo()
    assert flow.routes() == {"look": ["step"], "step": ["step_2"], "step_2": ["mend"], "mend": ["done"], "done": []}


def test_a_kind_chosen_by_arrows_keeps_the_title_that_was_typed(opened: Opener) -> None:
    flow = opened()
    flow.find("node-look").focus()
    flow.press("n")
    flow.page.keyboard.type("Does it leak?")
    flow.press("ArrowDown", "Enter")
    assert flow.routes()["look"] == ["choice"]
    assert flow.draft()["template"]["nodes"]["choice"]["title"] == {"en": "Does it leak?"}
    expect(flow.find("node-choice")).to_be_focused()


def test_an_end_put_into_a_flow_stands_beside_it_and_says_how_orders_end(opened: Opener) -> None:
    flow = opened()
    flow.find("add-on-look-0").click()
    flow.find("add-end").click()
    flow.find("outcome-scrapped").click()
    flow.page.keyboard.type("Given up")
    flow.press("Enter")
    assert flow.routes() == {"look": ["end", "mend"], "mend": ["done"], "end": [], "done": []}
    assert flow.draft()["template"]["nodes"]["end"] == {
        "kind": "end",
        "outcome": "scrapped",
        "title": {"en": "Given up"},
    }
    expect(flow.find("node-end").locator(".canvas-outcome")).to_have_text("Scrapped")
    expect(flow.find("node-done").locator(".canvas-outcome")).to_have_count(0)
    flow.settle()
    flow.drag(flow.middle("palette-end"), flow.middle("add-on-mend-0"))
    expect(flow.find("outcome-repaired")).to_be_focused()
    flow.press("Escape")
    assert "end_2" not in flow.routes()
    flow.find("node-mend").hover()
    flow.drag(flow.middle("handle-mend"), (1100, 400))
    expect(flow.find("adder-title")).to_be_focused()
    flow.press("Escape")
    flow.find("node-done").click(button="right")
    flow.find("act-outcome").click()
    flow.find("outcome-returned").click()
    assert flow.draft()["template"]["nodes"]["done"]["title"]["zh-CN"] == "未修退回"


def test_no_end_is_offered_where_branches_run_side_by_side(opened: Opener) -> None:
    step = SMALL["nodes"]["look"]  # type: ignore[index]
    branches = {name: {**step, "next": [{"to": "both"}]} for name in ("left", "right")}
    both = {"kind": "join", "title": {"en": "Both"}, "next": [{"to": "done"}]}
    nodes = {
        "split": {
            "kind": "parallel",
            "title": {"en": "Split"},
            "join": "both",
            "next": [{"to": "left"}, {"to": "right"}],
        },
        **branches,
        "both": both,
        "done": SMALL["nodes"]["done"],  # type: ignore[index]
    }
    flow = opened(SMALL | {"start": "split", "nodes": nodes})
    before = flow.draft()
    for node in ("left", "split"):
        flow.find(f"node-{node}").focus()
        flow.press("n")
        expect(flow.find("add-end")).to_have_attribute("aria-disabled", "true")
        flow.find("add-end").click(force=True)
        flow.press("Escape")
    flow.find("node-left").focus()
    flow.find("palette-end").click()
    assert flow.draft() == before
    assert flow.page.evaluate("room.told.at(-1)") == "Branches that run side by side meet again before the end"
    flow.find("node-both").click()
    flow.find("palette-end").click()
    flow.find("outcome-repaired").click()
    assert flow.routes()["both"] == ["end", "done"]


def test_what_something_follows_does_not_become_an_end(opened: Opener) -> None:
    flow = opened()
    flow.find("node-mend").click(button="right")
    expect(flow.find("convert-choice")).to_be_visible()
    expect(flow.find("convert-end")).to_have_count(0)


def test_a_kind_dropped_on_a_route_goes_into_it_and_on_the_ground_stays_there(opened: Opener) -> None:
    flow = opened()
    flow.drag(flow.middle("palette-choice"), flow.middle("add-on-mend-0"))
    flow.press("Escape")
    assert flow.routes()["mend"] == ["choice"]
    assert flow.routes()["choice"] == ["done"]
    flow.settle()
    flow.drag(flow.middle("palette-step"), (1100, 200))
    flow.press("Escape")
    assert set(flow.draft()["layout"]) == {"step"}


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


def test_every_letter_of_a_title_is_in_the_draft_and_all_of_them_are_one_edit(opened: Opener) -> None:
    flow = opened()

    def title() -> str:
        return str(flow.draft()["template"]["nodes"]["mend"]["title"]["en"])

    flow.find("node-mend").focus()
    flow.press("F2")
    flow.page.keyboard.type("Ren")
    assert title() == "Ren"
    flow.page.wait_for_timeout(1_100)
    flow.page.keyboard.type("ew the seal")
    assert title() == "Renew the seal"
    expect(flow.find("rename")).to_be_focused()
    flow.press("Enter")
    flow.undo()
    assert flow.draft()["template"] == SMALL
    flow.press("F2")
    flow.page.keyboard.type("No")
    flow.press("Escape")
    assert flow.draft()["template"] == SMALL
    assert flow.page.evaluate("room.session.editor.undoable.peek()") is None
    flow.press("F2", "Delete")
    assert title() == "Mend"
    flow.press("Enter")
    assert title() == "Mend"


def test_a_step_that_somebody_else_removes_while_it_is_named_says_so(opened: Opener) -> None:
    flow = opened()
    flow.find("node-mend").focus()
    flow.press("F2")
    flow.page.keyboard.type("Renew")
    flow.page.evaluate("""() => {
      const { template, layout } = room.session.editor.draft.peek();
      const { mend, ...nodes } = template.nodes;
      const draft = { template: { ...template, nodes }, layout };
      room.session.editor.absorb(draft, [], { onto: () => null, renamed: (same) => same });
    }""")
    expect(flow.find("rename")).to_have_count(0)
    assert flow.page.evaluate("room.told.at(-1)") == "Somebody else has just removed “Renew”."


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
    nodes = {
        f"s{number}": {**SMALL["nodes"]["look"], "next": [{"to": f"s{number + 1}"}]}  # type: ignore[index]
        for number in range(600)
    }
    template = SMALL | {"start": "s0", "nodes": nodes | {"s600": SMALL["nodes"]["done"]}}  # type: ignore[index]
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

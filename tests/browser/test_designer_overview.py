"""The canvas from further away: what is pressed is what is seen, and nothing lies over what one is at."""

import pytest
from drafting.flow import SMALL, Flow, Opener
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.long]

STEP = SMALL["nodes"]["look"]
CHOICE = {"kind": "choice", "title": {"en": "Is it sound?", "zh-CN": "正常吗"}}
ASKING = SMALL | {
    "nodes": {
        "look": STEP | {"next": [{"to": "sound"}]},
        "sound": CHOICE | {"next": [{"to": "look", "rework": True, "when": "false"}, {"to": "mend"}]},
        "mend": SMALL["nodes"]["mend"] | {"next": [{"to": "split"}]},
        "split": {
            "kind": "parallel",
            "title": {"en": "Split"},
            "join": "both",
            "next": [{"to": "left"}, {"to": "right"}],
        },
        "left": STEP | {"next": [{"to": "both"}]},
        "right": STEP | {"next": [{"to": "both"}]},
        "both": {"kind": "join", "title": {"en": "Both"}, "next": [{"to": "done"}]},
        "done": SMALL["nodes"]["done"],
    }
}
WHAT_IS_PRESSED = """([x, y]) => document.elementFromPoint(x, y)?.closest("[data-handle], [data-node]")?.dataset"""


def zoomed_out(flow: Flow, percent: int) -> None:
    while int(flow.find("zoom").inner_text().removesuffix("%")) > percent:
        flow.find("zoom-out").click()
        flow.settle()


@pytest.mark.parametrize("percent", [41, 33, 21])
def test_from_further_away_a_press_on_a_node_is_for_the_node_and_not_for_its_dot(opened: Opener, percent: int) -> None:
    flow = opened(ASKING)
    zoomed_out(flow, percent)
    for name in ("look", "sound", "split", "mend"):
        box = flow.find(f"node-{name}").bounding_box()
        assert box is not None
        spots = [(box["x"] + box["width"] / 2, box["y"] + box["height"] * part) for part in (0.2, 0.5, 0.85)]
        for state in ("hovered", "selected"):
            for spot in spots:
                flow.page.mouse.move(*spot)
                expect(flow.find(f"handle-{name}")).to_be_visible()
                assert flow.page.evaluate(WHAT_IS_PRESSED, spot) == {"node": name, "testid": f"node-{name}"}, state
            flow.page.mouse.click(*spots[-1])
            assert flow.selection() == {"kind": "nodes", "nodes": [name]}
        handle = flow.find(f"handle-{name}").bounding_box()
        assert handle is not None
        assert handle["y"] >= box["y"] + box["height"] - 1
        below = flow.page.evaluate(WHAT_IS_PRESSED, flow.middle(f"handle-{name}"))
        assert below["handle"] == name, "and below it the dot can be taken"


def test_nobodys_dot_reaches_the_next_node(opened: Opener) -> None:
    flow = opened(ASKING)
    zoomed_out(flow, 12)
    flow.find("node-mend").click()
    handle, following = flow.find("handle-mend").bounding_box(), flow.find("node-split").bounding_box()
    assert handle is not None
    assert following is not None
    assert handle["y"] + handle["height"] <= following["y"]


@pytest.mark.parametrize(("name", "onward"), [("look", "mend"), ("sound", "mend")])
def test_from_a_dot_to_the_empty_canvas_leads_a_branch_of_its_own(opened: Opener, name: str, onward: str) -> None:
    nodes = ASKING["nodes"]
    template = (
        ASKING if name == "sound" else SMALL | {"nodes": SMALL["nodes"] | {"look": STEP | {"next": [{"to": onward}]}}}
    )
    flow = opened(template)
    flow.find("fit").click()
    flow.settle()
    before = flow.routes()
    flow.find(f"node-{name}").hover()
    x, y = flow.middle(f"node-{name}")
    flow.drag(flow.middle(f"handle-{name}"), (x + 330, y + 60))
    expect(flow.find("adder-title")).to_be_focused()
    flow.page.keyboard.type("Ask the customer")
    flow.press("Enter")
    after = flow.routes()
    assert after[name] == [*before[name][:-1], "step", onward], "the way that was there is still the last"
    assert after["step"] == [onward]
    flow.undo()
    assert flow.routes() == before, nodes


def test_the_first_way_of_a_choice_is_no_branch_beside_others(opened: Opener) -> None:
    flow = opened(SMALL | {"nodes": {"look": CHOICE | {"next": []}, "done": SMALL["nodes"]["done"]}})
    flow.find("node-look").hover()
    x, y = flow.middle("node-look")
    flow.drag(flow.middle("handle-look"), (x + 330, y + 60))
    expect(flow.find("adder-title")).to_be_focused()
    flow.page.keyboard.type("Ask")
    flow.press("Enter")
    assert flow.routes() == {"look": ["step"], "step": [], "done": []}


def test_from_a_dot_onto_a_way_of_the_same_node_goes_into_that_way(opened: Opener) -> None:
    flow = opened()
    flow.find("node-look").hover()
    x, y = flow.middle("handle-look")
    flow.drag((x, y), (x + 6, flow.middle("add-on-look-0")[1]), drop=False)
    expect(flow.find("edge-look-0")).to_have_class("canvas-wire route lit")
    flow.page.mouse.up()
    expect(flow.find("edge-look-0")).not_to_have_class("canvas-wire route lit")
    expect(flow.find("adder-title")).to_be_focused()
    flow.page.keyboard.type("Ask")
    flow.press("Enter")
    assert flow.routes() == {"look": ["step"], "step": ["mend"], "mend": ["done"], "done": []}


def test_what_runs_side_by_side_can_be_a_branch_too(opened: Opener) -> None:
    flow = opened()
    flow.find("node-look").hover()
    x, y = flow.middle("node-look")
    flow.drag(flow.middle("handle-look"), (x + 330, y + 60))
    flow.find("add-parallel").click()
    flow.press("Enter")
    routes = flow.routes()
    assert routes["look"] == ["parallel", "mend"]
    assert routes["join"] == ["mend"]


def chain(count: int) -> dict[str, object]:
    names = [f"n{index}" for index in range(count)]
    steps = {name: STEP | {"next": [{"to": after}]} for name, after in zip(names, [*names[1:], "done"], strict=True)}
    return SMALL | {"start": "n0", "nodes": {**steps, "done": SMALL["nodes"]["done"]}}


def test_the_map_makes_way_for_what_one_is_at(opened: Opener) -> None:
    flow = opened(chain(12))
    room, card = flow.find("minimap"), flow.find("node-n3")
    expect(room).to_have_css("opacity", "1")
    here, there = room.bounding_box(), card.bounding_box()
    assert here is not None
    assert there is not None
    # led to where its upper left corner looks out from under the map
    by = (here["x"] - there["x"] - 40, here["y"] - there["y"] - 40)
    flow.page.evaluate(
        "([x, y]) => { const { view } = room.board; "
        "view.value = { ...view.peek(), x: view.peek().x + x, y: view.peek().y + y }; }",
        by,
    )
    flow.settle()
    expect(room).to_have_css("opacity", "1")
    flow.page.mouse.move(here["x"] - 20, here["y"] - 20)
    expect(room).to_have_css("opacity", "0")
    flow.page.mouse.move(here["x"] + 30, here["y"] + 20)
    flow.settle()
    expect(room).to_have_css("opacity", "0")
    flow.page.mouse.click(here["x"] + 30, here["y"] + 20)
    assert flow.selection() == {"kind": "nodes", "nodes": ["n3"]}
    flow.page.mouse.move(200, 700)
    flow.settle()
    expect(room).to_have_css("opacity", "0")
    flow.page.evaluate("room.board.selectNodes([])")
    expect(room).to_have_css("opacity", "1")

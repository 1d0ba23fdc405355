"""What is added on the canvas: nothing that is typed is lost, and nothing that follows is cut off."""

import pytest
from drafting.flow import SMALL, Opener
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
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
    step = SMALL["nodes"]["look"]
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
        "done": SMALL["nodes"]["done"],
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

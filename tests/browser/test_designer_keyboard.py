"""The designer by keyboard, at twice the size, and for who wants less motion."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from drafting.judge import keyboard_is_somewhere, opened, tab_through
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
Designing = Callable[..., DesignerTab]
LANGUAGES = ["zh-CN", "en"]
PUMP = {"from": "builtin:pump.overhaul"}
TYPES = (
    *("instruction", "safety_gate", "photo", "checklist", "boolean", "choice", "multi_choice", "reading", "number"),
    *("integer", "text", "long_text", "date", "datetime", "table", "scan", "parts", "signature"),
)


def test_tab_reaches_everything_in_the_order_of_the_screen(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    tab.fields(tab.document()["start"])
    walk = tab_through(tab)
    regions = list(dict.fromkeys(each["region"] for each in walk))
    assert regions == ["page", "bar", "left", "middle", "side"], regions
    runs = [
        each["region"] for index, each in enumerate(walk) if index == 0 or walk[index - 1]["region"] != each["region"]
    ]
    assert runs == regions, f"Tab jumps to and fro: {runs}"
    names = {each["name"] for each in walk}
    for name in (
        "leave",
        "template-title",
        "open-problems",
        "toggle-phone",
        "try-it",
        "publish",
        "more",
        "toggle-outline",
    ):
        assert name in names, name
    assert [each["name"] for each in walk if not each["isMarked"]] == []
    assert [each["name"] for each in walk if not each["isInSight"]] == []
    assert [each["name"] for each in walk if each["isCovered"] and each["region"] != "page"] == []


AREA = """() => {
  const areas = ".bar, .left, .canvas, .problems, .side, .phone-column, .trial-column";
  return document.activeElement.closest(areas)?.className.split(" ")[0] ?? "nowhere";
}"""


def test_f6_goes_from_area_to_area_and_back_to_where_the_keyboard_was(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    if tab.find("phone-column").count() == 0:
        tab.find("toggle-phone").click()
    expect(tab.find("phone-column")).to_be_visible()
    start = tab.document()["start"]
    tab.find(f"node-{start}").click()
    tab.find("tab-settings").click()
    title = tab.control(f"/nodes/{start}/title/en")
    title.focus()
    tab.press("Shift+F6")
    assert tab.page.evaluate(AREA) == "canvas"
    expect(tab.find(f"node-{start}")).to_be_focused()
    passed = []
    for _ in range(6):
        tab.press("F6")
        passed.append(tab.page.evaluate(AREA))
        if passed[-1] == "side":
            expect(title).to_be_focused()
    assert passed == ["side", "phone-column", "bar", "left", "canvas", "side"]
    tab.press("Shift+F6")
    tab.press("Escape")
    expect(tab.page.locator(".canvas-node.selected")).to_have_count(0)
    expect(tab.find("canvas")).to_be_focused()
    tab.press("ArrowDown")
    expect(tab.find(f"node-{start}")).to_be_focused()
    tab.press("e")
    expect(tab.page.locator(".canvas-wire.selected")).to_have_count(1)
    tab.press("Escape")
    expect(tab.page.locator(".canvas-wire.selected")).to_have_count(0)
    expect(tab.find(f"node-{start}")).to_be_focused()
    tab.find("toggle-phone").click()


def test_undo_says_what_it_takes_back_and_that_it_begins_with_the_page(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    expect(tab.find("undo")).to_have_attribute("title", re.compile("since this page was opened.*Versions"))
    start = tab.document()["start"]
    tab.find(f"node-{start}").focus()
    tab.press("n")
    tab.page.keyboard.type("One more")
    tab.press("Enter")
    expect(tab.find("undo")).to_have_attribute("title", "Undo: Add node (Ctrl Z)")
    tab.undo()
    expect(tab.find("redo")).to_have_attribute("title", "Redo: Add node (Ctrl Shift Z)")
    tab.saved()
    tab.page.reload()
    tab.here()
    expect(tab.find("undo")).to_have_attribute("title", re.compile("since this page was opened"))


class Watched:
    """A tab with the pump's overhaul, and after what its keyboard was lost: whatever closes or goes, it stays near."""

    def __init__(self, tab: DesignerTab) -> None:
        self.tab = tab
        self.start: str = tab.document()["start"]
        self.lost: list[str] = []

    def check(self, after: str) -> None:
        """Look where the keyboard is."""
        said = keyboard_is_somewhere(self.tab, after)
        if said:
            self.lost.append(said)

    def press(self, name: str, keys: str = "Enter") -> None:
        """On what has this test id."""
        self.tab.find(name).press(keys)


@pytest.fixture
def watched(designing: Designing) -> Iterator[Watched]:
    """Lin's tab; at the end it is told where the keyboard was lost."""
    tab: DesignerTab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    found = Watched(tab)
    yield found
    assert found.lost == [], "\n".join(found.lost)


def test_the_keyboard_is_not_lost_when_a_sheet_closes(watched: Watched) -> None:
    tab = watched.tab
    for name in ("translations", "find", "rights", "shortcuts"):
        watched.press("more")
        expect(tab.find("menu-versions")).to_be_focused()
        watched.press(f"menu-{name}")
        opened(tab, name)
        watched.check(f"opening {name}")
        tab.press("Escape")
        expect(tab.page.locator("dialog[open]")).to_have_count(0)
        watched.check(f"closing {name}")
    tab.find(f"outline-{watched.start}").click()
    for keys, name in (("ControlOrMeta+k", "palette"), ("ControlOrMeta+f", "find"), ("?", "shortcuts")):
        tab.press(keys)
        opened(tab, name)
        tab.press("Escape")
        watched.check(f"closing {name} by keys")


def test_the_keyboard_is_not_lost_when_what_the_bar_opened_closes(watched: Watched) -> None:
    tab = watched.tab
    watched.press("publish")
    opened(tab, "publish-sheet")
    tab.press("Escape")
    watched.check("closing the dialog that publishes")
    watched.press("more")
    tab.press("Escape")
    watched.check("closing the menu")
    watched.press("open-problems")
    opened(tab, "problems")
    tab.page.locator("[data-testid=problems] header button").press("Enter")
    watched.check("closing the problems")
    watched.press("try-it")
    watched.press("trial-close")
    watched.check("closing the trial")
    tab.choose(watched.start)
    tab.press("n")
    tab.press("Escape")
    watched.check("closing the list of kinds")
    tab.choose(watched.start)
    tab.press("c")
    opened(tab, "finder")
    tab.press("Escape")
    watched.check("closing the finder")


def test_the_keyboard_is_not_lost_when_a_step_goes(watched: Watched) -> None:
    tab = watched.tab
    tab.add_step(watched.start, "To be removed")
    watched.check("naming a new step")
    tab.choose("step")
    tab.press("Delete")
    watched.check("removing a step in the outline")
    tab.undo()
    watched.press("node-step", "Delete")
    watched.check("removing a step on the canvas")
    tab.undo()
    tab.settings("step")
    watched.press("panel-delete")
    watched.check("removing a step by its panel")
    watched.press("undo")
    watched.check("undoing")


def test_the_keyboard_is_not_lost_when_a_field_closes_or_goes(watched: Watched) -> None:
    tab = watched.tab
    nodes = tab.document()["nodes"]
    step = next(name for name, node in nodes.items() if len(node.get("fields", [])) > 2)
    tab.fields(step)
    first = tab.page.locator("[data-testid=step-fields] .fields-face").first
    first.press("Enter")
    watched.check("opening a field")
    tab.press("Escape")
    watched.check("closing a field")
    first.press("Delete")
    watched.check("removing a field")
    tab.page.locator("[data-testid^=field-menu-]").first.press("Enter")
    watched.press("menu-remove")
    watched.check("removing a field by its menu")
    watched.press("add-field")
    opened(tab, "field-types")
    tab.press("Escape")
    watched.check("closing the list of types")
    tab.add_field(step, "checklist", "Lines")
    card = tab.page.locator(".fields-card[data-open=true]")
    card.get_by_test_id("panel-add-line").fill("one")
    tab.press("Enter")
    card.locator(".panels-row").last.get_by_role("button").last.press("Enter")
    watched.check("removing a line")


def test_everything_can_be_used_at_twice_the_size(designing: Designing, pictures: Path) -> None:
    """A window of 1280 by 800 zoomed to 200 %: nothing is cut off, what does not fit can be scrolled to."""
    tab = designing("lin", viewport={"width": 640, "height": 400}, device_scale_factor=2)
    tab.page.goto(f"{tab.address}/designer/")
    opened(tab, "blank")
    tab.picture(pictures / "designer" / "zoomed_gallery.png")
    assert tab.page.evaluate(OUT_OF_REACH) == []
    tab.open(tab.begin(PUMP)).saved()
    tab.picture(pictures / "designer" / "zoomed_editor.png")
    assert tab.page.evaluate(OUT_OF_REACH) == []
    for name in ("leave", "undo", "open-problems", "try-it", "publish", "more"):
        tab.find(name).scroll_into_view_if_needed()
        expect(tab.find(name)).to_be_in_viewport(ratio=0.9)
    tab.press("ControlOrMeta+k")
    tab.picture(pictures / "designer" / "zoomed_palette.png")
    assert tab.page.evaluate(OUT_OF_REACH) == []
    tab.press("Escape")
    tab.find("publish").click()
    expect(tab.find("running")).to_be_visible()
    tab.picture(pictures / "designer" / "zoomed_publish.png")
    assert tab.page.evaluate(OUT_OF_REACH) == []


OUT_OF_REACH = """() => {
  const scrolls = (each, axis) => {
    for (let up = each.parentElement; up !== null; up = up.parentElement) {
      const style = getComputedStyle(up);
      const way = axis === "x" ? style.overflowX : style.overflowY;
      const isPage = up === document.documentElement || up === document.body;
      if (isPage ? !/hidden|clip/.test(way) : /auto|scroll/.test(way)) return true;
    }
    return false;
  };
  const hidden = "[aria-hidden=true], .unseen, .skip, .canvas, .canvas-map, [hidden]";
  return [...document.querySelectorAll("button, a[href], input, select, textarea, h1, h2, h3, p")]
    .filter((each) => each.checkVisibility() && each.closest(hidden) === null)
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.width > 0)
    .filter(([box, each]) => (box.right > innerWidth + 1 || box.left < -1) && !scrolls(each, "x")
      || (box.bottom > innerHeight + 1 || box.top < -1) && !scrolls(each, "y"))
    .map(([box, each]) => `${each.dataset.testid ?? each.className} at ${Math.round(box.x)}, ${Math.round(box.y)}`);
}"""

MOVES = """() => [...document.querySelectorAll("*")].flatMap((each) => ["", "::before", "::after"].map((part) => {
  const style = getComputedStyle(each, part || null);
  const longest = (text) => Math.max(...text.split(",").map(parseFloat));
  const isMoving = style.animationName !== "none" && longest(style.animationDuration) > 0.01;
  const moves = /transform|left|top|width|height|translate|scale|margin|all/.test(style.transitionProperty);
  const moved = moves && longest(style.transitionDuration) > 0.01;
  return isMoving || moved ? `${each.tagName}.${each.className}${part} ${style.transitionProperty}` : "";
})).filter((each) => each !== "")"""


def test_nothing_moves_for_who_wants_less_motion(designing: Designing) -> None:
    tab = designing("lin", reduced_motion="reduce")
    tab.page.goto(f"{tab.address}/designer/")
    opened(tab, "blank")
    moving = set(tab.page.evaluate(MOVES))
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    tab.fields(tab.document()["start"])
    tab.find("open-problems").click()
    moving |= set(tab.page.evaluate(MOVES))
    tab.settings(tab.document()["start"])
    tab.find("more").click()
    moving |= set(tab.page.evaluate(MOVES))
    tab.press("Escape")
    tab.press("ControlOrMeta+k")
    moving |= set(tab.page.evaluate(MOVES))
    assert moving == set()

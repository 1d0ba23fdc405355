"""Every screen of the designer is for everybody: axe-core finds nothing, the keyboard reaches all and is never lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafting.judge import Judge, keyboard_is_somewhere, opened, tab_through
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


@pytest.fixture(scope="session")
def axe(checkout: Path) -> str:
    """axe-core's own script."""
    return (checkout / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def judging(designing: Designing, axe: str, pictures: Path) -> Callable[[str, str], Judge]:
    """`judging(name, language)`: somebody's tab, and who judges its screens."""
    return lambda name, language: Judge(designing(name, language), axe, pictures / "designer", language)


def words(text: str) -> dict[str, str]:
    return {"zh-CN": text, "en": text}


def unsound() -> dict[str, Any]:
    """One of two branches may end the order while the other still works: the join would wait for ever."""

    def step(title: str, *targets: dict[str, Any]) -> dict[str, Any]:
        return {"kind": "step", "role": "engineer", "title": words(title), "next": list(targets)}

    split = {"kind": "parallel", "join": "join", "next": [{"to": "a"}, {"to": "b"}]}
    join = {"kind": "join", "next": [{"to": "end"}]}
    nodes = {
        "first": step("First", {"to": "split"}),
        "split": split,
        "a": step("A", {"to": "join"}),
        "b": step("B", {"to": "end", "when": 'state == "bad"'}, {"to": "join"}),
        "join": join,
    }
    end = {"kind": "end", "outcome": "repaired", "title": words("End")}
    return {
        "format": 1,
        "key": "unsound.example",
        "title": words("Waits for ever"),
        "start": "first",
        "roles": {"engineer": {"title": words("Engineer")}},
        "nodes": {**nodes, "end": end},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_around_templates_is_for_everybody(
    language: str, judging: Callable[[str, str], Judge], designing: Designing, tmp_path: Path
) -> None:
    judge = judging("lin", language)
    tab = judge.tab
    page = tab.page
    page.goto(f"{tab.address}/designer/")
    opened(tab, "blank")
    page.wait_for_load_state("networkidle")
    judge.look("gallery")
    page.locator("[data-testid^=own-menu-]").first.click()
    judge.look("gallery_menu")
    tab.press("Escape")
    file = tmp_path / "brought.json"
    file.write_text(json.dumps(unsound()), encoding="utf-8")
    tab.find("import-file").set_input_files(file)
    opened(tab, "imported")
    judge.look("import")
    tab.find("import-take").click()
    tab.here().saved()
    tab.find("open-problems").click()
    tab.find("show-run").first.click()
    tab.find("run-on").click()
    judge.look("problems_with_run")
    tab.find("publish").click()
    opened(tab, "publish-sheet")
    judge.look("publish_refused")
    tab.close_sheet()
    template = tab.begin(PUMP)
    dee = designing("dee", language).open(template)
    tab.open(template).saved()
    tab.find("publish").click()
    expect(tab.find("running")).to_be_visible()
    judge.look("publish")
    tab.close_sheet()
    tab.menu("rights")
    expect(page.locator(".rights-list")).to_be_visible()
    judge.look("rights")
    tab.close_sheet()
    tab.context.set_offline(True)
    tab.title("Mine 我的")
    tab.kept()
    judge.look("kept_on_this_computer")
    dee.title("Theirs 对方的")
    dee.saved()
    tab.context.set_offline(False)
    expect(tab.save_state).to_have_attribute("data-state", "conflict")
    tab.save_state.click()
    opened(tab, "conflicts")
    judge.look("conflict")
    tab.find("take-mine").click()
    tab.saved()
    tab.menu("versions")
    opened(tab, "versions")
    page.locator("input[name=from]").last.check()
    expect(tab.find("changes")).to_be_visible()
    judge.look("versions")
    page.locator("[data-testid^=restore-]").last.click()
    opened(tab, "restore-ask")
    judge.look("restore")
    page.goto(f"{tab.address}/designer/not-there")
    expect(page.locator(".failed")).to_be_visible()
    judge.look("not_there")
    assert judge.found == {}, judge.told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editor_is_for_everybody(language: str, judging: Callable[[str, str], Judge]) -> None:
    judge = judging("lin", language)
    tab = judge.tab
    page = tab.page
    tab.open(tab.begin({"from": "blank", "title": {language: "空白 Blank"}})).saved()
    judge.look("blank")
    tab.open(tab.begin(PUMP)).saved()
    document = tab.document()
    judge.look("editor")
    tab.find("canvas").click(position={"x": 6, "y": 6})
    tab.press("0")
    tab.show_outline()
    judge.look("outline")
    of_kind = {node["kind"]: name for name, node in document["nodes"].items()}
    for kind in ("parallel", "join", "end"):
        tab.choose(of_kind[kind])
        opened(tab, f"panel-node-{of_kind[kind]}")
        judge.look(f"node_{kind}")
    rework = next(
        (name, index)
        for name, node in document["nodes"].items()
        for index, edge in enumerate(node.get("next", []))
        if edge.get("rework")
    )
    tab.find(f"outline-{rework[0]}-{rework[1]}").click()
    opened(tab, f"panel-route-{rework[0]}-{rework[1]}")
    expect(page.locator(".condition").first).to_be_visible()
    judge.look("route_rework")
    page.locator(".condition").get_by_test_id("condition-path").first.click()
    expect(tab.find("path-search")).to_be_visible()
    judge.look("condition_path")
    tab.press("Escape")
    page.locator(".condition").get_by_test_id("condition-text").first.click()
    expect(tab.find("cel-input")).to_be_visible()
    tab.find("cel-input").click()
    tab.press("End")
    page.keyboard.type(" && st")
    page.wait_for_timeout(600)
    judge.look("condition_cel")
    tab.undo()
    step = document["start"]
    tab.settings(step)
    judge.look("step_settings")
    tab.fields(step)
    judge.look("step_fields")
    tab.find("add-field").click()
    opened(tab, "field-types")
    judge.look("field_types")
    tab.press("Escape")
    page.locator("[data-testid^=field-menu-]").first.click()
    judge.look("field_menu")
    tab.press("Escape")
    tab.choose(step)
    tab.press("n")
    judge.look("add_here")
    tab.find("add-choice").click()
    tab.press("Enter")
    expect(page.locator("[data-testid^=panel-node-choice]")).to_be_visible()
    judge.look("node_choice")
    tab.find("outline").get_by_role("treeitem", selected=True).click(button="right")
    judge.look("canvas_menu")
    tab.find("act-connect").click()
    opened(tab, "finder")
    judge.look("finder")
    tab.press("Escape")
    tab.find("open-problems").click()
    opened(tab, "problems")
    judge.look("problems")
    page.locator("[data-testid=problems] button.tool").first.click()
    tab.undo()
    tab.find("more").click()
    judge.look("more_menu")
    tab.press("Escape")
    for keys, name in (("ControlOrMeta+k", "palette"), ("ControlOrMeta+f", "find")):
        tab.press(keys)
        opened(tab, name)
        page.keyboard.type("e")
        judge.look(name)
        tab.press("Escape")
    for name in ("shortcuts", "translations"):
        tab.menu(name)
        opened(tab, name)
        judge.look(name)
        tab.close_sheet()
    tab.find("toggle-phone").click()
    expect(page.frame_locator("[data-testid=phone-screen]").get_by_test_id("step")).to_be_visible()
    judge.look("phone")
    tab.find("toggle-phone").click()
    tab.find("try-it").click()
    opened(tab, "try-it-room")
    tab.find("trial-finish").click()
    expect(tab.find("course").locator("li").first).to_be_visible()
    judge.look("try_it")
    tab.find("trial-close").click()
    assert judge.found == {}, judge.told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_field_is_for_everybody(language: str, judging: Callable[[str, str], Judge]) -> None:
    judge = judging("lin", language)
    tab = judge.tab
    tab.open(tab.begin({"from": "blank", "title": {language: "全部字段 All fields"}})).saved()
    document = tab.document()
    tab.show_outline()
    step = document["start"]
    for kind in TYPES:
        tab.add_field(step, kind, f"{kind} 字段")
        card = tab.page.locator(".fields-card[data-open=true]")
        expect(card.locator(".fields-body")).not_to_have_attribute("aria-busy", "true")
        if card.locator("[data-testid=panel-more]").count():
            card.locator("[data-testid=panel-more] > summary").first.click()
        judge.look(f"field_{kind}", within=".side")
    assert judge.found == {}, judge.told()


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


def test_the_keyboard_is_never_lost(designing: Designing) -> None:
    """Whatever closes or goes, the keyboard stays near to it."""
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    document = tab.document()
    lost: list[str] = []

    def check(after: str) -> None:
        said = keyboard_is_somewhere(tab, after)
        if said:
            lost.append(said)

    for name in ("versions", "translations", "find", "rights", "shortcuts"):
        if name == "versions":
            continue
        tab.find("more").focus()
        tab.press("Enter")
        tab.find(f"menu-{name}").press("Enter")
        opened(tab, name)
        check(f"opening {name}")
        tab.press("Escape")
        expect(tab.page.locator("dialog[open]")).to_have_count(0)
        check(f"closing {name}")
    tab.find("outline-" + document["start"]).click()
    for keys, name in (("ControlOrMeta+k", "palette"), ("ControlOrMeta+f", "find"), ("?", "shortcuts")):
        tab.press(keys)
        opened(tab, name)
        tab.press("Escape")
        check(f"closing {name} by keys")
    tab.find("publish").focus()
    tab.press("Enter")
    opened(tab, "publish-sheet")
    tab.press("Escape")
    check("closing the dialog that publishes")
    tab.find("more").focus()
    tab.press("Enter")
    tab.press("Escape")
    check("closing the menu")
    tab.find("open-problems").focus()
    tab.press("Enter")
    opened(tab, "problems")
    tab.page.locator("[data-testid=problems] header button").press("Enter")
    check("closing the problems")
    tab.find("try-it").focus()
    tab.press("Enter")
    tab.find("trial-close").press("Enter")
    check("closing the trial")
    tab.choose(document["start"])
    tab.press("n")
    tab.press("Escape")
    check("closing the list of kinds")
    tab.choose(document["start"])
    tab.press("c")
    opened(tab, "finder")
    tab.press("Escape")
    check("closing the finder")
    tab.add_step(document["start"], "To be removed")
    check("naming a new step")
    tab.choose("step")
    tab.press("Delete")
    check("removing a step in the outline")
    tab.undo()
    tab.find("node-step").focus()
    tab.press("Delete")
    check("removing a step on the canvas")
    tab.undo()
    tab.settings("step")
    tab.find("panel-delete").press("Enter")
    check("removing a step by its panel")
    tab.find("undo").focus()
    tab.press("Enter")
    check("undoing")
    step = next(name for name, node in document["nodes"].items() if len(node.get("fields", [])) > 2)
    tab.fields(step)
    tab.page.locator("[data-testid=step-fields] .fields-face").first.press("Enter")
    check("opening a field")
    tab.press("Escape")
    check("closing a field")
    tab.page.locator("[data-testid=step-fields] .fields-face").first.press("Delete")
    check("removing a field")
    tab.page.locator("[data-testid^=field-menu-]").first.press("Enter")
    tab.find("menu-remove").press("Enter")
    check("removing a field by its menu")
    tab.find("add-field").press("Enter")
    opened(tab, "field-types")
    tab.press("Escape")
    check("closing the list of types")
    tab.add_field(step, "checklist", "Lines")
    card = tab.page.locator(".fields-card[data-open=true]")
    card.get_by_test_id("panel-add-line").fill("one")
    tab.press("Enter")
    card.locator(".panels-row").last.get_by_role("button").last.focus()
    tab.press("Enter")
    check("removing a line")
    assert lost == [], "\n".join(lost)


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

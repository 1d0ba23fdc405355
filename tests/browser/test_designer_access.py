"""Every screen of the designer is for everybody: axe-core finds nothing, the keyboard reaches all and is never lost."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from drafting.judge import Judge, opened
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(600)]
Designing = Callable[..., DesignerTab]
Judging = Callable[[str, str], AbstractContextManager[Judge]]
LANGUAGES = ["zh-CN", "en"] if os.environ.get("MENDLOOP_ALL_SCREENS") else ["zh-CN"]
"""`make test-designer` judges every screen in both languages; `make test` in the one with more to go wrong."""
PUMP = {"from": "builtin:pump.overhaul"}
TYPES = (
    *("instruction", "safety_gate", "photo", "checklist", "boolean", "choice", "multi_choice", "reading", "number"),
    *("integer", "text", "long_text", "date", "datetime", "table", "scan", "parts", "signature"),
)


@pytest.fixture
def judging(designing: Designing, axe: str, pictures: Path) -> Judging:
    """`with judging(name, language) as judge`: who judges somebody's screens, and tells at the end what is wrong."""

    @contextmanager
    def judge_screens(name: str, language: str) -> Iterator[Judge]:
        judge = Judge(designing(name, language), axe, pictures / "designer", language)
        yield judge
        assert judge.found == {}, judge.told()

    return judge_screens


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
def test_the_gallery_and_bringing_a_file_are_for_everybody(language: str, judging: Judging, tmp_path: Path) -> None:
    with judging("lin", language) as judge:
        tab, page = judge.tab, judge.tab.page
        page.goto(f"{tab.address}/designer/")
        opened(tab, "blank")
        page.wait_for_load_state("networkidle")
        judge.look("gallery")
        page.locator("[data-testid^=own-menu-]").first.click()
        judge.look("gallery_menu")
        tab.press("Escape")
        bring(tab, tmp_path)
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


def bring(tab: DesignerTab, folder: Path) -> None:
    """A file with a flow that is not sound, as far as the question whether to take it."""
    file = folder / "brought.json"
    file.write_text(json.dumps(unsound()), encoding="utf-8")
    tab.find("import-file").set_input_files(file)
    opened(tab, "imported")


@pytest.mark.parametrize("language", LANGUAGES)
def test_publishing_and_giving_rights_are_for_everybody(language: str, judging: Judging) -> None:
    with judging("lin", language) as judge:
        tab = judge.tab
        tab.open(tab.begin(PUMP)).saved()
        tab.find("publish").click()
        expect(tab.find("running")).to_be_visible()
        judge.look("publish")
        tab.close_sheet()
        tab.menu("rights")
        expect(tab.page.locator(".rights-list")).to_be_visible()
        judge.look("rights")


@pytest.mark.parametrize("language", LANGUAGES)
def test_saving_beside_others_is_for_everybody(language: str, judging: Judging, designing: Designing) -> None:
    with judging("lin", language) as judge:
        tab = judge.tab
        template = tab.begin(PUMP)
        dee = designing("dee", language).open(template)
        tab.open(template).saved()
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
        look_at_versions(judge)


def look_at_versions(judge: Judge) -> None:
    """The list, a comparison, and the question before going back."""
    tab = judge.tab
    opened(tab, "versions")
    tab.page.locator("input[name=from]").last.check()
    expect(tab.find("changes")).to_be_visible()
    judge.look("versions")
    tab.page.locator("[data-testid^=restore-]").last.click()
    opened(tab, "restore-ask")
    judge.look("restore")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_empty_or_not_there_is_for_everybody(language: str, judging: Judging) -> None:
    with judging("lin", language) as judge:
        tab = judge.tab
        tab.page.goto(f"{tab.address}/designer/not-there")
        expect(tab.page.locator(".failed")).to_be_visible()
        judge.look("not_there")
        tab.open(tab.begin({"from": "blank", "title": {language: "空白 Blank"}})).saved()
        judge.look("blank")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_flow_and_its_conditions_are_for_everybody(language: str, judging: Judging) -> None:
    with judging("lin", language) as judge:
        tab = judge.tab
        tab.open(tab.begin(PUMP)).saved()
        nodes = tab.document()["nodes"]
        judge.look("editor")
        tab.find("canvas").click(position={"x": 6, "y": 6})
        tab.press("0")
        tab.show_outline()
        judge.look("outline")
        of_kind = {node["kind"]: name for name, node in nodes.items()}
        for kind in ("parallel", "join", "end"):
            tab.choose(of_kind[kind])
            opened(tab, f"panel-node-{of_kind[kind]}")
            judge.look(f"node_{kind}")
        node, index = rework_in(nodes)
        tab.find(f"outline-{node}-{index}").click()
        opened(tab, f"panel-route-{node}-{index}")
        look_at_condition(judge)


def rework_in(nodes: dict[str, Any]) -> tuple[str, int]:
    """The first route that leads back: its node, and which of its routes it is."""
    return next(
        (name, index)
        for name, node in nodes.items()
        for index, edge in enumerate(node.get("next", []))
        if edge.get("rework")
    )


def look_at_condition(judge: Judge) -> None:
    """The rows, what can be looked at, and the same as text."""
    tab, condition = judge.tab, judge.tab.page.locator(".condition")
    expect(condition.first).to_be_visible()
    judge.look("route_rework")
    condition.get_by_test_id("condition-path").first.click()
    expect(tab.find("path-search")).to_be_visible()
    judge.look("condition_path")
    tab.press("Escape")
    condition.get_by_test_id("condition-text").first.click()
    expect(tab.find("cel-input")).to_be_visible()
    tab.find("cel-input").click()
    tab.press("End")
    tab.page.keyboard.type(" && st")
    tab.page.wait_for_timeout(600)
    judge.look("condition_cel")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_and_what_is_added_are_for_everybody(language: str, judging: Judging) -> None:
    with judging("lin", language) as judge:
        tab, page = judge.tab, judge.tab.page
        tab.open(tab.begin(PUMP)).saved()
        step = tab.document()["start"]
        tab.show_outline()
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
        look_at_adding(judge)


def look_at_adding(judge: Judge) -> None:
    """What can follow a step, a choice that does, its menu, and where it can lead."""
    tab = judge.tab
    tab.press("n")
    judge.look("add_here")
    tab.find("add-choice").click()
    tab.press("Enter")
    expect(tab.page.locator("[data-testid^=panel-node-choice]")).to_be_visible()
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus_sheets_and_phone_are_for_everybody(language: str, judging: Judging) -> None:
    with judging("lin", language) as judge:
        tab = judge.tab
        template = tab.begin(PUMP)
        tab.open(template).saved()
        tab.show_outline()
        tab.choose(tab.document()["start"])
        look_at_sheets(judge)
        tab.find("toggle-phone").click()
        expect(tab.page.frame_locator("[data-testid=phone-screen]").get_by_test_id("step")).to_be_visible()
        judge.look("phone")
        tab.find("toggle-phone").click()
        tab.find("try-it").click()
        opened(tab, "try-it-room")
        tab.find("trial-finish").click()
        expect(tab.find("course").locator("li").first).to_be_visible()
        judge.look("try_it")


def look_at_sheets(judge: Judge) -> None:
    """What is behind “more”, and what keys open over everything."""
    tab = judge.tab
    tab.find("more").click()
    judge.look("more_menu")
    tab.press("Escape")
    for keys, name in (("ControlOrMeta+k", "palette"), ("ControlOrMeta+f", "find")):
        tab.press(keys)
        opened(tab, name)
        tab.page.keyboard.type("e")
        judge.look(name)
        tab.press("Escape")
    for name in ("shortcuts", "translations"):
        tab.menu(name)
        opened(tab, name)
        judge.look(name)
        tab.close_sheet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_field_is_for_everybody(language: str, judging: Judging) -> None:
    with judging("lin", language) as judge:
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

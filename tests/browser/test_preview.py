"""The phone in the designer's preview: the engineer's own app on an order that exists nowhere else."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drafting.washer import WASHER
from mendloop.testing.designer_tab import DesignerTab
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from mendloop_engine.scenarios import run_scenario
from mendloop_engine.template import compile_plan, parse_template
from playwright.sync_api import FrameLocator, Locator, Page, Request, Route, expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
WASHING_MACHINE = ROOT / "builtin_templates" / "washing_machine" / "does_not_drain.json"
PUMP = ROOT / "builtin_templates" / "pump" / "overhaul.json"
CONFIG = ROOT / "designer" / "test" / "preview" / "harness" / "vite.config.ts"
ADDRESS = "/preview-harness/"
PAGE = """<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="style.css"></head>
<body><div id="app"></div><script type="application/json" id="template">{template}</script>
<script type="module" src="main.js"></script></body></html>"""
ALLOWED = ("/go/", "/api/v1/session", "/api/v1/templates/check", ADDRESS, "/static/")
"""What the designer's page and the phone's files may ask for; nothing of it tells what is tried."""


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The room alone, bundled."""
    folder = tmp_path_factory.mktemp("preview-harness")
    node = shutil.which("node")
    assert node is not None, "node is needed to bundle the room; `make test` puts one on the path"
    vite = ROOT / "node_modules" / "vite" / "bin" / "vite.js"
    subprocess.run(
        [node, vite, "build", "--config", CONFIG, "--outDir", folder], cwd=ROOT, check=True, capture_output=True
    )
    return folder


class Room:
    """The preview's room on one template, as somebody uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.failures: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda failure: self.failures.append(str(failure)))

    def _note(self, request: Request) -> None:
        if request.url.startswith("http"):
            self.asked.append(f"/{request.url.split('/', 3)[3]}")

    @property
    def phone(self) -> FrameLocator:
        return self.page.frame_locator("[data-testid=phone-screen]")

    def find(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def tap(self, name: str) -> None:
        self.find(name).click()

    def on_phone(self, name: str) -> Locator:
        return self.phone.get_by_test_id(name)

    def select(self, step: str) -> None:
        """Open a step, and wait until the phone shows it."""
        self.tap(f"select-{step}")
        expect(self.phone.locator(f"[data-testid=step][data-visit='{step}#1']")).to_be_visible()

    def draft(self) -> dict[str, Any]:
        document: dict[str, Any] = self.page.evaluate("room.session.editor.draft.peek().template")
        return document

    def set_field(self, step: str, field: str, path: list[str], value: Any) -> None:
        """An edit of the draft, as a panel of the designer would make it."""
        self.page.evaluate(
            "([step, field, path, value]) => "
            "room.session.editor.edit((draft) => room.setField(draft, step, field, path, value))",
            [step, field, path, value],
        )

    def finish_up_to(self, step: str) -> None:
        """Have every step filled in and finished until `step` is open."""
        while step not in self.page.evaluate("room.session.track.peek()?.open ?? []"):
            before = self.find("course").locator("li").count() if self.find("course").count() else 0
            self.tap("trial-finish")
            expect(self.find("course").locator("li:not(.undone)")).not_to_have_count(before)
        visit = self.phone.locator(f"[data-testid=step][data-visit^='{step}#']")
        expect(visit.last).to_be_visible()

    def finish_to_the_end(self) -> None:
        """Have every step filled in and finished until the order has ended."""
        while not self.find("trial-ended").count():
            before = self.find("course").locator("li").count()
            self.tap("trial-finish")
            expect(self.find("course").locator("li")).not_to_have_count(before)


@pytest.fixture
def room(desk: Callable[[str], Page], harness: Path) -> Iterator[Callable[..., Room]]:
    """`room(template, …)`: the room in a signed-in designer's browser."""
    opened: list[Room] = []

    def open_one(template: Path, language: str = "en", shown: str = "preview", theme: str = "light") -> Room:
        page = desk(language)
        opened.append(Room(page))
        document = json.dumps(json.loads(template.read_text("utf-8"))).replace("</", "<\\/")

        def serve(route: Route) -> None:
            name = route.request.url.split(ADDRESS, 1)[1].split("?")[0]
            if name:
                kind = "text/javascript" if name.endswith(".js") else "text/css"
                route.fulfill(body=(harness / name).read_bytes(), content_type=kind)
            else:
                route.fulfill(body=PAGE.replace("{template}", document), content_type="text/html")

        page.route(f"**{ADDRESS}**", serve)
        page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}{ADDRESS}?{shown_as(language, shown, theme)}")
        expect(opened[-1].find("phone-screen")).to_be_visible()
        return opened[-1]

    yield open_one
    assert [failure for each in opened for failure in each.failures] == []
    for each in opened:
        each.page.close()


def shown_as(language: str, shown: str, theme: str) -> str:
    return f"language={language}&room={shown}&theme={theme}"


def plan_of(document: dict[str, Any]) -> Plan:
    template = parse_template(document)
    assert not isinstance(template, Problems)
    return compile_plan(template)


def test_a_reading_out_of_tolerance_is_warned_of_and_nothing_leaves_the_phone(room: Callable[..., Room]) -> None:
    designer = room(WASHING_MACHINE)
    designer.select("drain_filter")
    length = designer.page.evaluate("history.length")
    designer.phone.locator("#f-drained").fill("80")
    designer.phone.locator("#f-drained").press("Tab")
    expect(designer.phone.locator("#f-drained-card").get_by_text("Out of tolerance").first).to_be_visible()
    designer.on_phone("finding").click()
    expect(designer.on_phone("finding-sheet")).to_be_visible()
    designer.page.keyboard.press("Escape")
    expect(designer.on_phone("finding-sheet")).to_be_hidden()
    designer.page.wait_for_timeout(400)
    assert [path for path in designer.asked if not path.startswith(ALLOWED)] == []
    kept = designer.page.evaluate("indexedDB.databases().then((all) => all.map(({name}) => name))")
    assert [name for name in kept if name.startswith("mendloop.")] == []
    assert designer.page.evaluate("history.length") == length


def test_what_is_typed_stays_while_the_draft_changes_around_it(room: Callable[..., Room]) -> None:
    designer = room(WASHING_MACHINE)
    designer.select("drain_filter")
    designer.phone.locator("#f-drained").fill("80")
    designer.phone.locator("#f-drained").press("Tab")
    designer.set_field("drain_filter", "drained", ["label", "en"], "Water in the tray")
    designer.set_field("drain_filter", "drained", ["tolerance"], [0, 90])
    expect(designer.phone.get_by_text("Water in the tray")).to_be_visible()
    expect(designer.phone.locator("#f-drained")).to_have_value("80")
    expect(designer.phone.locator("#f-drained-card").get_by_text("Out of tolerance")).to_have_count(0)


def test_the_step_is_seen_by_another_role_in_another_language_at_night(room: Callable[..., Room]) -> None:
    designer = room(PUMP)
    designer.select("isolate")
    role = designer.page.evaluate(
        "Object.keys(room.session.editor.draft.peek().template.roles)"
        ".find((role) => role !== room.session.editor.draft.peek().template.nodes.isolate.role)"
    )
    designer.find("preview-role").select_option(role)
    expect(designer.on_phone("awaits-role")).to_be_visible()
    designer.tap("preview-language-zh-CN")
    expect(designer.phone.locator("html")).to_have_attribute("lang", "zh-CN")
    designer.tap("preview-dark")
    expect(designer.phone.locator("html")).to_have_attribute("data-theme", "dark")
    designer.find("preview-device").select_option("small")
    expect(designer.find("phone-screen")).to_have_attribute("width", "360")
    designer.tap("preview-turn")
    expect(designer.find("phone-screen")).to_have_attribute("width", "640")


def test_shots_are_taken_without_a_camera(room: Callable[..., Room]) -> None:
    designer = room(WASHING_MACHINE)
    designer.select("arrive")
    designer.on_phone("shoot-front").click()
    expect(designer.on_phone("shutter")).to_be_enabled()
    designer.on_phone("shutter").click()
    expect(designer.on_phone("taken").locator(".count")).to_have_text("1")
    designer.on_phone("camera-done").click()
    expect(designer.on_phone("shot-front").get_by_test_id("photo")).to_have_count(1)


def test_a_shot_without_a_most_offers_another_photo_and_one_with_room_for_one_the_same_again(
    room: Callable[..., Room],
) -> None:
    designer = room(WASHING_MACHINE)
    designer.select("arrive")
    take_a_shot(designer, "shoot-front", 1)
    front = designer.on_phone("shot-front")
    expect(front.get_by_test_id("shoot-front")).to_have_text("One more")
    take_a_shot(designer, "shoot-front", 2)
    expect(front.get_by_test_id("photo")).to_have_count(2)
    front.get_by_test_id("photo").first.click()
    designer.on_phone("remove-photo").click()
    expect(front.get_by_test_id("photo")).to_have_count(1)
    expect(front.get_by_test_id("put-back")).to_be_focused()
    designer.set_field("arrive", "before", ["shots"], [{"id": "front", "label": {"en": "Front"}, "max": 1}])
    kept = front.locator("img").get_attribute("data-photo")
    expect(front.get_by_test_id("shoot-front")).to_have_count(0)
    take_a_shot(designer, "retake-front", 3)
    expect(front.locator(f"img[data-photo='{kept}']")).to_have_count(0)
    expect(front.get_by_test_id("photo")).to_have_count(1)


def take_a_shot(designer: Room, opener: str, scene: int) -> None:
    """Of what the made-up camera shows as its second, third, … thing: it changes every 0.7 s."""
    designer.on_phone(opener).click()
    expect(designer.on_phone("shutter")).to_be_enabled()
    designer.page.wait_for_timeout(700 * scene)
    designer.on_phone("shutter").click()
    if opener.startswith("shoot"):
        expect(designer.on_phone("taken").locator(".count")).to_have_text(str(scene))
        designer.on_phone("camera-done").click()
    expect(designer.on_phone("camera")).to_have_count(0)


def test_a_draft_with_errors_shows_its_open_step_alone(room: Callable[..., Room]) -> None:
    designer = room(WASHING_MACHINE)
    designer.select("drain_filter")
    designer.set_field("drain_filter", "drained", ["visible"], "drained >")
    designer.set_field("drain_filter", "found", ["label", "en"], "Look at the filter")
    expect(designer.find("preview-old")).to_be_visible()
    expect(designer.phone.get_by_text("Look at the filter")).to_be_visible()
    expect(designer.phone.locator("#f-drained")).to_be_visible()
    designer.set_field("drain_filter", "drained", ["visible"], None)
    designer.set_field("drain_filter", "drained", ["visible"], True)
    expect(designer.find("preview-old")).to_have_count(0)


def test_the_whole_template_is_tried_to_its_end_with_a_rework_and_the_recording_holds(
    room: Callable[..., Room],
) -> None:
    designer = room(WASHING_MACHINE, shown="try")
    before = len(json.loads(WASHING_MACHINE.read_text("utf-8"))["scenarios"])
    expect(designer.find("scenarios-held")).to_have_text(f"{before} of {before} hold")
    designer.finish_up_to("drain_test")
    designer.on_phone("start").click()
    expect(designer.on_phone("verdict-still_not")).to_be_enabled()
    designer.find("trial-person").select_option("engineer:2")
    expect(designer.on_phone("verdict-still_not")).to_be_disabled()
    expect(designer.on_phone("resume")).to_have_count(0)
    designer.find("trial-person").select_option("engineer")
    designer.on_phone("verdict-still_not").check()
    designer.tap("trial-finish")
    expect(designer.find("trial-open")).to_contain_text("#2")
    designer.find("trial-person").select_option("engineer:2")
    designer.tap("trial-finish")
    designer.find("trial-pass-on").check()
    designer.finish_to_the_end()
    expect(designer.find("trial-ended")).to_have_attribute("data-outcome", "repaired")
    designer.find("record").locator("summary").click()
    designer.find("record-name").fill("Still does not drain at first")
    designer.tap("record-keep")
    expect(designer.find("scenarios-held")).to_have_text(f"{before + 1} of {before + 1} hold")
    document = designer.draft()
    recorded = document["scenarios"][-1]
    assert recorded["name"] == "Still does not drain at first"
    assert "engineer:2" in {act.get("by") for act in recorded["acts"]}
    assert recorded["expect"]["completed"].count("drain_test") == 2
    result = run_scenario(plan_of(document), recorded)
    assert result.passed, [problem.message("en") for problem in result.problems]


def test_steps_back_lead_to_what_was_and_on_to_what_became_of_it(room: Callable[..., Room]) -> None:
    designer = room(WASHING_MACHINE, shown="try")
    designer.finish_up_to("drain_filter")
    count = designer.find("course").locator("li").count()
    for _ in range(count):
        designer.tap("trial-back")
    expect(designer.find("trial-open")).to_contain_text("Arrive")
    expect(designer.on_phone("start")).to_be_visible()
    designer.tap(f"deed-{count}")
    expect(designer.find("trial-open")).to_contain_text("filter")
    designer.page.get_by_text("Facts of the order").click()
    designer.find("fact-asset").fill("OTHER-1")
    designer.find("fact-asset").press("Tab")
    expect(designer.find("trial-open")).to_be_visible()


def test_the_phone_goes_to_the_step_that_is_selected_also_after_one_was_added(lin: DesignerTab) -> None:
    lin.open(lin.begin(WASHER)).saved()
    lin.show_outline()
    lin.find("toggle-phone").click()
    phone = lin.page.frame_locator("[data-testid=phone-screen]")
    lin.add_step("arrive", "Look around")
    expect(phone.get_by_role("heading", name="Look around")).to_be_visible()
    lin.choose("arrive")
    expect(phone.get_by_role("heading", name="Arrive and confirm")).to_be_visible()
    expect(phone.get_by_role("heading", name="Look around")).to_have_count(0)

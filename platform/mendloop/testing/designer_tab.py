"""Somebody at the visual designer in a real browser: what hands do there, and what the screen says."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from mendloop.testing.phone import PATIENCE_MS

Document = dict[str, Any]
DESK: ViewportSize = {"width": 1280, "height": 800}
CATCH_FILES = """{
  const made = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => { window.lastFile = blob; return made(blob); };
}"""
"""What the page hands out as a file can be read at once, without waiting for the download."""


class DesignerTab:
    """One tab of a browser with the designer in it. Nothing in here goes behind the screen's back."""

    def __init__(self, context: BrowserContext, address: str, page: Page | None = None) -> None:
        self.context = context
        self.page = page or context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.add_init_script(CATCH_FILES)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.address = address

    def _heard(self, kind: str, text: str) -> None:
        """A refused or missing answer is the network's business: what the page makes of it is what counts."""
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.errors.append(text)

    def find(self, name: str) -> Locator:
        """The element with this test id."""
        return self.page.get_by_test_id(name)

    def press(self, keys: str) -> None:
        """On the keyboard."""
        self.page.keyboard.press(keys)

    def sign_in(self, name: str, password: str, language: str) -> "DesignerTab":
        """Through the page a person would use; the pages speak `language` from then on."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("input[name=sign_in_name]", name)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.locator(f"button[name=language][value='{language}']").click()
        self.page.wait_for_load_state()
        return self

    def another_tab(self) -> "DesignerTab":
        """One more tab of the same browser."""
        return DesignerTab(self.context, self.address)

    # templates

    def begin(self, start: Document) -> str:
        """A new template; its id."""
        return str(self.act("POST", "/templates", start)["template_id"])

    def open(self, template: str) -> "DesignerTab":
        """Open it, and wait until it can be worked with."""
        self.page.goto(f"{self.address}/designer/{template}")
        return self.here()

    def here(self) -> "DesignerTab":
        """Wait until a template is open."""
        expect(self.find("editor")).to_be_visible()
        expect(self.find("canvas")).to_be_visible()
        return self

    def act(self, method: str, path: str, body: Any = None) -> Document:
        """Ask the server, as the signed-in person, for something that is taken."""
        answer = self.ask(method, path, body)
        assert answer[0] < 300, answer  # noqa: S101 - this is a part for tests
        return answer[1]

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Document]:
        """The server's status and answer."""
        base = f"{self.address}/api/v1"
        token = self.context.request.get(f"{base}/session").json().get("csrf_token", "")
        answer = self.context.request.fetch(base + path, method=method, data=body, headers={"X-CSRF-Token": token})
        text = answer.text()
        return answer.status, json.loads(text) if text.startswith("{") else {}

    def on_server(self, template: str) -> Document:
        """The template's draft as the server has it: document, layout, revision."""
        return self.act("GET", f"/templates/{template}/draft")

    # what the screen says

    @property
    def save_state(self) -> Locator:
        """The words about saving; `data-state` tells which."""
        return self.find("save-state")

    def saved(self, timeout: float = PATIENCE_MS) -> None:
        """Wait until the screen says that the server has everything."""
        expect(self.save_state).to_have_attribute("data-state", "saved", timeout=timeout)

    def kept(self) -> None:
        """Wait until the screen says that this computer keeps everything."""
        expect(self.save_state).to_have_attribute("data-state", "kept")

    def document(self) -> Document:
        """The template as it is on the screen, by the menu's own export."""
        self.find("more").click()
        self.find("menu-export").click()
        text = self.page.evaluate("async () => await window.lastFile.text()")
        document: Document = json.loads(text)
        return document

    def picture(self, path: Path) -> None:
        """Keep what the screen shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled")

    # acts

    def show_outline(self) -> None:
        """The flow as a tree, at the left."""
        if self.find("toggle-outline").get_attribute("aria-pressed") != "true":
            self.find("toggle-outline").click()
        expect(self.find("outline")).to_be_visible()

    def choose(self, node: str) -> None:
        """Select a node in the outline; the canvas brings it into sight."""
        self.find(f"outline-{node}").click()

    def settings(self, node: str) -> None:
        """The settings of a node."""
        self.choose(node)
        if self.find("tab-settings").count():
            self.find("tab-settings").click()
        expect(self.find(f"panel-node-{node}")).to_be_visible()

    def fields(self, node: str) -> None:
        """The fields of a step."""
        self.choose(node)
        self.find("tab-fields").click()
        expect(self.find("step-fields")).to_be_visible()

    def control(self, pointer: str) -> Locator:
        """What edits this place of the document."""
        return self.page.locator(f"[data-pointer='{pointer}']").first

    def write(self, node: str, what: str, text: str) -> None:
        """One of a node's settings, in place of what stood there."""
        self.settings(node)
        self.control(f"/nodes/{node}/{what}").fill(text)

    def title(self, text: str) -> None:
        """Call the template something else."""
        self.find("template-title").fill(text)

    def add_step(self, after: str, title: str) -> None:
        """A step behind a node, by keys, named at once."""
        self.choose(after)
        self.press("n")
        self.find("add-step").click()
        self.find("rename").fill(title)
        self.press("Enter")
        expect(self.find("rename")).to_have_count(0)

    def remove_node(self, node: str) -> None:
        """By keys, in the outline."""
        self.choose(node)
        self.press("Delete")
        expect(self.find(f"outline-{node}")).to_have_count(0)

    def move_node(self, node: str, by: tuple[int, int]) -> None:
        """Drag it by its card."""
        self.choose(node)
        card = self.find(f"node-{node}")
        expect(card).to_be_in_viewport()
        box = card.bounding_box()
        if box is None:
            raise AssertionError(f"{node} is not on the canvas")
        x, y = box["x"] + box["width"] / 2, box["y"] + 10
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by[0] / 2, y + by[1] / 2)
        self.page.mouse.move(x + by[0], y + by[1], steps=3)
        self.page.mouse.up()

    def add_field(self, node: str, kind: str, label: str) -> None:
        """At the end of a step, named at once."""
        self.fields(node)
        self.find("add-field").click()
        self.find(f"field-type-{kind}").click()
        self.page.locator("[data-open=true] .fields-name").first.fill(label)
        self.press("Enter")

    def open_field(self, node: str, field: str) -> None:
        """Open a field's card."""
        self.fields(node)
        card = self.find(f"field-{field}")
        if card.get_attribute("data-open") != "true":
            card.locator(".fields-face").click()
        expect(card).to_have_attribute("data-open", "true")

    def write_label(self, node: str, field: str, label: str) -> None:
        """What a field is called."""
        self.open_field(node, field)
        self.find(f"field-label-{field}").fill(label)
        self.press("Enter")

    def remove_field(self, node: str, field: str) -> None:
        """By its menu."""
        self.fields(node)
        self.find(f"field-menu-{field}").click()
        self.find("menu-remove").click()
        expect(self.find(f"field-{field}")).to_have_count(0)

    def undo(self) -> None:
        """By the button."""
        self.find("undo").click()

    def menu(self, name: str) -> None:
        """One of the acts behind "more"."""
        self.find("more").click()
        self.find(f"menu-{name}").click()

    def close_sheet(self) -> None:
        """Close the dialog that is open."""
        self.find("sheet-close").click()
        expect(self.page.locator("dialog[open]")).to_have_count(0)

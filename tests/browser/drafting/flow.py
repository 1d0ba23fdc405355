"""The designer's canvas alone in a page, on a template that came with it, as somebody uses it."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

ROOT = Path(__file__).resolve().parents[3]
HARNESS = ROOT / "designer" / "test" / "canvas" / "harness"
ADDRESS = "http://canvas.test/canvas-harness/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>canvas</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css"></head>
<body><div id="app"></div><script type="application/json" id="sent">{sent}</script>
<script type="module" src="main.js"></script></body></html>"""
SMALL: dict[str, Any] = {
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


@pytest.fixture(name="opened")
def opened_flow(chromium: Browser, harness: Path) -> Iterator[Opener]:
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

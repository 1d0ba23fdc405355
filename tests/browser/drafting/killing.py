"""A browser with a profile on disk that is killed as by a power cut, and a witness of what it had shown."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mendloop.testing.designer_tab import DESK, DesignerTab
from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage

WITNESS = """{
  const texts = (css) => [...document.querySelectorAll(css)].map((each) => each.value ?? each.textContent);
  let last = "";
  const look = () => {
    const state = document.querySelector("[data-testid=save-state]")?.dataset.state;
    const title = texts("[data-testid=template-title]")[0];
    const seen = JSON.stringify({ state, title, texts: [...texts("[data-title]"), ...texts(".fields-label")] });
    if (state !== undefined && seen !== last) console.debug("WITNESS " + (last = seen));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""Tells in every frame in which something changed what is painted, and what is said about saving in the same frame."""
SAFE = ("saved", "kept")
Seen = dict[str, Any]


class KillableBrowser:
    """Chromium with a folder for its profile: it can be killed, and started again with all that it had on disk."""

    def __init__(self, chromium: BrowserType, program: Path, profile: Path) -> None:
        self._chromium, self._program, self._profile = chromium, program, profile
        self._context: BrowserContext | None = None
        self.seen: list[Seen] = []

    def start(self, address: str) -> DesignerTab:
        """Start it; its first tab."""
        self.seen.clear()
        context = self._context = self._chromium.launch_persistent_context(
            self._profile, executable_path=self._program, args=["--no-sandbox"], viewport=DESK, locale="en"
        )
        tab = DesignerTab(context, address, context.pages[0])
        tab.page.add_init_script(WITNESS)
        tab.page.on("console", self._heard)
        return tab

    def kill(self) -> None:
        """End all its processes at once, in the middle of whatever they do."""
        for process in list(_family(self._root())):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it went with its parent

    def close(self) -> None:
        """End it as people do."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def shown_as_safe(self) -> Seen:
        """What it showed last while it said that everything is saved, or kept on this computer."""
        return [each for each in self.seen if each["state"] in SAFE][-1]

    def _heard(self, said: ConsoleMessage) -> None:
        if said.text.startswith("WITNESS "):
            self.seen.append(json.loads(said.text.removeprefix("WITNESS ")))

    def _root(self) -> int:
        """The process that was started with our profile, and by no other of its kind."""
        own = {pid for pid in _processes() if f"--user-data-dir={self._profile}" in _words(pid)}
        return next(pid for pid in own if _parent(pid) not in own)


def _processes() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _family(root: int) -> Iterator[int]:
    """A process and all that it has started, itself first."""
    yield root
    for pid in _processes():
        if _parent(pid) == root:
            yield from _family(pid)

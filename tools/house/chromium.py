"""The browser that plays the tests: the machine's own, else one that we install. Never none."""

import os
import shutil
import subprocess
from pathlib import Path

from house import debian
from house.places import PYTHON
from house.say import CannotGoOn, progress
from house.shell import run, succeeds

NAMED_BY = "MENDLOOP_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WHERE_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


def prepare_chromium() -> Path:
    """Find a Chromium, or install one; where neither works the tests cannot run, and that is said."""
    _prepare_driver()
    found = find_chromium() or _from_debian() or _from_playwright()
    if found is None:
        raise CannotGoOn(
            "No Chromium found, and none could be installed: the browser tests cannot run. "
            f"Install Chromium or Chrome, or name one with {NAMED_BY}=/path/to/chromium."
        )
    return found


def find_chromium() -> Path | None:
    """A Chromium that is there already: the one named, one on the path, or Playwright's."""
    named = [os.environ.get(NAMED_BY), *(shutil.which(name) for name in NAMES)]
    return next((Path(name) for name in named if name and Path(name).exists()), None) or _playwrights_own()


def _prepare_driver() -> None:
    """Playwright brings a Node of its own, which needs a library that small Debian images lack."""
    version: list[str | Path] = [PYTHON, "-m", "playwright", "--version"]
    if succeeds(version) or (debian.can_install() and debian.install("libatomic1") and succeeds(version)):
        return
    raise CannotGoOn(f"Playwright's driver does not start, so no browser test can run: see `{PYTHON} -m playwright`")


def _from_debian() -> Path | None:
    if not debian.can_install():
        return None
    debian.install("chromium", "fonts-noto-cjk")
    return find_chromium()


def _from_playwright() -> Path | None:
    progress("Installing Chromium with Playwright")
    try:
        run([PYTHON, "-m", "playwright", "install", "chromium"])
    except CannotGoOn:
        return None
    return _playwrights_own()


def _playwrights_own() -> Path | None:
    if not PYTHON.exists():
        return None
    answer = subprocess.run([PYTHON, "-c", _WHERE_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = Path(answer.stdout.strip())
    return path if answer.returncode == 0 and path.is_file() else None

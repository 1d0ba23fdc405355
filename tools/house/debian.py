"""Installing what is missing, where that is ours to do: as root on Debian and its kin."""

import os
import shutil
from pathlib import Path

from house.say import CannotGoOn, progress
from house.shell import run

# Services must not start by being installed: the tests start what they need, on their own ports.
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}


def can_install() -> bool:
    """Whether this is Debian, and we are root. (Ubuntu's chromium package is only a pointer to a snap.)"""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None and _name() == "debian"


def install(*packages: str) -> bool:
    """Install the packages; answers whether that went well."""
    progress(f"apt-get install {' '.join(packages)}")
    try:
        run(["apt-get", "update", "-qq"], QUIET)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], QUIET)
    except CannotGoOn:
        return False
    return True


def _name() -> str:
    release = Path("/etc/os-release")
    lines = release.read_text().splitlines() if release.exists() else []
    return next((line.removeprefix("ID=").strip('"') for line in lines if line.startswith("ID=")), "")

"""Where things are, and a browser. Benchmarks are plain scripts: the folder of `make`'s own code is named here."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
sys.path.append(str(ROOT / "tools"))


def chromium() -> Path:
    """The Chromium that the tests use; ends the benchmark where there is none."""
    found = import_module("house.chromium").find_chromium()
    if not isinstance(found, Path):
        raise SystemExit("no Chromium found: `make bench` installs one")
    return found

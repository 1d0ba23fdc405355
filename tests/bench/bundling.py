"""The bundles of all that is compared: peers are installed outside the repository, one tool builds them."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Chunks = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a page needs at once: names of files under `folder`."""

    folder: Path
    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]

    def gzip_bytes(self, *, with_styles: bool = False) -> int:
        """Of the scripts, and of the styles if they are asked for, compressed as a server sends them."""
        names = (self.script, *self.imports, *(self.styles if with_styles else ()))
        return sum(len(gzip.compress((self.folder / name).read_bytes(), 9)) for name in names)


def install_locked(sources: Path, installed: Path, seconds: float) -> str | None:
    """Put the locked versions of `sources` in place; what went wrong, None when nothing did."""
    installed.mkdir(parents=True, exist_ok=True)
    lock = sources / "package-lock.json"
    stamp = installed / "installed.json"
    for source in (*sources.glob("*.js"), sources / "package.json", lock):
        shutil.copy(source, installed)
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return None
    failure = run_tool(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], installed, seconds)
    if failure is None:
        shutil.copy(lock, stamp)
    return failure


def run_tool(command: list[str], folder: Path, seconds: float) -> str | None:
    """Run it there; what went wrong, None when nothing did."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        return str(failure)
    return None if done.returncode == 0 else (done.stderr.strip() or "it failed").splitlines()[-1]


def read_bundle(folder: Path, *, waits_for: str = "") -> Bundle:
    """The bundle that was built there; with what its page fetches by name, where that ends with `waits_for`."""
    chunks: Chunks = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = next(chunk for chunk in chunks.values() if chunk.get("isEntry"))
    first = list(entry.get("imports", ()))
    first += [name for name in entry.get("dynamicImports", ()) if waits_for and name.endswith(waits_for)]
    return Bundle(folder, entry["file"], tuple(_needed(chunks, first)), tuple(entry.get("css", ())))


def _needed(chunks: Chunks, waiting: list[str]) -> list[str]:
    """The files of those chunks and of all that they import."""
    found: list[str] = []
    while waiting:
        name = waiting.pop(0)
        file = str(chunks[name]["file"])
        if file not in found:
            found.append(file)
            waiting.extend(chunks[name].get("imports", ()))
    return found

"""The subjects' bundles: the peers are installed outside the repository, and all are built by the same tool."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from runner_forms.places import HERE, ROOT

INSTALLED = ROOT / "build" / "bench-peers"
BUILT = ROOT / "build" / "bench-runner"
APP = ROOT / "platform" / "mendloop" / "static" / "runner"
WORDS = "runner/src/words/english.ts"
WAIT_S = 120


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a page needs at once: names of files under `folder`."""

    folder: Path
    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]

    def gzip_bytes(self) -> int:
        """Of the scripts, compressed as the server sends them."""
        return sum(len(gzip.compress((self.folder / name).read_bytes(), 9)) for name in (self.script, *self.imports))


def install_peers() -> str | None:
    """Put the locked versions in place; what went wrong, None when nothing did."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = HERE / "package-lock.json"
    stamp = INSTALLED / "installed.json"
    for source in (*HERE.glob("*.js"), HERE / "package.json", lock):
        shutil.copy(source, INSTALLED)
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return None
    failure = _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], INSTALLED)
    if failure is None:
        shutil.copy(lock, stamp)
    return failure


def build(subject: str, sources: Path) -> str | None:
    """Build `subject`; what went wrong, None when nothing did."""
    return _run(["node", str(HERE / "build.js"), str(sources / f"{subject}.js"), str(BUILT / subject)], ROOT)


def built(subject: str) -> Bundle:
    """The bundle of a subject that was built."""
    return _read(BUILT / subject)


def app() -> Bundle:
    """The engineer's app as the product serves it."""
    return _read(APP)


def _read(folder: Path) -> Bundle:
    chunks = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    key = next(key for key, chunk in chunks.items() if chunk.get("isEntry"))
    needed = _imports(chunks, key)
    return Bundle(folder, chunks[key]["file"], tuple(needed), tuple(chunks[key].get("css", ())))


def words_of(folder: Path) -> str | None:
    """The catalogue that our page names beside its script; the peers have none."""
    chunks = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return next((chunk["file"] for key, chunk in chunks.items() if key.endswith(WORDS)), None)


def _imports(chunks: dict[str, dict[str, list[str]]], entry: str) -> list[str]:
    found: list[str] = []
    waiting = list(chunks[entry].get("imports", ()))
    while waiting:
        name = waiting.pop(0)
        file = str(chunks[name]["file"])
        if file not in found:
            found.append(file)
            waiting.extend(chunks[name].get("imports", ()))
    return found


def _run(command: list[str], folder: Path) -> str | None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=WAIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        return str(failure)
    return None if done.returncode == 0 else (done.stderr.strip() or "it failed").splitlines()[-1]

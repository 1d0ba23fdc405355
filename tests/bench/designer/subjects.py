"""The canvases that are compared: where they are built, and the flows that they show."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
INSTALLED = ROOT / "build" / "bench-peers-designer"
BUILT = ROOT / "build" / "bench-designer"
OURS = "mendloop"
EMPTY = "empty"
PEERS = ("bpmnjs", "xyflow")
WAIT_S = 240
COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a page needs at once: names of files under `folder`."""

    folder: Path
    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]

    def gzip_bytes(self) -> int:
        """Of scripts and styles, compressed as a server sends them."""
        names = (self.script, *self.imports, *self.styles)
        return sum(len(gzip.compress((self.folder / name).read_bytes(), 9)) for name in names)


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


def build(subject: str) -> str | None:
    """Build it; what went wrong, None when nothing did."""
    sources = HERE if subject in (OURS, EMPTY) else INSTALLED
    return _run(["node", str(HERE / "build.js"), str(sources / f"{subject}.js"), str(BUILT / subject), subject], ROOT)


def built(subject: str) -> Bundle:
    """The bundle of a subject that was built; all that its page waits for, fetched by name or not."""
    folder = BUILT / subject
    chunks = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    key = next(key for key, chunk in chunks.items() if chunk.get("isEntry"))
    needed, waiting = [], list(chunks[key].get("imports", ()))
    waiting += [name for name in chunks[key].get("dynamicImports", ()) if name.endswith("words/english.ts")]
    while waiting:
        name = waiting.pop(0)
        if chunks[name]["file"] not in needed:
            needed.append(chunks[name]["file"])
            waiting.extend(chunks[name].get("imports", ()))
    return Bundle(folder, chunks[key]["file"], tuple(needed), tuple(chunks[key].get("css", ())))


def flow(count: int, *, placed: bool = True) -> dict[str, object]:
    """`count` nodes in columns of a chain each, with a branch at every tenth."""
    rows = -(-count // COLUMNS) if count > COLUMNS * 6 else 6
    ids = [f"n{index}" for index in range(count)]
    nodes = [
        {"id": name, "title": f"Step {index}: inspect and measure", "x": index // rows * 300, "y": index % rows * 170}
        for index, name in enumerate(ids)
    ]
    edges = [[one, other] for one, other in pairwise(ids)]
    edges += [[ids[index], ids[index + 2]] for index in range(0, count - 2, 10)]
    return {"nodes": nodes, "edges": edges, "placed": placed}


def _run(command: list[str], folder: Path) -> str | None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=WAIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        return str(failure)
    return None if done.returncode == 0 else (done.stderr.strip() or "it failed").splitlines()[-1]

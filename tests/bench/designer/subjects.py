"""The canvases that are compared: where they are built, and the flows that they show."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from bundling import Bundle, install_locked, read_bundle, run_tool

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
INSTALLED = ROOT / "build" / "bench-peers-designer"
BUILT = ROOT / "build" / "bench-designer"
OURS = "mendloop"
EMPTY = "empty"
PEERS = ("bpmnjs", "xyflow")
WAIT_S = 240
COLUMNS = 40


def install_peers() -> str | None:
    """Put the locked versions in place; what went wrong, None when nothing did."""
    return install_locked(HERE, INSTALLED, WAIT_S)


def build(subject: str) -> str | None:
    """Build it; what went wrong, None when nothing did."""
    sources = HERE if subject in (OURS, EMPTY) else INSTALLED
    command = ["node", str(HERE / "build.js"), str(sources / f"{subject}.js"), str(BUILT / subject), subject]
    return run_tool(command, ROOT, WAIT_S)


def built(subject: str) -> Bundle:
    """The bundle of a subject that was built; all that its page waits for, fetched by name or not."""
    return read_bundle(BUILT / subject, waits_for="words/english.ts")


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

"""The subjects' bundles: the peers are installed outside the repository, and all are built by the same tool."""

from __future__ import annotations

import json
from pathlib import Path

from bundling import Bundle, install_locked, read_bundle, run_tool
from runner_forms.places import HERE, ROOT

INSTALLED = ROOT / "build" / "bench-peers"
BUILT = ROOT / "build" / "bench-runner"
APP = ROOT / "platform" / "mendloop" / "static" / "runner"
WORDS = "runner/src/words/english.ts"
WAIT_S = 120


def install_peers() -> str | None:
    """Put the locked versions in place; what went wrong, None when nothing did."""
    return install_locked(HERE, INSTALLED, WAIT_S)


def build(subject: str, sources: Path) -> str | None:
    """Build `subject`; what went wrong, None when nothing did."""
    command = ["node", str(HERE / "build.js"), str(sources / f"{subject}.js"), str(BUILT / subject)]
    return run_tool(command, ROOT, WAIT_S)


def built(subject: str) -> Bundle:
    """The bundle of a subject that was built."""
    return read_bundle(BUILT / subject)


def app() -> Bundle:
    """The engineer's app as the product serves it."""
    return read_bundle(APP)


def words_of(folder: Path) -> str | None:
    """The catalogue that our page names beside its script; the peers have none."""
    chunks = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return next((chunk["file"] for key, chunk in chunks.items() if key.endswith(WORDS)), None)

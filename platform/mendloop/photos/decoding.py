"""Decoding a stranger's photo in a process that may fail, run wild or be killed without hurting us."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mendloop.photos.sniffing import FORMATS
from mendloop.problems import Problem, Refusal

MAX_PIXELS = 50_000_000
LIMITS = json.dumps({"pixels": MAX_PIXELS, "bytes": 300_000_000, "seconds": 2})
WALL_SECONDS = 2.7
PROGRAM = Path(__file__).with_name("render.py")
_turns = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Rendered:
    """What decoding found: size in upright pixels and what the file says about its making."""

    width: int
    height: int
    evidence: dict[str, Any]


def render(source: Path, media_type: str, folder: Path) -> Rendered:
    """Write `thumb.jpg` and `view.jpg` of `source` into `folder`; refused when it cannot be decoded in bounds."""
    command = [sys.executable, "-I", str(PROGRAM), str(source), FORMATS[media_type], str(folder), LIMITS]
    with _turns:
        outcome = _run(command)
    if "refused" in outcome:
        raise Refusal(Problem(outcome["refused"], params={"megapixels": MAX_PIXELS // 1_000_000}))
    return Rendered(outcome["width"], outcome["height"], outcome["evidence"])


def _run(command: list[str]) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file's path is made from its hash
            command, capture_output=True, timeout=WALL_SECONDS, check=False, env={"LANG": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired:
        return {"refused": "photo.too_slow"}
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"refused": "photo.broken"}
    return answer

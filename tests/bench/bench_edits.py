"""Edits of a template with 2,000 steps and their undo, beside a copy of the document: the simplest undo there is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print vitest's own table and ratios."""
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is not on the path")
    vitest = ROOT / "node_modules" / "vitest" / "vitest.mjs"
    subprocess.run([node, vitest, "bench", "--run", "designer/test/model/edits.bench.ts"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()

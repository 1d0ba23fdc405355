"""The phone loads the evaluator with its first screen: it has to stay small."""

import gzip
import subprocess
from pathlib import Path

from differential.peer import ROOT, node

LARGEST = 8 * 1024


def test_the_evaluator_stays_under_eight_kilobytes(tmp_path: Path) -> None:
    bundler = ROOT / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    entry = ROOT / "engine" / "web" / "src" / "expressions" / "index.ts"
    target = tmp_path / "expressions.mjs"
    command = [node(), str(bundler), str(entry), "--file", str(target), "--format", "esm", "--minify"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert len(gzip.compress(target.read_bytes(), 9)) <= LARGEST

"""The phone loads the evaluator with its first screen: it has to stay small."""

import gzip
import re
import subprocess
from pathlib import Path

from differential.peer import ROOT, node

AT_FIRST = 4 * 1024
LARGEST = 8 * 1024
SOURCE = ROOT / "engine" / "web" / "src" / "expressions" / "index.ts"


def size(folder: Path, *names: str) -> int:
    """Of the file that exports these names and of all that it imports at once, compressed."""
    entry, out = folder / "entry.ts", folder / "out"
    entry.write_text(f'export {{ {", ".join(names)} }} from "{SOURCE}";\n', "utf-8")
    bundler = ROOT / "node_modules" / "rolldown" / "bin" / "cli.mjs"
    command = [node(), str(bundler), str(entry), "--dir", str(out), "--format", "esm", "--minify"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    found = ["entry.js"]
    for name in found:
        found += set(re.findall(r'from"\./([^"]+)"', (out / name).read_text("utf-8"))) - set(found)
    return sum(len(gzip.compress((out / name).read_bytes(), 9)) for name in found)


def test_what_nearly_every_plan_says_stays_under_four_kilobytes(tmp_path: Path) -> None:
    assert size(tmp_path, "compileTree", "fromJson", "sayMore", "search", "toJson") <= AT_FIRST


def test_the_evaluator_stays_under_eight_kilobytes(tmp_path: Path) -> None:
    assert size(tmp_path, "compileTree", "fromJson", "learnEverything", "search", "toJson") <= LARGEST

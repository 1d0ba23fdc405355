"""Soundness on process nets with known labels: the verdict against the label, counterexamples replayed, seconds.

`python tests/bench/bench_soundness.py [FOLDER]`: nets as `*.lola` or in a `.tar.gz`, labels in `labels.json`. Then how
long a whole check of a template takes.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from house.places import ROOT
from measure import interleave
from mendloop.testing.lola import Lola, read_nets, shows, word
from mendloop_engine import check_template
from mendloop_engine.soundness import Finding, TooLarge, reduced, search

LIMIT = 250_000
USUAL = ROOT.parent / "shared" / "data" / "soundness"
SIZES = (200, 2_000)


@dataclass
class Table:
    """What came out."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)
    replayed: int = 0
    not_replayed: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def judge(self, name: str, lola: Lola, label: dict[str, Any] | None) -> None:
        """Decide on one net."""
        start = time.perf_counter()
        verdict = search(reduced(lola.net()), LIMIT)
        self.slowest = max(self.slowest, (time.perf_counter() - start, name))
        known = "no label" if label is None else label.get("why") or ("sound" if label["sound"] else "unsound")
        self.counts[known, word(verdict)] += 1
        if label is not None and not isinstance(verdict, TooLarge) and label["sound"] == isinstance(verdict, Finding):
            self.differing.append(f"{name}: label {known}, verdict {word(verdict)}")
        if isinstance(verdict, Finding):
            self.replayed += shows(lola, verdict)
            if not shows(lola, verdict):
                self.not_replayed.append(name)


def judge_all(folder: Path) -> Table:
    """Decide on all nets of a folder."""
    file = folder / "labels.json"
    labels = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    table = Table()
    for name, lola in read_nets(folder):
        table.judge(name, lola, labels.get(name))
    return table


def show(table: Table, seconds: float) -> None:
    """Print it."""
    print(f"Soundness of {sum(table.counts.values())} nets, at most {LIMIT:,} markings each")
    print(f"{'label':<22}{'verdict':<12}{'nets':>6}")
    for (label, said), count in sorted(table.counts.items()):
        print(f"{label:<22}{said:<12}{count:>6}")
    unsound = table.replayed + len(table.not_replayed)
    print(f"counterexamples that replay: {table.replayed} of {unsound} {' '.join(table.not_replayed)}")
    for line in table.differing:
        print(f"differs from its label: {line}")
    print(f"{seconds:.2f} s with reading; slowest {table.slowest[0] * 1e3:.0f} ms ({table.slowest[1]})")


def many_steps(count: int) -> dict[str, Any]:
    """A template of so many nodes, its steps those of the pump's, every fifth with a way around the next."""
    pump = json.loads((ROOT / "builtin_templates" / "pump" / "overhaul.json").read_text(encoding="utf-8"))
    patterns = [node for node in pump["nodes"].values() if node["kind"] == "step"]
    nodes: dict[str, Any] = {}
    for number in range(count - 1):
        step = copy.deepcopy(patterns[number % len(patterns)])
        step["fields"] = [
            each
            for each in step.get("fields", [])
            if not {"steps", "visits"} & set(re.findall(r"\w+", json.dumps(each)))
        ]
        step["fields"] = [each for each in step["fields"] if "removes" not in each and each["type"] != "photo"]
        for each in step["fields"]:
            each.update({"visible": True, "required": False, "checks": each.get("checks", [])[:0]})
        step["next"] = [{"to": f"s{number + 1}" if number + 2 < count else "done"}]
        if number % 5 == 0 and number + 3 < count:
            step["next"].insert(0, {"when": "order.warranty", "to": f"s{number + 2}"})
        step.pop("not_same_person_as", None)
        nodes[f"s{number}"] = step
    nodes["done"] = {"kind": "end", "outcome": "repaired"}
    return {**pump, "start": "s0", "nodes": nodes, "scenarios": []}


def time_checks() -> None:
    """Print how long a whole check takes: shape, names, flow, soundness, expressions, scenarios, words."""
    pump = json.loads((ROOT / "builtin_templates" / "pump" / "overhaul.json").read_text(encoding="utf-8"))
    documents = {"the pump": pump, **{f"{size:,} nodes": many_steps(size) for size in SIZES}}
    durations = interleave({name: partial(check_template, each) for name, each in documents.items()}, 15, 5)
    print("\nA whole check of a template (median, ms)")
    for name, seconds in durations.items():
        errors = len(check_template(documents[name]).problems.errors)
        size = len(json.dumps(documents[name], ensure_ascii=False).encode()) // 1000
        print(f"{name:<14}{seconds * 1e3:>8.0f} ms {size:>7,} kB {errors:>4} errors")


def main(arguments: list[str]) -> int:
    """The exit code: 1 when a verdict differs from its label or a run does not replay."""
    folder = Path(arguments[0]) if arguments else USUAL
    table = Table()
    if folder.is_dir():
        start = time.perf_counter()
        table = judge_all(folder)
        show(table, time.perf_counter() - start)
    else:
        print(f"{folder} is absent: no nets to decide on")
    if not arguments:
        time_checks()
    return 1 if table.not_replayed or any(": label cap" not in line for line in table.differing) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

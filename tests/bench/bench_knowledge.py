"""Searching cases: how long a question takes at 100,000 of them, how large the index is, how long making it takes."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from measure import percentile
from mendloop.knowledge.search import open_index
from mendloop.testing.many_cases import ManyCases

T = TypeVar("T")
SIZES = [int(size) for size in os.environ.get("MENDLOOP_KNOWLEDGE_SIZES", "1000,10000,100000").split(",")]
QUESTIONS = 1000
BUDGET = 0.020
"""Seconds that 99 of 100 questions may take."""


def main() -> None:
    """Print the table; say so where a question is too slow."""
    print("The nearest cases, and suggestions while typing (ms; work: of a processor, whoever else it serves)")
    print(
        f"{'cases':>8} {'built, s':>9} {'MB':>6} {'MB memory':>10} {'search p50':>11} {'p99':>6}"
        f" {'work p50':>9} {'p99':>6} {'suggest p50':>12} {'p99':>6} {'one more, ms':>13}"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(size, Path(folder))


def _measure(size: int, folder: Path) -> None:
    cases = ManyCases()
    entries = list(cases.entries(size))
    before = _resident()
    index = open_index(folder)
    start = time.perf_counter()
    index.put(entries, size)
    built = time.perf_counter() - start
    questions, beginnings = list(cases.questions(QUESTIONS)), list(cases.beginnings(QUESTIONS))
    searched, worked = _timed(index.search, questions)
    suggested, _ = _timed(index.suggest, beginnings)
    more, _ = _timed(lambda entry: index.put([entry]), entries[:20])
    memory = _resident() - before
    index.close()
    megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"{size:>8} {built:>9.1f} {megabytes:>6.0f} {memory / 1e6:>10.0f} {percentile(searched, 0.5) * 1e3:>11.2f}"
        f" {percentile(searched, 0.99) * 1e3:>6.2f} {percentile(worked, 0.5) * 1e3:>9.2f}"
        f" {percentile(worked, 0.99) * 1e3:>6.2f}"
        f" {percentile(suggested, 0.5) * 1e3:>12.2f} {percentile(suggested, 0.99) * 1e3:>6.2f}"
        f" {percentile(more, 0.5) * 1e3:>13.1f}"
    )
    if percentile(searched, 0.99) > BUDGET:
        print(f"         too slow: the budget is {BUDGET * 1e3:.0f} ms for 99 of 100")


def _timed(act: Callable[[T], object], items: Iterable[T]) -> tuple[list[float], list[float]]:
    """Seconds by the clock and seconds of work for each, after one that warms the files up."""
    items = list(items)
    act(items[0])
    clocks, works = [], []
    for item in items:
        start, work = time.perf_counter(), time.thread_time()
        act(item)
        works.append(time.thread_time() - work)
        clocks.append(time.perf_counter() - start)
    return clocks, works


def _resident() -> int:
    """Bytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()

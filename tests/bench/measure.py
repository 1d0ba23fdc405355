"""Interleaved measuring: every action in turn, again and again, so that a slow moment hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mendloop.testing.visitor import Visitor

Action = Callable[[], object]


def interleave(
    actions: Mapping[str, Action], seconds: float, least_rounds: int = 15, times: int = 1
) -> dict[str, float]:
    """The median duration in seconds of each action over interleaved rounds within about `seconds`.

    In a round each action runs `times` times in a row and its mean counts, after one run that does not: otherwise a
    short one would measure the caches that a long one before it left behind.
    """
    samples: dict[str, list[float]] = {name: [] for name in actions}
    stop = time.perf_counter() + seconds
    rounds = 0
    while rounds < least_rounds or time.perf_counter() < stop:
        for name, action in actions.items():
            samples[name].append(_timed(action, times))
        rounds += 1
    return {name: statistics.median(durations) for name, durations in samples.items()}


def _timed(action: Action, times: int) -> float:
    action()
    start = time.perf_counter()
    for _ in range(times):
        action()
    return (time.perf_counter() - start) / times


def processor(action: Action, times: int = 10) -> float:
    """Seconds of work: what is left of the time where others work on the same machine."""
    start = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - start) / times


def fetch(visitor: Visitor, path: str) -> None:
    """The page, and nothing but the page: anything else would be measured as a quick one."""
    answer = visitor.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0–1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

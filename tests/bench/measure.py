"""Interleaved measuring: every action once, in turn, again and again, so that a slow moment hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

Action = Callable[[], object]


def interleave(actions: Mapping[str, Action], seconds: float, least_rounds: int = 15) -> dict[str, float]:
    """The median duration in seconds of each action over interleaved rounds within about `seconds`."""
    samples: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    stop = time.perf_counter() + seconds
    rounds = 0
    while rounds < least_rounds or time.perf_counter() < stop:
        for name, action in actions.items():
            samples[name].append(_timed(action))
        rounds += 1
    return {name: statistics.median(times) for name, times in samples.items()}


def _timed(action: Action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0–1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

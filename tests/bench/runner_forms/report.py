"""Medians of all rounds, as a table, and beside the budgets."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

NAMES = {
    ("bare", "large"): "A bare page with one script",
    ("mendloop", "large"): "Mendloop's fields, all on one page",
    ("mendloop", "steps"): "Mendloop's fields, 20 a step",
    ("app", "large"): "Mendloop's whole app, one step of 500",
    ("app", "steps"): "Mendloop's whole app, 20 a step",
    ("rjsf", "large"): "rjsf",
    ("jsonforms", "large"): "JSON Forms",
    ("formjs", "large"): "form-js",
    ("surveyjs", "large"): "SurveyJS",
}
PEERS = ("rjsf", "jsonforms", "formjs", "surveyjs")
COLUMNS = ("program kB", "all kB", "requests", "rounds", "usable s", "load cpu ms", "key ms", "heap MB", "nodes")

WHAT = """\
30 fields: gzip bytes until the first field (scripts and styles; all), and time until usable at 4x CPU and Fast 3G.
Files come over HTTP/1.1, with nothing kept. All pages bring their form along; that of the whole app is made by the
product and brings session, order and plan. Rounds: requests that began only when another had ended.
500 fields: main-thread CPU of loading at 1x, keystroke until the dependent field is shown at 4x, JS heap.
The app shows one step a screen: 20 of the 500 here. A template may not have more than 200 fields in one step;
the step of 500 was put together after compiling. form-js cannot demand by condition: those fields are plain there.
It is also busy for 10 s and more after its 500 fields are shown: that counts, and its keystroke waits; done once."""


@dataclass(slots=True)
class Results:
    """Everything measured, by subject, by what it was measured for, and by figure."""

    samples: dict[tuple[str, str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, str] = field(default_factory=dict)
    rounds: int = 0

    def add(self, subject: str, measured: str, figures: dict[str, float]) -> None:
        """One visit's figures; those of several keystrokes count as one figure."""
        for name, value in figures.items():
            self.samples[subject, measured, name.partition(" ")[0]].append(value)

    def median(self, subject: str, measured: str, figure: str) -> float | None:
        """None where it was not measured."""
        found = self.samples.get((subject, measured, figure))
        return statistics.median(found) if found else None


def print_table(results: Results) -> None:
    """A line for each subject."""
    print(f"The same form, every second field dependent; medians of up to {results.rounds} interleaved rounds.")
    print(WHAT)
    print(f"{'':38}" + "".join(f"{column:>12}" for column in COLUMNS))
    for (subject, measured), name in NAMES.items():
        print(f"{name:38}" + "".join(f"{_shown(value):>12}" for value in _row(results, subject, measured)))


def _row(results: Results, subject: str, measured: str) -> list[float | None]:
    small = [
        results.median(subject, "small", figure) for figure in ("program", "bytes", "requests", "rounds", "usable")
    ]
    large = [results.median(subject, measured, figure) for figure in ("task", "key", "heap", "nodes")]
    units = (1e3, 1e3, 1, 1, 1e3)
    return [None if value is None else value / unit for value, unit in zip(small, units, strict=True)] + large


def _shown(value: float | None) -> str:
    if value is None or value == math.inf:
        return "-" if value is None else "> 15 s"
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def print_budgets(results: Results, app_bytes: int) -> None:
    """A line for each budget: the best peer, ours, how many times less, and whether it holds."""
    print(f"\n{'budget':62}{'best peer':>20}{'ours':>9}{'less':>8}  holds")
    ours = results.median
    fields = _kilo(ours("mendloop", "small", "program"))
    _limit(results, "fields, form and expressions to the first field: <= 28 kB", ("small", "program", 1e3), fields, 28)
    _limit(results, "whole app, main script and its static imports: <= 100 kB", None, app_bytes / 1e3, 100)
    for subject, name in (("mendloop", "fields alone"), ("app", "whole app")):
        usable = _kilo(ours(subject, "small", "usable"))
        _times(results, f"30 fields usable, {name}: <= half of every peer", ("small", "usable", 1e3), usable, 2)
        _beyond_a_bare_page(results, f"30 fields usable, {name}, beyond a bare page: <= half", usable)
    for subject, measured, name in (
        ("mendloop", "steps", "20 a step"),
        ("mendloop", "large", "one page"),
        ("app", "steps", "app"),
    ):
        cpu, key, heap = (ours(subject, measured, figure) for figure in ("task", "key", "heap"))
        _times(results, f"500 fields, load cpu, {name}: 5x less than rjsf", ("large", "task", 1), cpu, 5, ("rjsf",))
        _times(results, f"500 fields, keystroke, {name}: 3x less than the best", ("large", "key", 1), key, 3)
        _limit(results, f"500 fields, keystroke, {name}: <= 50 ms + one frame", None, key, 50 + 1000 / 60)
        _limit(results, f"500 fields, JS heap, {name}: <= 3 MB", ("large", "heap", 1), heap, 3)


def _beyond_a_bare_page(results: Results, name: str, usable: float | None) -> None:
    """As `_times` with 2, less what a page with one script costs: two round trips, which nobody can save."""
    bare = _kilo(results.median("bare", "small", "usable"))
    peer, best = _best(results, ("small", "usable", 1e3), PEERS)
    if bare is None or best is None or usable is None:
        _print(name, "", None, None, "not measured")
        return
    _print(name, peer, best - bare, usable - bare, "yes" if best - bare >= 2 * (usable - bare) else "NO")


Figure = tuple[str, str, float]


def _times(
    results: Results, name: str, figure: Figure, ours: float | None, wanted: float, among: tuple[str, ...] = PEERS
) -> None:
    _line(results, name, figure, ours, lambda best, own: best is not None and best >= wanted * own, among)


def _limit(results: Results, name: str, figure: Figure | None, ours: float | None, most: float) -> None:
    _line(results, name, figure, ours, lambda _best, own: own <= most, PEERS)


def _line(
    results: Results,
    name: str,
    figure: Figure | None,
    ours: float | None,
    holds: Callable[[float | None, float], bool],
    among: tuple[str, ...],
) -> None:
    peer, best = _best(results, figure, among)
    _print(name, peer, best, ours, "not measured" if ours is None else "yes" if holds(best, ours) else "NO")


def _print(name: str, peer: str, best: float | None, ours: float | None, verdict: str) -> None:
    beside = "" if best is None else f"{peer} {_shown(best)}"
    ratio = "" if best is None or not ours else f"{best / ours:.1f}x"
    print(f"{name:62}{beside:>20}{_shown(ours):>9}{ratio:>8}  {verdict}")


def _best(results: Results, figure: Figure | None, among: tuple[str, ...]) -> tuple[str, float | None]:
    if figure is None:
        return "", None
    measured, name, unit = figure
    found = {peer: results.median(peer, measured, name) for peer in among}
    known = {peer: value / unit for peer, value in found.items() if value is not None}
    return min(known.items(), key=lambda item: item[1]) if known else ("", None)


def _kilo(value: float | None) -> float | None:
    return None if value is None else value / 1e3

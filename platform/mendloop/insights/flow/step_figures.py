"""What happened at each step of a flow: how often, how long one waited and worked, what was done again, what stands
still now. And which routes were taken."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mendloop.insights.flow.log import Trace
from mendloop.insights.flow.numbers import Interval, median_interval, percentile, share_interval
from mendloop.insights.flow.tasks import Task, tasks_of
from mendloop.insights.flow.variants import Explained


@dataclass(frozen=True, slots=True)
class Still:
    """Work that is open: of which case, what keeps it (`waiting`, `running`, `paused`), and since when."""

    case: str
    state: str
    since: dt.datetime


@dataclass(slots=True)
class StepFigures:
    """`visits` are completed ones, `again` those of them that were not the first of their case. Minutes that were
    waited before the step and worked in it, one number for each visit that tells it."""

    step: str
    visits: int = 0
    cases: int = 0
    again: int = 0
    waits: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)
    still: list[Still] = field(default_factory=list)

    @property
    def wait(self) -> float | None:
        """The median."""
        return percentile(self.waits, 0.5)

    @property
    def work(self) -> float | None:
        """The median."""
        return percentile(self.works, 0.5)

    @property
    def work_interval(self) -> Interval | None:
        """The median with its bounds."""
        return median_interval(self.works)

    @property
    def wait_interval(self) -> Interval | None:
        """The median with its bounds."""
        return median_interval(self.waits)

    @property
    def repeated(self) -> Interval | None:
        """Visits that were not the first of their case, of all."""
        return share_interval(self.again, self.visits)

    @property
    def oldest(self) -> dt.datetime | None:
        """Since when the longest of what is open here is."""
        return min((each.since for each in self.still), default=None)


def figures_by_step(
    traces: Iterable[Trace], steps: Sequence[str], step_of: Callable[[str], str]
) -> dict[str, StepFigures]:
    """For each step; `step_of` says which one an activity is."""
    found = {step: StepFigures(step) for step in steps}
    for trace in traces:
        seen: Counter[str] = Counter()
        for task in tasks_of(trace):
            figures = found.get(step_of(task.activity))
            if figures is not None:
                _count(figures, trace.case, task, seen)
    return found


def _count(figures: StepFigures, case: str, task: Task, seen: Counter[str]) -> None:
    if task.waited is not None:
        figures.waits.append(task.waited)
    if task.is_open:
        figures.still.append(_still(case, task))
    if task.completed is None:
        return
    figures.visits += 1
    figures.cases += not seen[figures.step]
    figures.again += bool(seen[figures.step])
    seen[figures.step] += 1
    if task.worked is not None:
        figures.works.append(task.worked)


def _still(case: str, task: Task) -> Still:
    if task.started is None:
        state, since = "waiting", task.ready
    elif task.runs_since is None:
        state, since = "paused", task.stopped
    else:
        state, since = "running", task.runs_since
    return Still(case, state, since or dt.datetime.max.replace(tzinfo=dt.UTC))


def routes_taken(explained: Iterable[Explained]) -> Counter[str]:
    """How many times each move of the net was made, as far as the cases went along it."""
    taken: Counter[str] = Counter()
    for each in explained:
        for move in each.replayed.moves:
            if move.firing is not None and move.kind != "missing":
                taken[move.firing.name] += each.variant.count
    return taken


def deviations_by_kind(explained: Iterable[Explained]) -> list[tuple[str, str, int, tuple[str, ...]]]:
    """Each deviation there is: `extra` or `missing`, of what, in how many cases, and which; frequent ones first."""
    cases: dict[tuple[str, str], dict[str, None]] = {}
    for each in explained:
        for move in each.replayed.deviations:
            name = move.firing.step if move.firing is not None else each.variant.works[move.work or 0].name
            found = cases.setdefault((move.kind, name), {})
            found.update(dict.fromkeys(trace.case for trace in each.variant.traces))
    ordered = sorted(cases.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(kind, name, len(names), tuple(names)) for (kind, name), names in ordered]


def rework_share(figures: Mapping[str, StepFigures], traces: Sequence[Trace]) -> Interval | None:
    """Cases in which any step was done more than once, of all."""
    again = 0
    for trace in traces:
        counts = Counter(event.activity for event in trace.done())
        again += any(count > 1 for name, count in counts.items() if name in figures)
    return share_interval(again, len(traces))

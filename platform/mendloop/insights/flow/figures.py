"""Figures of any log, from its events and from what its words mean; each is defined where it is computed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from mendloop.insights.flow.log import Log, Trace
from mendloop.insights.flow.meaning import Meaning, written
from mendloop.insights.flow.numbers import Interval, mean, percentile, share_interval
from mendloop.insights.flow.tasks import Task, tasks_of


@dataclass(frozen=True, slots=True)
class Tested:
    """Cases with a completed test, of those the ones that passed the first time, and the last time they were tested."""

    cases: int
    first_passed: int
    last_passed: int

    @property
    def rate(self) -> Interval | None:
        """Passed the first time, of those with a test."""
        return share_interval(self.first_passed, self.cases)


@dataclass(frozen=True, slots=True)
class Restarts:
    """How often repairs were sent back: in all, in how many cases, and at most in one of them."""

    total: int
    cases: int
    most: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """Minutes from the first event of a case to its last one."""

    mean: float
    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class Labour:
    """Minutes between start and completion, over the tasks that have both."""

    name: str
    minutes: float
    tasks: int

    @property
    def each(self) -> float:
        """Minutes a task, on average."""
        return self.minutes / self.tasks


@dataclass(frozen=True)
class Figures:
    """Everything the page of a log shows."""

    log: Log
    meaning: Meaning

    @cached_property
    def tested(self) -> Tested | None:
        """None where nobody said which activity is the test and what passing it means."""
        if not (self.meaning.test and self.meaning.passed_key):
            return None
        verdicts = [found for found in (self._verdicts(trace) for trace in self.log.traces) if found]
        return Tested(len(verdicts), sum(each[0] for each in verdicts), sum(each[-1] for each in verdicts))

    def _verdicts(self, trace: Trace) -> list[bool]:
        meaning = self.meaning
        return [
            written(event.attributes.get(meaning.passed_key, "")) == meaning.passed_value
            for event in trace.done()
            if event.activity == meaning.test
        ]

    @cached_property
    def restarts(self) -> Restarts | None:
        """None where neither a restart nor a test is known."""
        if not (self.meaning.restart or self.meaning.test):
            return None
        counted = [self._restarts(trace) for trace in self.log.traces]
        return Restarts(sum(counted), sum(count > 0 for count in counted), max(counted, default=0))

    def _restarts(self, trace: Trace) -> int:
        done = Counter(event.activity for event in trace.done())
        return done[self.meaning.restart] if self.meaning.restart else max(0, done[self.meaning.test] - 1)

    @cached_property
    def cycle(self) -> Cycle:
        """Over all cases."""
        minutes = [trace.minutes for trace in self.log.traces]
        middle, high = percentile(minutes, 0.5), percentile(minutes, 0.9)
        return Cycle(mean(minutes) or 0.0, middle or 0.0, high or 0.0)

    @cached_property
    def tasks(self) -> list[Task]:
        """All work of all cases."""
        return [task for trace in self.log.traces for task in tasks_of(trace)]

    @cached_property
    def paired(self) -> list[Task]:
        """Tasks with a start and a completion."""
        return [task for task in self.tasks if task.worked is not None]

    @property
    def unpaired(self) -> int:
        """Starts that no completion follows."""
        return sum(task.started is not None and task.completed is None for task in self.tasks)

    @cached_property
    def by_activity(self) -> list[Labour]:
        """Labour by activity, most first."""
        return _labour((task.activity, task) for task in self.paired)

    @cached_property
    def by_person(self) -> list[Labour]:
        """Labour by who did it, most first."""
        return _labour((task.resource, task) for task in self.paired)


def _labour(tasks: Iterable[tuple[str, Task]]) -> list[Labour]:
    minutes: dict[str, list[float]] = {}
    for name, task in tasks:
        minutes.setdefault(name, []).append(task.worked or 0.0)
    found = [Labour(name, sum(each), len(each)) for name, each in minutes.items()]
    return sorted(found, key=lambda labour: (-labour.minutes, labour.name))

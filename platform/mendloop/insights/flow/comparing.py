"""Two versions of a template beside each other. A difference is called one only where the 95 % intervals of the two
figures do not overlap: everything else may be chance, and the page says so."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mendloop.insights.flow.log import Trace
from mendloop.insights.flow.numbers import Interval, median_interval
from mendloop.insights.flow.step_figures import StepFigures, figures_by_step, rework_share
from mendloop.insights.flow.tasks import tasks_of

Kind: TypeAlias = Literal["minutes", "share"]
Verdict: TypeAlias = Literal["better", "worse", "chance", "unknown"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure before and after; less is better, unless `more_is_better`. `step` is empty for whole repairs."""

    figure: str
    kind: Kind
    before: Interval | None
    after: Interval | None
    step: str = ""
    more_is_better: bool = False

    @property
    def verdict(self) -> Verdict:
        """What may be said of the difference."""
        before, after = self.before, self.after
        if before is None or after is None or before.low is None or after.low is None:
            return "unknown"
        if not after.is_clear_of(before):
            return "chance"
        return "better" if (after.value > before.value) == self.more_is_better else "worse"


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one version; `over` are those of them that came to an end."""

    all: Sequence[Trace]
    over: Sequence[Trace]

    def work(self) -> Interval | None:
        """Minutes of work in a case that is over, the median."""
        return median_interval([sum(task.worked or 0 for task in tasks_of(trace)) for trace in self.over])

    def length(self) -> Interval | None:
        """Minutes from the first event of a case that is over to its last one, the median."""
        return median_interval([trace.minutes for trace in self.over])


def compare(before: Cases, after: Cases, steps: Sequence[str]) -> list[Compared]:
    """Whole repairs first, then step by step; steps that nobody did in either version are left out."""
    figures = [figures_by_step(cases.all, steps, lambda activity: activity) for cases in (before, after)]
    again = (rework_share(figures[0], before.over), rework_share(figures[1], after.over))
    whole = [
        Compared("length", "minutes", before.length(), after.length()),
        Compared("work", "minutes", before.work(), after.work()),
        Compared("rework", "share", again[0], again[1]),
    ]
    return [*whole, *(each for step in steps for each in _of_step(figures[0][step], figures[1][step]))]


def _of_step(before: StepFigures, after: StepFigures) -> Iterator[Compared]:
    shown: tuple[tuple[str, Kind, Callable[[StepFigures], Interval | None]], ...] = (
        ("wait", "minutes", lambda each: each.wait_interval),
        ("step_work", "minutes", lambda each: each.work_interval),
        ("repeated", "share", lambda each: each.repeated),
    )
    if before.visits or after.visits:
        for figure, kind, of in shown:
            yield Compared(figure, kind, of(before), of(after), before.step)

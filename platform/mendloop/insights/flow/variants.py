"""Variants: the ways in which cases went, those that went the same way together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mendloop.insights.flow.log import Log, Trace
from mendloop.insights.flow.numbers import percentile
from mendloop.insights.flow.replay import Replayed, Work, replay
from mendloop.insights.flow.template_net import TemplateNet

EXAMPLES = 5
OUTSIDE = "-"
"""Stands for a step where somebody said that the activity is not part of the template."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Cases in which the same was done in the same order. `number`: 1 is the most frequent one."""

    number: int
    works: tuple[Work, ...]
    traces: tuple[Trace, ...]
    share: float

    @property
    def count(self) -> int:
        """How many cases went this way."""
        return len(self.traces)

    @property
    def median_minutes(self) -> float:
        """From first event to last."""
        return percentile([trace.minutes for trace in self.traces], 0.5) or 0.0

    @property
    def examples(self) -> tuple[Trace, ...]:
        """Some of its cases."""
        return self.traces[:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Explained:
    """A variant and how the template explains it."""

    variant: Variant
    replayed: Replayed

    @property
    def verdict(self) -> str:
        """`fits` from beginning to end, `stops` before an end, `deviates`, or `cut`: too long to be explained."""
        if self.replayed.is_cut:
            return "cut"
        if self.replayed.deviations:
            return "deviates"
        return "fits" if self.replayed.is_ended else "stops"


Named = Callable[[Trace], tuple[Work, ...]]


def done_in(trace: Trace) -> tuple[Work, ...]:
    """What was done, by the names that the log has for it."""
    return tuple(Work(event.activity) for event in trace.done())


def mapped(steps: Mapping[str, str]) -> Named:
    """What was done, each as the step that it is; what is `OUTSIDE` the template is left out, and what is nothing of
    it stays without a step."""

    def named(trace: Trace) -> tuple[Work, ...]:
        known = ((event.activity, steps.get(event.activity, "")) for event in trace.done())
        return tuple(Work(name, step) for name, step in known if step != OUTSIDE)

    return named


def variants_of(traces: Sequence[Trace], named: Named = done_in) -> list[Variant]:
    """All variants, the most frequent one first."""
    groups: dict[tuple[Work, ...], list[Trace]] = {}
    for trace in traces:
        groups.setdefault(named(trace), []).append(trace)
    ordered = sorted(groups.items(), key=lambda each: -len(each[1]))
    return [
        Variant(number, works, tuple(group), len(group) / len(traces))
        for number, (works, group) in enumerate(ordered, 1)
    ]


def explain(net: TemplateNet, variants: Sequence[Variant], *, end: int = 0) -> list[Explained]:
    """How the template explains each of them; `end`, a marking: they are over, and came to one of these ends."""
    return [Explained(variant, replay(net, variant.works, end=end)) for variant in variants]


def guess_steps(log: Log, titles: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each activity the step that has its name, in any language or as its id; empty where none has."""
    steps = {_plain(name): step for step, names in titles.items() for name in (*names, step)}
    return {activity: steps.get(_plain(activity), "") for activity in log.activities()}


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())

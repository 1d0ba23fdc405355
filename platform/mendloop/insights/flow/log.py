"""An event log as process mining understands it: cases, and what happened in each of them, in order.

It is the one thing that everything here works on, whether it was made from the organisation's own orders or read from
a file. Nothing in it knows of orders, of databases or of the web.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | bool | int | Decimal | dt.datetime
Attributes: TypeAlias = Mapping[str, Value]

SCHEDULE, START, SUSPEND, RESUME, COMPLETE = "schedule", "start", "suspend", "resume", "complete"
"""The transitions of the standard lifecycle that carry time here."""
DROPPED = frozenset({"withdraw", "ate_abort", "pi_abort", "autoskip", "manualskip"})
"""Those after which a task is over though nobody did it."""


@dataclass(frozen=True, slots=True)
class LogEvent:
    """What happened to an activity, when, and by whom; `transition` is one of the standard lifecycle's, in small
    letters. `attributes` is everything else that was said of it."""

    activity: str
    transition: str
    at: dt.datetime
    resource: str = ""
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """One case: its name, its events in the order in which the log tells them."""

    case: str
    events: tuple[LogEvent, ...]
    attributes: Attributes = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        """From its first event to its last one."""
        if not self.events:
            return 0.0
        times = [event.at for event in self.events]
        return (max(times) - min(times)).total_seconds() / 60

    def done(self) -> Iterator[LogEvent]:
        """The events with which an activity was completed."""
        return (event for event in self.events if event.transition == COMPLETE)


@dataclass(frozen=True, slots=True)
class Log:
    """All cases of a log."""

    name: str
    traces: tuple[Trace, ...]
    attributes: Attributes = field(default_factory=dict)

    @property
    def events(self) -> int:
        """How many events there are in all cases."""
        return sum(len(trace.events) for trace in self.traces)

    def activities(self) -> list[str]:
        """Every activity, in the order in which they first occur."""
        return list(dict.fromkeys(event.activity for trace in self.traces for event in trace.events))

    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """From the first event of all to the last one."""
        times = [event.at for trace in self.traces for event in trace.events]
        return (min(times), max(times)) if times else None

"""Work in a case: what its events say about one activity, from when it could be begun until it was done.

A completion belongs to the earliest task of its activity that is open, of the same person before others'; where the
log names instances (`concept:instance`), to that instance and no other.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mendloop.insights.flow.log import COMPLETE, DROPPED, RESUME, SCHEDULE, START, SUSPEND, LogEvent, Trace
from mendloop.insights.flow.xes import INSTANCE


@dataclass(slots=True)
class Task:
    """One piece of work. `ready` is when it could be begun: when it was scheduled or, where the log does not say, when
    the case's work before it was done. `worked` is the time between start and completion without interruptions; None
    where there is no start, or no end yet."""

    activity: str
    resource: str = ""
    instance: str = ""
    ready: dt.datetime | None = None
    started: dt.datetime | None = None
    completed: dt.datetime | None = None
    is_dropped: bool = False
    runs_since: dt.datetime | None = None
    stopped: dt.datetime | None = None
    spent: dt.timedelta = dt.timedelta()

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.completed is None and not self.is_dropped

    @property
    def worked(self) -> float | None:
        """Minutes of work."""
        if self.started is None or self.completed is None:
            return None
        return self.spent.total_seconds() / 60

    @property
    def waited(self) -> float | None:
        """Minutes between when it could be begun and when it was."""
        if self.ready is None or self.started is None:
            return None
        return max(0.0, (self.started - self.ready).total_seconds() / 60)


def tasks_of(trace: Trace) -> list[Task]:
    """All work of the case, in the order in which it appears."""
    found: list[Task] = []
    done_last: dt.datetime | None = None
    for event in trace.events:
        task = _task_of(found, event)
        if task is None:
            continue
        if task.ready is None:
            task.ready = event.at if event.transition == SCHEDULE else done_last
        _happens(task, event)
        if event.transition == COMPLETE:
            done_last = event.at
    return found


def _task_of(found: list[Task], event: LogEvent) -> Task | None:
    """The task that the event is about; a new one where it begins one."""
    is_beginning = event.transition in (SCHEDULE, START)
    task = _waiting(found, event, unstarted=event.transition == START) if event.transition != SCHEDULE else None
    if task is None and (is_beginning or event.transition == COMPLETE):
        task = Task(event.activity, instance=_instance(event))
        found.append(task)
    return task


def _waiting(found: Iterable[Task], event: LogEvent, *, unstarted: bool) -> Task | None:
    fitting = [
        task
        for task in found
        if task.is_open
        and task.activity == event.activity
        and task.instance == _instance(event)
        and not (unstarted and task.started is not None)
    ]
    own = [task for task in fitting if task.resource == event.resource]
    started = [task for task in own or fitting if task.started is not None]
    return next(iter(started or own or fitting), None)


def _instance(event: LogEvent) -> str:
    return str(event.attributes.get(INSTANCE, ""))


def _happens(task: Task, event: LogEvent) -> None:
    if event.resource:
        task.resource = event.resource
    if event.transition == START:
        task.started = task.runs_since = event.at
    elif event.transition == RESUME:
        task.started, task.runs_since = task.started or event.at, event.at
    elif event.transition in (SUSPEND, COMPLETE):
        _stop(task, event.at)
        task.completed = event.at if event.transition == COMPLETE else None
    elif event.transition in DROPPED:
        task.is_dropped = True


def _stop(task: Task, at: dt.datetime) -> None:
    if task.runs_since is not None:
        task.spent += max(dt.timedelta(), at - task.runs_since)
    task.runs_since, task.stopped = None, at

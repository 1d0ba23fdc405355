"""The organisation's own orders as an event log: what the engine recorded of steps, in the standard's words.

Activities are steps by their ids. A visit is an instance of its step (`concept:instance`). No answers are in it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop.insights.flow.log import COMPLETE, RESUME, SCHEDULE, START, SUSPEND, Attributes, LogEvent, Trace, Value
from mendloop.insights.flow.replay import Work
from mendloop.insights.flow.xes import INSTANCE

ROUTE, REWORK, REASON, ROLE = "mendloop:route", "mendloop:rework", "mendloop:reason", "org:role"
WITHDRAW = "withdraw"
_TRANSITIONS = {
    "StepOpened": SCHEDULE,
    "StepStarted": START,
    "StepPaused": SUSPEND,
    "StepResumed": RESUME,
    "StepCompleted": COMPLETE,
}
_SAID = {"StepPaused": ("reason", REASON), "StepCompleted": ("edge", ROUTE)}


@dataclass(frozen=True, slots=True)
class OwnTrace:
    """An order as a case, with what was done in it and by which route each step was left."""

    order_id: str
    status: str
    trace: Trace

    @property
    def works(self) -> tuple[Work, ...]:
        """What was done, step by step."""
        return tuple(
            Work(event.activity, event.activity, str(event.attributes.get(ROUTE, ""))) for event in self.trace.done()
        )


def trace_of(case: str, events: Iterable[Mapping[str, Any]], attributes: Attributes) -> Trace:
    """The case that these events of an order, as JSON, tell."""
    found: list[LogEvent] = []
    open_visits: dict[str, None] = {}
    for event in events:
        transition = _TRANSITIONS.get(event["type"])
        if transition is not None:
            found.append(_event(event, transition))
            open_visits[event["visit"]] = None
            if transition == COMPLETE:
                open_visits.pop(event["visit"])
        elif event["type"] == "OrderCancelled":
            found += [_withdrawn(visit, event) for visit in open_visits]
    return Trace(case, tuple(found), attributes)


def _event(event: Mapping[str, Any], transition: str) -> LogEvent:
    said: dict[str, Value] = {INSTANCE: event["visit"]}
    name, key = _SAID.get(event["type"], ("", ""))
    if event.get(name):
        said[key] = str(event[name])
    if event.get("rework"):
        said[REWORK] = str(event["rework"]["edge"])
    who = "" if transition == SCHEDULE else str(event["by"])
    return LogEvent(_node(event["visit"]), transition, _instant(event["at"]), who, said)


def _withdrawn(visit: str, event: Mapping[str, Any]) -> LogEvent:
    return LogEvent(_node(visit), WITHDRAW, _instant(event["at"]), str(event["by"]), {INSTANCE: visit})


def _node(visit: str) -> str:
    return visit.rpartition("#")[0]


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def spoken(trace: Trace, titles: Mapping[str, str], people: Mapping[str, str], roles: Mapping[str, str]) -> Trace:
    """The same with names instead of ids, as other programs and people read it."""
    events = tuple(_spoken(event, titles, people, roles) for event in trace.events)
    return Trace(trace.case, events, trace.attributes)


def _spoken(
    event: LogEvent, titles: Mapping[str, str], people: Mapping[str, str], roles: Mapping[str, str]
) -> LogEvent:
    said = {**event.attributes, "mendloop:step": event.activity}
    role = roles.get(event.activity)
    if role:
        said[ROLE] = role
    who = people.get(event.resource, event.resource)
    return LogEvent(titles.get(event.activity, event.activity), event.transition, event.at, who, said)


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id, where several steps have one title with their ids behind it."""
    said = list(titles.values())
    return {name: title if said.count(title) == 1 else f"{title} ({name})" for name, title in titles.items()}

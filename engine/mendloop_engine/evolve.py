"""What an event does to the state. Only small mappings are copied, and only those that the event changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from . import events as happened
from .events import Event
from .state import Lock, OpenJoin, OpenVisit, State, point_key, visit_node
from .time import elapsed_ms

_V = TypeVar("_V")

Changed: TypeAlias = Mapping[str, Any]
"""The members of the state that an event changes, with their new values."""


def evolve(state: State, event: Event) -> State:
    """The state after `event`. `state` stays as it is."""
    changed = _CHANGES[type(event)](state, event)
    return replace(state, sequence=state.sequence + 1, **changed)


def _with(mapping: Mapping[str, _V], key: str, value: _V) -> Mapping[str, _V]:
    return {**mapping, key: value}


def _without(mapping: Mapping[str, _V], key: str) -> Mapping[str, _V]:
    return {name: value for name, value in mapping.items() if name != key}


def _nothing(_state: State, _event: Event) -> Changed:
    return {}


def _order_opened(_state: State, event: happened.OrderOpened) -> Changed:
    return {"status": "open", "order": event.order}


def _order_assigned(_state: State, event: happened.OrderAssigned) -> Changed:
    return {"assigned_to": event.person}


def _order_ended(_state: State, event: happened.OrderEnded) -> Changed:
    return {"status": "ended", "outcome": event.outcome, "active": {}, "joins": {}}


def _order_cancelled(_state: State, _: happened.OrderCancelled) -> Changed:
    return {"status": "cancelled", "active": {}, "joins": {}}


def _step_opened(state: State, event: happened.StepOpened) -> Changed:
    opened = OpenVisit(event.node, event.number, "ready", None, event.at, 0)
    return {"active": _with(state.active, event.visit, opened)}


def _step_started(state: State, event: happened.StepStarted | happened.StepResumed) -> Changed:
    visit = replace(state.active[event.visit], status="running", by=event.by, since=event.at)
    return {"active": _with(state.active, event.visit, visit)}


def _step_paused(state: State, event: happened.StepPaused) -> Changed:
    visit = state.active[event.visit]
    paused = replace(visit, status="paused", since=event.at, worked_ms=worked_ms(visit, event.at))
    return {"active": _with(state.active, event.visit, paused)}


def _step_completed(state: State, event: happened.StepCompleted) -> Changed:
    return {"active": _without(state.active, event.visit)}


def _point_locked(state: State, event: happened.PointLocked) -> Changed:
    key = point_key(visit_node(event.visit), event.field, event.point)
    lock = Lock(event.visit, event.by, event.at, event.photo, None)
    return {"locks": _with(state.locks, key, lock)}


def _locks_confirmed(state: State, event: happened.LocksConfirmed) -> Changed:
    gate = point_key(visit_node(event.visit), event.field, "")
    locks = {
        key: replace(lock, confirmed_by=event.by) if key.startswith(gate) and lock.confirmed_by is None else lock
        for key, lock in state.locks.items()
    }
    return {"locks": locks}


def _point_unlocked(state: State, event: happened.PointUnlocked) -> Changed:
    return {"locks": _without(state.locks, f"{event.gate}.{event.point}")}


def _rework_taken(state: State, event: happened.ReworkTaken) -> Changed:
    return {"reworks": _with(state.reworks, event.edge, state.reworks.get(event.edge, 0) + 1)}


def _branches_started(state: State, event: happened.BranchesStarted) -> Changed:
    return {"joins": _with(state.joins, event.join, OpenJoin(len(event.edges), 0))}


def _branch_joined(state: State, event: happened.BranchJoined) -> Changed:
    waiting = state.joins[event.join]
    return {"joins": _with(state.joins, event.join, replace(waiting, arrived=waiting.arrived + 1))}


def _join_passed(state: State, event: happened.JoinPassed) -> Changed:
    return {"joins": _without(state.joins, event.join)}


def worked_ms(visit: OpenVisit, at: str) -> int:
    """Milliseconds clocked on the visit until `at`; a clock that goes backwards adds nothing."""
    return visit.worked_ms + (elapsed_ms(visit.since, at) if visit.status == "running" else 0)


_CHANGES: Mapping[type[Event], Callable[[State, Any], Changed]] = {
    happened.OrderOpened: _order_opened,
    happened.OrderAssigned: _order_assigned,
    happened.OrderEnded: _order_ended,
    happened.OrderCancelled: _order_cancelled,
    happened.StepOpened: _step_opened,
    happened.StepStarted: _step_started,
    happened.StepResumed: _step_started,
    happened.StepPaused: _step_paused,
    happened.StepCompleted: _step_completed,
    happened.AnswersRecorded: _nothing,
    happened.FindingReported: _nothing,
    happened.PointLocked: _point_locked,
    happened.LocksConfirmed: _locks_confirmed,
    happened.PointUnlocked: _point_unlocked,
    happened.ReworkTaken: _rework_taken,
    happened.ReworkLimitReached: _nothing,
    happened.BranchesStarted: _branches_started,
    happened.BranchJoined: _branch_joined,
    happened.JoinPassed: _join_passed,
}

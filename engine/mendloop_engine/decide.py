"""What becomes of a command: its events and the state after them, or everything that stands against it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from . import commands as asked
from . import events as happened
from .commands import Asked, Command, read_command
from .completing import complete_step
from .decision import Accepted, Decision, Refused
from .events import Event
from .evolve import evolve
from .fields.limits import trimmed
from .flow import Flow, lock_standing
from .history import History, MemoryHistory
from .json_values import Json, JsonObject
from .locks import confirm_locks, lock_point, unlock_point
from .plan import Plan
from .problems import Problem
from .state import State, initial_state
from .visits import pause_step, record_answers, report_finding, resume_step, start_step


def open_order(plan: Plan, order: JsonObject, by: str, at: str) -> Decision:
    """Begins an order with these facts: `OpenOrder` on a fresh state. `by` is a person's id, `at` a moment."""
    command: JsonObject = {"type": "OpenOrder", "by": by, "roles": [], "at": at, "order": order}
    return decide(plan, initial_state(), command, MemoryHistory())


Outcome: TypeAlias = Flow | list[Problem] | tuple[Event, ...]
"""A flow that went on, what stands against the command, or its events."""


def decide(plan: Plan, state: State, command: "Json | Command", history: History) -> Decision:
    """What becomes of `command`, JSON from anywhere or a typed command. Pure, and never raises for a command."""
    read = command if isinstance(command, Asked) else read_command(command)
    if isinstance(read, list):
        return Refused(tuple(read))
    if not isinstance(read, asked.OpenOrder) and state.status != "open":
        return Refused((Problem("order.not_open"),))
    outcome = _DECIDERS[type(read)](plan, state, read, history)
    if isinstance(outcome, Flow):
        return _settled(outcome)
    if isinstance(outcome, list):
        return Refused(tuple(outcome))
    return _happened(state, outcome)


def _settled(flow: Flow) -> Decision:
    if flow.problems:
        return Refused(tuple(flow.problems))
    return Accepted(tuple(flow.events), flow.state)


def _happened(state: State, events: tuple[Event, ...]) -> Decision:
    for event in events:
        state = evolve(state, event)
    return Accepted(events, state)


def _open_order(plan: Plan, state: State, command: asked.OpenOrder, history: History) -> Outcome:
    if state.status != "new":
        return [Problem("order.already_opened")]
    flow = Flow(plan, history, state, command.by, command.at)
    flow.record(happened.OrderOpened(command.by, command.at, command.order))
    flow.enter(plan.start)
    return flow


def _assign_order(_plan: Plan, _state: State, command: asked.AssignOrder, _history: History) -> Outcome:
    return (happened.OrderAssigned(command.by, command.at, command.person),)


def _cancel_order(_plan: Plan, state: State, command: asked.CancelOrder, _history: History) -> Outcome:
    problems = [lock_standing(state, "", "")] if state.locks else []
    reason = trimmed(command.reason)
    if reason is None:
        problems.append(Problem("cancel.reason_missing", "/reason"))
    if problems or reason is None:
        return problems
    return (happened.OrderCancelled(command.by, command.at, reason),)


_DECIDERS: Mapping[type[Command], Callable[[Plan, State, Any, History], Outcome]] = {
    asked.OpenOrder: _open_order,
    asked.AssignOrder: _assign_order,
    asked.CancelOrder: _cancel_order,
    asked.StartStep: start_step,
    asked.PauseStep: pause_step,
    asked.ResumeStep: resume_step,
    asked.RecordAnswers: record_answers,
    asked.ReportFinding: report_finding,
    asked.LockPoint: lock_point,
    asked.ConfirmLocks: confirm_locks,
    asked.UnlockPoint: unlock_point,
    asked.CompleteStep: complete_step,
}

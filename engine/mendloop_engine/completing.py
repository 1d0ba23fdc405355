"""Completing a step: its final answers, and where the order goes from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from . import events as happened
from .answers import key_problems
from .canonical import by_code_units
from .commands import CompleteStep
from .evaluate import Evaluated, evaluate
from .events import Event
from .evolve import worked_ms
from .fields import Situation
from .fields.limits import trimmed
from .flow import Flow, first_open
from .history import History, Visit
from .json_values import Json, JsonObject
from .plan import Plan, StepNode
from .problems import Problem, deeper
from .state import OpenVisit, State
from .visits import not_open, not_working

Outcome: TypeAlias = Flow | list[Problem] | tuple[Event, ...]


def complete_step(plan: Plan, state: State, command: CompleteStep, history: History) -> Outcome:
    """The step's answers are all there and right; the flow goes on."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = not_working(visit, command.by)
    if problems:
        return problems
    step = plan.step(visit.node)
    reasons = _reasons(command.reasons)
    problems = key_problems(plan, step, command.answers) + _reason_problems(step, command.reasons)
    merged = _merged(history.draft(command.visit), command.answers)
    evaluated = evaluate(
        plan, step.id, merged, history, state, command.at, reasons=reasons, visit=command.visit, by=command.by
    )
    problems += evaluated.problems
    if problems:
        return problems
    answers = _final_answers(plan, step, evaluated, state, command)
    return _go_on(plan, state, command, history, evaluated, _Completion(step, visit, answers, reasons))


@dataclass(frozen=True, slots=True)
class _Completion:
    """What is known once nothing stands against completing."""

    step: StepNode
    visit: OpenVisit
    answers: JsonObject
    reasons: Mapping[str, str]


def _go_on(
    plan: Plan, state: State, command: CompleteStep, history: History, evaluated: Evaluated, done: _Completion
) -> Flow:
    visit = Visit(command.visit, done.step.id, done.visit.number, command.by, done.answers, done.reasons, command.at)
    flow = Flow(plan, _With(history, visit), state, command.by, command.at, command.visit, done.answers)
    flow.rework_reason = trimmed(command.rework_reason)
    edge = first_open(done.step.next, evaluated.names, done.step.id, flow.problems)
    if edge is None or flow.problems:
        return flow
    clocked = worked_ms(done.visit, command.at)
    shown = {name: reason for name, reason in done.reasons.items() if evaluated.views[name].visible}
    flow.record(happened.StepCompleted(command.by, command.at, command.visit, done.answers, shown, clocked, edge.id))
    flow.follow(edge)
    return flow


def _reasons(given: Mapping[str, str]) -> dict[str, str]:
    trimmed_reasons = {name: trimmed(reason) for name, reason in given.items()}
    return {name: reason for name, reason in trimmed_reasons.items() if reason is not None}


def _reason_problems(step: StepNode, reasons: Mapping[str, str]) -> list[Problem]:
    known = {field.id for field in step.fields}
    return [
        Problem("answer.unknown_field", deeper("/reasons", name), f"{step.id}.{name}", {"field": name})
        for name in sorted(set(reasons).difference(known), key=by_code_units)
    ]


def _merged(draft: JsonObject, answers: JsonObject) -> JsonObject:
    """What was recorded, with the command's answers on top; null takes one away."""
    return {name: answer for name, answer in {**draft, **answers}.items() if answer is not None}


def _final_answers(
    plan: Plan, step: StepNode, evaluated: Evaluated, state: State, command: CompleteStep
) -> dict[str, Json]:
    """The answers that go into the record, in the fields' order; signatures are bound to all the others."""
    given = {
        field.id: evaluated.views[field.id].value
        for field in step.fields
        if evaluated.views[field.id].value is not None
    }
    sealing = {field.id: field for field in step.fields if field.id in given and _seals(plan, field.type)}
    others = {name: answer for name, answer in given.items() if name not in sealing}
    for name, field in sealing.items():
        situation = Situation(f"{step.id}.{name}", command.visit, command.by, command.at, state.order, state.locks)
        field_type = plan.field_type(field.type)
        if field_type is not None:
            given[name] = field_type.sealed(field.settings, given[name], others, situation)
    return given


def _seals(plan: Plan, type_name: str) -> bool:
    field_type = plan.field_type(type_name)
    return field_type is not None and field_type.seals


@dataclass(frozen=True, slots=True)
class _With:
    """A history to which a visit was just added."""

    before: History
    visit: Visit

    def latest(self, node: str) -> Visit | None:
        """The visit itself, for its step."""
        return self.visit if node == self.visit.node else self.before.latest(node)

    def completed(self, node: str) -> Sequence[Visit]:
        """With the visit as last, for its step."""
        earlier = self.before.completed(node)
        return [*earlier, self.visit] if node == self.visit.node else earlier

    def count(self, node: str) -> int:
        """As before."""
        return self.before.count(node)

    def draft(self, visit: str) -> JsonObject:
        """As before."""
        return self.before.draft(visit)

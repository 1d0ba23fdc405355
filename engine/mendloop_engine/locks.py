"""Locking isolation points, confirming the locks, taking them off."""

from collections.abc import Mapping
from typing import TypeAlias, cast

from . import events as happened
from .commands import ConfirmLocks, LockPoint, UnlockPoint
from .events import Event
from .history import History
from .json_values import Json, JsonObject
from .plan import Plan, PlanField
from .problems import Problem
from .state import Lock, State, point_key
from .visits import not_open, not_working

Outcome: TypeAlias = list[Problem] | tuple[Event, ...]


def lock_point(plan: Plan, state: State, command: LockPoint, history: History) -> Outcome:  # noqa: ARG001
    """A point of the gate that is not locked yet, with its photo where one is demanded."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = not_working(visit, command.by)
    gate = _gate(plan, visit.node, command.field)
    if gate is None:
        return [*problems, _unknown_field(visit.node, command.field)]
    element, params = f"{visit.node}.{gate.id}", {"point": command.point}
    if command.point not in _points(gate):
        problems.append(Problem("safety.unknown_point", "/point", element, params))
    elif point_key(visit.node, gate.id, command.point) in state.locks:
        problems.append(Problem("safety.already_locked", "/point", element, params))
    if gate.settings["photo"] and command.photo is None:
        problems.append(Problem("safety.photo_missing", "/photo", element, params))
    locked = happened.PointLocked(command.by, command.at, command.visit, command.field, command.point, command.photo)
    return problems or (locked,)


def confirm_locks(plan: Plan, state: State, command: ConfirmLocks, history: History) -> Outcome:  # noqa: ARG001
    """All points are locked, and somebody else than who locked them says so."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = []
    if not set(command.roles).intersection(plan.roles):
        problems.append(Problem("role.missing", "/roles", visit.node, {"role": ", ".join(plan.roles)}))
    gate = _gate(plan, visit.node, command.field)
    if gate is None:
        return [*problems, _unknown_field(visit.node, command.field)]
    problems += _unconfirmable(gate, visit.node, state, command.by)
    return problems or (happened.LocksConfirmed(command.by, command.at, command.visit, command.field),)


def _unconfirmable(gate: PlanField, node: str, state: State, by: str) -> list[Problem]:
    element = f"{node}.{gate.id}"
    locks = {point: state.locks.get(point_key(node, gate.id, point)) for point in _points(gate)}
    if not locks:
        return [Problem("safety.nothing_to_confirm", "/field", element)]
    unlocked = [point for point, lock in locks.items() if lock is None]
    if unlocked:
        return [Problem("safety.not_locked", "/field", element, {"point": point}) for point in unlocked]
    open_locks = [lock for lock in locks.values() if lock is not None and lock.confirmed_by is None]
    if not gate.settings["second_person"] or not open_locks:
        return [Problem("safety.nothing_to_confirm", "/field", element)]
    if any(lock.by == by for lock in open_locks):
        return [Problem("safety.second_person_same", "/by", element)]
    return []


def unlock_point(plan: Plan, state: State, command: UnlockPoint, history: History) -> Outcome:
    """One's own lock: in the step that removes the gate, or in the gate's own step, to set it right."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = not_working(visit, command.by)
    gate = _gate(plan, visit.node, command.field)
    if gate is None:
        return [*problems, _unknown_field(visit.node, command.field)]
    name = cast("str", gate.settings["removes"] or f"{visit.node}.{gate.id}")
    lock = state.locks.get(f"{name}.{command.point}")
    problems += _not_removable(lock, command, f"{visit.node}.{gate.id}")
    if problems:
        return problems
    unlocked = happened.PointUnlocked(command.by, command.at, command.visit, command.field, command.point, name)
    if gate.settings["removes"] is None:
        return (unlocked,)
    return (unlocked, _noted(command, history.draft(command.visit).get(gate.id)))


def _not_removable(lock: Lock | None, command: UnlockPoint, element: str) -> list[Problem]:
    if lock is None:
        return [Problem("safety.no_such_lock", "/point", element, {"point": command.point})]
    if lock.by != command.by:
        return [Problem("safety.not_your_lock", "/point", element, {"point": command.point})]
    return []


def _noted(command: UnlockPoint, draft: Json) -> Event:
    """The removal, kept with the visit's answers: locks that are gone are no longer in the state."""
    points = cast("JsonObject", draft["points"]) if isinstance(draft, Mapping) else {}
    answer: Json = {"points": {**points, command.point: {"by": command.by, "at": command.at}}}
    return happened.AnswersRecorded(command.by, command.at, command.visit, {command.field: answer})


def _gate(plan: Plan, node: str, name: str) -> PlanField | None:
    """The step's field of that name, if it is a safety gate."""
    for field in plan.step(node).fields:
        if field.id == name and field.type == "safety_gate":
            return field
    return None


def _points(gate: PlanField) -> list[str]:
    return [cast("str", point["id"]) for point in cast("list[JsonObject]", gate.settings["points"])]


def _unknown_field(node: str, name: str) -> Problem:
    return Problem("answer.unknown_field", "/field", f"{node}.{name}", {"field": name})

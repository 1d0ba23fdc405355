"""Starting, pausing and resuming a step, recording its answers, and what is found beside it."""

from typing import TypeAlias

from . import events as happened
from .answers import key_problems, normalise, placed
from .commands import PauseStep, RecordAnswers, ReportFinding, ResumeStep, StartStep
from .events import Event
from .fields.limits import trimmed
from .flow import lock_standing
from .history import History
from .json_values import Json
from .plan import Plan, StepNode
from .problems import Problem, Problems, deeper
from .state import OpenVisit, State

Outcome: TypeAlias = list[Problem] | tuple[Event, ...]


def start_step(plan: Plan, state: State, command: StartStep, history: History) -> Outcome:
    """A visit that is ready, by somebody who may do it."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = [] if visit.status == "ready" else [Problem("visit.not_ready", "/visit", visit.node)]
    problems += _worker_problems(plan.step(visit.node), state, command, history)
    return problems or (happened.StepStarted(command.by, command.at, command.visit),)


def resume_step(plan: Plan, state: State, command: ResumeStep, history: History) -> Outcome:
    """A paused visit, by anybody who may do it."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = [] if visit.status == "paused" else [Problem("visit.not_paused", "/visit", visit.node)]
    problems += _worker_problems(plan.step(visit.node), state, command, history)
    return problems or (happened.StepResumed(command.by, command.at, command.visit),)


def _worker_problems(node: StepNode, state: State, command: StartStep | ResumeStep, history: History) -> list[Problem]:
    """Why this person may not work on the step now."""
    problems = []
    if node.role not in command.roles:
        problems.append(Problem("role.missing", "/roles", node.id, {"role": node.role}))
    for earlier in node.not_same_person_as:
        latest = history.latest(earlier)
        if latest is not None and latest.by == command.by:
            problems.append(Problem("gate.same_person", "/by", node.id, {"step": earlier}))
    if node.energises and state.locks:
        problems.append(lock_standing(state, "/visit", node.id))
    return problems


def pause_step(plan: Plan, state: State, command: PauseStep, history: History) -> Outcome:  # noqa: ARG001
    """By its worker, for one of the template's reasons."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = not_working(visit, command.by)
    if command.reason not in [reason["id"] for reason in plan.pause_reasons]:
        problems.append(Problem("pause.reason_unknown", "/reason", visit.node, {"reason": command.reason}))
    note = trimmed(command.note)
    return problems or (happened.StepPaused(command.by, command.at, command.visit, command.reason, note),)


def record_answers(plan: Plan, state: State, command: RecordAnswers, history: History) -> Outcome:  # noqa: ARG001
    """Well-formed answers to fields of the step, by its worker. What completing demands is not asked for yet."""
    visit = state.active.get(command.visit)
    if visit is None:
        return not_open()
    problems = not_working(visit, command.by)
    if problems:
        return problems
    step = plan.step(visit.node)
    problems = key_problems(plan, step, command.answers)
    refused = {problem.at for problem in problems}
    kept: dict[str, Json] = {}
    fields = {field.id: field for field in step.fields}
    for name in step.evaluation_order:
        if name not in command.answers or deeper("/answers", name) in refused:
            continue
        answer = normalise(plan, fields[name], command.answers[name])
        if isinstance(answer, Problems):
            problems += placed(answer, deeper("/answers", name), f"{step.id}.{name}")
        else:
            kept[name] = answer
    return problems or (happened.AnswersRecorded(command.by, command.at, command.visit, kept),)


def report_finding(plan: Plan, state: State, command: ReportFinding, history: History) -> Outcome:  # noqa: ARG001
    """Words are needed; a visit, when one is named, must be open."""
    text = trimmed(command.text)
    problems = []
    if command.visit is not None and command.visit not in state.active:
        problems += not_open()
    if text is None:
        problems.append(Problem("finding.text_missing", "/text"))
    if problems or text is None:
        return problems
    finding = happened.FindingReported(
        command.by, command.at, command.visit, text, command.severity, tuple(command.photos)
    )
    return (finding,)


def not_open() -> list[Problem]:
    """The visit is unknown or closed."""
    return [Problem("visit.not_open", "/visit")]


def not_working(visit: OpenVisit, by: str) -> list[Problem]:
    """Why this person is not the one who is working on the visit right now."""
    if visit.status != "running":
        return [Problem("visit.not_running", "/visit", visit.node)]
    if visit.by != by:
        return [Problem("visit.other_person", "/visit", visit.node)]
    return []

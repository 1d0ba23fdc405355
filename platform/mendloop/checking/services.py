"""What a designer's browser asks while somebody types. Nothing here is stored, and all of it takes bounded time."""

import time
from dataclasses import dataclass
from typing import Any

from mendloop_engine.check import check_template
from mendloop_engine.expressions import Expression, ExpressionProblem, parse_expression
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problem, deeper
from mendloop_engine.soundness import RunStep, told_run
from mendloop_engine.template import Examined, examine_template
from mendloop_engine.template.expressions import told
from mendloop_engine.template.scope import Scope, scope_at

from mendloop.problems import Refusal

SCENARIO_SECONDS = 0.8
"""So long (of the processor's time) scenarios are played while somebody types."""

PUBLISHING_SECONDS = 3.0
"""Publishing plays all of them, in no more than this: 200 scenarios of a pump's overhaul take one."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that is wrong with a draft. `plan` is None when more than its scenarios is wrong."""

    examined: Examined
    problems: tuple[Problem, ...]
    plan: Plan | None

    def run_of(self, problem: Problem) -> list[RunStep] | None:
        """The run that shows a problem of the flow."""
        run = problem.params.get("run")
        return told_run(self.examined.outline, run) if isinstance(run, list) else None


@dataclass(frozen=True, slots=True)
class Read:
    """One expression: parsed, or what is wrong with it."""

    parsed: Expression | None
    problems: tuple[Problem, ...]


def check_document(document: Any) -> Checked:
    """All problems of the document at once, as quickly as somebody who types needs them."""
    return _checked(document, SCENARIO_SECONDS, "scenario.not_played")


def check_for_publishing(document: Any) -> Checked:
    """The same problems; all scenarios are played, and one that takes too long is a reason to refuse."""
    return _checked(document, PUBLISHING_SECONDS, "scenario.too_long")


def _checked(document: Any, seconds: float, unplayed: str) -> Checked:
    found = check_template(document, enough=_Clock(seconds).is_over)
    left = [_left(document, found.unplayed, seconds, unplayed)] if found.unplayed else []
    return Checked(found.examined, (*found.problems, *left), found.plan)


def _left(document: Any, count: int, seconds: float, code: str) -> Problem:
    """So many scenarios are left; it stands at the one in which time was up."""
    index = len(document["scenarios"]) - count
    name = document["scenarios"][index]["name"]
    params = {"count": count, "seconds": seconds, "scenario": name}
    return Problem(code, deeper("/scenarios", index), name, params)


class _Clock:
    """Runs from the first time it is looked at."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = None

    def is_over(self) -> bool:
        """Whether this thread has worked longer than that."""
        now = time.thread_time()
        if self._until is None:
            self._until = now + self._seconds
        return now > self._until


def check_expression(document: Any, at: str, source: str) -> Read:
    """The expression `source` as if it stood in the document at `at`."""
    scope = access_scope(examine_template(document), at)
    found = parse_expression(source, scope.names, scope.expects)
    if isinstance(found, Expression):
        return Read(found, ())
    return Read(None, tuple(_told(problem, source, at, scope) for problem in found))


def _told(problem: ExpressionProblem, source: str, at: str, scope: Scope) -> Problem:
    return told(problem, source, at, scope.element)


def access_scope(examined: Examined, at: str) -> Scope:
    """What an expression at this place sees; refused where none can stand."""
    scope = scope_at(examined.outline, at)
    if scope is None:
        raise Refusal(Problem("expression.no_place", at))
    return scope


def span_in_browser(problem: Problem) -> tuple[int, int] | None:
    """Where in the source of its expression a problem is, in the units browsers count: those of UTF-16."""
    source, start, end = (problem.params.get(name) for name in ("source", "offset", "end"))
    if not isinstance(source, str) or not isinstance(start, int) or not isinstance(end, int):
        return None
    return _units(source[:start]), _units(source[:end])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

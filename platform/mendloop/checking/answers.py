"""What has been found, in the shape that browsers read."""

from collections.abc import Iterator
from typing import Any, Literal

from mendloop_engine.expressions import Expression
from mendloop_engine.problems import Problem
from mendloop_engine.soundness import RunStep
from pydantic import BaseModel, Field

from mendloop.checking.services import Checked, Read, span_in_browser
from mendloop.words import LANGUAGES, words_of


class RunStepOut(BaseModel):
    """One thing that happens in a run. `work_at`: the nodes where work is then; `route`: node/number, if taken."""

    node: str
    what: str
    route: str | None
    work_at: list[str]
    words: dict[str, str]


class FoundOut(BaseModel):
    """One problem. `from` and `to` say where in its expression it is; `run` is how the flow gets there."""

    code: str
    at: str
    element: str
    params: dict[str, Any]
    severity: Literal["error", "warning"]
    message: dict[str, str]
    run: list[RunStepOut] | None = None
    from_: int | None = Field(default=None, serialization_alias="from")
    to: int | None = None


class ExpressionOut(BaseModel):
    """One expression of a document that parses: its typed tree and the type of its result."""

    at: str
    source: str
    tree: Any
    type: Any


class CheckOut(BaseModel):
    """Everything about a draft; `plan` when nothing but its scenarios refuses it."""

    problems: list[FoundOut]
    plan: dict[str, Any] | None
    expressions: list[ExpressionOut]


class ReadOut(BaseModel):
    """One expression: its tree and type, or what is wrong with it."""

    tree: Any
    type: Any
    problems: list[FoundOut]


def check_out(checked: Checked, *, plan: bool, expressions: bool) -> CheckOut:
    """The answer to a check; the large parts only where they are wanted."""
    return CheckOut.model_construct(
        problems=[found_out(problem, checked.run_of(problem)) for problem in checked.problems],
        plan=checked.plan.to_json() if checked.plan is not None and plan else None,
        expressions=list(_expressions(checked)) if expressions else [],
    )


def _expressions(checked: Checked) -> Iterator[ExpressionOut]:
    for at, parsed in checked.examined.expressions.parsed.items():
        yield ExpressionOut.model_construct(at=at, source=parsed.source, tree=parsed.tree, type=parsed.type.to_json())


def read_out(read: Read) -> ReadOut:
    """The answer to a question about one expression."""
    tree, kind = _parts(read.parsed)
    return ReadOut(tree=tree, type=kind, problems=[found_out(problem, None) for problem in read.problems])


def _parts(parsed: Expression | None) -> tuple[Any, Any]:
    return (parsed.tree, parsed.type.to_json()) if parsed is not None else (None, None)


def found_out(problem: Problem, run: list[RunStep] | None) -> FoundOut:
    """One problem in both languages."""
    span = span_in_browser(problem)
    return FoundOut(
        code=problem.code,
        at=problem.at,
        element=problem.element,
        params=dict(problem.params),
        severity=problem.level,
        message={language: words_of(problem, language) for language in LANGUAGES},
        run=[_step_out(step) for step in run] if run is not None else None,
        from_=span[0] if span else None,
        to=span[1] if span else None,
    )


def _step_out(step: RunStep) -> RunStepOut:
    return RunStepOut(
        node=step.node, what=step.what, route=step.route, work_at=list(step.work_at), words=dict(step.words)
    )

"""What becomes of an expression's result: a condition that is absent is false, an error is a problem."""

from .expressions import EvaluationError, Value
from .plan import Condition, Expr, Names
from .problems import Problem


def holds(condition: Condition | None, names: Names, at: str, element: str, problems: list[Problem]) -> bool:
    """Whether the condition holds; none at all does. Failures are added to `problems` and count as false."""
    if condition is None or isinstance(condition, bool):
        return condition is not False
    return result(condition, names, at, element, problems) is True


def result(expression: Expr, names: Names, at: str, element: str, problems: list[Problem]) -> Value:
    """The expression's value, None when it is absent or failed; failures are added to `problems`."""
    value = expression.evaluate(names)
    if not isinstance(value, EvaluationError):
        return value
    if value.kind != "absent":
        params = {"source": expression.source, "kind": value.kind}
        problems.append(Problem("expression.failed", at, element, params))
    return None

"""What can be wrong with an expression before it is ever evaluated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..nearest import nearest

CODES = (
    "expression.syntax",
    "expression.unknown_name",
    "expression.wrong_type",
    "expression.outside_profile",
    "expression.pattern",
    "expression.too_large",
)


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """A reason to refuse an expression; `start` and `end` are offsets in its source, in code points.

    `params["reason"]` says more precisely what is wrong, with a stable word that `explain` puts into a language.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0


class Refused(Exception):
    """Carries the one problem after which reading on makes no sense; never leaves this package."""

    def __init__(self, problem: ExpressionProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refuse(code: str, reason: str, start: int, end: int, **params: str) -> Refused:
    """The exception that reports `code` at this place."""
    return Refused(ExpressionProblem(f"expression.{code}", {"reason": reason, **params}, start, end))


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that `name` was probably meant to be, or an empty text."""
    return next(iter(nearest(name, known, 1)), "")

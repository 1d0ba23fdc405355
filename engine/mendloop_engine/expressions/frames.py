"""What closures share: a frame per evaluation, and the steps it may take."""

from collections.abc import Callable
from typing import Any

from .values import EvaluationError, Failed, Value

Frame = list[Any]
"""The names' values, the steps left, then the macros' variables by slot."""

Closure = Callable[[Frame], Any]

ENVIRONMENT, LEFT, VARIABLES = range(3)
LENGTHY: frozenset[object] = frozenset((str, bytes, list))
HUNDRED = 100


def charge(frame: Frame, steps: int) -> None:
    """Take steps off what this evaluation may still take; fails when they are used up."""
    frame[LEFT] -= steps
    if frame[LEFT] < 0:
        raise Failed("too_costly")


def charge_length(frame: Frame, value: Any) -> None:
    """A step for each hundred characters, bytes or elements of what is worked on."""
    if value.__class__ in LENGTHY:
        charge(frame, len(value) // HUNDRED)


def sound(value: Any) -> Value:
    """`value`, unless what was found is itself an error, such as something absent."""
    if value.__class__ is EvaluationError:
        raise Failed(value.kind)
    return value  # type: ignore[no-any-return]

"""How much the patterns of one template may cost together, so that thousands of them do not keep a server busy."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from .limits import MAX_PATTERNS_WORK

TOO_MANY = "too_many"
"""The reason why a pattern is not compiled any more."""


@dataclass(slots=True)
class Budget:
    """What is left, whether it was too little, and what was paid for."""

    left: int = MAX_PATTERNS_WORK
    exceeded: bool = False
    paid: set[object] = field(default_factory=set)

    def spend(self, cost: int) -> bool:
        """Whether there was enough left for something that is done now; the last thing may cost more than there is."""
        self.exceeded = self.exceeded or self.left <= 0
        self.left -= cost
        return not self.exceeded


_current: ContextVar[Budget | None] = ContextVar("pattern_budget", default=None)


@contextmanager
def bounded_patterns() -> Iterator[Budget]:
    """All patterns that are compiled inside are paid from one budget; inside of another it is that one."""
    around = _current.get()
    if around is not None:
        yield around
        return
    budget = Budget()
    token = _current.set(budget)
    try:
        yield budget
    finally:
        _current.reset(token)


def current_budget() -> Budget:
    """The budget that is paid from here: one of its own where nobody gave one."""
    return _current.get() or Budget()

"""Stopping what takes too long from outside: the engine has no clock, so whoever calls it says when it is enough."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

Enough: TypeAlias = Callable[[], bool]
"""Whether no more should be done."""

_enough: ContextVar[Enough | None] = ContextVar("enough", default=None)


class Interrupted(Exception):
    """It was enough: nothing of what was being done holds."""


@contextmanager
def interruptible(enough: Enough) -> Iterator[None]:
    """Inside, `Interrupted` is raised before the next expression or act once it is enough."""
    token = _enough.set(enough)
    try:
        yield
    finally:
        _enough.reset(token)


def go_on() -> None:
    """Nothing, or `Interrupted`."""
    enough = _enough.get()
    if enough is not None and enough():
        raise Interrupted

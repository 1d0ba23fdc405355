"""The known names that a wrong one was probably meant to be."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from heapq import nsmallest

CLOSE = 0.6
COMPARED = 200
"""So many names are compared letter by letter; of more, those that look most alike."""


MOST_COMPARED = 30_000
"""So many names are compared for one document: whoever has a thousand wrong names needs no guess for each."""

_left: ContextVar[list[int] | None] = ContextVar("guesses_left", default=None)


@contextmanager
def bounded_guesses() -> Iterator[None]:
    """Inside, names are compared only so often; then no name is near any other."""
    token = _left.set([MOST_COMPARED])
    try:
        yield
    finally:
        _left.reset(token)


def may_guess() -> bool:
    """Whether it is worth while to gather the known names."""
    left = _left.get()
    return left is None or left[0] > 0


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """At most `count` of the known names, the closest first; none where none is close."""
    if not may_guess():
        return []
    names = list(known)
    if (left := _left.get()) is not None:
        left[0] -= min(len(names), COMPARED) + len(names) // 20
    return get_close_matches(name, _likely(name, names), count, CLOSE)


def _likely(name: str, known: Sequence[str]) -> Sequence[str]:
    """A cheap guess keeps thousands of wrong names among thousands of right ones from taking minutes."""
    if len(known) <= COMPARED:
        return known
    head, tail, length = name[:3], name[-3:], len(name)
    return nsmallest(
        COMPARED, known, lambda each: abs(len(each) - length) + 2 * (each[:3] != head) + 2 * (each[-3:] != tail)
    )

"""The known names that a wrong one was probably meant to be."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from heapq import nsmallest

CLOSE = 0.6
COMPARED = 200
"""So many names are compared letter by letter; of more, those that look most alike."""


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """At most `count` of the known names, the closest first; none where none is close."""
    names = list(known)
    return get_close_matches(name, _likely(name, names), count, CLOSE)


def _likely(name: str, known: Sequence[str]) -> Sequence[str]:
    """A cheap guess keeps thousands of wrong names among thousands of right ones from taking minutes."""
    if len(known) <= COMPARED:
        return known
    head, tail, length = name[:3], name[-3:], len(name)
    return nsmallest(
        COMPARED, known, lambda each: abs(len(each) - length) + 2 * (each[:3] != head) + 2 * (each[-3:] != tail)
    )

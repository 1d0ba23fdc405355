"""How the time that an order was open divides: at every moment it is one thing, so that the parts add up. Pure."""

from collections.abc import Iterable, Iterator

from mendloop.work_orders.clocked import Clocked

FIRST = ("work", "travel", "waiting")
"""What counts where several people clock different things at once: the first of these."""


def split_elapsed(intervals: Iterable[Clocked], start: int, end: int) -> dict[str, int]:
    """Milliseconds of work, travel, waiting and `idle` (nobody clocked anything) between two moments."""
    spent = dict.fromkeys((*FIRST, "idle"), 0)
    running = dict.fromkeys(FIRST, 0)
    before = start
    for at, kind, change in sorted(_edges(intervals, start, end)):
        spent[_what(running)] += at - before
        running[kind] += change
        before = at
    spent[_what(running)] += end - before
    return spent


def _edges(intervals: Iterable[Clocked], start: int, end: int) -> Iterator[tuple[int, str, int]]:
    for each in intervals:
        first, last = max(each.start, start), min(end if each.end is None else each.end, end)
        if last > first:
            yield first, each.kind, 1
            yield last, each.kind, -1


def _what(running: dict[str, int]) -> str:
    return next((kind for kind in FIRST if running[kind] > 0), "idle")

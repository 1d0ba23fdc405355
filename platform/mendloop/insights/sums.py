"""Every figure is a ratio of two sums over orders; here they are summed, by whatever they are split by. Pure."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from mendloop.insights.small_numbers import wilson


class Measured(NamedTuple):
    """What one order gives to a figure: `upper` to the sum above the line, `lower` to the one below. Where that is
    nothing, the order does not count, but its `inputs` are told. `row` is what find_facts found."""

    row: Any
    upper: float
    lower: float
    inputs: tuple[int, ...] = ()


@dataclass(slots=True)
class Sum:
    """The figure over some orders. `n` are those that count; `inputs` are sums, in the order of the figure's names."""

    key: str
    n: int = 0
    upper: float = 0
    lower: float = 0
    inputs: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    @property
    def value(self) -> float | None:
        """None without any order that counts."""
        return self.upper / self.lower if self.lower else None

    @property
    def median(self) -> float | None:
        """Of the orders' own values."""
        return median(self.values) if self.values else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of a share, as if each order were one trial."""
        return wilson(self.value, self.n) if self.value is not None and 0 <= self.value <= 1 else None


def sum_of(key: str, members: Sequence[Measured]) -> Sum:
    """The figure over these orders."""
    counted = [each for each in members if each[2]]
    _, uppers, lowers, _ = zip(*counted, strict=True) if counted else ((), (), (), ())
    inputs = [sum(column) for column in zip(*(each[3] for each in members), strict=True)]
    values = [upper / lower for upper, lower in zip(uppers, lowers, strict=True)]
    return Sum(key, len(counted), sum(uppers), sum(lowers), inputs, values)


def together(key: str, found: Iterable[Sum]) -> Sum:
    """The figure over all orders of several sums that share none."""
    whole = Sum(key)
    for each in found:
        whole.n, whole.upper, whole.lower = whole.n + each.n, whole.upper + each.upper, whole.lower + each.lower
        whole.inputs = [a + b for a, b in zip(whole.inputs or [0] * len(each.inputs), each.inputs, strict=True)]
        whole.values += each.values
    return whole


def split(measured: Sequence[Measured], keys: Sequence[Sequence[str]]) -> dict[str, Sum]:
    """By the keys of each order, given in the same sequence; an order counts under each of its keys."""
    members: defaultdict[str, list[Measured]] = defaultdict(list)
    for each, own in zip(measured, keys, strict=True):
        for key in own:
            members[key].append(each)
    return {key: sum_of(key, found) for key, found in members.items()}


def keys_of(name: str, here: dt.tzinfo, rows: Sequence[Any]) -> list[tuple[str, ...]]:
    """How each of these orders is told by one of the filters' names, or by the month in which it ended `here`."""
    if name == "month":
        months = Months(here, [row.ended_at for row in rows])
        return [(months.of(row.ended_at),) for row in rows]
    if name == "fault":
        return [tuple(row.faults.split("|")[1:-1]) or ("",) for row in rows]
    return [(getattr(row, name),) for row in rows]


class Months:
    """The months between the first and the last of some moments, in a zone."""

    def __init__(self, here: dt.tzinfo, moments: Sequence[int]) -> None:
        self.names: list[str] = []
        self._starts: list[int] = []
        if not moments:
            return
        first, last = (dt.datetime.fromtimestamp(each / 1000, here) for each in (min(moments), max(moments)))
        year, month = first.year, first.month
        while (year, month) <= (last.year, last.month):
            self.names.append(f"{year}-{month:02}")
            self._starts.append(round(dt.datetime(year, month, 1, tzinfo=here).timestamp() * 1000))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def of(self, moment: int) -> str:
        """In which it lies."""
        return self.names[max(0, bisect_right(self._starts, moment) - 1)]

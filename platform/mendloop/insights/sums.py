"""Every figure is a ratio of two sums over orders; here they are summed, by whatever they are split by. Pure."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from mendloop.insights.small_numbers import wilson


@dataclass(frozen=True, slots=True)
class Measured:
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

    def add(self, one: Measured) -> None:
        """Take an order in."""
        if not self.inputs:
            self.inputs = [0] * len(one.inputs)
        for index, value in enumerate(one.inputs):
            self.inputs[index] += value
        if one.lower:
            self.n += 1
            self.upper += one.upper
            self.lower += one.lower
            self.values.append(one.upper / one.lower)

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


def total(measured: Iterable[Measured]) -> Sum:
    """Of all of them."""
    found = Sum("")
    for each in measured:
        found.add(each)
    return found


def split(measured: Iterable[Measured], keys: Callable[[Any], Iterable[str]]) -> dict[str, Sum]:
    """By what `keys` says of each order; it may say several."""
    found: dict[str, Sum] = {}
    for each in measured:
        for key in keys(each.row):
            if key not in found:
                found[key] = Sum(key)
            found[key].add(each)
    return found


def keys_of(name: str, here: dt.tzinfo, rows: Sequence[Any]) -> Callable[[Any], Iterable[str]]:
    """How orders are told apart by one of the filters' names, or by the month in which they ended `here`."""
    if name == "month":
        months = Months(here, [row.ended_at for row in rows])
        return lambda row: (months.of(row.ended_at),)
    if name == "fault":
        return lambda row: [code for code in row.faults.split("|") if code] or [""]
    return lambda row: (getattr(row, name),)


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

"""Means, percentiles and their intervals, exactly as the pages explain them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, floor, sqrt

Z95 = 1.959963984540054
CERTAINTY = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and the bounds between which it lies with 95 % certainty; None where too little is known."""

    value: float
    low: float | None
    high: float | None
    count: int

    def is_clear_of(self, other: "Interval") -> bool:
        """Whether the two do not overlap: only then is a difference called one."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return self.low > other.high or other.low > self.high


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean."""
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which this share lies, interpolated between the two nearest ranks; 0.5 is the median."""
    if not values:
        return None
    ordered = sorted(values)
    rank = (len(ordered) - 1) * share
    low = ordered[floor(rank)]
    return low + (ordered[ceil(rank)] - low) * (rank - floor(rank))


def median_interval(values: Sequence[float]) -> Interval | None:
    """The median between two of the values themselves, whatever their distribution: the order statistics between which
    it lies with at least 95 %, by the binomial distribution. Below six values there are none."""
    middle = percentile(values, 0.5)
    if middle is None:
        return None
    ordered, count = sorted(values), len(values)
    rank = _rank_below(count)
    if rank is None:
        return Interval(middle, None, None, count)
    return Interval(middle, ordered[rank], ordered[count - 1 - rank], count)


def _rank_below(count: int) -> int | None:
    """The largest k for which the k-th lowest and the k-th highest value enclose the median with 95 %."""
    if count > 1000:
        return max(0, floor((count - Z95 * sqrt(count)) / 2) - 1)
    outside, found = 0, None
    for rank in range(count // 2):
        outside += comb(count, rank)
        if 2 * outside > (1 - CERTAINTY) * 2**count:
            break
        found = rank
    return found


def share_interval(part: int, whole: int) -> Interval | None:
    """A share with its Wilson interval."""
    if not whole:
        return None
    share, square = part / whole, Z95 * Z95
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    reach = Z95 / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return Interval(share, max(0.0, middle - reach), min(1.0, middle + reach), whole)

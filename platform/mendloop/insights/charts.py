"""Charts as shapes: what `pages/charts.html` draws as SVG, with a table of the same figures. Knows no words, no web.

Everything is in the units of the picture's own box, so that a page, a print and a PDF show the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

BAR = 1000
"""Length of the longest bar in its box."""
WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 28
MOST_LABELS = 6
"""Below a line, so many that they never touch, on a phone either."""
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `text` is its value in words, `n` how many orders are behind it, `low` to `high` where the truth may
    lie. A value of None was not measured: no bar, and not zero."""

    label: str
    value: float | None
    text: str
    n: int | None = None
    low: float | None = None
    high: float | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below each other, the longest possible one as long as `most`; without it, as the longest there is."""

    title: str
    bars: Sequence[Bar]
    most: float | None = None
    label: str = ""
    value: str = ""
    count: str = ""

    def length(self, value: float | None) -> int:
        """Of a bar or of the way to a mark on it, in thousandths of the box."""
        return _share(value, self.most or _most(_ends(self.bars)))


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of several parts, `values` in the order of the chart's names."""

    label: str
    values: Sequence[float]
    texts: Sequence[str]
    text: str = ""
    n: int | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Bars whose parts are told apart: what a whole consists of."""

    title: str
    names: Sequence[str]
    stacks: Sequence[Stack]
    label: str = ""
    value: str = ""
    count: str = ""

    def parts(self, stack: Stack) -> list[tuple[int, int, int]]:
        """Colour, start and length of each part; none of those that are nothing."""
        most = _most(sum(each.values) for each in self.stacks)
        ends = [0, *(_share(end, most) for end in accumulate(stack.values))]
        return [(colour(index), a, b - a) for index, (a, b) in enumerate(pairwise(ends)) if b > a]


@dataclass(frozen=True, slots=True)
class Line:
    """Values over time; None where there is none: the line has a gap there."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over the same labels, from `bottom` to `top`; without a `top`, to a round number above the highest value.
    `scale` writes a number beside the axis."""

    title: str
    labels: Sequence[str]
    lines: Sequence[Line]
    top: float | None = None
    bottom: float = 0
    unit: str = ""
    label: str = ""

    @property
    def highest(self) -> float:
        """Where the axis ends."""
        return self.top or round_up(_most(value for line in self.lines for value in line.values if value is not None))

    def x(self, index: int) -> float:
        """Of the label with this number."""
        room = WIDTH - LEFT - RIGHT
        steps = max(len(self.labels) - 1, 1)
        return round(LEFT + (room * index / steps if len(self.labels) > 1 else room / 2), 1)

    def y(self, value: float) -> float:
        """Of a value; what lies outside is drawn at the edge."""
        span = (self.highest - self.bottom) or 1
        share = min(max((value - self.bottom) / span, 0), 1)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Where lines of the ground are, and what stands beside them."""
        values = [self.bottom + (self.highest - self.bottom) * step / 4 for step in range(5)]
        return [(self.y(value), f"{value:g}{self.unit}") for value in values]

    def shown_labels(self) -> list[tuple[float, str]]:
        """The labels for which there is room, the last one among them."""
        every = -(-len(self.labels) // MOST_LABELS) or 1
        last = len(self.labels) - 1
        return [(self.x(i), label) for i, label in enumerate(self.labels) if (last - i) % every == 0]

    def runs(self, line: Line) -> list[str]:
        """The pieces of a line without its gaps, as `points` of polylines."""
        runs: list[list[str]] = [[]]
        for index, value in enumerate(line.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append(f"{self.x(index)},{self.y(value)}")
        return [" ".join(run) for run in runs if len(run) > 1]

    def dots(self, line: Line) -> list[tuple[float, float, str]]:
        """Each value's place, and what it says."""
        places = enumerate(zip(line.values, line.texts, strict=True))
        return [
            (self.x(i), self.y(value), f"{self.labels[i]}: {text}") for i, (value, text) in places if value is not None
        ]


def colour(index: int) -> int:
    """The number of the colour of the part or line with this number."""
    return index % COLOURS + 1


def round_up(value: float) -> float:
    """The next of 1, 2, 4, 10, 20, 40 … that is not below: axes end there, and their quarters can be read."""
    if value <= 0:
        return 1
    step = 1.0
    while step < value:
        step *= 10
    return next(each for each in (step / 10, step / 5, step * 2 / 5, step) if each >= value)


def _share(value: float | None, most: float) -> int:
    return 0 if value is None or most <= 0 else min(max(round(BAR * value / most), 0), BAR)


def _most(values: Iterable[float]) -> float:
    return max(values, default=0)


def _ends(bars: Sequence[Bar]) -> list[float]:
    return [end for bar in bars for end in (bar.value, bar.high) if end is not None]

"""How probable it is that a repair needs a part: Beta posteriors that back off from special to general. Pure numbers.

Repairs lie in a grid. Its rows are the levels of the product (any product, its families, the product itself), its
columns the levels of the fault (any fault, the codes above, the code itself). Every repair is counted in exactly one
cell, the most special one that holds it (`shells`). Each cell then expects what the cells around it have found
(`_expected`) as if that were STRENGTH repairs of its own, and adds what it has counted: the mean of a Beta posterior.
The last cell, this product with this fault, is the answer. Without any repair it is the template's word.

The strengths are fixed and the same for everybody: an organisation sees the same numbers for the same repairs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, prod
from typing import TypeAlias

STRENGTH = 4.0
"""What is known of more general cells counts like so many repairs."""
PLAN_STRENGTH = 4.0
"""What the template says counts like so many repairs of any product with any fault."""
NEVER, ALWAYS = 0.0005, 0.9995
"""No repair is certain: a probability stays between these."""


@dataclass(frozen=True, slots=True)
class Seen:
    """So many repairs, of which so many used the part."""

    repairs: int = 0
    used: int = 0

    def without(self, other: "Seen") -> "Seen":
        """Those that are not among `other`; never less than none, never more used than there are."""
        repairs = max(0, self.repairs - other.repairs)
        return Seen(repairs, min(repairs, max(0, self.used - other.used)))


NOTHING = Seen()
Grid: TypeAlias = Sequence[Sequence[Seen]]


def probability(prior: float, grid: Grid) -> float:
    """What the last cell of `grid` expects, whose cells hold each repair once; `prior` is the template's word."""
    found: list[list[float]] = []
    for row, cells in enumerate(grid):
        found.append([])
        for column, seen in enumerate(cells):
            strength = STRENGTH if row or column else PLAN_STRENGTH
            found[row].append(posterior(_expected(prior, found, row, column), strength, seen))
    return found[-1][-1]


def posterior(mean: float, strength: float, seen: Seen) -> float:
    """The mean of the Beta distribution with this mean, which counts like `strength` repairs, after what was seen."""
    return _within((strength * mean + seen.used) / (strength + seen.repairs))


def _expected(prior: float, found: Sequence[Sequence[float]], row: int, column: int) -> float:
    """The more general product and the more general fault each say by how much the odds differ: both together.

    A screen of this product is needed in few of all repairs, in more of those with this fault, and in more of those
    of this product; in most of those with both, although nobody has seen one yet.
    """
    if row == 0 and column == 0:
        return prior
    if row == 0 or column == 0:
        return found[row][column - 1] if column else found[row - 1][column]
    general = _log_odds(found[row - 1][column - 1])
    return _from_log_odds(_log_odds(found[row - 1][column]) + _log_odds(found[row][column - 1]) - general)


def shells(counts: Grid) -> list[list[Seen]]:
    """The grid with each repair in its most special cell only, from one whose cells hold all that is below them."""
    return [[_only_here(counts, row, column) for column in range(len(cells))] for row, cells in enumerate(counts)]


def _only_here(counts: Grid, row: int, column: int) -> Seen:
    special_product, special_fault = _at(counts, row + 1, column), _at(counts, row, column + 1)
    both = _at(counts, row + 1, column + 1)
    elsewhere = Seen(
        special_product.repairs + special_fault.repairs - both.repairs,
        special_product.used + special_fault.used - both.used,
    )
    return counts[row][column].without(elsewhere)


def _at(counts: Grid, row: int, column: int) -> Seen:
    return counts[row][column] if row < len(counts) and column < len(counts[row]) else NOTHING


def any_of(rates: Iterable[float], without_reason: float) -> float:
    """The probability that at least one of several faults needs the part: noisy-or with a leak.

    The leak is what such repairs need whichever fault they have (a gasket, tape); it must not be counted once for each
    fault. It is at most the smallest rate, so that a fault never makes a part less probable than another alone does.
    """
    rates = list(rates)
    leak = min(without_reason, *rates)
    return _within(1 - (1 - leak) * prod((1 - rate) / (1 - leak) for rate in rates))


def _log_odds(rate: float) -> float:
    return log(rate / (1 - rate))


def _from_log_odds(value: float) -> float:
    return _within(1 / (1 + exp(-value)))


def _within(rate: float) -> float:
    return min(max(rate, NEVER), ALWAYS)

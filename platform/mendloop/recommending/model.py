"""How probable it is that a repair needs a part: Beta posteriors that back off from special to general. Pure numbers.

Repairs lie in a grid. Its rows are the levels of the product (any product, its families, the product itself), its
columns the levels of the fault (any fault, the codes above, the code itself). Every repair is counted in exactly one
cell, the most special one that holds it (`shells`). Each cell then expects what the cells around it have found
(`_both`) as if that were STRENGTH repairs of its own, and adds what it has counted: the mean of a Beta posterior.
The last cell, this product with this fault, is the answer. Without any repair it is the template's word.

The strengths are fixed and the same for everybody: an organisation sees the same numbers for the same repairs.
"""

from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple, TypeAlias

STRENGTH = 4.0
"""What is known of more general cells, or said by the template, counts like so many repairs."""
NEVER, ALWAYS = 0.0005, 0.9995
"""No repair is certain: a probability stays between these."""


class Seen(NamedTuple):
    """So many repairs, of which so many used the part."""

    repairs: int = 0
    used: int = 0

    def without(self, other: "Seen") -> "Seen":
        """Those that are not among `other`; never less than none, never more used than there are."""
        return _at_least_none(self.repairs - other.repairs, self.used - other.used)


NOTHING = Seen()
Grid: TypeAlias = Sequence[Sequence[Seen]]


def probability(prior: float, grid: Grid) -> float:
    """What the last cell of `grid` expects, whose cells hold each repair once; `prior` is the template's word."""
    above: list[float] = []
    for cells in _without_empty(grid):
        row: list[float] = []
        for column, seen in enumerate(cells):
            if not above:
                expected = row[column - 1] if column else prior
            elif column == 0:
                expected = above[0]
            else:
                expected = _both(above[column], row[column - 1], above[column - 1])
            row.append(posterior(expected, STRENGTH, seen) if seen.repairs else expected)
        above = row
    return above[-1] if above else prior


def _without_empty(grid: Grid) -> Grid:
    """Rows and columns without any repair say what stands before them says: nothing new."""
    columns = [place for place in range(len(grid[0])) if any(cells[place].repairs for cells in grid)]
    return [[cells[place] for place in columns] for cells in grid if any(seen.repairs for seen in cells)]


def posterior(mean: float, strength: float, seen: Seen) -> float:
    """The mean of the Beta distribution with this mean, which counts like `strength` repairs, after what was seen."""
    return _within((strength * mean + seen.used) / (strength + seen.repairs))


def _both(more_general_product: float, more_general_fault: float, general: float) -> float:
    """The product and the fault each say by how much the odds differ from what is general: both together.

    A screen of this product is needed in few of all repairs, in more of those with this fault, and in more of those
    of this product; in most of those with both, although nobody has seen one yet.
    """
    return _from_odds(_odds(more_general_product) * _odds(more_general_fault) / _odds(general))


def shells(counts: Grid) -> list[list[Seen]]:
    """The grid with each repair in its most special cell only, from one whose cells hold all that is below them."""
    rows, columns = len(counts), len(counts[0])
    return [[_only_here(counts, row, column, rows, columns) for column in range(columns)] for row in range(rows)]


def _only_here(counts: Grid, row: int, column: int, rows: int, columns: int) -> Seen:
    here = counts[row][column]
    special_product = counts[row + 1][column] if row + 1 < rows else NOTHING
    special_fault = counts[row][column + 1] if column + 1 < columns else NOTHING
    both = counts[row + 1][column + 1] if row + 1 < rows and column + 1 < columns else NOTHING
    return _at_least_none(
        here.repairs - special_product.repairs - special_fault.repairs + both.repairs,
        here.used - special_product.used - special_fault.used + both.used,
    )


def _at_least_none(repairs: int, used: int) -> Seen:
    return Seen(repairs, min(repairs, max(0, used))) if repairs > 0 else NOTHING


def any_of(rates: Iterable[float], without_reason: float) -> float:
    """The probability that at least one of several faults needs the part: noisy-or with a leak.

    The leak is what such repairs need whichever fault they have (a gasket, tape); it must not be counted once for each
    fault. It is at most the smallest rate, so that a fault never makes a part less probable than another alone does.
    """
    rates = list(rates)
    leak = min(without_reason, *rates)
    return _within(1 - (1 - leak) * prod((1 - rate) / (1 - leak) for rate in rates))


def _odds(rate: float) -> float:
    return rate / (1 - rate)


def _from_odds(odds: float) -> float:
    return _within(odds / (1 + odds))


def _within(rate: float) -> float:
    return min(max(rate, NEVER), ALWAYS)

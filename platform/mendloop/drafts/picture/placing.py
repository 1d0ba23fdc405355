"""Where the nodes of a picture stand: in layers from left to right, which turn at the edge like a snake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from mendloop.drafts.picture.graph import Graph

COLUMN, LINE, MARGIN = 34, 26, 14
SHAPE = 1.7
"""How wide a picture is for its height, as near as the flow allows."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The middle of each node, the size of the whole, and the heights above, between and below the rows: `gaps`."""

    spots: Mapping[str, tuple[int, int]]
    width: int
    height: int
    gaps: tuple[int, ...] = ()


def place(graph: Graph) -> Placed:
    """A spot for every node."""
    layers = _layers(graph)
    columns = min(range(1, len(layers) + 1), key=lambda count: _oddness(layers, count), default=1)
    rows = [layers[start : start + columns] for start in range(0, len(layers), columns)]
    spots: dict[str, tuple[int, int]] = {}
    top, gaps = MARGIN, [MARGIN]
    for number, row in enumerate(rows):
        lines = max(len(layer) for layer in row)
        for index, layer in enumerate(row):
            column = index if number % 2 == 0 else columns - 1 - index
            spots |= _stack(layer, MARGIN + column * COLUMN + COLUMN // 2, top, lines)
        top += lines * LINE
        gaps.append(top)
    return Placed(spots, 2 * MARGIN + columns * COLUMN, top + MARGIN, tuple(gaps))


def _stack(layer: Sequence[str], x: int, top: int, lines: int) -> dict[str, tuple[int, int]]:
    first = top + LINE // 2 + (lines - len(layer)) * LINE // 2
    return {name: (x, first + index * LINE) for index, name in enumerate(layer)}


def _oddness(layers: Sequence[Sequence[str]], columns: int) -> float:
    rows = [layers[start : start + columns] for start in range(0, len(layers), columns)]
    width, height = columns * COLUMN, sum(max(len(layer) for layer in row) for row in rows) * LINE
    return abs(width / height - SHAPE) + 0.2 * (ceil(len(layers) / columns) * columns - len(layers)) / columns


def _layers(graph: Graph) -> list[list[str]]:
    """Each node one layer after the last of those that lead on to it; within a layer near to them."""
    before: dict[str, list[str]] = {name: [] for name in graph.kinds}
    for route in graph.routes:
        if not route.back:
            before[route.to].append(route.start)
    depth: dict[str, int] = {}
    for name in graph.kinds:
        depth[name] = 1 + max((depth[one] for one in before[name]), default=-1)
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name in graph.kinds:
        layers[depth[name]].append(name)
    return _untangled(layers, before)


def _untangled(layers: list[list[str]], before: Mapping[str, Sequence[str]]) -> list[list[str]]:
    line: dict[str, float] = {}
    ordered: list[list[str]] = []
    for layer in layers:
        wish = {name: _mean([line[one] for one in before[name]]) for name in layer}
        ordered.append(sorted(layer, key=lambda name, wish=wish: wish[name]))  # type: ignore[misc]
        line |= {name: index - (len(layer) - 1) / 2 for index, name in enumerate(ordered[-1])}
    return ordered


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0

"""The flow of a template as shapes with numbers on them: what pages/flow_pieces.html draws. Places and ways are those
of the template's small picture. Ways are thicker that were taken often, steps warmer that take long."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot
from typing import Any

from mendloop.drafts.picture.graph import graph_of
from mendloop.drafts.picture.placing import Placed, place
from mendloop.drafts.picture.routing import HALF_HEIGHT, HALF_WIDTH, way

SCALE = 4
"""Pixels for a unit of the picture."""
MARGIN = 10
"""Below the lowest thing that is drawn; an end has its name there."""
WARMEST = 5
THINNEST, THICKEST = 0.5, 3.0
LINE_WIDTH = 13.4
"""How many narrow characters there is room for in a box; wide ones count as two."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is written on a node: its name, its number and its time; `weight` is what the warmth goes by."""

    title: str
    count: str = ""
    time: str = ""
    weight: float = 0.0
    still: int = 0
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place."""

    kind: str
    x: int
    y: int
    lines: tuple[str, ...]
    warmth: int
    said: Said


@dataclass(frozen=True, slots=True)
class Way:
    """A route: its path, how often it was taken, and where that is written."""

    path: str
    count: int
    width: float
    x: float
    y: float
    is_back: bool


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """Everything that is drawn, in units of `SCALE` pixels."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    half_width: int = HALF_WIDTH
    half_height: int = HALF_HEIGHT
    scale: int = SCALE


def picture_of(
    document: Mapping[str, Any], taken: Mapping[str, int], said_of: Callable[[str, Mapping[str, Any]], Said]
) -> FlowPicture:
    """`taken` counts routes by the names that the net has for them; `said_of` says what stands on a node."""
    graph = graph_of(document)
    placed = place(graph)
    said = {name: said_of(name, document["nodes"][name]) for name in graph.kinds}
    warmest = max((each.weight for each in said.values()), default=0.0)
    boxes = tuple(
        Box(kind, *placed.spots[name], wrapped(said[name].title), _warmth(said[name].weight, warmest), said[name])
        for name, kind in graph.kinds.items()
    )
    ways = tuple(_ways(document, taken, placed))
    return FlowPicture(placed.width, min(placed.height, _lowest(boxes, ways) + MARGIN), boxes, ways)


def _lowest(boxes: Sequence[Box], ways: Sequence[Way]) -> int:
    """Down to where something is drawn."""
    drawn = [box.y + HALF_HEIGHT for box in boxes] + [y for each in ways for _, y in _points(each.path)]
    return ceil(max(drawn, default=0.0))


def _ways(document: Mapping[str, Any], taken: Mapping[str, int], placed: Placed) -> Iterator[Way]:
    """Routes that were never taken first, so that they lie below the others."""
    ranks = {name: rank for rank, name in enumerate(placed.spots)}
    counts: dict[tuple[str, str], int] = {}
    backs: set[tuple[str, str]] = set()
    for start, to, is_back, count in _routes(document, taken):
        if start in ranks and to in ranks and start != to:
            counts[start, to] = counts.get((start, to), 0) + count
            if is_back or ranks[to] <= ranks[start]:
                backs.add((start, to))
    most = max(counts.values(), default=0)
    for (start, to), count in sorted(counts.items(), key=lambda each: each[1]):
        path = way(placed, start, to, (start, to) in backs)
        x, y = middle_of(path)
        yield Way(path, count, _width(count, most), x, y, (start, to) in backs)


def _routes(document: Mapping[str, Any], taken: Mapping[str, int]) -> Iterator[tuple[str, str, bool, int]]:
    """Every route of the flow; the exit of a rework only where it was used."""
    for name, node in document["nodes"].items():
        for index, edge in enumerate(node.get("next") or ()):
            route = f"{name}/{index}"
            yield name, edge["to"], edge.get("rework") is True, taken.get(route, 0)
            if edge.get("exit") and taken.get(f"{route}!"):
                yield name, edge["exit"], False, taken[f"{route}!"]


def _width(count: int, most: int) -> float:
    return round(THINNEST + (THICKEST - THINNEST) * count / most, 2) if most else THINNEST


def _warmth(weight: float, warmest: float) -> int:
    return round(WARMEST * weight / warmest) if warmest else 0


def wrapped(title: str) -> tuple[str, ...]:
    """A title in two lines at most, shortened where it is longer."""
    first, rest = _fitting(title.strip())
    if not rest:
        return (first,)
    second, more = _fitting(rest)
    return first, f"{rest[: _end(rest) - 1].rstrip()}…" if more else second


def _fitting(text: str) -> tuple[str, str]:
    """As much of the text as there is room for, at a space if there is one, and the rest."""
    end = _end(text)
    if end == len(text):
        return text, ""
    space = text.rfind(" ", 0, end + 1)
    end = space if space > 0 else end
    return text[:end].rstrip(), text[end:].lstrip()


def _end(text: str) -> int:
    """How many characters there is room for."""
    room, end = LINE_WIDTH, 0
    while end < len(text) and room >= _width_of(text[end]):
        room -= _width_of(text[end])
        end += 1
    return end


def _width_of(char: str) -> float:
    return 1.0 if ord(char) < 0x2E80 else 1.9


_NUMBERS = re.compile(r"([MLHVCQ])([^MLHVCQ]*)")


def middle_of(path: str) -> tuple[float, float]:
    """The point half-way along a path of the pictures."""
    points = list(_points(path))
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    left = sum(lengths) / 2
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length:
            share = left / length
            return round(a[0] + (b[0] - a[0]) * share, 1), round(a[1] + (b[1] - a[1]) * share, 1)
        left -= length
    return points[-1]


def _points(path: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for letter, rest in _NUMBERS.findall(path):
        given = [float(each) for each in rest.replace(",", " ").split()]
        if letter == "H":
            x = given[0]
        elif letter == "V":
            y = given[0]
        elif letter == "C":
            yield from _curve((x, y), given)
        if letter not in "HV":
            x, y = given[-2:]
        yield x, y


def _curve(begin: tuple[float, float], given: list[float]) -> Iterator[tuple[float, float]]:
    corners = [begin, *zip(given[::2], given[1::2], strict=True)]
    for number in range(1, 8):
        share, rest = number / 8, 1 - number / 8
        weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        x, y = (sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
        yield x, y

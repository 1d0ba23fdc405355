"""Drawing a flow as SVG that takes its colours from the page around it: `currentColor`, `--picture-node` (what nodes
are filled with), `--picture-accent` (start and end), `--picture-rework` (ways back).
There is no text in it but the numbers one asks for."""

from collections.abc import Iterator, Mapping
from typing import Any

from mendloop.drafts.picture.graph import Graph, graph_of
from mendloop.drafts.picture.placing import Placed, place
from mendloop.drafts.picture.routing import HALF_HEIGHT, HALF_WIDTH, way

Spot = tuple[int, int]
FILLED = 'fill="var(--picture-node,Canvas)"'
ACCENT = 'fill="var(--picture-accent,currentColor)" stroke="none"'
NO_NUMBERS: Mapping[str, str] = {}
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {width} {height}" fill="none" '
    'stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" '
    'focusable="false">{inside}</svg>'
)


def draw(document: Mapping[str, Any], numbers: Mapping[str, str] = NO_NUMBERS) -> str:
    """The picture of a template's flow; of a draft that has none yet, an empty one. `numbers` (digits only) are
    written on the nodes that have one."""
    graph = graph_of(document)
    placed = place(graph)
    ways = "".join(_ways(graph, placed))
    nodes = "".join(_nodes(graph, placed, numbers))
    return FRAME.format(width=placed.width, height=placed.height, inside=ways + nodes)


def _ways(graph: Graph, placed: Placed) -> Iterator[str]:
    drawn = [route for route in graph.routes if route.start != route.to]
    forth = [way(placed, route.start, route.to, False) for route in drawn if not route.back]
    back = [way(placed, route.start, route.to, True) for route in drawn if route.back]
    yield f'<path stroke-opacity=".5" d="{"".join(forth)}"/>'
    if back:
        yield f'<path stroke="var(--picture-rework,currentColor)" stroke-dasharray="2.5 3" d="{"".join(back)}"/>'


def _nodes(graph: Graph, placed: Placed, numbers: Mapping[str, str]) -> Iterator[str]:
    for index, (name, kind) in enumerate(graph.kinds.items()):
        written = numbers.get(name, "")
        spot, is_start = placed.spots[name], index == 0
        if written and kind != "end":
            yield _numbered(spot, kind, written, is_start)
        else:
            yield _SHAPES[kind](spot, is_start)


def _numbered(spot: Spot, kind: str, written: str, is_start: bool) -> str:
    """The number stands where there are lines otherwise; a bar is wider then."""
    x, y = spot
    if kind == "choice":
        shape, colour = _choice(spot, is_start), "currentColor"
    elif kind in ("parallel", "join"):
        bar = f'<rect x="{x - 7}" y="{y - 10}" width="14" height="20" rx="2" fill="currentColor" stroke="none"/>'
        shape, colour = bar, "var(--picture-node,Canvas)"
    else:
        shape = _box(spot, ACCENT if is_start else FILLED)
        colour = "var(--picture-node,Canvas)" if is_start else "currentColor"
    at = f'x="{x}" y="{y + 2.8:g}"'
    return f'{shape}<text {at} fill="{colour}" stroke="none" font-size="8" text-anchor="middle">{written}</text>'


def _box(spot: Spot, filled: str) -> str:
    x, y = spot
    size = f'width="{2 * HALF_WIDTH}" height="{2 * HALF_HEIGHT}" rx="3.5"'
    return f'<rect x="{x - HALF_WIDTH}" y="{y - HALF_HEIGHT}" {size} {filled}/>'


def _step(spot: Spot, is_start: bool) -> str:
    x, y = spot
    if is_start:
        return f'{_box(spot, ACCENT)}<path stroke="var(--picture-node,Canvas)" d="M{x - 6} {y}h12"/>'
    return f'{_box(spot, FILLED)}<path stroke-opacity=".55" d="M{x - 6} {y - 2}h12M{x - 6} {y + 2}h7"/>'


def _order(spot: Spot, _is_start: bool) -> str:
    x, y = spot
    size = f'width="{2 * HALF_WIDTH - 3}" height="{2 * HALF_HEIGHT - 3}" rx="3"'
    return f'<rect x="{x - 8}" y="{y - 4}" {size} {FILLED}/><rect x="{x - 11}" y="{y - 7}" {size} {FILLED}/>'


def _choice(spot: Spot, _is_start: bool) -> str:
    x, y = spot
    return f'<path {FILLED} d="M{x - 9} {y}l9-8 9 8-9 8z"/>'


def _bar(spot: Spot, _is_start: bool) -> str:
    x, y = spot
    return f'<rect x="{x - 2}" y="{y - 9}" width="4" height="18" rx="2" fill="currentColor" stroke="none"/>'


def _wait(spot: Spot, _is_start: bool) -> str:
    x, y = spot
    return f'<circle cx="{x}" cy="{y}" r="7.5" {FILLED}/><path d="M{x} {y - 4}v4l3 2"/>'


def _end(spot: Spot, _is_start: bool) -> str:
    x, y = spot
    return f'<circle cx="{x}" cy="{y}" r="6.5" {FILLED}/><circle cx="{x}" cy="{y}" r="3.5" {ACCENT}/>'


_SHAPES = {
    "step": _step,
    "choice": _choice,
    "parallel": _bar,
    "join": _bar,
    "order": _order,
    "wait": _wait,
    "end": _end,
}

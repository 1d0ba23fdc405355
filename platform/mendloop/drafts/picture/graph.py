"""A flow as far as it can be drawn: drafts may be broken, and nothing of what people write gets into a picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop.library.reading_order import reading_order

MOST_NODES = 240
KINDS = ("step", "choice", "parallel", "join", "order", "wait", "end")


@dataclass(frozen=True, slots=True)
class Route:
    """From one node to another; `back` when it leads to work that was done before."""

    start: str
    to: str
    back: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by name with their kinds, in reading order, and the routes between them."""

    kinds: Mapping[str, str]
    routes: tuple[Route, ...]


def graph_of(document: Mapping[str, Any]) -> Graph:
    """The nodes that are reached from the start, in the order in which one reads them, then all others."""
    given = document.get("nodes")
    listed = given.items() if isinstance(given, Mapping) else ()
    nodes = {name: node for name, node in listed if isinstance(node, Mapping)}
    ways = {name: [way for way in _ways(node) if way[0] in nodes] for name, node in nodes.items()}
    start = document.get("start")
    starts = [start, *nodes] if isinstance(start, str) and start in nodes else [*nodes]
    order = reading_order(starts, {name: _onward(each) for name, each in ways.items()})[:MOST_NODES]
    place = {name: index for index, name in enumerate(order)}
    drawn = [(name, to, rework) for name in order for to, rework in ways[name] if to in place]
    routes = tuple(Route(name, to, rework or place[to] <= place[name]) for name, to, rework in drawn)
    return Graph({name: _kind(nodes[name]) for name in order}, routes)


def _kind(node: Mapping[str, Any]) -> str:
    kind = node.get("kind")
    return kind if kind in KINDS else "step"


def _ways(node: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    routes = node.get("next")
    for route in routes if isinstance(routes, list) else ():
        if isinstance(route, Mapping) and isinstance(route.get("to"), str):
            yield route["to"], route.get("rework") is True


def _onward(ways: list[tuple[str, bool]]) -> list[str]:
    """The first way is read first."""
    return [to for to, rework in reversed(ways) if not rework]

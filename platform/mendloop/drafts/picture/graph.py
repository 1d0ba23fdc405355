"""A flow as far as it can be drawn: drafts may be broken, and nothing of what people write gets into a picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    order = _reading_order(starts, ways)[:MOST_NODES]
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


def _reading_order(starts: list[str], ways: Mapping[str, list[tuple[str, bool]]]) -> list[str]:
    """Each node after everything that leads on to it, where that is possible."""
    seen: set[str] = set()
    return [name for start in starts if start not in seen for name in _visit(start, ways, seen)]


def _visit(start: str, ways: Mapping[str, list[tuple[str, bool]]], seen: set[str]) -> list[str]:
    """What is reached from `start` and was not seen, in reverse postorder, without recursion."""
    done: list[str] = []
    seen.add(start)
    waiting = [(start, _onward(ways[start]))]
    while waiting:
        name, onward = waiting[-1]
        following = next((to for to in onward if to not in seen), None)
        if following is None:
            done.append(name)
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, _onward(ways[following])))
    return done[::-1]


def _onward(ways: list[tuple[str, bool]]) -> Iterator[str]:
    return (to for to, rework in reversed(ways) if not rework)

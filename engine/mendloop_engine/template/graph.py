"""The flow as a graph."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from ..problems import deeper
from .outline import Outline

Reach: TypeAlias = set[str]


@dataclass(frozen=True, slots=True)
class Link:
    """One way from node to node: a route, or the exit of a rework route (which is no rework itself)."""

    source: str
    to: str
    at: str
    rework: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """All ways through a flow."""

    start: str
    links: tuple[Link, ...]
    _out: dict[str, list[Link]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for link in self.links:
            self._out.setdefault(link.source, []).append(link)

    def out(self, name: str) -> list[Link]:
        """The ways that leave a node, in their order."""
        return self._out.get(name, [])

    def plain_links(self, name: str) -> list[Link]:
        """The ways that leave a node and are no rework."""
        return [link for link in self.out(name) if not link.rework]

    def from_(self, name: str, *, plain: bool = False) -> Reach:
        """Everything that can be reached from a node, itself included."""
        found: Reach = {name}
        waiting = [name]
        while waiting:
            for link in self.plain_links(waiting.pop()) if plain else self.out(waiting.pop()):
                if link.to not in found:
                    found.add(link.to)
                    waiting.append(link.to)
        return found

    def towards(self, names: Iterable[str]) -> Reach:
        """Everything from which one of these can be reached, themselves included."""
        sources: dict[str, list[str]] = {}
        for link in self.links:
            sources.setdefault(link.to, []).append(link.source)
        found: Reach = set(names)
        waiting = list(found)
        while waiting:
            fresh = [source for source in sources.get(waiting.pop(), []) if source not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def looping(self, within: Reach) -> list[str]:
        """The nodes of `within` that lie on a loop which never leaves it, in order."""
        left = dict.fromkeys(link.source for link in self.links if link.source in within)
        while True:
            stay = {link.source for link in self.links if link.source in left and link.to in left}
            if len(stay) == len(left):
                return list(left)
            left = dict.fromkeys(name for name in left if name in stay)


def graph_of(outline: Outline) -> Graph:
    """The graph of an outline whose names are all known."""
    links = []
    for node in outline.nodes.values():
        for edge in node.edges:
            if edge.to is not None:
                links.append(Link(node.id, edge.to, deeper(edge.at, "to"), edge.rework))
            if edge.exit is not None:
                links.append(Link(node.id, edge.exit, deeper(edge.at, "exit"), False))
    return Graph(outline.document["start"], tuple(links))

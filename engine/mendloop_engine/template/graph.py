"""The flow as a graph."""

from collections import Counter
from collections.abc import Iterable, Mapping
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

    def from_(self, name: str) -> Reach:
        """Everything that can be reached from a node, itself included."""
        found: Reach = {name}
        waiting = [name]
        while waiting:
            for link in self.out(waiting.pop()):
                if link.to not in found:
                    found.add(link.to)
                    waiting.append(link.to)
        return found

    def leading(self) -> "Leading":
        """Which node leads to which over plain links; those must not form loops."""
        names = dict.fromkeys(name for link in self.links for name in (link.source, link.to))
        bits = {name: 1 << number for number, name in enumerate(names)}
        found: dict[str, int] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            following = [link.to for link in self.plain_links(name)]
            missing = [each for each in following if each not in found]
            if missing:
                waiting += [name, *missing]
            else:
                found[name] = bits[name]
                for each in following:
                    found[name] |= found[each]
        return Leading(bits, found)

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
        inside = [link for link in self.links if link.source in within]
        left = dict.fromkeys(link.source for link in inside)
        counts = Counter(link.source for link in inside if link.to in left)
        sources: dict[str, list[str]] = {}
        for link in inside:
            sources.setdefault(link.to, []).append(link.source)
        waiting = [name for name in left if not counts[name]]
        while waiting:
            gone = waiting.pop()
            del left[gone]
            counts.subtract(sources.get(gone, ()))
            waiting += [name for name in dict.fromkeys(sources.get(gone, ())) if name in left and not counts[name]]
        return list(left)


@dataclass(frozen=True, slots=True)
class Leading:
    """Which node leads to which; a bit for each, so that thousands of nodes take no time."""

    bits: Mapping[str, int]
    reached: Mapping[str, int]

    def leads(self, source: str, to: str) -> bool:
        """Whether `source` leads to `to`, or is it."""
        return bool(self.reached[source] & self.bits[to])


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

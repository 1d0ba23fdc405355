"""Rules about the flow: every node leads to an end, loops are rework, branches meet at their join."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..problems import Problem, deeper
from .branches import branch_problems
from .graph import Graph, Link, graph_of
from .outline import EdgeOutline, NodeOutline, Outline

Names: TypeAlias = set[str]
MOST_BRANCH_WORK = 400_000
"""Parallel nodes times routes."""


def edge_problems(outline: Outline) -> Iterator[Problem]:
    """Rules that hold for each route by itself."""
    for node in outline.nodes.values():
        if node.kind != "parallel":
            yield from _else_problems(node)
        for edge in node.edges:
            yield from _rework_key_problems(node, edge)


def _else_problems(node: NodeOutline) -> Iterator[Problem]:
    """The last route is “else”; no other may be."""
    for edge in node.edges[:-1]:
        if edge.doc and "when" not in edge.doc:
            yield Problem("flow.condition_missing", edge.at, node.id)
    for edge in node.edges[-1:]:
        if "when" in edge.doc:
            yield Problem("flow.last_edge_has_condition", deeper(edge.at, "when"), node.id)


def _rework_key_problems(node: NodeOutline, edge: EdgeOutline) -> Iterator[Problem]:
    keys = [key for key in ("limit", "exit", "reason_field") if key in edge.doc]
    if node.kind == "parallel" and edge.rework:
        yield Problem("flow.rework_in_parallel", deeper(edge.at, "rework"), node.id)
    if keys and not edge.rework:
        yield Problem("flow.limit_without_rework", deeper(edge.at, keys[0]), node.id)
    elif ("limit" in edge.doc) != ("exit" in edge.doc):
        code = "flow.limit_without_exit" if "limit" in edge.doc else "flow.exit_without_limit"
        yield Problem(code, edge.at, node.id)


def flow_problems(outline: Outline) -> Iterator[Problem]:
    """Rules that hold for the flow as a whole; every name in it must be known."""
    graph = graph_of(outline)
    reachable = graph.from_(graph.start)
    for name, node in outline.nodes.items():
        if name not in reachable:
            yield Problem("flow.unreachable", node.at, name)
    ends = [name for name, node in outline.nodes.items() if node.kind == "end"]
    ending = graph.towards(ends)
    for name, node in outline.nodes.items():
        if name in reachable and name not in ending:
            yield Problem("flow.no_end", node.at, name)
    loops = list(_loop_problems(outline, graph))
    yield from loops
    if not loops:
        yield from _not_back(graph)
        if not branches_too_much(outline):
            yield from branch_problems(outline, graph)


def branches_too_much(outline: Outline) -> bool:
    """Whether there are so many parallel nodes that going through all their branches would take long.

    Hundreds of them, one inside the other: whether such a flow is right is then said to be too large to decide.
    """
    parallels = sum(node.kind == "parallel" for node in outline.nodes.values())
    return parallels * sum(len(node.edges) for node in outline.nodes.values()) > MOST_BRANCH_WORK


def loose_ends(outline: Outline) -> Iterator[Problem]:
    """What can be said of a flow that is not whole without blaming the innocent: to what nothing leads at all."""
    start = outline.document.get("start")
    reached = {name for node in outline.nodes.values() for edge in node.edges for name in (edge.to, edge.exit)}
    for name, node in outline.nodes.items():
        if start in outline.nodes and name != start and name not in reached:
            yield Problem("flow.unreachable", node.at, name)


@dataclass(slots=True)
class _Walk:
    """A walk in depth over plain links, that notes the links which close a loop."""

    graph: Graph
    done: Names
    closing: list[Link]

    def from_(self, start: str) -> None:
        path: dict[str, None] = {}
        waiting: list[tuple[str, Link | None]] = [(start, None)]
        while waiting:
            name, link = waiting.pop()
            if name == "":
                self.done.add(path.popitem()[0])
            elif name in path and link is not None:
                self.closing.append(link)
            elif name not in self.done:
                path[name] = None
                waiting.append(("", None))
                waiting += [(each.to, each) for each in reversed(self.graph.plain_links(name))]


def _loop_problems(outline: Outline, graph: Graph) -> Iterator[Problem]:
    idle = {name for name, node in outline.nodes.items() if node.kind != "step"}
    for name in graph.looping(idle):
        yield Problem("flow.loop_without_step", outline.nodes[name].at, name, {"nodes": graph.looping(idle)})
        return
    walk = _Walk(graph, set(), [])
    for name in [graph.start, *outline.nodes]:
        walk.from_(name)
    for link in walk.closing:
        yield Problem("flow.loop_not_rework", link.at, link.source, {"to": link.to})


def _not_back(graph: Graph) -> Iterator[Problem]:
    """A rework link whose target does not lead to its source goes nowhere back."""
    leading = graph.leading()
    for link in graph.links:
        if link.rework and not leading.leads(link.to, link.source):
            yield Problem("flow.rework_not_back", link.at, link.source, {"to": link.to})

"""Rules about parallel branches: they start at one node, meet at one join, and nothing slips in or out between."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..problems import Problem
from .graph import Graph, Link
from .outline import NodeOutline, Outline


@dataclass(frozen=True, slots=True)
class _Branch:
    """The nodes of one branch, and where it arrives though it must not."""

    parallel: NodeOutline
    nodes: dict[str, None]
    strays: list[str]


def branch_problems(outline: Outline, graph: Graph) -> Iterator[Problem]:
    """Everything that is wrong with branches; plain links must not form loops."""
    parallels = [node for node in outline.nodes.values() if node.kind == "parallel"]
    owners: dict[str, list[NodeOutline]] = {}
    for parallel in parallels:
        owners.setdefault(parallel.doc["join"], []).append(parallel)
    yield from _join_problems(outline, owners)
    joins = {parallel.doc["join"]: parallel.id for parallel in parallels}
    for parallel in parallels:
        branches = [_branch(outline, graph, parallel, link.to, joins) for link in graph.out(parallel.id)]
        yield from _leaving(outline, branches)
        yield from _meeting(outline, branches)
        yield from _crossing(graph, parallel, branches)


def _join_problems(outline: Outline, owners: dict[str, list[NodeOutline]]) -> Iterator[Problem]:
    for node in outline.nodes.values():
        if node.kind != "join":
            continue
        names = [parallel.id for parallel in owners.get(node.id, [])]
        if not names:
            yield Problem("flow.join_without_parallel", node.at, node.id)
        elif len(names) > 1:
            yield Problem("flow.join_shared", node.at, node.id, {"parallels": names})


def _branch(outline: Outline, graph: Graph, parallel: NodeOutline, first: str, joins: dict[str, str]) -> _Branch:
    """Follows plain links until the join; an end, or a join of a parallel outside, is a stray."""
    nodes: dict[str, None] = {}
    strays: list[str] = []
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name == parallel.doc["join"] or name in nodes:
            continue
        nodes[name] = None
        kind = outline.nodes[name].kind
        if kind == "end" or (kind == "join" and joins.get(name) not in nodes):
            strays.append(name)
        else:
            waiting += [link.to for link in graph.plain_links(name)]
    return _Branch(parallel, nodes, strays)


def _leaving(outline: Outline, branches: list[_Branch]) -> Iterator[Problem]:
    seen: set[str] = set()
    for branch in branches:
        for name in branch.strays:
            if name not in seen:
                seen.add(name)
                params = {"parallel": branch.parallel.id, "join": branch.parallel.doc["join"]}
                yield Problem("flow.branch_leaves", outline.nodes[name].at, name, params)


def _meeting(outline: Outline, branches: list[_Branch]) -> Iterator[Problem]:
    """Only where branches first meet: what follows belongs to both of necessity."""
    taken: set[str] = set()
    for branch in branches:
        common = [name for name in branch.nodes if name in taken and name not in branch.strays]
        for name in common[:1]:
            yield Problem("flow.branches_meet", outline.nodes[name].at, name, {"parallel": branch.parallel.id})
        taken.update(branch.nodes)


def _crossing(graph: Graph, parallel: NodeOutline, branches: list[_Branch]) -> Iterator[Problem]:
    """Links that enter a branch from outside, and rework links that leave one."""
    join = parallel.doc["join"]
    inside: dict[str, int] = {}
    for number, branch in enumerate(branches):
        for name in branch.nodes:
            inside.setdefault(name, number)
    for link in graph.links:
        source = inside.get(link.source)
        if link.rework and source is not None and source != inside.get(link.to):
            yield Problem("flow.rework_leaves_branch", link.at, link.source, {"to": link.to})
        elif _enters(link, inside, parallel.id, join):
            yield Problem("flow.branch_entered", link.at, link.to, {"parallel": parallel.id})


def _enters(link: Link, inside: Mapping[str, int], parallel: str, join: str) -> bool:
    return link.source not in inside and link.source != parallel and (link.to in inside or link.to == join)

"""The workflow net that a template's flow compiles to, and what its verdict means for the template.

Conditions are not looked at: every route may be taken. A step, a choice and a passed join are a place each, a route is
a transition. A parallel node puts one token into each branch; a branch whose condition does not hold goes to its join
at once. A join takes one token of each branch. Where a node lies in several branches, nobody can say whose token
arrives; then the join counts, as the engine does.
"""

from collections.abc import Iterator, Mapping

from ..problems import Problem
from ..template.outline import EdgeOutline, NodeOutline, Outline
from .net import Net, NetBuilder
from .reduce import reduced
from .search import Finding, Sound, TooLarge, can_fire, search

LIMIT = 20_000
CODES = {
    "deadlock": "flow.deadlock",
    "livelock": "flow.never_ends",
    "doubled": "flow.not_synchronised",
    "left_over": "flow.work_left_over",
}


def soundness_problems(outline: Outline, limit: int = LIMIT) -> Iterator[Problem]:
    """What is wrong with the flow, with the run that shows it: routes as `node/number`, from the start."""
    whole = net_of(outline)
    small = reduced(whole)
    verdict = search(small, limit)
    if isinstance(verdict, TooLarge):
        yield too_large(limit)
        return
    if isinstance(verdict, Finding):
        node = _node_of(verdict.places[0], outline)
        yield Problem(CODES[verdict.flaw], node.at, node.id, {"run": list(verdict.run)})
    fired = verdict.fired if isinstance(verdict, Sound) else can_fire(small, limit)
    if fired is not None:
        yield from _dead_problems(outline, _reached(whole, fired))


def too_large(limit: int = LIMIT) -> Problem:
    """Says that nobody knows whether every run ends properly."""
    return Problem("flow.too_large_to_decide", "/nodes", "", {"limit": limit})


def _reached(net: Net, fired: frozenset[str]) -> frozenset[str]:
    """The places that some run reaches."""
    marking = net.start
    for transition in net.transitions:
        if transition.origin in fired:
            marking |= transition.gives
    return frozenset(net.names(marking))


def _dead_problems(outline: Outline, reached: frozenset[str]) -> Iterator[Problem]:
    """Nodes that no run gets to, though routes lead there; told where the way breaks off, others beside it."""
    dead = [name for name in outline.nodes if _at(name) not in reached]
    alive = (node for node in outline.nodes.values() if _at(node.id) in reached)
    at_the_edge = {name for node in alive for edge in node.edges for name in (edge.to, edge.exit)}
    for name in dead:
        if name in at_the_edge:
            yield Problem("flow.dead_step", outline.nodes[name].at, name, {"nodes": dead})


def net_of(outline: Outline) -> Net:
    """The net of a flow whose names are all known."""
    compiler = _Compiler(outline)
    for node in outline.nodes.values():
        compiler.add(node)
    ends = [_at(node.id) for node in outline.nodes.values() if node.kind == "end"]
    return compiler.builder.net([_at(outline.document["start"])], ends)


class _Compiler:
    """Adds node after node to a net."""

    def __init__(self, outline: Outline) -> None:
        self.builder = NetBuilder()
        self._nodes = outline.nodes
        self._parallels = {node.doc["join"]: node for node in outline.nodes.values() if node.kind == "parallel"}
        self._branches = _branches_of(outline)

    def add(self, node: NodeOutline) -> None:
        """The transitions of one node."""
        if node.kind == "parallel":
            self._parallel(node)
        else:
            for edge in node.edges:
                self._route(node, edge)

    def _route(self, node: NodeOutline, edge: EdgeOutline) -> None:
        for name, to in ((edge.id, edge.to), (f"{edge.id}!", edge.exit)):
            if to is not None:
                self._go(name, node.id, [_at(node.id)], to)

    def _go(self, name: str, source: str, takes: list[str], to: str) -> None:
        """A way to `to`; a join is reached in the branch of `source`, or counts."""
        parallel = self._parallels.get(to) if self._nodes[to].kind == "join" else None
        if parallel is None:
            self.builder.transition(name, takes, [_at(to)])
            return
        branches = self._branches[parallel.id]
        if branches is None:
            for number in range(len(parallel.edges)):
                self.builder.transition(name, [*takes, _counted(to, number)], [_counted(to, number + 1)])
        else:
            self.builder.transition(name, takes, [_arrived(to, branches.get(source))])

    def _parallel(self, node: NodeOutline) -> None:
        join, numbers = node.doc["join"], range(len(node.edges))
        counts = self._branches[node.id] is None
        begun = [_branch(node.id, number) for number in numbers]
        self.builder.transition(f"{node.id}!", [_at(node.id)], begun + ([_counted(join, 0)] if counts else []))
        for number, edge in enumerate(node.edges):
            if edge.to is not None:
                self._begin(node, number, edge)
        passed = [_counted(join, len(numbers))] if counts else [_arrived(join, number) for number in numbers]
        self.builder.transition(f"{join}!", passed, [_at(join)])

    def _begin(self, node: NodeOutline, number: int, edge: EdgeOutline) -> None:
        """A branch begins, or is left out where it has a condition."""
        join, takes = node.doc["join"], [_branch(node.id, number)]
        branches = self._branches[node.id]
        if "when" in edge.doc or edge.to == join:
            if branches is None:
                self._go(f"{edge.id}-", node.id, takes, join)
            else:
                self.builder.transition(f"{edge.id}-", takes, [_arrived(join, number)])
        if edge.to is not None and edge.to != join:
            self._go(edge.id, node.id, takes, edge.to)


def _branches_of(outline: Outline) -> Mapping[str, Mapping[str, int] | None]:
    """For each parallel node, in which of its branches a node lies; None where one lies in several."""
    return {node.id: _branches(outline, node) for node in outline.nodes.values() if node.kind == "parallel"}


def _branches(outline: Outline, parallel: NodeOutline) -> Mapping[str, int] | None:
    found: dict[str, int] = {}
    for number, edge in enumerate(parallel.edges):
        for name in _within(outline, edge.to, parallel.doc["join"]):
            if found.setdefault(name, number) != number:
                return None
    return found


def _within(outline: Outline, first: str | None, join: str) -> set[str]:
    """All nodes from `first` on, until the join."""
    found: set[str] = set()
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name is not None and name != join and name not in found:
            found.add(name)
            waiting += [to for edge in outline.nodes[name].edges for to in (edge.to, edge.exit)]
    return found


def _node_of(place: str, outline: Outline) -> NodeOutline:
    return outline.nodes[place.split(":")[1]]


def _at(node: str) -> str:
    return f"at:{node}"


def _branch(parallel: str, number: int) -> str:
    return f"branch:{parallel}:{number}"


def _arrived(join: str, number: int | None) -> str:
    return f"arrived:{join}:{'stray' if number is None else number}"


def _counted(join: str, number: int) -> str:
    return f"counted:{join}:{number}"

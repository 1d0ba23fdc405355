"""Locks that nobody takes off: an order cannot end under a lock, so a way to an end without their removal is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..problems import Problem
from ..soundness import too_large
from .graph import Graph, graph_of
from .outline import FieldOutline, NodeOutline, Outline

MOST_LOOKS = 200_000
"""Nodes that are looked at for all gates together: thousands of gates in thousands of nodes are a minute otherwise."""
MOST_NESTED = 50
"""Blocks within blocks; deeper ones are taken to remove what they should."""


def left_locked_problems(outline: Outline) -> Iterator[Problem]:
    """A warning for each gate from which an end can be reached past every step that takes its locks off.

    Conditions are not looked at: a way that no answer leads along is told as well, never the other way round. All
    branches of a parallel are gone through, so a removal in one of them counts, unless that branch has a condition.
    Names must be known.
    """
    search = _Search(outline, graph_of(outline))
    removers = _removers(outline)
    for node in outline.steps():
        for gate in node.fields:
            if _locks(gate):
                ends = search.ends(node, frozenset(removers.get(gate.element, ())))
                if search.looks > MOST_LOOKS:
                    yield too_large()
                    return
                if ends:
                    yield Problem("flow.left_locked", gate.at, gate.element, {"end": ends[0], "ends": [*ends]})


def _removers(outline: Outline) -> dict[str, list[str]]:
    """The steps that take off a gate's locks, by gate."""
    found: dict[str, list[str]] = {}
    for node in outline.steps():
        for each in node.fields:
            removes = each.settings.get("removes") if _is_gate(each) else None
            if isinstance(removes, str) and each.doc.get("required") is not False:
                found.setdefault(removes, []).append(node.id)
    return found


def _locks(gate: FieldOutline) -> bool:
    return _is_gate(gate) and bool(gate.settings.get("points")) and not gate.settings.get("removes")


def _is_gate(each: FieldOutline) -> bool:
    return each.type is not None and each.type.name == "safety_gate" and each.doc.get("visible") is not False


@dataclass(slots=True)
class _Search:
    """Ways past some steps. `looks` counts the nodes that were looked at."""

    outline: Outline
    graph: Graph
    looks: int = 0
    _known: dict[tuple[str, frozenset[str]], tuple[str, ...]] = field(default_factory=dict)

    def ends(self, node: NodeOutline, past: frozenset[str]) -> tuple[str, ...]:
        """The ends that can be reached from a node past these steps, in the order of the document."""
        key = (node.id, past)
        if key not in self._known:
            reached = self._reached((link.to for link in self.graph.out(node.id)), past, None, 0)
            self._known[key] = tuple(name for name in self.outline.nodes if name in reached and self._is_end(name))
        return self._known[key]

    def _is_end(self, name: str) -> bool:
        return self.outline.nodes[name].kind == "end"

    def _reached(self, begin: Iterable[str], past: frozenset[str], until: str | None, depth: int) -> set[str]:
        found: set[str] = set()
        waiting = [*begin]
        while waiting and self.looks <= MOST_LOOKS:
            name = waiting.pop()
            if name in found or name in past:
                continue
            found.add(name)
            self.looks += 1
            if name != until:
                waiting += self._onward(name, past, depth)
        return found

    def _onward(self, name: str, past: frozenset[str], depth: int) -> list[str]:
        node = self.outline.nodes[name]
        if node.kind != "parallel":
            return [link.to for link in self.graph.out(name)]
        join = node.doc["join"]
        sure = [edge.to for edge in node.edges if edge.to is not None and "when" not in edge.doc]
        if depth >= MOST_NESTED or any(join not in self._reached([to], past, join, depth + 1) for to in sure):
            return []
        return [join]

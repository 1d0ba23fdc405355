"""A template's flow as the net that the engine decides soundness on, and which of its moves are the steps.

A step is done when a route leaves it. Everything else (choices, branches that begin or meet) happens by itself. Every
route may be taken: conditions and limits of rework are not judged, for a log does not tell the answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mendloop_engine.soundness import Net, Transition, net_of
from mendloop_engine.soundness.net import bits
from mendloop_engine.template.outline import EdgeOutline, NodeOutline, Outline

from mendloop.drafts.picture.graph import graph_of


@dataclass(frozen=True, slots=True)
class Firing:
    """One move of the net: its name, the step that is done with it (empty: none), the route that it takes."""

    name: str
    step: str
    transition: Transition

    @property
    def route(self) -> str:
        """`node/number`, as events name it, whether the way leads on or out of a rework that was used up."""
        return self.name.rstrip("!-")


@dataclass(slots=True)
class TemplateNet:
    """`steps` in the order in which one reads them."""

    net: Net
    steps: tuple[str, ...]
    _firings: list[Firing]
    _ends: Mapping[str, int]
    _enabled: dict[int, list[Firing]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The marking with which every run begins."""
        return self.net.start

    def enabled(self, marking: int) -> list[Firing]:
        """What can happen next; worked out once for each marking."""
        found = self._enabled.get(marking)
        if found is None:
            found = [each for each in self._firings if marking & each.transition.takes == each.transition.takes]
            self._enabled[marking] = found
        return found

    def is_ended(self, marking: int) -> bool:
        """Whether an end is reached."""
        return bool(marking & self.net.ends)

    def end_with(self, outcome: str) -> int:
        """The ends of this outcome as a marking; where the flow has none, all of them."""
        return self._ends.get(outcome) or self.net.ends


def net_of_template(document: Mapping[str, Any]) -> TemplateNet:
    """The net of a published document."""
    nodes = {name: _node(name, doc) for name, doc in document["nodes"].items()}
    net = net_of(Outline(document, nodes))
    firings = [Firing(str(each.origin), _step_of(str(each.origin), nodes), each) for each in net.transitions]
    return TemplateNet(net, _steps_of(document, nodes), firings, _ends_of(net, nodes))


def _node(name: str, doc: Mapping[str, Any]) -> NodeOutline:
    edges = tuple(EdgeOutline(f"{name}/{index}", "", edge) for index, edge in enumerate(doc.get("next") or ()))
    return NodeOutline(name, "", str(doc["kind"]), doc, edges, ())


def _step_of(transition: str, nodes: Mapping[str, NodeOutline]) -> str:
    source = transition.rstrip("!-").partition("/")[0]
    return source if nodes[source].kind == "step" else ""


def _steps_of(document: Mapping[str, Any], nodes: Mapping[str, NodeOutline]) -> tuple[str, ...]:
    ordered = dict.fromkeys([*graph_of(document).kinds, *nodes])
    return tuple(name for name in ordered if nodes[name].kind == "step")


def _ends_of(net: Net, nodes: Mapping[str, NodeOutline]) -> dict[str, int]:
    """By outcome."""
    found: dict[str, int] = {}
    for bit in bits(net.ends):
        outcome = str(nodes[net.names(bit)[0].split(":")[1]].doc.get("outcome", ""))
        found[outcome] = found.get(outcome, 0) | bit
    return found

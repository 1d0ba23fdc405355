"""Locks that are on where they must not be: at an end, or where a step switches power on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..json_values import Json
from ..problems import Problem, deeper
from ..soundness import too_large
from .graph import Graph, graph_of
from .lock_branches import Change, Lock
from .lock_walk import Budget, LockWalk
from .outline import Doc, FieldOutline, NodeOutline, Outline


def lock_problems(outline: Outline) -> Iterator[Problem]:
    """Each gate whose locks may still be on at an end, and each step that energises and is reached under a lock.

    Conditions are not looked at: a way that no answer leads along is told as well, never the other way round. So an
    end is only ever a warning. A step is an error where no condition can keep work from being stuck: every way there
    is under the lock, or there is one on which nothing is decided. Names must be known.
    """
    gates = [(node, gate) for node in outline.steps() for gate in node.fields if _locks(gate)]
    flow, found = _Flow.of(outline), _Energised()
    for node, gate in gates:
        walk = flow.walk(node, gate)
        arrived = walk.arrived()
        if flow.budget.spent:
            yield too_large()
            return
        under = [name for name in outline.nodes if any(lock.on for lock in arrived.get(name, ()))]
        yield from _left_locked(outline, gate, under)
        for name in under:
            if name in flow.energising:
                found.note(gate, name, walk)
    for node in outline.steps():
        yield from found.problems(node)
    yield from (_energised_gate(node, gate) for node, gate in gates if node.id in flow.energising)


def _left_locked(outline: Outline, gate: FieldOutline, under: list[str]) -> Iterator[Problem]:
    ends = [name for name in under if outline.nodes[name].kind == "end"]
    if ends:
        yield Problem("flow.left_locked", gate.at, gate.element, {"end": ends[0], "ends": [*ends]})


def _energised_gate(node: NodeOutline, gate: FieldOutline) -> Problem:
    """Once paused, such a step waits for its own lock."""
    return Problem("flow.energised_gate", gate.at, gate.element, {"node": node.id})


@dataclass(slots=True)
class _Energised:
    """The gates under whose lock steps that energise are reached: surely, or if conditions want it."""

    surely: dict[str, list[str]] = field(default_factory=dict)
    perhaps: dict[str, list[str]] = field(default_factory=dict)
    runs: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def note(self, gate: FieldOutline, name: str, walk: LockWalk) -> None:
        """What one gate's walk showed of such a step."""
        locks = walk.arrivals[name]
        surely = Lock(True) in locks or all(lock.on for lock in locks)
        (self.surely if surely else self.perhaps).setdefault(name, []).append(gate.element)
        self.runs[name, gate.element] = walk.run_to(name)

    def problems(self, node: NodeOutline) -> Iterator[Problem]:
        """What is wrong with this step, with the run that leads there under the first gate's lock."""
        for code, listed in (("flow.energised_locked", self.surely), ("flow.energised_perhaps", self.perhaps)):
            gates = listed.get(node.id)
            if gates:
                run = self.runs[node.id, gates[0]]
                shown: dict[str, Json] = {"run": [*run]} if run else {}
                params: dict[str, Json] = {"gate": gates[0], "gates": [*gates], **shown}
                yield Problem(code, deeper(node.at, "energises"), node.id, params)


@dataclass(frozen=True, slots=True)
class _Flow:
    """What is the same for all gates. `removals`: the steps that take off a gate's locks, and how, by gate."""

    outline: Outline
    graph: Graph
    energising: frozenset[str]
    removals: Mapping[str, list[tuple[str, Change]]]
    budget: Budget

    @classmethod
    def of(cls, outline: Outline) -> "_Flow":
        """Of an outline whose names are all known."""
        removals: dict[str, list[tuple[str, Change]]] = {}
        for node in outline.steps():
            for each in node.fields:
                removes = each.settings.get("removes") if _is_gate(each) else None
                if isinstance(removes, str):
                    removals.setdefault(removes, []).append((node.id, _change(each.doc, on=False)))
        energising = frozenset(node.id for node in outline.steps() if node.doc.get("energises") is True)
        return cls(outline, graph_of(outline), energising, removals, Budget())

    def walk(self, node: NodeOutline, gate: FieldOutline) -> LockWalk:
        """The walk of a gate that stands in that node."""
        changes: dict[str, list[Change]] = {}
        for name, change in self.removals.get(gate.element, ()):
            changes.setdefault(name, []).append(change)
        changes.setdefault(node.id, []).append(_change(gate.doc, on=True))
        return LockWalk(self.outline, self.graph, changes, self.energising, self.budget)


def _change(doc: Doc, *, on: bool) -> Change:
    """What completing the step does to the lock; what is not required may be left as it is."""
    perhaps = any(isinstance(doc.get(key), str) for key in ("visible", "required"))
    return Change(on, sure=doc.get("required") is not False, perhaps=perhaps)


def _locks(gate: FieldOutline) -> bool:
    return _is_gate(gate) and bool(gate.settings.get("points")) and not gate.settings.get("removes")


def _is_gate(each: FieldOutline) -> bool:
    return each.type is not None and each.type.name == "safety_gate" and each.doc.get("visible") is not False

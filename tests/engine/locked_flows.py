"""Random small flows with locks, and runs through them in which people do whatever they may."""

import random
from dataclasses import dataclass, field
from typing import Any

from engine_bench import Bench, step, template, words
from mendloop_engine import Template, compile_plan
from mendloop_engine.decision import Accepted
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.plan import PlanField, StepNode
from mendloop_engine.template import examine_template

Document = dict[str, Any]
GATES = ("one", "two")
LONGEST = 60


@dataclass
class Flows:
    """Writes flows of steps, choices, branches and rework. Every condition is an answer, so every way can be gone."""

    chance: random.Random
    nodes: dict[str, Document] = field(default_factory=dict)
    gates: list[str] = field(default_factory=list)

    def write(self) -> Document:
        start = self._blocks("done", self.chance.randint(2, 4), 0)
        return template(self.nodes, start=start)

    def _blocks(self, after: str, count: int, depth: int) -> str:
        """Written from the last to the first; returns the first."""
        for _ in range(count):
            kind = self.chance.random()
            if kind < 0.6 or depth >= 2:
                after = self._step(after)
            elif kind < 0.8:
                after = self._choice(after, depth)
            else:
                after = self._parallel(after, depth)
        return after

    def _name(self, kind: str) -> str:
        return f"{kind}{len(self.nodes)}"

    def _step(self, after: str) -> str:
        name = self._name("s")
        fields: list[Document] = [{"id": "go", "type": "boolean", "required": True}]
        lot = self.chance.random()
        if lot < 0.3:
            fields.append({"id": "gate", "type": "safety_gate", "points": ["P"], **self._looseness()})
            self.gates.append(f"{name}.gate")
        elif lot < 0.65:
            fields.append({"id": "off", "type": "safety_gate", "removes": "?", **self._looseness()})
        more = {"energises": True} if self.chance.random() < 0.3 else {}
        self.nodes[name] = step(*fields, to=after, **more)
        return name

    def _looseness(self) -> Document:
        return self.chance.choice([{}, {}, {}, {"required": False}, {"visible": "go"}])

    def _choice(self, after: str, depth: int) -> str:
        name = self._step(after)
        way = {"when": "go", "to": name, "rework": True, "limit": 2, "exit": after, "label": words("again")}
        if self.chance.random() < 0.5:
            way = {"when": "go", "to": self._blocks(after, 1, depth + 1), "label": words("w")}
        self.nodes[name]["next"] = [way, {"to": after}]
        return name

    def _parallel(self, after: str, depth: int) -> str:
        name, join = self._name("p"), self._name("p") + "j"
        self.nodes[join] = {"kind": "join", "title": words("j"), "next": [{"to": after}]}
        self.nodes[name] = {"kind": "parallel", "title": words("p"), "join": join}
        branches: list[Document] = [{"to": self._blocks(join, self.chance.randint(1, 2), depth + 1)} for _ in range(2)]
        if self.chance.random() < 0.3:
            branches[0] |= {"when": "order.warranty", "label": words("w")}
        self.nodes[name]["next"] = branches
        return name


def random_flow(seed: int) -> Document:
    """A flow in which every removal takes off some gate; without a gate there is none."""
    chance = random.Random(seed)
    flows = Flows(chance)
    document = flows.write()
    for node in flows.nodes.values():
        for each in node.get("fields", ()):
            if "removes" in each:
                each["removes"] = chance.choice(flows.gates) if flows.gates else "?"
        if not flows.gates and "fields" in node:
            node["fields"] = [each for each in node["fields"] if "removes" not in each]
    return document


def played_to_an_end(document: Document, seed: int) -> str:
    """`ended`, `long`, `under a lock` at an end, or the step that energises at which nobody can go on."""
    examined = examine_template(document)
    plan = compile_plan(Template(document, "", examined.problems, BUILT_IN, examined.outline, examined.expressions))
    chance = random.Random(seed)
    bench = Bench(plan, warranty=chance.random() < 0.5)
    eager = {name: chance.random() for name in document["nodes"]}
    for _ in range(LONGEST):
        if bench.state.status != "open":
            return "ended"
        visits = sorted(bench.state.active, key=lambda visit: eager[visit.partition("#")[0]])
        moved = next((outcome for visit in visits if (outcome := _moved(bench, visit, chance)) != "waits"), "waits")
        if moved != "goes on":
            return visits[0].partition("#")[0] if moved == "waits" else moved
    return "long"


def _moved(bench: Bench, visit: str, chance: random.Random) -> str:
    """Some of one visit's work: `waits` when it cannot begin because a lock stands."""
    opened = bench.state.active[visit]
    if opened.status == "ready":
        return "goes on" if isinstance(bench.send("StartStep", visit=visit), Accepted) else "waits"
    node = bench.plan.nodes[opened.node]
    assert isinstance(node, StepNode)
    go = chance.random() < 0.5
    for each in node.fields:
        if each.type == "safety_gate":
            _handle(bench, visit, each, node.id, surely=each.required is True and (each.visible is True or go))
    done = bench.send("CompleteStep", visit=visit, answers={"go": go}, rework_reason="again")
    return "goes on" if isinstance(done, Accepted) else "under a lock"


def _handle(bench: Bench, visit: str, gate: PlanField, node: str, *, surely: bool) -> None:
    """Locks or unlocks; what need not be is left in every other run (by the length of its clock)."""
    if not surely and bench.now // 60_000 % 2:
        return
    removes = gate.settings["removes"]
    kind, name = ("UnlockPoint", removes) if removes else ("LockPoint", f"{node}.{gate.id}")
    if (f"{name}.P" in bench.state.locks) == (kind == "UnlockPoint"):
        bench.accept(kind, visit=visit, field=gate.id, point="P")

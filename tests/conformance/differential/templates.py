"""Random templates: every kind of node and field, expressions over them, routes back, branches within branches."""

from dataclasses import dataclass, field, replace
from typing import Any

from differential.chance import Chance
from differential.expressions import Expressions, Scope
from differential.fields import ALL, Fields, simple_types, words

Node = dict[str, Any]
ROLES = ("engineer", "inspector", "helper")
MAX_NODES = 14


@dataclass
class Written:
    """What is known while a template grows."""

    nodes: dict[str, Node] = field(default_factory=dict)
    gates: list[str] = field(default_factory=list)
    shots: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where the next block stands: what expressions may read, which steps of the same branch come before."""

    scope: Scope = field(default_factory=Scope)
    before: tuple[str, ...] = ()


class Templates:
    """Writes templates; the same seed writes the same one."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.expressions = Expressions(chance)
        self.fields = Fields(chance, self.expressions)

    def write(self) -> dict[str, Any]:
        """A template of format 1."""
        written = Written()
        start, place = self._blocks(written, Place(), "done", self.chance.whole(1, 4), 0)
        del place
        written.nodes["done"] = {"kind": "end", "outcome": "repaired", "title": words("done")}
        self._later_references(written)
        return {
            "format": 1,
            "key": "random.run",
            "title": words("Random run"),
            "applies_to": [{"product": "pump/*"}],
            "roles": {role: {} for role in ROLES},
            "pause_reasons": [{"id": name, "label": words(name)} for name in ("waiting_parts", "break")],
            "start": start,
            "nodes": written.nodes,
        }

    def _new(self, written: Written, kind: str) -> str:
        return f"{kind}_{len(written.nodes) + 1}"

    def _blocks(self, written: Written, place: Place, after: str, count: int, depth: int) -> tuple[str, Place]:
        """`count` blocks one after the other that lead to `after`: the first one's node, and the place behind them."""
        names: list[str] = []
        entries: list[tuple[str, str]] = []
        for _ in range(count):
            exit_name = f"__exit_{len(written.nodes)}_{depth}_{len(entries)}"
            entry, place = self._block(written, place, exit_name, depth)
            names.append(entry)
            entries.append((entry, exit_name))
        following = [*names[1:], after]
        for (_, exit_name), target in zip(entries, following, strict=True):
            _redirect(written.nodes, exit_name, target)
        return names[0], place

    def _block(self, written: Written, place: Place, after: str, depth: int) -> tuple[str, Place]:
        crowded = len(written.nodes) >= MAX_NODES or depth >= 3
        kind = self.chance.whole(0, 3 if crowded else 9)
        if kind <= 5:
            return self._step(written, place, after)
        if kind <= 7:
            return self._choice(written, place, after, depth)
        return self._parallel(written, place, after, depth)

    def _choice(self, written: Written, place: Place, after: str, depth: int) -> tuple[str, Place]:
        name = self._new(written, "choice")
        written.nodes[name] = {}
        first, _ = self._blocks(written, place, after, 1, depth + 1)
        edges = [self._edge(first, self._truth(place))]
        if self.chance.maybe(0.5):
            second, _ = self._blocks(written, place, after, 1, depth + 1)
            edges.append(self._edge(second, self._truth(place)))
        written.nodes[name] = {"kind": "choice", "next": [*edges, {"to": after}]}
        return name, place

    def _parallel(self, written: Written, place: Place, after: str, depth: int) -> tuple[str, Place]:
        name, join = self._new(written, "split"), self._new(written, "split") + "_join"
        written.nodes[name] = {}
        written.nodes[join] = {"kind": "join", "next": [{"to": after}]}
        edges = []
        for _ in range(self.chance.whole(2, 3)):
            first, _ = self._blocks(written, replace(place, before=()), join, self.chance.whole(1, 2), depth + 1)
            edges.append(self._edge(first, self._truth(place)) if self.chance.maybe(0.5) else {"to": first})
        written.nodes[name] = {"kind": "parallel", "join": join, "next": edges}
        return name, place

    def _edge(self, to: str, when: str) -> Node:
        return {"to": to, "when": when, "label": words("this way")}

    def _truth(self, place: Place) -> str:
        return self.expressions.write("bool", place.scope, self.chance.whole(0, 2))

    def _step(self, written: Written, place: Place, after: str) -> tuple[str, Place]:
        name = self._new(written, "step")
        kinds = [self.chance.pick(ALL) for _ in range(self.chance.whole(0, 4))]
        fields, own_scope = self._fields(written, place, name, kinds)
        node: Node = {"kind": "step", "role": self.chance.pick(ROLES[:2]), "title": words(name), "fields": fields}
        if self.chance.maybe(0.4):
            node["standard_minutes"] = self.chance.whole(1, 60)
        if place.before and self.chance.maybe(0.25):
            node["not_same_person_as"] = [self.chance.pick(place.before)]
        if self.chance.maybe(0.05):
            node["energises"] = True
        written.nodes[name] = node
        node["next"] = self._routes(written, place, Place(own_scope, place.before), after, name)
        return name, Place(_seen_later(place.scope, name, fields), (*place.before, name))

    def _routes(self, written: Written, place: Place, inside: Place, after: str, name: str) -> list[Node]:
        """The plain way on; sometimes ways back before it."""
        del written
        if not place.before or self.chance.maybe(0.3):
            return [{"to": after}]
        back: Node = {"to": self.chance.pick((*place.before, name)), "when": self._truth(inside), "rework": True}
        if self.chance.maybe(0.6):
            back |= {"limit": self.chance.whole(1, 2), "exit": after}
        texts = [found for found in inside.scope.of("string") if "." not in found]
        if texts and self.chance.maybe(0.3):
            back["reason_field"] = self.chance.pick(texts)
        return [back, {"to": after}]

    def _fields(self, written: Written, place: Place, step: str, kinds: list[str]) -> tuple[list[Node], Scope]:
        """Fields, and the scope of the step's own routes; a field's expressions read only those before it."""
        scope = place.scope
        found: list[Node] = []
        for index, kind in enumerate(kinds):
            name = f"{kind}_{index}"
            made = {"id": name, "type": kind, "label": words(name), **self._settings(written, kind)}
            found.append({**made, **self._common(kind, scope, name, made)})
            scope = scope.plus(
                {name + path: simple for path, simple in simple_types(kind, made).items()}
                if "points" in made or kind != "safety_gate"
                else {}
            )
            if kind == "safety_gate" and "points" in made:
                written.gates.append(f"{step}.{name}")
            if kind == "photo":
                written.shots += [f"{step}.{name}.{shot['id']}" for shot in made["shots"]]
        return found, scope

    def _settings(self, written: Written, kind: str) -> Node:
        if kind == "safety_gate" and written.gates and self.chance.maybe(0.6):
            return {"removes": self.chance.pick(written.gates)}
        return self.fields.settings(kind)

    def _common(self, kind: str, scope: Scope, name: str, made: Node) -> Node:
        found: Node = {}
        if self.chance.maybe(0.25):
            found["required"] = self.chance.pick((True, False, self.expressions.write("bool", scope, 1)))
        if self.chance.maybe(0.2):
            found["visible"] = self.expressions.write("bool", scope, 1)
        own = {name + path: simple for path, simple in simple_types(kind, made).items()}
        found |= self.fields.computed(kind, scope, 0.2)
        found |= self.fields.checks(scope.plus(own), 0.25)
        if self.chance.maybe(0.1):
            found["internal"] = True
        return found

    def _later_references(self, written: Written) -> None:
        """Pairs of shots, named once all shots are known."""
        for node in written.nodes.values():
            for found in node.get("fields", []):
                for shot in found.get("shots", []):
                    if self.chance.maybe(0.2):
                        shot["pair"] = self.chance.pick(written.shots)


def _seen_later(scope: Scope, step: str, fields: list[Node]) -> Scope:
    """The scope behind a step: its fields by their long names, and its visits."""
    names: dict[str, str] = {}
    visited: list[tuple[str, str, str]] = []
    for found in fields:
        for path, simple in simple_types(found["type"], found).items():
            names[f"steps.{step}.{found['id']}{path}"] = simple
            visited.append((step, found["id"] + path, simple))
    return Scope({**scope.names, **names}, (*scope.visited, *visited))


def _redirect(nodes: dict[str, Node], placeholder: str, target: str) -> None:
    for node in nodes.values():
        for edge in node.get("next", []):
            for key in ("to", "exit"):
                if edge.get(key) == placeholder:
                    edge[key] = target

"""What a template compiles to: immutable, the same for every order of a version, JSON all through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast

from .canonical import canonical_hash
from .expressions import EvaluationError, Type, Value, compile_tree
from .fields import BUILT_IN, FieldType, FieldTypes
from .json_values import Json, JsonObject, Words

Names: TypeAlias = Mapping[str, Value]
Closure: TypeAlias = Callable[[Names], "Value | EvaluationError"]


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression, parsed and typed when its template was published; compiled to a closure when first needed."""

    source: str
    tree: Any = field(hash=False)
    reads: tuple[tuple[str, ...], ...]
    _compiled: list[Closure] = field(default_factory=list, init=False, repr=False, compare=False)

    def evaluate(self, names: Names) -> "Value | EvaluationError":
        """The value over these names; never raises."""
        if not self._compiled:
            self._compiled.append(compile_tree(self.tree))
        return self._compiled[0](names)

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return {"source": self.source, "tree": self.tree, "reads": [list(path) for path in self.reads]}

    @staticmethod
    def from_json(json: Mapping[str, Any]) -> "Expr":
        """The expression that `to_json` wrote."""
        return Expr(json["source"], json["tree"], tuple(tuple(path) for path in json["reads"]))


Condition: TypeAlias = bool | Expr


@dataclass(frozen=True, slots=True)
class PlanEdge:
    """A route to another node. Without `when` it is always open."""

    id: str
    to: str
    label: Words | None
    when: Expr | None
    rework: bool
    limit: int | None
    exit: str | None
    reason_field: str | None

    def to_json(self) -> dict[str, Json]:
        """As JSON, in the order above."""
        return {
            "id": self.id,
            "to": self.to,
            "label": self.label,
            "when": self.when.to_json() if self.when else None,
            "rework": self.rework,
            "limit": self.limit,
            "exit": self.exit,
            "reason_field": self.reason_field,
        }

    @staticmethod
    def from_json(json: Mapping[str, Any]) -> "PlanEdge":
        """The edge that `to_json` wrote."""
        return PlanEdge(**{**json, "when": _maybe_expr(json["when"])})


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """What must hold of a field, and what a person reads when it does not."""

    id: str
    that: Expr
    message: Words
    level: Literal["refuse", "reason"]

    def to_json(self) -> dict[str, Json]:
        """As JSON, in the order above."""
        return {"id": self.id, "that": self.that.to_json(), "message": self.message, "level": self.level}

    @staticmethod
    def from_json(json: Mapping[str, Any]) -> "PlanCheck":
        """The check that `to_json` wrote."""
        return PlanCheck(json["id"], Expr.from_json(json["that"]), json["message"], json["level"])


@dataclass(frozen=True, slots=True)
class PlanField:
    """A field of a step, or a column of a table."""

    id: str
    type: str
    label: Words
    help: Words | None
    internal: bool
    required: Condition
    visible: Condition
    value: Expr | None
    default: Expr | None
    checks: tuple[PlanCheck, ...]
    cel: Type
    settings: JsonObject = field(hash=False)

    def to_json(self) -> dict[str, Json]:
        """As JSON, in the order above."""
        return {
            "id": self.id,
            "type": self.type,
            "label": self.label,
            "help": self.help,
            "internal": self.internal,
            "required": _condition_json(self.required),
            "visible": _condition_json(self.visible),
            "value": self.value.to_json() if self.value else None,
            "default": self.default.to_json() if self.default else None,
            "checks": [check.to_json() for check in self.checks],
            "cel": cast("Json", self.cel.to_json()),
            "settings": self.settings,
        }

    @staticmethod
    def from_json(json: Mapping[str, Any]) -> "PlanField":
        """The field that `to_json` wrote."""
        changed = {
            "required": _condition(json["required"]),
            "visible": _condition(json["visible"]),
            "value": _maybe_expr(json["value"]),
            "default": _maybe_expr(json["default"]),
            "checks": tuple(PlanCheck.from_json(check) for check in json["checks"]),
            "cel": Type.from_json(json["cel"]),
        }
        return PlanField(**{**json, **changed})


@dataclass(frozen=True, slots=True)
class StepNode:
    """A node where a person works."""

    id: str
    title: Words
    description: Words | None
    role: str
    standard_minutes: int | float | None
    not_same_person_as: tuple[str, ...]
    energises: bool
    fields: tuple[PlanField, ...]
    evaluation_order: tuple[str, ...]
    next: tuple[PlanEdge, ...]
    reads: tuple[str, ...]
    kind: Literal["step"] = "step"
    position: str | None = None
    time: Literal["work", "travel"] | None = None

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "description": self.description,
            "role": self.role,
            "standard_minutes": self.standard_minutes,
            "not_same_person_as": list(self.not_same_person_as),
            "energises": self.energises,
            "fields": [field.to_json() for field in self.fields],
            "evaluation_order": list(self.evaluation_order),
            "next": [edge.to_json() for edge in self.next],
            "reads": list(self.reads),
            **({"position": self.position} if self.position is not None else {}),
            **({"time": self.time} if self.time is not None else {}),
        }


@dataclass(frozen=True, slots=True)
class ChoiceNode:
    """Takes the first route whose condition holds."""

    id: str
    title: Words
    next: tuple[PlanEdge, ...]
    reads: tuple[str, ...]
    kind: Literal["choice"] = "choice"

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return _router_json(self)


@dataclass(frozen=True, slots=True)
class ParallelNode:
    """Starts every branch whose condition holds; they meet at `join`."""

    id: str
    title: Words
    join: str
    next: tuple[PlanEdge, ...]
    reads: tuple[str, ...]
    kind: Literal["parallel"] = "parallel"

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return {**_router_json(self), "join": self.join}


@dataclass(frozen=True, slots=True)
class JoinNode:
    """Waits for all branches that were started, then takes the first route whose condition holds."""

    id: str
    title: Words
    next: tuple[PlanEdge, ...]
    reads: tuple[str, ...]
    kind: Literal["join"] = "join"

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return _router_json(self)


@dataclass(frozen=True, slots=True)
class EndNode:
    """Closes the order with an outcome."""

    id: str
    title: Words
    outcome: str
    kind: Literal["end"] = "end"

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return {"id": self.id, "kind": self.kind, "outcome": self.outcome, "title": self.title}


PlanNode: TypeAlias = StepNode | ChoiceNode | ParallelNode | JoinNode | EndNode


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled template. `types` are the field types it was compiled with; they are code, not part of its JSON."""

    key: str
    title: Words
    template_hash: str
    roles: Mapping[str, JsonObject]
    pause_reasons: tuple[JsonObject, ...]
    start: str
    nodes: Mapping[str, PlanNode]
    types: FieldTypes = field(default=BUILT_IN, repr=False, compare=False)
    _cache: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def hash(self) -> str:
        """SHA-256 in hex over the plan's canonical JSON; worked out once."""
        return cast("str", self.once("hash", lambda: canonical_hash(self.to_json())))

    def step(self, node: str) -> StepNode:
        """The step of that name; KeyError when there is none."""
        found = self.nodes[node]
        if not isinstance(found, StepNode):
            raise KeyError(node)
        return found

    def field_type(self, name: str) -> FieldType | None:
        """The type of that name, if its plugin is there."""
        return self.types.get(name)

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """What `make` makes, kept under `key` while the plan lives. Only for what the plan itself determines."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    def to_json(self) -> dict[str, Json]:
        """This plan as JSON."""
        return {
            "plan": 1,
            "key": self.key,
            "title": self.title,
            "template_hash": self.template_hash,
            "roles": self.roles,
            "pause_reasons": list(self.pause_reasons),
            "start": self.start,
            "nodes": {name: node.to_json() for name, node in self.nodes.items()},
        }

    @staticmethod
    def from_json(json: Mapping[str, Any], types: FieldTypes = BUILT_IN) -> "Plan":
        """The plan that `to_json` wrote."""
        return Plan(
            json["key"],
            json["title"],
            json["template_hash"],
            json["roles"],
            tuple(json["pause_reasons"]),
            json["start"],
            {name: _node(node) for name, node in json["nodes"].items()},
            types,
        )


def _router_json(node: ChoiceNode | ParallelNode | JoinNode) -> dict[str, Json]:
    return {
        "id": node.id,
        "kind": node.kind,
        "title": node.title,
        "next": [edge.to_json() for edge in node.next],
        "reads": list(node.reads),
    }


def _condition_json(condition: Condition) -> Json:
    return condition if isinstance(condition, bool) else condition.to_json()


def _condition(json: Any) -> Condition:
    return json if isinstance(json, bool) else Expr.from_json(json)


def _maybe_expr(json: Any) -> Expr | None:
    return None if json is None else Expr.from_json(json)


_NODES: Mapping[str, Callable[..., PlanNode]] = {
    "step": StepNode,
    "choice": ChoiceNode,
    "parallel": ParallelNode,
    "join": JoinNode,
    "end": EndNode,
}


def _node(json: Mapping[str, Any]) -> PlanNode:
    given = dict(json)
    if "next" in given:
        given["next"] = tuple(PlanEdge.from_json(edge) for edge in given["next"])
        given["reads"] = tuple(given["reads"])
    if given["kind"] == "step":
        given["fields"] = tuple(PlanField.from_json(each) for each in given["fields"])
        given["evaluation_order"] = tuple(given["evaluation_order"])
        given["not_same_person_as"] = tuple(given["not_same_person_as"])
    return _NODES[given["kind"]](**given)

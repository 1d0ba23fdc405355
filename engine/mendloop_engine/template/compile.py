"""From a template to its plan."""

from collections.abc import Mapping
from typing import Any, Literal, cast

from ..environment import needs_of
from ..expressions import Expression
from ..fields import FieldType
from ..json_values import Json, Words
from ..plan import (
    ChoiceNode,
    Condition,
    EndNode,
    Expr,
    JoinNode,
    ParallelNode,
    Plan,
    PlanCheck,
    PlanEdge,
    PlanField,
    PlanNode,
    StepNode,
)
from ..problems import deeper
from ..resources import packaged_json
from .outline import EdgeOutline, FieldOutline, NodeOutline
from .parse import Template

USUAL_PAUSE_REASONS: list[dict[str, Json]] = packaged_json("words/pause_reasons.json")
"""Why a step may be interrupted, where a template does not say so itself."""


def compile_plan(template: Template) -> Plan:
    """The plan that runs this template."""
    document = template.document
    compiler = _Compiler(template)
    nodes = {name: compiler.node(node) for name, node in template.outline.nodes.items()}
    roles = {name: {"title": role.get("title", {})} for name, role in document["roles"].items()}
    reasons = tuple({"time": "waiting", **reason} for reason in document.get("pause_reasons") or USUAL_PAUSE_REASONS)
    plan = Plan(
        document["key"], document["title"], template.hash, roles, reasons, document["start"], nodes, template.types
    )
    return _with_reads(plan)


def _with_reads(plan: Plan) -> Plan:
    """The plan in which each node says which steps' earlier answers its expressions read."""
    nodes = {name: _reading(plan, node) for name, node in plan.nodes.items()}
    return Plan(plan.key, plan.title, plan.template_hash, plan.roles, plan.pause_reasons, plan.start, nodes, plan.types)


def _reading(plan: Plan, node: PlanNode) -> PlanNode:
    if isinstance(node, EndNode):
        return node
    needs = needs_of(plan, node)
    return type(node)(**{**_members(node), "reads": tuple(sorted({*needs.latest, *needs.completed}))})


def _members(node: PlanNode) -> dict[str, Any]:
    return {name: getattr(node, name) for name in node.__dataclass_fields__}


class _Compiler:
    """Makes a plan's nodes from a template's outline and its parsed expressions."""

    def __init__(self, template: Template) -> None:
        self._parsed = template.expressions.parsed
        self._orders = template.expressions.orders

    def node(self, node: NodeOutline) -> PlanNode:
        doc, title = node.doc, node.doc.get("title", {})
        if node.kind == "end":
            return EndNode(node.id, title, doc["outcome"])
        edges = tuple(self._edge(edge) for edge in node.edges)
        if node.kind == "parallel":
            return ParallelNode(node.id, title, doc["join"], edges, ())
        if node.kind != "step":
            return (ChoiceNode if node.kind == "choice" else JoinNode)(node.id, title, edges, ())
        return StepNode(
            node.id,
            title,
            doc.get("description"),
            doc["role"],
            doc.get("standard_minutes"),
            tuple(doc.get("not_same_person_as", ())),
            doc.get("energises", False),
            tuple(self._field(field) for field in node.fields),
            self._orders[deeper(node.at, "fields")],
            edges,
            (),
            position=doc.get("position"),
            time=doc.get("time", "work"),
        )

    def _edge(self, edge: EdgeOutline) -> PlanEdge:
        doc = edge.doc
        return PlanEdge(
            edge.id,
            doc["to"],
            doc.get("label"),
            self._expr(deeper(edge.at, "when")),
            doc.get("rework", False),
            doc.get("limit"),
            doc.get("exit"),
            doc.get("reason_field"),
        )

    def _field(self, field: FieldOutline) -> PlanField:
        doc, field_type = field.doc, cast("FieldType", field.type)
        default_required = field_type.required_by_default(field.settings)
        return PlanField(
            field.id,
            field_type.name,
            doc.get("label", {}),
            doc.get("help"),
            doc.get("internal", False),
            self._condition(field, "required", default_required),
            self._condition(field, "visible", True),
            self._expr(deeper(field.at, "value")),
            self._expr(deeper(field.at, "default")),
            tuple(self._check(field, index, check) for index, check in enumerate(doc.get("checks", ()))),
            field.cel,
            self._settings(field),
        )

    def _settings(self, field: FieldOutline) -> Mapping[str, Json]:
        if not field.columns:
            return field.settings
        columns = [self._field(column).to_json() for column in field.columns]
        order = list(self._orders[deeper(field.at, "columns")])
        return {**field.settings, "columns": columns, "evaluation_order": order}

    def _check(self, field: FieldOutline, index: int, doc: Mapping[str, Any]) -> PlanCheck:
        that = cast("Expr", self._expr(deeper(field.at, "checks", index, "that")))
        level = cast("Literal['refuse', 'reason']", doc.get("level", "refuse"))
        return PlanCheck(doc.get("id", f"{field.id}_{index + 1}"), that, cast("Words", doc["message"]), level)

    def _condition(self, field: FieldOutline, key: str, otherwise: bool) -> Condition:
        given = field.doc.get(key, otherwise)
        return given if isinstance(given, bool) else cast("Expr", self._expr(deeper(field.at, key)))

    def _expr(self, at: str) -> Expr | None:
        expression = self._parsed.get(at)
        return _expr(expression) if expression else None


def _expr(expression: Expression) -> Expr:
    return Expr(expression.source, expression.tree, tuple(sorted(expression.reads)))

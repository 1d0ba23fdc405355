"""What a template's parts fields plan for an order: lines that hold for its product and faults, merged per part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.fields.parts import line_holds
from mendloop_engine.plan import Plan, StepNode

MILLI = 1000


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """So much of a part, for the steps `nodes`. `unit` is None for the part's own."""

    number: str
    quantity: float
    unit: str | None
    nodes: tuple[str, ...]


def parts_of_plan(plan: Plan, order: Mapping[str, Any]) -> list[PlannedPart]:
    """The parts that are planned for an order with these facts, each part and unit once, in the plan's order."""
    found: dict[tuple[str, str | None], PlannedPart] = {}
    for node, line in _lines(plan, order):
        number, unit = str(line["part"]).strip(), line.get("unit")
        known = found.get((number, unit), PlannedPart(number, 0, unit, ()))
        nodes = tuple(dict.fromkeys((*known.nodes, node)))
        found[number, unit] = PlannedPart(number, known.quantity + line.get("quantity", 1), unit, nodes)
    return list(found.values())


def _lines(plan: Plan, order: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, node in plan.nodes.items():
        if not isinstance(node, StepNode):
            continue
        for field in node.fields:
            lines: Any = field.settings.get("lines") if field.type == "parts" else None
            yield from ((name, line) for line in lines or [] if line_holds(line, order))

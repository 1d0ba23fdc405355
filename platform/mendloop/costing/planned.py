"""What a template plans for an order: the steps of its usual route, their standard time and their parts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mendloop_engine.fields.limits import rows
from mendloop_engine.fields.parts import line_holds
from mendloop_engine.plan import Plan, StepNode

from mendloop.costing.money import half_even
from mendloop.library.reading_order import reading_order
from mendloop.work_orders.progress import expected_from

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """So many thousandths of a part's unit."""

    number: str
    milli: int


def steps_in_order(plan: Plan) -> list[StepNode]:
    """Every step, as a person reads the flow; those that nothing leads to come last."""
    found = (plan.nodes[name] for name in reading_order([plan.start, *plan.nodes], _ways_on(plan)))
    return [node for node in found if isinstance(node, StepNode)]


def usual_steps(plan: Plan) -> list[StepNode]:
    """The steps that an order goes through if nothing unusual happens, in the same order."""
    expected = frozenset(expected_from(plan, [plan.start]))
    return [node for node in steps_in_order(plan) if node.id in expected]


def planned_ms(node: StepNode) -> int:
    """A step's standard time."""
    return half_even(Fraction(str(node.standard_minutes or 0)) * MINUTE)


def planned_parts(node: StepNode, order: Mapping[str, Any]) -> list[PlannedPart]:
    """The parts that the step's lines plan for the order's product and faults."""
    lines = [line for field in node.fields if field.type == "parts" for line in rows(field.settings, "lines")]
    return [
        PlannedPart(str(line["part"]).strip(), half_even(Fraction(str(line.get("quantity", 1))) * 1000))
        for line in lines
        if line_holds(line, order)
    ]


def parts_off_the_route(plan: Plan, order: Mapping[str, Any]) -> dict[str, int]:
    """How much of each part is planned for steps that are not on the usual route."""
    usual, found = {node.id for node in usual_steps(plan)}, dict[str, int]()
    for node in steps_in_order(plan):
        for part in planned_parts(node, order) if node.id not in usual else ():
            found[part.number] = found.get(part.number, 0) + part.milli
    return found


def _ways_on(plan: Plan) -> dict[str, list[str]]:
    return {
        name: [edge.to for edge in getattr(node, "next", ()) if not edge.rework] for name, node in plan.nodes.items()
    }

"""What a template plans for an order: the steps of its usual route, their standard time and their parts. Pure."""

from collections.abc import Iterator, Mapping
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


Packs = Mapping[str, Mapping[str, Any]]
"""By the number of a part as templates write it: units that it comes in, each with how many of its own that is."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """So many thousandths of a part's own unit. `worth` is what they would cost, in minor units; None: nobody knows."""

    number: str
    milli: int
    worth: int | None = None


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


def planned_parts(node: StepNode, order: Mapping[str, Any], packs: Packs) -> list[PlannedPart]:
    """The parts that the step's lines plan for the order's product and faults."""
    return [_planned(line, packs) for line in _lines(node) if line_holds(line, order)]


def planned_numbers(plan: Plan) -> set[str]:
    """Every part that the template names in a plan, as it is written there."""
    return {_number(line) for node in steps_in_order(plan) for line in _lines(node)}


def parts_off_the_route(plan: Plan, order: Mapping[str, Any], packs: Packs) -> dict[str, int]:
    """How much of each part is planned for steps that are not on the usual route."""
    usual, found = {node.id for node in usual_steps(plan)}, dict[str, int]()
    for node in steps_in_order(plan):
        for part in planned_parts(node, order, packs) if node.id not in usual else ():
            found[part.number] = found.get(part.number, 0) + part.milli
    return found


def _lines(node: StepNode) -> Iterator[Mapping[str, Any]]:
    for field in node.fields:
        yield from rows(field.settings, "lines") if field.type == "parts" else ()


def _planned(line: Mapping[str, Any], packs: Packs) -> PlannedPart:
    number = _number(line)
    each = packs.get(number, {}).get(line.get("unit") or "", 1)
    return PlannedPart(number, half_even(Fraction(str(line.get("quantity", 1))) * Fraction(str(each)) * 1000))


def _number(line: Mapping[str, Any]) -> str:
    return str(line["part"]).strip()


def _ways_on(plan: Plan) -> dict[str, list[str]]:
    return {
        name: [edge.to for edge in getattr(node, "next", ()) if not edge.rework] for name, node in plan.nodes.items()
    }

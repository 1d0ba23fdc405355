"""Who alone can do a step that only takes locks off: whoever set them. The app on the phone says the same
(`order/standing_locks.ts`)."""

from collections.abc import Mapping
from typing import Any

from mendloop_engine.plan import Plan, PlanField


def only_for(plan: Plan, state: Mapping[str, Any], node: str) -> list[str]:
    """The people whose locks stand where the step takes them off; nobody where there is something else to do in it."""
    fields = plan.step(node).fields
    gates = [gate for field in fields if (gate := _taken_off(field))]
    if not all(_taken_off(field) or field.type == "instruction" for field in fields):
        return []
    standing = (lock["by"] for point, lock in state["locks"].items() if point.rpartition(".")[0] in gates)
    return list(dict.fromkeys(standing))


def _taken_off(field: PlanField) -> str:
    """The gate whose locks a field takes off, as `step.field`."""
    gate: Any = field.settings.get("removes") if field.type == "safety_gate" else None
    return gate if isinstance(gate, str) else ""

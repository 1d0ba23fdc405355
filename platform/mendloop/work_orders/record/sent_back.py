"""Why work was sent back, as people read it."""

from mendloop_engine.plan import Plan, PlanField, StepNode
from mendloop_engine.state import visit_node

from mendloop.work_orders.record.speech import Speech


def reason_of_rework(plan: Plan, edge: str, reason: str, visit: str, speech: Speech) -> str:
    """What was chosen in a field of the visit behind, as its option is called; what was written, as it is."""
    field = _field_of_reason(plan, edge, visit)
    options = field.settings.get("options") if field is not None else None
    chosen = (
        next((each for each in options if each["id"] == reason), None) if isinstance(options, (list, tuple)) else None
    )
    return (speech.local(chosen["label"]) if chosen is not None else "") or reason


def _field_of_reason(plan: Plan, edge: str, visit: str) -> PlanField | None:
    routes = (route for node in plan.nodes.values() for route in getattr(node, "next", ()))
    asked = next((route.reason_field for route in routes if route.id == edge), None)
    step = plan.nodes.get(visit_node(visit))
    fields = step.fields if isinstance(step, StepNode) else ()
    return next((field for field in fields if field.id == asked), None)

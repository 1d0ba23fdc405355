"""What a completed step says about the asset: parts that a template gave a position are built in, or taken out."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from mendloop_engine.events import StepCompleted
from mendloop_engine.fields.parts import line_meant
from mendloop_engine.plan import Plan, PlanField

from mendloop.assets.services import PartMoved
from mendloop.inventory.services import thousandths
from mendloop.work_orders.history import split_visit


def parts_moved_in(plan: Plan, event: StepCompleted) -> Iterator[PartMoved]:
    """The step's answers about parts with a position: the one told, else the planned line's own, else the step's."""
    node, _ = split_visit(event.visit)
    step = plan.step(node)
    for field in step.fields:
        answer = event.answers.get(field.id)
        if field.type != "parts" or not isinstance(answer, list | tuple):
            continue
        for line in answer:
            planned = _planned(field, line)
            position = line.get("position") or planned.get("position") or step.position
            if position:
                yield _moved(line, position, planned.get("unit"), event)


def _planned(field: PlanField, line: Mapping[str, Any]) -> Mapping[str, Any]:
    lines: Any = field.settings.get("lines") or ()
    return line_meant(lines, line) or {}


def _moved(line: dict[str, Any], position: str, unit: str | None, event: StepCompleted) -> PartMoved:
    return PartMoved(
        number=line["part"],
        milli=thousandths(line["quantity"]),
        unit=unit,
        action=line["action"],
        position=position,
        at=dt.datetime.fromisoformat(event.at),
        by=event.by,
        serial=line.get("serial"),
        lot=line.get("lot"),
        note=line.get("note"),
    )

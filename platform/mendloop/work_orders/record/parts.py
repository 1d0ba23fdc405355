"""Parts of an order by what became of them: fitted, taken out, and whatever else moved."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import DISCREPANCY, kind_of
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.record.copies import Copy
from mendloop.work_orders.record.sections import PartGroup, PartLine
from mendloop.work_orders.record.speech import Speech

GROUPS = {"used": "fitted", "removed": "removed", "recycled": "removed"}
"""What an act means for the asset; all others only moved stock."""


def part_groups(session: Session, actor: Actor, order: WorkOrder, speech: Speech, copy: Copy) -> tuple[PartGroup, ...]:
    """Fitted, removed, other, as far as there are any. A customer sees what came into the asset and what left it."""
    found: dict[str, list[PartLine]] = {"fitted": [], "removed": [], "other": []}
    for act in inventory.order_acts(session, actor, order.id):
        found[GROUPS.get(act.movement.action, "other")].append(_line(act, speech))
    if copy.is_customers:
        found["other"] = []
    return tuple(_groups(found, speech))


def _groups(found: dict[str, list[PartLine]], speech: Speech) -> Iterator[PartGroup]:
    for kind, lines in found.items():
        if lines:
            yield PartGroup(kind, speech.say(f"record.parts.{kind}"), tuple(lines))


def _line(act: inventory.OrderAct, speech: Speech) -> PartLine:
    sources: Sequence[str] = list(dict.fromkeys(speech.say(f"location.{kind_of(place)}") for place in act.sources))
    return PartLine(
        number=act.part.number,
        name=speech.local(act.part.name),
        quantity=f"{act.milli / 1000:.10g} {speech.unit(act.part.unit)}",
        action=speech.say(f"record.action.{act.movement.action}"),
        serial=act.serial or act.lot or "",
        source=" + ".join(sources),
        denied=DISCREPANCY in act.sources,
    )

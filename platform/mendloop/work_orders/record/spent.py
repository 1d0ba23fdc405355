"""What an order took, beside what its template gives for it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import Plan

from mendloop.work_orders.live import whole_minutes
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.progress import usual_route
from mendloop.work_orders.record.shapes import StepPart
from mendloop.work_orders.record.speech import Speech

KEYS = {"cancelled": "record.total_cancelled", "ended": "record.total"}


@dataclass(frozen=True, slots=True)
class Spent:
    """Whole minutes: worked in all, in steps that have a standard (`compared`), in those that have none (`untimed`).

    `standard` is 0 where nothing has one: then there is nothing to compare with.
    """

    worked: int
    compared: int
    untimed: int
    standard: float

    @property
    def is_over(self) -> bool:
        """True when what can be compared took longer than its standard."""
        return self.standard > 0 and self.compared > self.standard

    def words(self, status: str, steps: Sequence[StepPart], speech: Speech) -> str:
        """The minutes as people read them; what is compared with a standard says what of it has none."""
        key = KEYS.get(status, "record.total_ahead")
        if status == "cancelled" or not self.standard:
            return speech.say(key if status == "cancelled" else f"{key}_alone", minutes=self.worked)
        said = speech.say(key, minutes=self.worked, standard=f"{self.standard:.10g}")
        if self.untimed:
            said += speech.say("record.total_untimed", minutes=self.untimed)
        again = any(len(step.visits) > 1 for step in steps)
        return said + speech.say("record.total_again") if again else said


def spent_on(plan: Plan, order: WorkOrder, visits: Sequence[Any], worked: Callable[[Any], float]) -> Spent:
    """All visits together; `worked` answers the milliseconds of one."""
    sums = {True: 0.0, False: 0.0}
    for row in visits:
        sums[plan.step(row.node).standard_minutes is not None] += worked(row)
    return Spent(
        worked=whole_minutes(sums[True] + sums[False]),
        compared=whole_minutes(sums[True]),
        untimed=whole_minutes(sums[False]),
        standard=_standard(plan, order, visits),
    )


def _standard(plan: Plan, order: WorkOrder, visits: Sequence[Any]) -> float:
    """Standard minutes of the visits that are done, and of what is expected from where the order stands."""
    behind = sum(plan.step(row.node).standard_minutes or 0 for row in visits if row.status == "completed")
    active = json.loads(order.state)["active"].values()
    return behind + usual_route(plan, [visit["node"] for visit in active]).minutes

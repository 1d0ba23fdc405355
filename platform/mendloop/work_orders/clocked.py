"""The time that people clocked on an order, read from its events: who, doing what, from when to when.

A started or resumed step is work or travel, a pause is waiting, travel or nobody's time (a break, another job, the end
of a shift): the order's plan says which. Plans of before it could be said are read by the names of steps and reasons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from mendloop_engine.plan import Plan, StepNode
from mendloop_engine.state import visit_node
from mendloop_engine.time import parse_moment
from mendloop_engine.time_names import pause_time_named, step_time_named
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import load_plan
from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.chain import events_of
from mendloop.work_orders.store import EVENTS

Kind: TypeAlias = Literal["work", "travel", "waiting"]
KINDS: tuple[Kind, ...] = ("work", "travel", "waiting")
PAUSES: Mapping[object, Kind | None] = {"waiting": "waiting", "travel": "travel", "elsewhere": None}
_BEGINS = frozenset({"StepStarted", "StepResumed"})
_ENDS = frozenset({"StepCompleted", "StepPaused"})
_ENDS_ALL = frozenset({"OrderCancelled", "OrderEnded"})
ENDS_A_CLOCK = ("OrderCancelled", "OrderEnded", "StepCompleted", "StepPaused", "StepResumed")
"""Events behind which more can be clocked than before them: resuming ends a wait."""
ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Clocked:
    """Milliseconds since 1970, `end` excluded; None while it goes on. `events` are the sequences that say so."""

    person: str
    kind: Kind
    visit: str
    start: int
    end: int | None
    events: tuple[int, ...] = ()


def clocked_time(session: Session, actor: Actor, order_id: str, until: int | None = None) -> list[Clocked]:
    """The order's clocked intervals, in the order they began; those that its first `until` events tell of."""
    plan = load_plan(session, actor, access_work_order(session, actor, order_id).plan_hash)
    found = events_of(session, actor, order_id)
    told = [(stored.sequence, stored.event) for stored in found if until is None or stored.sequence <= until]
    return clocked_intervals(told, plan)


def last_ends(session: Session, actor: Actor, order_ids: Sequence[str]) -> dict[str, int]:
    """The number of the last event of each of these orders that ended a clock; those without one are left out."""
    found: dict[str, int] = {}
    for first in range(0, len(order_ids), ASKED_AT_ONCE):
        statement = select(EVENTS.c.order_id, func.max(EVENTS.c.sequence)).where(
            EVENTS.c.organisation_id == actor.organisation_id,
            EVENTS.c.order_id.in_(order_ids[first : first + ASKED_AT_ONCE]),
            EVENTS.c.type.in_(ENDS_A_CLOCK),
        )
        found |= {row[0]: row[1] for row in session.execute(statement.group_by(EVENTS.c.order_id))}
    return found


def clocked_intervals(events: Iterable[tuple[int, Mapping[str, Any]]], plan: Plan) -> list[Clocked]:
    """The intervals that an order's numbered events tell of. A clock that went backwards clocked nothing."""
    reader = _Reader(plan)
    for sequence, event in events:
        reader.read(sequence, event)
    return sorted((*reader.ended, *reader.running.values()), key=lambda it: (it.start, it.visit, it.person))


def kind_of_step(step: StepNode) -> Kind:
    """What is clocked on this step."""
    return step.time or step_time_named(step.id)


def kind_of_pause(plan: Plan, reason: str) -> Kind | None:
    """What a pause for this reason is; None when the person was not there for this order."""
    said = next((each.get("time") for each in plan.pause_reasons if each.get("id") == reason), None)
    return PAUSES[said if said in PAUSES else pause_time_named(reason)]


class _Reader:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ended: list[Clocked] = []
        self.running: dict[str, Clocked] = {}

    def read(self, sequence: int, event: Mapping[str, Any]) -> None:
        type_, at = event.get("type"), parse_moment(event.get("at"))
        if at is None:
            return
        if type_ in _ENDS_ALL:
            for visit in list(self.running):
                self._end(visit, sequence, at)
        elif type_ in _BEGINS or type_ in _ENDS:
            visit = str(event["visit"])
            self._end(visit, sequence, at)
            kind = self._kind(visit, event)
            if kind is not None:
                self.running[visit] = Clocked(str(event["by"]), kind, visit, at, None, (sequence,))

    def _kind(self, visit: str, event: Mapping[str, Any]) -> Kind | None:
        if event["type"] == "StepPaused":
            return kind_of_pause(self.plan, str(event.get("reason")))
        return kind_of_step(self.plan.step(visit_node(visit))) if event["type"] in _BEGINS else None

    def _end(self, visit: str, sequence: int, at: int) -> None:
        begun = self.running.pop(visit, None)
        if begun is not None and at > begun.start:
            self.ended.append(replace(begun, end=at, events=(*begun.events, sequence)))

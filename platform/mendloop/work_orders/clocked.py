"""The time that people clocked on an order, read from its events: who, doing what, from when to when.

A started or resumed step is work, or travel when its name says so (`travel_out`). A pause is waiting, or travel, as its
reason says; a pause for something that is not this order (a break, another job, the end of a shift) is nobody's time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from mendloop_engine.state import visit_node
from mendloop_engine.time import parse_moment
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.work_orders.chain import events_of

Kind: TypeAlias = Literal["work", "travel", "waiting"]
KINDS: tuple[Kind, ...] = ("work", "travel", "waiting")
TRAVELLING = frozenset({"travel", "travelling", "drive", "driving", "journey"})
ELSEWHERE = frozenset({"break", "meal", "lunch", "rest", "shift", "job", "urgent", "home"})
_BEGINS = frozenset({"StepStarted", "StepResumed"})
_ENDS = frozenset({"StepCompleted", "StepPaused"})
_ENDS_ALL = frozenset({"OrderCancelled", "OrderEnded"})


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
    found = events_of(session, actor, order_id)
    told = [(stored.sequence, stored.event) for stored in found if until is None or stored.sequence <= until]
    return clocked_intervals(told)


def clocked_intervals(events: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Clocked]:
    """The intervals that numbered events tell of. A clock that went backwards clocked nothing."""
    reader = _Reader()
    for sequence, event in events:
        reader.read(sequence, event)
    return sorted((*reader.ended, *reader.running.values()), key=lambda it: (it.start, it.visit, it.person))


def kind_of_pause(reason: str) -> Kind | None:
    """What a pause for this reason is; None when the person was not there for this order. `waiting_…` always waits."""
    words = reason.split("_")
    if words[0] != "waiting" and TRAVELLING.intersection(words):
        return "travel"
    return None if words[0] != "waiting" and ELSEWHERE.intersection(words) else "waiting"


def kind_of_step(node: str) -> Kind:
    """Travel, where a step is called so; else work."""
    return "travel" if TRAVELLING.intersection(node.split("_")) else "work"


class _Reader:
    def __init__(self) -> None:
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
            kind = kind_of_step(visit_node(visit)) if type_ in _BEGINS else None
            kind = kind_of_pause(str(event.get("reason"))) if type_ == "StepPaused" else kind
            if kind is not None:
                self.running[visit] = Clocked(str(event["by"]), kind, visit, at, None, (sequence,))

    def _end(self, visit: str, sequence: int, at: int) -> None:
        begun = self.running.pop(visit, None)
        if begun is not None and at > begun.start:
            self.ended.append(replace(begun, end=at, events=(*begun.events, sequence)))

"""What `decide` knows of an order: control only. Its size depends on the flow's width, not on what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .json_values import Json, JsonObject

VisitStatus: TypeAlias = Literal["ready", "running", "paused"]
OrderStatus: TypeAlias = Literal["new", "open", "ended", "cancelled"]


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit that is not completed. `since`: the last change of status; `worked_ms`: what was clocked before it."""

    node: str
    number: int
    status: VisitStatus
    by: str | None
    since: str
    worked_ms: int

    def to_json(self) -> dict[str, Json]:
        """As JSON, in the order above."""
        return {
            "node": self.node,
            "number": self.number,
            "status": self.status,
            "by": self.by,
            "since": self.since,
            "worked_ms": self.worked_ms,
        }


@dataclass(frozen=True, slots=True)
class OpenJoin:
    """A join that waits: how many branches were started, how many have arrived."""

    expected: int
    arrived: int

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return {"expected": self.expected, "arrived": self.arrived}


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that stands: by whom and when it was set, in which visit, its photo, and who confirmed it."""

    visit: str
    by: str
    at: str
    photo: str | None
    confirmed_by: str | None

    def to_json(self) -> dict[str, Json]:
        """As JSON, in the order above."""
        return {
            "visit": self.visit,
            "by": self.by,
            "at": self.at,
            "photo": self.photo,
            "confirmed_by": self.confirmed_by,
        }


@dataclass(frozen=True, slots=True)
class State:
    """Where an order stands. `sequence` counts its events; `locks` are kept under `<step>.<field>.<point>`."""

    status: OrderStatus = "new"
    sequence: int = 0
    outcome: str | None = None
    assigned_to: str | None = None
    active: Mapping[str, OpenVisit] = field(default_factory=dict)
    joins: Mapping[str, OpenJoin] = field(default_factory=dict)
    reworks: Mapping[str, int] = field(default_factory=dict)
    locks: Mapping[str, Lock] = field(default_factory=dict)
    order: JsonObject = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """This state as JSON."""
        return {
            "status": self.status,
            "sequence": self.sequence,
            "outcome": self.outcome,
            "assigned_to": self.assigned_to,
            "active": {visit: open_visit.to_json() for visit, open_visit in self.active.items()},
            "joins": {join: waiting.to_json() for join, waiting in self.joins.items()},
            "reworks": dict(self.reworks),
            "locks": {point: lock.to_json() for point, lock in self.locks.items()},
            "order": self.order,
        }

    @staticmethod
    def from_json(json: Mapping[str, Any]) -> "State":
        """The state that `to_json` wrote."""
        return State(
            json["status"],
            json["sequence"],
            json["outcome"],
            json["assigned_to"],
            {visit: OpenVisit(**given) for visit, given in json["active"].items()},
            {join: OpenJoin(**given) for join, given in json["joins"].items()},
            json["reworks"],
            {point: Lock(**given) for point, given in json["locks"].items()},
            json["order"],
        )


def initial_state() -> State:
    """The state of an order of which nothing has happened yet."""
    return State()


def visit_id(node: str, number: int) -> str:
    """A visit's id: it needs no generator."""
    return f"{node}#{number}"


def visit_node(visit: str) -> str:
    """The step that a visit is of."""
    return visit.rpartition("#")[0]


def point_key(step: str, gate: str, point: str) -> str:
    """The key of a lock in `State.locks`."""
    return f"{step}.{gate}.{point}"

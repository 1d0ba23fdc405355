"""What happened. An event is never changed; a correction is a new event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeAlias

from .json_values import Json, JsonObject

_KEYS = {"from_": "from"}
"""Members whose JSON name is a word of Python's."""


class UnknownEvent(ValueError):
    """The JSON is no event of this engine."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What every event says: by whose act (a person's id), when (`YYYY-MM-DDTHH:MM:SS.mmmZ`)."""

    by: str
    at: str

    members: ClassVar[tuple[str, ...]] = ()

    def to_json(self) -> dict[str, Json]:
        """This event as a JSON object, `type` first."""
        json: dict[str, Json] = {"type": type(self).__name__}
        for name in self.members:
            value = getattr(self, name)
            json[_KEYS.get(name, name)] = list(value) if isinstance(value, tuple) else value
        return json


@dataclass(frozen=True, slots=True)
class OrderOpened(Happened):
    """Somebody opened the order; `order` holds its facts, as expressions see them."""

    order: JsonObject


@dataclass(frozen=True, slots=True)
class OrderAssigned(Happened):
    """The order is somebody's now, or nobody's."""

    person: str | None


@dataclass(frozen=True, slots=True)
class StepOpened(Happened):
    """A new visit of a step can be started; `rework` is `{edge, reason, from}` when it came through a rework edge."""

    visit: str
    node: str
    number: int
    rework: JsonObject | None


@dataclass(frozen=True, slots=True)
class StepStarted(Happened):
    """`by` began to work on the visit."""

    visit: str


@dataclass(frozen=True, slots=True)
class StepPaused(Happened):
    """`by` interrupted the visit for one of the template's reasons."""

    visit: str
    reason: str
    note: str | None


@dataclass(frozen=True, slots=True)
class StepResumed(Happened):
    """`by` works on the visit from now on."""

    visit: str


@dataclass(frozen=True, slots=True)
class AnswersRecorded(Happened):
    """Answers of a visit that is not completed yet; null removes one."""

    visit: str
    answers: JsonObject


@dataclass(frozen=True, slots=True)
class PointLocked(Happened):
    """`by` locked one isolation point of a gate."""

    visit: str
    field: str
    point: str
    photo: str | None


@dataclass(frozen=True, slots=True)
class LocksConfirmed(Happened):
    """A second person confirmed all locks of a gate."""

    visit: str
    field: str


@dataclass(frozen=True, slots=True)
class PointUnlocked(Happened):
    """`by` removed the lock they had set; `gate` is `<step>.<field>` of the gate it belonged to."""

    visit: str
    field: str
    point: str
    gate: str


@dataclass(frozen=True, slots=True)
class StepCompleted(Happened):
    """The visit is finished with these final answers; the flow left by `edge`."""

    visit: str
    answers: JsonObject
    reasons: Mapping[str, str]
    worked_ms: int
    edge: str


@dataclass(frozen=True, slots=True)
class FindingReported(Happened):
    """Something else that is wrong was found on site."""

    visit: str | None
    text: str
    severity: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderCancelled(Happened):
    """The order was given up."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReworkTaken(Happened):
    """The flow went back from the visit `from_` to the node `to`, to do it again."""

    edge: str
    reason: str
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class ReworkLimitReached(Happened):
    """A rework edge was used up; the flow took its exit to the node `to` instead."""

    edge: str
    to: str


@dataclass(frozen=True, slots=True)
class BranchesStarted(Happened):
    """A parallel node started the branches behind these edges; they meet at `join`."""

    node: str
    join: str
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BranchJoined(Happened):
    """One branch arrived at the join."""

    join: str


@dataclass(frozen=True, slots=True)
class JoinPassed(Happened):
    """The last branch had arrived; the flow goes on behind the join."""

    join: str


@dataclass(frozen=True, slots=True)
class OrderEnded(Happened):
    """The flow arrived at an end."""

    node: str
    outcome: str


Event: TypeAlias = (
    OrderOpened
    | OrderAssigned
    | StepOpened
    | StepStarted
    | StepPaused
    | StepResumed
    | AnswersRecorded
    | PointLocked
    | LocksConfirmed
    | PointUnlocked
    | StepCompleted
    | FindingReported
    | OrderCancelled
    | ReworkTaken
    | ReworkLimitReached
    | BranchesStarted
    | BranchJoined
    | JoinPassed
    | OrderEnded
)

EVENT_TYPES: Mapping[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        OrderOpened,
        OrderAssigned,
        StepOpened,
        StepStarted,
        StepPaused,
        StepResumed,
        AnswersRecorded,
        PointLocked,
        LocksConfirmed,
        PointUnlocked,
        StepCompleted,
        FindingReported,
        OrderCancelled,
        ReworkTaken,
        ReworkLimitReached,
        BranchesStarted,
        BranchJoined,
        JoinPassed,
        OrderEnded,
    )
}
"""Every kind of event by its name."""
for _kind in EVENT_TYPES.values():
    _kind.members = tuple(member.name for member in fields(_kind))


def event_from_json(json: JsonObject) -> Event:
    """The event that `to_json` wrote, or that was read back from JSON text; raises `UnknownEvent`."""
    kind = EVENT_TYPES.get(str(json.get("type")))
    if kind is None:
        raise UnknownEvent(json.get("type"))
    make: Callable[..., Event] = kind
    given: dict[str, Any] = {name: json[_KEYS.get(name, name)] for name in kind.members}
    for name in _TUPLES.intersection(given):
        given[name] = tuple(given[name])
    return make(**given)


_TUPLES = {"photos", "edges"}

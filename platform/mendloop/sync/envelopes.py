"""What a device sends and is answered, as typed models."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from mendloop_engine.canonical import canonical_hash
from mendloop_engine.time import parse_moment
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from mendloop.problems import Problem

Name = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Status = Literal["applied", "duplicate", "held", "conflict", "rejected"]
MOST_COMMANDS = 200
LARGEST = 2**31 - 1
CLOCK_TOLERANCE_MS = 5 * 60 * 1000


class CommandIn(BaseModel):
    """One command from a device. `at` is its time, `base_revision` the order's revision that it was decided on there.

    Only what names and numbers it must be well-formed here. The rest is judged by the engine, so that a command that
    makes no sense is answered, kept and counted like any other and never leaves a gap behind.
    """

    model_config = ConfigDict(strict=True)

    id: Uuid
    order: Annotated[str, StringConstraints(min_length=1, max_length=36)]
    type: Annotated[Any, WithJsonSchema({"type": "string"})]
    at: Annotated[Any, WithJsonSchema({"type": "string", "format": "date-time"})] = None
    sequence: Annotated[int, Field(ge=1, le=LARGEST)]
    base_revision: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    monotonic_ms: Annotated[float, Field(ge=0, le=1e15)] | None = None
    payload: Annotated[Any, WithJsonSchema({"type": "object"})] = None
    replaces: Annotated[dict[Sha256, list[Sha256]], Field(max_length=50)] | None = None
    """Photos by those that never arrived and in whose place they are: a held command is corrected by it."""

    @property
    def asked(self) -> dict[str, Any]:
        """The engine's command, without who asks."""
        members = self.payload if isinstance(self.payload, dict) else {}
        return {**members, "type": self.type, "at": self.at}


class DeviceIn(BaseModel):
    """Which device sends. `incarnation` changes when its storage was lost or copied; `now` is its clock at sending."""

    id: Name
    incarnation: Name
    now: Annotated[str, StringConstraints(max_length=40)] | None = None


OneCommand = Annotated[Any, WithJsonSchema(CommandIn.model_json_schema())]


class CommandsIn(BaseModel):
    """A device's outbox, or a part of it. Commands are read one by one: a bad one does not stop the others."""

    device: DeviceIn
    commands: Annotated[list[OneCommand], Field(max_length=MOST_COMMANDS)]


class ProblemOut(BaseModel):
    """Why not."""

    code: str
    at: str
    element: str
    params: dict[str, Any]
    message: str


class AnswerOut(BaseModel):
    """What became of one command. Only `applied` and `duplicate` may leave the outbox."""

    id: str
    status: Status
    revision: int | None
    events: list[dict[str, Any]]
    problems: list[ProblemOut]


class CommandsOut(BaseModel):
    """`epoch` names this life of the database; `high_water` is this person's last number here without a gap."""

    epoch: str
    high_water: int
    answers: list[AnswerOut]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command with what its device says about itself, and when it got here."""

    command: CommandIn
    device_id: str
    incarnation: str
    received_at: dt.datetime
    clock_offset_ms: int | None

    @property
    def content_hash(self) -> str:
        """The same for the same command, whichever device state it is sent from."""
        kept = {name: getattr(self.command, name) for name in ("order", "type", "at", "base_revision", "payload")}
        return canonical_hash(kept)

    @property
    def clock_is_off(self) -> bool:
        """True when the device's clock and ours are more than five minutes apart, as far as can be known."""
        if self.clock_offset_ms is not None:
            return abs(self.clock_offset_ms) > CLOCK_TOLERANCE_MS
        made = parse_moment(self.command.at)
        return made is not None and made - _milliseconds(self.received_at) > CLOCK_TOLERANCE_MS


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """What became of one command."""

    id: str
    status: Status
    revision: int | None = None
    events: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """As it is stored, to be given again."""
        problems = [problem.to_json() for problem in self.problems]
        return {
            "id": self.id,
            "status": self.status,
            "revision": self.revision,
            "events": list(self.events),
            "problems": problems,
        }

    @staticmethod
    def from_json(json: dict[str, Any]) -> "CommandAnswer":
        """What `to_json` wrote."""
        problems = tuple(Problem(**problem) for problem in json["problems"])
        return CommandAnswer(json["id"], json["status"], json["revision"], tuple(json["events"]), problems)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


def clock_offset(device: DeviceIn, received_at: dt.datetime) -> int | None:
    """How many milliseconds our clock is ahead of the device's; None when it does not say its time."""
    if device.now is None or not _MOMENT.fullmatch(device.now):
        return None
    try:
        theirs = dt.datetime.fromisoformat(device.now)
    except ValueError:
        return None
    return _milliseconds(received_at) - _milliseconds(theirs)


def _milliseconds(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)

"""What a record consists of. All words are in the reader's language, all times in the organisation's zone."""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "good", "bad"]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A reading against its limits, placed on a scale from 0 to 100."""

    at: float
    band_from: float
    band_to: float
    norm: float | None
    low: str
    high: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Shot:
    """Photos of one shot."""

    label: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One answered field: text, with what belongs to it."""

    label: str
    text: str = ""
    tone: Tone = "plain"
    note: str = ""
    items: tuple["Line", ...] = ()
    shots: tuple[Shot, ...] = ()
    gauge: Gauge | None = None
    signature: str = ""


@dataclass(frozen=True, slots=True)
class VisitPart:
    """One pass through a step."""

    visit: str
    number: int
    status: str
    by: str
    started: str
    completed: str
    minutes: int
    standard: float | None
    rework_reason: str
    lines: tuple[Line, ...]

    @property
    def over_standard(self) -> bool:
        """True when it took longer than the template says."""
        return self.standard is not None and self.minutes > self.standard


@dataclass(frozen=True, slots=True)
class StepPart:
    """A step with all its passes, first one first."""

    node: str
    title: str
    visits: tuple[VisitPart, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    sequence: int
    at: str
    by: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The same view before and after."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part that moved for this order."""

    number: str
    name: str
    quantity: str
    action: str
    serial: str
    source: str
    denied: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something else that was found."""

    at: str
    by: str
    text: str
    severity: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingLock:
    """A lock that hangs on a point now: whose it is, since when, and who confirmed it."""

    point: str
    by: str
    at: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the order's identity."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Who gave the order up, when and why, and the steps that had been done."""

    by: str
    at: str
    reason: str
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one order."""

    number: str
    title: str
    status: str
    status_label: str
    facts: tuple[Fact, ...]
    steps: tuple[StepPart, ...]
    timeline: tuple[Moment, ...]
    pairs: tuple[Pair, ...]
    parts: tuple[PartLine, ...]
    findings: tuple[Finding, ...]
    head: str
    events: int
    broken_at: int | None
    worked_minutes: int
    standard_minutes: float
    """Of what was done, and as long as the order is open of what is expected; 0 where no step has a standard."""
    over_standard: bool
    """True when the steps that have a standard took longer in all."""
    total: str
    """The minutes in words."""
    cancelled: Cancellation | None = None
    photos: tuple[str, ...] = field(default=())
    locks: tuple[StandingLock, ...] = field(default=())

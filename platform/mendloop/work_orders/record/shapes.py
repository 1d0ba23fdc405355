"""What steps of a record consist of. All words are in the reader's language, all times in the organisation's zone."""

from dataclasses import dataclass
from typing import Literal

from mendloop.work_orders.record.drawn import Gauge, Trend

Tone = Literal["plain", "good", "bad"]


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
    trend: Trend | None = None
    internal: bool = False
    """Kept off the customer's copy."""

    @property
    def is_bad(self) -> bool:
        """True when it, or anything in it, is not as it should be."""
        return self.tone == "bad" or any(item.is_bad for item in self.items)


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

    @property
    def is_open(self) -> bool:
        """True while somebody works in it or is to."""
        return any(visit.status not in ("completed", "withdrawn") for visit in self.visits)

    @property
    def is_bad(self) -> bool:
        """True when something in it was found not to be as it should be."""
        return any(line.is_bad for visit in self.visits for line in visit.lines)

    @property
    def entries(self) -> int:
        """How many answers it shows."""
        return sum(len(visit.lines) for visit in self.visits)

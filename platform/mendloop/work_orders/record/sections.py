"""What a record consists of besides its steps, and the record as a whole."""

from dataclasses import dataclass, field

from mendloop.work_orders.record.shapes import StepPart


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the order's identity."""

    label: str
    text: str


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
class PartGroup:
    """Parts of which the same became: `fitted`, `removed` or `other`."""

    kind: str
    title: str
    lines: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something else that was found."""

    at: str
    by: str
    text: str
    severity: str
    severity_label: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingLock:
    """A lock that hangs on a point now: whose it is, since when, and who confirmed it."""

    point: str
    by: str
    at: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Who gave the order up, when and why, and the steps that had been done."""

    by: str
    at: str
    reason: str
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierOrder:
    """An order of the same asset that was opened before this one."""

    id: str
    number: str
    title: str
    day: str
    status: str
    outcome: str


@dataclass(frozen=True, slots=True)
class AssetPart:
    """The thing that was repaired, with what was repaired of it before, newest first."""

    id: str
    facts: tuple[Fact, ...]
    earlier: tuple[EarlierOrder, ...]
    left_out: int
    """Orders that are older still."""


@dataclass(frozen=True, slots=True)
class SubPart:
    """An order that was a part of this one."""

    id: str
    number: str
    title: str
    position: str
    status: str


@dataclass(frozen=True, slots=True)
class Cost:
    """Money, in words: what the order cost and earned, or on the customer's copy what was quoted."""

    title: str
    rows: tuple[Fact, ...]
    last: Fact
    note: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one order that its reader may see."""

    number: str
    title: str
    status: str
    status_label: str
    is_customers: bool
    organisation: str
    facts: tuple[Fact, ...]
    steps: tuple[StepPart, ...]
    timeline: tuple[Moment, ...]
    pairs: tuple[Pair, ...]
    parts: tuple[PartGroup, ...]
    findings: tuple[Finding, ...]
    head: str
    events: int
    broken_at: int | None
    over_standard: bool
    """True when the steps that have a standard took longer in all."""
    total: str
    """The minutes in words."""
    asset: AssetPart | None = None
    sub_orders: tuple[SubPart, ...] = ()
    cost: Cost | None = None
    cancelled: Cancellation | None = None
    photos: tuple[str, ...] = field(default=())
    locks: tuple[StandingLock, ...] = field(default=())

    @property
    def is_long(self) -> bool:
        """True when nobody reads all of it on a screen: steps are folded then."""
        return sum(step.entries for step in self.steps) > LONG


LONG = 60
"""Answers that a page shows unfolded."""

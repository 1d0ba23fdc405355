"""What the board knows of an order, and what it makes of that."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from mendloop.work_orders.shapes import CardOut

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Off:
    """A reading out of tolerance, or a check that is not ok, in the latest pass of its step; `value` with its unit."""

    step: Words
    label: Words
    value: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """An order as its record tells it. `pauses`: the reason of each visit that is paused. `elsewhere`: it goes on only
    when somebody else than whoever has it does something."""

    card: CardOut
    template: str
    opened_at: dt.datetime
    ended_at: dt.datetime | None = None
    begun: bool = False
    off: tuple[Off, ...] = ()
    locks: int = 0
    pauses: Mapping[str, tuple[str, Words]] = field(default_factory=dict)
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What other features know of it: lines of parts that it lacks, entries parked, explanations that want a word."""

    lacking: int = 0
    parked: int = 0
    explanations: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that needs an eye: since when, how many of them, and the words for it where it has some of its own.

    `bad` ones come before others. `kind` is one of `risks.KINDS`; `why` tells apart what one kind may be of.
    """

    kind: str
    bad: bool = False
    since: dt.datetime | None = None
    count: int = 0
    why: str = ""
    about: Words | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An order on the board at one moment; `until` is when time alone will change it."""

    facts: Facts
    lane: str
    risks: tuple[Risk, ...]
    until: dt.datetime | None = None

"""What `decide` answers."""

from dataclasses import dataclass
from typing import TypeAlias

from .events import Event
from .problems import Problem
from .state import State


@dataclass(frozen=True, slots=True)
class Accepted:
    """The command holds: these events happened, and this is the state after them."""

    events: tuple[Event, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Refused:
    """The command does not hold, for all these reasons."""

    problems: tuple[Problem, ...]


Decision: TypeAlias = Accepted | Refused

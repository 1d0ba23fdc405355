"""What an expression computes with; None, bool, int, float, str, bytes, list and dict stand for themselves."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Uint(int):
    """An unsigned 64-bit number: `3u`."""

    __slots__ = ()


class BoolKey(Enum):
    """`true` and `false` as keys of a map, where Python's own would equal 1 and 0."""

    FALSE = False
    TRUE = True


@dataclass(frozen=True, slots=True, order=True)
class Timestamp:
    """A moment: nanoseconds since 1970-01-01T00:00:00Z, between the years 1 and 9999."""

    ns: int


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A span of time in nanoseconds, within 64 bits (about 292 years)."""

    ns: int


@dataclass(frozen=True, slots=True)
class TypeValue:
    """What `type(x)` gives. Only the specification's cases use it."""

    name: str


@dataclass(frozen=True, slots=True)
class EvaluationError:
    """Why there is no value; `kind` is the same in both evaluators.

    absent, division_by_zero, overflow, no_such_key, bad_index, bad_key, type, conversion, bad_zone, too_long,
    too_costly, unknown.
    """

    kind: str


ABSENT = EvaluationError("absent")
"""The value of something that is not there."""

MapKey: TypeAlias = "str | int | BoolKey"
Value: TypeAlias = (
    "None | bool | int | float | str | bytes | Timestamp | Duration | TypeValue | EvaluationError"
    " | list[Value] | dict[MapKey, Value]"
)


class Failed(Exception):
    """Carries an evaluation error out of the closures; never leaves this package."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def map_key(value: Value) -> MapKey:
    """How `value` is kept as a key of a map; fails for what cannot be one."""
    if isinstance(value, bool):
        return BoolKey.TRUE if value else BoolKey.FALSE
    if isinstance(value, str | int):
        return value
    raise Failed("bad_key")


def key_value(key: MapKey) -> Value:
    """The value that `map_key` made the key from."""
    return key.value if isinstance(key, BoolKey) else key


def look_up_key(value: Value) -> "MapKey | float | None":
    """The key under which `value` would be found, numbers being equal across types; None when no key can equal it."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool | str | int):
        return map_key(value)
    return None

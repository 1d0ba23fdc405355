"""`+ - * / %` and negation, by the types of the operands."""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from .limits import MAX_LIST, MAX_TEXT
from .times import duration, timestamp
from .values import Duration, Failed, Timestamp, Uint, Value

_INT = 2**63
_UINT = 2**64
Operator = Callable[[Any, Any], Value]


def whole(value: int) -> int:
    """`value` as an int; fails outside 64 bits."""
    if -_INT <= value < _INT:
        return value
    raise Failed("overflow")


def unsigned(value: int) -> Uint:
    """`value` as a uint; fails outside 64 bits."""
    if 0 <= value < _UINT:
        return Uint(value)
    raise Failed("overflow")


def _quotient(x: int, y: int) -> int:
    if y == 0:
        raise Failed("division_by_zero")
    size = abs(x) // abs(y)
    return size if (x < 0) == (y < 0) else -size


def _remainder(x: int, y: int) -> int:
    if y == -1 and x == -_INT:
        raise Failed("overflow")
    return x - y * _quotient(x, y)


def _divide(x: float, y: float) -> float:
    if y:
        return x / y
    return math.nan if x == 0 or math.isnan(x) else math.copysign(math.inf, x) * math.copysign(1, y)


def _join_text(x: Any, y: Any) -> Value:
    if len(x) + len(y) > MAX_TEXT:
        raise Failed("too_long")
    return x + y  # type: ignore[no-any-return]


def _join_lists(x: list[Value], y: list[Value]) -> Value:
    if len(x) + len(y) > MAX_LIST:
        raise Failed("too_long")
    return x + y


def _numbers(on_whole: Callable[[int, int], int], on_double: Operator | None) -> dict[tuple[type, type], Operator]:
    rules: dict[tuple[type, type], Operator] = {
        (int, int): lambda x, y: whole(on_whole(x, y)),
        (Uint, Uint): lambda x, y: unsigned(on_whole(int(x), int(y))),
    }
    if on_double:
        rules[float, float] = on_double
    return rules


BINARY: Mapping[str, Mapping[tuple[type, type], Operator]] = {
    "+": _numbers(operator.add, operator.add)
    | {
        (str, str): _join_text,
        (bytes, bytes): _join_text,
        (list, list): _join_lists,
        (Timestamp, Duration): lambda x, y: timestamp(x.ns + y.ns),
        (Duration, Timestamp): lambda x, y: timestamp(x.ns + y.ns),
        (Duration, Duration): lambda x, y: duration(x.ns + y.ns),
    },
    "-": _numbers(operator.sub, operator.sub)
    | {
        (Timestamp, Timestamp): lambda x, y: duration(x.ns - y.ns),
        (Timestamp, Duration): lambda x, y: timestamp(x.ns - y.ns),
        (Duration, Duration): lambda x, y: duration(x.ns - y.ns),
    },
    "*": _numbers(operator.mul, operator.mul),
    "/": _numbers(_quotient, _divide),
    "%": _numbers(_remainder, None),
}


def negate(value: Value) -> Value:
    """`-value` of an int or a double."""
    if type(value) is float:
        return -value
    if type(value) is int:
        return whole(-value)
    raise Failed("type")

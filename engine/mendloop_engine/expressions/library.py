"""The functions of the profile, by name and by the types of their arguments."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from . import texts
from .arithmetic import whole
from .comparison import ORDERABLE
from .conversions import CONVERSIONS, type_of
from .times import part_of_time
from .values import Duration, EvaluationError, Failed, Timestamp, Uint, Value

Function = Callable[..., Value]

_TEXT_FUNCTIONS: Mapping[str, tuple[Function, tuple[type, ...], int]] = {
    "contains": (lambda text, part: part in text, (str, str), 2),
    "startsWith": (str.startswith, (str, str), 2),
    "endsWith": (str.endswith, (str, str), 2),
    "charAt": (texts.char_at, (str, int), 2),
    "indexOf": (texts.index_of, (str, str, int), 2),
    "lastIndexOf": (texts.last_index_of, (str, str, int), 2),
    "lowerAscii": (texts.lower_ascii, (str,), 1),
    "upperAscii": (texts.upper_ascii, (str,), 1),
    "trim": (texts.trim, (str,), 1),
    "reverse": (texts.reverse, (str,), 1),
    "replace": (texts.replace, (str, str, str, int), 3),
    "split": (texts.split, (str, str, int), 2),
    "substring": (texts.substring, (str, int, int), 2),
    "join": (texts.join, (list, str), 1),
}
_GETTERS = (
    "FullYear",
    "Month",
    "Date",
    "DayOfMonth",
    "DayOfWeek",
    "DayOfYear",
    "Hours",
    "Minutes",
    "Seconds",
    "Milliseconds",
)
_SPAN_GETTERS = ("getHours", "getMinutes", "getSeconds", "getMilliseconds")


def _typed(function: Function, types: tuple[type, ...], least: int) -> Function:
    """`function`, failing unless it gets arguments of just these types, the ones after `least` being optional."""

    def run(*arguments: Value) -> Value:
        if not least <= len(arguments) <= len(types):
            raise Failed("type")
        for argument, expected in zip(arguments, types, strict=False):
            if type(argument) is not expected:
                raise Failed("type")
        return function(*arguments)

    return run


def _converted(rules: Mapping[type, Callable[[Any], Value]], *arguments: Value) -> Value:
    rule = rules.get(type(arguments[0])) if len(arguments) == 1 else None
    if rule is None:
        raise Failed("type")
    return rule(arguments[0])


def _size(*arguments: Value) -> Value:
    if len(arguments) == 1 and isinstance(arguments[0], str | bytes | list | dict):
        return len(arguments[0])
    raise Failed("type")


def _part(name: str, *arguments: Value) -> Value:
    match arguments:
        case [Timestamp() as moment]:
            return part_of_time(name, moment)
        case [Timestamp() as moment, str(zone)]:
            return part_of_time(name, moment, zone)
        case [Duration() as span] if name in _SPAN_GETTERS:
            return part_of_time(name, span)
    raise Failed("type")


def _round(value: float) -> float:
    """To the nearest whole number, halves away from zero."""
    if not math.isfinite(value):
        return value
    cut = math.trunc(value)
    far = abs(value - cut) >= 0.5
    return math.copysign(abs(cut) + far, value)


def _on_finite(function: Callable[[float], int]) -> Callable[[float], float]:
    return lambda value: math.copysign(function(value), value) if math.isfinite(value) else value


def _sign(value: float) -> float:
    return value if value == 0 or math.isnan(value) else math.copysign(1, value)


_NUMBER_FUNCTIONS: Mapping[str, Mapping[type, Callable[[Any], Value]]] = {
    "math.ceil": {float: _on_finite(math.ceil)},
    "math.floor": {float: _on_finite(math.floor)},
    "math.trunc": {float: _on_finite(math.trunc)},
    "math.round": {float: _round},
    "math.abs": {float: abs, int: lambda x: whole(abs(x)), Uint: lambda x: x},
    "math.sign": {float: _sign, int: lambda x: (x > 0) - (x < 0), Uint: lambda x: Uint(x > 0)},
}


def _extreme(greatest: bool, *arguments: Value) -> Value:
    numbers = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else list(arguments)
    if not numbers:
        raise Failed("type")
    best: Any = numbers[0]
    for number in numbers:
        if isinstance(number, EvaluationError):
            raise Failed(number.kind)
        if (
            isinstance(number, bool)
            or not isinstance(number, int | float)
            or (type(best), type(number)) not in ORDERABLE
        ):
            raise Failed("type")
        if best < number if greatest else number < best:
            best = number
    return best  # type: ignore[no-any-return]


FUNCTIONS: Mapping[str, Function] = (
    {name: _typed(*rule) for name, rule in _TEXT_FUNCTIONS.items()}
    | {name: partial(_converted, rules) for name, rules in (CONVERSIONS | _NUMBER_FUNCTIONS).items()}  # type: ignore[operator]
    | {f"get{name}": partial(_part, f"get{name}") for name in _GETTERS}
    | {
        "size": _size,
        "type": type_of,
        "math.greatest": partial(_extreme, True),
        "math.least": partial(_extreme, False),
    }
)

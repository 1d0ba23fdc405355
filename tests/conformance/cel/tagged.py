"""Values as JSON that loses nothing: what goes to Node and comes back."""

import base64
import math
from typing import Any

from mendloop_engine.expressions import Duration, EvaluationError, Timestamp, Uint, Value
from mendloop_engine.expressions.values import BoolKey, TypeValue


def tagged(value: Any) -> Any:
    """`value` with a tag for every kind that JSON does not have."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, dict):
        return {"m": [[tagged(_plain(key)), tagged(item)] for key, item in value.items()]}
    return _tagged_simple(value)


def _plain(key: Any) -> Value:
    return key.value if isinstance(key, BoolKey) else key


def _tagged_simple(value: Any) -> Any:
    match value:
        case Uint():
            return {"u": str(int(value))}
        case int():
            return {"i": str(value)}
        case float():
            return {"d": _double(value)}
        case str():
            return {"s": value}
        case bytes():
            return {"b": base64.b64encode(value).decode()}
        case Timestamp(ns):
            return {"t": str(ns)}
        case Duration(ns):
            return {"D": str(ns)}
        case EvaluationError(kind):
            return {"e": kind}
        case TypeValue(name):
            return {"T": name}
    raise TypeError(f"no value of an expression: {value!r}")


def _double(value: float) -> str:
    """As ECMAScript reads it; Python would write `inf`."""
    return repr(value).replace("inf", "Infinity").replace("nan", "NaN")


def same(one: Any, other: Any) -> bool:
    """Whether two tagged values are one; the order of a map's keys counts, how a double is written does not."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same_tagged(tag, one[tag], other[tag]) for tag in one)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _same_tagged(tag: str, one: Any, other: Any) -> bool:
    if tag != "d":
        return same(one, other)
    x, y = float(one), float(other)
    return (math.isnan(x) and math.isnan(y)) or (x == y and math.copysign(1, x) == math.copysign(1, y))

"""`int(x)`, `string(x)` and the other conversions."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from .arithmetic import unsigned, whole
from .limits import MAX_TEXT
from .times import SECOND, read_duration, read_timestamp, timestamp, write_duration, write_timestamp
from .values import Duration, Failed, Timestamp, TypeValue, Uint, Value

_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_UNSIGNED = re.compile(r"\d+", re.ASCII)
_DOUBLE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NAMED_DOUBLES = {"NaN": math.nan, "Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}
_NAMED_DOUBLES |= {"Inf": math.inf, "+Inf": math.inf, "-Inf": -math.inf}
_BOOLS = dict.fromkeys(("1", "t", "T", "true", "TRUE", "True"), True)
_BOOLS |= dict.fromkeys(("0", "f", "F", "false", "FALSE", "False"), False)
_TWO_63 = float(2**63)
_TWO_64 = float(2**64)
_LONGEST_NUMBER = 400
_FIXED_FROM, _FIXED_TO = -7, 21


def _same(value: Value) -> Value:
    return value


def _read_bool(text: str) -> bool:
    if text not in _BOOLS:
        raise Failed("conversion")
    return _BOOLS[text]


def _digits(text: str, form: re.Pattern[str]) -> str:
    if len(text) > _LONGEST_NUMBER or not form.fullmatch(text):
        raise Failed("conversion")
    return text


def _read_double(text: str) -> float:
    if text in _NAMED_DOUBLES:
        return _NAMED_DOUBLES[text]
    value = float(_digits(text, _DOUBLE))
    if math.isinf(value):
        raise Failed("overflow")
    return value


def _double_to_int(value: float) -> int:
    if not -_TWO_63 < value < _TWO_63:
        raise Failed("overflow")
    return int(value)


def _double_to_uint(value: float) -> Uint:
    if not 0 <= value < _TWO_64:
        raise Failed("overflow")
    return Uint(int(value))


def write_double(value: float) -> str:
    """The shortest decimal that reads back as `value`, laid out as ECMAScript does."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    sign = "-" if math.copysign(1, value) < 0 else ""
    mantissa, _, power = f"{abs(value)!r}".partition("e")
    before, _, after = mantissa.partition(".")
    digits = (before + after).lstrip("0")
    point = len(before) + int(power or 0) - (len(before + after) - len(digits))
    digits = digits.rstrip("0")
    return sign + (_laid_out(digits, point) if digits else "0")


def _laid_out(digits: str, point: int) -> str:
    """`digits` with the decimal point after the `point`-th of them."""
    if point > _FIXED_TO or point < _FIXED_FROM + 2:
        tail = "." + digits[1:] if len(digits) > 1 else ""
        return f"{digits[0]}{tail}e{point - 1:+}"
    if point <= 0:
        return "0." + "0" * -point + digits
    return digits.ljust(point, "0") if len(digits) <= point else f"{digits[:point]}.{digits[point:]}"


def _read_bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise Failed("conversion") from None


def _write_bytes(text: str) -> bytes:
    encoded = text.encode()
    if len(encoded) > MAX_TEXT:
        raise Failed("too_long")
    return encoded


CONVERSIONS: Mapping[str, Mapping[type, Callable[[Any], Value]]] = {
    "bool": {bool: _same, str: _read_bool},
    "int": {
        int: _same,
        Uint: lambda x: whole(int(x)),
        float: _double_to_int,
        str: lambda x: whole(int(_digits(x, _WHOLE))),
        Timestamp: lambda x: x.ns // SECOND,
    },
    "uint": {
        Uint: _same,
        int: unsigned,
        float: _double_to_uint,
        str: lambda x: unsigned(int(_digits(x, _UNSIGNED))),
    },
    "double": {float: _same, int: float, Uint: float, str: _read_double},
    "string": {
        str: _same,
        bool: lambda x: "true" if x else "false",
        int: str,
        Uint: lambda x: str(int(x)),
        float: write_double,
        bytes: _read_bytes,
        Timestamp: write_timestamp,
        Duration: write_duration,
    },
    "bytes": {bytes: _same, str: _write_bytes},
    "timestamp": {Timestamp: _same, str: read_timestamp, int: lambda x: timestamp(x * SECOND)},
    "duration": {Duration: _same, str: read_duration},
}

_TYPE_NAMES = {bool: "bool", int: "int", Uint: "uint", float: "double", str: "string", bytes: "bytes", list: "list"}
_TYPE_NAMES |= {dict: "map", type(None): "null_type", TypeValue: "type"}
_TYPE_NAMES |= {Timestamp: "google.protobuf.Timestamp", Duration: "google.protobuf.Duration"}


def type_of(value: Value) -> TypeValue:
    """What `type(value)` gives."""
    return TypeValue(_TYPE_NAMES[type(value)])

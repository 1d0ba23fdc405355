"""Google's C++ evaluator, made to speak tagged values."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cel.made import NAMES
from cel.tagged import tagged
from cel_expr_python import cel  # type: ignore[import-untyped]
from cel_expr_python.ext import ext_math, ext_strings  # type: ignore[import-untyped]
from mendloop_engine.expressions import Duration, Timestamp, Type, Uint, Value

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = 1000
_SIMPLE = {
    "bool": cel.Type.BOOL,
    "int": cel.Type.INT,
    "uint": cel.Type.UINT,
    "double": cel.Type.DOUBLE,
    "string": cel.Type.STRING,
    "bytes": cel.Type.BYTES,
    "timestamp": cel.Type.TIMESTAMP,
    "duration": cel.Type.DURATION,
    "object": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
}


def _declared(type_: Type) -> Any:
    if type_.kind == "list":
        return cel.Type.List(_declared(type_.items[0]))
    if type_.kind == "map":
        return cel.Type.Map(*map(_declared, type_.items))
    return _SIMPLE[type_.kind]


@lru_cache(1)
def _environment() -> Any:
    variables = {name: _declared(type_) for name, type_ in NAMES.items()}
    return cel.NewEnv(variables=variables, extensions=[ext_strings.ExtStrings(), ext_math.ExtMath()])


def google_says(source: str, environment: Mapping[str, Value]) -> Any:
    """The tagged value, or `{"e": message}`."""
    try:
        data = {name: _given(value) for name, value in environment.items()}
        result = _environment().compile(source, disable_check=True).eval(data=data)
    except RuntimeError as error:
        return {"e": str(error)}
    kind = result.type().name()
    plain = result.plain_value()
    return {"e": plain} if kind == "ERROR" else tagged(Uint(plain) if kind == "UINT" else _taken(plain))


def _given(value: Value) -> Any:
    match value:
        case Timestamp(ns):
            return _EPOCH + dt.timedelta(microseconds=ns // _MICROSECOND)
        case Duration(ns):
            return dt.timedelta(microseconds=ns // _MICROSECOND)
        case list():
            return [_given(item) for item in value]
        case dict():
            return {key: _given(item) for key, item in value.items()}
    return value


def _taken(value: Any) -> Any:
    match value:
        case dt.datetime():
            return Timestamp(_nanoseconds(value - _EPOCH))
        case dt.timedelta():
            return Duration(_nanoseconds(value))
        case bytearray():
            return bytes(value)
        case list():
            return [_taken(item) for item in value]
    return value


def _nanoseconds(span: dt.timedelta) -> int:
    return span // dt.timedelta(microseconds=1) * _MICROSECOND

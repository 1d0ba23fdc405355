"""JSON data to the values of a declared type, and back."""

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from .arithmetic import unsigned, whole
from .limits import MAX_STEPS, SAFE_INTEGER
from .times import read_duration, read_timestamp, write_duration, write_timestamp
from .types import Type
from .values import ABSENT, Duration, EvaluationError, Failed, MapKey, Timestamp, TypeValue, Uint, Value, key_value

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,20}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WRONG = EvaluationError("type")


def from_json(type_: Type, json: Any) -> Value:
    """`json` as a value of the type. Null is absent, a null member left out, what does not fit an error value."""
    if json is None and type_.kind != "null":
        return ABSENT
    try:
        return _READERS[type_.kind](type_, json)
    except Failed as failure:
        return EvaluationError(failure.kind)


def _members(read: Callable[[str], Type | None], json: Any) -> Value:
    if not isinstance(json, dict):
        raise Failed("type")
    made: dict[MapKey, Value] = {}
    for name, value in json.items():
        type_ = read(name)
        if type_ is not None and value is not None:
            made[name] = from_json(type_, value)
    return made


def _object(type_: Type, json: Any) -> Value:
    return _members(type_.members.get, json)


def _map(type_: Type, json: Any) -> Value:
    """Keys in the order of their code points, so that both evaluators walk over them alike."""
    if not isinstance(json, dict):
        raise Failed("type")
    return _members(lambda _name: type_.items[1], {_text(name): json[name] for name in sorted(json)})


def _list(type_: Type, json: Any) -> Value:
    if not isinstance(json, list):
        raise Failed("type")
    return [from_json(type_.items[0], item) for item in json]


def _number(json: Any) -> int | float:
    if isinstance(json, bool) or not isinstance(json, int | float):
        raise Failed("type")
    return json


def _whole(json: Any) -> int:
    """JSON does not tell 1 from 1.0, and keeps whole numbers only up to 2^53; larger ones come as text."""
    if isinstance(json, str) and _INTEGER.fullmatch(json):
        return int(json)
    number = _number(json)
    if number != number or abs(number) > SAFE_INTEGER or number != int(number):
        raise Failed("type")
    return int(number)


def _double(json: Any) -> float:
    try:
        number = float(_number(json))
    except OverflowError:
        raise Failed("type") from None
    if not math.isfinite(number):
        raise Failed("type")
    return number


def _text(json: Any) -> str:
    if not isinstance(json, str):
        raise Failed("type")
    return _SURROGATE.sub("\ufffd", json)


def _bool(json: Any) -> bool:
    if not isinstance(json, bool):
        raise Failed("type")
    return json


def _bytes(json: Any) -> bytes:
    try:
        return base64.b64decode(_text(json), validate=True)
    except (binascii.Error, ValueError):
        raise Failed("type") from None


def _moment(json: Any) -> Timestamp:
    text = _text(json)
    return read_timestamp(f"{text}T00:00:00Z" if _DATE.fullmatch(text) else text)


def _null(_type: Type, json: Any) -> Value:
    return None if json is None else _WRONG


def _anything(type_: Type, json: Any) -> Value:
    """Without a type every number is a double and every object a map."""
    if isinstance(json, list):
        return [from_json(type_, item) for item in json]
    if isinstance(json, dict):
        return _members(lambda _name: type_, {_text(name): json[name] for name in sorted(json)})
    if isinstance(json, bool | str):
        return _text(json) if isinstance(json, str) else json
    return _double(json)


_READERS: Mapping[str, Callable[[Type, Any], Value]] = {
    "bool": lambda _, json: _bool(json),
    "int": lambda _, json: whole(_whole(json)),
    "uint": lambda _, json: unsigned(_whole(json)),
    "double": lambda _, json: _double(json),
    "string": lambda _, json: _text(json),
    "bytes": lambda _, json: _bytes(json),
    "timestamp": lambda _, json: _moment(json),
    "duration": lambda _, json: read_duration(_text(json)),
    "null": _null,
    "dyn": _anything,
    "list": _list,
    "map": _map,
    "object": _object,
}


def to_json(value: Value) -> Json:
    """`value` as JSON: what is absent, failed or not finite is null, whole numbers beyond 2^53 are text.

    ValueError for a value of more than 100,000 parts.
    """
    return _write(value, [MAX_STEPS])


def _write(value: Value, left: list[int]) -> Json:
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("more parts than a value may have")
    if isinstance(value, list):
        return [_write(item, left) for item in value]
    if isinstance(value, dict):
        return {_key(key): _write(item, left) for key, item in value.items()}
    return _write_simple(value)


def _write_simple(value: Any) -> Json:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) <= SAFE_INTEGER else str(int(value))
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else None


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    bytes: lambda value: base64.b64encode(value).decode(),
    Timestamp: write_timestamp,
    Duration: write_duration,
    TypeValue: lambda value: value.name,
}


def _key(key: MapKey) -> str:
    value = key_value(key)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, Uint) else str(value)

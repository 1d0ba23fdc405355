"""The functions of the profile and the operators' types."""

from collections.abc import Mapping
from dataclasses import dataclass

from .types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    STRING,
    TIMESTAMP,
    UINT,
    Type,
    list_of,
)

NUMERIC = frozenset(("int", "uint", "double"))
ORDERED = NUMERIC | {"bool", "string", "bytes", "timestamp", "duration"}


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function; of a member the first parameter stands before the dot."""

    member: bool
    parameters: tuple[Type, ...]
    result: Type


def _members(*parameters: Type, to: Type) -> Signature:
    return Signature(True, parameters, to)


def _function(*parameters: Type, to: Type) -> Signature:
    return Signature(False, parameters, to)


def _conversions(to: Type, *sources: Type) -> tuple[Signature, ...]:
    return tuple(_function(source, to=to) for source in sources)


_LIST = list_of(DYN)
_SIZED = (STRING, BYTES, _LIST, Type("map", (DYN, DYN)))
_MOMENT = (_members(TIMESTAMP, to=INT), _members(TIMESTAMP, STRING, to=INT))
_MOMENT_OR_SPAN = (*_MOMENT, _members(DURATION, to=INT))
_TEST = (_members(STRING, STRING, to=BOOL),)
_FIND = (_members(STRING, STRING, to=INT), _members(STRING, STRING, INT, to=INT))
_CHANGE = (_members(STRING, to=STRING),)
_WHOLE = (_function(DOUBLE, to=DOUBLE),)
_SAME = tuple(_function(number, to=number) for number in (INT, UINT, DOUBLE))

FUNCTIONS: Mapping[str, tuple[Signature, ...]] = {
    "size": (*(_function(t, to=INT) for t in _SIZED), *(_members(t, to=INT) for t in _SIZED)),
    "bool": _conversions(BOOL, BOOL, STRING),
    "int": _conversions(INT, INT, UINT, DOUBLE, STRING, TIMESTAMP),
    "uint": _conversions(UINT, UINT, INT, DOUBLE, STRING),
    "double": _conversions(DOUBLE, DOUBLE, INT, UINT, STRING),
    "string": _conversions(STRING, STRING, BOOL, INT, UINT, DOUBLE, BYTES, TIMESTAMP, DURATION),
    "bytes": _conversions(BYTES, BYTES, STRING),
    "timestamp": _conversions(TIMESTAMP, TIMESTAMP, STRING, INT),
    "duration": _conversions(DURATION, DURATION, STRING),
    "contains": _TEST,
    "startsWith": _TEST,
    "endsWith": _TEST,
    "matches": (*_TEST, _function(STRING, STRING, to=BOOL)),
    "charAt": (_members(STRING, INT, to=STRING),),
    "indexOf": _FIND,
    "lastIndexOf": _FIND,
    "lowerAscii": _CHANGE,
    "upperAscii": _CHANGE,
    "trim": _CHANGE,
    "reverse": _CHANGE,
    "replace": (_members(STRING, STRING, STRING, to=STRING), _members(STRING, STRING, STRING, INT, to=STRING)),
    "split": (_members(STRING, STRING, to=list_of(STRING)), _members(STRING, STRING, INT, to=list_of(STRING))),
    "substring": (_members(STRING, INT, to=STRING), _members(STRING, INT, INT, to=STRING)),
    "join": (_members(list_of(STRING), to=STRING), _members(list_of(STRING), STRING, to=STRING)),
    "getFullYear": _MOMENT,
    "getMonth": _MOMENT,
    "getDate": _MOMENT,
    "getDayOfMonth": _MOMENT,
    "getDayOfWeek": _MOMENT,
    "getDayOfYear": _MOMENT,
    "getHours": _MOMENT_OR_SPAN,
    "getMinutes": _MOMENT_OR_SPAN,
    "getSeconds": _MOMENT_OR_SPAN,
    "getMilliseconds": _MOMENT_OR_SPAN,
    "math.ceil": _WHOLE,
    "math.floor": _WHOLE,
    "math.round": _WHOLE,
    "math.trunc": _WHOLE,
    "math.abs": _SAME,
    "math.sign": _SAME,
    "math.greatest": (),
    "math.least": (),
}

MACROS = frozenset(("all", "exists", "exists_one", "existsOne", "map", "filter"))

OUTSIDE = {
    "dyn": "dynamic",
    "type": "type",
    "format": "outside_function",
    "quote": "outside_function",
    "encode": "outside_function",
    "decode": "outside_function",
    "bind": "outside_function",
    "block": "outside_function",
    "sqrt": "outside_function",
    "isNaN": "outside_function",
    "isInf": "outside_function",
    "isFinite": "outside_function",
    "transformList": "two_variables",
    "transformMap": "two_variables",
    "transformMapEntry": "two_variables",
    "of": "optional",
    "none": "optional",
    "ofNonZeroValue": "optional",
    "optMap": "optional",
    "optFlatMap": "optional",
    "orValue": "optional",
    "hasValue": "optional",
    "unwrap": "optional",
    "unwrapOpt": "optional",
    "first": "outside_function",
    "last": "outside_function",
}
"""Functions of CEL and its extensions that the profile leaves out, with the reason."""

TYPE_NAMES = frozenset(("bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type"))

_TIME = {("timestamp", "duration"): TIMESTAMP, ("duration", "duration"): DURATION}
_NUMBERS = {(t.kind, t.kind): t for t in (INT, UINT, DOUBLE)}

ARITHMETIC: Mapping[str, Mapping[tuple[str, str], Type]] = {
    "+": _NUMBERS
    | _TIME
    | {("string", "string"): STRING, ("bytes", "bytes"): BYTES, ("duration", "timestamp"): TIMESTAMP},
    "-": _NUMBERS | _TIME | {("timestamp", "timestamp"): DURATION},
    "*": _NUMBERS,
    "/": _NUMBERS,
    "%": {("int", "int"): INT, ("uint", "uint"): UINT},
}


def comparable(one: Type, other: Type) -> bool:
    """Whether `==` between the two can ever be meant."""
    if "dyn" in (one.kind, other.kind) or (one.kind in NUMERIC and other.kind in NUMERIC):
        return True
    return one.kind == other.kind and all(map(comparable, one.items, other.items))


def assignable(actual: Type, expected: Type) -> bool:
    """Whether a value of the one type may stand where the other is expected."""
    if "dyn" in (actual.kind, expected.kind):
        return True
    if actual.kind != expected.kind or not all(map(assignable, actual.items, expected.items)):
        return False
    return actual.kind != "object" or dict(actual.members) == dict(expected.members)


def common(one: Type, other: Type) -> Type | None:
    """The type of both: the number type that holds both numbers, else only equal types, else none."""
    if one == other:
        return one
    if {one.kind, other.kind} == {"int", "double"}:
        return DOUBLE
    if "dyn" in (one.kind, other.kind):
        return DYN
    if one.kind == other.kind and assignable(one, other):
        return Type(one.kind, (DYN,) * len(one.items))
    return None

"""The types an expression is checked against, and their form in a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

TypeJson: TypeAlias = "str | dict[str, Any]"


@dataclass(frozen=True, slots=True)
class Type:
    """One type of the profile; `items` are the element or key and value types, `members` those of a record."""

    kind: str
    items: tuple["Type", ...] = ()
    members: Mapping[str, "Type"] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        if self.items:
            return f"{self.kind}({', '.join(map(str, self.items))})"
        return self.kind

    def to_json(self) -> TypeJson:
        """This type as JSON: a name, or an object with one key that says which kind of compound it is."""
        if self.kind == "list":
            return {"list": self.items[0].to_json()}
        if self.kind == "map":
            return {"map": [item.to_json() for item in self.items]}
        if self.kind == "object":
            return {"object": {name: member.to_json() for name, member in self.members.items()}}
        return self.kind

    @staticmethod
    def from_json(json: TypeJson) -> "Type":
        """The type that `to_json` wrote; ValueError for anything else."""
        if isinstance(json, str):
            return _named(json)
        match json:
            case {"list": (str() | dict()) as element}:
                return list_of(Type.from_json(element))
            case {"map": [key, value]}:
                return map_of(Type.from_json(key), Type.from_json(value))
            case {"object": dict(members)}:
                return object_of({name: Type.from_json(member) for name, member in members.items()})
        raise ValueError(f"no type: {json!r}")


BOOL = Type("bool")
INT = Type("int")
UINT = Type("uint")
DOUBLE = Type("double")
STRING = Type("string")
BYTES = Type("bytes")
TIMESTAMP = Type("timestamp")
DURATION = Type("duration")
NULL = Type("null")
DYN = Type("dyn")

_NAMED = {t.kind: t for t in (BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION, NULL, DYN)}


def list_of(element: Type) -> Type:
    """A list whose elements all have one type."""
    return Type("list", (element,))


def map_of(key: Type, value: Type) -> Type:
    """A map: keys are not known beforehand, a missing one is an error."""
    return Type("map", (key, value))


def object_of(members: Mapping[str, Type]) -> Type:
    """A record with known members; one that is missing is absent."""
    return Type("object", (), dict(members))


def _named(kind: str) -> Type:
    if kind not in _NAMED:
        raise ValueError(f"no type: {kind!r}")
    return _NAMED[kind]

"""Whether a value fits a schema, and nothing else: one closure per part of the schema, made once.

jsonschema says best what is wrong, but needs seconds to find that nothing is. So it is asked only about the parts that
do not fit. The tests hold both to the same verdict; where a schema says something that is not read here (a plugin's
may), jsonschema decides.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator

Fits: TypeAlias = Callable[[Any], bool]
Schema: TypeAlias = Mapping[str, Any]
PREFIX = "#/$defs/"


class Fitting:
    """The closures of one schema document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._in_full = Draft202012Validator(document)
        self._found: dict[str, Fits] = {}
        for name, schema in document["$defs"].items():
            self._found[PREFIX + name] = self._of(schema)

    def reference(self, name: str) -> Fits:
        """Whether a value fits what `#/$defs/…` stands for."""
        return self._found[name]

    def _of(self, schema: Schema) -> Fits:
        if not all(map(_is_read, schema.items())):
            return self._in_full.evolve(schema=schema).is_valid
        rules = tuple(self._rules(schema))
        if len(rules) == 1:
            return rules[0]
        return lambda value: all(rule(value) for rule in rules)

    def _rules(self, schema: Schema) -> Iterator[Fits]:
        for keyword, wanted in schema.items():
            if keyword in _SIMPLE:
                yield _SIMPLE[keyword](wanted)
        if "$ref" in schema:
            yield self._later(schema["$ref"])
        if "items" in schema:
            yield _items(self._of(schema["items"]))
        if "propertyNames" in schema:
            yield _names(self._of(schema["propertyNames"]))
        if "properties" in schema or "additionalProperties" in schema:
            yield self._members(schema)
        for each in schema.get("allOf", ()):
            yield self._of(each)
        if "if" in schema and "then" in schema:
            yield self._condition(schema)

    def _later(self, name: str) -> Fits:
        """Looked up when it is needed: definitions may name each other."""
        found = self._found
        return lambda value: found[name](value)  # noqa: PLW0108 - it may not be there yet

    def _members(self, schema: Schema) -> Fits:
        known = {name: self._of(each) for name, each in schema.get("properties", {}).items()}
        others = schema.get("additionalProperties", True)
        other = None if isinstance(others, bool) else self._of(others)

        def fits(value: Any) -> bool:
            if not isinstance(value, dict):
                return True
            for name, item in value.items():
                rule = known.get(name, other)
                if rule is None:
                    if others is False:
                        return False
                elif not rule(item):
                    return False
            return True

        return fits

    def _condition(self, schema: Schema) -> Fits:
        holds, then = self._of(schema["if"]), self._of(schema["then"])
        return lambda value: not holds(value) or then(value)


def _is_read(entry: tuple[str, Any]) -> bool:
    keyword, wanted = entry
    if keyword == "$ref":
        return str(wanted).startswith(PREFIX)
    if keyword in ("const", "enum"):
        return all(isinstance(each, str | bool | int) for each in (wanted if keyword == "enum" else [wanted]))
    return keyword in _SIMPLE or keyword in _READ_TOGETHER or keyword in _SAY_NOTHING or keyword.startswith("x-")


def _items(rule: Fits) -> Fits:
    return lambda value: not isinstance(value, list) or all(map(rule, value))


def _names(rule: Fits) -> Fits:
    return lambda value: not isinstance(value, dict) or all(map(rule, value))


def _type(wanted: str | list[str]) -> Fits:
    checks = tuple(_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted))
    return checks[0] if len(checks) == 1 else lambda value: any(check(value) for check in checks)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Fits] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
}


def _const(wanted: Any) -> Fits:
    return _enum([wanted])


def _enum(wanted: list[Any]) -> Fits:
    """true is not 1, though Python takes them for equal."""
    kinds = {(isinstance(each, bool), each) for each in wanted}
    return lambda value: not isinstance(value, list | dict) and (isinstance(value, bool), value) in kinds


def _required(wanted: list[str]) -> Fits:
    return lambda value: not isinstance(value, dict) or all(name in value for name in wanted)


def _pattern(wanted: str) -> Fits:
    search = re.compile(wanted).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _long(kind: type, least: bool) -> Callable[[int], Fits]:
    def rule(limit: int) -> Fits:
        if least:
            return lambda value: not isinstance(value, kind) or _count(value) >= limit
        return lambda value: not isinstance(value, kind) or _count(value) <= limit

    return rule


def _count(value: Any) -> int:
    return len(value)


_SIMPLE: Mapping[str, Callable[[Any], Fits]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "required": _required,
    "pattern": _pattern,
    "minLength": _long(str, True),
    "maxLength": _long(str, False),
    "minItems": _long(list, True),
    "maxItems": _long(list, False),
    "minProperties": _long(dict, True),
    "maxProperties": _long(dict, False),
    "minimum": lambda limit: lambda value: not _is_number(value) or value >= limit,
    "maximum": lambda limit: lambda value: not _is_number(value) or value <= limit,
    "exclusiveMinimum": lambda limit: lambda value: not _is_number(value) or value > limit,
    "exclusiveMaximum": lambda limit: lambda value: not _is_number(value) or value < limit,
}
_READ_TOGETHER = {"properties", "additionalProperties", "propertyNames", "items", "allOf", "if", "then"}
_SAY_NOTHING = {"$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples", "deprecated"}

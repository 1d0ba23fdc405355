"""Whether a document has the shape of a template, told in the words of a process designer."""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from jsonschema.exceptions import ValidationError

from ..fields import FieldTypes
from ..json_values import Json, is_number, is_well_formed
from ..nearest import nearest
from ..problems import Level, Problem, deeper
from ..resources import packaged_json
from ..schema.validator import validator_for
from .elements import element_at

MAX_DEPTH = 32
MAX_TABLES = 3
"""So many tables may be one inside the other in a draft, until it is told that they must not."""

MOST_FIELDS = 10_000
"""Columns included."""

MOST_PROBLEMS = 1_000
"""More problems than this are not looked for: nobody reads them, and looking takes time."""

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Shaped:
    """A document as far as it has the right shape: what does not fit is taken out, list entries are made null."""

    document: dict[str, Any]
    problems: tuple[Problem, ...]
    unfit: frozenset[str] = frozenset()

    def fits(self, at: str) -> bool:
        """Whether everything at this pointer and below fits, unknown keys apart."""
        return at not in self.unfit


def check_shape(document: Json, types: FieldTypes) -> Shaped:
    """The usable part of `document` and everything that keeps the rest from being a template, in document order."""
    if not isinstance(document, Mapping):
        return Shaped({}, (Problem("template.not_an_object"),))
    unsafe = list(_unsafe(document, ()))
    if unsafe:
        return Shaped({}, tuple(unsafe))
    if document.get("format") != 1:
        return Shaped({}, (Problem("template.format_unknown", "/format", "", {"format": document.get("format")}),))
    unbounded = next(_unbounded(document), None)
    if unbounded is not None:
        return Shaped({}, (unbounded,))
    errors = list(islice(validator_for(types).iter_errors(document), MOST_PROBLEMS + 1))
    told = (problem for error in errors for problem in _translated(error, document))
    found = {(problem.code, problem.at): problem for problem in islice(told, MOST_PROBLEMS + 1)}
    problems = tuple(found.values())[:MOST_PROBLEMS]
    if len(errors) > MOST_PROBLEMS or len(found) > MOST_PROBLEMS:
        return Shaped({}, (*problems, too_many()))
    if not errors:
        return Shaped(dict(document), ())
    cleaned = copy.deepcopy(dict(document))
    for error in errors:
        _take_out(cleaned, error)
    return Shaped(cleaned, problems, frozenset(_unfit(problems)))


def too_many(level: Level = "error") -> Problem:
    """Says that there are more problems of that level."""
    code = "template.too_many_problems" if level == "error" else "template.too_many_warnings"
    return Problem(code, params={"limit": MOST_PROBLEMS})


def _unfit(problems: Iterable[Problem]) -> Iterator[str]:
    """The pointers of what does not fit, and of all that is around it."""
    for problem in problems:
        keys = problem.at.split("/") if problem.code != "template.unknown_key" else []
        yield from ("/".join(keys[:count]) for count in range(1, len(keys) + 1))


def _unbounded(document: Mapping[str, Any]) -> Iterator[Problem]:
    """More fields, or tables deeper in tables, than can be looked at in a second or two."""
    nodes = document.get("nodes")
    listed = nodes.items() if isinstance(nodes, Mapping) else ()
    waiting: list[tuple[Any, Path, str, int]] = [(node, ("nodes", name), "fields", 0) for name, node in listed]
    count = 0
    while waiting:
        around, path, key, depth = waiting.pop()
        fields = around.get(key) if isinstance(around, Mapping) else None
        inside = fields if isinstance(fields, list) else []
        count += len(inside)
        if count > MOST_FIELDS:
            yield Problem("template.too_many_fields", "/nodes", "", {"limit": MOST_FIELDS})
        if inside and depth > MAX_TABLES:
            yield Problem("template.too_deep", deeper("", *path), "", {"limit": MAX_TABLES})
        waiting += [(each, (*path, key, index), "columns", depth + 1) for index, each in enumerate(inside)]


def _unsafe(value: Json, path: Path) -> Iterator[Problem]:
    """What no reader of JSON would keep unharmed."""
    if len(path) > MAX_DEPTH:
        yield Problem("template.too_deep", deeper("", *path), "", {"limit": MAX_DEPTH})
    elif isinstance(value, str):
        if not is_well_formed(value):
            yield Problem("template.not_unicode", deeper("", *path))
    elif isinstance(value, Mapping | list | tuple):
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            if isinstance(key, str) and not is_well_formed(key):
                yield Problem("template.not_unicode", deeper("", *path))
            else:
                yield from _unsafe(item, (*path, key))
    elif value is not None and not isinstance(value, bool) and not is_number(value):
        yield Problem("template.number_unsafe", deeper("", *path), "", {"value": str(value)})


def _translated(error: ValidationError, document: Mapping[str, Any]) -> list[Problem]:
    path = tuple(error.absolute_path)
    translate = _TRANSLATORS.get(str(error.validator), _any_rule)
    return [
        Problem(code, deeper("", *path, *keys), element_at(document, (*path, *keys)), params)
        for code, keys, params in translate(error)
    ]


Found: TypeAlias = "list[tuple[str, tuple[str, ...], dict[str, Json]]]"


def _required(error: ValidationError) -> Found:
    instance, wanted = _instance(error), _values(error)
    missing = [key for key in wanted if key not in instance]
    return [("template.missing_key", (), {"key": key, "called": _called(error, key)}) for key in missing]


def _called(error: ValidationError, key: str) -> Json:
    """What people call a property, as the schema titles it; else the property itself."""
    described: Any = _properties(error).get(key)
    title = described.get("title") if isinstance(described, Mapping) else None
    chinese = described.get("x-zh-CN", {}).get("title", title) if title else None
    return {"en": title, "zh-CN": chinese} if title else key


def _additional(error: ValidationError) -> Found:
    known: list[Json] = [*_properties(error)]
    return [
        ("template.unknown_key", (key,), _suggesting({"key": key, "known": known}, key, known)) for key in _extra(error)
    ]


def _extra(error: ValidationError) -> list[str]:
    return [key for key in _instance(error) if key not in _properties(error)]


def _wrong_type(error: ValidationError) -> Found:
    expected: Any = error.validator_value
    names = list(expected) if isinstance(expected, list) else [expected]
    found = _json_type(error.instance)
    told: Mapping[str, Json] = {"wanted": [TYPE_WORDS[name] for name in names], "is": TYPE_WORDS[found]}
    return [("template.wrong_type", (), {"expected": names, "found": found, **told})]


def _wrong_value(error: ValidationError) -> Found:
    allowed: list[Any] = _values(error) if error.validator == "enum" else [error.validator_value]
    value = error.instance if isinstance(error.instance, str | int | float | bool) else _json_type(error.instance)
    return [("template.wrong_value", (), _suggesting({"value": value, "allowed": allowed}, str(value), allowed))]


def _pattern(error: ValidationError) -> Found:
    value, pattern = str(error.instance), str(error.validator_value)
    keys = (value,) if "propertyNames" in error.absolute_schema_path else ()
    code = "template.bad_name" if pattern.startswith("^[a-z][a-z0-9_]{0,63}$") else "template.bad_pattern"
    return [(code, keys, {"value": value, "pattern": pattern})]


def _limit(code: str) -> Callable[[ValidationError], Found]:
    def translate(error: ValidationError) -> Found:
        value = error.instance if isinstance(error.instance, int | float) else None
        return [(code, (), {"limit": error.validator_value, "value": value})]  # type: ignore[dict-item]

    return translate


def _any_rule(error: ValidationError) -> Found:
    return [("template.invalid", (), {"rule": str(error.validator)})]


_TRANSLATORS: Mapping[str, Callable[[ValidationError], Found]] = {
    "required": _required,
    "additionalProperties": _additional,
    "type": _wrong_type,
    "enum": _wrong_value,
    "const": _wrong_value,
    "pattern": _pattern,
    "minLength": _limit("template.too_short"),
    "maxLength": _limit("template.too_long"),
    "minItems": _limit("template.too_few"),
    "maxItems": _limit("template.too_many"),
    "minProperties": _limit("template.too_few"),
    "maxProperties": _limit("template.too_many"),
    "minimum": _limit("template.too_small"),
    "exclusiveMinimum": _limit("template.too_small"),
    "maximum": _limit("template.too_large"),
}


def _instance(error: ValidationError) -> Mapping[str, Any]:
    return error.instance if isinstance(error.instance, Mapping) else {}


def _values(error: ValidationError) -> list[Any]:
    value: Any = error.validator_value
    return list(value) if isinstance(value, list) else []


def _properties(error: ValidationError) -> Mapping[str, Any]:
    schema = error.schema
    properties = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
    return properties if isinstance(properties, Mapping) else {}


def _suggesting(params: dict[str, Json], name: str, known: Sequence[Any]) -> dict[str, Json]:
    return {**params, **suggestions(name, [str(each) for each in known])}


def suggestions(name: str, known: Sequence[str]) -> dict[str, Json]:
    """The params that tell which known names `name` was probably meant to be; none where none is close."""
    close = nearest(name, known)
    return {"suggestion": close[0], "did_you_mean": close} if close else {}


def _json_type(value: object) -> str:
    for name, kinds in _TYPE_NAMES.items():
        if isinstance(value, kinds):
            return name
    return "null"


TYPE_WORDS: Mapping[str, Json] = packaged_json("words/json_types.json")
"""What people call JSON's types."""

_TYPE_NAMES: Mapping[str, type | tuple[type, ...]] = {
    "boolean": bool,
    "number": (int, float),
    "string": str,
    "array": (list, tuple),
    "object": Mapping,
}


def _take_out(document: dict[str, Any], error: ValidationError) -> None:
    """Removes what does not fit. A missing key, or too little of something, leaves nothing to remove."""
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        for key in _extra(error):
            _remove(document, [*path, key])
    elif path and error.validator not in _LEFT_IN and "propertyNames" not in error.absolute_schema_path:
        _remove(document, path)


_LEFT_IN = {"required", "minItems", "maxItems", "minProperties", "maxProperties"}


def _remove(document: Any, path: list[str | int]) -> None:
    for key in path[:-1]:
        document = _inside(document, key)
    last = path[-1]
    if isinstance(document, dict):
        document.pop(last, None)
    elif isinstance(document, list) and isinstance(last, int):
        document[last] = None


def _inside(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    return value[key] if isinstance(value, list) and isinstance(key, int) else None

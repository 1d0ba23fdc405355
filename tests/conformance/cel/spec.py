"""The specification's conformance cases, read from ../shared/data/cel-spec."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mendloop_engine.expressions import Uint, Value
from mendloop_engine.expressions.values import TypeValue, map_key

CORE = (
    "basic",
    "comparisons",
    "conversions",
    "fields",
    "fp_math",
    "integer_math",
    "lists",
    "logic",
    "macros",
    "string",
    "timestamps",
)

_DOUBLES = {"Infinity": float("inf"), "-Infinity": float("-inf"), "NaN": float("nan")}


@dataclass(frozen=True, slots=True)
class Case:
    """One expression with what it must give; `expected` is None when it must fail."""

    file: str
    section: str
    name: str
    source: str
    names: tuple[str, ...]
    bindings: dict[str, Value]
    fails: bool
    expected: Value

    def __str__(self) -> str:
        return f"{self.file}/{self.section}/{self.name}"


def cases(folder: Path) -> Iterator[Case]:
    """All cases that need no protobuf."""
    for path in sorted((folder / "data" / "cel-spec").glob("*.json")):
        for section in json.loads(path.read_text("utf-8"))["section"]:
            for test in section["test"]:
                if not test["_uses_proto"]:
                    yield _case(path.stem, section["name"], test)


def _case(file: str, section: str, test: dict[str, Any]) -> Case:
    bindings = {name: _value(bound["value"]) for name, bound in test.get("bindings", {}).items()}
    declared = [entry["name"] for entry in test.get("type_env", []) if "ident" in entry]
    return Case(
        file,
        section,
        test["name"],
        test["expr"],
        tuple(dict.fromkeys([*declared, *bindings])),
        bindings,
        "eval_error" in test,
        None if "eval_error" in test else _value(test.get("value", {"bool_value": True})),
    )


def _value(written: dict[str, Any]) -> Value:
    ((kind, value),) = written.items()
    match kind:
        case "list_value":
            return [_value(item) for item in value.get("values", [])]
        case "map_value":
            return {map_key(_value(entry["key"])): _value(entry["value"]) for entry in value.get("entries", [])}
        case "int64_value":
            return int(value)
        case "uint64_value":
            return Uint(value)
        case "double_value":
            return _DOUBLES[value] if isinstance(value, str) else float(value)
        case "bytes_value":
            return base64.b64decode(value)
        case "type_value":
            return TypeValue(value)
    assert kind in ("bool_value", "string_value", "null_value"), kind
    return value  # type: ignore[no-any-return]

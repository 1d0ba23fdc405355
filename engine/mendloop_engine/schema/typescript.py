"""The template format as TypeScript types, for the designer: `python -m mendloop_engine.schema --typescript FILE`."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

HEAD = (
    "// Made from template-1.json by `python -m mendloop_engine.schema --typescript FILE`. Not to be changed by hand.\n"
    'import type { Json } from "@mendloop/engine";\n'
)
PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
INDENT = "  "


def typescript_of(schema: Schema) -> str:
    """Every definition as an exported type, and the whole document as `Template`."""
    parts = [HEAD, *_named("Template", schema)]
    for name, definition in schema["$defs"].items():
        parts += _named(_type_name(name), definition)
    return "".join(parts)


def _named(name: str, schema: Schema) -> Iterator[str]:
    yield "\n"
    if "description" in schema:
        yield f"/** {schema['description']} */\n"
    yield f"export type {name} = {_type(schema, '')};\n"


def _type(schema: Schema, indent: str) -> str:
    if "$ref" in schema:
        return _type_name(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "allOf" in schema:
        return " | ".join(_type(rule["then"], indent) for rule in schema["allOf"])
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": each}, indent) for each in kind)
    if kind == "array":
        return f"readonly ({_type(schema['items'], indent)})[]" if "items" in schema else "readonly Json[]"
    if kind == "object":
        return _object(schema, indent)
    return PRIMITIVES.get(str(kind), "Json")


def _object(schema: Schema, indent: str) -> str:
    members = schema.get("properties", {})
    others = schema.get("additionalProperties")
    if isinstance(others, Mapping):
        return f"Readonly<Record<string, {_type(others, indent)}>>"
    if not members:
        return "Readonly<Record<string, Json>>"
    deeper = indent + INDENT
    lines = [
        f"{deeper}readonly {_key(name)}{'' if name in schema.get('required', ()) else '?'}: {_type(member, deeper)};\n"
        for name, member in members.items()
    ]
    return "{\n" + "".join(lines) + indent + "}"


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def _type_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))

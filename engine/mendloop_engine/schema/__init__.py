"""The JSON Schema of templates, put together from `base.json` and what each field type says of its settings.

`template-1.json` is the outcome for the built-in types, for everybody who does not run Python:
`python -m mendloop_engine.schema` writes it.
"""

from collections.abc import Mapping
from typing import Any

from ..fields import FieldType, FieldTypes
from ..resources import packaged_json

BASE: Mapping[str, Any] = packaged_json("schema/base.json")


def template_schema(types: FieldTypes) -> dict[str, Any]:
    """The schema of templates whose fields may have these types."""
    definitions = dict(BASE["$defs"])
    common, computable = definitions.pop("common"), definitions.pop("computable")
    definitions["field"] = _any_field(types)
    for field_type in types:
        shared = common["properties"] | (computable["properties"] if field_type.computable else {})
        definitions[f"field_{field_type.name}"] = _field(field_type, shared)
    return {**BASE, "$defs": definitions}


def _any_field(types: FieldTypes) -> dict[str, Any]:
    """Which definition holds depends on the type; written as conditions, so that errors name the right place."""
    return {
        "type": "object",
        "title": "Field",
        "x-zh-CN": {"title": "字段"},
        "required": ["id", "type"],
        "properties": {"type": {"enum": types.names()}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/field_{name}"},
            }
            for name in types.names()
        ],
    }


def _field(field_type: FieldType, shared: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = dict(field_type.schema)
    required = ["id", "type", *schema.get("required", [])]
    properties = {**shared, "type": {**shared["type"], "const": field_type.name}, **schema["properties"]}
    return {**schema, "type": "object", "required": required, "additionalProperties": False, "properties": properties}

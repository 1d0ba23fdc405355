"""Rows of simple fields: added by the engineer, or fixed."""

from collections.abc import Mapping
from typing import ClassVar, cast

from ..expressions import Type, list_of, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems
from .limits import crossed, duplicates
from .type import FieldType, Normalised, Settings, Situation


class Table(FieldType):
    """Rows with one answer per column. The engine evaluates each row's columns as it does a step's fields."""

    name = "table"
    schema: ClassVar[JsonObject] = {
        "title": "Table",
        "description": "Rows of simple fields: added on the spot, or fixed.",
        "x-zh-CN": {"title": "表格", "description": "由简单字段组成的行：现场添加或固定。"},
        "required": ["columns"],
        "properties": {
            "columns": {
                "type": "array",
                "minItems": 1,
                "maxItems": 30,
                "items": {"$ref": "#/$defs/field"},
                "title": "Columns",
                "x-zh-CN": {"title": "列"},
            },
            "rows": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "min": {
                        "type": "integer",
                        "minimum": 0,
                        "maximum": 500,
                        "default": 0,
                        "title": "At least",
                        "x-zh-CN": {"title": "至少"},
                    },
                    "max": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 500,
                        "default": 500,
                        "title": "At most",
                        "x-zh-CN": {"title": "最多"},
                    },
                },
                "title": "Rows",
                "x-zh-CN": {"title": "行数"},
            },
            "fixed": {
                "type": "array",
                "minItems": 1,
                "maxItems": 200,
                "items": {"$ref": "#/$defs/labelled"},
                "title": "Fixed rows",
                "x-zh-CN": {"title": "固定行"},
            },
        },
    }
    has_columns = True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """Fixed rows or a number of rows; no fixed row twice."""
        both = [Problem("field.rows_both", "/rows")] if settings["rows"] and settings["fixed"] else []
        limits = cast("JsonObject", settings["rows"] or {})
        crossing = crossed(limits.get("min"), limits.get("max"), "/rows/min")
        return both + crossing + duplicates(settings["fixed"], "/fixed")

    def cel_type(self, settings: Settings) -> Type:
        """A list of rows; the plan knows the type of each column."""
        columns = cast("list[Mapping[str, Json]]", settings["columns"])
        return list_of(
            object_of({cast("str", column["id"]): Type.from_json(column["cel"]) for column in columns})  # type: ignore[arg-type]
        )

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A list of rows."""
        return {"type": "array", "items": {"type": "object"}, "maxItems": 500}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """The right number of rows; the cells are the engine's to evaluate."""
        given = cast("list[JsonObject]", raw)
        if settings["fixed"] is not None:
            count = len(cast("list[Json]", settings["fixed"]))
            wrong = given and len(given) != count
            return Problems([Problem("table.row_unknown", params={"limit": count})]) if wrong else given or None
        most = cast("JsonObject", settings["rows"] or {}).get("max")
        if isinstance(most, int) and len(given) > most:
            return Problems([Problem("answer.too_many", params={"limit": most})])
        return given or None

    def incomplete(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:  # noqa: ARG002
        """Enough rows."""
        least = cast("JsonObject", settings["rows"] or {}).get("min")
        if isinstance(least, int) and len(cast("list[Json]", answer)) < least:
            return [Problem("answer.too_few", params={"limit": least})]
        return []

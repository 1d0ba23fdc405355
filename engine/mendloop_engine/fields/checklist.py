"""Items to tick: ok, not ok, not applicable. Not ok forces what the item demands."""

from typing import Any, ClassVar, cast

from ..expressions import DOUBLE, STRING, Type, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .limits import SHA256, duplicates, ids, plain_number, rows, strangers, trimmed
from .type import FieldType, Normalised, Settings, Situation

_FOLLOW_UP: JsonObject = {
    "type": "object",
    "additionalProperties": False,
    "title": "When not ok",
    "x-rare": True,
    "description": "What must be added when the item is not ok.",
    "x-zh-CN": {"title": "不合格时", "description": "不合格时必须补充什么。"},
    "properties": {
        "note": {"type": "boolean", "default": False, "title": "Note", "x-zh-CN": {"title": "说明"}},
        "photo": {
            "type": "integer",
            "minimum": 0,
            "maximum": 20,
            "default": 0,
            "title": "Photos",
            "x-zh-CN": {"title": "照片张数"},
        },
        "reading": {
            "type": "object",
            "required": ["unit"],
            "additionalProperties": False,
            "properties": {"unit": {"type": "string", "minLength": 1, "maxLength": 30}},
            "title": "Reading",
            "x-zh-CN": {"title": "读数"},
        },
    },
}


class Checklist(FieldType):
    """A result for each item, with note, photos and reading where it is not ok."""

    name = "checklist"
    schema: ClassVar[JsonObject] = {
        "title": "Checklist",
        "description": "Items that are ok, not ok or not applicable.",
        "x-zh-CN": {"title": "检查表", "description": "逐项勾选：合格、不合格、不适用。"},
        "required": ["items"],
        "properties": {
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 200,
                "title": "Items",
                "x-zh-CN": {"title": "检查项"},
                "items": {
                    "type": "object",
                    "required": ["id", "label"],
                    "additionalProperties": False,
                    "properties": {
                        "id": {"$ref": "#/$defs/id"},
                        "label": {"$ref": "#/$defs/words", "title": "Label", "x-zh-CN": {"title": "名称"}},
                        "allow_na": {
                            "type": "boolean",
                            "default": True,
                            "x-rare": True,
                            "title": "May be not applicable",
                            "x-zh-CN": {"title": "可选“不适用”"},
                        },
                        "not_ok": _FOLLOW_UP,
                    },
                },
            }
        },
    }

    def required_by_default(self, settings: Settings) -> bool:  # noqa: ARG002
        """A checklist is there to be worked through."""
        return True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No item twice."""
        return duplicates(settings["items"], "/items")

    def cel_type(self, settings: Settings) -> Type:
        """Per item its result, note and reading."""
        item = object_of({"result": STRING, "note": STRING, "reading": DOUBLE})
        return object_of(dict.fromkeys(ids(settings, "items"), item))

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """Results by item."""
        result: JsonObject = {
            "type": "object",
            "required": ["result"],
            "additionalProperties": False,
            "properties": {
                "result": {"enum": ["ok", "not_ok", "na"]},
                "note": {"type": ["string", "null"], "maxLength": 5000},
                "photos": {"type": ["array", "null"], "items": SHA256, "maxItems": 100},
                "reading": {"type": ["number", "null"]},
            },
        }
        return {"type": "object", "additionalProperties": result}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Known items in their order; what is empty is left out."""
        given = cast("dict[str, dict[str, Json]]", raw)
        problems = [
            Problem("checklist.unknown_item", deeper("", item), params={"item": item})
            for item in strangers(given, ids(settings, "items"))
        ]
        kept: dict[str, Json] = {}
        for item in rows(settings, "items"):
            name = cast("str", item["id"])
            if name in given:
                kept[name] = _kept(given[name])
                if given[name]["result"] == "na" and not item["allow_na"]:
                    problems.append(Problem("checklist.na_not_allowed", deeper("", name), params={"item": name}))
        return Problems(problems) if problems else kept or None

    def incomplete(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:  # noqa: ARG002
        """Every item, where the field is required; what each item demands that is not ok, always."""
        given = cast("dict[str, Any]", answer)
        problems: list[Problem] = []
        for item in cast("list[Any]", settings["items"]):
            result = given.get(item["id"])
            if result is None and required:
                problems.append(Problem("checklist.item_missing", deeper("", item["id"]), params={"item": item["id"]}))
            elif result is not None and result["result"] == "not_ok" and item["not_ok"]:
                problems += _follow_up(item, result)
        return problems

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """Without the photos."""
        given = cast("dict[str, dict[str, Json]]", answer)
        return {
            item: {name: value for name, value in result.items() if name != "photos"} for item, result in given.items()
        }


def _kept(result: dict[str, Json]) -> Json:
    kept: dict[str, Json] = {"result": result["result"]}
    note = trimmed(result.get("note"))
    if note is not None:
        kept["note"] = note
    if result.get("photos"):
        kept["photos"] = result["photos"]
    if result.get("reading") is not None:
        kept["reading"] = plain_number(result["reading"])
    return kept


def _follow_up(item: dict[str, Any], result: dict[str, Any]) -> list[Problem]:
    name, demanded = item["id"], item["not_ok"]
    problems = []
    if demanded["note"] and "note" not in result:
        problems.append(Problem("checklist.note_missing", deeper("", name, "note"), params={"item": name}))
    if len(result.get("photos", ())) < demanded["photo"]:
        params = {"item": name, "limit": demanded["photo"]}
        problems.append(Problem("checklist.photo_missing", deeper("", name, "photos"), params=params))
    if demanded["reading"] and "reading" not in result:
        problems.append(Problem("checklist.reading_missing", deeper("", name, "reading"), params={"item": name}))
    return problems

"""Parts used, removed, returned, recycled."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from ..expressions import DOUBLE, STRING, Type, list_of, object_of
from ..globs import glob_matches
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .limits import plain_number, rows, trimmed
from .type import FieldType, Normalised, Settings, Situation


class Parts(FieldType):
    """What was done with which part. Planned lines may hold for some faults or products only, and be required."""

    name = "parts"
    schema: ClassVar[JsonObject] = {
        "title": "Parts",
        "description": "Planned parts and what became of them.",
        "x-zh-CN": {"title": "备件", "description": "计划用料及其去向。"},
        "properties": {
            "lines": {
                "type": "array",
                "maxItems": 200,
                "default": [],
                "title": "Planned parts",
                "x-zh-CN": {"title": "计划备件"},
                "items": {
                    "type": "object",
                    "required": ["part"],
                    "additionalProperties": False,
                    "properties": {
                        "part": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 100,
                            "x-refers-to": "part",
                            "title": "Part number",
                            "x-zh-CN": {"title": "料号"},
                        },
                        "label": {"$ref": "#/$defs/words", "title": "Label", "x-zh-CN": {"title": "名称"}},
                        "quantity": {
                            "type": "number",
                            "exclusiveMinimum": 0,
                            "default": 1,
                            "title": "Quantity",
                            "x-zh-CN": {"title": "数量"},
                        },
                        "unit": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 30,
                            "title": "Unit",
                            "x-zh-CN": {"title": "单位"},
                        },
                        "required": {
                            "type": "boolean",
                            "default": False,
                            "title": "Required",
                            "description": "It must be accounted for.",
                            "x-zh-CN": {"title": "必须登记", "description": "必须登记它的去向。"},
                        },
                        "faults": {
                            "type": "array",
                            "maxItems": 100,
                            "default": [],
                            "items": {"type": "string", "minLength": 1, "maxLength": 60, "x-refers-to": "fault"},
                            "x-rare": True,
                            "title": "For faults",
                            "description": "Only with one of these fault codes; * stands for anything.",
                            "x-zh-CN": {"title": "适用故障", "description": "仅在这些故障代码下需要，* 代表任意内容。"},
                        },
                        "products": {
                            "type": "array",
                            "maxItems": 100,
                            "default": [],
                            "items": {"type": "string", "minLength": 1, "maxLength": 200, "x-refers-to": "product"},
                            "x-rare": True,
                            "title": "For products",
                            "description": "Fits only these products; * stands for anything. Refused on any other.",
                            "x-zh-CN": {
                                "title": "适用产品",
                                "description": "仅适用于这些产品，* 代表任意内容；用在其他产品上会被拒绝。",
                            },
                        },
                        "position": {
                            "$ref": "#/$defs/position",
                            "x-rare": True,
                            "title": "Position in the asset",
                            "description": "Where it is built in: a position of the asset's bill of materials.",
                            "x-zh-CN": {"title": "安装位置", "description": "装在设备物料清单的哪个位置。"},
                            "examples": ["bearing-de"],
                        },
                        "serial": {
                            "type": "boolean",
                            "default": False,
                            "x-rare": True,
                            "title": "Serial number",
                            "description": "What is used needs its serial number.",
                            "x-zh-CN": {"title": "须登记序列号", "description": "使用时必须登记序列号。"},
                        },
                    },
                },
            },
            "allow_other": {
                "type": "boolean",
                "default": True,
                "title": "Others allowed",
                "x-zh-CN": {"title": "可用计划外备件"},
            },
        },
    }

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No part planned twice, unless each time for another position."""
        seen: set[tuple[str, str | None]] = set()
        problems = []
        for index, line in enumerate(cast("list[dict[str, str]]", settings["lines"] or [])):
            place = line.get("part", ""), line.get("position")
            if place in seen:
                at = deeper("/lines", index, "part")
                problems.append(Problem("name.duplicate", at, params={"name": place[0]}))
            seen.add(place)
        return problems

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """What was done with each part."""
        return list_of(object_of({"part": STRING, "quantity": DOUBLE, "action": STRING, "serial": STRING}))

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A list of movements."""
        text: JsonObject = {"type": ["string", "null"], "maxLength": 500}
        entry: JsonObject = {
            "type": "object",
            "required": ["part", "quantity", "action"],
            "additionalProperties": False,
            "properties": {
                "part": {"type": "string", "minLength": 1, "maxLength": 100},
                "quantity": {"type": "number", "exclusiveMinimum": 0},
                "action": {"enum": ["used", "removed", "returned", "recycled"]},
                "position": {"type": ["string", "null"], "maxLength": 200},
                "serial": text,
                "lot": text,
                "note": text,
            },
        }
        return {"type": "array", "items": entry, "maxItems": 1000}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Only planned parts, unless others are allowed; empty details are left out."""
        given = cast("list[JsonObject]", raw)
        planned = {line["part"] for line in rows(settings, "lines")}
        problems = [
            Problem("parts.not_planned", deeper("", index, "part"), params={"part": entry["part"]})
            for index, entry in enumerate(given)
            if entry["part"] not in planned and not settings["allow_other"]
        ]
        return Problems(problems) if problems else [_kept(entry) for entry in given] or None

    def missing(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:
        """Every required line that holds here, also when nothing was entered; then what is wrong with used parts."""
        given = cast("list[JsonObject]", answer or [])
        lines = rows(settings, "lines")
        told = {id(line_meant(lines, entry)) for entry in given}
        problems = [
            _line_missing(line, lines)
            for line in lines
            if line["required"] and line_holds(line, situation.order) and id(line) not in told
        ]
        for index, entry in enumerate(given):
            line = line_meant(lines, entry) or next((each for each in lines if each["part"] == entry["part"]), None)
            if entry["action"] == "used" and line is not None:
                problems += _misused(line, index, entry, situation.order)
        return problems or super().missing(settings, answer, required, situation)

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """Part, quantity, action, serial."""
        names = ("part", "quantity", "action", "serial")
        return [{name: entry[name] for name in names if name in entry} for entry in cast("list[JsonObject]", answer)]


def line_meant(lines: Sequence[JsonObject], entry: Mapping[str, Json]) -> JsonObject | None:
    """The planned line that an entry is about: its part's, at its position where the part is planned for several."""
    own = [line for line in lines if line["part"] == entry["part"]]
    if len(own) == 1:
        return own[0]
    return next((line for line in own if line.get("position") == entry.get("position")), None)


def line_holds(line: Mapping[str, Json], order: Mapping[str, Json]) -> bool:
    """Whether a planned line is meant for this order; one that names no fault or product is meant for all."""
    faults = cast("list[str]", order.get("fault_codes") or [])
    return _meant(line, "faults", faults) and _meant(line, "products", [cast("str", order.get("product") or "")])


def _meant(line: Mapping[str, Json], name: str, found: list[str]) -> bool:
    wanted = cast("list[str]", line.get(name) or [])
    return not wanted or any(glob_matches(glob, each) for glob in wanted for each in found)


def _line_missing(line: JsonObject, lines: Sequence[JsonObject]) -> Problem:
    """Told with its position where the part alone does not say which line."""
    position = line.get("position")
    if position is None or sum(each["part"] == line["part"] for each in lines) == 1:
        return Problem("parts.line_missing", params={"part": line["part"]})
    return Problem("parts.line_missing_at", params={"part": line["part"], "position": position})


def _misused(line: JsonObject, index: int, entry: JsonObject, order: Mapping[str, Json]) -> list[Problem]:
    """A part that does not fit the order's product, or whose serial number is wanted."""
    params: JsonObject = {"part": line["part"]}
    problems = []
    if not _meant(line, "products", [cast("str", order.get("product") or "")]):
        problems.append(Problem("parts.other_product", deeper("", index, "part"), params=params))
    if line.get("serial") and not entry.get("serial"):
        problems.append(Problem("parts.serial_missing", deeper("", index, "serial"), params=params))
    return problems


def _kept(entry: JsonObject) -> dict[str, Json]:
    kept: dict[str, Json] = {
        "part": entry["part"],
        "quantity": plain_number(entry["quantity"]),
        "action": entry["action"],
    }
    for name in ("position", "serial", "lot", "note"):
        text = trimmed(entry.get(name))
        if text is not None:
            kept[name] = text
    return kept

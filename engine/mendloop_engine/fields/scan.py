"""Codes read with the camera, or typed."""

from typing import ClassVar, cast

from ..expressions import STRING, Type, list_of, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .limits import trimmed
from .type import FieldType, Normalised, Settings, Situation


class Scan(FieldType):
    """One code, or several; perhaps the code of the order's asset, or of a part."""

    name = "scan"
    schema: ClassVar[JsonObject] = {
        "title": "Scan",
        "description": "Barcodes or QR codes, read or typed.",
        "x-zh-CN": {"title": "扫码", "description": "扫条码或二维码，也可手工输入。"},
        "properties": {
            "multiple": {
                "type": "boolean",
                "default": False,
                "title": "Several at once",
                "x-zh-CN": {"title": "可扫多个"},
            },
            "expect": {
                "type": ["string", "object"],
                "pattern": "^asset$",
                "required": ["part"],
                "additionalProperties": False,
                "properties": {"part": {"type": "string", "minLength": 1, "maxLength": 100}},
                "title": "What must be scanned",
                "description": "The asset of the order, or a certain part. Nothing chosen: anything.",
                "x-zh-CN": {"title": "必须扫到", "description": "本工单的设备，或某个备件；不选则什么都可以。"},
                "examples": ["asset", {"part": "SEAL-40"}],
            },
        },
    }

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The first code and all of them."""
        return object_of({"code": STRING, "codes": list_of(STRING)})

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A list of codes."""
        code: JsonObject = {
            "type": "object",
            "required": ["code"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "maxLength": 4000},
                "format": {"type": "string", "maxLength": 60},
                "typed": {"type": "boolean"},
            },
        }
        return {"type": "array", "items": code, "maxItems": 1000}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Trimmed codes; empty ones are left out."""
        codes: list[Json] = []
        for entry in cast("list[JsonObject]", raw):
            code = trimmed(entry["code"])
            if code is not None:
                codes.append({"code": code, "format": entry.get("format", ""), "typed": entry.get("typed", False)})
        if len(codes) > 1 and not settings["multiple"]:
            return Problems([Problem("scan.too_many")])
        return codes or None

    def incomplete(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:  # noqa: ARG002
        """The code that is expected."""
        expect = settings["expect"]
        if expect is None:
            return []
        code, expected = "scan.wrong_asset", situation.order.get("asset")
        if expect != "asset":
            code, expected = "scan.wrong_part", cast("JsonObject", expect)["part"]
        return [
            Problem(code, deeper("", index), params={"code": entry["code"], "expected": expected})
            for index, entry in enumerate(cast("list[JsonObject]", answer))
            if entry["code"] != expected
        ]

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """Codes without their format."""
        codes = [entry["code"] for entry in cast("list[JsonObject]", answer)]
        return {"code": codes[0], "codes": codes}

"""Whole numbers and others."""

from typing import ClassVar, cast

from ..expressions import DOUBLE, INT, Type
from ..json_values import SAFE_INTEGER, Json, JsonObject
from ..problems import Problem
from .limits import crossed, plain_number, within
from .type import FieldType, Normalised, Settings


def _limit(kind: str, title: str, title_zh: str) -> JsonObject:
    return {"type": kind, "title": title, "x-zh-CN": {"title": title_zh}}


_UNIT: JsonObject = {"type": "string", "minLength": 1, "maxLength": 30, "title": "Unit", "x-zh-CN": {"title": "单位"}}


class Number(FieldType):
    """A finite number. `decimals` is how many are shown; the answer keeps all."""

    name = "number"
    schema: ClassVar[JsonObject] = {
        "title": "Number",
        "x-zh-CN": {"title": "数值"},
        "properties": {
            "min": _limit("number", "Least", "最小值"),
            "max": _limit("number", "Most", "最大值"),
            "unit": _UNIT,
            "decimals": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10,
                "x-rare": True,
                "title": "Decimals",
                "description": "How many are shown.",
                "x-zh-CN": {"title": "小数位", "description": "显示几位小数。"},
            },
        },
    }
    computable = True
    in_table = True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """The least is not above the most."""
        return crossed(settings["min"], settings["max"], "/min")

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """Always a double, also when the answer is whole."""
        return DOUBLE

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """Any number."""
        return {"type": "number"}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Within its limits."""
        number = plain_number(raw)
        return within(settings, number) or number


class Integer(FieldType):
    """A whole number within ±(2^53 - 1)."""

    name = "integer"
    schema: ClassVar[JsonObject] = {
        "title": "Whole number",
        "x-zh-CN": {"title": "整数"},
        "properties": {
            "min": _limit("integer", "Least", "最小值"),
            "max": _limit("integer", "Most", "最大值"),
            "unit": _UNIT,
        },
    }
    computable = True
    in_table = True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """The least is not above the most."""
        return crossed(settings["min"], settings["max"], "/min")

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """A whole number."""
        return INT

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A whole number; 3.0 is one."""
        return {"type": "integer", "minimum": -SAFE_INTEGER, "maximum": SAFE_INTEGER}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Within its limits."""
        number = int(cast("int | float", raw))
        return within(settings, number) or number

"""A text to read, with safety notes; perhaps to be confirmed."""

from typing import ClassVar

from ..expressions import BOOL, Type
from ..json_values import Json, JsonObject
from .type import FieldType, Normalised, Settings


class Instruction(FieldType):
    """Something to read. With `confirm`, the answer is `true` once it was read; without, there is none."""

    name = "instruction"
    schema: ClassVar[JsonObject] = {
        "title": "Instruction",
        "description": "A text to read, with safety notes that stand out.",
        "x-zh-CN": {"title": "作业指导", "description": "要阅读的文字，安全提示突出显示。"},
        "required": ["text"],
        "properties": {
            "text": {"$ref": "#/$defs/words", "title": "Text", "x-zh-CN": {"title": "正文"}},
            "safety": {
                "type": "array",
                "maxItems": 20,
                "default": [],
                "title": "Safety notes",
                "x-zh-CN": {"title": "安全提示"},
                "items": {
                    "type": "object",
                    "required": ["level", "text"],
                    "additionalProperties": False,
                    "properties": {
                        "level": {
                            "enum": ["info", "caution", "danger"],
                            "title": "Level",
                            "x-zh-CN": {"title": "级别"},
                        },
                        "text": {"$ref": "#/$defs/words", "title": "Text", "x-zh-CN": {"title": "文字"}},
                    },
                },
            },
            "confirm": {
                "type": "boolean",
                "default": False,
                "title": "To be confirmed",
                "description": "The person confirms having read it.",
                "x-zh-CN": {"title": "须确认", "description": "要确认已阅读。"},
            },
        },
    }

    def required_by_default(self, settings: Settings) -> bool:
        """A text to be confirmed is required."""
        return settings["confirm"] is True

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """Whether it was confirmed."""
        return BOOL

    def answer_schema(self, settings: Settings) -> JsonObject:
        """true or false where a confirmation is asked for, else nothing."""
        return {"type": "boolean"} if settings["confirm"] else {"const": False}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:  # noqa: ARG002
        """Not confirmed is no answer."""
        return True if raw is True else None

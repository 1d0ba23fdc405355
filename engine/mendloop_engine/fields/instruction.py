"""A text to read, with safety notes and pictures; perhaps to be confirmed."""

from typing import ClassVar

from ..expressions import BOOL, Type
from ..json_values import Json, JsonObject
from ..problems import Problem
from .limits import SHA256, duplicates
from .type import FieldType, Normalised, Settings


class Instruction(FieldType):
    """Something to read. With `confirm`, the answer is `true` once it was read; without, there is none."""

    name = "instruction"
    schema: ClassVar[JsonObject] = {
        "title": "Instruction",
        "description": "A text to read, with pictures, and safety notes that stand out.",
        "x-zh-CN": {"title": "作业指导", "description": "要阅读的文字，可配图片，安全提示突出显示。"},
        "required": ["text"],
        "properties": {
            "text": {"$ref": "#/$defs/words", "x-lines": True, "title": "Text", "x-zh-CN": {"title": "正文"}},
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
                            "x-words": {
                                "info": {"zh-CN": "提示", "en": "Note"},
                                "caution": {"zh-CN": "注意", "en": "Caution"},
                                "danger": {"zh-CN": "危险", "en": "Danger"},
                            },
                            "title": "Level",
                            "x-zh-CN": {"title": "级别"},
                        },
                        "text": {"$ref": "#/$defs/words", "title": "Text", "x-zh-CN": {"title": "文字"}},
                    },
                },
            },
            "pictures": {
                "type": "array",
                "maxItems": 12,
                "title": "Pictures",
                "description": "Shown under the text; a tap enlarges them.",
                "x-zh-CN": {"title": "图片", "description": "显示在正文下方，点按可放大。"},
                "items": {
                    "type": "object",
                    "required": ["id", "sha256"],
                    "additionalProperties": False,
                    "properties": {
                        "id": {"$ref": "#/$defs/id"},
                        "sha256": {
                            **SHA256,
                            "title": "Content",
                            "description": "The SHA-256 of the picture's bytes, by which the server has it.",
                            "x-zh-CN": {"title": "内容", "description": "图片内容的 SHA-256，服务器按它存取。"},
                        },
                        "alt": {
                            "$ref": "#/$defs/words",
                            "title": "What it shows",
                            "description": "Stands under the picture, and is read out to those who cannot see it.",
                            "x-zh-CN": {
                                "title": "图片说明",
                                "description": "显示在图片下方，读屏软件也会读出。",
                            },
                        },
                    },
                },
            },
            "confirm": {
                "type": "boolean",
                "default": False,
                "title": "Must be confirmed as read",
                "description": "The person confirms having read it.",
                "x-zh-CN": {"title": "须确认已读", "description": "要确认已阅读。"},
            },
        },
    }

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No picture twice under one name."""
        return duplicates(settings["pictures"], "/pictures")

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

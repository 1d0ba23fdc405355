"""Written words, short or long."""

import re2

from ..expressions import STRING, TOO_MANY, Type, compile_pattern
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems
from .limits import trimmed
from .type import FieldType, Normalised, Settings


def _schema(title: str, title_zh: str, max_length: int) -> JsonObject:
    return {
        "title": title,
        "x-zh-CN": {"title": title_zh},
        "properties": {
            "max_length": {
                "type": "integer",
                "minimum": 1,
                "maximum": 20_000,
                "default": max_length,
                "title": "Most characters",
                "description": "Most characters allowed.",
                "x-zh-CN": {"title": "最多字数", "description": "最多多少个字。"},
            },
            "pattern": {
                "type": "string",
                "minLength": 1,
                "maxLength": 500,
                "title": "Must look like",
                "description": "A regular expression (RE2) that the whole text must match.",
                "x-zh-CN": {"title": "格式要求", "description": "整段文字须匹配的正则（RE2）。"},
                "examples": ["[A-Z]{2}-[0-9]{4}"],
            },
            "placeholder": {
                "$ref": "#/$defs/words",
                "title": "Example while empty",
                "x-zh-CN": {"title": "空白时的示例"},
            },
        },
    }


class Text(FieldType):
    """One line of text, trimmed; empty is no answer."""

    name = "text"
    schema = _schema("Text", "文本", 200)
    computable = True
    in_table = True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """The pattern must be one that RE2 takes, and not too large a one. Too many are told once, for the template."""
        pattern = settings["pattern"]
        reason = compile_pattern(pattern) if isinstance(pattern, str) else None
        if isinstance(reason, str) and reason != TOO_MANY:
            return [Problem("field.bad_pattern", "/pattern", params={"reason": reason})]
        return []

    def filled(self, settings: Settings, step: str) -> Settings:  # noqa: ARG002
        """With `program`: the pattern, as a whole, for engines that have no RE2."""
        pattern = settings["pattern"]
        program = compile_pattern(_whole(pattern)) if isinstance(pattern, str) else None
        return {**settings, "program": program}

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The text."""
        return STRING

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """Any text."""
        return {"type": "string"}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Trimmed, within its length (code points), matching its pattern as a whole."""
        text = trimmed(raw)
        if text is None:
            return None
        limit, pattern = settings["max_length"], settings["pattern"]
        if isinstance(limit, int) and len(text) > limit:
            return Problems([Problem("answer.too_long", params={"limit": limit})])
        if isinstance(pattern, str) and re2.search(_whole(pattern), text) is None:
            return Problems([Problem("answer.pattern", params={"pattern": pattern})])
        return text


class LongText(Text):
    """Several lines of text."""

    name = "long_text"
    schema = _schema("Long text", "多行文本", 5_000)


def _whole(pattern: str) -> str:
    """The pattern anchored at both ends."""
    return rf"\A(?:{pattern})\z"

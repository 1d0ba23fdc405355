"""One of several options, or some of them."""

from typing import ClassVar, cast

from ..expressions import STRING, Type, list_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .limits import crossed, duplicates, ids
from .type import FieldType, Normalised, Settings

_OPTIONS: JsonObject = {
    "type": "array",
    "minItems": 1,
    "maxItems": 500,
    "items": {"$ref": "#/$defs/labelled"},
    "title": "Options",
    "x-zh-CN": {"title": "选项"},
}


class Choice(FieldType):
    """One option, by its id."""

    name = "choice"
    schema: ClassVar[JsonObject] = {
        "title": "Choice",
        "description": "One of several options.",
        "x-zh-CN": {"title": "单选", "description": "从几个选项里选一个。"},
        "required": ["options"],
        "properties": {"options": _OPTIONS},
    }
    computable = True
    in_table = True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No option twice."""
        return duplicates(settings["options"], "/options")

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The id of the option."""
        return STRING

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A text."""
        return {"type": "string"}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """One of the options."""
        if raw in ids(settings, "options"):
            return raw
        return Problems([Problem("answer.not_an_option", params={"value": raw})])


class MultiChoice(FieldType):
    """Some options by their ids, in the order of the options, none twice; none at all is no answer."""

    name = "multi_choice"
    schema: ClassVar[JsonObject] = {
        "title": "Several choices",
        "description": "Any number of several options.",
        "x-zh-CN": {"title": "多选", "description": "从几个选项里选若干个。"},
        "required": ["options"],
        "properties": {
            "options": _OPTIONS,
            "min": {"type": "integer", "minimum": 0, "title": "At least", "x-zh-CN": {"title": "至少选"}},
            "max": {"type": "integer", "minimum": 1, "title": "At most", "x-zh-CN": {"title": "最多选"}},
        },
    }
    computable = True
    in_table = True

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No option twice; the least is not above the most."""
        return duplicates(settings["options"], "/options") + crossed(settings["min"], settings["max"], "/min")

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The ids of the options chosen."""
        return list_of(STRING)

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A list of texts."""
        return {"type": "array", "items": {"type": "string"}, "maxItems": 500}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Known options, in the options' order; not more than `max`."""
        chosen, options = cast("list[str]", raw), ids(settings, "options")
        unknown = [
            Problem("answer.not_an_option", deeper("", index), params={"value": value})
            for index, value in enumerate(chosen)
            if value not in options
        ]
        if unknown:
            return Problems(unknown)
        ordered = [option for option in options if option in chosen]
        most = settings["max"]
        if isinstance(most, int) and len(ordered) > most:
            return Problems([Problem("answer.too_many", params={"limit": most})])
        return ordered or None

    def incomplete(self, settings: Settings, answer: Json, *_: object) -> list[Problem]:
        """At least `min` of them."""
        least = settings["min"]
        if isinstance(least, int) and len(cast("list[str]", answer)) < least:
            return [Problem("answer.too_few", params={"limit": least})]
        return []

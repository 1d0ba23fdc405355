"""Days and moments."""

from typing import ClassVar, cast

from ..expressions import TIMESTAMP, Type
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems
from ..time import parse_day, parse_moment, to_millisecond
from .type import FieldType, Normalised, Settings


def _schema(title: str, title_zh: str, example: str) -> JsonObject:
    limit: JsonObject = {"type": "string", "examples": [example]}
    return {
        "title": title,
        "x-zh-CN": {"title": title_zh},
        "properties": {
            "min": {**limit, "title": "Earliest", "x-zh-CN": {"title": "最早"}},
            "max": {**limit, "title": "Latest", "x-zh-CN": {"title": "最晚"}},
        },
    }


class Moment(FieldType):
    """A moment in UTC: `YYYY-MM-DDTHH:MM:SS.mmmZ`."""

    name = "datetime"
    schema = _schema("Date and time", "日期时间", "2026-01-31T08:00:00.000Z")
    computable = True
    in_table = True
    malformed: ClassVar[str] = "answer.not_a_moment"

    def parse(self, text: object) -> int | None:
        """Milliseconds since 1970, None for what is no moment."""
        return parse_moment(text)

    def computed(self, settings: Settings, value: Json) -> Json:  # noqa: ARG002
        """The computed moment in the one form answers have: to the millisecond."""
        return to_millisecond(cast("str", value))

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """Limits are moments, the earliest not after the latest."""
        wrong = [
            Problem(self.malformed, f"/{name}")
            for name in ("min", "max")
            if settings[name] is not None and self.parse(settings[name]) is None
        ]
        low, high = self.parse(settings["min"]), self.parse(settings["max"])
        if low is not None and high is not None and low > high:
            params = {"low": settings["min"], "high": settings["max"]}
            wrong.append(Problem("field.limits_crossed", "/min", params=params))
        return wrong

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """A timestamp."""
        return TIMESTAMP

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A text."""
        return {"type": "string"}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """A real moment within its limits."""
        moment = self.parse(raw)
        if moment is None:
            return Problems([Problem(self.malformed)])
        low, high = self.parse(settings["min"]), self.parse(settings["max"])
        if low is not None and moment < low:
            return Problems([Problem("answer.too_small", params={"limit": settings["min"]})])
        if high is not None and moment > high:
            return Problems([Problem("answer.too_large", params={"limit": settings["max"]})])
        return raw


class Day(Moment):
    """A day: `YYYY-MM-DD`."""

    name = "date"
    schema = _schema("Date", "日期", "2026-01-31")
    malformed: ClassVar[str] = "answer.not_a_date"

    def parse(self, text: object) -> int | None:
        """Milliseconds since 1970 of its midnight, None for what is no day."""
        return parse_day(text)

    def computed(self, settings: Settings, value: Json) -> Json:  # noqa: ARG002
        """The day, in UTC, of the computed moment."""
        return cast("str", value)[:10]

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """Midnight UTC of the day."""
        return f"{cast('str', answer)}T00:00:00.000Z"

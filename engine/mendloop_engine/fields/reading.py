"""A measured value against its tolerance and limits."""

from typing import ClassVar, cast

from ..expressions import BOOL, DOUBLE, STRING, Type, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .limits import crossed, plain_number, trimmed
from .type import FieldType, Normalised, Settings, Situation


def _range(title: str, description: str, title_zh: str, description_zh: str) -> JsonObject:
    return {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": ["number", "null"]},
        "title": title,
        "description": description,
        "x-zh-CN": {"title": title_zh, "description": description_zh},
        "examples": [[0, 0.05]],
    }


class Reading(FieldType):
    """A value with its unit. Outside `tolerance` it is marked, outside `soft_limit` it needs a reason."""

    name = "reading"
    schema: ClassVar[JsonObject] = {
        "title": "Reading",
        "description": "A measured value with its unit, norm and tolerance.",
        "x-zh-CN": {"title": "测量", "description": "测量值，带单位、标准值和公差。"},
        "required": ["unit"],
        "properties": {
            "unit": {
                "type": "string",
                "minLength": 1,
                "maxLength": 30,
                "title": "Unit",
                "x-zh-CN": {"title": "单位"},
                "examples": ["mm"],
            },
            "norm": {
                "type": "number",
                "title": "Norm",
                "description": "What it should be.",
                "x-zh-CN": {"title": "标准值", "description": "应有的数值。"},
            },
            "tolerance": _range(
                "Tolerance",
                "Outside it the engineer sees it at once and may go on. An end left empty is open.",
                "公差",
                "超出时工程师立即看到，但可以继续；空着的一端表示不限。",
            ),
            "soft_limit": {
                **_range(
                    "Soft limit",
                    "Beyond it a reason is needed. One number: the upper limit.",
                    "警戒限",
                    "超出须说明原因；只写一个数表示上限。",
                ),
                "type": ["number", "array"],
            },
            "hard_limit": _range("Hard limit", "Impossible beyond it: refused.", "极限", "超出即不可能，不接受。"),
            "decimals": {
                "type": "integer",
                "minimum": 0,
                "maximum": 10,
                "x-rare": True,
                "title": "Decimals",
                "description": "How many are shown.",
                "x-zh-CN": {"title": "小数位", "description": "显示几位小数。"},
            },
            "instrument": {
                "$ref": "#/$defs/words",
                "x-rare": True,
                "title": "Instrument",
                "x-zh-CN": {"title": "仪表"},
            },
            "advice": {
                "$ref": "#/$defs/words",
                "x-lines": True,
                "title": "What to do outside the tolerance",
                "description": "What to do when it is out of tolerance.",
                "x-zh-CN": {"title": "超差处理", "description": "超出公差时怎么办。"},
            },
        },
    }
    computable = True
    in_table = True

    def required_by_default(self, settings: Settings) -> bool:  # noqa: ARG002
        """A reading is there to be taken."""
        return True

    def filled(self, settings: Settings, step: str) -> Settings:  # noqa: ARG002
        """A single soft limit is the upper one."""
        soft = settings["soft_limit"]
        return {**settings, "soft_limit": [None, soft] if isinstance(soft, int | float) else soft}

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No range is upside down, and some value is in tolerance without a reason."""
        problems: list[Problem] = []
        for name in ("tolerance", "soft_limit", "hard_limit"):
            limits = settings[name]
            if isinstance(limits, list):
                problems += crossed(limits[0], limits[1], f"/{name}")
        return problems or _apart(settings["tolerance"], settings["soft_limit"])

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The value, whether it is in tolerance, the reason given."""
        return object_of({"value": DOUBLE, "in_tolerance": BOOL, "reason": STRING})

    def computed_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """A computed reading is a number."""
        return DOUBLE

    def computed(self, settings: Settings, value: Json) -> Json:  # noqa: ARG002
        """The computed number as an answer."""
        return {"value": value}

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A value, perhaps a reason; `in_tolerance` of an answer that comes back is worked out again."""
        return {
            "type": "object",
            "required": ["value"],
            "additionalProperties": False,
            "properties": {
                "value": {"type": "number"},
                "reason": {"type": ["string", "null"], "maxLength": 5000},
                "in_tolerance": {"type": "boolean"},
            },
        }

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Possible at all, and marked when out of tolerance."""
        given = cast("JsonObject", raw)
        value = plain_number(given["value"])
        if outside(value, settings["hard_limit"]):
            low, high = cast("list[Json]", settings["hard_limit"])
            params: JsonObject = {"value": value, "low": low, "high": high}
            return Problems([Problem("reading.impossible", deeper("", "value"), params=params)])
        answer: dict[str, Json] = {"value": value, "in_tolerance": not outside(value, settings["tolerance"])}
        reason = trimmed(given.get("reason"))
        if reason is not None:
            answer["reason"] = reason
        return answer

    def incomplete(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:  # noqa: ARG002
        """A reason, beyond the soft limit."""
        given = cast("JsonObject", answer)
        value = cast("int | float", given["value"])
        if outside(value, settings["soft_limit"]) and "reason" not in given:
            return [Problem("reading.reason_missing", deeper("", "reason"), params={"value": value})]
        return []


def _apart(tolerance: Json, soft: Json) -> list[Problem]:
    """A problem when no value is within both: every value in tolerance would then need a reason."""
    if not isinstance(tolerance, list) or not isinstance(soft, list):
        return []
    for (_, high), (low, _) in ((tolerance, soft), (soft, tolerance)):
        if isinstance(high, int | float) and isinstance(low, int | float) and high < low:
            return [Problem("reading.soft_outside", "/soft_limit", params={"tolerance": tolerance, "soft_limit": soft})]
    return []


def outside(value: float, limits: Json) -> bool:
    """Whether the value is below the first or above the second limit; null is no limit."""
    if not isinstance(limits, list | tuple):
        return False
    low, high = limits
    return (isinstance(low, int | float) and value < low) or (isinstance(high, int | float) and value > high)

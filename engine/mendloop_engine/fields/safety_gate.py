"""Isolation: points to lock, a second person to confirm; or the removal of those locks."""

from collections.abc import Mapping
from typing import ClassVar, cast

from ..expressions import BOOL, Type, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, deeper
from ..state import Lock
from .limits import duplicates, ids
from .type import FieldType, Reference, Settings, Situation


class SafetyGate(FieldType):
    """With `points`, closed once each is locked (and confirmed). With `removes`, done once none of them stands."""

    name = "safety_gate"
    schema: ClassVar[JsonObject] = {
        "title": "Safety gate",
        "description": "Isolation points, each with its lock; or the removal of those locks.",
        "x-zh-CN": {"title": "安全锁定", "description": "逐个上锁的隔离点，或解除这些锁。"},
        "properties": {
            "points": {
                "type": "array",
                "minItems": 1,
                "maxItems": 100,
                "title": "Points",
                "description": "What is isolated and locked.",
                "x-zh-CN": {"title": "隔离点", "description": "要隔离并上锁的位置。"},
                "items": {
                    "type": ["string", "object"],
                    "minLength": 1,
                    "maxLength": 100,
                    "required": ["id"],
                    "additionalProperties": False,
                    "properties": {
                        "id": {"type": "string", "minLength": 1, "maxLength": 100},
                        "label": {"$ref": "#/$defs/words", "title": "Label", "x-zh-CN": {"title": "名称"}},
                    },
                },
                "examples": [["MCC-12", "valve V3"]],
            },
            "photo": {
                "type": "boolean",
                "default": False,
                "title": "Photo of each lock",
                "description": "Each lock is photographed.",
                "x-zh-CN": {"title": "每把锁拍照", "description": "每把锁都要拍照。"},
            },
            "second_person": {
                "type": "boolean",
                "default": False,
                "title": "A second person confirms",
                "description": "Somebody else confirms that all is locked.",
                "x-zh-CN": {"title": "第二人确认", "description": "由另一个人确认全部锁好。"},
            },
            "removes": {
                "type": "string",
                "x-refers-to": "gate",
                "title": "Takes off the locks of",
                "description": "The locks of an earlier safety gate come off here.",
                "x-zh-CN": {"title": "解除哪一处的锁", "description": "之前哪个安全锁定的锁在这里拆掉。"},
                "examples": ["isolate.loto"],
            },
        },
    }
    made_by_engine = True

    def required_by_default(self, settings: Settings) -> bool:  # noqa: ARG002
        """A gate is there to hold."""
        return True

    def filled(self, settings: Settings, step: str) -> Settings:  # noqa: ARG002
        """A bare text is a point's id and label."""
        points = cast("list[str | dict[str, Json]]", settings["points"] or [])
        return {**settings, "points": [_point(point) for point in points]}

    def offers(self, settings: Settings) -> Mapping[str, list[str]]:
        """Itself, to be removed, when it locks points."""
        return {"gate": [""]} if settings["points"] else {}

    def references(self, settings: Settings) -> list[Reference]:
        """The gate it removes."""
        removes = settings["removes"]
        return [Reference("/removes", "gate", removes)] if isinstance(removes, str) else []

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """Points or a removal, never both; no point twice."""
        if settings["removes"] is None and not settings["points"]:
            return [Problem("field.gate_empty")]
        both = [Problem("field.gate_both", "/removes")] if settings["removes"] and settings["points"] else []
        points = [point if isinstance(point, Mapping) else {"id": point} for point in _listed(settings["points"])]
        return both + duplicates(points, "/points")

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """Whether the gate is closed, or removed."""
        return object_of({"closed": BOOL, "removed": BOOL})

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """The engine makes it."""
        return {"type": "object"}

    def missing(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:  # noqa: ARG002
        """Locks and confirmations of a gate; for a removal, the locks that still stand."""
        if not required:
            return []
        if settings["removes"] is not None:
            standing = _standing(cast("str", settings["removes"]), situation.locks)
            return [Problem("safety.lock_standing", params={"points": list(standing)})] if standing else []
        return _unsafe_points(settings, _standing(situation.gate, situation.locks))

    def made(self, settings: Settings, answer: Json, situation: Situation) -> Json:
        """Closed with its locks, or removed with what was unlocked in this visit; none while something is missing."""
        if self.missing(settings, answer, True, situation):
            return None
        if settings["removes"] is not None:
            return {"removed": True, "points": answer.get("points", {}) if isinstance(answer, Mapping) else {}}
        locks = _standing(situation.gate, situation.locks)
        return {"closed": True, "points": {point: _record(locks[point]) for point in ids(settings, "points")}}

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """Without the points."""
        return {name: value for name, value in cast("JsonObject", answer).items() if name != "points"}


def _listed(points: Json) -> list[str | dict[str, str]]:
    return cast("list[str | dict[str, str]]", points or [])


def _point(point: str | dict[str, Json]) -> dict[str, Json]:
    if isinstance(point, str):
        return {"id": point, "label": {"zh-CN": point, "en": point}}
    return {**point, "label": point["label"] or {"zh-CN": point["id"], "en": point["id"]}}


def _standing(gate: str, locks: Mapping[str, Lock]) -> dict[str, Lock]:
    """The locks of one gate, by point."""
    return {key[len(gate) + 1 :]: lock for key, lock in locks.items() if key.startswith(f"{gate}.")}


def _unsafe_points(settings: Settings, locks: Mapping[str, Lock]) -> list[Problem]:
    problems = []
    for point in ids(settings, "points"):
        if point not in locks:
            problems.append(Problem("safety.not_locked", deeper("", point), params={"point": point}))
        elif settings["second_person"] and locks[point].confirmed_by is None:
            problems.append(Problem("safety.not_confirmed", deeper("", point), params={"point": point}))
    return problems


def _record(lock: Lock) -> dict[str, Json]:
    """A lock as the record keeps it: who, when, its photo, who confirmed."""
    record: dict[str, Json] = {"by": lock.by, "at": lock.at}
    if lock.photo is not None:
        record["photo"] = lock.photo
    if lock.confirmed_by is not None:
        record["confirmed_by"] = lock.confirmed_by
    return record

"""A shot list: named shots, pairs of before and after."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from ..expressions import STRING, Type, list_of, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from ..time import parse_moment
from .limits import SHA256, crossed, duplicates, ids, rows, strangers
from .type import FieldType, Normalised, Reference, Settings, Situation

MOST_PHOTOS = 50
"""Of one shot, where its template names no most: so many that nobody who works meets it."""


class Photo(FieldType):
    """Photos by shot. Photos themselves are kept elsewhere, under their SHA-256."""

    name = "photo"
    schema: ClassVar[JsonObject] = {
        "title": "Photos",
        "description": "Named shots, each with its number; before and after can be a pair.",
        "x-zh-CN": {"title": "拍照", "description": "拍摄清单：每项的张数，以及维修前后对照。"},
        "required": ["shots"],
        "properties": {
            "shots": {
                "type": "array",
                "minItems": 1,
                "maxItems": 100,
                "title": "Photos to take",
                "x-zh-CN": {"title": "要拍的照片"},
                "items": {
                    "type": "object",
                    "required": ["id"],
                    "additionalProperties": False,
                    "properties": {
                        "id": {"$ref": "#/$defs/id"},
                        "label": {"$ref": "#/$defs/words", "title": "Label", "x-zh-CN": {"title": "名称"}},
                        "min": {
                            "type": "integer",
                            "minimum": 0,
                            "maximum": MOST_PHOTOS,
                            "default": 1,
                            "title": "At least",
                            "x-zh-CN": {"title": "至少张数"},
                        },
                        "max": {
                            "type": "integer",
                            "minimum": 1,
                            "maximum": MOST_PHOTOS,
                            "title": "At most",
                            "description": "None given: as many as are wanted, up to 50.",
                            "x-zh-CN": {"title": "最多张数", "description": "不填则不限，最多 50 张。"},
                        },
                        "pair": {
                            "type": "string",
                            "x-refers-to": "shot",
                            "x-rare": True,
                            "title": "Compare with",
                            "description": "Shown beside it while it is taken: the photo from before the repair.",
                            "x-zh-CN": {
                                "title": "与哪一张对照",
                                "description": "拍的时候在旁边显示的那一张，例如修前的照片。",
                            },
                            "examples": ["clean.after.front"],
                        },
                    },
                },
            },
            "camera_only": {
                "type": "boolean",
                "default": False,
                "x-rare": True,
                "title": "Camera only",
                "description": "Taken on the spot, not from the gallery.",
                "x-zh-CN": {"title": "只能现拍", "description": "不能从相册选择。"},
            },
        },
    }

    def required_by_default(self, settings: Settings) -> bool:  # noqa: ARG002
        """Photos are asked for because they are needed."""
        return True

    def filled(self, settings: Settings, step: str) -> Settings:
        """Every shot has its most, every pair its step."""
        return {**settings, "shots": [_filled_shot(shot, step) for shot in rows(settings, "shots")]}

    def offers(self, settings: Settings) -> Mapping[str, list[str]]:
        """Its shots, for pairs."""
        return {"shot": ids(settings, "shots")}

    def references(self, settings: Settings) -> list[Reference]:
        """The other halves of its pairs."""
        return [
            Reference(deeper("/shots", index, "pair"), "shot", str(shot["pair"]))
            for index, shot in enumerate(rows(settings, "shots"))
            if isinstance(shot.get("pair"), str)
        ]

    def settings_problems(self, settings: Settings) -> list[Problem]:
        """No shot twice; the least is not above the most."""
        problems = duplicates(settings["shots"], "/shots")
        for index, shot in enumerate(rows(settings, "shots")):
            problems += crossed(shot.get("min", 1), shot.get("max"), deeper("/shots", index, "min"))
        return problems

    def cel_type(self, settings: Settings) -> Type:
        """The hashes of each shot's photos."""
        return object_of({shot: list_of(STRING) for shot in ids(settings, "shots")})

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """Lists of photos by shot."""
        taken: JsonObject = {
            "type": "object",
            "required": ["photo", "source", "at"],
            "additionalProperties": False,
            "properties": {"photo": SHA256, "source": {"enum": ["camera", "gallery"]}, "at": {"type": "string"}},
        }
        return {"type": "object", "additionalProperties": {"type": "array", "items": taken, "maxItems": 1000}}

    def normalise(self, settings: Settings, raw: Json) -> Normalised:
        """Known shots in their order, none with too many photos; shots without a photo are left out."""
        given = cast("dict[str, list[dict[str, Json]]]", raw)
        problems = [
            Problem("photo.unknown_shot", deeper("", shot), params={"shot": shot})
            for shot in strangers(given, ids(settings, "shots"))
        ]
        kept: dict[str, Json] = {}
        for shot in rows(settings, "shots"):
            name = cast("str", shot["id"])
            if given.get(name):
                kept[name] = given[name]
                problems += _shot_problems(shot, given[name], settings["camera_only"] is True)
        return Problems(problems) if problems else kept or None

    def incomplete(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:  # noqa: ARG002
        """Enough of every shot, where the field is required."""
        taken = cast("dict[str, list[Json]]", answer)
        return [
            Problem("photo.shot_missing", deeper("", shot["id"]), params={"shot": shot["id"], "limit": shot["min"]})
            for shot in cast("list[Any]", settings["shots"])
            if required and len(taken.get(shot["id"], ())) < shot["min"]
        ]

    def cel_view(self, settings: Settings, answer: Json) -> Json:
        """Every shot has its list, empty when nothing was taken."""
        taken = cast("dict[str, list[dict[str, Json]]]", answer)
        return {shot: [photo["photo"] for photo in taken.get(shot, ())] for shot in ids(settings, "shots")}


def _filled_shot(shot: dict[str, Json], step: str) -> dict[str, Json]:
    pair = shot["pair"]
    if isinstance(pair, str) and pair.count(".") == 1:
        pair = f"{step}.{pair}"
    return {**shot, "max": shot["max"] or MOST_PHOTOS, "pair": pair}


def _shot_problems(shot: dict[str, Json], photos: list[dict[str, Json]], camera_only: bool) -> list[Problem]:
    name, most = cast("str", shot["id"]), cast("int", shot["max"])
    problems = []
    if len(photos) > most:
        problems.append(Problem("photo.too_many", deeper("", name), params={"shot": name, "limit": most}))
    for index, photo in enumerate(photos):
        if camera_only and photo["source"] != "camera":
            problems.append(Problem("photo.camera_only", deeper("", name, index)))
        if parse_moment(photo["at"]) is None:
            problems.append(Problem("answer.not_a_moment", deeper("", name, index, "at")))
    return problems

"""Who signs, what it means, bound to what was signed."""

from typing import ClassVar, cast

from ..canonical import canonical_hash
from ..expressions import STRING, Type, object_of
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .limits import SHA256, trimmed
from .type import FieldType, Normalised, Settings, Situation


class Signature(FieldType):
    """A name and a drawn signature; completing binds it to the hash of the step's answers."""

    name = "signature"
    schema: ClassVar[JsonObject] = {
        "title": "Signature",
        "description": "A drawn signature, bound to what was signed.",
        "x-zh-CN": {"title": "签名", "description": "手写签名，与所签内容绑定。"},
        "properties": {
            "meaning": {
                "$ref": "#/$defs/words",
                "title": "What it confirms",
                "description": "What the signature says.",
                "x-zh-CN": {"title": "确认什么", "description": "签名表示什么。"},
            },
            "who": {
                "enum": ["worker", "customer"],
                "default": "worker",
                "x-words": {
                    "worker": {"zh-CN": "作业人员", "en": "The worker"},
                    "customer": {"zh-CN": "客户", "en": "The customer"},
                },
                "title": "Who signs",
                "x-zh-CN": {"title": "谁签"},
            },
        },
    }

    seals = True

    def required_by_default(self, settings: Settings) -> bool:  # noqa: ARG002
        """A signature is asked for because it is needed."""
        return True

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The name."""
        return object_of({"name": STRING})

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """A name and the picture's hash."""
        return {
            "type": "object",
            "required": ["name", "image"],
            "additionalProperties": False,
            "properties": {"name": {"type": "string", "maxLength": 200}, "image": SHA256},
        }

    def normalise(self, settings: Settings, raw: Json) -> Normalised:  # noqa: ARG002
        """With a name."""
        given = cast("JsonObject", raw)
        name = trimmed(given["name"])
        if name is None:
            return Problems([Problem("signature.name_missing", deeper("", "name"))])
        return {"name": name, "image": given["image"]}

    def sealed(self, settings: Settings, answer: Json, others: JsonObject, situation: Situation) -> Json:  # noqa: ARG002
        """With the hash of what was signed, the person who was working, and the moment."""
        signed = {"order": situation.order.get("number"), "visit": situation.visit, "answers": others}
        return {
            **cast("JsonObject", answer),
            "signed": canonical_hash(signed),
            "by": situation.by,
            "at": situation.at,
        }

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """The name alone."""
        return {"name": cast("JsonObject", answer)["name"]}

"""Yes or no."""

from typing import ClassVar

from ..expressions import BOOL, Type
from ..json_values import JsonObject
from .type import FieldType, Settings


class Boolean(FieldType):
    """true or false; false is an answer too."""

    name = "boolean"
    schema: ClassVar[JsonObject] = {"title": "Yes or no", "x-zh-CN": {"title": "是/否"}, "properties": {}}
    computable = True
    in_table = True

    def cel_type(self, settings: Settings) -> Type:  # noqa: ARG002
        """The answer itself."""
        return BOOL

    def answer_schema(self, settings: Settings) -> JsonObject:  # noqa: ARG002
        """true or false."""
        return {"type": "boolean"}

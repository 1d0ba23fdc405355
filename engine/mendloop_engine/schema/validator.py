"""jsonschema over the schema of templates, that passes over what fits already."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from ..fields import FieldType, FieldTypes
from . import template_schema
from .fits import Fitting


def validator_for(types: FieldTypes) -> Validator:
    """The validator of templates whose fields may have these types; made once for them."""
    return _validator(tuple(types))


@lru_cache(8)
def _validator(types: tuple[FieldType, ...]) -> Validator:
    schema = template_schema(FieldTypes(types))
    fitting = Fitting(schema)
    in_full = Draft202012Validator.VALIDATORS["$ref"]

    def reference(validator: Any, name: str, instance: Any, around: Any) -> Iterator[ValidationError]:
        if not fitting.reference(name)(instance):
            yield from in_full(validator, name, instance, around) or ()

    passing_over: Any = extend
    made: Validator = passing_over(Draft202012Validator, {"$ref": reference})(schema)
    return made

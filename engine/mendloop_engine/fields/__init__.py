"""Field types: one class per kind of field, all in a registry that plugins use too."""

from .boolean import Boolean
from .checklist import Checklist
from .choices import Choice, MultiChoice
from .dates import Day, Moment
from .instruction import Instruction
from .numbers import Integer, Number
from .parts import Parts
from .photo import Photo
from .reading import Reading
from .registry import FieldTypes
from .safety_gate import SafetyGate
from .scan import Scan
from .signature import Signature
from .table import Table
from .text import LongText, Text
from .type import FieldType, Normalised, Reference, Settings, Situation


def built_in_types() -> FieldTypes:
    """A registry with the built-in types, to which others can be added."""
    return FieldTypes(
        [
            Instruction(),
            Text(),
            LongText(),
            Integer(),
            Number(),
            Boolean(),
            Choice(),
            MultiChoice(),
            Day(),
            Moment(),
            Photo(),
            Checklist(),
            Reading(),
            SafetyGate(),
            Scan(),
            Parts(),
            Signature(),
            Table(),
        ]
    )


BUILT_IN = built_in_types()
"""The registry that is used where no other is named."""

__all__ = ["BUILT_IN", "FieldType", "FieldTypes", "Normalised", "Reference", "Settings", "Situation", "built_in_types"]

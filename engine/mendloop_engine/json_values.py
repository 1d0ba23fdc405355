"""JSON values as the engine handles them. Nothing here is ever changed in place."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
JsonObject: TypeAlias = Mapping[str, Json]

Words: TypeAlias = Mapping[str, str]
"""Words in several languages: `{"zh-CN": "…", "en": "…"}`."""

SAFE_INTEGER = 2**53 - 1
"""The largest whole number that every reader of JSON keeps unharmed."""


def is_object(value: object) -> bool:
    """True for a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: object) -> bool:
    """True for a JSON array."""
    return isinstance(value, list | tuple)


def is_number(value: object) -> bool:
    """True for a JSON number within ±(2^53 - 1): beyond, readers of JSON differ in the number they keep."""
    return type(value) in (int, float) and -SAFE_INTEGER <= value <= SAFE_INTEGER  # type: ignore[operator]


def is_integer(value: object) -> bool:
    """True for a whole JSON number within ±(2^53 - 1); 3.0 is one, as in every other reader of JSON."""
    if type(value) is float:
        return value.is_integer() and abs(value) <= SAFE_INTEGER
    return type(value) is int and -SAFE_INTEGER <= value <= SAFE_INTEGER


def is_well_formed(text: str) -> bool:
    """False when `text` holds half of a surrogate pair: such text has no UTF-8."""
    if text.isascii():
        return True
    return not any("\ud800" <= character <= "\udfff" for character in text)

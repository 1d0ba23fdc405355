"""Reading what may be broken: a draft is any JSON that says of itself that it is a template."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeGuard

from mendloop.words import local

Loose = Mapping[str, Any]
NOTHING: Loose = MappingProxyType({})


def as_object(value: object) -> Loose:
    """The object, or an empty one."""
    return value if isinstance(value, Mapping) else NOTHING


def objects(value: object) -> Iterator[Loose]:
    """The objects of a list; nothing where it is none."""
    yield from (each for each in (value if isinstance(value, list) else ()) if isinstance(each, Mapping))


def texts(value: object) -> list[str]:
    """The texts of a list."""
    return [each for each in (value if isinstance(value, list) else ()) if isinstance(each, str)]


def text(value: object) -> str:
    """The text, or an empty one."""
    return value if isinstance(value, str) else ""


def words(value: object, language: str) -> str:
    """A text kept in several languages, in this one if it is there; a bare text as it is."""
    if isinstance(value, str):
        return value
    return local({key: each for key, each in as_object(value).items() if isinstance(each, str) and each}, language)


def is_number(value: object) -> TypeGuard[int | float]:
    """True for a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: object) -> str:
    """A number as people write it, nothing where it is none."""
    return f"{value:.12g}" if is_number(value) else ""

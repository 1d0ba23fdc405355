"""Values as people read them where no template says what they mean: names as they are, photos as pictures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mendloop.work_orders.record.shapes import Line, Shot
from mendloop.work_orders.record.speech import Speech

_PHOTO = re.compile(r"[0-9a-f]{64}")
_LONGEST = 2000
_DEEPEST = 6


def tell_plain(label: str, value: Any, speech: Speech) -> Line:
    """Any value of JSON as one line: `{"value": 0.12}` is 0.12, a list is its members, a photo's hash its picture."""
    found = tuple(dict.fromkeys(_photos_within(value)))
    text = _text(value, speech, 0)
    return Line(label, text[:_LONGEST], shots=(Shot("", found),) if found else ())


def photos_of(named: Iterable[Any]) -> tuple[str, ...]:
    """Those that can be photos: what was refused may have named anything."""
    return tuple(each for each in named if is_photo(each))


def is_photo(value: Any) -> bool:
    """True for a text that is a photo's SHA-256."""
    return isinstance(value, str) and _PHOTO.fullmatch(value) is not None


def _text(value: Any, speech: Speech, depth: int) -> str:
    if value is None or is_photo(value) or depth > _DEEPEST:
        return ""
    if isinstance(value, bool):
        return speech.say("record.yes" if value else "record.no")
    if isinstance(value, Mapping):
        return speech.listed(_members(value, speech, depth))
    if isinstance(value, list):
        return speech.listed(text for each in value if (text := _text(each, speech, depth + 1)))
    return str(value)


def _members(value: Mapping[Any, Any], speech: Speech, depth: int) -> Iterator[str]:
    for name, member in value.items():
        text = _text(member, speech, depth + 1)
        if text:
            yield text if name == "value" else f"{name}: {text}"


def _photos_within(value: Any) -> Iterator[str]:
    if is_photo(value):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _photos_within(each)

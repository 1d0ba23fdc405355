"""Limits that several field types share."""

from collections.abc import Iterable
from typing import cast

from ..canonical import by_code_units
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems, deeper
from .type import Settings

WHITESPACE = (
    "\t\n\v\f\r \u00a0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What is trimmed from texts: exactly what JavaScript's `trim` takes away."""

SHA256: JsonObject = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
"""The name of a photo."""


def trimmed(text: Json) -> str | None:
    """`text` without white space around it; None when nothing is left or nothing was there."""
    return text.strip(WHITESPACE) or None if isinstance(text, str) else None


def plain_number(value: Json) -> int | float:
    """A JSON number with minus zero made zero and whole numbers whole."""
    number = cast("int | float", value)
    if isinstance(number, float) and number.is_integer() and abs(number) < 2**53:
        return int(number)
    return number


def within(settings: Settings, value: float) -> Problems:
    """What `min` and `max` of the settings object to."""
    low, high = settings["min"], settings["max"]
    if isinstance(low, int | float) and value < low:
        return Problems([Problem("answer.too_small", params={"limit": low})])
    if isinstance(high, int | float) and value > high:
        return Problems([Problem("answer.too_large", params={"limit": high})])
    return Problems()


def crossed(low: Json, high: Json, at: str) -> list[Problem]:
    """A problem when both limits are given and the lower is above the upper."""
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        return [Problem("field.limits_crossed", at, params={"low": low, "high": high})]
    return []


def duplicates(entries: Json, at: str, key: str = "id") -> list[Problem]:
    """A problem for each entry whose `key` an earlier one has."""
    seen: set[str] = set()
    problems = []
    for index, entry in enumerate(cast("list[dict[str, str]]", entries or [])):
        name = entry.get(key, "")
        if name in seen:
            problems.append(Problem("name.duplicate", deeper(at, index, key), params={"name": name}))
        seen.add(name)
    return problems


def rows(settings: Settings, key: str) -> list[dict[str, Json]]:
    """The entries of one of the settings' lists."""
    return cast("list[dict[str, Json]]", settings.get(key) or [])


def ids(settings: Settings, key: str) -> list[str]:
    """The ids of the entries of one of the settings' lists."""
    return [cast("str", entry["id"]) for entry in rows(settings, key)]


def strangers(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names in `given` that are not `known`, in an order that every language agrees on."""
    return sorted(set(given).difference(known), key=by_code_units)

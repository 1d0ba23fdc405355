"""The name of the element that a place in a template belongs to."""

from collections.abc import Mapping, Sequence
from typing import Any


def element_at(document: Any, path: Sequence[str | int]) -> str:
    """`measure`, `measure.runout`, `measure.log.depth` or a scenario's name: the ids of what is around the place."""
    names: list[str] = []
    value = document
    for position, key in enumerate(path):
        around = path[position - 1] if position else ""
        value = _inside(value, key)
        if around == "nodes" and position == 1:
            names.append(str(key))
        elif around in ("fields", "columns"):
            names.append(_name(value, "id", key))
        elif around == "scenarios" and position == 1:
            return _name(value, "name", key)
    return ".".join(names)


def _inside(value: Any, key: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    fits = isinstance(value, list | tuple) and isinstance(key, int) and key < len(value)
    return value[key] if fits else None


def _name(value: Any, key: str, otherwise: str | int) -> str:
    name = value.get(key) if isinstance(value, Mapping) else None
    return name if isinstance(name, str) else str(otherwise)

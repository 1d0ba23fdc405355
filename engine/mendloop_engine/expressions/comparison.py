"""Equality, order and membership. Numbers are equal and ordered across types as mathematics has it."""

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any, cast

from .values import Duration, Failed, MapKey, Timestamp, Uint, Value, look_up_key, map_key

_NUMBERS = (int, Uint, float)
ORDERABLE = frozenset((t, t) for t in (bool, str, bytes, Timestamp, Duration)) | {
    (a, b) for a in _NUMBERS for b in _NUMBERS
}
ORDER: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_NUMERIC = frozenset(_NUMBERS)
_MISSING = object()

Charge = Callable[[int], None]


def equal(x: Value, y: Value, charge: Charge) -> bool:
    """Whether two values are the same; values of different kinds are not."""
    if isinstance(x, list) and isinstance(y, list):
        return len(x) == len(y) and all(_element_equal(a, b, charge) for a, b in zip(x, y, strict=True))
    if isinstance(x, dict) and isinstance(y, dict):
        return len(x) == len(y) and all(k in y and _element_equal(v, y[k], charge) for k, v in x.items())
    if type(x) in _NUMERIC and type(y) in _NUMERIC:
        return x == y
    return type(x) is type(y) and x == y


def _element_equal(x: Value, y: Value, charge: Charge) -> bool:
    charge(1)
    return equal(x, y, charge)


def contains(element: Value, container: Value, charge: Charge) -> bool:
    """`element in container`: among the elements of a list or the keys of a map."""
    if isinstance(container, list):
        return any(_element_equal(element, other, charge) for other in container)
    if isinstance(container, dict):
        return look_up_key(element) in container
    raise Failed("type")


def select(container: Value, name: str) -> Value:
    """`container.name` of a map."""
    if not isinstance(container, dict):
        raise Failed("type")
    return _present(container.get(name, _MISSING))


def element(container: Value, at: Value) -> Value:
    """`container[at]` of a list or a map; a list also takes whole numbers of other types."""
    if isinstance(container, dict):
        key = look_up_key(at)
        return _present(container.get(cast(MapKey, key), _MISSING))
    if not isinstance(container, list):
        raise Failed("type")
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise Failed("bad_index")
    if not 0 <= at < len(container) or at != int(at):
        raise Failed("bad_index")
    return container[int(at)]


def _present(found: Any) -> Value:
    if found is _MISSING:
        raise Failed("no_such_key")
    return found  # type: ignore[no-any-return]


def mapping(pairs: list[tuple[Value, Value]]) -> Value:
    """The map of these pairs; no key may come twice."""
    made = {map_key(key): value for key, value in pairs}
    if len(made) != len(pairs):
        raise Failed("bad_key")
    return made

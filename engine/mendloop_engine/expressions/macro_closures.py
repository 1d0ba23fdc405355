"""How the macros run: one step per turn, over the elements of a list or the keys of a map."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .values import Failed, Value, key_value

Frame = list[Any]
Closure = Callable[[Frame], Any]
_LEFT = 1


def _turns(span: Closure, slot: int, frame: Frame) -> Iterator[Value]:
    """Put each element into its slot, one after the other."""
    over = span(frame)
    if over.__class__ is dict:
        over = [key_value(key) for key in over]
    elif over.__class__ is not list:
        raise Failed("type")
    for value in over:
        frame[_LEFT] -= 1
        if frame[_LEFT] < 0:
            raise Failed("too_costly")
        frame[slot] = value
        yield value


def _condition(body: Closure, frame: Frame) -> bool:
    value = body(frame)
    if value is True or value is False:
        return value is True
    raise Failed("type")


def _quantifier(deciding: bool) -> Callable[..., Closure]:
    """`exists` is decided by the first true, `all` by the first false, whatever fails elsewhere."""

    def make(span: Closure, slot: int, body: Closure) -> Closure:
        def run(frame: Frame) -> bool:
            failed: Failed | None = None
            for _ in _turns(span, slot, frame):
                try:
                    if _condition(body, frame) is deciding:
                        return deciding
                except Failed as failure:
                    if failure.kind == "too_costly":
                        raise
                    failed = failed or failure
            if failed:
                raise failed
            return not deciding

        return run

    return make


def _exists_one(span: Closure, slot: int, body: Closure) -> Closure:
    return lambda frame: sum([_condition(body, frame) for _ in _turns(span, slot, frame)]) == 1


def _filter(span: Closure, slot: int, body: Closure) -> Closure:
    def run(frame: Frame) -> list[Value]:
        return [value for value in _turns(span, slot, frame) if _condition(body, frame)]

    return run


def _map(span: Closure, slot: int, *bodies: Closure) -> Closure:
    *conditions, body = bodies

    def run(frame: Frame) -> list[Value]:
        turns = _turns(span, slot, frame)
        return [body(frame) for _ in turns if all(_condition(condition, frame) for condition in conditions)]

    return run


MACROS: Mapping[str, Callable[..., Closure]] = {
    "all": _quantifier(False),
    "exists": _quantifier(True),
    "exists_one": _exists_one,
    "filter": _filter,
    "map": _map,
}

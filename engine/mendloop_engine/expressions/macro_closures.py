"""How the macros run: one step per turn, over the elements of a list or the keys of a map."""

from collections.abc import Callable, Iterator, Mapping

from .frames import Closure, Frame, charge
from .operations import truth
from .values import Failed, Value, key_value


def _turns(span: Closure, slot: int, frame: Frame) -> Iterator[Value]:
    """Put each element into its slot, one after the other."""
    over = span(frame)
    if isinstance(over, dict):
        over = [key_value(key) for key in over]
    if not isinstance(over, list):
        raise Failed("type")
    for value in over:
        charge(frame, 1)
        frame[slot] = value
        yield value


def _quantifier(deciding: bool) -> Callable[..., Closure]:
    """`exists` is decided by the first true, `all` by the first false, whatever fails elsewhere."""

    def make(span: Closure, slot: int, body: Closure) -> Closure:
        def run(frame: Frame) -> bool:
            failed: Failed | None = None
            for _ in _turns(span, slot, frame):
                try:
                    if truth(body(frame)) is deciding:
                        return deciding
                except Failed as failure:
                    failed = failed or failure
            if failed:
                raise failed
            return not deciding

        return run

    return make


def _exists_one(span: Closure, slot: int, body: Closure) -> Closure:
    return lambda frame: sum([truth(body(frame)) for _ in _turns(span, slot, frame)]) == 1


def _filter(span: Closure, slot: int, body: Closure) -> Closure:
    return lambda frame: [value for value in _turns(span, slot, frame) if truth(body(frame))]


def _map(span: Closure, slot: int, *bodies: Closure) -> Closure:
    *conditions, body = bodies

    def run(frame: Frame) -> list[Value]:
        turns = _turns(span, slot, frame)
        return [body(frame) for _ in turns if all(truth(condition(frame)) for condition in conditions)]

    return run


MACROS: Mapping[str, Callable[..., Closure]] = {
    "all": _quantifier(False),
    "exists": _quantifier(True),
    "exists_one": _exists_one,
    "filter": _filter,
    "map": _map,
}

"""How operators run, given the closures of their operands."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .arithmetic import BINARY, negate
from .comparison import ORDER, ORDERABLE, contains, element, equal, mapping
from .frames import LENGTHY, Closure, Frame, charge, charge_length, sound
from .values import Failed

_NOT_THERE = frozenset(("absent", "no_such_key", "bad_index"))


def _has(path: Closure) -> Closure:
    def present(frame: Frame) -> bool:
        try:
            path(frame)
        except Failed as failure:
            if failure.kind in _NOT_THERE:
                return False
            raise
        return True

    return present


def _connective(deciding: bool, *parts: Closure) -> Closure:
    """`&&` is decided by the first false, `||` by the first true, whatever fails on either side of it."""

    def decide(frame: Frame) -> bool:
        failed: Failed | None = None
        for part in parts:
            try:
                value: object = part(frame)
            except Failed as failure:
                failed = failed or failure
                continue
            if value is deciding:
                return deciding
            if value.__class__ is not bool:
                failed = failed or Failed("type")
        if failed:
            raise failed
        return not deciding

    return decide


def truth(value: Any) -> bool:
    """`value`, which must be true or false."""
    if value is True or value is False:
        return value is True
    raise Failed("type")


def _choice(condition: Closure, yes: Closure, no: Closure) -> Closure:
    return lambda frame: yes(frame) if truth(condition(frame)) else no(frame)


def _calculation(operator: str, left: Closure, right: Closure) -> Closure:
    rules = BINARY[operator]

    def run(frame: Frame) -> Any:
        x, y = left(frame), right(frame)
        rule = rules.get((x.__class__, y.__class__))
        if rule is None:
            raise Failed("type")
        result = rule(x, y)
        charge_length(frame, result)
        return result

    return run


def _order(operator: str, left: Closure, right: Closure) -> Closure:
    compare = ORDER[operator]

    def run(frame: Frame) -> bool:
        x, y = left(frame), right(frame)
        if (x.__class__, y.__class__) not in ORDERABLE:
            raise Failed("type")
        if x.__class__ in LENGTHY:
            charge_length(frame, x)
        return compare(x, y)

    return run


def _equality(wanted: bool, left: Closure, right: Closure) -> Closure:
    def run(frame: Frame) -> bool:
        x, y = left(frame), right(frame)
        return equal(x, y, partial(charge, frame)) is wanted

    return run


def _membership(left: Closure, right: Closure) -> Closure:
    def run(frame: Frame) -> bool:
        x, y = left(frame), right(frame)
        return contains(x, y, partial(charge, frame))

    return run


def _index(operand: Closure, at: Closure) -> Closure:
    return lambda frame: sound(element(operand(frame), at(frame)))


def _list(*items: Closure) -> Closure:
    return lambda frame: [item(frame) for item in items]


def _mapping(*parts: Closure) -> Closure:
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    return lambda frame: mapping([(key(frame), value(frame)) for key, value in pairs])


OPERATIONS: Mapping[str, Callable[..., Closure]] = {
    "[]": _index,
    "has": _has,
    "&&": partial(_connective, False),
    "||": partial(_connective, True),
    "!": lambda operand: lambda frame: not truth(operand(frame)),
    "?:": _choice,
    "==": partial(_equality, True),
    "!=": partial(_equality, False),
    "in": _membership,
    "negate": lambda operand: lambda frame: negate(operand(frame)),
    "list": _list,
    "mapping": _mapping,
    **{operator: partial(_calculation, operator) for operator in BINARY},
    **{operator: partial(_order, operator) for operator in ORDER},
}
"""By the kind of a node all of whose parts are expressions."""

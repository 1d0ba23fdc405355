"""A typed tree becomes a function: one closure per node, built once, run often. Errors travel as `Failed`."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from ..interruption import go_on
from .comparison import select
from .frames import ENVIRONMENT, HUNDRED, VARIABLES, Closure, Frame, charge, charge_length, sound
from .library import FUNCTIONS
from .limits import MAX_STEPS
from .macro_closures import MACROS
from .matching import matcher
from .operations import OPERATIONS
from .values import ABSENT, EvaluationError, Failed, TypeValue, Uint, Value

Environment = Mapping[str, Value]


def compile_tree(tree: Any) -> Callable[[Environment], Value]:
    """A function from the names' values to the value of the expression, or to an `EvaluationError`."""
    closure = _compile(tree)
    room = [None] * _slots(tree)

    def evaluate(environment: Environment) -> Value:
        go_on()
        try:
            value: Value = closure([environment, MAX_STEPS, *room])
        except Failed as failure:
            return ABSENT if failure.kind == "absent" else EvaluationError(failure.kind)
        return value

    return evaluate


def _slots(tree: Any) -> int:
    """How many macro variables are ever in scope at once."""
    deepest = 0
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list | tuple) and node:
            deepest = max(deepest, node[2] + 1) if node[0] in MACROS else deepest
            waiting += node[1:]
    return deepest


def _compile(tree: Any) -> Closure:
    kind = tree[0]
    if kind in OPERATIONS:
        return OPERATIONS[kind](*map(_compile, tree[1:]))
    if kind in MACROS:
        return MACROS[kind](_compile(tree[1]), VARIABLES + tree[2], *map(_compile, tree[3:]))
    return _NODES[kind](tree)


def _constant(value: Value) -> Closure:
    return lambda _frame: value


def _name(tree: Any) -> Closure:
    name = tree[1]

    def read(frame: Frame) -> Any:
        value = frame[ENVIRONMENT].get(name, ABSENT)
        if value.__class__ is EvaluationError:
            raise Failed(value.kind)
        return value

    return read


def _local(tree: Any) -> Closure:
    slot = VARIABLES + tree[1]
    return lambda frame: sound(frame[slot])


def _field(tree: Any) -> Closure:
    operand, name = _compile(tree[1]), tree[2]

    def read(frame: Frame) -> Any:
        record = operand(frame)
        if record.__class__ is not dict:
            raise Failed("type")
        value = record.get(name, ABSENT)
        if value.__class__ is EvaluationError:
            raise Failed(value.kind)
        return value

    return read


def _select(tree: Any) -> Closure:
    operand, name = _compile(tree[1]), tree[2]
    return lambda frame: sound(select(operand(frame), name))


def _call(tree: Any) -> Closure:
    function = FUNCTIONS[tree[1]]
    arguments = [_compile(part) for part in tree[2:]]

    def run(frame: Frame) -> Value:
        values = [argument(frame) for argument in arguments]
        if values:
            charge_length(frame, values[0])
        return function(*values)

    return run


def _matches(tree: Any) -> Closure:
    text, match = _compile(tree[1]), matcher(tree[2])
    size = len(tree[3]["code"])

    def run(frame: Frame) -> bool:
        value = text(frame)
        if value.__class__ is str:
            charge(frame, len(value) * size // HUNDRED)
        return match(value)

    return run


def _unknown(_frame: Frame) -> Value:
    raise Failed("unknown")


_NODES: Mapping[str, Callable[[Any], Closure]] = {
    "null": lambda _tree: _constant(None),
    "bool": lambda tree: _constant(tree[1]),
    "int": lambda tree: _constant(int(tree[1])),
    "uint": lambda tree: _constant(Uint(tree[1])),
    "double": lambda tree: _constant(float(tree[1])),
    "string": lambda tree: _constant(tree[1]),
    "bytes": lambda tree: _constant(base64.b64decode(tree[1])),
    "type": lambda tree: _constant(TypeValue(tree[1])),
    "name": _name,
    "local": _local,
    "field": _field,
    "select": _select,
    "call": _call,
    "matches": _matches,
    "unknown": lambda _tree: _unknown,
}

"""A typed tree becomes a function: one closure per node, built once, run often.

A frame is a list: the names' values, the steps left, then the macros' variables by slot. Errors travel as `Failed`.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .arithmetic import BINARY, negate
from .comparison import ORDER, ORDERABLE, contains, element, equal, mapping, select
from .library import FUNCTIONS
from .limits import MAX_STEPS
from .macro_closures import MACROS
from .matching import matcher
from .values import ABSENT, EvaluationError, Failed, TypeValue, Uint, Value

Frame = list[Any]
Closure = Callable[[Frame], Any]
Environment = Mapping[str, Value]

ENVIRONMENT, LEFT, VARIABLES = range(3)
_NOT_THERE = frozenset(("absent", "no_such_key", "bad_index"))
_HUNDRED = 100


def compile_tree(tree: Any) -> Callable[[Environment], Value]:
    """A function from the names' values to the value of the expression, or to an `EvaluationError`."""
    closure = _compile(tree)
    room = _slots(tree)

    def evaluate(environment: Environment) -> Value:
        try:
            return closure([environment, MAX_STEPS, *room])  # type: ignore[no-any-return]
        except Failed as failure:
            return ABSENT if failure.kind == "absent" else EvaluationError(failure.kind)

    return evaluate


def _slots(tree: Any) -> list[None]:
    """Room for as many macro variables as are ever in scope at once."""
    deepest = 0
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list) and node:
            deepest = max(deepest, node[2] + 1) if node[0] in MACROS else deepest
            waiting += node[1:]
    return [None] * deepest


def _compile(tree: Any) -> Closure:
    kind = tree[0]
    if kind in _NODES:
        return _NODES[kind](tree)
    if kind in BINARY:
        return _binary(kind, _compile(tree[1]), _compile(tree[2]))
    if kind in ORDER:
        return _ordered(kind, _compile(tree[1]), _compile(tree[2]))
    return MACROS[kind](_compile(tree[1]), VARIABLES + tree[2], *map(_compile, tree[3:]))


def _constant(value: Value) -> Closure:
    return lambda _frame: value


def _name(tree: Any) -> Closure:
    name = tree[1]

    def read(frame: Frame) -> Value:
        value: Value = frame[0].get(name, ABSENT)
        if value.__class__ is EvaluationError:
            raise Failed(value.kind)  # type: ignore[union-attr]
        return value

    return read


def _local(tree: Any) -> Closure:
    slot = VARIABLES + tree[1]

    def read(frame: Frame) -> Value:
        value: Value = frame[slot]
        if value.__class__ is EvaluationError:
            raise Failed(value.kind)  # type: ignore[union-attr]
        return value

    return read


def _field(tree: Any) -> Closure:
    operand, name = _compile(tree[1]), tree[2]

    def read(frame: Frame) -> Value:
        record = operand(frame)
        if record.__class__ is not dict:
            raise Failed("type")
        value = record.get(name, ABSENT)
        if value.__class__ is EvaluationError:
            raise Failed(value.kind)
        return value  # type: ignore[no-any-return]

    return read


def _sound(value: Value) -> Value:
    """`value`, unless what was found is itself an error, such as an absent element."""
    if isinstance(value, EvaluationError):
        raise Failed(value.kind)
    return value


def _select(tree: Any) -> Closure:
    operand, name = _compile(tree[1]), tree[2]
    return lambda frame: _sound(select(operand(frame), name))


def _index(tree: Any) -> Closure:
    operand, at = _compile(tree[1]), _compile(tree[2])
    return lambda frame: _sound(element(operand(frame), at(frame)))


def _has(tree: Any) -> Closure:
    path = _compile(tree[1])

    def present(frame: Frame) -> bool:
        try:
            path(frame)
        except Failed as failure:
            if failure.kind in _NOT_THERE:
                return False
            raise
        return True

    return present


def _connective(tree: Any) -> Closure:
    """`&&` is decided by the first false, `||` by the first true, whatever fails on either side of it."""
    parts = [_compile(part) for part in tree[1:]]
    deciding = tree[0] == "||"

    def decide(frame: Frame) -> bool:
        failed: Failed | None = None
        for part in parts:
            try:
                value = part(frame)
                if value is deciding:
                    return deciding
                if value is not (not deciding):
                    raise Failed("type")  # noqa: TRY301 - a value that is no bool counts like an error
            except Failed as failure:
                failed = failed or failure
        if failed:
            raise failed
        return not deciding

    return decide


def _not(tree: Any) -> Closure:
    operand = _compile(tree[1])

    def invert(frame: Frame) -> bool:
        value = operand(frame)
        if value is True or value is False:
            return not value
        raise Failed("type")

    return invert


def _choice(tree: Any) -> Closure:
    condition, yes, no = (_compile(part) for part in tree[1:])

    def choose(frame: Frame) -> Value:
        value = condition(frame)
        if value is True:
            return yes(frame)  # type: ignore[no-any-return]
        if value is False:
            return no(frame)  # type: ignore[no-any-return]
        raise Failed("type")

    return choose


def charge(frame: Frame, steps: int) -> None:
    """Take steps off what this evaluation may still take; fails when they are used up."""
    frame[LEFT] -= steps
    if frame[LEFT] < 0:
        raise Failed("too_costly")


def _binary(operator: str, left: Closure, right: Closure) -> Closure:
    rules = BINARY[operator]

    def run(frame: Frame) -> Value:
        x, y = left(frame), right(frame)
        rule = rules.get((x.__class__, y.__class__))
        if rule is None:
            raise Failed("type")
        result = rule(x, y)
        if result.__class__ in _LENGTHY:
            charge(frame, len(result) // _HUNDRED)  # type: ignore[arg-type]
        return result

    return run


_LENGTHY = frozenset((str, bytes, list))


def _ordered(operator: str, left: Closure, right: Closure) -> Closure:
    compare = ORDER[operator]

    def run(frame: Frame) -> bool:
        x, y = left(frame), right(frame)
        if (x.__class__, y.__class__) not in ORDERABLE:
            raise Failed("type")
        if x.__class__ in _LENGTHY:
            charge(frame, len(x) // _HUNDRED)
        return compare(x, y)

    return run


def _equality(tree: Any) -> Closure:
    left, right, wanted = _compile(tree[1]), _compile(tree[2]), tree[0] == "=="

    def run(frame: Frame) -> bool:
        x, y = left(frame), right(frame)
        return equal(x, y, lambda steps: charge(frame, steps)) is wanted

    return run


def _membership(tree: Any) -> Closure:
    left, right = _compile(tree[1]), _compile(tree[2])

    def run(frame: Frame) -> bool:
        x, y = left(frame), right(frame)
        return contains(x, y, lambda steps: charge(frame, steps))

    return run


def _call(tree: Any) -> Closure:
    function = FUNCTIONS[tree[1]]
    arguments = [_compile(part) for part in tree[2:]]

    def run(frame: Frame) -> Value:
        values = [argument(frame) for argument in arguments]
        if values and values[0].__class__ in _LENGTHY:
            charge(frame, len(values[0]) // _HUNDRED)
        return function(*values)

    return run


def _matches(tree: Any) -> Closure:
    text, match = _compile(tree[1]), matcher(tree[2])
    size = len(tree[3]["code"])

    def run(frame: Frame) -> bool:
        value = text(frame)
        if value.__class__ is str:
            charge(frame, len(value) * size // _HUNDRED)
        return match(value)

    return run


def _list(tree: Any) -> Closure:
    items = [_compile(part) for part in tree[1:]]
    return lambda frame: [item(frame) for item in items]


def _mapping(tree: Any) -> Closure:
    parts = [_compile(part) for part in tree[1:]]
    pairs: Sequence[tuple[Closure, Closure]] = list(zip(parts[::2], parts[1::2], strict=True))
    return lambda frame: mapping([(key(frame), value(frame)) for key, value in pairs])


def _unknown(_tree: Any) -> Closure:
    def fail(_frame: Frame) -> Value:
        raise Failed("unknown")

    return fail


def _negate(tree: Any) -> Closure:
    operand = _compile(tree[1])
    return lambda frame: negate(operand(frame))


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
    "[]": _index,
    "has": _has,
    "&&": _connective,
    "||": _connective,
    "!": _not,
    "?:": _choice,
    "==": _equality,
    "!=": _equality,
    "in": _membership,
    "negate": _negate,
    "call": _call,
    "matches": _matches,
    "list": _list,
    "mapping": _mapping,
    "unknown": _unknown,
}

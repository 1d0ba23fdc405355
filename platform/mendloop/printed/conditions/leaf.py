"""One comparison of an expression: what is looked at, how, and with what."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mendloop_engine.expressions.syntax import Call, ListLiteral, Literal, Name, Node, Operation, Select

Path = tuple[str, ...]
SIGNS = ("==", "!=", "<", "<=", ">", ">=")
METHODS = {"contains": "contains", "startsWith": "starts", "endsWith": "ends", "matches": "matches"}
NEGATED = {
    "is_true": "is_false",
    "has": "has_not",
    "contains": "contains_not",
    "starts": "starts_not",
    "ends": "ends_not",
    "matches": "matches_not",
    "one_of": "none_of",
    "holds": "holds_not",
    "used": "not_used",
}
HOURS = re.compile(r"(\d+(?:\.\d+)?)h")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A comparison. `right` is a text, several texts, a number as it is written, or the path of another answer."""

    path: Path
    op: str
    right: str | tuple[str, ...] | None = None
    right_is: str = ""


def leaf_of(node: Node, source: str) -> Leaf | None:
    """The comparison that `node` says; None when it says more than one row of the designer can show."""
    if isinstance(node, Operation) and node.operator == "!":
        return _negated(leaf_of(node.operands[0], source))
    readers: tuple[Callable[[Node, str], Leaf | None], ...] = (_sized, _ago, _member, _called, _used, _compared)
    return next((found for read in readers if (found := read(node, source)) is not None), None)


def _negated(leaf: Leaf | None) -> Leaf | None:
    return replace(leaf, op=NEGATED[leaf.op]) if leaf is not None and leaf.op in NEGATED else None


def path_of(node: Node) -> Path | None:
    """`steps.measure.runout.value`, with places in lists as names; None for anything that is calculated."""
    if isinstance(node, Name):
        return (node.name,)
    if isinstance(node, Select):
        around = path_of(node.operand)
        return None if around is None else (*around, node.field)
    if isinstance(node, Operation) and node.operator == "[]" and _is(node.operands[1], "int"):
        around = path_of(node.operands[0])
        return None if around is None else (*around, str(_value(node.operands[1])))
    return None


def _sized(node: Node, source: str) -> Leaf | None:
    operation = _operation(node, SIGNS)
    if operation is None or not _is(operation.operands[1], "int"):
        return None
    counted = _argument(operation.operands[0], "size")
    path = None if counted is None else path_of(counted)
    if path is None:
        return None
    sign, count = operation.operator, _written(operation.operands[1], source)
    if len(path) == 2 and path[0] == "visits" and f"{sign}{count}" in _VISITS:
        return Leaf(path, _VISITS[f"{sign}{count}"])
    return Leaf(path, f"size{sign}", count, "number")


_VISITS: Mapping[str, str] = {">0": "visited", ">=1": "visited", "==0": "not_visited"}


def _ago(node: Node, _source: str) -> Leaf | None:
    operation = _operation(node, ("<", ">"))
    since = None if operation is None else _operation(operation.operands[0], ("-",))
    if operation is None or since is None or len(since.operands) != 2 or path_of(since.operands[0]) != ("now",):
        return None
    path, span = path_of(since.operands[1]), _argument(operation.operands[1], "duration")
    hours = HOURS.fullmatch(str(_value(span))) if span is not None and _is(span, "string") else None
    if path is None or hours is None:
        return None
    return Leaf(path, "longer_ago" if operation.operator == ">" else "less_ago", hours[1], "hours")


def _member(node: Node, _source: str) -> Leaf | None:
    tested = _argument(node, "has")
    if tested is not None:
        path = path_of(tested)
        return None if path is None else Leaf(path, "has")
    operation = _operation(node, ("in",))
    return None if operation is None else _held(*operation.operands)


def _held(left: Node, right: Node) -> Leaf | None:
    path = path_of(right) if _is(left, "string") else path_of(left)
    if path is None:
        return None
    if _is(left, "string"):
        return Leaf(path, "holds", str(_value(left)), "text")
    if not isinstance(right, ListLiteral) or not right.items or not all(_is(item, "string") for item in right.items):
        return None
    return Leaf(path, "one_of", tuple(str(_value(item)) for item in right.items), "texts")


def _called(node: Node, _source: str) -> Leaf | None:
    if not isinstance(node, Call) or node.target is None or node.function not in METHODS or len(node.arguments) != 1:
        return None
    path = path_of(node.target)
    if path is None or not _is(node.arguments[0], "string"):
        return None
    return Leaf(path, METHODS[node.function], str(_value(node.arguments[0])), "text")


def _used(node: Node, _source: str) -> Leaf | None:
    """`used.exists(line, line.part == "P")`."""
    if not isinstance(node, Call) or node.target is None or node.function != "exists" or len(node.arguments) != 2:
        return None
    path, line, test = path_of(node.target), node.arguments[0], _operation(node.arguments[1], ("==",))
    if path is None or test is None or not isinstance(line, Name) or not _is(test.operands[1], "string"):
        return None
    if path_of(test.operands[0]) != (line.name, "part"):
        return None
    return Leaf(path, "used", str(_value(test.operands[1])), "text")


def _compared(node: Node, source: str) -> Leaf | None:
    whole = path_of(node)
    if whole is not None:
        return Leaf(whole, "is_true")
    operation = _operation(node, SIGNS)
    path = None if operation is None else path_of(operation.operands[0])
    if operation is None or path is None:
        return None
    right = operation.operands[1]
    if _is(right, "int", "double", "uint"):
        return Leaf(path, operation.operator, _written(right, source), "number")
    if _is(right, "string"):
        return Leaf(path, operation.operator, str(_value(right)), "text")
    other = path_of(right)
    return None if other is None else Leaf(path, operation.operator, other, "path")


def _operation(node: Node, operators: tuple[str, ...]) -> Operation | None:
    return node if isinstance(node, Operation) and node.operator in operators else None


def _argument(node: Node, function: str) -> Node | None:
    """What stands in the brackets of `function(…)`."""
    if isinstance(node, Call) and node.target is None and node.function == function and len(node.arguments) == 1:
        return node.arguments[0]
    return None


def _is(node: Node, *kinds: str) -> bool:
    return isinstance(node, Literal) and node.kind in kinds


def _value(node: Node) -> object:
    return node.value if isinstance(node, Literal) else None


def _written(node: Node, source: str) -> str:
    return source[node.start : node.end].replace(" ", "")

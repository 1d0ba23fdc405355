"""The syntax tree of an expression, before names and types are known."""

from collections.abc import Sequence
from dataclasses import dataclass

from .limits import MAX_DEPTH
from .problems import refuse


@dataclass(frozen=True, slots=True)
class Node:
    """Some part of the source; `depth` counts the levels below and including this one."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """`kind` is null, bool, int, uint, double, string or bytes."""

    kind: str
    value: None | bool | int | float | str | bytes


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Select(Node):
    operand: Node
    field: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)` or `target.function(arguments)`."""

    function: str
    target: Node | None
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Operation(Node):
    """`operator` is as written; `?:` has three operands, `[]` two, `&&` and `||` any number, `-` and `!` also one."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MapLiteral(Node):
    entries: tuple[tuple[Node, Node], ...]


def depth_above(start: int, end: int, children: Sequence[Node]) -> int:
    """The depth of a node over these children; refuses one that would be too deep for a recursive reader."""
    depth = 1 + max((child.depth for child in children), default=0)
    if depth > MAX_DEPTH:
        raise refuse("too_large", "depth", start, end, limit=str(MAX_DEPTH))
    return depth


def operation(operator: str, *operands: Node) -> Operation:
    """An operation; a chain of && or of || becomes one node, however long it is."""
    if operator in ("&&", "||"):
        operands = (*_chained(operator, operands[0]), *operands[1:])
    start, end = operands[0].start, operands[-1].end
    return Operation(start, end, depth_above(start, end, operands), operator, operands)


def _chained(operator: str, left: Node) -> tuple[Node, ...]:
    if isinstance(left, Operation) and left.operator == operator:
        return left.operands
    return (left,)

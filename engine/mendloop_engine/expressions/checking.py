"""What every rule of the checker works with: names in scope, problems found so far, typed pieces of tree."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .problems import ExpressionProblem, closest
from .syntax import Literal, Node
from .types import BOOL, BYTES, DOUBLE, DYN, INT, NULL, STRING, UINT, Type

Tree: TypeAlias = "None | bool | int | float | str | Sequence[Tree] | Mapping[str, Tree]"

_LITERAL_TYPES = {t.kind: t for t in (NULL, BOOL, INT, UINT, DOUBLE, STRING, BYTES)}


@dataclass(frozen=True, slots=True)
class Typed:
    """A piece of tree with its type, the source it came from, and the attribute path when it is nothing but one."""

    tree: Tree
    type: Type
    node: Node
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class Checking:
    """One expression being checked. `lenient`: types are unknown; what would be refused fails when evaluated."""

    names: Mapping[str, Type]
    lenient: bool
    check: Callable[["Checking", Node], Typed]
    problems: list[ExpressionProblem] = field(default_factory=list)
    reads: set[tuple[str, ...]] = field(default_factory=set)
    variables: list[tuple[str, Type]] = field(default_factory=list)

    def visit(self, node: Node) -> Typed:
        """The typed tree of `node`; what it reads is noted."""
        typed = self.check(self, node)
        if typed.path:
            self.reads.add(typed.path)
        return typed

    def typed(self, node: Node, tree: Tree, type_: Type) -> Typed:
        """A piece of tree; without types everything is dynamic."""
        return Typed(tree, DYN if self.lenient else type_, node)

    def report(self, node: Node, code: str, reason: str, **params: str) -> Typed:
        """Note a problem and go on as if the piece could be anything."""
        if not self.lenient:
            problem = ExpressionProblem(f"expression.{code}", {"reason": reason, **params}, node.start, node.end)
            self.problems.append(problem)
        return Typed(["unknown"], DYN, node)

    def unknown(self, node: Node, name: str, reason: str, known: list[str]) -> Typed:
        """Report a name nobody declared, with the closest one that somebody did."""
        return self.report(node, "unknown_name", reason, name=name, suggestion=closest(name, known))

    def variable(self, name: str) -> Typed | None:
        """The macro variable of that name, the innermost first."""
        for slot in range(len(self.variables) - 1, -1, -1):
            if self.variables[slot][0] == name:
                return Typed(["local", slot], self.variables[slot][1], Node(0, 0, 1))
        return None


def promote(typed: Typed, wanted: Type) -> Typed:
    """An int where a double is wanted becomes one: a literal at once, anything else by a conversion in the tree."""
    if wanted.kind != "double" or typed.type.kind != "int":
        return typed
    if isinstance(typed.node, Literal) and isinstance(typed.node.value, int):
        return Typed(["double", float(typed.node.value)], DOUBLE, typed.node)
    return Typed(["call", "double", typed.tree], DOUBLE, typed.node)


def check_literal(checking: Checking, node: Literal) -> Typed:
    """Numbers beyond what JSON keeps are written as text, bytes in base64."""
    kind, value = node.kind, node.value
    if kind == "null":
        return checking.typed(node, ["null"], NULL)
    if isinstance(value, bytes):
        return checking.typed(node, ["bytes", base64.b64encode(value).decode()], BYTES)
    if kind in ("int", "uint"):
        return checking.typed(node, [kind, str(value)], _LITERAL_TYPES[kind])
    if isinstance(value, float) and str(value) == "-0.0":  # canonical JSON has no negative zero
        return checking.typed(node, ["negate", ["double", 0.0]], DOUBLE)
    return checking.typed(node, [kind, value], _LITERAL_TYPES[kind])

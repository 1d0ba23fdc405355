"""From the text a designer writes to an expression a plan can hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .checker import check
from .checking import Tree
from .parser import parse
from .pattern_budget import bounded_patterns
from .problems import ExpressionProblem, Refused
from .types import Type


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed and typed expression. `reads`: the attribute paths it reads, from the names at the top."""

    source: str
    tree: Tree = field(hash=False)
    type: Type
    reads: frozenset[tuple[str, ...]]


def parse_expression(
    source: str, names: Mapping[str, Type], expects: Type | None = None
) -> "Expression | list[ExpressionProblem]":
    """The expression in `source` over these names, or everything that is wrong with it, in the order of the text."""
    return _read(source, names, expects, lenient=False)


def parse_untyped(source: str, names: Mapping[str, Type]) -> "Expression | list[ExpressionProblem]":
    """As CEL without its checker reads it: everything is dynamic. For the specification's cases, not for templates."""
    return _read(source, names, None, lenient=True)


def _read(
    source: str, names: Mapping[str, Type], expects: Type | None, *, lenient: bool
) -> "Expression | list[ExpressionProblem]":
    try:
        with bounded_patterns():
            checking, typed = check(parse(source), names, expects, lenient=lenient)
    except Refused as refused:
        return [refused.problem]
    if checking.problems:
        return sorted(checking.problems, key=lambda problem: (problem.start, problem.end))
    return Expression(source, typed.tree, typed.type, frozenset(checking.reads))

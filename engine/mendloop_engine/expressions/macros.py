"""The standard macros: all, exists, exists_one, map, filter."""

from .checking import Checking, Tree, Typed
from .syntax import Call, Name, Node
from .types import BOOL, DYN, Type, list_of

_PLAIN = 2


def check_macro(checking: Checking, node: Call, target: Node) -> Typed:
    """`range.macro(variable, body)` or `range.map(variable, condition, body)`."""
    variable, *bodies = node.arguments
    name = "exists_one" if node.function == "existsOne" else node.function
    if len(node.arguments) > _PLAIN and name != "map":
        checking.visit(target)
        return checking.report(node, "outside_profile", "two_variables", name=name)
    span = checking.visit(target)
    if not isinstance(variable, Name):
        return checking.report(variable, "wrong_type", "macro_variable", name=name)
    element = _element(checking, span)
    slot = len(checking.variables)
    checking.variables.append((variable.name, element))
    parts = [checking.visit(body) for body in bodies]
    checking.variables.pop()
    for part in parts if name != "map" else parts[:-1]:
        _must_be_condition(checking, part)
    tree: Tree = [name, span.tree, slot, *(part.tree for part in parts)]
    return checking.typed(node, tree, _result(name, element, parts[-1].type))


def _element(checking: Checking, span: Typed) -> Type:
    """A macro walks over the elements of a list or the keys of a map."""
    if span.type.kind in ("list", "map"):
        return span.type.items[0]
    if span.type.kind != "dyn":
        checking.report(span.node, "wrong_type", "range", actual=str(span.type))
    return DYN


def _must_be_condition(checking: Checking, part: Typed) -> None:
    if part.type.kind not in ("bool", "dyn"):
        checking.report(part.node, "wrong_type", "condition", expected="bool", actual=str(part.type))


def _result(name: str, element: Type, body: Type) -> Type:
    if name == "filter":
        return list_of(element)
    return list_of(body) if name == "map" else BOOL

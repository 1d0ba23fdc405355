"""The operators' typing rules."""

from .checking import Checking, Tree, Typed, promote
from .signatures import ARITHMETIC, ORDERED, common, comparable
from .syntax import Literal, Operation
from .types import BOOL, DOUBLE, DYN, Type, list_of

_NUMBERS = {"int", "double"}


def check_operation(checking: Checking, node: Operation) -> Typed:
    """The typed tree of an operation."""
    if node.operator == "[]":
        return _index(checking, node)
    operands = [checking.visit(operand) for operand in node.operands]
    if node.operator in ("&&", "||", "!"):
        return _logic(checking, node, operands)
    if node.operator == "?:":
        return _choice(checking, node, operands)
    if len(operands) == 1:
        return _negation(checking, node, operands[0])
    if node.operator in ARITHMETIC:
        return _arithmetic(checking, node, *operands)
    return _comparison(checking, node, *operands)


def _tree(node: Operation, *operands: Typed) -> Tree:
    return [node.operator, *(operand.tree for operand in operands)]


def _wrong(checking: Checking, node: Operation, *operands: Typed) -> Typed:
    types = ", ".join(str(operand.type) for operand in operands)
    if node.operator in ("==", "!=") and any(operand.type.kind == "null" for operand in operands):
        return checking.report(node, "wrong_type", "null_comparison", actual=types, operator=node.operator)
    return checking.report(node, "wrong_type", "operands", actual=types, operator=node.operator)


def _logic(checking: Checking, node: Operation, operands: list[Typed]) -> Typed:
    for operand in operands:
        if operand.type.kind not in ("bool", "dyn"):
            checking.report(operand.node, "wrong_type", "condition", expected="bool", actual=str(operand.type))
    return checking.typed(node, _tree(node, *operands), BOOL)


def _choice(checking: Checking, node: Operation, operands: list[Typed]) -> Typed:
    condition, yes, no = operands
    if condition.type.kind not in ("bool", "dyn"):
        checking.report(condition.node, "wrong_type", "condition", expected="bool", actual=str(condition.type))
    type_ = common(yes.type, no.type)
    if type_ is None:
        return checking.report(node, "wrong_type", "branches", actual=f"{yes.type}, {no.type}")
    return Typed(_tree(node, condition, promote(yes, type_), promote(no, type_)), type_, node)


def _negation(checking: Checking, node: Operation, operand: Typed) -> Typed:
    if operand.type.kind not in ("int", "double", "dyn"):
        return _wrong(checking, node, operand)
    return Typed(["negate", operand.tree], operand.type, node)


def _arithmetic(checking: Checking, node: Operation, left: Typed, right: Typed) -> Typed:
    if "dyn" in (left.type.kind, right.type.kind):
        return Typed(_tree(node, left, right), DYN, node)
    if {left.type.kind, right.type.kind} == _NUMBERS and node.operator != "%":
        left, right = promote(left, DOUBLE), promote(right, DOUBLE)
    if node.operator == "+" and left.type.kind == right.type.kind == "list":
        return Typed(_tree(node, left, right), _joined(left.type, right.type), node)
    result = ARITHMETIC[node.operator].get((left.type.kind, right.type.kind))
    return Typed(_tree(node, left, right), result, node) if result else _wrong(checking, node, left, right)


def _joined(left: Type, right: Type) -> Type:
    (one,), (other,) = left.items, right.items
    return list_of(one if one == other else DYN)


def _comparison(checking: Checking, node: Operation, left: Typed, right: Typed) -> Typed:
    if node.operator == "in":
        fits = _contained(left.type, right.type)
    else:
        fits = comparable(left.type, right.type)
        if node.operator not in ("==", "!="):
            fits = fits and _ordered(left.type) and _ordered(right.type)
    if not fits:
        return _wrong(checking, node, left, right)
    return checking.typed(node, _tree(node, left, right), BOOL)


def _ordered(type_: Type) -> bool:
    return type_.kind == "dyn" or type_.kind in ORDERED


def _contained(element: Type, container: Type) -> bool:
    if container.kind in ("list", "map"):
        return comparable(element, container.items[0])
    return container.kind == "dyn"


def _index(checking: Checking, node: Operation) -> Typed:
    operand, index = (checking.visit(part) for part in node.operands)
    kind = operand.type.kind
    if kind == "object" and isinstance(index.node, Literal) and isinstance(index.node.value, str):
        return checking.report(node, "wrong_type", "member_by_dot", name=index.node.value)
    if kind == "list" and index.type.kind in ("int", "dyn"):
        return Typed(_tree(node, operand, index), operand.type.items[0], node)
    if kind == "map" and comparable(index.type, operand.type.items[0]):
        return Typed(_tree(node, operand, index), operand.type.items[1], node)
    if kind == "dyn":
        return Typed(_tree(node, operand, index), DYN, node)
    return checking.report(node, "wrong_type", "index", actual=f"{operand.type}, {index.type}")

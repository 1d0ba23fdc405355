"""Names and types: a syntax tree becomes the typed tree that both evaluators run.

The tree is JSON: `["name", "runout"]`, `["field", operand, "value"]`, `[">", left, right]`, `["call", "size", text]`.
docs/decisions/expressions.md lists every node.
"""

from collections.abc import Mapping
from functools import reduce

from .calls import check_call
from .checking import Checking, Tree, Typed, check_literal, promote
from .operators import check_operation
from .signatures import TYPE_NAMES, assignable, common
from .syntax import Call, ListLiteral, Literal, MapLiteral, Name, Node, Operation, Select
from .types import DYN, STRING, Type, list_of, map_of

_KEY_KINDS = frozenset(("bool", "int", "uint", "string", "dyn"))


def check(
    node: Node, names: Mapping[str, Type], expects: Type | None, *, lenient: bool = False
) -> tuple[Checking, Typed]:
    """The typed tree of `node`; whether it may be used is for `Checking.problems` to say."""
    checking = Checking(names, lenient, _check)
    typed = checking.visit(node)
    if expects is None or lenient:
        return checking, typed
    typed = promote(typed, expects)
    if not assignable(typed.type, expects):
        checking.report(node, "wrong_type", "result", expected=str(expects), actual=str(typed.type))
    return checking, typed


def _check(checking: Checking, node: Node) -> Typed:
    match node:
        case Literal():
            return check_literal(checking, node)
        case Name():
            return _name(checking, node)
        case Select():
            return _select(checking, node)
        case Operation():
            return check_operation(checking, node)
        case Call():
            return check_call(checking, node)
        case ListLiteral():
            return _list(checking, node)
        case MapLiteral():
            return _map(checking, node)
    raise TypeError(f"no syntax: {node!r}")


def _name(checking: Checking, node: Name) -> Typed:
    name = node.name
    if variable := checking.variable(name):
        return Typed(variable.tree, variable.type, node)
    if name in checking.names:
        return Typed(["name", name], DYN if checking.lenient else checking.names[name], node, (name,))
    if name in TYPE_NAMES:
        return _type_name(checking, node)
    if checking.lenient:
        return Typed(["unknown"], DYN, node)
    known = [*checking.names, *(name for name, _ in checking.variables)]
    return checking.unknown(node, name, "name", known)


def _type_name(checking: Checking, node: Name) -> Typed:
    if checking.lenient:
        return Typed(["type", node.name], DYN, node)
    return checking.report(node, "outside_profile", "type", name=node.name)


def _select(checking: Checking, node: Select) -> Typed:
    if checking.lenient and (qualified := _qualified(checking, node)):
        return Typed(["name", qualified], DYN, node)
    simple = isinstance(node.operand, Name | Select)
    operand = _check(checking, node.operand) if simple else checking.visit(node.operand)
    if operand.type.kind == "object":
        return _member(checking, node, operand)
    if operand.path:
        checking.reads.add(operand.path)
    tree: Tree = ["select", operand.tree, node.field]
    if operand.type.kind == "dyn":
        return Typed(tree, DYN, node)
    if operand.type.kind == "map" and assignable(STRING, operand.type.items[0]):
        return Typed(tree, operand.type.items[1], node)
    return checking.report(node, "wrong_type", "no_members", actual=str(operand.type), name=node.field)


def _member(checking: Checking, node: Select, operand: Typed) -> Typed:
    members = operand.type.members
    if node.field not in members:
        return checking.unknown(node, node.field, "member", list(members))
    path = (*operand.path, node.field) if operand.path else ()
    return Typed(["field", operand.tree, node.field], members[node.field], node, path)


def _qualified(checking: Checking, node: Node) -> str:
    """`a.b.c` when a name with dots is bound; only the specification's cases do that."""
    parts: list[str] = []
    while isinstance(node, Select):
        parts.append(node.field)
        node = node.operand
    if not isinstance(node, Name) or checking.variable(node.name):
        return ""
    name = ".".join([node.name, *reversed(parts)])
    return name if name in checking.names else ""


def _list(checking: Checking, node: ListLiteral) -> Typed:
    items = [checking.visit(item) for item in node.items]
    element = _shared([item.type for item in items])
    return checking.typed(node, ["list", *(promote(item, element).tree for item in items)], list_of(element))


def _shared(types: list[Type]) -> Type:
    """The one type of all elements; dyn when there is none, as CEL has it."""
    return reduce(lambda one, other: common(one, other) or DYN, types) if types else DYN


def _map(checking: Checking, node: MapLiteral) -> Typed:
    keys = [checking.visit(key) for key, _ in node.entries]
    values = [checking.visit(value) for _, value in node.entries]
    for key in keys:
        if key.type.kind not in _KEY_KINDS:
            checking.report(key.node, "wrong_type", "key", actual=str(key.type))
    key_type, value_type = _map_key(keys), _shared([value.type for value in values])
    trees = [[key.tree, promote(value, value_type).tree] for key, value in zip(keys, values, strict=True)]
    return checking.typed(node, ["mapping", *(part for pair in trees for part in pair)], map_of(key_type, value_type))


def _map_key(keys: list[Typed]) -> Type:
    kinds = {key.type.kind for key in keys}
    return keys[0].type if len(kinds) == 1 else DYN

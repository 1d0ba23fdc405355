"""Calls: functions, members, `has`, patterns; macros stand in macros.py."""

from .checking import Checking, Tree, Typed, promote
from .macros import check_macro
from .patterns import compile_pattern
from .signatures import FUNCTIONS, MACROS, NUMERIC, OUTSIDE, Signature, assignable, common
from .syntax import Call, Literal, Name, Operation, Select
from .types import BOOL, DYN, Type
from .zones import is_zone

_EXTREMES = ("math.greatest", "math.least")
_MACRO_ARGUMENTS = (2, 3)


def check_call(checking: Checking, node: Call) -> Typed:
    """The typed tree of a call."""
    if node.target is None and node.function == "has" and len(node.arguments) == 1:
        return _has(checking, node)
    if node.target and node.function in MACROS and len(node.arguments) in _MACRO_ARGUMENTS:
        return check_macro(checking, node, node.target)
    if checking.lenient and node.function == "dyn" and len(node.arguments) == 1:
        return checking.visit(node.arguments[0])
    name, target = _resolve(checking, node)
    if name not in FUNCTIONS and not (checking.lenient and name == "type"):
        return _no_function(checking, node, name)
    arguments = [checking.visit(argument) for argument in (*([target] if target else []), *node.arguments)]
    return _apply(checking, node, name, arguments)


def _resolve(checking: Checking, node: Call) -> tuple[str, Call | Literal | Name | Operation | Select | None]:
    """`math.least` is one name unless something called `math` is there."""
    target = node.target
    if isinstance(target, Name) and target.name not in checking.names and not checking.variable(target.name):
        qualified = f"{target.name}.{node.function}"
        if qualified in FUNCTIONS or target.name in ("math", "strings", "optional", "cel", "base64", "lists"):
            return qualified, None
    return node.function, target  # type: ignore[return-value]


def _no_function(checking: Checking, node: Call, name: str) -> Typed:
    for argument in (*([node.target] if node.target and name == node.function else []), *node.arguments):
        checking.visit(argument)
    if reason := OUTSIDE.get(node.function):
        return checking.report(node, "outside_profile", reason, name=name)
    return checking.unknown(node, name, "function", [*FUNCTIONS, *MACROS, "has"])


def _has(checking: Checking, node: Call) -> Typed:
    argument = node.arguments[0]
    path = argument
    while isinstance(path, Select) or (isinstance(path, Operation) and path.operator == "[]"):
        path = path.operand if isinstance(path, Select) else path.operands[0]
    if not isinstance(path, Name) and not isinstance(argument, Select):
        return checking.report(node, "wrong_type", "has")
    return checking.typed(node, ["has", checking.visit(argument).tree], BOOL)


def _apply(checking: Checking, node: Call, name: str, arguments: list[Typed]) -> Typed:
    if name == "matches":
        return _matches(checking, node, arguments)
    tree: Tree = ["call", name, *(argument.tree for argument in arguments)]
    if checking.lenient:
        return Typed(tree, DYN, node)
    if name in _EXTREMES:
        return _extreme(checking, node, name, arguments)
    signature = _fitting(name, bool(node.target) and not name.startswith("math."), arguments)
    if signature is None:
        types = ", ".join(str(argument.type) for argument in arguments)
        return checking.report(node, "wrong_type", "arguments", name=name, actual=types)
    promoted = [promote(one, wanted) for one, wanted in zip(arguments, signature.parameters, strict=True)]
    if name.startswith("get") and len(arguments) == 2:
        _check_zone(checking, arguments[1])
    return Typed(["call", name, *(one.tree for one in promoted)], signature.result, node)


def _fitting(name: str, member: bool, arguments: list[Typed]) -> Signature | None:
    """The signature that takes the arguments as they are, else one that takes them with ints made doubles."""
    candidates = [s for s in FUNCTIONS[name] if s.member == member and len(s.parameters) == len(arguments)]
    for promoting in (False, True):
        for signature in candidates:
            pairs = zip(arguments, signature.parameters, strict=True)
            if all(assignable(promote(one, wanted).type if promoting else one.type, wanted) for one, wanted in pairs):
                return signature
    return None


def _check_zone(checking: Checking, zone: Typed) -> None:
    if not isinstance(zone.node, Literal) or not isinstance(zone.node.value, str):
        checking.report(zone.node, "outside_profile", "computed_zone")
    elif not is_zone(zone.node.value):
        checking.report(zone.node, "wrong_type", "zone", name=zone.node.value)


def _extreme(checking: Checking, node: Call, name: str, arguments: list[Typed]) -> Typed:
    """`math.greatest` and `math.least` take numbers, or one list of numbers."""
    types = [argument.type for argument in arguments]
    if len(types) == 1 and types[0].kind == "list":
        types = [types[0].items[0]]
    result: Type | None = types[0] if types else None
    for type_ in types:
        if type_.kind not in NUMERIC and type_.kind != "dyn":
            result = None
        result = common(result, type_) if result else None
    if result is None:
        return checking.report(node, "wrong_type", "arguments", name=name, actual=", ".join(map(str, types)))
    return Typed(["call", name, *(promote(one, result).tree for one in arguments)], result, node)


def _matches(checking: Checking, node: Call, arguments: list[Typed]) -> Typed:
    if [argument.type.kind in ("string", "dyn") for argument in arguments] != [True, True]:
        types = ", ".join(str(argument.type) for argument in arguments)
        return checking.report(node, "wrong_type", "arguments", name="matches", actual=types)
    text, pattern = arguments
    if not isinstance(pattern.node, Literal) or not isinstance(pattern.node.value, str):
        return checking.report(pattern.node, "outside_profile", "computed_pattern")
    program = compile_pattern(pattern.node.value)
    if isinstance(program, str):
        return checking.report(pattern.node, "pattern", program, pattern=pattern.node.value)
    return checking.typed(node, ["matches", text.tree, pattern.node.value, program], BOOL)

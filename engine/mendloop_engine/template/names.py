"""Rules about names: reserved words, duplicates, references to what must exist."""

from collections.abc import Iterator, Mapping, Sequence

from ..environment import RESERVED
from ..fields import Reference
from ..json_values import Json
from ..problems import Problem, deeper
from .outline import FieldOutline, NodeOutline, Outline
from .shape import suggestions

CEL_WORDS = frozenset(
    [
        "false",
        "in",
        "null",
        "true",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ]
)
"""Words that CEL keeps for itself."""


def name_problems(outline: Outline) -> Iterator[Problem]:
    """Reserved words and duplicates among nodes, fields, columns and pause reasons."""
    for node in outline.nodes.values():
        yield from _reserved(node.id, node.at, node.id)
        yield from _field_names(node.fields)
        for field in node.fields:
            yield from _field_names(field.columns)
    reasons = outline.document.get("pause_reasons") or []
    ids = [reason["id"] if reason else "" for reason in reasons]
    yield from _repeated(ids, [deeper("/pause_reasons", index, "id") for index in range(len(ids))], [""] * len(ids))


def _field_names(fields: Sequence[FieldOutline]) -> Iterator[Problem]:
    for field in fields:
        yield from _reserved(field.id, deeper(field.at, "id"), field.element)
    places = [deeper(field.at, "id") for field in fields]
    yield from _repeated([field.id for field in fields], places, [field.element for field in fields])


def _reserved(name: str, at: str, element: str) -> Iterator[Problem]:
    if name in RESERVED or name in CEL_WORDS:
        yield Problem("name.reserved", at, element, {"name": name})


def _repeated(names: Sequence[str], places: Sequence[str], elements: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name and name in names[:index]:
            yield Problem("name.duplicate", places[index], elements[index], {"name": name})


def reference_problems(outline: Outline) -> Iterator[Problem]:
    """Everything that is named and is not there."""
    start = outline.document.get("start")
    if isinstance(start, str):
        yield from _node_reference(outline, start, "/start", "")
    for node in outline.nodes.values():
        yield from _edge_references(outline, node)
        yield from _step_references(outline, node)
        for field in node.fields:
            yield from _field_references(outline, field)


def _edge_references(outline: Outline, node: NodeOutline) -> Iterator[Problem]:
    fields = [field.id for source in _completing(outline, node) for field in source.fields]
    for edge in node.edges:
        for key, name in (("to", edge.to), ("exit", edge.exit)):
            if name is not None:
                yield from _node_reference(outline, name, deeper(edge.at, key), node.id)
        reason = edge.doc.get("reason_field")
        if reason is not None and reason not in fields:
            yield Problem(
                "reference.unknown_field",
                deeper(edge.at, "reason_field"),
                node.id,
                suggested(reason, fields),
            )


def _completing(outline: Outline, node: NodeOutline) -> list[NodeOutline]:
    """The steps whose completion can take this node's routes: itself, or those that lead here without another step."""
    found: dict[str, NodeOutline] = {}
    waiting = [node.id]
    while waiting:
        name = waiting.pop()
        found[name] = outline.nodes[name]
        if found[name].kind == "step":
            continue
        waiting += [
            source.id
            for source in outline.nodes.values()
            if source.id not in found and any(name in (edge.to, edge.exit) for edge in source.edges)
        ]
    return [source for source in found.values() if source.kind == "step"]


def _step_references(outline: Outline, node: NodeOutline) -> Iterator[Problem]:
    roles = outline.document.get("roles") or {}
    role, join = node.doc.get("role"), node.doc.get("join")
    if isinstance(role, str) and role not in roles:
        yield Problem("reference.unknown_role", deeper(node.at, "role"), node.id, suggested(role, list(roles)))
    if isinstance(join, str):
        yield from _node_reference(outline, join, deeper(node.at, "join"), node.id, "join")
    for index, name in enumerate(node.doc.get("not_same_person_as") or []):
        at = deeper(node.at, "not_same_person_as", index)
        if name == node.id:
            yield Problem("step.same_person_self", at, node.id)
        elif isinstance(name, str):
            yield from _node_reference(outline, name, at, node.id, "step")


def _node_reference(outline: Outline, name: str, at: str, element: str, kind: str = "") -> Iterator[Problem]:
    node = outline.nodes.get(name)
    if node is None:
        yield Problem("reference.unknown_node", at, element, suggested(name, list(outline.nodes)))
    elif kind and node.kind and node.kind != kind:
        yield Problem(f"reference.not_a_{kind}", at, element, {"name": name})


def suggested(name: str, known: Sequence[str]) -> Mapping[str, Json]:
    """The params of a problem with an unknown name: with the known ones that were probably meant."""
    return {"name": name, **suggestions(name, known)}


_REFERENCE_CODES = {"shot": "reference.unknown_shot", "gate": "reference.not_a_gate"}


def _field_references(outline: Outline, field: FieldOutline) -> Iterator[Problem]:
    for reference in field.type.references(field.settings) if field.type else ():
        if not _is_offered(outline, reference):
            code = _REFERENCE_CODES.get(reference.kind, "reference.unknown_field")
            yield Problem(code, field.at + reference.at, field.element, {"name": reference.name})


def _is_offered(outline: Outline, reference: Reference) -> bool:
    """Whether a field offers what is named; a field that cannot be read is given the benefit of the doubt."""
    step, _, rest = reference.name.partition(".")
    name, _, part = rest.partition(".")
    node = outline.nodes.get(step)
    for field in node.fields if node else ():
        if field.id == name:
            return field.type is None or part in field.type.offers(field.settings).get(reference.kind, [])
    return False

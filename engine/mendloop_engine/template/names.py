"""Rules about names: reserved words, duplicates, references to what must exist."""

from collections.abc import Iterator, Mapping, Sequence

from ..environment import RESERVED
from ..fields import Reference
from ..json_values import Json
from ..nearest import may_guess
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


MOST_BEFORE = 100
"""So many nodes before a route are looked at for fields that may have been meant."""


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
    completing = _Completing(outline)
    for node in outline.nodes.values():
        yield from _edge_references(outline, node, completing)
        yield from _step_references(outline, node)
        for field in node.fields:
            yield from _field_references(outline, field)


def _edge_references(outline: Outline, node: NodeOutline, completing: "_Completing") -> Iterator[Problem]:
    for edge in node.edges:
        for key, name in (("to", edge.to), ("exit", edge.exit)):
            if name is not None:
                yield from _node_reference(outline, name, deeper(edge.at, key), node.id)
        reason = edge.doc.get("reason_field")
        if isinstance(reason, str) and node.id not in completing.nodes_after(reason):
            at = deeper(edge.at, "reason_field")
            known = completing.fields_of(node) if may_guess() else []
            yield Problem("reference.unknown_field", at, node.id, suggested(reason, known))


class _Completing:
    """The steps whose completion can take a node's routes: itself, or those that lead there without another step."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._after: dict[str, set[str]] = {}
        self._sources: dict[str, list[str]] = {}
        for node in outline.nodes.values():
            for edge in node.edges:
                for to in {edge.to, edge.exit} - {None}:
                    self._sources.setdefault(str(to), []).append(node.id)

    def nodes_after(self, field: str) -> set[str]:
        """The nodes whose routes are taken when a step with that field is completed."""
        if field not in self._after:
            steps = [node.id for node in self._outline.steps() if any(each.id == field for each in node.fields)]
            self._after[field] = self._reached(steps)
        return self._after[field]

    def _reached(self, steps: list[str]) -> set[str]:
        found, waiting = set(steps), list(steps)
        while waiting:
            for edge in self._outline.nodes[waiting.pop()].edges:
                for to in (edge.to, edge.exit):
                    node = self._outline.nodes.get(to) if to is not None else None
                    if node is not None and node.kind != "step" and node.id not in found:
                        found.add(node.id)
                        waiting.append(node.id)
        return found

    def fields_of(self, node: NodeOutline) -> list[str]:
        """The fields of those steps."""
        found, waiting = {node.id: None}, [node.id]
        while waiting and len(found) < MOST_BEFORE:
            name = waiting.pop()
            if self._outline.nodes[name].kind != "step":
                fresh = [each for each in self._sources.get(name, ()) if each not in found]
                found |= dict.fromkeys(fresh)
                waiting += fresh
        steps = (self._outline.nodes[name] for name in found if self._outline.nodes[name].kind == "step")
        return list(dict.fromkeys(field.id for step in steps for field in step.fields))


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

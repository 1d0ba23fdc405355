"""The names and functions that can be written into an expression, for completion."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mendloop_engine.expressions import Type
from mendloop_engine.expressions.signatures import FUNCTIONS, Signature
from mendloop_engine.template.outline import FieldOutline, NodeOutline, Outline
from mendloop_engine.template.scope import Scope

from mendloop.words import LANGUAGES, catalogue

MOST_NAMES = 5_000
FUNCTION = "checking.function."
MEMBER = "checking.member."
MACROS: Mapping[str, tuple[str, str]] = {
    "all": ("list.all(x, …)", "bool"),
    "exists": ("list.exists(x, …)", "bool"),
    "exists_one": ("list.exists_one(x, …)", "bool"),
    "filter": ("list.filter(x, …)", "list"),
    "map": ("list.map(x, …)", "list"),
    "has": ("has(…)", "bool"),
}
_LABELLED = ("items", "shots", "options", "fixed")


@dataclass(frozen=True, slots=True)
class Name:
    """Something that can be read: `steps.measure.runout.value`."""

    name: str
    type: Type
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the profile. `member`: it is written behind a dot; each signature as a designer would write it."""

    name: str
    member: bool
    signatures: tuple[str, ...]
    result: str
    label: Mapping[str, str]


def names_at(outline: Outline, scope: Scope, at: str, prefix: str) -> list[Name]:
    """What can be read in this scope, the step's own fields first; only names that begin with `prefix`."""
    node = outline.nodes[at.split("/")[2].replace("~1", "/").replace("~0", "~")]
    found = (name for name in _all_names(outline, scope, node, prefix) if name.name.startswith(prefix))
    return list(islice(found, MOST_NAMES))


def _all_names(outline: Outline, scope: Scope, node: NodeOutline, prefix: str) -> Iterator[Name]:
    for field in node.fields:
        yield from _of_field(field, field.id)
    if "item" in scope.names:
        yield Name("item", scope.names["item"], _words("item"))
        for column in _columns(node, at_type=scope.names["item"]):
            yield from _of_field(column, f"item.{column.id}")
    yield from _of_type("order", scope.names["order"], _words("order"))
    yield Name("now", scope.names["now"], _words("now"))
    for step in outline.steps():
        for around in ("steps", "visits"):
            if f"{around}.{step.id}".startswith(prefix[: len(f"{around}.{step.id}")]):
                yield from _of_step(step, around, scope.names[around].members[step.id])


def _columns(node: NodeOutline, at_type: Type) -> tuple[FieldOutline, ...]:
    wanted = set(at_type.members)
    return next((field.columns for field in node.fields if {each.id for each in field.columns} == wanted), ())


def _of_step(step: NodeOutline, around: str, kind: Type) -> Iterator[Name]:
    yield Name(f"{around}.{step.id}", kind, step.doc.get("title") or {})
    if around == "steps":
        for field in step.fields:
            yield from _of_field(field, f"steps.{step.id}.{field.id}")


def _of_field(field: FieldOutline, name: str) -> Iterator[Name]:
    label = field.doc.get("label") or {}
    yield Name(name, field.cel, label)
    labels = {entry["id"]: entry.get("label") or {} for entry in _entries(field)}
    for member, kind in field.cel.members.items():
        own = labels.get(member) or _words(member)
        yield Name(f"{name}.{member}", kind, own)
        for inner, inner_kind in kind.members.items():
            yield Name(f"{name}.{member}.{inner}", inner_kind, _joined(own, _words(inner)))


def _entries(field: FieldOutline) -> Iterator[Mapping[str, Any]]:
    for key in _LABELLED:
        for entry in field.doc.get(key) or ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield entry


def _of_type(name: str, kind: Type, label: Mapping[str, str]) -> Iterator[Name]:
    yield Name(name, kind, label)
    for member, inner in kind.members.items():
        yield Name(f"{name}.{member}", inner, _words(f"{name}.{member}"))


def _words(key: str) -> Mapping[str, str]:
    """What a member that every field of a type has is called; nothing for one that only a plugin knows."""
    found = {language: catalogue(language).get(MEMBER + key, "") for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def _joined(one: Mapping[str, str], other: Mapping[str, str]) -> Mapping[str, str]:
    return {language: " · ".join(filter(None, (one.get(language), other.get(language)))) for language in LANGUAGES}


def functions() -> list[Function]:
    """All functions of the profile, with a line that explains each in both languages."""
    plain = [_function(name, signatures) for name, signatures in FUNCTIONS.items()]
    return plain + [
        Function(name, name != "has", (shown,), to, _explained(name)) for name, (shown, to) in MACROS.items()
    ]


def _function(name: str, signatures: tuple[Signature, ...]) -> Function:
    if not signatures:  # the two that take any count of numbers
        return Function(name, False, (f"{name}(double, …)",), "double", _explained(name))
    member = any(each.member for each in signatures)
    shown = dict.fromkeys(_shown(name, each) for each in signatures if each.member == member)
    return Function(name, member, tuple(shown), str(signatures[0].result), _explained(name))


def _shown(name: str, signature: Signature) -> str:
    kinds = [str(each) for each in signature.parameters]
    if signature.member:
        return f"{kinds[0]}.{name}({', '.join(kinds[1:])})"
    return f"{name}({', '.join(kinds)})"


def _explained(name: str) -> Mapping[str, str]:
    return {language: catalogue(language)[FUNCTION + name] for language in LANGUAGES}

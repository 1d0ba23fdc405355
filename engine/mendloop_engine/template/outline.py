"""A template's nodes and fields as far as they can be read, with their settings filled in and their types known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from ..expressions import DYN, Type, object_of
from ..fields import FieldType, FieldTypes
from ..json_values import Json
from ..problems import deeper
from .shape import Shaped

Doc: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EdgeOutline:
    """One route; `to` and `exit` are None when they cannot be read."""

    id: str
    at: str
    doc: Doc

    @property
    def to(self) -> str | None:
        """The node it leads to."""
        return self.doc.get("to")

    @property
    def exit(self) -> str | None:
        """The node it leads to once its limit is reached."""
        return self.doc.get("exit")

    @property
    def rework(self) -> bool:
        """Whether it goes back."""
        return self.doc.get("rework") is True


@dataclass(frozen=True, slots=True)
class FieldOutline:
    """One field or column. `type` is None and `cel` dynamic while it cannot be read."""

    id: str
    at: str
    element: str
    doc: Doc
    type: FieldType | None
    settings: Mapping[str, Json]
    cel: Type
    columns: tuple["FieldOutline", ...]


@dataclass(frozen=True, slots=True)
class NodeOutline:
    """One node; `kind` is empty when it cannot be read."""

    id: str
    at: str
    kind: str
    doc: Doc
    edges: tuple[EdgeOutline, ...]
    fields: tuple[FieldOutline, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All nodes by name, and the readable document."""

    document: Doc
    nodes: Mapping[str, NodeOutline]

    def steps(self) -> Iterator[NodeOutline]:
        """Only the steps."""
        return (node for node in self.nodes.values() if node.kind == "step")

    def steps_type(self) -> Mapping[str, Type]:
        """The type of each step's answers."""
        return {step.id: object_of({field.id: field.cel for field in step.fields}) for step in self.steps()}


def outline(shaped: Shaped, types: FieldTypes) -> Outline:
    """The outline of what fits."""
    nodes = shaped.document.get("nodes")
    docs = nodes if isinstance(nodes, dict) else {}
    return Outline(shaped.document, {name: _node(name, doc or {}, shaped, types) for name, doc in docs.items()})


def _node(name: str, doc: Doc, shaped: Shaped, types: FieldTypes) -> NodeOutline:
    at = deeper("/nodes", name)
    edges = tuple(
        EdgeOutline(f"{name}/{index}", deeper(at, "next", index), edge or {})
        for index, edge in enumerate(doc.get("next") or [])
    )
    fields = tuple(_fields(doc.get("fields"), deeper(at, "fields"), name, name, shaped, types))
    return NodeOutline(name, at, doc.get("kind", ""), doc, edges, fields)


def _fields(docs: Any, at: str, step: str, around: str, shaped: Shaped, types: FieldTypes) -> Iterator[FieldOutline]:
    for index, doc in enumerate(docs or []):
        if isinstance(doc, Mapping) and isinstance(doc.get("id"), str):
            yield _field(doc, deeper(at, index), step, around, shaped, types)


def _field(doc: Doc, at: str, step: str, around: str, shaped: Shaped, types: FieldTypes) -> FieldOutline:
    name = doc["id"]
    element = f"{around}.{name}"
    field_type = types.get(doc.get("type", ""))
    columns = tuple(_fields(doc.get("columns"), deeper(at, "columns"), step, element, shaped, types))
    if field_type is None or not shaped.fits(at):
        return FieldOutline(name, at, element, doc, None, {}, DYN, columns)
    properties = cast("Doc", field_type.schema["properties"])
    settings = field_type.filled(
        fill({"properties": properties}, {k: v for k, v in doc.items() if k in properties}), step
    )
    if field_type.has_columns:
        known: list[Json] = [{"id": column.id, "cel": cast("Json", column.cel.to_json())} for column in columns]
        settings = {**settings, "columns": known}
    return FieldOutline(name, at, element, doc, field_type, settings, field_type.cel_type(settings), columns)


def fill(schema: Any, value: Any) -> Any:
    """`value` with the schema's defaults, and null for what has none."""
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        return [fill(schema["items"], item) for item in value]
    if not isinstance(value, Mapping) or "properties" not in schema:
        return value
    filled = {
        name: fill(each, value[name]) if name in value else each.get("default")
        for name, each in schema["properties"].items()
    }
    return {**filled, **{name: item for name, item in value.items() if name not in filled}}

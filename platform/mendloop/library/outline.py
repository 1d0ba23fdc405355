"""A template's steps as a list that a person can read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mendloop.library.reading_order import reading_order
from mendloop.words import local


@dataclass(frozen=True, slots=True)
class Way:
    """Where a step leads: to another node's title, for a reason, perhaps back."""

    to: str
    label: str
    rework: bool


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """One node as a page shows it; `number` counts the steps only."""

    number: int | None
    kind: str
    title: str
    role: str
    role_title: Mapping[str, str]
    minutes: float
    field_types: tuple[str, ...]
    ways: tuple[Way, ...]


def outline(document: str, language: str) -> list[OutlineNode]:
    """The nodes in the order in which a person would read the flow."""
    template = json.loads(document)
    nodes: dict[str, Any] = template["nodes"]
    ordered = _reading_order(template["start"], nodes)
    numbers = {name: index for index, name in enumerate((n for n in ordered if nodes[n]["kind"] == "step"), 1)}
    return [_describe(name, template, numbers, language) for name in ordered]


def _reading_order(start: str, nodes: Mapping[str, Any]) -> list[str]:
    """A node stands after everything that leads to it; where ways part, the usual one (the last) goes on first."""
    ordered = reading_order([start], {name: _ways_on(node, nodes) for name, node in nodes.items()})
    return sorted(ordered, key=lambda name: nodes[name]["kind"] == "end")


def _ways_on(node: Mapping[str, Any], nodes: Mapping[str, Any]) -> list[str]:
    return [edge["to"] for edge in node.get("next", []) if edge["to"] in nodes and not edge.get("rework")]


def _describe(name: str, template: Mapping[str, Any], numbers: Mapping[str, int], language: str) -> OutlineNode:
    nodes = template["nodes"]
    node = nodes[name]
    return OutlineNode(
        number=numbers.get(name),
        kind=node["kind"],
        title=_title(name, node, language),
        role=node.get("role", ""),
        role_title=template["roles"].get(node.get("role"), {}).get("title") or {},
        minutes=float(node.get("standard_minutes", 0)),
        field_types=tuple(dict.fromkeys(field["type"] for field in node.get("fields", []))),
        ways=tuple(_way(edge, nodes, language) for edge in node.get("next", [])),
    )


def _way(edge: Mapping[str, Any], nodes: Mapping[str, Any], language: str) -> Way:
    to = edge["to"]
    return Way(_title(to, nodes.get(to, {}), language), local(edge.get("label"), language), bool(edge.get("rework")))


def _title(name: str, node: Mapping[str, Any], language: str) -> str:
    return local(node.get("title"), language) or name.replace("_", " ")

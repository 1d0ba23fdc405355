"""What hostile drafts are made of."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from engine_bench import step, template

Json = dict[str, Any]
BYTES = 1_950_000
"""A request with a draft may have two million."""


FIELDS = 10_000
"""More are refused at once."""


def count_of(fields: list[Json]) -> int:
    return sum(1 + count_of(field.get("columns", [])) for field in fields)


def filled(parts: Iterator[tuple[str, Json]], most: int = 4_990) -> dict[str, Json]:
    """As many of the nodes as a request holds."""
    nodes: dict[str, Json] = {}
    size = fields = 0
    for name, node in parts:
        size += len(json.dumps(node, ensure_ascii=False).encode()) + len(name) + 6
        fields += count_of(node.get("fields", []))
        if size > BYTES or len(nodes) >= most or fields > FIELDS:
            break
        nodes[name] = node
    return nodes


def steps_of(fields: Callable[[int], list[Json]], **more: Any) -> Json:
    """A row of steps; all of them are reached."""

    def parts() -> Iterator[tuple[str, Json]]:
        for number in range(5_000):
            yield f"s{number}", step(*fields(number), to=f"s{number + 1}", **more)

    nodes = filled(parts())
    nodes[f"s{len(nodes) - 1}"]["next"] = [{"to": "done"}]
    return template(nodes, start="s0")


def text_field(name: str, **more: Any) -> Json:
    return {"id": name, "type": "text", **more}

"""Rules about the names that scenarios use."""

from collections.abc import Iterator
from typing import Any

from ..problems import Problem, deeper
from .names import suggested
from .outline import Outline


def scenario_problems(outline: Outline) -> Iterator[Problem]:
    """Steps, roles and fields that a scenario names and that are not there."""
    for index, scenario in enumerate(outline.document.get("scenarios") or []):
        if not scenario:
            continue
        at, name = deeper("/scenarios", index), scenario.get("name", str(index))
        for position, act in enumerate(scenario.get("acts") or []):
            yield from _act_problems(outline, act or {}, deeper(at, "acts", position), name)
        yield from _expect_problems(outline, scenario.get("expect") or {}, deeper(at, "expect"), name)


def _act_problems(outline: Outline, act: dict[str, Any], at: str, element: str) -> Iterator[Problem]:
    yield from _known(outline, act.get("step"), deeper(at, "step"), element, "step")
    role = str(act.get("by", "")).partition(":")[0]
    roles = outline.document.get("roles") or {}
    if role and role not in roles:
        yield Problem("reference.unknown_role", deeper(at, "by"), element, suggested(role, list(roles)))
    node = outline.nodes.get(act.get("step", ""))
    fields = [field.id for field in node.fields] if node else []
    for name in act.get("answers") or {}:
        if node and name not in fields:
            where = deeper(at, "answers", name)
            yield Problem("reference.unknown_field", where, element, suggested(name, fields))


def _expect_problems(outline: Outline, expect: dict[str, Any], at: str, element: str) -> Iterator[Problem]:
    for key, kind in (("visits", "step"), ("joins", "join"), ("open", "step"), ("completed", "step")):
        names = expect.get(key) or []
        for position, name in enumerate(names):
            where = deeper(at, key, name if isinstance(names, dict) else position)
            yield from _known(outline, name, where, element, kind)


def _known(outline: Outline, name: Any, at: str, element: str, kind: str) -> Iterator[Problem]:
    if not isinstance(name, str):
        return
    node = outline.nodes.get(name)
    if node is None:
        yield Problem("reference.unknown_node", at, element, suggested(name, list(outline.nodes)))
    elif node.kind and node.kind != kind:
        yield Problem(f"reference.not_a_{kind}", at, element, {"name": name})

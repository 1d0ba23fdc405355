"""How far an order has come: the same flow and figures as in `platform/runner/test/progress.test.ts`."""

from collections.abc import Sequence
from typing import Any

import pytest
from mendloop.work_orders.progress import progress_of
from mendloop_engine.plan import Plan
from mendloop_engine.template import Template, compile_plan, parse_template

Json = dict[str, Any]


def words(text: str) -> Json:
    return {"zh-CN": text, "en": text}


def step(*following: Json) -> Json:
    return {"kind": "step", "role": "engineer", "title": words("step"), "fields": [], "next": list(following)}


def to(node: str, **more: Any) -> Json:
    return {"to": node, **more}


SHOP: Json = {
    "format": 1,
    "key": "test.shop",
    "title": words("Shop"),
    "applies_to": [{"product": "shop/*"}],
    "roles": {"engineer": {"title": words("Engineer")}},
    "start": "a",
    "nodes": {
        "a": step(to("split")),
        "split": {"kind": "parallel", "title": words("split"), "join": "meet", "next": [to("b"), to("c")]},
        "b": step(to("meet")),
        "c": step(to("c2")),
        "c2": step(to("meet")),
        "meet": {"kind": "join", "title": words("meet"), "next": [to("check")]},
        "check": {
            **step(to("a", rework=True, when="!ok", label=words("again")), to("done")),
            "fields": [{"id": "ok", "type": "boolean", "label": words("ok"), "required": True}],
        },
        "done": {"kind": "end", "outcome": "repaired"},
    },
}


@pytest.fixture(scope="module")
def shop() -> Plan:
    found = parse_template(SHOP)
    assert isinstance(found, Template), found
    return compile_plan(found)


@pytest.mark.parametrize(
    ("active", "completed", "done", "of"),
    [
        (["a"], [], 0, 5),
        (["b", "c"], ["a"], 1, 5),
        (["check"], ["a", "b", "c", "c2", "check"], 4, 5),
        (["a"], ["a", "b", "c", "c2", "check"], 0, 5),
        ([], ["a", "b", "c", "c2", "check"], 5, 5),
    ],
    ids=["at the start", "in two branches", "at the check again", "all once more", "at the end"],
)
def test_progress_counts_each_expected_step_once(
    shop: Plan, active: Sequence[str], completed: Sequence[str], done: int, of: int
) -> None:
    found = progress_of(shop, {"active": {f"{node}#1": {"node": node} for node in active}}, set(completed))

    assert (found.done, found.of) == (done, of)

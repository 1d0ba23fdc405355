"""A safety gate whose locks may still be on at an end is told where it is; one that every way takes off is not."""

import json
from pathlib import Path
from typing import Any

import pytest
from engine_bench import words
from mendloop_engine import Problems, parse_template

Document = dict[str, Any]
GATE = {"id": "loto", "type": "safety_gate", "label": words("g"), "points": ["MCC-12"]}
OFF = {"id": "off", "type": "safety_gate", "label": words("o"), "removes": "isolate.loto"}
TOLD = [("flow.left_locked", "/nodes/isolate/fields/0", ["done"])]


def step(*fields: Document, to: list[Document]) -> Document:
    return {"kind": "step", "role": "engineer", "title": words("s"), "fields": list(fields), "next": to}


def template(**nodes: Document) -> Document:
    end = {"kind": "end", "title": words("e"), "outcome": "repaired"}
    return {
        "format": 1, "key": "k", "title": words("t"), "roles": {"engineer": {"title": words("r")}}, "start": "isolate",
        "nodes": {**nodes, "done": end},
    }  # fmt: skip


def told(document: Document) -> list[tuple[str, str, Any]]:
    parsed = parse_template(document)
    assert not isinstance(parsed, Problems), parsed
    return [(each.code, each.at, each.params["ends"]) for each in parsed.warnings if each.code == "flow.left_locked"]


def test_a_gate_that_nothing_takes_off_is_told() -> None:
    document = template(isolate=step(GATE, to=[{"to": "done"}]))
    assert told(document) == TOLD
    assert "isolate.loto" in str(next(iter(parse_template(document).warnings)))  # type: ignore[union-attr]


def test_a_gate_that_every_way_takes_off_is_not_told() -> None:
    choice = step(to=[{"when": "order.warranty", "to": "near"}, {"to": "far"}])
    ways = {name: step(OFF, to=[{"to": "done"}]) for name in ("near", "far")}
    assert told(template(isolate=step(GATE, to=[{"to": "look"}]), look=choice, **ways)) == []


def test_one_way_that_passes_the_removal_by_is_told() -> None:
    choice = step(to=[{"when": "order.warranty", "to": "off"}, {"to": "done"}])
    document = template(isolate=step(GATE, to=[{"to": "look"}]), look=choice, off=step(OFF, to=[{"to": "done"}]))
    assert told(document) == TOLD


def test_the_exit_of_rework_is_a_way() -> None:
    again = {"when": "order.warranty", "to": "isolate", "rework": True, "limit": 2, "exit": "given_up"}
    nodes = {
        "isolate": step(GATE, to=[{"to": "look"}]),
        "look": step(to=[again, {"to": "off"}]),
        "off": step(OFF, to=[{"to": "done"}]),
        "given_up": {"kind": "end", "title": words("e"), "outcome": "scrapped"},
    }
    assert told(template(**nodes)) == [("flow.left_locked", "/nodes/isolate/fields/0", ["given_up"])]


@pytest.mark.parametrize(("when", "found"), [({}, []), ({"when": "order.warranty"}, TOLD)])
def test_a_removal_in_a_branch_counts_when_the_branch_is_always_gone_through(when: Document, found: Any) -> None:
    nodes = {
        "isolate": step(GATE, to=[{"to": "split"}]),
        "split": {"kind": "parallel", "join": "both", "next": [{"to": "left"}, {"to": "right", **when}]},
        "left": step(to=[{"to": "both"}]),
        "right": step(OFF, to=[{"to": "both"}]),
        "both": {"kind": "join", "next": [{"to": "done"}]},
    }
    assert told(template(**nodes)) == found


def test_a_removal_that_may_be_left_out_or_is_never_shown_is_none() -> None:
    for off in ({**OFF, "required": False}, {**OFF, "visible": False}):
        document = template(isolate=step(GATE, to=[{"to": "off"}]), off=step(off, to=[{"to": "done"}]))
        assert told(document) == TOLD


def test_no_builtin_template_leaves_a_lock_on(checkout: Path) -> None:
    files = sorted(path for path in (checkout / "builtin_templates").rglob("*.json") if '"nodes"' in path.read_text())
    assert len(files) >= 4
    assert [found for path in files for found in told(json.loads(path.read_text(encoding="utf-8")))] == []


def test_thousands_of_gates_are_not_looked_at_for_long() -> None:
    nodes = {f"s{number}": step({**GATE, "id": f"g{number}"}, to=[{"to": f"s{number + 1}"}]) for number in range(1_500)}
    document = template(**nodes, s1500=step(to=[{"to": "done"}])) | {"start": "s0"}
    parsed = parse_template(document)
    assert not isinstance(parsed, Problems)
    assert "flow.too_large_to_decide" in {each.code for each in parsed.warnings}

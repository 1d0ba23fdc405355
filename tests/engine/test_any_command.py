"""Properties that hold for every command, sensible or not."""

import json
from typing import Any

import pytest
from engine_bench import HASH, Bench, plan_of, step, template, words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop_engine import Accepted, MemoryHistory, Refused, State, decide, event_from_json, evolve
from mendloop_engine.commands import COMMAND_TYPES

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
MOMENTS = st.sampled_from(["2026-01-05T08:00:00.000Z", "2026-01-05T07:00:00.000Z", "2026-02-30T08:00:00.000Z"])
PHOTO = {"photo": HASH, "source": "camera", "at": "2026-01-05T08:00:00.000Z"}
SENSIBLE: dict[str, list[Any]] = {
    "loto": [{"closed": True}],
    "runout": [{"value": 0.01}, {"value": 0.09, "reason": "worn"}, {"value": 9}, {"value": -0.0}],
    "pics": [{"front": [PHOTO]}, {"front": [PHOTO, PHOTO]}, {"side": [PHOTO]}, {"front": []}],
    "list": [{"seal": {"result": "ok"}}, {"seal": {"result": "not_ok"}}, {"seal": {"result": "na", "note": "x"}}],
    "used": [[{"part": "S-1", "quantity": 1, "action": "used"}], [{"part": "S-1", "quantity": 0, "action": "used"}]],
    "code": [[{"code": "P-101"}], [{"code": "X"}, {"code": "Y"}]],
    "when": ["2026-01-05", "2026-13-05", "x"],
    "which": [["a"], ["b", "a", "a"], ["z"]],
    "sign": [{"name": "Ada", "image": HASH}, {"name": " ", "image": HASH}],
    "log": [[{"depth": 1}], [{"depth": "x"}], [{"zz": 1}], [{}]],
}
ANSWERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(some) | JSON for name, some in SENSIBLE.items()})
MEMBERS = {
    "by": st.sampled_from(["ada", "bo", "cy"]),
    "roles": st.sampled_from([["engineer"], ["inspector"], []]),
    "at": MOMENTS,
}
OPTIONAL = {
    "visit": st.sampled_from(["all#1", "all#2", "check#1", "done#1"]),
    "answers": ANSWERS | JSON,
    "reasons": st.dictionaries(st.sampled_from(["runout", "zz"]), st.text(max_size=3)),
    "rework_reason": st.text(max_size=3),
    "reason": st.sampled_from(["break", "x", ""]),
    "field": st.sampled_from(["loto", "runout", "zz"]),
    "point": st.sampled_from(["V1", "V2"]),
    "photo": st.just(HASH),
    "text": st.sampled_from(["leak", " "]),
    "severity": st.sampled_from(["note", "awful"]),
    "person": st.none() | st.text(max_size=3),
    "order": JSON,
}
COMMANDS = st.fixed_dictionaries(
    {"type": st.sampled_from([*COMMAND_TYPES, "Nothing"]), **MEMBERS}, optional={**OPTIONAL, "note": JSON}
)


def everything() -> dict[str, Any]:
    option = [{"id": name, "label": words(name)} for name in "ab"]
    fields: list[dict[str, Any]] = [
        {"id": "loto", "type": "safety_gate", "points": ["V1"], "required": False},
        {"id": "runout", "type": "reading", "unit": "mm", "soft_limit": 0.05, "hard_limit": [0, 1], "required": False},
        {"id": "pics", "type": "photo", "required": "has(runout)", "shots": [{"id": "front", "label": words("f")}]},
        {"id": "list", "type": "checklist", "required": False, "items": [
            {"id": "seal", "label": words("s"), "allow_na": False, "not_ok": {"note": True}}]},
        {"id": "used", "type": "parts", "lines": [{"part": "S-1", "required": True, "faults": ["X*"]}]},
        {"id": "code", "type": "scan", "expect": "asset"},
        {"id": "when", "type": "date"},
        {"id": "which", "type": "multi_choice", "options": option, "max": 1},
        {"id": "sign", "type": "signature", "required": False},
        {"id": "log", "type": "table", "columns": [{"id": "depth", "type": "number", "label": words("d")}]},
        {"id": "sum", "type": "number", "value": "runout.value * 2.0"},
    ]  # fmt: skip
    return template(
        {
            "all": step(*fields, to="check"),
            "check": step(
                role="inspector", next=[{"to": "all", "when": "now > order.created", "rework": True}, {"to": "done"}]
            ),
        },
        start="all",
    )


PLAN = plan_of(everything())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(COMMANDS, max_size=12))
def test_any_commands_in_any_order_keep_every_promise(commands: list[Any]) -> None:
    bench = Bench(PLAN)
    bench.start("all")
    for command in commands:
        judge(bench, command)


def judge(bench: Bench, command: Any) -> None:
    """Never raises; evolving the events gives the state; all of it survives JSON; the same answer comes twice."""
    before = bench.state
    decision = decide(PLAN, before, command, bench.history)
    assert decide(PLAN, through_json(before), command, bench.history) == decision
    if isinstance(decision, Refused):
        assert decision.problems
        return
    state = before
    for event in decision.events:
        kept = json.loads(json.dumps(event.to_json(), allow_nan=False))
        assert event_from_json(kept).to_json() == event.to_json()
        state = evolve(state, event_from_json(kept))
        bench.history.apply(event)
    assert state == decision.state == through_json(decision.state)
    assert all(visit.worked_ms >= 0 for visit in state.active.values())
    assert state.status != "open" or state.active, "an open order waits for somebody"
    bench.state = decision.state


def through_json(state: State) -> State:
    return State.from_json(json.loads(json.dumps(state.to_json())))


@given(JSON)
def test_any_json_is_a_command_that_is_refused(command: Any) -> None:
    decision = decide(PLAN, Bench(PLAN).state, command, MemoryHistory())
    assert isinstance(decision, Refused)


@pytest.mark.parametrize("number", [2**53, -(2**53), float("nan"), float("inf"), 1e300])
def test_numbers_that_not_everybody_can_keep_are_refused(number: float) -> None:
    bench = Bench(plan_of(template({"work": step({"id": "n", "type": "number"})})))
    visit = bench.start("work")
    assert bench.refuse("RecordAnswers", visit=visit, answers={"n": number}) == [("command.invalid", "/answers")]


def test_minus_zero_becomes_zero() -> None:
    bench = Bench(plan_of(template({"work": step({"id": "n", "type": "number"})})))
    bench.complete("work", answers={"n": -0.0})
    assert json.dumps(bench.events[-2].answers) == '{"n": 0}'


def test_a_moment_has_one_form_only() -> None:
    bench = Bench(PLAN)
    for at in ("2026-01-05T08:00:00Z", "2026-02-30T08:00:00.000Z", "2026-01-05T08:00:00.000+00:00", 3):
        decision = decide(PLAN, bench.state, {"type": "AssignOrder", "by": "a", "roles": [], "at": at, "person": None},
                          bench.history)  # fmt: skip
        assert isinstance(decision, Refused)
    assert isinstance(bench.send("AssignOrder", person=None), Accepted)

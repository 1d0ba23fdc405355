"""Clocked time: what an order's events say about who worked, travelled and waited, and when."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.clocked import Clocked, clocked_time, kind_of_pause, kind_of_step
from mendloop.work_orders.clocked import clocked_intervals as intervals_of
from mendloop_engine import Template, compile_plan, parse_template
from mendloop_engine.plan import Plan
from mendloop_engine.time import parse_moment

Visit = Callable[..., Visitor]
PAUSES = ("travel_to_depot", "waiting_parts", "waiting_job_site", "own_reason", "break")
STEPS = ("travel_out", "drive", "repair", "travelled_distance")
Told = tuple[str, str, dict[str, Any]]


def template(steps: dict[str, dict[str, str]], reasons: list[dict[str, Any]]) -> dict[str, Any]:
    names = [*steps, "done"]
    nodes: dict[str, Any] = {
        name: {"kind": "step", "title": {"en": name}, "role": "engineer", "next": [{"to": names[place + 1]}], **said}
        for place, (name, said) in enumerate(steps.items())
    }
    nodes["done"] = {"kind": "end", "outcome": "repaired"}
    head = {"format": 1, "key": "clocked", "title": {"en": "Clocked"}, "languages": ["en"], "roles": {"engineer": {}}}
    return head | {"start": names[0], "nodes": nodes} | ({"pause_reasons": reasons} if reasons else {})


def plan_of(steps: dict[str, dict[str, str]], reasons: list[dict[str, Any]] | None = None) -> Plan:
    parsed = parse_template(template(steps, reasons or []))
    assert isinstance(parsed, Template), list(parsed)
    return compile_plan(parsed)


def before_it_could_be_said(plan: Plan) -> Plan:
    """The same as an earlier release compiled it."""
    found: Any = json.loads(json.dumps(plan.to_json()))
    for each in (*found["nodes"].values(), *found["pause_reasons"]):
        each.pop("time", None)
    return Plan.from_json(found)


OLD = before_it_could_be_said(
    plan_of(
        {name: {} for name in dict.fromkeys(("repair", "a", "b", *STEPS))},
        [{"id": each, "label": {"en": each}} for each in PAUSES],
    )
)


def clocked_intervals(events: list[tuple[int, dict[str, Any]]]) -> list[Clocked]:
    return intervals_of(events, OLD)


def ms(clock: str) -> int:
    found = parse_moment(f"2026-11-23T{clock}:00.000Z")
    assert found is not None
    return found


def told(*events: Told) -> list[tuple[int, dict[str, Any]]]:
    return [
        (number, {"type": type_, "by": "ada", "at": f"2026-11-23T{clock}:00.000Z", **more})
        for number, (type_, clock, more) in enumerate(events, start=1)
    ]


def test_a_step_is_work_from_its_start_to_its_end() -> None:
    events = told(("StepStarted", "09:00", {"visit": "repair#1"}), ("StepCompleted", "09:40", {"visit": "repair#1"}))
    assert clocked_intervals(events) == [Clocked("ada", "work", "repair#1", ms("09:00"), ms("09:40"), (1, 2))]


def test_a_pause_is_waiting_and_who_resumes_works_on() -> None:
    events = told(
        ("StepStarted", "09:00", {"visit": "repair#1"}),
        ("StepPaused", "09:10", {"visit": "repair#1", "reason": "waiting_parts", "note": None}),
        ("StepResumed", "09:30", {"visit": "repair#1", "by": "bo"}),
        ("StepCompleted", "09:40", {"visit": "repair#1", "by": "bo"}),
    )
    assert [(it.person, it.kind, it.start, it.end) for it in clocked_intervals(events)] == [
        ("ada", "work", ms("09:00"), ms("09:10")),
        ("ada", "waiting", ms("09:10"), ms("09:30")),
        ("bo", "work", ms("09:30"), ms("09:40")),
    ]


@pytest.mark.parametrize("reason", ["break", "meal_break", "end_of_shift", "shift_end", "other_job", "urgent_job"])
def test_a_pause_for_something_else_is_nobodys_time(reason: str) -> None:
    events = told(
        ("StepStarted", "09:00", {"visit": "repair#1"}),
        ("StepPaused", "09:10", {"visit": "repair#1", "reason": reason, "note": None}),
        ("StepResumed", "19:30", {"visit": "repair#1"}),
        ("StepCompleted", "19:40", {"visit": "repair#1"}),
    )
    assert sum((it.end or 0) - it.start for it in clocked_intervals(events)) == 20 * 60_000


def test_in_an_old_plan_travel_is_what_is_called_so() -> None:
    assert [kind_of_pause(OLD, reason) for reason in PAUSES] == [
        "travel", "waiting", "waiting", "waiting", None
    ]  # fmt: skip
    assert [kind_of_step(OLD.step(node)) for node in STEPS] == ["travel", "travel", "work", "work"]


def test_a_plan_says_what_time_is_whatever_things_are_called() -> None:
    said = {"drive": {}, "on_the_way": {"time": "travel"}}
    reasons = [{"id": "break"}, {"id": "permit", "time": "elsewhere"}, {"id": "to_the_depot", "time": "travel"}]
    plan = plan_of(said, [{**each, "label": {"en": "Reason"}} for each in reasons])
    assert [kind_of_step(plan.step(node)) for node in said] == ["work", "travel"]
    assert [kind_of_pause(plan, each["id"]) for each in reasons] == ["waiting", None, "travel"]


def test_the_usual_reasons_say_which_of_them_are_not_this_order() -> None:
    plan = plan_of({"repair": {}})
    told = {str(each["id"]): kind_of_pause(plan, str(each["id"])) for each in plan.pause_reasons}
    assert [name for name, kind in told.items() if kind is None] == ["other_job", "break", "end_of_shift"]
    assert told == {name: kind_of_pause(before_it_could_be_said(plan), name) for name in told}


def test_what_is_not_ended_is_open() -> None:
    (found,) = clocked_intervals(told(("StepStarted", "09:00", {"visit": "repair#1"})))
    assert found.end is None


def test_a_clock_that_went_backwards_clocks_nothing() -> None:
    events = told(("StepStarted", "09:00", {"visit": "repair#1"}), ("StepCompleted", "08:59", {"visit": "repair#1"}))
    assert clocked_intervals(events) == []


def test_giving_an_order_up_ends_every_clock() -> None:
    events = told(
        ("StepStarted", "09:00", {"visit": "a#1"}),
        ("StepStarted", "09:05", {"visit": "b#1", "by": "bo"}),
        ("OrderCancelled", "09:30", {"reason": "sold", "by": "sue"}),
    )
    assert [(it.visit, it.end) for it in clocked_intervals(events)] == [("a#1", ms("09:30")), ("b#1", ms("09:30"))]


def test_work_in_a_real_record_is_what_the_record_says(database: Database, cast: Cast, visit: Visit) -> None:
    order = put_up(database, cast).open_order(cast.ada)
    work_to_repair(Phone(visit(cast.ada)), order)
    with session_for(database, cast.sue) as session:
        found = clocked_time(session, cast.sue, order)
        first = clocked_time(session, cast.sue, order, until=max(found[0].events))
    assert {it.visit for it in found if it.end is not None} <= {"isolate#1", "measure#1"}
    assert {it.person for it in found} == {cast.ada.person_id}
    assert len(first) == 1

"""Clocked time: what an order's events say about who worked, travelled and waited, and when."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders.clocked import Clocked, clocked_intervals, clocked_time, kind_of_pause, kind_of_step
from mendloop_engine.time import parse_moment

Visit = Callable[..., Visitor]
PAUSES = ("travel_to_depot", "waiting_parts", "waiting_job_site", "own_reason", "break")
Told = tuple[str, str, dict[str, Any]]


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


def test_travel_is_what_is_called_so() -> None:
    assert [kind_of_pause(reason) for reason in PAUSES] == [
        "travel", "waiting", "waiting", "waiting", None
    ]  # fmt: skip
    assert [kind_of_step(node) for node in ("travel_out", "drive", "repair", "travelled_distance")] == [
        "travel", "travel", "work", "work"
    ]  # fmt: skip


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

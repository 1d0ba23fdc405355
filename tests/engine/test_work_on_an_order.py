"""One order through the pump template, and what is refused on the way."""

from typing import Any

import pytest
from engine_bench import Bench, plan_of, step, template, words


@pytest.fixture
def bench(pump: dict[str, Any]) -> Bench:
    return Bench(plan_of(pump), warranty=True)


def isolate(bench: Bench) -> None:
    visit = bench.start("isolate")
    for point in ("MCC-12", "valve V3"):
        bench.accept("LockPoint", visit=visit, field="loto", point=point)
    bench.accept("ConfirmLocks", "bo", visit=visit, field="loto")
    bench.accept("CompleteStep", visit=visit, answers={})


def until_inspection(bench: Bench) -> None:
    isolate(bench)
    bench.complete("measure", answers={"runout": {"value": 0.03}})
    bench.complete("clean")
    bench.complete("paint")
    restore(bench)
    bench.complete("test")


def restore(bench: Bench) -> None:
    visit = bench.start("restore")
    for point in [key.split(".", 2)[2] for key in bench.state.locks]:
        bench.accept("UnlockPoint", visit=visit, field="unlock", point=point)
    bench.accept("CompleteStep", visit=visit, answers={})


def test_an_order_opens_its_first_step(bench: Bench) -> None:
    assert bench.open_nodes() == ["isolate"]
    assert bench.refuse("OpenOrder", order={"number": "1", "created": "2026-01-05T08:00:00.000Z"}) == [
        ("order.already_opened", "")
    ]


def test_a_step_is_started_by_its_role_once(bench: Bench) -> None:
    assert bench.refuse("StartStep", "cy", visit="isolate#1") == [("role.missing", "/roles")]
    assert bench.refuse("StartStep", visit="isolate#2") == [("visit.not_open", "/visit")]
    bench.start("isolate")
    assert bench.refuse("StartStep", visit="isolate#1") == [("visit.not_ready", "/visit")]


def test_a_gate_closes_only_with_every_lock_and_another_persons_word(bench: Bench) -> None:
    visit = bench.start("isolate")
    bench.accept("LockPoint", visit=visit, field="loto", point="MCC-12")
    assert bench.refuse("LockPoint", visit=visit, field="loto", point="MCC-12") == [("safety.already_locked", "/point")]
    assert bench.refuse("LockPoint", visit=visit, field="loto", point="V9") == [("safety.unknown_point", "/point")]
    assert bench.refuse("ConfirmLocks", "bo", visit=visit, field="loto") == [("safety.not_locked", "/field")]
    bench.accept("LockPoint", visit=visit, field="loto", point="valve V3")
    assert bench.refuse("CompleteStep", visit=visit) == [
        ("safety.not_confirmed", "/answers/loto/MCC-12"),
        ("safety.not_confirmed", "/answers/loto/valve V3"),
    ]
    assert bench.refuse("ConfirmLocks", visit=visit, field="loto") == [("safety.second_person_same", "/by")]
    bench.accept("ConfirmLocks", "bo", visit=visit, field="loto")
    assert bench.refuse("ConfirmLocks", "bo", visit=visit, field="loto") == [("safety.nothing_to_confirm", "/field")]
    bench.accept("CompleteStep", visit=visit)
    completed = bench.history.latest("isolate")
    assert completed is not None
    gate: Any = completed.answers["loto"]
    assert gate["closed"] is True
    assert gate["points"]["MCC-12"]["confirmed_by"] == "bo"


def test_only_who_locked_unlocks(bench: Bench) -> None:
    isolate(bench)
    bench.complete("measure", answers={"runout": {"value": 0.03}})
    bench.complete("clean")
    bench.complete("paint")
    visit = bench.start("restore", "bo")
    assert bench.refuse("UnlockPoint", "bo", visit=visit, field="unlock", point="MCC-12") == [
        ("safety.not_your_lock", "/point")
    ]
    assert bench.refuse("CompleteStep", "bo", visit=visit) == [("safety.lock_standing", "/answers/unlock")]


def test_a_wrong_lock_can_be_taken_off_in_the_same_step(bench: Bench) -> None:
    visit = bench.start("isolate")
    bench.accept("LockPoint", visit=visit, field="loto", point="MCC-12")
    assert bench.accept("UnlockPoint", visit=visit, field="loto", point="MCC-12") == ["PointUnlocked"]
    assert not bench.state.locks


def test_nothing_is_energised_and_nothing_cancelled_while_a_lock_stands(pump: dict[str, Any]) -> None:
    to_test = {"when": "runout.value < 0.05", "to": "test", "label": {"zh-CN": "合格", "en": "good"}}
    pump["nodes"]["measure"]["next"] = [to_test, {"to": "restore"}]
    for name in ("replace", "split", "clean", "paint", "together"):
        del pump["nodes"][name]
    pump["nodes"]["inspect"] = {**pump["nodes"]["inspect"], "not_same_person_as": [], "next": [{"to": "done"}]}
    del pump["nodes"]["scrapped"]
    bench = Bench(plan_of(pump))
    isolate(bench)
    bench.complete("measure", answers={"runout": {"value": 0.03}})
    assert bench.refuse("StartStep", visit="test#1") == [("safety.lock_standing", "/visit")]
    assert bench.refuse("CancelOrder", reason="") == [
        ("safety.lock_standing", ""),
        ("cancel.reason_missing", "/reason"),
    ]


def test_an_order_does_not_end_while_a_lock_stands() -> None:
    gate = {"id": "loto", "type": "safety_gate", "points": ["V1"]}
    bench = Bench(plan_of(template({"work": step(gate)})))
    visit = bench.start("work")
    bench.accept("LockPoint", visit=visit, field="loto", point="V1")
    assert bench.refuse("CompleteStep", visit=visit) == [("safety.lock_standing", "/visit")]


def test_a_reading_out_of_tolerance_takes_another_route(bench: Bench) -> None:
    isolate(bench)
    bench.complete("measure", answers={"runout": {"value": 0.06}})
    assert bench.open_nodes() == ["replace"]
    completed = bench.history.latest("measure")
    assert completed is not None
    assert completed.answers == {"runout": {"value": 0.06, "in_tolerance": False}}


def test_a_reading_beyond_its_limits_needs_a_reason_or_is_impossible(bench: Bench) -> None:
    isolate(bench)
    visit = bench.start("measure")
    assert bench.refuse("CompleteStep", visit=visit) == [("answer.missing", "/answers/runout")]
    beyond, impossible = {"runout": {"value": 0.09}}, {"runout": {"value": 50}}
    assert bench.refuse("CompleteStep", visit=visit, answers=beyond) == [
        ("reading.reason_missing", "/answers/runout/reason")
    ]
    assert bench.refuse("RecordAnswers", visit=visit, answers=impossible) == [
        ("reading.impossible", "/answers/runout/value")
    ]
    bench.accept("CompleteStep", visit=visit, answers={"runout": {"value": 0.09, "reason": "worn"}})


def test_branches_run_side_by_side_and_meet(bench: Bench) -> None:
    isolate(bench)
    bench.complete("measure", answers={"runout": {"value": 0.03}})
    assert bench.open_nodes() == ["clean", "paint"]
    assert bench.complete("clean") == ["StepCompleted", "BranchJoined"]
    assert bench.complete("paint") == ["StepCompleted", "BranchJoined", "JoinPassed", "StepOpened"]
    assert not bench.state.joins


def test_a_branch_whose_condition_is_false_is_not_waited_for(pump: dict[str, Any]) -> None:
    bench = Bench(plan_of(pump), warranty=False)
    isolate(bench)
    bench.complete("measure", answers={"runout": {"value": 0.03}})
    assert bench.open_nodes() == ["clean"]
    assert bench.complete("clean")[-1] == "StepOpened"


def test_without_any_branch_the_join_is_passed_at_once(pump: dict[str, Any]) -> None:
    pump["nodes"]["split"]["next"][0]["when"] = "order.warranty"
    bench = Bench(plan_of(pump), warranty=False)
    isolate(bench)
    assert bench.complete("measure", answers={"runout": {"value": 0.03}}) == [
        "StepCompleted", "BranchesStarted", "JoinPassed", "StepOpened",
    ]  # fmt: skip


def test_rework_keeps_the_earlier_attempt_and_needs_a_reason(bench: Bench) -> None:
    until_inspection(bench)
    visit = bench.start("inspect", "cy")
    rejected = {"verdict": "rejected"}
    assert bench.refuse("CompleteStep", "cy", visit=visit, answers=rejected) == [
        ("rework.reason_missing", "/rework_reason")
    ]
    events = bench.accept("CompleteStep", "cy", visit=visit, answers={**rejected, "why": "leaks"})
    assert events == ["StepCompleted", "ReworkTaken", "BranchesStarted", "StepOpened", "StepOpened"]
    assert bench.events[-1].rework == {"edge": "inspect/0", "reason": "leaks", "from": "inspect#1"}
    assert sorted(bench.state.active) == ["clean#2", "paint#2"]
    bench.complete("clean")
    assert [visit.visit for visit in bench.history.completed("clean")] == ["clean#1", "clean#2"]


def test_a_rework_limit_leads_to_its_exit(bench: Bench) -> None:
    until_inspection(bench)
    for _ in range(2):
        bench.complete("inspect", "cy", answers={"verdict": "rejected"}, rework_reason="leaks")
        bench.complete("clean")
        bench.complete("paint")
        restore(bench)
        bench.complete("test")
    events = bench.complete("inspect", "cy", answers={"verdict": "rejected"})
    assert events == ["StepCompleted", "ReworkLimitReached", "OrderEnded"]
    assert (bench.state.status, bench.state.outcome) == ("ended", "scrapped")
    assert bench.refuse("AssignOrder", person="ada") == [("order.not_open", "")]


def test_a_quality_gate_wants_somebody_else() -> None:
    inspect = step(not_same_person_as=["work"])
    bench = Bench(plan_of(template({"work": step(to="inspect"), "inspect": inspect})))
    bench.complete("work")
    assert bench.refuse("StartStep", visit="inspect#1") == [("gate.same_person", "/by")]
    bench.complete("inspect", "bo")
    assert bench.state.status == "ended"


def test_pausing_stops_the_clock_and_another_person_may_go_on() -> None:
    bench = Bench(plan_of(template({"work": step()})))
    visit = bench.start("work")
    assert bench.refuse("PauseStep", "bo", visit=visit, reason="tea") == [
        ("visit.other_person", "/visit"), ("pause.reason_unknown", "/reason"),
    ]  # fmt: skip
    bench.accept("PauseStep", visit=visit, reason="break", note="  ")
    assert bench.refuse("CompleteStep", visit=visit) == [("visit.not_running", "/visit")]
    bench.now += 3_600_000
    bench.accept("ResumeStep", "bo", visit=visit)
    bench.accept("CompleteStep", "bo", visit=visit)
    completed = bench.events[-2]
    assert (completed.by, completed.worked_ms) == ("bo", 180_000)


def test_a_clock_that_goes_backwards_adds_nothing() -> None:
    bench = Bench(plan_of(template({"work": step()})))
    visit = bench.start("work")
    bench.now -= 86_400_000
    bench.accept("CompleteStep", visit=visit)
    assert bench.events[-2].worked_ms == 0


def test_answers_are_recorded_before_they_are_complete() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "a", "type": "text", "required": True},
        {"id": "b", "type": "integer", "value": "1 + 1"},
    ]
    bench = Bench(plan_of(template({"work": step(*fields)})))
    visit = bench.start("work")
    wrong = {"a": 3, "b": 4, "zz": 1}
    assert bench.refuse("RecordAnswers", visit=visit, answers=wrong) == [
        ("answer.computed", "/answers/b"), ("answer.unknown_field", "/answers/zz"), ("answer.malformed", "/answers/a"),
    ]  # fmt: skip
    bench.accept("RecordAnswers", visit=visit, answers={"a": "  x "})
    assert bench.history.draft(visit) == {"a": "x"}
    bench.accept("RecordAnswers", visit=visit, answers={"a": None})
    assert bench.history.draft(visit) == {}
    bench.accept("RecordAnswers", visit=visit, answers={"a": "y"})
    bench.accept("CompleteStep", visit=visit, answers={})
    assert bench.events[-2].answers == {"a": "y", "b": 2}


def test_invisible_answers_are_dropped_and_absent_conditions_are_false() -> None:
    fields: list[dict[str, Any]] = [
        {"id": "leak", "type": "boolean"},
        {"id": "where", "type": "text", "visible": "leak", "required": True},
        {"id": "shown", "type": "boolean", "value": "has(where)"},
    ]
    bench = Bench(plan_of(template({"work": step(*fields)})))
    bench.complete("work", answers={"where": "seal"})
    assert bench.events[-2].answers == {"shown": False}


def test_checks_refuse_or_ask_for_a_reason() -> None:
    checks = [
        {"that": "n > 0", "message": words("positive")},
        {"that": "n < 10", "message": words("small"), "level": "reason"},
    ]
    bench = Bench(plan_of(template({"work": step({"id": "n", "type": "integer", "checks": checks})})))
    visit = bench.start("work")
    assert bench.refuse("CompleteStep", visit=visit, answers={"n": 0}) == [("answer.check_failed", "/answers/n")]
    assert bench.refuse("CompleteStep", visit=visit, answers={"n": 11}) == [("answer.reason_missing", "/reasons/n")]
    bench.accept("CompleteStep", visit=visit, answers={"n": 11}, reasons={"n": " special order "})
    assert bench.events[-2].reasons == {"n": "special order"}


def test_a_choice_sees_the_step_that_was_just_completed() -> None:
    nodes = {
        "work": step({"id": "n", "type": "integer"}, to="which"),
        "which": {
            "kind": "choice",
            "next": [
                {"to": "work", "when": "steps.work.n < 2 && size(visits.work) < 5", "rework": True},
                {"to": "done"},
            ],
        },
    }
    bench = Bench(plan_of(template(nodes)))
    bench.complete("work", answers={"n": 1}, rework_reason="again")
    assert list(bench.state.active) == ["work#2"]
    bench.complete("work", answers={"n": 2})
    assert bench.state.status == "ended"


def test_an_expression_that_fails_refuses_and_says_so() -> None:
    bench = Bench(plan_of(template({"work": step({"id": "n", "type": "integer"}, {"id": "q", "type": "integer",
                                                                                 "value": "10 / n"})})))  # fmt: skip
    visit = bench.start("work")
    assert bench.refuse("CompleteStep", visit=visit, answers={"n": 0}) == [("expression.failed", "/answers/q")]


def test_a_signature_is_bound_to_what_was_signed() -> None:
    fields = [{"id": "n", "type": "integer"}, {"id": "sign", "type": "signature"}]
    signed = []
    for number in (1, 1, 2):
        bench = Bench(plan_of(template({"work": step(*fields)})))
        bench.complete("work", answers={"n": number, "sign": {"name": "Ada", "image": "a" * 64}})
        signed.append(bench.events[-2].answers["sign"])
    assert signed[0]["by"] == "ada"
    assert signed[0]["signed"] == signed[1]["signed"] != signed[2]["signed"]


def test_findings_and_assignment_are_recorded() -> None:
    bench = Bench(plan_of(template({"work": step()})))
    assert bench.refuse("ReportFinding", text=" ", severity="note", visit="work#9") == [
        ("visit.not_open", "/visit"), ("finding.text_missing", "/text"),
    ]  # fmt: skip
    assert bench.accept("ReportFinding", text="cracked hose", severity="minor") == ["FindingReported"]
    bench.accept("AssignOrder", person="bo")
    assert bench.state.assigned_to == "bo"
    bench.accept("CancelOrder", reason="customer withdrew")
    assert bench.state.status == "cancelled"


def test_a_table_evaluates_each_row_under_item() -> None:
    columns = [
        {"id": "depth", "type": "number", "label": words("d"), "required": True},
        {"id": "half", "type": "number", "label": words("h"), "value": "item.depth / 2.0"},
    ]
    table = {"id": "log", "type": "table", "columns": columns, "rows": {"min": 2}}
    total = {"id": "total", "type": "integer", "value": "size(log)"}
    bench = Bench(plan_of(template({"work": step(table, total)})))
    visit = bench.start("work")
    assert bench.refuse("CompleteStep", visit=visit, answers={"log": [{}]}) == [
        ("answer.missing", "/answers/log/0/depth")
    ]
    assert bench.refuse("CompleteStep", visit=visit, answers={"log": [{"depth": 3}]}) == [
        ("answer.too_few", "/answers/log")
    ]
    bench.accept("CompleteStep", visit=visit, answers={"log": [{"depth": 3}, {"depth": 4, "half": 99}]})
    assert bench.events[-2].answers == {"log": [{"depth": 3, "half": 1.5}, {"depth": 4, "half": 2}], "total": 2}
